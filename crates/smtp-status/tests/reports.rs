//! Delivery reports in the forms of many programs are parsed, and no input is too much for the parser.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use smtp_status::{Action, Recipient, Report, Returned, Typed};

/// Reports in the form of the program, or with the real-world deviation, that `about` names, written for
/// this test, with the expected result; fields that are not in `expected` are `None`.
const REPORTS: &str = include_str!("data/reports.json");

const LINE_ENDS: [&str; 4] = ["\r\n", "\n", "\r", "\r\r\n"];

fn records() -> Vec<Value> {
    serde_json::from_str(REPORTS).unwrap()
}

#[test]
fn reports_are_parsed_with_any_line_ending() {
    let records = records();
    assert!(records.len() >= 30, "{} reports", records.len());
    for record in &records {
        for end in LINE_ENDS {
            let found = Report::parse(bytes(record, end)).map(|report| shown(&report));
            let about = format!("{} {end:?}", record["about"]);
            assert_eq!(found.unwrap_or_default(), record["expected"], "{about}");
        }
    }
}

/// In Latin-1 where the record is `latin1`, else in UTF-8.
fn bytes(record: &Value, end: &str) -> Vec<u8> {
    let lines = record["report"].as_array().unwrap().iter();
    let text = lines.map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join(end);
    match record["latin1"].as_bool() {
        Some(true) => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
        _ => text.into_bytes(),
    }
}

/// A report in the form of the records.
fn shown(report: &Report) -> Value {
    let recipients = report.recipients.iter().map(shown_recipient);
    without_missing([
        ("original_envelope_id", json!(report.original_envelope_id)),
        ("reporting_mta", typed(report.reporting_mta.as_ref(), "name")),
        ("dsn_gateway", typed(report.dsn_gateway.as_ref(), "name")),
        ("received_from_mta", typed(report.received_from_mta.as_ref(), "name")),
        ("arrival_date", json!(report.arrival_date)),
        ("extensions", extensions(&report.extensions)),
        ("recipients", recipients.collect()),
        ("returned", report.returned.as_ref().map_or(Value::Null, shown_returned)),
        ("is_truncated", if report.is_truncated { json!(true) } else { Value::Null }),
    ])
}

fn shown_returned(returned: &Returned) -> Value {
    without_missing([
        ("message_id", json!(returned.message_id)),
        ("header", extensions(&returned.header)),
        ("is_whole", json!(returned.is_whole)),
    ])
}

fn shown_recipient(recipient: &Recipient) -> Value {
    let dsn = recipient.reply().map(|reply| {
        let lines: Vec<_> = reply.lines().collect();
        let msg = if let [line] = lines[..] { json!(line) } else { json!(lines) };
        let status = reply.enhanced_code().map(|status| status.to_string());
        json!({ "code": reply.code().get(), "status": status, "msg": msg })
    });
    let mut shown = without_missing([
        ("original_recipient", typed(recipient.original_recipient.as_ref(), "address")),
        ("final_recipient", typed(recipient.final_recipient.as_ref(), "address")),
        ("action", json!(recipient.action.as_ref().map(Action::as_str))),
        ("status", json!(recipient.status.map(|status| status.to_string()))),
        ("status_comment", json!(recipient.status_comment)),
        ("remote_mta", typed(recipient.remote_mta.as_ref(), "name")),
        ("diagnostic", typed(recipient.diagnostic.as_ref(), "text")),
        ("last_attempt_date", json!(recipient.last_attempt_date)),
        ("final_log_id", json!(recipient.final_log_id)),
        ("will_retry_until", json!(recipient.will_retry_until)),
        ("extensions", extensions(&recipient.extensions)),
    ]);
    shown["dsn"] = json!(dsn);
    shown
}

fn typed(typed: Option<&Typed>, value: &str) -> Value {
    let Some(typed) = typed else { return Value::Null };
    let mut shown = json!({ "type": typed.kind, value: typed.value });
    if let Some(comment) = &typed.comment {
        shown["comment"] = json!(comment);
    }
    shown
}

fn extensions(fields: &[(String, String)]) -> Value {
    let mut all = Map::new();
    for (name, value) in fields {
        let values = all.entry(name).or_insert_with(|| json!([]));
        values.as_array_mut().unwrap().push(json!(value));
    }
    if all.is_empty() { Value::Null } else { all.into() }
}

fn without_missing<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    fields.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

#[test]
fn an_address_in_utf_8_is_decoded() {
    for (encoded, decoded) in [
        ("\\x{FC}@example.com", "\u{fc}@example.com"),
        ("a\\x{1F600}\\x{fc}b", "a\u{1f600}\u{fc}b"),
        ("\\x{5C}x{41}", "\\x{41}"),
        ("\\x{\\x{41}", "\\x{A"),
        ("\\x{000041}", "A"),
        ("\\x{10FFFF}", "\u{10ffff}"),
        // What is no character, or a control character, is kept.
        ("\\x{0000041}", "\\x{0000041}"),
        ("\\x{110000}", "\\x{110000}"),
        ("\\x{D800}", "\\x{D800}"),
        ("\\x{}\\x{A}\\x{9F}", "\\x{}\\x{A}\\x{9F}"),
        ("\\x{+41}\\x{4G}\\x{41", "\\x{+41}\\x{4G}\\x{41"),
    ] {
        let address = |kind: &str| {
            let report = Report::parse_part(format!("Final-Recipient: {kind}; <{encoded}>\n"));
            report.unwrap().recipients[0].final_recipient.clone().unwrap().value
        };
        assert_eq!(address("UTF-8"), decoded, "{encoded:?}");
        assert_eq!(address("utf8"), decoded, "{encoded:?}");
        assert_eq!(address("rfc822"), encoded, "{encoded:?}");
    }
}

#[test]
fn an_address_has_no_angle_brackets_and_no_name_before_them() {
    for (written, address) in [
        ("<a@example.com>", "a@example.com"),
        ("a@example.com>", "a@example.com"),
        ("Anna <a@example.com>", "a@example.com"),
        ("<<a>@example.com>", "<a>@example.com"),
        ("<a@example.com", "<a@example.com"),
    ] {
        let report = Report::parse_part(format!("Final-Recipient: rfc822; {written}\n")).unwrap();
        assert_eq!(report.recipients[0].final_recipient.as_ref().unwrap().value, address);
    }
}

#[test]
fn a_repeated_type_is_read_once_if_it_is_that_of_internet_mail() {
    for (written, address) in [
        ("rfc822; rfc822; a@example.com", "a@example.com"),
        ("rfc822; dns; a@example.com", "dns; a@example.com"),
        ("x400; x400; a", "x400; a"),
    ] {
        let report = Report::parse_part(format!("Final-Recipient: {written}\n")).unwrap();
        assert_eq!(report.recipients[0].final_recipient.as_ref().unwrap().value, address);
    }
}

#[test]
fn a_reply_in_the_field_status_counts_if_there_is_no_status() {
    for (fields, reply) in [
        ("Status: 553 No", Some("553 No")),
        ("Status: 553 5.1.1", Some("553 5.1.1 Bad destination mailbox address")),
        ("Status: 5.1.1\nStatus: 5.1.2", Some("550 5.1.1 Bad destination mailbox address")),
        ("Status: 4.1.1\nStatus: 553 5.1.2 No", Some("450 4.1.1 Bad destination mailbox address")),
        ("Action: failed\nStatus: 250 OK", Some("550 5.0.0 Other undefined status")),
        ("Status: x", None),
    ] {
        let report = Report::parse_part(format!("Final-Recipient: a\n{fields}\n")).unwrap();
        let found = report.recipients[0].reply().map(|reply| reply.to_string());
        assert_eq!(found.as_deref(), reply, "{fields:?}");
    }
}

#[test]
fn a_failure_that_a_report_states_in_any_field_is_no_success() {
    for (fields, reply) in [
        ("Status: 550 5.1.1 No\nDiagnostic-Code: smtp; 250 ok", "550 5.1.1 No"),
        ("Status: 5.1\nDiagnostic-Code: smtp; 250 ok", "550 5.0.0 250 ok"),
        ("Status: (4.1.1)\nDiagnostic-Code: smtp; 250 ok", "450 4.0.0 250 ok"),
        ("Status: smtp; 550 No\nDiagnostic-Code: smtp; 250 ok", "550 No"),
        ("Action: delivered\nAction: failed\nStatus: 2.0.0", "550 5.0.0 Other undefined status"),
        ("Action: \"delayed\"\nDiagnostic-Code: smtp; 250 ok", "450 4.0.0 250 ok"),
        ("Status: 2.1.5\nStatus: 5.1.1", "550 5.1.1 Bad destination mailbox address"),
        ("Status: 2.1.5\nStatus: 2.0.0\nAction: failed", "550 5.1.5 Destination address valid"),
        ("Status: #5.1.1\nDiagnostic-Code: smtp; 250 ok", "550 5.0.0 250 ok"),
        ("Action: (permanent) failed\nStatus: 2.0.0", "550 5.0.0 Other undefined status"),
        (
            "Action: delivered\nStatus: 2.0.0\nStatus: 42 messages",
            "250 2.0.0 Other undefined status",
        ),
        ("Action: failed\nDiagnostic-Code: smtp; x\nDiagnostic-Code: smtp; 450 No", "450 No"),
        ("Diagnostic-Code: smtp; 250 ok\nDiagnostic-Code: smtp; 550 No", "550 No"),
        ("Action: delivered\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 ok", "250 2.0.0 ok"),
        (
            "Status: 2.0.0\nStatus: 250 ok\nAction: relayed\nAction: x",
            "250 2.0.0 Other undefined status",
        ),
    ] {
        let report = Report::parse_part(format!("Final-Recipient: a\n{fields}\n")).unwrap();
        let found = report.recipients[0].reply().map(|reply| reply.to_string());
        assert_eq!(found.as_deref(), Some(reply), "{fields:?}");
    }
}

#[test]
fn a_report_about_something_else_by_its_type_has_no_bounce_in_it() {
    let message = |kind: &str, end: &str| {
        format!(
            "Content-Type: multipart/report; Report-Type=\"{kind}\"; boundary=m\n\n\
             --m\nContent-Type: text/plain\n\nx\n{end}--m--\n"
        )
    };
    let bounce =
        "--m\nContent-Type: message/delivery-status\n\nFinal-Recipient: a\nAction: failed\n";
    let attached = format!(
        "--m\nContent-Type: message/rfc822\n\nContent-Type: multipart/report; boundary=q\n\n{}--q--\n",
        bounce.replace("--m", "--q"),
    );
    for kind in ["feedback-report", "Disposition-Notification", "global-disposition-notification"] {
        assert_eq!(Report::parse(message(kind, &attached)), None, "{kind}");
        // The type of the part counts if both are there.
        assert!(Report::parse(message(kind, bounce)).is_some(), "{kind}");
    }
    for kind in ["delivery-status", "x", ""] {
        assert!(Report::parse(message(kind, &attached)).is_some(), "{kind}");
    }
}

/// The recipients by their addresses, `original/final`, and the actions.
fn recipients(report: &str) -> Vec<String> {
    let report = Report::parse_part(report).unwrap();
    let value = |typed: &Option<Typed>| typed.as_ref().map_or("", |typed| &typed.value).to_owned();
    let show = |to: &Recipient| {
        let addresses = [&to.original_recipient, &to.final_recipient].map(value).join("/");
        format!("{addresses} {}", to.action.as_ref().map_or("", Action::as_str))
            .trim_end()
            .to_owned()
    };
    report.recipients.iter().map(show).collect()
}

#[test]
fn a_recipient_begins_with_an_address_or_without_any_with_an_action() {
    let original = |name: &str| format!("Original-Recipient: {name}\n");
    let last = |name: &str| format!("Final-Recipient: {name}\n");
    let action = |name: &str| format!("Action: {name}\n");
    for (fields, expected) in [
        ([last("a"), last("b")].concat(), &["/a", "/b"][..]),
        ([original("a"), last("b"), original("c"), last("d")].concat(), &["a/b", "c/d"]),
        ([original("a"), original("b")].concat(), &["a/", "b/"]),
        // An original address may be after the final one, also behind a blank line, but not behind an
        // action.
        ([last("a"), original("b")].concat(), &["b/a"]),
        ([last("a"), "\n".into(), original("b")].concat(), &["b/a"]),
        ([last("a"), action("x"), "\n".into(), original("b")].concat(), &["/a x", "b/"]),
        ([last("a"), action("x"), original("b")].concat(), &["b/a x"]),
        ([last("a"), action("x"), original("b"), last("c")].concat(), &["/a x", "b/c"]),
        ([original("a"), "\n".into(), last("b")].concat(), &["a/b"]),
        ([last("a"), "\n".into(), action("x"), last("b")].concat(), &["/a", "/b x"]),
        ([original("a"), "\n".into(), action("x"), original("b")].concat(), &["a/", "b/ x"]),
        (
            [original("a"), "\n".into(), action("x"), "\n".into(), last("b")].concat(),
            &["a/ x", "/b"],
        ),
        // A second action begins one only behind a blank line.
        ([action("x"), "\n".into(), action("y")].concat(), &["/ x", "/ y"]),
        ([action("x"), action("y")].concat(), &["/ x"]),
        ([last("a"), "\n".into(), action("x")].concat(), &["/a x"]),
        // Blank lines between other fields are nothing.
        ([last("a"), "\nStatus: 5.1.1\n\n".into(), action("x")].concat(), &["/a x"]),
        // What has neither is no recipient.
        (["Status: 5.1.1\n\n".into(), last("a"), last("b")].concat(), &["/a", "/b"]),
        // Whatever the first field of a block is.
        ([action("x"), last("a"), "\n".into(), action("y"), last("b")].concat(), &["/a x", "/b y"]),
        (
            [last("a"), action("x"), "\n".into(), "X: y\n".into(), last("b")].concat(),
            &["/a x", "/b"],
        ),
    ] {
        assert_eq!(recipients(&format!("Reporting-MTA: x\n\n{fields}")), expected, "{fields:?}");
    }
}

#[test]
fn a_line_that_is_no_field_belongs_to_the_field_before_it_up_to_a_blank_line() {
    for (lines, expected) in
        [("a\nb\n c\n", "a b c"), ("a\n\nb\n", "a"), ("a\n\n b\n", "a b"), ("a\n\nTo: x\nb\n", "a")]
    {
        let report = Report::parse_part(format!("Action: failed\nDiagnostic-Code: smtp; {lines}"));
        let diagnostic = report.unwrap().recipients[0].diagnostic.clone().unwrap();
        assert_eq!(diagnostic.value, expected, "{lines:?}");
    }
}

#[test]
fn a_part_by_itself_is_a_report_if_it_cannot_be_a_letter() {
    for text in [
        "Reporting-MTA: x\n\nFinal-Recipient: x\n",
        "Reporting-MTA: x\n\nAction: failed\n",
        "\n \nX-Other: x\nfinal-recipient: x\nStatus: 5.1.1\n",
        "X-Other: x\nOriginal-Recipient: x\nAction: failed\n\nSubject: x\n",
    ] {
        assert!(Report::parse(text).is_some(), "{text:?}");
        assert!(Report::parse_part(text).is_some(), "{text:?}");
    }
    let first = "Reporting-MTA: x\nFinal-Recipient: x\nAction: failed\n";
    for field in
        ["From", "Received", "subject", "Date", "MIME-Version", "Disposition", "Feedback-Type"]
    {
        let text = format!("{first}{field}: x\n");
        assert_eq!(Report::parse(&text), None, "{field}");
        assert!(Report::parse_part(&text).is_some(), "{field}");
    }
    for text in ["Final-Recipient: x\n", "Action: failed\nStatus: 5.1.1\n"] {
        assert_eq!(Report::parse(text), None, "{text:?}");
        assert!(Report::parse_part(text).is_some(), "{text:?}");
    }
    for text in ["", "Reporting-MTA: x\n", "Status: 5.1.1\n", "Remote-MTA: x\n", "Hello\n"] {
        assert_eq!(Report::parse(text), None, "{text:?}");
        assert_eq!(Report::parse_part(text), None, "{text:?}");
    }
    assert_eq!(Report::parse("X-Other: x\n\nFinal-Recipient: x\nAction: failed\n"), None);
}

#[test]
fn a_file_is_a_report_by_its_type_and_its_extension() {
    let is_report = |fields: &str| {
        Report::parse(format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n{fields}\n\n\
             Final-Recipient: x\nAction: failed\n\n--b--\n"
        ))
        .is_some()
    };
    assert!(is_report("Content-Type: application/octet-stream; name=ATT00001.dat"));
    assert!(is_report(
        "Content-Disposition: attachment; filename=A.DAT\nContent-Type: application/octet-stream"
    ));
    for fields in [
        "Content-Type: application/octet-stream; name=ATT00001.bin",
        "Content-Type: application/octet-stream; x=ATT00001.dat",
        "Content-Type: text/plain; name=ATT00001.dat",
    ] {
        assert!(!is_report(fields), "{fields}");
    }
}

#[test]
fn only_the_header_of_a_part_without_a_type_continues_after_a_blank_line() {
    let report = "Content-Id: x\nFinal-Recipient: x\nAction: failed\n";
    let message = |part: &str| format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}");
    let typed = format!("Content-Type: message/delivery-status\n\n{report}");
    assert_eq!(Report::parse(message(&typed)).unwrap().recipients.len(), 1);
    let parted = format!("Content-Id: x\n\nX-Other: x\n{typed}");
    assert_eq!(Report::parse(message(&parted)), None);
    let parted = format!("Content-Id: x\n\n{typed}");
    assert_eq!(Report::parse(message(&parted)).unwrap().recipients.len(), 1);
    assert_eq!(Report::parse(parted), None);
}

#[test]
#[cfg_attr(miri, ignore = "too slow")]
fn the_depth_of_nested_parts_is_limited() {
    let nested = |depth: usize| {
        let mut message =
            "Content-Type: message/delivery-status\n\nFinal-Recipient: x\n".to_owned();
        for level in 0..depth {
            message = format!(
                "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{message}\n--b{level}--\n"
            );
        }
        Report::parse(message)
    };
    assert!((0..=10).all(|depth| nested(depth).is_some()));
    assert_eq!(nested(1_000), None);
}

#[test]
fn base64_without_a_declaration_has_a_long_first_line() {
    let encoded = "RmluYWwtUmVjaXBpZW50OiB4CkFjdGlvbjogZmFpbGVkCg==";
    let parse = |rest: &str| Report::parse_part(format!("Reporting-MTA: dns; x\n\n{rest}"));
    assert!(parse(encoded).is_some());
    assert_eq!(parse(&encoded.replace("RmluYWwt", "RmluYWwt\n")), None);
}

#[test]
#[cfg_attr(miri, ignore = "too slow")]
fn what_a_report_produces_is_limited_and_the_report_says_so() {
    let parse = |fields: &str| Report::parse_part(format!("Action: failed\n{fields}")).unwrap();
    let assert_limited = |limit: usize, report: &dyn Fn(usize) -> (Report, usize)| {
        let (complete, size) = report(limit);
        assert!(!complete.is_truncated && size == limit, "{size} of {limit}");
        let (truncated, size) = report(limit + 1);
        assert!(truncated.is_truncated && size <= limit, "{size} of {limit}");
    };
    assert_limited(Report::MAX_ENTRIES, &|count| {
        let report = parse(&"Final-Recipient: x\nStatus: 5.1.1\n\n".repeat(count));
        let size = report.recipients.len();
        (report, size)
    });
    assert_limited(Report::MAX_ENTRIES, &|count| {
        let report = parse(&"A:\n".repeat(count));
        let size = report.recipients[0].extensions.len();
        (report, size)
    });
    assert_limited(Report::MAX_VALUE, &|length| {
        let report = parse(&format!("A: {}\n", "x".repeat(length)));
        let size = report.recipients[0].extensions[0].1.len();
        (report, size)
    });
    let own = "Actionfailed".len();
    assert_limited(Report::MAX_TEXT - own, &|length| {
        let value = format!("A:{}\n", "x".repeat(Report::MAX_VALUE - 1));
        let rest = length % Report::MAX_VALUE;
        let rest = if rest == 0 { String::new() } else { format!("A:{}\n", "x".repeat(rest - 1)) };
        let report = parse(&(value.repeat(length / Report::MAX_VALUE) + &rest));
        let size =
            report.recipients[0].extensions.iter().map(|(name, value)| name.len() + value.len());
        (report.clone(), size.sum())
    });
    assert_limited(Report::MAX_LINES, &|lines| {
        let recipient = |lines: usize| {
            format!("Final-Recipient: x\nDiagnostic-Code: {}\n\n", "550-a\n ".repeat(lines))
        };
        let rest = if lines % 1_000 == 0 { String::new() } else { recipient(lines % 1_000) };
        let report = parse(&(recipient(1_000).repeat(lines / 1_000) + &rest));
        let size = report.recipients.iter().map(|to| to.reply().unwrap().lines().len()).sum();
        (report, size)
    });
    let returned = |fields: &str| {
        let part = |media_type, content| format!("--b\nContent-Type: {media_type}\n\n{content}\n");
        let parts =
            part("message/delivery-status", "Action: failed") + &part("message/rfc822", fields);
        Report::parse(format!("Content-Type: multipart/report; boundary=b\n\n{parts}")).unwrap()
    };
    assert_limited(Report::MAX_ENTRIES, &|count| {
        let report = returned(&"A:\n".repeat(count));
        let size = report.returned.as_ref().unwrap().header.len();
        (report, size)
    });
    assert!(returned(&format!("A:{}\n", "x".repeat(1_000)).repeat(300)).is_truncated);
}

#[test]
fn a_returned_header_without_an_end_is_cut_where_base64_is() {
    let body = "QTogeAo=\n".repeat(100_000);
    let report = Report::parse(format!(
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n\
         --b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{body}"
    ));
    assert_eq!(report.unwrap().returned.unwrap().header[0], ("A".to_owned(), "x".to_owned()));
}

#[test]
fn the_code_of_a_recipient_is_the_replys_or_else_the_status() {
    for (fields, code) in [
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.7.26 a", Some("5.7.26")),
        ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 a", Some("5.0.0")),
        ("Action: failed", None),
    ] {
        let report =
            Report::parse_part(format!("Final-Recipient: rfc822; a@example.com\n{fields}"));
        let found = report.unwrap().recipients[0].enhanced_code().map(|code| code.to_string());
        assert_eq!(found.as_deref(), code, "{fields}");
    }
}

#[test]
fn a_value_is_displayed_with_its_type() {
    assert_eq!(Typed::new("dns", "mx.example.net").to_string(), "dns; mx.example.net");
    let report = Report::parse_part("Final-Recipient: a@example.com\nAction: failed").unwrap();
    assert_eq!(report.recipients[0].final_recipient.as_ref().unwrap().to_string(), "a@example.com");
}

#[test]
fn a_block_without_address_and_action_belongs_to_the_recipient_before_it() {
    let report =
        Report::parse("Content-Type: message/delivery-status\n\nAction: failed\n\nStatus: 5.1.1\n");
    assert_eq!(report.unwrap().recipients[0].status, "5.1.1".parse().ok());
}

#[test]
fn an_extension_before_the_recipients_is_about_the_message() {
    for block in ["X-A: 1\n\n", "Reporting-MTA: dns; x\nX-A: 1\n"] {
        let part = format!("{block}Final-Recipient: rfc822; a\nAction: failed\n");
        let report = Report::parse(format!("Content-Type: message/delivery-status\n\n{part}"));
        assert_eq!(report.unwrap().extensions, [("X-A".into(), "1".into())]);
    }
}

#[test]
fn a_signature_is_not_a_boundary() {
    for signature in ["Yours\n--postmaster\n", "-- The Postmaster\n"] {
        let part = "--b1\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n";
        let message = format!("Subject: x\n\n{signature}\n{part}");
        assert_eq!(Report::parse(&message).map(|report| report.recipients.len()), Some(1));
    }
}

// A quadratic parser would not finish in reasonable time.
#[test]
#[cfg_attr(miri, ignore = "too slow")]
fn long_inputs_are_parsed_in_linear_time() {
    let head = "Content-Type: multipart/mixed; boundary=b\n\n";
    let parts = [
        "\n",
        "\r",
        "-",
        "--",
        "--b",
        "--b\n",
        "--b\n\n",
        ":",
        "a:\n",
        " a\n",
        "\n\n ",
        "a: b\n c\n",
        "Content-Type: multipart/mixed; boundary=b\n",
        "\n--b\nContent-Type: message/rfc822\n\n",
        "Final-Recipient: a\n",
        "Action: b\n\n",
        "\\x{",
        "=\n",
        "=41",
        "(",
        ";",
        ";a=\"",
        "From a\n",
    ];
    for part in parts {
        let long = part.repeat(100_000 / part.len());
        for start in [
            "",
            head,
            "Content-Type: ",
            "Content-Type: message/delivery-status\n\n",
            "Reporting-MTA: x\n\nFinal-Recipient: utf-8; ",
            "Content-Type: message/delivery-status\nContent-Transfer-Encoding: quoted-printable\n\n",
        ] {
            let _ = Report::parse(format!("{start}{long}"));
        }
    }
}

/// Texts that resemble reports.
fn nearly_report() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "(Final|Original)-Recipient *: ?(rfc822;|utf-8;)? ?<?[a-z@.]{0,6}>?",
        "Action: (failed|Delayed)( x)?",
        "Status: [2-5]\\.[0-9]\\.[0-9]{1,2}( \\(x\\))?",
        "Diagnostic-Code: (smtp; ?)?(550[ -])?(5\\.1\\.1 )?[a-z]{0,5}",
        "Reporting-MTA: (dns;)?[a-z]{0,5}",
        "Content-Type: (multipart/report; boundary=\"?b\"?|message/delivery-status|message/rfc822)",
        "Message-ID: <[a-z]{1,3}>( \\(x\\))?",
        "=\\?utf-8\\?[bq]\\?[A-Za-z=_]{0,8}\\?=",
        "Content-Transfer-Encoding: (base64|quoted-printable)",
        "--b(--)?",
        "\\\\x\\{[0-9A-F]{0,7}\\}?",
        "\\PC{0,8}",
        "\r?\n|\r",
        "[ \t=;:<>]",
    ];
    prop::collection::vec(part, 0..20).prop_map(|parts| parts.join("\n"))
}

proptest! {
    #[test]
    fn any_text_is_a_report_or_none(text in nearly_report()) {
        if let Some(report) = Report::parse(&text) {
            prop_assert!(!report.recipients.is_empty());
            for recipient in &report.recipients {
                let _ = recipient.reply();
            }
        }
    }

    #[test]
    fn any_bytes_can_be_parsed(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Report::parse(bytes);
    }
}
