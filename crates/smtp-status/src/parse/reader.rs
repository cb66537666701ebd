//! Replies in the bytes of a connection.

use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::io;

use super::Line;
use super::error::{ParseReplyError, ReplyErrorKind};
use super::grammar::Head;
use crate::reply::Reply;

/// Finds the replies in the bytes of a connection, which arrive in pieces of any size.
///
/// [`push`](ReplyReader::push) takes what was received, [`next_reply`](ReplyReader::next_reply)
/// returns each reply once. Replies that arrive together, as they do when commands are pipelined
/// (RFC 2920), are returned one after another. [`read_io`](ReplyReader::read_io) does both for a
/// `TcpStream`; this is the loop for tokio's `AsyncRead`:
///
/// ```
/// # // Stands in for tokio, on which this crate does not depend.
/// # mod tokio { pub mod io {
/// #     pub trait AsyncRead {
/// #         fn read_now(&mut self, bytes: &mut [u8]) -> std::io::Result<usize>;
/// #     }
/// #     impl AsyncRead for &[u8] {
/// #         fn read_now(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
/// #             std::io::Read::read(self, bytes)
/// #         }
/// #     }
/// #     pub trait AsyncReadExt: AsyncRead {
/// #         async fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
/// #             self.read_now(bytes)
/// #         }
/// #     }
/// #     impl<R: AsyncRead> AsyncReadExt for R {}
/// # } }
/// use smtp_status::{Reply, ReplyReader};
/// use tokio::io::{AsyncRead, AsyncReadExt};
///
/// async fn read_reply(
///     stream: &mut (impl AsyncRead + Unpin),
///     replies: &mut ReplyReader,
/// ) -> std::io::Result<Reply> {
///     let mut bytes = [0; 4096];
///     loop {
///         if let Some(reply) = replies.next_reply()? {
///             return Ok(reply);
///         }
///         match stream.read(&mut bytes).await? {
///             0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
///             count => replies.push(&bytes[..count]),
///         }
///     }
/// }
/// # let mut stream = &b"250-a\r\n250 b\r\n"[..];
/// # let mut replies = ReplyReader::new();
/// # let reply = std::pin::pin!(read_reply(&mut stream, &mut replies));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # let std::task::Poll::Ready(reply) = reply.poll(&mut context) else { panic!() };
/// # assert_eq!(reply.unwrap().text(), "a b");
/// ```
///
/// The form of a reply must be that of RFC 5321 §4.2, so that client and server agree on where it
/// ends: each line begins with the same basic code, and a hyphen follows it on all lines but the
/// last. Its text is read as [`Reply::parse_lenient`] reads it. Lines may end with LF alone.
#[derive(Clone, Debug)]
pub struct ReplyReader {
    bytes: Vec<u8>,
    /// Where the first reply begins that was not returned.
    start: usize,
    /// Its lines that were read.
    head: Head,
    /// The number of its bytes that were searched for the end of a line.
    searched: usize,
}

/// [`ReplyReader::new`]
impl Default for ReplyReader {
    fn default() -> ReplyReader {
        ReplyReader::new()
    }
}

impl ReplyReader {
    /// The maximum number of lines in a reply; real ones have fewer than fifty.
    pub const MAX_LINES: usize = Reply::MAX_PARSED_LINES;

    /// The maximum number of bytes in a reply, with the ends of its lines.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// A reader for a new connection, and for one after TLS has begun.
    ///
    /// ```
    /// use smtp_status::ReplyReader;
    ///
    /// let mut replies = ReplyReader::new();
    /// assert_eq!(replies.next_reply(), Ok(None));
    /// ```
    #[must_use]
    pub const fn new() -> ReplyReader {
        ReplyReader { bytes: Vec::new(), start: 0, head: Head::new(), searched: 0 }
    }

    /// Takes bytes that were received.
    ///
    /// The reader holds them until their reply is returned. If `push` is only called when
    /// [`next_reply`](ReplyReader::next_reply) has no reply, it holds at most
    /// [`MAX_BYTES`](ReplyReader::MAX_BYTES) and what is pushed last.
    ///
    /// ```
    /// use smtp_status::ReplyReader;
    ///
    /// let mut replies = ReplyReader::new();
    /// replies.push(b"250 2.1.0 Sender ok\r\n550 5.1.1 No su");
    /// assert_eq!(replies.next_reply()?.unwrap().to_string(), "250 2.1.0 Sender ok");
    /// assert_eq!(replies.next_reply()?, None);
    /// replies.push(b"ch user\r\n");
    /// assert_eq!(replies.next_reply()?.unwrap().to_string(), "550 5.1.1 No such user");
    /// # Ok::<(), smtp_status::ParseReplyError>(())
    /// ```
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.start);
        self.start = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next reply; `None` if more bytes are needed for it.
    ///
    /// # Errors
    ///
    /// The bytes are not a reply, or it is too long. What follows has no known meaning: each
    /// further call returns the same error.
    ///
    /// ```
    /// use smtp_status::{ReplyErrorKind, ReplyReader};
    ///
    /// let mut replies = ReplyReader::new();
    /// replies.push(b"HTTP/1.1 400 Bad Request\r\n");
    /// assert_eq!(replies.next_reply().unwrap_err().kind(), ReplyErrorKind::NoCode);
    /// ```
    #[expect(clippy::missing_panics_doc, reason = "each line begins with the basic code")]
    pub fn next_reply(&mut self) -> Result<Option<Reply>, ParseReplyError> {
        loop {
            let unread = &self.bytes[self.start..];
            // Only so many bytes are looked at, so that errors do not depend on how they arrived.
            let reply = &unread[..unread.len().min(ReplyReader::MAX_BYTES)];
            let rest = &reply[self.head.length..];
            let Some(end) = reply[self.searched..].iter().position(|&byte| byte == b'\n') else {
                self.searched = reply.len();
                // Code and separator can be read; with one byte less they could be followed by LF.
                if rest.len() > "250-".len() {
                    self.head.read(&rest[.."250-".len()])?;
                }
                if unread.len() > reply.len() {
                    return Err(self.head.error(ReplyErrorKind::TooManyBytes, rest.len()));
                }
                return Ok(None);
            };
            let length = self.searched + end + 1 - self.head.length;
            let line = &rest[..length - 1];
            let Line { code, continued, .. } =
                self.head.read(line.strip_suffix(b"\r").unwrap_or(line))?;
            if continued && self.head.lines + 1 == ReplyReader::MAX_LINES {
                return Err(self.head.error(ReplyErrorKind::TooManyLines, length));
            }
            self.head.add(code, length);
            self.searched = self.head.length;
            if !continued {
                let reply = Reply::parse_lenient(&reply[..self.head.length]);
                self.start += self.head.length;
                (self.head, self.searched) = (Head::new(), 0);
                return Ok(Some(reply.expect("each line begins with the basic code")));
            }
        }
    }

    /// The bytes that are in no returned reply.
    ///
    /// When a connection ends, there are none, or the last reply was cut off. After the reply to
    /// STARTTLS, any byte was sent before TLS protected it, perhaps by an attacker: a client gives
    /// such a connection up.
    ///
    /// ```
    /// use smtp_status::ReplyReader;
    ///
    /// let mut replies = ReplyReader::new();
    /// replies.push(b"220 Ready to start TLS\r\n250 Injected\r\n");
    /// assert!(replies.next_reply()?.is_some_and(|reply| reply.code() == 220));
    /// assert!(!replies.unread().is_empty());
    /// # Ok::<(), smtp_status::ParseReplyError>(())
    /// ```
    #[must_use]
    pub fn unread(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Reads a stream, such as a `TcpStream`, up to the end of the next reply, and returns that.
    ///
    /// # Errors
    ///
    /// The error of the stream; [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) if the stream ends,
    /// [`InvalidData`](io::ErrorKind::InvalidData) with a [`ParseReplyError`] if it brings something
    /// else than a reply. After a time-out the reply can be read on.
    ///
    /// ```
    /// use smtp_status::ReplyReader;
    ///
    /// let mut stream = &b"220 mx.example.com\r\n250-mx.example.com\r\n250 PIPELINING\r\n"[..];
    /// let mut replies = ReplyReader::new();
    /// assert_eq!(replies.read_io(&mut stream)?.code(), 220);
    /// assert_eq!(replies.read_io(&mut stream)?.lines().len(), 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn read_io(&mut self, stream: &mut (impl io::Read + ?Sized)) -> io::Result<Reply> {
        let mut bytes = [0; 4096];
        loop {
            if let Some(reply) = self.next_reply()? {
                return Ok(reply);
            }
            match stream.read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.push(&bytes[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
