//! Finding the parts of a message that belong to a report.

use alloc::collections::BTreeMap;

use super::reader::{Reader, certain_report};
use super::{Report, Returned};
use crate::mime::{Part, each_part};

/// Reports: RFC 3464 §2.1, RFC 6533 §4; the last one is `XWall`'s.
const REPORTS: [&str; 3] =
    ["message/delivery-status", "message/global-delivery-status", "message/xdelivery-status"];

/// Receipts and complaints: RFC 8098 §3, RFC 6533 §6, RFC 5965 §2.
const OTHER_REPORTS: [&str; 3] = [
    "message/disposition-notification",
    "message/global-disposition-notification",
    "message/feedback-report",
];

/// Returned messages, and whether they are whole: RFC 6522 §3, RFC 6532 §3.7, RFC 6533 §5; the last
/// one is Exchange's.
const RETURNED: [(&str, bool); 5] = [
    ("message/rfc822", true),
    ("message/global", true),
    ("text/rfc822-headers", false),
    ("message/global-headers", false),
    ("message/rfc822-headers", false),
];

/// The start of a message that has its header; base64 takes a third more.
const HEADER_WITHIN: usize = 2 * Report::MAX_HEADER;

/// The report in the parts of a message. If there are several, the one in the fewest attached messages
/// counts. If there is none about anything, the message may be the content of such a part.
pub(super) fn report_in(message: &[u8]) -> Option<Report> {
    let mut levels = BTreeMap::<usize, Level>::new();
    each_part(message, &mut |part| levels.entry(part.level).or_default().take(part));
    let counts = |level: &Level| level.report.is_some() || level.has_other || level.declares_other;
    let first = levels.into_values().find(counts);
    first.map_or_else(|| certain_report(message), Level::finish)
}

/// What was found in parts that are in the same number of attached messages.
#[derive(Default)]
struct Level {
    report: Option<Reader>,
    /// Whether there is a report about something else, such as a receipt.
    has_other: bool,
    /// Whether a multipart says so.
    declares_other: bool,
    /// The first returned message, and whether it was cut.
    returned: Option<(Returned, bool)>,
}

impl Level {
    fn take(&mut self, part: &Part<'_>) {
        let media_type = part.media_type.as_str();
        let returned = RETURNED.iter().find(|(name, _)| *name == media_type);
        let is_certain = || certain_report(&part.content()).is_some();
        // Exchange: `ATT00001.dat`.
        if REPORTS.contains(&media_type) || part.is_data_file && is_certain() {
            self.report.get_or_insert_default().read(&part.content());
        } else if OTHER_REPORTS.contains(&media_type) {
            self.has_other = true;
        } else if !part.report_type.is_empty() {
            let is_type = |name: &&str| name.strip_prefix("message/") == Some(&part.report_type);
            self.declares_other |= OTHER_REPORTS.iter().any(is_type);
        } else if let Some(&(_, is_whole)) = returned {
            let start = || Returned::read(&part.start(HEADER_WITHIN), is_whole);
            self.returned.get_or_insert_with(start);
        }
    }

    fn finish(self) -> Option<Report> {
        let mut report = self.report.filter(|_| !self.has_other)?.finish()?;
        if let Some((returned, is_cut)) = self.returned {
            report.is_truncated |= is_cut;
            report.returned = Some(returned);
        }
        Some(report)
    }
}
