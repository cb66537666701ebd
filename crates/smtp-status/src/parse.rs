//! Parsing replies of remote servers, as sent or as relayed by other programs.
//!
//! | Form | Source |
//! |---|---|
//! | `550-5.1.1 a` CR LF `550 5.1.1 b` CR LF | RFC 5321 §4.2 |
//! | `5.1.1 a` LF `5.1.1 b` | haraka-dsn and this crate, for logs: no basic code; subjects of RFC 3463 |
//! | blank lines and space around lines, no line end after the last; runs of spaces and tabs | shells, logs, mail programs |
//! | `550 a` LF `  b` | folded header fields, and programs that wrap long lines |
//! | `550-5.1.1 a` | programs that keep only the first line: Sendmail's reports |
//! | `550-5.1.1 a 550-5.1.1 b 550 5.1.1 c` | programs that join lines with spaces: Postfix, SES, Haraka, unfolded header fields |
//! | `550-a\\n550 b` | programs that write a line end as two characters: Exim's log |
//! | `550 a` LF `550 b` | servers that omit the hyphen |
//! | `220-a` CR LF `421 b`, `220-a 421 b` | servers that break a reply off |
//! | `550 #5.1.1 a`, `550 a (#5.1.1)` | qmail |
//! | `550 a(#5.1.1)`, `550 a (#5.1.1 - chkusr)`, `450 a [#4.16.1].` | patched qmail, chkuser, and servers that imitate them |
//! | `250 2.0.0: a`, `550 5.1.1, a` | `OpenSMTPD`, and servers that imitate it |
//! | `554 4.4.7 a` | SES, Exchange, `KumoMTA`: the class of the basic code counts |
//!
//! and any of them with the text that programs add around it, see [`frame`].
//!
//! Each step looks at a byte a constant number of times and never goes back, so the time is linear
//! in the length of any reply.

mod error;
mod frame;
mod grammar;
mod reader;
mod status;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::codes::{BasicCode, EnhancedCode};
use crate::reply::Reply;
use crate::text::find_control;
use frame::without_frames;
use status::{printed_status, status_at_start, take_status};

pub use error::{ParseReplyError, ReplyErrorKind};
pub(crate) use frame::{is_type_of_replies, split_type};
pub use reader::ReplyReader;

impl Reply {
    /// The maximum number of lines that [`parse_lenient`](Reply::parse_lenient) keeps; real replies
    /// have fewer than fifty.
    pub const MAX_PARSED_LINES: usize = 1_000;

    /// Parses the reply in a whole text out of a log or a report, as another server sent it or as
    /// programs relay it; `None` if it is not a reply.
    ///
    /// For the bytes of a connection there is [`ReplyReader`], because this function takes a part
    /// of a reply for a whole one. [`from_bytes`](Reply::from_bytes) and [`str::parse`] accept only
    /// the standard's form.
    ///
    /// Takes UTF-8, in which invalid bytes become U+FFFD. A tab becomes a space; other control
    /// characters are removed.
    ///
    /// - Lines end with LF or CR LF; blank lines are ignored. An indented line continues the one
    ///   before it, unless it begins with the same code or, after a success, like the line of a
    ///   failure. All lines have the same basic code. The last line may be missing.
    /// - If a hyphen announces a line that then has another basic code, the server broke its reply
    ///   off, and the lines before do not count; but no success follows a failure.
    /// - Lines joined with spaces, `550-5.1.1 a 550 5.1.1 b`, are split where they repeat basic
    ///   code and enhanced status code, or have another basic code and a status of its class; lines
    ///   joined with the two characters `\n`, where they have a basic code.
    /// - After a success whose hyphen announces a line, the basic code of a failure begins one, also
    ///   if the lines were joined: `250-a 550 b` is the failure.
    /// - The enhanced status code is at the start of the text (RFC 2034 §4) of the first line, the
    ///   last or all, and is removed from each line that has it. qmail's forms `#5.1.1 text` and
    ///   `text (#5.1.1)`, and variants of them, are accepted too. Of a code of class 4 in a reply
    ///   of class 5, or the reverse, the class is the basic code's, if the subject is one of RFC
    ///   3463 (0 to 7); otherwise a code of another class is text.
    /// - If no line has a basic code and all begin with the same enhanced status code, as
    ///   haraka-dsn prints them, the basic code is 250, 450 or 550, depending on the class. The
    ///   subject must be one of RFC 3463: `5.10.0 x` is the version of a program.
    /// - Text that programs add around a reply is skipped: the type of a diagnostic (`smtp; 550
    ///   …`), Postfix's `host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`,
    ///   Exim's `SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 …`,
    ///   qmail's `Remote host said: 550 …`, and others. A number alone after a type that begins
    ///   with `x-`, and anything after `x-unix`, is the status or the output of a program.
    ///
    /// A parsed reply of up to [`MAX_PARSED_LINES`](Reply::MAX_PARSED_LINES) lines is parsed to the
    /// same reply after it is written.
    ///
    /// ```
    /// use smtp_status::Reply;
    ///
    /// let reply = Reply::parse_lenient("550-5.7.26 This mail has been blocked\r\n550 5.7.26 Authenticate!\r\n");
    /// let reply = reply.unwrap();
    /// assert_eq!(reply.code().get(), 550);
    /// assert_eq!(reply.enhanced_code().unwrap().to_string(), "5.7.26");
    /// assert_eq!(reply.lines().collect::<Vec<_>>(), ["This mail has been blocked", "Authenticate!"]);
    ///
    /// assert_eq!(Reply::parse_lenient("452 Full (#4.3.1)").unwrap().to_string(), "452 4.3.1 Full");
    /// assert_eq!(Reply::parse_lenient("smtp; 550-a 550 b").unwrap().to_string(), "550-a\n550 b");
    /// assert_eq!(Reply::parse_lenient("554 4.4.7 Too\n  late").unwrap().to_string(), "554 5.4.7 Too late");
    /// assert_eq!(Reply::parse_lenient(b"5.1.1 No such user"), Some(smtp_status::helpers::no_such_user()));
    /// assert_eq!(Reply::parse_lenient("550 No").unwrap().enhanced_code(), None);
    /// assert_eq!(Reply::parse_lenient("Connection timed out"), None);
    /// ```
    #[must_use]
    pub fn parse_lenient(reply: impl AsRef<[u8]>) -> Option<Reply> {
        let text = String::from_utf8_lossy(reply.as_ref());
        // Nearly every other reply needs no copy then.
        let text = marked(text.trim_end_matches(['\r', '\n']));
        let reply = without_frames(text.as_bytes())?;
        match leading_code(&reply) {
            Some(_) => reply_lines(&unfolded(&reply, follows)),
            None => printed_lines(&reply),
        }
    }
}

fn reply_of(code: BasicCode, status: Option<EnhancedCode>, lines: Vec<&[u8]>) -> Reply {
    Reply::of(code, status, "").with_lines(lines.into_iter().map(String::from_utf8_lossy))
}

/// Stands for the end of a line and the space before the next one, which may be a line of its own.
const FOLD: u8 = b'\r';

/// The lines with LF between them, or a [`FOLD`] before an indented one; without other control
/// characters, blank lines, and space before lines.
///
/// This comes first: otherwise a control character could hide a code, which would be parsed after
/// the reply is written.
fn marked(text: &str) -> Cow<'_, str> {
    if find_control(text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len());
    for line in text.split('\n') {
        let chars = line.chars().map(|c| if c == '\t' { ' ' } else { c });
        let mut chars = chars.filter(|c| !c.is_ascii_control()).peekable();
        let is_indented = chars.next_if_eq(&' ').is_some();
        while chars.next_if_eq(&' ').is_some() {}
        if chars.peek().is_some() && !marked.is_empty() {
            marked.push(if is_indented { char::from(FOLD) } else { '\n' });
        }
        marked.extend(chars);
    }
    Cow::Owned(marked)
}

/// The text in which each [`FOLD`] is the end of a line if what comes next follows this line as one
/// of its own, or else a space.
fn unfolded(text: &[u8], follows: impl Fn(&[u8], &[u8]) -> bool) -> Cow<'_, [u8]> {
    if !text.contains(&FOLD) {
        return Cow::Borrowed(text);
    }
    let mut unfolded = text.to_vec();
    let mut start = 0;
    for at in 0..text.len() {
        let next = at + 1;
        if text[at] == FOLD {
            let is_end = follows(&text[start..at], &text[next..]);
            unfolded[at] = if is_end { b'\n' } else { b' ' };
        }
        if unfolded[at] == b'\n' {
            start = next;
        }
    }
    Cow::Owned(unfolded)
}

/// The basic code at the start of a text, if what follows can follow a code.
fn leading_code(text: &[u8]) -> Option<BasicCode> {
    let (code, rest) = BasicCode::read(text).ok()?;
    matches!(rest.first(), None | Some(b' ' | b'-' | b'\n' | &FOLD)).then_some(code)
}

/// A reply with its basic code.
fn reply_lines(reply: &[u8]) -> Option<Reply> {
    let mut texts = Vec::new();
    let mut last: Option<Line<'_>> = None;
    for line in reply.split(|&byte| byte == b'\n') {
        let line = Line::read(line)?;
        match last.replace(line) {
            Some(last) if last.code == line.code => keep(&mut texts, last.text),
            Some(last) if last.continued && may_follow(last.code, line.code) => texts.clear(),
            Some(_) => return None,
            None => {}
        }
    }
    let mut line = last?;
    // The lines that the hyphen announces are missing, or were joined with this one.
    let mut of_first = line.status();
    while let Some((text, next)) = line.joined(of_first) {
        keep(&mut texts, text);
        if next.code != line.code {
            texts.clear();
            of_first = next.status();
        }
        line = next;
    }
    if !is_failure(line.code) && has_failing_line(line.text) {
        return None;
    }
    keep(&mut texts, line.text);
    let status = line.code.class().and_then(|class| take_status(&mut texts, class));
    Some(reply_of(line.code, status, texts))
}

/// Whether a server that announced a line with one code may end its reply with another. A failure
/// does not become a success.
fn may_follow(announced: BasicCode, code: BasicCode) -> bool {
    is_failure(code) || !is_failure(announced)
}

/// Whether an indented line is one of its own after another. A failure that is taken for text would
/// be a success.
fn follows(line: &[u8], next: &[u8]) -> bool {
    let Some(code) = leading_code(line) else { return false };
    leading_code(next) == Some(code) || !is_failure(code) && fails(next)
}

/// Whether a text begins like the line of a failure.
fn fails(text: &[u8]) -> bool {
    leading_code(text).is_some_and(is_failure)
        || printed_status(text).is_some_and(|(status, _)| !status.is_success())
}

/// Whether a failing line follows the end of a line that a program wrote as two characters.
fn has_failing_line(text: &[u8]) -> bool {
    let after_end = |at: usize| text[at..].strip_prefix(b"\\n");
    (0..text.len()).filter_map(after_end).any(|rest| fails(rest.trim_ascii_start()))
}

fn is_failure(code: BasicCode) -> bool {
    code.is_transient() || code.is_permanent()
}

/// Lines of a reply that was printed without its basic code: all have the same enhanced status
/// code.
fn printed_lines(reply: &[u8]) -> Option<Reply> {
    let (status, _) = printed_status(reply)?;
    let hides = |text: &[u8]| status.is_success() && has_failing_line(text);
    let reply = unfolded(reply, |_, next| {
        let is_same = printed_status(next).is_some_and(|(found, _)| found == status);
        is_same || status.is_success() && fails(next)
    });
    let mut texts = Vec::new();
    for line in reply.split(|&byte| byte == b'\n') {
        let is_line = |&(found, _): &(EnhancedCode, &[u8])| found == status && !hides(line);
        let (_, text) = printed_status(line).filter(is_line)?;
        keep(&mut texts, text);
    }
    Some(reply_of(BasicCode::of_class(status.class()), Some(status), texts))
}

/// Appends a text up to the limit, because another server decides how many lines there are.
fn keep<'t>(kept: &mut Vec<&'t [u8]>, text: &'t [u8]) {
    if kept.len() < Reply::MAX_PARSED_LINES {
        kept.push(text);
    }
}

/// A line with a basic code.
#[derive(Clone, Copy)]
struct Line<'t> {
    code: BasicCode,
    text: &'t [u8],
    /// Whether a hyphen announces another line.
    continued: bool,
}

impl<'t> Line<'t> {
    fn read(line: &'t [u8]) -> Option<Line<'t>> {
        let (code, rest) = BasicCode::read(line).ok()?;
        Line::of(code, rest)
    }

    fn of(code: BasicCode, rest: &'t [u8]) -> Option<Line<'t>> {
        match rest {
            [b'-', text @ ..] => Some(Line { code, text, continued: true }),
            [b' ', text @ ..] | text @ [] => Some(Line { code, text, continued: false }),
            _ => None,
        }
    }

    /// The status at the start of the text, if its class is the basic code's.
    fn status(&self) -> Option<EnhancedCode> {
        let (status, _) = status_at_start(self.text)?;
        (Some(status.class()) == self.code.class()).then_some(status)
    }

    /// The text before the next of the lines in `550-5.1.1 a 550-5.1.1 b 550 5.1.1 c`, and that
    /// line. All but the first follow a space or `\n`; a hyphen announces them.
    ///
    /// - A failure begins a line after a success.
    /// - Any other line has text, and a code that [may follow](may_follow). After a space, it has the
    ///   status of the first line, if that has one; or another basic code and a status of its class.
    fn joined(&self, of_first: Option<EnhancedCode>) -> Option<(&'t [u8], Line<'t>)> {
        if !self.continued {
            return None;
        }
        (0..self.text.len()).find_map(|end| {
            let (before, rest) = self.text.split_at(end);
            let after_end = rest.strip_prefix(b"\\n").map(<[u8]>::trim_ascii_start);
            let rest = after_end.or_else(|| rest.strip_prefix(b" "))?;
            let line = Line::read(rest)?;
            let has_status = if line.code == self.code {
                of_first.is_none() || line.status() == of_first
            } else {
                line.status().is_some()
            };
            let has_text = rest.len() > "550".len();
            let is_usual = has_text && (has_status || after_end.is_some());
            let breaks_off = !is_failure(self.code) && is_failure(line.code);
            let is_line = breaks_off || is_usual && may_follow(self.code, line.code);
            is_line.then_some((before, line))
        })
    }
}
