//! Parsing the fields of reports.

use alloc::string::String;
use alloc::vec::Vec;

use super::value::{action, status};
use super::{Recipient, Report, Typed};
use crate::mime::fields::{Line, Lines};

/// Whether the first fields of a text are those of a report. The header of a message has none of
/// them except `Status`, which mailboxes add.
pub(super) fn is_content(text: &[u8]) -> bool {
    let lines = Lines::new(text).map(Line::of);
    let first = lines.skip_while(|line| *line == Line::Blank);
    first.take_while(|line| *line != Line::Blank).any(|line| {
        let Line::Field { name, .. } = line else { return false };
        setter(&MESSAGE_FIELDS, name).is_some()
            || setter(&RECIPIENT_FIELDS, name).is_some() && !name.eq_ignore_ascii_case(b"Status")
    })
}

/// Stores the value of a field; `false` if the field exists already or the value is invalid.
type Set<T> = fn(&mut T, &str) -> bool;

/// The fields about the message (RFC 3464 §2.2).
const MESSAGE_FIELDS: [(&str, Set<Report>); 5] = [
    ("Original-Envelope-Id", |report, text| set(&mut report.original_envelope_id, text)),
    ("Reporting-MTA", |report, text| set(&mut report.reporting_mta, Typed::read(text))),
    ("DSN-Gateway", |report, text| set(&mut report.dsn_gateway, Typed::read(text))),
    ("Received-From-MTA", |report, text| set(&mut report.received_from_mta, Typed::read(text))),
    ("Arrival-Date", |report, text| set(&mut report.arrival_date, text)),
];

/// The fields about a recipient (RFC 3464 §2.3).
const RECIPIENT_FIELDS: [(&str, Set<Recipient>); 9] = [
    ("Original-Recipient", |to, text| set(&mut to.original_recipient, Typed::read_address(text))),
    ("Final-Recipient", |to, text| set(&mut to.final_recipient, Typed::read_address(text))),
    ("Action", |to, text| action(text).is_some_and(|action| set(&mut to.action, action))),
    ("Status", |to, text| {
        let Some((code, comment)) = status(text).filter(|_| to.status.is_none()) else {
            return false;
        };
        (to.status, to.status_comment) = (Some(code), comment);
        true
    }),
    ("Remote-MTA", |to, text| set(&mut to.remote_mta, Typed::read(text))),
    ("Diagnostic-Code", |to, text| set(&mut to.diagnostic, Typed::read(text))),
    ("Last-Attempt-Date", |to, text| set(&mut to.last_attempt_date, text)),
    ("Final-Log-ID", |to, text| set(&mut to.final_log_id, text)),
    ("Will-Retry-Until", |to, text| set(&mut to.will_retry_until, text)),
];

/// Whether a field of this name begins a recipient in the group about the message.
pub(super) fn is_recipient_field(name: &str) -> bool {
    setter(&RECIPIENT_FIELDS, name.as_bytes()).is_some()
}

fn set<T>(slot: &mut Option<T>, value: impl Into<T>) -> bool {
    let free = slot.is_none();
    slot.get_or_insert_with(|| value.into());
    free
}

fn setter<T>(fields: &[(&str, Set<T>)], name: &[u8]) -> Option<Set<T>> {
    let found = |(field, _): &&(&str, _)| name.eq_ignore_ascii_case(field.as_bytes());
    fields.iter().find(found).map(|&(_, set)| set)
}

/// Assigns fields to the report and its recipients.
#[derive(Default)]
pub(super) struct Reader {
    report: Report,
    /// Whether the current part has reached its recipients.
    in_recipient: bool,
    /// The number of fields in all `extensions`.
    extensions: usize,
    /// Whether there are more recipients than are kept.
    full: bool,
}

impl Reader {
    pub(super) fn found(&self) -> bool {
        self.report.reporting_mta.is_some() || self.report.recipients.iter().any(is_recipient)
    }

    pub(super) fn finish(mut self) -> Option<Report> {
        self.report.recipients.retain(is_recipient);
        self.found().then_some(self.report)
    }

    /// Parses the content of one part.
    pub(super) fn read(&mut self, content: &[u8]) {
        self.in_recipient = false;
        let mut field: Option<(&[u8], Vec<u8>)> = None;
        // Whether a blank line is before the field, and whether one is after it.
        let (mut parted, mut blank) = (false, false);
        for line in Lines::new(content) {
            match Line::of(line) {
                Line::Field { name, value } => {
                    if let Some((name, value)) = field.replace((name, value.to_vec())) {
                        self.field(name, &value, parted);
                    }
                    (parted, blank) = (blank, false);
                }
                Line::Blank => blank = true,
                Line::Other if blank => {}
                Line::Continued(_) | Line::Other => {
                    if let Some((_, value)) = &mut field {
                        value.push(b' ');
                        value.extend_from_slice(line.trim_ascii());
                    }
                }
            }
        }
        if let Some((name, value)) = field {
            self.field(name, &value, parted);
        }
    }

    /// Assigns a field. `parted`: a blank line separates it from the field before it.
    fn field(&mut self, name: &[u8], value: &[u8], parted: bool) {
        let value = String::from_utf8_lossy(value);
        let value = value.trim();
        if self.take(name, value, parted) || self.full || self.extensions == Report::MAX_ENTRIES {
            return;
        }
        self.extensions += 1;
        let recipient = self.report.recipients.last_mut().filter(|_| self.in_recipient);
        let extensions = match recipient {
            Some(recipient) => &mut recipient.extensions,
            None => &mut self.report.extensions,
        };
        extensions.push((String::from_utf8_lossy(name).into(), value.into()));
    }

    /// Stores a field that RFC 3464 defines; `false` if it does not, or if there is one already.
    fn take(&mut self, name: &[u8], value: &str, parted: bool) -> bool {
        if let Some(set) = setter(&MESSAGE_FIELDS, name) {
            return value.is_empty() || set(&mut self.report, value);
        }
        let Some(set) = setter(&RECIPIENT_FIELDS, name) else { return false };
        if self.begins_recipient(name, parted) {
            self.full = self.report.recipients.len() == Report::MAX_ENTRIES;
            self.in_recipient = true;
            if !self.full {
                self.report.recipients.push(Recipient::default());
            }
        }
        let recipient = self.report.recipients.last_mut().filter(|_| !self.full);
        recipient.is_none_or(|recipient| value.is_empty() || set(recipient, value))
    }

    /// Whether a field begins a new recipient: an address that the current one already has, or an
    /// original address after its final one; `Action` if the program omits addresses.
    fn begins_recipient(&self, name: &[u8], parted: bool) -> bool {
        let Some(recipient) = self.report.recipients.last().filter(|_| self.in_recipient) else {
            return true;
        };
        let is = |expected: &str| name.eq_ignore_ascii_case(expected.as_bytes());
        let has_final = recipient.final_recipient.is_some();
        is("Original-Recipient") && (recipient.original_recipient.is_some() || has_final && parted)
            || is("Final-Recipient") && has_final
            || is("Action") && recipient.action.is_some() && parted
    }
}

fn is_recipient(recipient: &Recipient) -> bool {
    recipient.original_recipient.is_some()
        || recipient.final_recipient.is_some()
        || recipient.action.is_some()
}
