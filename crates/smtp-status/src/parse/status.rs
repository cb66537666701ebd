//! The enhanced status code in the lines of a reply.

use crate::codes::{Class, EnhancedCode};

/// The greatest subject of RFC 3463 §3.
const MAX_SUBJECT: u16 = 7;

/// Removes the status of the first line, or else of the last, from the lines that have it.
pub(super) fn take_status(lines: &mut [&[u8]], class: Class) -> Option<EnhancedCode> {
    let of_first = status_of(lines.first()?, class);
    let (status, _) = of_first.or_else(|| status_of(lines.last()?, class))?;
    for line in lines {
        if let Some((_, text)) = status_of(line, class).filter(|&(found, _)| found == status) {
            *line = text;
        }
    }
    Some(status)
}

/// A status in a line, and the rest of its text.
type Found<'t> = Option<(EnhancedCode, &'t [u8])>;

/// The forms that a status can have, the most usual first.
const FORMS: [fn(&[u8]) -> Found<'_>; 3] =
    [status_at_start, |line| status_at_start(line.strip_prefix(b"#")?), status_at_end];

fn status_of(line: &[u8], class: Class) -> Found<'_> {
    let own = FORMS.iter().find_map(|form| form(line).filter(|(found, _)| found.class() == class));
    own.or_else(|| status_of_other_class(line, class))
}

/// `554 4.4.7 text`: servers that give up later send what they would have sent at first. The class
/// is the basic code's, on which clients act.
fn status_of_other_class(line: &[u8], class: Class) -> Found<'_> {
    let (status, text) = printed_status(line)?;
    let is_failure = status.class() != Class::Success && class != Class::Success;
    is_failure.then_some((status.with_class(class), text))
}

/// `5.1.1 text` without a basic code: a subject that RFC 3463 does not have is more probably the
/// number of a version.
pub(super) fn printed_status(line: &[u8]) -> Found<'_> {
    status_at_start(line).filter(|(status, _)| status.subject() <= MAX_SUBJECT)
}

/// `5.1.1 text`, also with other white space, or with a colon or comma after the code.
pub(super) fn status_at_start(line: &[u8]) -> Found<'_> {
    let (status, rest) = EnhancedCode::read(line.trim_ascii_start()).ok()?;
    let rest = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b",")).unwrap_or(rest);
    Some((status, separated(rest)?))
}

/// `text (#5.1.1)`; also without the space, with other brackets, with a remark inside them, or with
/// a period after them.
fn status_at_end(line: &[u8]) -> Found<'_> {
    const LONGEST: usize = "(#5.999.999 - a name)".len();
    let inner = line.strip_suffix(b".").unwrap_or(line);
    let mut brackets = [(b'(', b")"), (b'[', b"]")].into_iter();
    let (opening, inner) =
        brackets.find_map(|(start, end)| Some((start, inner.strip_suffix(end)?)))?;
    let window = inner.len().saturating_sub(LONGEST)..inner.len();
    let bracket = window.rev().find(|&index| inner[index] == opening)?;
    let (status, remark) = EnhancedCode::read(inner[bracket + 1..].strip_prefix(b"#")?).ok()?;
    separated(remark)?;
    Some((status, line[..bracket].strip_suffix(b" ").unwrap_or(&line[..bracket])))
}

/// The text after a code: empty, or separated from it by white space.
fn separated(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [] => Some(rest),
        [first, text @ ..] => first.is_ascii_whitespace().then_some(text),
    }
}
