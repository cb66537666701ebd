//! Parsing the fields of reports.

use alloc::borrow::Cow;
use alloc::string::String;
use core::mem;

use super::limits::Kept;
use super::table::{FINAL, MESSAGE_FIELDS, ORIGINAL, RECIPIENT_FIELDS, Row, Slot, find, has};
use super::value::{action, status, strip_and_trim};
use super::{Recipient, Report, Typed};
use crate::mime::fields::{Field, Lines, begins_with_field, fields};
use crate::mime::{base64, split_header, without_bom};
use crate::reply::Reply;

/// Fields of the header of a message, and of other kinds of reports.
const FOREIGN_FIELDS: [&str; 7] =
    ["From", "Received", "Subject", "Date", "MIME-Version", "Disposition", "Feedback-Type"];

/// Stores the value of a field of this name; `false` if there is none, if it has a value already, or if
/// this one is invalid.
fn store<T>(rows: &[Row<T>], name: &str, target: &mut T, value: &str) -> bool {
    let Some((_, slot)) = find(rows, name) else { return false };
    value.is_empty()
        || match slot(target) {
            Slot::Text(slot) => set(slot, value),
            Slot::Name(slot) => set(slot, Typed::read_name(value)),
            Slot::Address(slot) => set(slot, Typed::read_address(value)),
            Slot::Diagnostic(slot) => set(slot, Typed::read_text(value)),
            Slot::Action(slot) => action(value).is_some_and(|action| set(slot, action)),
            Slot::Status(slot, after) => status(value).is_some_and(|(code, comment)| {
                set(slot, code) && comment.is_none_or(|comment| set(after, comment))
            }),
        }
}

fn set<T>(slot: &mut Option<T>, value: impl Into<T>) -> bool {
    let free = slot.is_none();
    slot.get_or_insert_with(|| value.into());
    free
}

/// The content of a part by itself, if it is certainly a report and no letter.
pub(super) fn certain_report(content: &[u8]) -> Option<Report> {
    let content = without_bom(content).trim_ascii_start();
    let (mut is_of_report, mut is_foreign) = (false, false);
    for Field { name, .. } in fields(split_header(content).0) {
        is_of_report |= has(MESSAGE_FIELDS, name) || has(RECIPIENT_FIELDS, name);
        is_foreign |= FOREIGN_FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name));
    }
    let report = (is_of_report && !is_foreign).then(|| Report::parse_part(content))??;
    let has_both = |to: &Recipient| has_address(to) && has_fate(to);
    (report.reporting_mta.is_some() || report.recipients.iter().any(has_both)).then_some(report)
}

/// Assigns fields to the report and its recipients.
#[derive(Default)]
pub(super) struct Reader {
    report: Report,
    kept: Kept,
    /// The number of fields in all `extensions`.
    extensions: usize,
    /// Whether the current part has reached its recipients.
    in_recipient: bool,
    /// Whether the next address belongs to the current recipient in any case.
    awaits_address: bool,
}

impl Reader {
    pub(super) fn finish(mut self) -> Option<Report> {
        let Report { recipients, is_truncated, .. } = &mut self.report;
        recipients.retain(|to| has_address(to) || to.action.is_some());
        let kept = with_few_lines(recipients);
        *is_truncated = self.kept.is_exceeded || kept < recipients.len();
        recipients.truncate(kept);
        (!recipients.is_empty()).then_some(self.report)
    }

    /// Parses the content of one part.
    pub(super) fn read(&mut self, content: &[u8]) {
        self.in_recipient = false;
        let content = with_decoded_rest(without_bom(content));
        // A recipient has fewer than ten fields.
        let fields = self.kept.keep_fields(&content, (10 * Report::MAX_ENTRIES, Report::MAX_TEXT));
        for block in fields.chunk_by(|_, next| !next.is_parted) {
            self.assign_block(block);
        }
    }

    /// Assigns the fields of a block. One that has an address begins a recipient, whatever its
    /// first field is; another belongs to the recipient before it.
    fn assign_block(&mut self, fields: &[Field<'_>]) {
        let count = |name| fields.iter().filter(|f| f.name.eq_ignore_ascii_case(name)).count();
        let (originals, finals) = (count(ORIGINAL), count(FINAL));
        let has_addresses = originals + finals > 0;
        let is_about_message = fields.iter().any(|field| has(MESSAGE_FIELDS, field.name));
        // Fields about a recipient among those about the message are of the first one.
        let awaits_address =
            mem::replace(&mut self.awaits_address, is_about_message && !has_addresses);
        let mut begins = match self.current() {
            // Programs that put blank lines between all fields also part the two addresses.
            Some(to) if has_addresses => {
                has_fate(to) && !awaits_address
                    || originals > 0 && to.original_recipient.is_some()
                    || finals > 0 && to.final_recipient.is_some()
            }
            // Programs that omit addresses.
            Some(to) => !has_address(to) && to.action.is_some() && count("Action") > 0,
            None => true,
        };
        let leads = has_addresses && !is_about_message;
        for Field { name, value, .. } in fields {
            let begins_here = begins && (leads || has(RECIPIENT_FIELDS, name));
            if begins_here || self.begins_next(name, finals) {
                if self.report.recipients.len() == Report::MAX_ENTRIES {
                    self.kept.is_exceeded = true;
                    return;
                }
                self.report.recipients.push(Recipient::default());
                (self.in_recipient, begins) = (true, false);
            }
            let value = strip_and_trim(value);
            let is_stored = store(MESSAGE_FIELDS, name, &mut self.report, &value)
                || self.current().is_some_and(|to| store(RECIPIENT_FIELDS, name, to, &value));
            if !is_stored {
                self.store_extension(name, value);
            }
        }
    }

    /// Whether an address begins another recipient within a block.
    fn begins_next(&mut self, name: &str, finals: usize) -> bool {
        let is = |expected: &str| name.eq_ignore_ascii_case(expected);
        self.current().is_some_and(|to| {
            is(FINAL) && to.final_recipient.is_some()
                || is(ORIGINAL) && (to.original_recipient.is_some() || finals > 1 && has_fate(to))
        })
    }

    fn store_extension(&mut self, name: &str, value: String) {
        if self.extensions == Report::MAX_ENTRIES {
            self.kept.is_exceeded = true;
            return;
        }
        self.extensions += 1;
        let field = (name.into(), value);
        match self.current() {
            Some(recipient) => recipient.extensions.push(field),
            None => self.report.extensions.push(field),
        }
    }

    fn current(&mut self) -> Option<&mut Recipient> {
        self.report.recipients.last_mut().filter(|_| self.in_recipient)
    }
}

/// How many recipients have so few lines in their replies that all can be kept.
fn with_few_lines(recipients: &[Recipient]) -> usize {
    // The replies of the usual report are not parsed for this.
    if recipients.len() * Reply::MAX_PARSED_LINES <= Report::MAX_LINES {
        return recipients.len();
    }
    let sums = recipients.iter().scan(0, |sum, to| {
        *sum += to.reply().map_or(0, |reply| reply.lines().len());
        Some(*sum)
    });
    sums.take_while(|&sum| sum <= Report::MAX_LINES).count()
}

fn has_address(to: &Recipient) -> bool {
    to.original_recipient.is_some() || to.final_recipient.is_some()
}

/// Whether a recipient is complete enough not to be joined with the next address.
fn has_fate(to: &Recipient) -> bool {
    to.action.is_some() || to.status.is_some()
}

/// The content, in which what follows the first block is decoded if it is base64 without a
/// declaration: Office 365 encodes what follows the fields about the message.
fn with_decoded_rest(content: &[u8]) -> Cow<'_, [u8]> {
    let (first, rest) = split_header(content);
    let rest = rest.trim_ascii_start();
    let line = Lines::new(rest).next().unwrap_or_default().trim_ascii();
    let in_alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let is_base64 = line.len() >= 16 && line.iter().all(in_alphabet);
    let decoded = is_base64.then(|| base64(rest)).filter(|rest| begins_with_field(rest, ""));
    decoded.map_or(Cow::Borrowed(content), |rest| Cow::Owned([first, b"\n", &rest].concat()))
}
