//! Reports are written as messages that this crate and other readers read back, whatever is in the
//! fields.

use std::fmt::Write;

use hostile::{CASES, hostile_message, options};
use proptest::prelude::*;
use smtp_status::{
    Action, EnhancedCode, Recipient, Reply, Report, ReportMessage, ReportOptions, Typed, helpers,
};

mod hostile;

fn anna() -> Recipient {
    let mut anna = Recipient::from_reply("anna@example.com", Action::Failed, &no_such_user());
    anna.remote_mta = Some(Typed::new("dns", "mx.example.com"));
    anna
}

fn no_such_user() -> Reply {
    helpers::no_such_user().with_lines(["No such user", "See https://example.com/"])
}

fn report() -> Report {
    Report::new("mail.example.com", [anna()])
}

fn bytes(message: &ReportMessage) -> Vec<u8> {
    let mut bytes = Vec::new();
    message.write_io(&mut bytes).unwrap();
    bytes
}

fn written(report: &Report) -> String {
    report.message(&options(), b"").unwrap().to_string()
}

fn written_with(options: &ReportOptions, returned: &[u8]) -> String {
    report().message(options, returned).unwrap().to_string()
}

fn returning(returned: &[u8]) -> String {
    written_with(&options(), returned)
}

#[test]
fn a_message_has_a_header_and_three_parts() {
    let text = returning(b"Subject: Hello\n\nHello Anna\n");
    let expected = "\
From: Mail Delivery System <postmaster@mail.example.com>
To: <author@example.com>
Subject: Your message was not delivered
Date: Fri, 27 Nov 2026 18:30:00 +0000
Message-ID: <20261127.1@mail.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary=\"=_report_\"
Content-Transfer-Encoding: 7bit


--=_report_
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Your message to anna@example.com was not delivered.
    Bad destination mailbox address (5.1.1)
    mx.example.com said: 550-5.1.1 No such user 550 5.1.1 See https://examp=
le.com/
    It will not be tried again.

--=_report_
Content-Type: message/delivery-status
Content-Transfer-Encoding: 7bit

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; anna@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; 550-5.1.1 No such user 550 5.1.1 See
 https://example.com/

--=_report_
Content-Type: message/rfc822
Content-Transfer-Encoding: 7bit

Subject: Hello

Hello Anna

--=_report_--
";
    assert_eq!(text, expected.replace('\n', "\r\n"));
    assert_eq!(Report::parse(&text).unwrap().recipients[0].reply(), Some(no_such_user()));
}

#[test]
fn a_report_that_is_not_ascii_has_the_types_of_rfc_6533() {
    let reply = helpers::no_such_user().with_message("Gibt's hier nicht: Jürgen");
    for (address, written_as) in [
        ("jürgen+x@example.com", "utf-8; jürgen+x@example.com"),
        ("\"jürgen\\x{41}+\"@example.com", "utf-8; \"jürgen\\x{5C}x{41}\\x{2B}\"@example.com"),
        ("anna@example.com", "rfc822; anna@example.com"),
    ] {
        let report = Report::new(
            "mail.example.com",
            [Recipient::from_reply(address, Action::Failed, &reply)],
        );
        let returned = "Subject: Grüße\r\n\r\nHello\r\n".as_bytes();
        let text = report.message(&options(), returned).unwrap().to_string();
        assert!(text.contains(&format!("\r\nFinal-Recipient: {written_as}\r\n")), "{text}");
        assert!(text.contains("report-type=global-delivery-status;"));
        let encoding = "\r\nContent-Transfer-Encoding: 8bit\r\n";
        assert!(text.contains(&format!("message/global-delivery-status{encoding}")));
        assert!(text.contains(&format!("message/global{encoding}")));
        assert_eq!(text.matches(encoding).count(), 3);
        let found = &Report::parse(&text).unwrap().recipients[0];
        assert_eq!(found.final_recipient.as_ref().unwrap().value, address);
        assert_eq!(found.diagnostic, report.recipients[0].diagnostic);
        let options = ReportOptions { headers_only: true, ..options() };
        let text = report.message(&options, returned).unwrap().to_string();
        assert!(text.contains(&format!("message/global-headers{encoding}")));
    }
}

#[test]
fn an_ascii_address_of_the_type_utf_8_is_xtext() {
    let mut report = report();
    report.recipients[0].final_recipient = Some(Typed::new("utf-8", "a+b=\\c@example.com"));
    let text = written(&report);
    assert!(text.contains("Final-Recipient: utf-8; a\\x{2B}b\\x{3D}\\x{5C}c@example.com\r\n"));
    assert!(text.contains("report-type=delivery-status;"));
    assert_eq!(Report::parse(&text).unwrap().recipients, report.recipients);
}

#[test]
fn an_8_bit_body_is_labelled_and_unchanged() {
    let returned = b"Subject: x\r\n\r\nGr\xfc\xdfe \xf0\x9f\x98\x80\r\n";
    let report = report();
    let message = report.message(&options(), returned).unwrap();
    let found = bytes(&message);
    assert!(found.windows(returned.len()).any(|window| window == returned));
    let text = message.to_string();
    assert!(text.contains("\r\nGr\u{fffd}\u{fffd}e 😀\r\n"), "{text}");
    assert!(text.contains("message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n"));
    assert_eq!(text.matches("8bit").count(), 2);
    assert!(!returning(b"Subject: x\r\n\r\nx").contains("8bit"));
}

#[test]
fn a_returned_message_is_mended_or_its_header_is_returned() {
    let long = "x".repeat(998);
    for (returned, media_type, content) in [
        (
            "A: b\rC: d\n\nx\ry\nz".into(),
            "message/rfc822",
            "A: b\r\nC: d\r\n\r\nx\r\ny\r\nz\r\n".into(),
        ),
        ("A: \0b\n\nx".into(), "message/rfc822", "A: ?b\r\n\r\nx\r\n".into()),
        ("A: b\n\nx\0y".into(), "text/rfc822-headers", "A: b\r\n".into()),
        (format!(" {long}"), "message/rfc822", format!(" {}\r\n x\r\n\r\n", &long[1..])),
        ("A: b\n \nx".into(), "message/rfc822", "A: b\r\n\r\nx\r\n".into()),
        ("A: b\n--c: d\nE: f".into(), "message/rfc822", "A: b\r\n--c: d\r\nE: f\r\n\r\n".into()),
        ("A: b".into(), "message/rfc822", "A: b\r\n\r\n".into()),
        ("\nx".into(), "message/rfc822", "\r\nx\r\n".into()),
        (format!("A: b\n\n{long}"), "message/rfc822", format!("A: b\r\n\r\n{long}\r\n")),
        (format!("A: b\n\n{long}x"), "text/rfc822-headers", "A: b\r\n".into()),
        (format!("A: {}", &long[3..]), "message/rfc822", format!("A: {}\r\n\r\n", &long[3..])),
        (format!("A: {long}"), "message/rfc822", format!("A:\r\n {}\r\n x\r\n\r\n", &long[1..])),
        (
            format!("A: {} {}", &long[..500], &long[..600]),
            "message/rfc822",
            format!("A:\r\n {}\r\n {}\r\n\r\n", &long[..500], &long[..600]),
        ),
    ] {
        let text = returning(returned.as_bytes());
        let expected = format!(
            "Content-Type: {media_type}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{content}\r\n--=_report_"
        );
        assert!(text.contains(&expected), "{returned:?} {text}");
    }
    assert!(!returning(b"").contains("rfc822-headers"));
    let text = returning(b"Subject: Gr\xfc\xdfe\n\nx");
    assert!(
        text.contains(
            "message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n\r\nSubject: Gr??e\r\n"
        ),
        "{text}"
    );
}

#[test]
fn the_limit_cuts_between_fields() {
    let returned = b"A: b\r\nC: d\r\n e\r\nF: g\r\n\r\nbody\r\n";
    let cut = |limit| {
        let text = written_with(&ReportOptions { limit: Some(limit), ..options() }, returned);
        let (_, content) = text.split_once("text/rfc822-headers\r\n")?.1.split_once("\r\n\r\n")?;
        Some(content.split("\r\n--").next().unwrap().to_owned())
    };
    assert_eq!(cut(returned.len()), None);
    let header = "A: b\r\nC: d\r\n e\r\nF: g\r\n";
    for limit in 0..returned.len() {
        let ends = [0, "A: b\r\n".len(), "A: b\r\nC: d\r\n e\r\n".len(), header.len()];
        let end = ends.into_iter().rfind(|end| *end <= limit).unwrap();
        assert_eq!(cut(limit).unwrap_or_default(), header[..end], "{limit}");
    }
    let options = ReportOptions { limit: Some(8), ..options() };
    assert!(written_with(&options, b"A: b\rC: d\rE: f\r\r").contains("\r\n\r\nA: b\r\n\r\n--"));
}

#[test]
fn what_is_not_given_is_added_where_rfc_3464_requires_it() {
    let report = Report::parse(
        "Reporting-MTA: mail.example.com\n\nFinal-Recipient: anna@example.com\nAction: failed\n\
         Diagnostic-Code: 550 Not here\n\nFinal-Recipient: ben@example.com\nAction: failed\n\
         Status: 5.0.0\nDiagnostic-Code: lost\n",
    );
    let text = written(&report.unwrap());
    let (_, fields) = text.split_once("\r\n\r\nReporting-MTA: ").unwrap();
    assert!(fields.starts_with(
        "dns; mail.example.com\r\n\r\nFinal-Recipient: rfc822; anna@example.com\r\nAction: failed\r\n\
         Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 Not here\r\n\r\nFinal-Recipient: rfc822; \
         ben@example.com\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: x-unknown; lost\r\n"
    ));
}

#[test]
fn a_text_is_written_unless_it_is_empty() {
    let mut report = report();
    report.arrival_date = Some("Fri, 27 Nov 2026 18:30:00 +0000".into());
    report.recipients[0].final_log_id = Some(" ".into());
    let text = written(&report);
    assert!(text.contains("\r\nArrival-Date: Fri, 27 Nov 2026 18:30:00 +0000\r\n"));
    assert!(!text.contains("Final-Log-ID"));
}

#[test]
fn a_comment_is_read_as_it_was_written() {
    for comment in ["Anna", "a (b) c", "a) (b", ")", "(", "\\", "a \\(b\\) \\\\", "\\)"] {
        let mut report = report();
        let [to] = &mut report.recipients[..] else { unreachable!() };
        to.status_comment = Some(comment.into());
        for typed in [&mut to.final_recipient, &mut to.remote_mta, &mut report.reporting_mta] {
            typed.as_mut().unwrap().comment = Some(comment.into());
        }
        let read = Report::parse(written(&report)).unwrap();
        assert_eq!(
            (&read.reporting_mta, &read.recipients),
            (&report.reporting_mta, &report.recipients)
        );
    }
}

#[test]
fn what_is_not_a_type_is_written_as_the_default() {
    let mut report = report();
    report.reporting_mta = Some(Typed::new("d ns", "mail.example.com"));
    report.recipients[0].final_recipient = Some(Typed::new("", "anna@example.com"));
    report.recipients[0].diagnostic = Some(Typed::new("smtp\r\nX: ", "lost"));
    let text = written(&report);
    assert!(text.contains("\r\nReporting-MTA: dns; mail.example.com\r\n"), "{text}");
    assert!(text.contains("\r\nFinal-Recipient: rfc822; anna@example.com\r\n"), "{text}");
    assert!(text.contains("\r\nDiagnostic-Code: x-unknown; lost\r\n"), "{text}");
}

#[test]
fn an_error_names_the_field() {
    type Change = fn(&mut Report, &mut ReportOptions);
    let changes: &[(&str, Change)] = &[
        ("reporting_mta", |report, _| report.reporting_mta = None),
        ("reporting_mta", |report, _| report.reporting_mta = Some(Typed::new("dns", " \r\n"))),
        ("extensions", |report, _| report.extensions.push(("Action".into(), "failed".into()))),
        ("extensions", |report, _| report.extensions.push((String::new(), "x".into()))),
        ("recipients", |report, _| report.recipients.clear()),
        ("recipients[0].final_recipient", |report, _| report.recipients[0].final_recipient = None),
        ("recipients[0].final_recipient", |report, _| {
            report.recipients[0].final_recipient = Some(Typed::new("rfc822", "a\n@example.com"));
        }),
        ("recipients[0].original_recipient", |report, _| {
            report.recipients[0].original_recipient = Some(Typed::new("rfc822", "<>"));
        }),
        ("recipients[0].action", |report, _| report.recipients[0].action = None),
        ("recipients[1].action", |report, _| {
            report.recipients.push(anna());
            report.recipients[1].action = Some("expired".into());
        }),
        ("recipients[0].status", |report, _| {
            (report.recipients[0].status, report.recipients[0].diagnostic) = (None, None);
        }),
        ("recipients[0].status", |report, _| report.recipients[0].status = "2.1.5".parse().ok()),
        ("recipients[0].status", |report, _| {
            report.recipients[0] = Recipient::from_reply(
                "anna@example.com",
                Action::Delayed,
                &helpers::addr_rcpt_ok(),
            );
        }),
        ("recipients[0].extensions", |report, _| {
            report.recipients[0].extensions.push(("final-recipient".into(), "x".into()));
        }),
        ("recipients[0].extensions", |report, _| {
            report.recipients[0].extensions.push(("X\r\nY".into(), "x".into()));
        }),
        ("from", |_, options| options.from.clear()),
        ("to", |_, options| options.to = "anna@example.com, ben@example.com".into()),
        ("date", |_, options| options.date = "\r\nX: y".into()),
        ("message_id", |_, options| options.message_id = "<1@example.com>\r\nX: y".into()),
        ("message_id", |_, options| options.message_id = "<1\u{2028}@example.com>".into()),
    ];
    for &(field, change) in changes {
        let (mut report, mut options) = (report(), options());
        change(&mut report, &mut options);
        let error = report.message(&options, b"").unwrap_err();
        assert_eq!(error.field, field);
        assert!(error.to_string().starts_with(&format!("{field}: ")), "{error}");
    }
}

#[test]
fn a_header_has_one_mailbox_in_each_address_field() {
    for (to, expected) in [
        ("anna@example.com", "<anna@example.com>"),
        ("<anna@example.com>", "<anna@example.com>"),
        ("Anna <anna@example.com>", "Anna <anna@example.com>"),
        ("\"Anna, B.\" <anna@example.com>", "=?utf-8?q?Anna=2C=20B=2E?= <anna@example.com>"),
        ("evil@b.example, x <a@b.example>", "=?utf-8?q?evil=40b=2Eexample=2C=20x?= <a@b.example>"),
        (
            "a \"\r\nBcc: b@example.com <anna@example.com>",
            "=?utf-8?q?a=20=22=20=20Bcc=3A=20b=40example=2Ecom?= <anna@example.com>",
        ),
        ("Jürgen <anna@example.com>", "=?utf-8?q?J=C3=BCrgen?= <anna@example.com>"),
        ("jürgen@example.com", "<jürgen@example.com>"),
        ("\"a, b\"@example.com", "<\"a, b\"@example.com>"),
        ("anna@[IPv6:2001:db8::1]", "<anna@[IPv6:2001:db8::1]>"),
    ] {
        let text = written_with(&ReportOptions { to: to.into(), ..options() }, b"");
        assert!(text.contains(&format!("\r\nTo: {expected}\r\nSubject:")), "{text}");
    }
    for to in ["", "anna", "@example.com", "a b@example.com", "a,b@example.com", "x <>", "a@b@c"] {
        let options = ReportOptions { to: to.into(), ..options() };
        assert_eq!(report().message(&options, b"").unwrap_err().field, "to", "{to:?}");
    }
}

#[test]
fn the_text_says_what_happened_and_why() {
    let status = "4.4.1".parse().unwrap();
    let mut waiting = Recipient::from_status("ben@example.com", Action::Delayed, status);
    waiting.will_retry_until = Some("Sat, 28 Nov 2026 18:30:00 +0000".into());
    let delivered = Recipient::from_reply(
        "carla@example.com",
        Action::Delivered,
        &Reply::enhanced(EnhancedCode::SUCCESS),
    );
    let report = Report::new("mail.example.com", [delivered, waiting, anna()]);
    let text = written(&report).replace("=\r\n", "").replace("\r\n", "\n");
    let parts = [
        "Your message to carla@example.com was delivered.\n",
        "Your message to ben@example.com is delayed.\n    No answer from host (4.4.1)\n",
        "    It is still being tried; you do not have to send it again.\n    It is tried until Sat, 28 Nov",
        "Your message to anna@example.com was not delivered.\n    Bad destination mailbox address (5.1.1)\n    mx.example.com said: 550-5.1.1 No such",
        "    It will not be tried again.\n",
    ];
    let places = parts.map(|part| text.find(part).unwrap_or_else(|| panic!("{part} {text}")));
    assert!(places.is_sorted());
    for (index, subject) in ["was not delivered", "is delayed", "was delivered"].iter().enumerate()
    {
        let mut report = report.clone();
        report.recipients.truncate(3 - index);
        assert!(written(&report).contains(&format!("Subject: Your message {subject}\r\n")));
    }
}

#[test]
fn a_text_and_a_subject_can_be_given() {
    let (subject, text) = (Some("Grüße\r\nX: y".into()), Some("Hello\n\n.x".into()));
    let text = written_with(&ReportOptions { subject, text, ..options() }, b"");
    assert!(
        text.contains("\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe=20=20X=3A=20y?=\r\nDate:"),
        "{text}"
    );
    assert!(text.contains("quoted-printable\r\n\r\nHello\r\n\r\n.x\r\n\r\n--="));
}

/// Counts what is written.
struct Count(usize);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

#[test]
fn the_returned_message_is_not_copied() {
    let returned = [&b"Subject: x\r\n\r\n"[..], &b"0123456789\r\n".repeat(100_000)].concat();
    let options = ReportOptions { limit: Some(usize::MAX), ..options() };
    let mut count = Count(0);
    let report = report();
    let used = allocation_counter::measure(|| {
        write!(count, "{}", report.message(&options, &returned).unwrap()).unwrap();
    });
    assert!(count.0 > returned.len());
    assert!(used.bytes_max < 20_000, "{used:?}");
}

#[test]
fn the_error_of_the_output_is_returned() {
    let report = report();
    let message = report.message(&options(), b"").unwrap();
    assert!(message.write_io(&mut &mut [0; 100][..]).is_err());
    let length = message.to_string().len();
    assert!(message.write_io(&mut &mut vec![0; length][..]).is_ok());
}

/// The address without the angle brackets that are no part of it.
fn bare(address: &Typed) -> String {
    let mut value = address.value.trim();
    while let Some(inner) = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')) {
        value = inner.trim();
    }
    value.into()
}

fn addresses_of(report: &Report) -> Vec<(Option<String>, String, Action, Option<EnhancedCode>)> {
    let recipient = |to: &Recipient| {
        let original = to.original_recipient.as_ref().map(bare);
        (
            original,
            bare(to.final_recipient.as_ref().unwrap()),
            to.action.clone().unwrap(),
            to.status,
        )
    };
    report.recipients.iter().map(recipient).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn no_value_gets_out_of_its_field((report, options, returned) in hostile_message()) {
        let message = report.message(&options, returned.as_bytes()).unwrap();
        let (message, text) = (bytes(&message), message.to_string());
        prop_assert_eq!(&message, text.as_bytes());

        // The lines are legal.
        for line in message.strip_suffix(b"\r\n").unwrap().split(|&byte| byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            prop_assert!(line.len() <= 998 && !line.contains(&b'\r') && !line.contains(&0));
        }
        prop_assert_eq!(
            message.split(|&byte| byte == b'\n').count() - 1,
            message.windows(2).filter(|end| end == b"\r\n").count()
        );

        // The recipients are those that were given.
        let again = Report::parse(&message).unwrap();
        prop_assert_eq!(addresses_of(&again), addresses_of(&report));
        prop_assert_eq!(&again.reporting_mta.unwrap().value, "mail.example.com");
    }
}
