//! Reading replies: what a remote server wrote, or what the `Display` of haraka-dsn printed.
//!
//! Each step looks at a line a constant number of times and never goes back, so the time is
//! linear in the length of the reply, whatever it holds.

use alloc::string::String;
use alloc::vec::Vec;

use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::reply::Reply;
use crate::text::{Unit, after};

impl Reply {
    /// Reads what a remote server replied; `None` if it is no reply.
    ///
    /// Takes UTF-8, in which invalid bytes become U+FFFD, with LF or CR LF after each line; after
    /// the last one it may be missing.
    ///
    /// - Lines are those of RFC 5321 §4.2: `250-text` and, as the last, `250 text` or `250`, all
    ///   with the same code.
    /// - The enhanced status code stands at the start of the text (RFC 2034 §4) of the first line,
    ///   of the last or of all, and is taken off each line that has it. qmail's forms count as
    ///   well, `#5.1.1 text` and `text (#5.1.1)`. One whose class is not the basic code's is text.
    /// - Where no line has a basic code and all begin with the same enhanced status code, as
    ///   haraka-dsn prints them, the basic code is 250, 450 or 550, as the class has it.
    ///
    /// ```
    /// use haraka_dsn_rs::Reply;
    ///
    /// let reply = Reply::parse("550-5.7.26 This mail has been blocked\r\n550 5.7.26 Authenticate!\r\n");
    /// let reply = reply.unwrap();
    /// assert_eq!(reply.code().get(), 550);
    /// assert_eq!(reply.enhanced_code().unwrap().to_string(), "5.7.26");
    /// assert_eq!(reply.lines().collect::<Vec<_>>(), ["This mail has been blocked", "Authenticate!"]);
    ///
    /// assert_eq!(Reply::parse("452 Full (#4.3.1)").unwrap().to_string(), "452 4.3.1 Full");
    /// assert_eq!(Reply::parse(b"5.1.1 No such user"), Some(haraka_dsn_rs::helpers::no_such_user()));
    /// assert_eq!(Reply::parse("354 Go ahead").unwrap().enhanced_code(), None);
    /// ```
    pub fn parse(reply: impl AsRef<[u8]>) -> Option<Reply> {
        let Parsed { code, status, lines } = parse(reply.as_ref())?;
        let reply =
            status.map_or(Reply::new(code), |status| Reply::enhanced(status).with_code(code));
        Some(reply.with_lines(lines.into_iter().map(String::from_utf8_lossy)))
    }
}

/// What a reply says. The lines are the text without codes; control characters are still in it.
pub(crate) struct Parsed<'t, U> {
    pub(crate) code: BasicCode,
    pub(crate) status: Option<EnhancedCode>,
    pub(crate) lines: Vec<&'t [U]>,
}

pub(crate) fn parse<U: Unit>(reply: &[U]) -> Option<Parsed<'_, U>> {
    if let Some((code, mut lines)) = reply_lines(reply) {
        let status = code.class().and_then(|class| take_status(&mut lines, class));
        return Some(Parsed { code, status, lines });
    }
    let (status, lines) = printed_lines(reply)?;
    Some(Parsed { code: BasicCode::of_class(status.class()), status: Some(status), lines })
}

/// The texts of the lines after RFC 5321 §4.2, and their basic code.
fn reply_lines<U: Unit>(reply: &[U]) -> Option<(BasicCode, Vec<&[U]>)> {
    let mut code = None;
    // Who says how long a reply is, is another server: without memory for its lines it is none.
    let mut texts = Vec::new();
    let mut ended = false;
    for line in lines(reply) {
        let (found, rest) = BasicCode::read(line).ok()?;
        if ended || *code.get_or_insert(found) != found {
            return None;
        }
        let continued = after(rest, '-');
        ended = continued.is_none();
        texts.try_reserve(1).ok()?;
        texts.push(continued.or_else(|| separated(rest))?);
    }
    Some((code.filter(|_| ended)?, texts))
}

/// The texts of lines that a reply printed without its basic code, and the code they begin with.
fn printed_lines<U: Unit>(reply: &[U]) -> Option<(EnhancedCode, Vec<&[U]>)> {
    let mut status = None;
    let mut texts = Vec::new();
    for line in lines(reply) {
        let (found, text) = status_at_start(line)?;
        if *status.get_or_insert(found) != found {
            return None;
        }
        texts.try_reserve(1).ok()?;
        texts.push(text);
    }
    Some((status?, texts))
}

/// The lines without their ends: LF with or without a CR before it, which the last may lack.
fn lines<U: Unit>(reply: &[U]) -> impl Iterator<Item = &[U]> {
    let reply = before(reply, '\n').unwrap_or(reply);
    let lines = reply.split(|&unit| unit.into() == u32::from('\n'));
    lines.map(|line| before(line, '\r').unwrap_or(line))
}

/// Takes the status off the lines that have it; `None` if none has one.
fn take_status<U: Unit>(lines: &mut [&[U]], class: Class) -> Option<EnhancedCode> {
    let of = |line: &&[U]| status_of(line, class).map(|(status, _)| status);
    let status = lines.first().and_then(of).or_else(|| lines.last().and_then(of))?;
    for line in lines {
        if let Some((_, text)) = status_of(line, class).filter(|&(found, _)| found == status) {
            *line = text;
        }
    }
    Some(status)
}

/// The status of a line and the rest of its text. A code of another class than the basic code's
/// is no status (RFC 2034 §4).
fn status_of<U: Unit>(line: &[U], class: Class) -> Option<(EnhancedCode, &[U])> {
    let hashed = || status_at_start(after(line, '#')?);
    [status_at_start(line), hashed(), status_at_end(line)]
        .into_iter()
        .flatten()
        .find(|(status, _)| status.class() == class)
}

/// `5.1.1 text`
fn status_at_start<U: Unit>(line: &[U]) -> Option<(EnhancedCode, &[U])> {
    let (status, rest) = EnhancedCode::read(line).ok()?;
    Some((status, separated(rest)?))
}

/// `text (#5.1.1)`
fn status_at_end<U: Unit>(line: &[U]) -> Option<(EnhancedCode, &[U])> {
    let end = line.len().saturating_sub("(#5.999.999)".len());
    let at = end + line.get(end..)?.iter().rposition(|&unit| unit.into() == u32::from('('))?;
    let (status, rest) = EnhancedCode::read(after(line.get(at + 1..)?, '#')?).ok()?;
    let ended = after(rest, ')')?.is_empty();
    let text = line.get(..at)?;
    let text = if text.is_empty() { text } else { before(text, ' ')? };
    ended.then_some((status, text))
}

/// What stands before this character, which must be the last.
fn before<U: Unit>(text: &[U], expected: char) -> Option<&[U]> {
    let (&found, before) = text.split_last()?;
    (found.into() == u32::from(expected)).then_some(before)
}

/// The text after a code: nothing, or what a space separates from it.
fn separated<U: Unit>(rest: &[U]) -> Option<&[U]> {
    if rest.is_empty() { Some(rest) } else { after(rest, ' ') }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// `code` or `code status`, then the lines, in a form that is easy to compare.
    fn read(reply: &str) -> Option<(String, Vec<String>)> {
        let reply = Reply::parse(reply)?;
        let status = reply.enhanced_code().map(|status| format!(" {status}"));
        let head = format!("{}{}", reply.code(), status.unwrap_or_default());
        Some((head, reply.lines().map(str::to_owned).collect()))
    }

    fn assert_read(reply: &str, head: &str, lines: &[&str]) {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        assert_eq!(read(reply), Some((head.to_owned(), lines)), "{reply:?}");
    }

    #[test]
    fn a_line_has_a_code_and_perhaps_a_text() {
        assert_read("250 OK", "250", &["OK"]);
        assert_read("250", "250", &[""]);
        assert_read("250 ", "250", &[""]);
        assert_read("250  OK ", "250", &[" OK "]);
        assert_read("599 x", "599", &["x"]);
        for reply in ["", " ", "OK", "25", "25 OK", "2500", "250OK", "250_OK", " 250 OK", "250\tOK"]
        {
            assert_eq!(read(reply), None, "{reply:?}");
        }
        assert_read("354 5.1.1 x", "354", &["5.1.1 x"]);
        for code in ["150", "099", "600", "999", "-50", "2.0", "２５０"] {
            assert_eq!(read(&format!("{code} x")), None, "{code}");
        }
    }

    #[test]
    fn lines_end_with_lf_or_cr_lf_and_the_last_with_nothing_as_well() {
        for end in ["\n", "\r\n"] {
            assert_read(&format!("250 a{end}"), "250", &["a"]);
            assert_read(&format!("250-a{end}250 b"), "250", &["a", "b"]);
            assert_read(&format!("250-a{end}250 b{end}"), "250", &["a", "b"]);
            for reply in [end, &format!("{end}250 a"), &format!("250 a{end}{end}")] {
                assert_eq!(read(reply), None, "{reply:?}");
            }
        }
        assert_read("250-a\r\n250 b\n", "250", &["a", "b"]);
    }

    #[test]
    fn all_lines_but_the_last_are_continued_and_have_its_code() {
        assert_read("250-\n250-\n250", "250", &["", "", ""]);
        for reply in ["250-", "250-a", "250-a\n250-b", "250 a\n250 b", "250\n250 b"] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
        for reply in ["250-a\n251 b", "250-a\n550 b", "250-a\nb", "250-a\n\n250 b", "250-a\n250b"] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
    }

    #[test]
    fn a_status_is_followed_by_a_space_or_the_end() {
        assert_read("550 5.1.1 x", "550 5.1.1", &["x"]);
        assert_read("550 5.1.1", "550 5.1.1", &[""]);
        assert_read("550 5.1.1  x", "550 5.1.1", &[" x"]);
        assert_read("550 5.7.133 x", "550 5.7.133", &["x"]);
        for text in ["5.1.1: x", "5.1.1x", "5.1.1.1 x", "5.1.1000 x", "5.1", "5.01.1 x", " 5.1.1 x"]
        {
            assert_read(&format!("550 {text}"), "550", &[text]);
        }
    }

    #[test]
    fn a_status_of_another_class_is_text() {
        for text in ["4.1.1 x", "2.1.1 x", "3.1.1 x", "#4.1.1 x", "x (#4.1.1)"] {
            assert_read(&format!("550 {text}"), "550", &[text]);
        }
        assert_read("550 4.1.1 x (#5.2.2)", "550 5.2.2", &["4.1.1 x"]);
    }

    #[test]
    fn qmails_forms_are_read() {
        assert_read("550 #5.1.1 x", "550 5.1.1", &["x"]);
        assert_read("550 #5.1.1", "550 5.1.1", &[""]);
        assert_read("550 x (#5.1.1)", "550 5.1.1", &["x"]);
        assert_read("550 x (#5.999.999)", "550 5.999.999", &["x"]);
        assert_read("550 (#5.1.1)", "550 5.1.1", &[""]);
        assert_read("550 5.2.2 x (#5.1.1)", "550 5.2.2", &["x (#5.1.1)"]);
        assert_read("550 x (#5.1.1) (#5.1.1)", "550 5.1.1", &["x (#5.1.1)"]);
        for text in ["x(#5.1.1)", "x (#5.1.1).", "x (#5.1.1 y)", "x (5.1.1)", "x #5.1.1", "#5.1.1)"]
        {
            assert_read(&format!("550 {text}"), "550", &[text]);
        }
    }

    #[test]
    fn the_status_of_several_lines_is_the_first_or_else_the_last() {
        assert_read("550-5.1.1 a\n550 5.1.1 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-5.1.1 a\n550 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-a\n550 5.1.1 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-a\n550-5.1.1 b\n550 5.1.1 c", "550 5.1.1", &["a", "b", "c"]);
        assert_read("550-5.1.1 a\n550 5.2.2 b", "550 5.1.1", &["a", "5.2.2 b"]);
        assert_read("550-a\n550-5.1.1 b\n550 c", "550", &["a", "5.1.1 b", "c"]);
        assert_read("550-5.1.1 5.1.1 a\n550 5.1.1 #5.1.1", "550 5.1.1", &["5.1.1 a", "#5.1.1"]);
    }

    #[test]
    fn a_printed_reply_has_the_usual_code_of_its_class() {
        assert_read("2.1.5 x", "250 2.1.5", &["x"]);
        assert_read("4.7.500", "450 4.7.500", &[""]);
        assert_read("5.1.1 a\n5.1.1 b", "550 5.1.1", &["a", "b"]);
        for reply in ["3.1.1 x", "#5.1.1 x", "x (#5.1.1)", "5.1.1 a\nb", "5.1.1 a\n5.1.2 b"] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
    }

    #[test]
    fn no_control_character_of_a_reply_gets_into_the_text() {
        assert_read("550 5.1.1 a\tb\r\0c\x7f", "550 5.1.1", &["abc"]);
    }

    #[test]
    fn invalid_utf_8_is_replaced() {
        let reply = Reply::parse(b"550 5.1.1 M\xfcller \xc3\xbc").unwrap();
        assert_eq!(reply.to_string(), "550 5.1.1 M\u{fffd}ller ü");
    }

    /// A unit that counts how often it is looked at.
    #[derive(Clone, Copy)]
    struct Counted<'c>(u8, &'c Cell<usize>);

    impl From<Counted<'_>> for u32 {
        fn from(Counted(byte, looks): Counted<'_>) -> u32 {
            looks.set(looks.get() + 1);
            byte.into()
        }
    }

    impl Unit for Counted<'_> {}

    #[test]
    fn no_unit_is_looked_at_more_often_because_the_reply_is_longer() {
        // Every reply of a few characters, over and over, behind everything that may begin a line.
        let alphabet = b"5.1-#( )\n";
        let patterns = alphabet.iter().flat_map(|&a| {
            alphabet.iter().flat_map(move |&b| alphabet.iter().map(move |&c| [a, b, c]))
        });
        let lines = ["550-5.1.1 \n", "550-#5.1.1\n", "550-(#5.1.1)\n", "550-\n", "5.1.1\n"];
        let lines = lines.map(|line| line.as_bytes().to_vec());
        for pattern in patterns.map(|pattern| pattern.to_vec()).chain(lines) {
            for start in ["", "550 ", "550-", "550 5.1.1 ", "550 #", "550 (#", "5.1.1 "] {
                let mut reply = start.as_bytes().to_vec();
                reply.extend(pattern.iter().cycle().take(3000));
                reply.extend(b"\n550 (#5.1.1)");
                let looks = Cell::new(0);
                let counted: Vec<_> = reply.iter().map(|&byte| Counted(byte, &looks)).collect();
                parse(&counted);
                let pattern = String::from_utf8_lossy(&pattern);
                assert!(looks.get() <= 20 * reply.len(), "{start:?} {pattern:?}: {}", looks.get());
            }
        }
    }
}
