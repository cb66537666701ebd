//! Generates reports whose values try to break out of their fields.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use smtp_status::{Action, Class, EnhancedCode, Recipient, Report, ReportOptions, Typed};

/// A case takes milliseconds without optimization.
pub const CASES: u32 = if cfg!(debug_assertions) { 1_000 } else { 50_000 };

pub fn options() -> ReportOptions {
    ReportOptions {
        from: "Mail Delivery System <postmaster@mail.example.com>".into(),
        to: "author@example.com".into(),
        date: "Fri, 27 Nov 2026 18:30:00 +0000".into(),
        message_id: "<20261127.1@mail.example.com>".into(),
        ..ReportOptions::default()
    }
}

const ACTIONS: [Action; 5] =
    [Action::Failed, Action::Delayed, Action::Delivered, Action::Relayed, Action::Expanded];

/// Texts that try to begin something else.
pub fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\r\n\r\n",
        "\t",
        " ",
        "  ",
        "\u{b}\u{c}\u{85}\u{2028}\u{7f}",
        "Final-Recipient: rfc822; evil@example.com",
        "Action: failed",
        "Status: 5.1.1",
        "Bcc: evil@example.com",
        "--=_report_0",
        "--",
        "=_report_1",
        "=_report_",
        "(",
        ")",
        "\\",
        "\\x{41}",
        "\"",
        ";",
        ",",
        ":",
        "<",
        ">",
        "@",
        "=",
        "=?utf-8?q?x?=",
        "a",
        "550 5.1.1 x",
        "550-5.1.1 y",
        "ü",
        "日本",
        "\u{a0}",
        "\u{feff}",
        "utf-8; x",
        "From ",
        ".",
        "Content-Type: message/delivery-status\r\n\r\n",
    ];
    let long = prop_oneof![
        9 => Just(String::new()),
        1 => select(vec!["x", " ", "ü", "y ", "\r\n"]).prop_map(|piece| piece.repeat(1_200)),
    ];
    (vec(select(pieces.to_vec()), 0..8), long, vec(select(pieces.to_vec()), 0..3))
        .prop_map(|(start, long, end)| start.concat() + &long + &end.concat())
}

/// As [`hostile`], but an address that often can be represented.
fn hostile_address() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| {
        let printable = |c: char| !c.is_control() && c != '\u{2028}';
        let text: String = text.chars().filter(|&c| printable(c)).take(50).collect();
        format!("{text}@example.com")
    })
}

fn typed(kind: &'static str, value: impl Strategy<Value = String>) -> impl Strategy<Value = Typed> {
    (select(vec![Some(kind), Some("utf-8"), Some("x-other"), None]), value, option::of(hostile()))
        .prop_map(|(kind, value, comment)| {
            let mut typed = Typed::new("", value);
            (typed.kind, typed.comment) = (kind.map(Into::into), comment);
            typed
        })
}

prop_compose! {
    fn hostile_recipient()(
        final_recipient in typed("rfc822", hostile_address()),
        original_recipient in option::of(typed("rfc822", hostile_address())),
        action in select(ACTIONS.to_vec()),
        status in (select(vec![2, 4, 5]), 0..1_000_u16, 0..1_000_u16),
        remote_mta in option::of(typed("dns", hostile())),
        diagnostic in option::of(typed("smtp", hostile())),
        texts in [(); 4].map(|()| option::of(hostile())),
        extensions in vec((select(vec!["X-A", "Status", "Action"]), hostile()), 0..2),
    ) -> Recipient {
        let [status_comment, last_attempt_date, final_log_id, will_retry_until] = texts;
        let (class, subject, detail) = status;
        let has_failed = matches!(action, Action::Failed | Action::Delayed);
        let status = (if has_failed { class.max(4) } else { class }, subject, detail);
        let mut recipient = Recipient::from_status("", action, EnhancedCode::try_from(status).unwrap());
        recipient.final_recipient = Some(final_recipient);
        recipient.original_recipient = original_recipient;
        recipient.remote_mta = remote_mta;
        recipient.diagnostic = diagnostic;
        recipient.status_comment = status_comment;
        recipient.last_attempt_date = last_attempt_date;
        recipient.final_log_id = final_log_id;
        recipient.will_retry_until = will_retry_until;
        recipient.extensions = extensions.into_iter().map(|(name, value)| (name.into(), value)).collect();
        recipient
    }
}

prop_compose! {
    pub fn hostile_report()(
        recipients in vec(hostile_recipient(), 1..4),
        mtas in [(); 2].map(|()| option::of(typed("dns", hostile()))),
        texts in [(); 2].map(|()| option::of(hostile())),
        extension in option::of(hostile()),
    ) -> Report {
        let mut report = Report::new("mail.example.com", recipients);
        [report.original_envelope_id, report.arrival_date] = texts;
        [report.received_from_mta, report.dsn_gateway] = mtas;
        report.extensions.extend(extension.map(|value| ("X-A".into(), value)));
        report
    }
}

prop_compose! {
    /// A report that can be written, options, and a message that is returned.
    pub fn hostile_message()(
        report in hostile_report(),
        [subject, text, returned] in [(); 3].map(|()| hostile()),
        headers_only: bool,
    ) -> (Report, ReportOptions, String) {
        let options = ReportOptions {
            to: format!("{subject}<author@example.com>"),
            subject: Some(subject),
            text: headers_only.then_some(text),
            headers_only,
            ..options()
        };
        (writable(report, &options), options, returned)
    }
}

/// The report, with other addresses and failures if its own cannot be written.
fn writable(mut report: Report, options: &ReportOptions) -> Report {
    if let Err(error) = report.message(options, b"") {
        assert!(error.field.ends_with("_recipient") || error.field.ends_with("status"), "{error}");
        for (index, to) in report.recipients.iter_mut().enumerate() {
            to.status = to.status.map(|code| code.with_class(Class::Permanent));
            to.original_recipient = None;
            to.final_recipient = Some(Typed::new("rfc822", format!("anna{index}@example.com")));
        }
    }
    report
}
