//! Finding the parts of a message that belong to a report.

use alloc::vec::Vec;

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

/// The reports of a message, of which those in the fewest attached messages count.
#[derive(Default)]
pub(super) struct Parts {
    reader: Option<(usize, Reader)>,
    /// The first returned message at each level, and whether it was cut.
    returned: Vec<(usize, Returned, bool)>,
    /// The level of a report that is none of delivery.
    other: Option<usize>,
}

impl Parts {
    /// `None` if the message has no part that is a report.
    pub(super) fn find(message: &[u8]) -> Option<Parts> {
        let mut parts = Parts::default();
        each_part(message, &mut |part| parts.take(part));
        (parts.reader.is_some() || parts.other.is_some()).then_some(parts)
    }

    fn take(&mut self, part: &Part<'_>) {
        let media_type = part.media_type.as_str();
        if REPORTS.contains(&media_type) {
            self.read(part.level, &part.content());
        } else if OTHER_REPORTS.contains(&media_type) {
            self.other = Some(self.other.map_or(part.level, |level| level.min(part.level)));
        } else if let Some(&(_, is_whole)) = RETURNED.iter().find(|(name, _)| *name == media_type) {
            if self.returned.iter().all(|&(level, ..)| level != part.level) {
                let (returned, is_cut) = Returned::read(&part.start(HEADER_WITHIN), is_whole);
                self.returned.push((part.level, returned, is_cut));
            }
        } else if media_type == "application/octet-stream" && part.is_data_file {
            // Exchange: `ATT00001.dat`.
            let content = part.content();
            if certain_report(&content).is_some() {
                self.read(part.level, &content);
            }
        }
    }

    fn read(&mut self, level: usize, content: &[u8]) {
        let (found, reader) = self.reader.get_or_insert_with(|| (level, Reader::new()));
        if level < *found {
            (*found, *reader) = (level, Reader::new());
        }
        if level == *found {
            reader.read(content);
        }
    }

    pub(super) fn finish(self) -> Option<Report> {
        let (level, reader) = self.reader?;
        if self.other.is_some_and(|other| other <= level) {
            return None;
        }
        let mut report = reader.finish()?;
        let returned = self.returned.into_iter().find(|&(found, ..)| found == level);
        if let Some((_, returned, is_cut)) = returned {
            report.is_truncated |= is_cut;
            report.returned = Some(returned);
        }
        Some(report)
    }
}
