//! Writing replies to the wire (RFC 5321 §4.2).

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use core::fmt;
use core::iter;
#[cfg(feature = "std")]
use std::io;

use super::Reply;

/// The maximum length of a reply line in octets, including code and CR LF (RFC 5321 §4.5.3.1.5).
const LINE_OCTETS: usize = 512;

impl Reply {
    /// Writes the reply as a server sends it: on each line the basic code, a hyphen or, on the
    /// last, a space, then the enhanced status code and the text, then CR LF.
    ///
    /// Nothing is allocated.
    ///
    /// # Errors
    ///
    /// The error of `out`; a `String` never fails.
    ///
    /// ```
    /// use smtp_status::helpers::mbox_full;
    ///
    /// let mut out = String::new();
    /// mbox_full().with_lines(["Full", "Call me"]).write_to(&mut out)?;
    /// assert_eq!(out, "450-4.2.2 Full\r\n450 4.2.2 Call me\r\n");
    /// # Ok::<(), std::fmt::Error>(())
    /// ```
    pub fn write_to(&self, out: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
        self.write_lines(out, "\r\n")?;
        out.write_str("\r\n")
    }

    /// What [`write_to`](Reply::write_to) writes, for an asynchronous stream for example.
    ///
    /// ```
    /// let reply = smtp_status::helpers::mbox_full();
    /// assert_eq!(reply.to_wire(), "450 4.2.2 Mailbox full\r\n");
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "a String takes any text")]
    pub fn to_wire(&self) -> String {
        let around = "550-".len() + self.prefix().as_str().len() + "\r\n".len();
        let length = self.lines().map(|line| around + line.len()).sum();
        let mut wire = String::with_capacity(length);
        self.write_to(&mut wire).expect("a String takes any text");
        wire
    }

    /// Writes what [`write_to`](Reply::write_to) writes, to a socket for example.
    ///
    /// Nothing is allocated, and `out` needs no buffer: one call of `write_all` writes a reply of up
    /// to 512 octets.
    ///
    /// # Errors
    ///
    /// The error of `out`.
    ///
    /// ```
    /// let mut stream = Vec::new(); // or a TcpStream
    /// smtp_status::helpers::mbox_full().write_io(&mut stream)?;
    /// assert_eq!(stream, b"450 4.2.2 Mailbox full\r\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn write_io(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        let mut buffer = Buffer { out, bytes: [0; LINE_OCTETS], length: 0, result: Ok(()) };
        match self.write_to(&mut buffer).and_then(|()| buffer.flush()) {
            Ok(()) => Ok(()),
            Err(fmt::Error) => buffer.result,
        }
    }

    /// Breaks each line that would be longer on the wire than the 512 octets that RFC 5321
    /// §4.5.3.1.5 allows, CR LF included: at the last space that lets it fit, which is dropped, or
    /// else after the last character that fits. Spaces alone do not make another line.
    ///
    /// ```
    /// let long = ["word"; 200].join(" ");
    /// let reply = smtp_status::helpers::relaying_denied().with_message(&long).folded();
    /// assert_eq!(reply.lines().map(str::len).collect::<Vec<_>>(), [499, 499]);
    /// assert_eq!(reply.lines().collect::<Vec<_>>().join(" "), long);
    /// ```
    pub fn folded(self) -> Reply {
        let max = LINE_OCTETS - "550-\r\n".len() - self.prefix().as_str().len();
        if self.lines().all(|line| line.len() <= max) {
            return self;
        }
        let lines = self.lines().flat_map(|line| fold(line, max));
        let lines = lines.map(|line| Cow::Owned(line.to_owned())).collect();
        Reply { lines, ..self }
    }

    /// The codes once, and the lines joined with spaces: for logs of one line each.
    ///
    /// ```
    /// let reply = smtp_status::helpers::mbox_full().with_lines(["Full", "Call me"]);
    /// assert_eq!(reply.one_line().to_string(), "450 4.2.2 Full Call me");
    /// ```
    #[must_use]
    pub fn one_line(&self) -> impl fmt::Display {
        OneLine(self)
    }

    fn write_lines(&self, out: &mut (impl fmt::Write + ?Sized), separator: &str) -> fmt::Result {
        let prefix = self.prefix();
        // `write!` takes several times as long.
        for (index, line) in self.lines().rev().enumerate().rev() {
            out.write_str(self.code.as_str())?;
            out.write_str(if index == 0 { " " } else { "-" })?;
            out.write_str(prefix.as_str())?;
            out.write_str(line)?;
            if index > 0 {
                out.write_str(separator)?;
            }
        }
        Ok(())
    }
}

/// The pieces of a line, each at most `max` bytes long; `max` is at least 4.
fn fold(line: &str, max: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    iter::from_fn(move || {
        let line = rest.take()?;
        if line.len() <= max {
            return Some(line);
        }
        let (piece, next) = match line.as_bytes()[..=max].iter().rposition(|&byte| byte == b' ') {
            Some(space) if space > 0 => (&line[..space], &line[space + 1..]),
            _ => {
                let end = (0..=max).rev().find(|&at| line.is_char_boundary(at));
                line.split_at(end.unwrap_or_default())
            }
        };
        rest = Some(next).filter(|next| !next.bytes().all(|byte| byte == b' '));
        Some(piece)
    })
}

/// What [`Reply::write_to`] writes, with LF between the lines and nothing after the last one.
/// [`Reply::one_line`] is for logs of one line each.
///
/// ```
/// let reply = smtp_status::helpers::mbox_full().with_lines(["Full", "Call me"]);
/// assert_eq!(reply.to_string(), "450-4.2.2 Full\n450 4.2.2 Call me");
/// ```
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_lines(f, "\n")
    }
}

/// A reply on one line.
struct OneLine<'r>(&'r Reply);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OneLine(reply) = self;
        write!(f, "{} {}", reply.code, reply.prefix().as_str())?;
        for (index, line) in reply.lines().enumerate() {
            f.write_str(if index == 0 { "" } else { " " })?;
            f.write_str(line)?;
        }
        Ok(())
    }
}

/// Combines small writes into few calls of `write_all`.
#[cfg(feature = "std")]
struct Buffer<'w, W: ?Sized> {
    out: &'w mut W,
    bytes: [u8; LINE_OCTETS],
    length: usize,
    /// `fmt::Error` cannot carry the error of `out`.
    result: io::Result<()>,
}

#[cfg(feature = "std")]
impl<W: io::Write + ?Sized> Buffer<'_, W> {
    fn flush(&mut self) -> fmt::Result {
        self.result = self.out.write_all(&self.bytes[..self.length]);
        self.length = 0;
        self.check()
    }

    fn check(&self) -> fmt::Result {
        if self.result.is_ok() { Ok(()) } else { Err(fmt::Error) }
    }
}

#[cfg(feature = "std")]
impl<W: io::Write + ?Sized> fmt::Write for Buffer<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() > self.bytes.len() - self.length {
            self.flush()?;
        }
        if let Some(room) = self.bytes[self.length..].get_mut(..text.len()) {
            room.copy_from_slice(text.as_bytes());
            self.length += text.len();
            return Ok(());
        }
        self.result = self.out.write_all(text.as_bytes());
        self.check()
    }
}
