//! The enhanced status code in the lines of a reply.

use crate::codes::{Class, EnhancedCode};
use crate::text::{Unit, after, before};

/// Removes the status of the first line, or else of the last, from the lines that have it.
pub(super) fn take_status<U: Unit>(lines: &mut [&[U]], class: Class) -> Option<EnhancedCode> {
    let of = |line: &&[U]| status_of(line, class).map(|(status, _)| status);
    let status = lines.first().and_then(of).or_else(|| lines.last().and_then(of))?;
    take(status, lines, |line| status_of(line, class));
    Some(status)
}

fn take<U>(
    status: EnhancedCode,
    lines: &mut [&[U]],
    status_of: impl Fn(&[U]) -> Option<(EnhancedCode, &[U])>,
) {
    for line in lines {
        if let Some((_, text)) = status_of(line).filter(|&(found, _)| found == status) {
            *line = text;
        }
    }
}

/// The status of a line, and the rest of its text.
fn status_of<U: Unit>(line: &[U], class: Class) -> Option<(EnhancedCode, &[U])> {
    let hashed = || status_at_start(after(line, '#')?);
    [status_at_start(line), hashed(), status_at_end(line)]
        .into_iter()
        .flatten()
        .find(|(status, _)| status.class() == class)
}

/// `5.1.1 text`
pub(super) fn status_at_start<U: Unit>(line: &[U]) -> Option<(EnhancedCode, &[U])> {
    let (status, rest) = EnhancedCode::read(line).ok()?;
    Some((status, separated(rest)?))
}

/// `text (#5.1.1)`; also without the space, with other brackets, with a remark inside them, or with
/// a period after them.
fn status_at_end<U: Unit>(line: &[U]) -> Option<(EnhancedCode, &[U])> {
    const LONGEST: usize = "(#5.999.999 - a name)".len();
    let inner = before(line, '.').unwrap_or(line);
    let (inner, opening) = match before(inner, ')') {
        Some(inner) => (inner, '('),
        None => (before(inner, ']')?, '['),
    };
    let window = inner.len().saturating_sub(LONGEST)..inner.len();
    let bracket = window.rev().find(|&index| inner[index].into() == u32::from(opening))?;
    let (status, remark) = EnhancedCode::read(after(&inner[bracket + 1..], '#')?).ok()?;
    separated(remark)?;
    Some((status, before(&line[..bracket], ' ').unwrap_or(&line[..bracket])))
}

/// The text after a code: empty, or separated from it by a space.
pub(super) fn separated<U: Unit>(rest: &[U]) -> Option<&[U]> {
    if rest.is_empty() { Some(rest) } else { after(rest, ' ') }
}
