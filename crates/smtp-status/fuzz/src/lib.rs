//! Properties that must hold for any bytes. The fuzzer generates them; `tests/corpus.rs` of the workspace
//! replays the corpus.

use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::sync::LazyLock;

use smtp_status::{
    Action, BasicCode, Class, EnhancedCode, Recipient, Reply, Report, STATUSES, Status, Typed,
    strip_controls,
};

/// A reply has the given lines, each with the right prefix, and no control characters; its wire form,
/// folded or not, parses to the same reply.
///
/// The first bytes determine the codes. The rest is the text; 0xFF, which UTF-8 never contains, separates
/// lines.
pub fn render(data: &[u8]) {
    let Some((&[class, code, s1, s2, d1, d2], text)) = data.split_first_chunk() else { return };
    let code = basic_code(Class::ALL[usize::from(class % 3)], code % 100);
    let [subject, detail] = [[s1, s2], [d1, d2]].map(|bytes| u16::from_be_bytes(bytes) % 1000);
    let texts: Vec<_> = text.split(|&byte| byte == 0xff).map(String::from_utf8_lossy).collect();

    let status = EnhancedCode::new(Class::Success, subject, detail).expect("both are in range");
    let plain = Reply::enhanced(status).with_code(code);
    let reply = plain.clone().with_lines(texts.iter().map(AsRef::as_ref));
    let prefix = format!("{}.{subject}.{detail} ", code.get() / 100);
    let clean: Vec<_> = texts.iter().map(|text| simple_strip(text)).collect();
    let lines: Vec<_> = clean.iter().map(|text| prefix.clone() + text).collect();
    assert_eq!(reply.lines_with_status().collect::<Vec<_>>(), lines);
    let mut wire = String::new();
    for (index, line) in lines.iter().enumerate() {
        let separator = if index + 1 == lines.len() { ' ' } else { '-' };
        write!(wire, "{code}{separator}{line}\r\n").unwrap();
    }
    assert_eq!(reply.to_wire(), wire);
    assert_eq!(Reply::parse_lenient(wire).as_ref(), Some(&reply));

    let folded = reply.clone().folded();
    let wire = folded.to_wire();
    assert!(wire.split_inclusive("\r\n").all(|line| line.len() <= 512), "{wire}");
    assert_eq!(Reply::parse_lenient(wire), Some(folded));

    // Text without control characters is unchanged.
    assert!(clean.iter().all(|text| strip_controls(text) == *text));
    assert_eq!(reply.clone().with_lines(reply.lines()), reply);

    if let [text] = &texts[..] {
        let expected = if text.is_empty() { &plain } else { &reply };
        assert_eq!(plain.clone().with_message(text.as_ref()), *expected);
    }
}

/// Any bytes parse to a reply or to none; a reply that was parsed is parsed to the same when it is written
/// or printed.
pub fn parse(data: &[u8]) {
    let Some(reply) = Reply::parse_lenient(data) else { return };
    assert!(reply.lines().len() > 0);
    assert!(reply.lines().all(|text| simple_strip(text) == text), "{reply:?}");
    assert_eq!(Reply::parse_lenient(reply.to_wire()).as_ref(), Some(&reply));
    assert_eq!(reply.to_wire().parse::<Reply>().map(|reply| reply.code()), Ok(reply.code()));
    assert_eq!(Reply::parse_lenient(reply.to_string()), Some(reply));
}

/// Any bytes parse to a report or to none; a report that was parsed is parsed to the same when it is
/// written with a part for each recipient.
pub fn report(data: &[u8]) {
    let Some(report) = Report::parse(data) else { return };
    assert!(!report.recipients.is_empty());
    for recipient in &report.recipients {
        let reply = recipient.reply();
        assert!(reply.is_some() || recipient.status.is_none());
        let failed = matches!(recipient.action, Some(Action::Failed | Action::Delayed));
        let code = reply.map(|reply| reply.code());
        assert!(!failed || code.is_none_or(|code| code.class() != Some(Class::Success)));
    }
    // A text that is an encoded word after it was decoded is decoded again.
    let written = written(&report);
    if !written.contains("=?") {
        assert_eq!(Report::parse(written), Some(report));
    }
}

fn written(report: &Report) -> String {
    let part =
        |fields: Fields| format!("--b\nContent-Type: message/delivery-status\n\n{}\n", fields.0);
    let recipients = report.recipients.iter().map(|recipient| part(recipient_fields(recipient)));
    let returned = report.returned.iter().map(|returned| {
        let mut fields = Fields::default();
        fields.add_all(&returned.header);
        let media_type = if returned.is_whole { "message/rfc822" } else { "text/rfc822-headers" };
        format!("--b\nContent-Type: {media_type}\n\n{}\n", fields.0)
    });
    let parts = [part(message_fields(report))].into_iter().chain(recipients).chain(returned);
    format!("Content-Type: multipart/mixed; boundary=b\n\n{}", parts.collect::<String>())
}

#[derive(Default)]
struct Fields(String);

impl Fields {
    fn add(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            writeln!(self.0, "{name}: {value}").expect("writing to a String never fails");
        }
    }

    fn add_all(&mut self, extensions: &[(String, String)]) {
        for (name, value) in extensions {
            self.add(name, Some(value));
        }
    }
}

fn message_fields(report: &Report) -> Fields {
    let mut fields = Fields::default();
    fields.add("Original-Envelope-Id", report.original_envelope_id.as_ref());
    fields.add("Reporting-MTA", report.reporting_mta.as_ref().map(typed));
    fields.add("DSN-Gateway", report.dsn_gateway.as_ref().map(typed));
    fields.add("Received-From-MTA", report.received_from_mta.as_ref().map(typed));
    fields.add("Arrival-Date", report.arrival_date.as_ref());
    fields.add_all(&report.extensions);
    fields
}

fn recipient_fields(recipient: &Recipient) -> Fields {
    let comment = commented(recipient.status_comment.as_deref());
    let mut fields = Fields::default();
    fields.add("Original-Recipient", recipient.original_recipient.as_ref().map(address));
    fields.add("Final-Recipient", recipient.final_recipient.as_ref().map(address));
    fields.add("Action", recipient.action.as_ref());
    fields.add("Status", recipient.status.map(|status| format!("{status}{comment}")));
    fields.add("Remote-MTA", recipient.remote_mta.as_ref().map(typed));
    fields.add("Diagnostic-Code", recipient.diagnostic.as_ref().map(typed));
    fields.add("Last-Attempt-Date", recipient.last_attempt_date.as_ref());
    fields.add("Final-Log-ID", recipient.final_log_id.as_ref());
    fields.add("Will-Retry-Until", recipient.will_retry_until.as_ref());
    fields.add_all(&recipient.extensions);
    fields
}

fn typed(typed: &Typed) -> String {
    let comment = commented(typed.comment.as_deref());
    format!("{}; {}{comment}", typed.kind.as_deref().unwrap_or_default(), typed.value)
}

fn commented(comment: Option<&str>) -> String {
    let quoted =
        |comment: &str| comment.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    comment.map(|comment| format!(" ({})", quoted(comment))).unwrap_or_default()
}

fn address(address: &Typed) -> String {
    let mut bracketed = address.clone();
    if matches!(address.kind.as_deref(), Some("utf-8" | "utf8")) {
        bracketed.value = bracketed.value.replace('\\', "\\x{5C}");
    }
    bracketed.value = format!("<{}>", bracketed.value);
    typed(&bracketed)
}

/// A status is found by its names and its numbers, and by no other text.
pub fn lookup(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let found = Status::lookup(&text);
    assert_eq!(found, NAMES.get(text.as_ref()).copied());

    if let Some((&[s1, s2, d1, d2], _)) = data.split_first_chunk() {
        let [subject, detail] = [[s1, s2], [d1, d2]].map(u16::from_be_bytes);
        let named = NAMES.get(&format!("{subject}.{detail}")).copied();
        assert_eq!(Status::get(subject, detail), named);
        if let Some(code) = EnhancedCode::new(Class::Permanent, subject, detail) {
            assert_eq!(code.status(), named);
        }
    }
}

/// Every name of every status.
static NAMES: LazyLock<HashMap<String, &Status>> = LazyLock::new(|| {
    let names = |status: &'static Status| {
        let code = format!("{}.{}", status.subject(), status.detail());
        ["", "X.", "2.", "4.", "5."].map(|class| (format!("{class}{code}"), status))
    };
    STATUSES.iter().flat_map(names).collect()
});

fn basic_code(class: Class, rest: u8) -> BasicCode {
    BasicCode::new(class.digit() * 100 + u16::from(rest)).expect("a basic code")
}

fn simple_strip(text: &str) -> String {
    text.chars().filter(|&c| c >= '\x20' && c != '\x7f').collect()
}
