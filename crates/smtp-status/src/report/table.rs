//! The fields of reports that RFC 3464 defines: their names, and where their values are kept. They are
//! read and written by this table.

use alloc::string::String;

use super::{Action, Recipient, Report, Typed};
use crate::codes::EnhancedCode;

/// A field of a report or of a recipient: its name, and where its value is kept.
pub(super) type Row<T> = (&'static str, fn(&mut T) -> Slot<'_>);

/// Where the value of a field is kept, and which form it has.
pub(super) enum Slot<'r> {
    Text(&'r mut Option<String>),
    /// The name of a server.
    Name(&'r mut Option<Typed>),
    Address(&'r mut Option<Typed>),
    Diagnostic(&'r mut Option<Typed>),
    Action(&'r mut Option<Action>),
    /// A status, and the comment after it.
    Status(&'r mut Option<EnhancedCode>, &'r mut Option<String>),
}

/// The fields about the message (RFC 3464 §2.2).
pub(super) const MESSAGE_FIELDS: &[Row<Report>] = &[
    ("Original-Envelope-Id", |report| Slot::Text(&mut report.original_envelope_id)),
    ("Reporting-MTA", |report| Slot::Name(&mut report.reporting_mta)),
    ("DSN-Gateway", |report| Slot::Name(&mut report.dsn_gateway)),
    ("Received-From-MTA", |report| Slot::Name(&mut report.received_from_mta)),
    ("Arrival-Date", |report| Slot::Text(&mut report.arrival_date)),
];

pub(super) const ORIGINAL: &str = "Original-Recipient";
pub(super) const FINAL: &str = "Final-Recipient";

/// The fields about a recipient (RFC 3464 §2.3). The first two can begin one.
pub(super) const RECIPIENT_FIELDS: &[Row<Recipient>] = &[
    (ORIGINAL, |to| Slot::Address(&mut to.original_recipient)),
    (FINAL, |to| Slot::Address(&mut to.final_recipient)),
    ("Action", |to| Slot::Action(&mut to.action)),
    ("Status", |to| Slot::Status(&mut to.status, &mut to.status_comment)),
    ("Remote-MTA", |to| Slot::Name(&mut to.remote_mta)),
    ("Diagnostic-Code", |to| Slot::Diagnostic(&mut to.diagnostic)),
    ("Last-Attempt-Date", |to| Slot::Text(&mut to.last_attempt_date)),
    ("Final-Log-ID", |to| Slot::Text(&mut to.final_log_id)),
    ("Will-Retry-Until", |to| Slot::Text(&mut to.will_retry_until)),
];

/// The row of a field, whose name is in upper or lower case.
pub(super) fn find<'t, T>(rows: &'t [Row<T>], name: &str) -> Option<&'t Row<T>> {
    rows.iter().find(|(field, _)| field.eq_ignore_ascii_case(name))
}

pub(super) fn has<T>(rows: &[Row<T>], name: &str) -> bool {
    find(rows, name).is_some()
}
