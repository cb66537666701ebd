//! A reader returns each reply of a connection once, however the bytes arrive, and says what is wrong with
//! bytes that are not replies.

use proptest::prelude::*;
use smtp_status::{BasicCode, ParseReplyError, Reply, ReplyErrorKind as Kind, ReplyReader};

/// What a reader makes of the bytes that a connection brings: the replies, and why they end, if not
/// because the bytes do.
type Read = (Vec<Reply>, Option<ParseReplyError>);

fn read<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Read {
    let mut reader = ReplyReader::new();
    let mut replies = Vec::new();
    for piece in pieces {
        reader.push(piece);
        loop {
            match reader.next_reply() {
                Ok(Some(reply)) => replies.push(reply),
                Ok(None) => break,
                Err(error) => return (replies, Some(error)),
            }
        }
    }
    (replies, None)
}

fn read_whole(bytes: &[u8]) -> Read {
    read([bytes])
}

fn read_by_bytes(bytes: &[u8]) -> Read {
    read(bytes.chunks(1))
}

/// The one reply, in its displayed form.
fn one(bytes: &[u8]) -> String {
    let (replies, error) = read_whole(bytes);
    let [reply] = &replies[..] else { panic!("{replies:?} {error:?}") };
    reply.to_string()
}

#[test]
fn replies_are_returned_one_by_one_and_once() {
    let wire = b"220 mx.example.com\r\n250-mx.example.com\r\n250 PIPELINING\r\n250 2.1.0 Ok\r\n";
    let expected = ["220 mx.example.com", "250-mx.example.com\n250 PIPELINING", "250 2.1.0 Ok"];
    for (replies, error) in [read_whole(wire), read_by_bytes(wire)] {
        let shown: Vec<_> = replies.iter().map(Reply::to_string).collect();
        assert_eq!((shown, error), (expected.map(str::to_owned).to_vec(), None));
    }
}

#[test]
fn a_part_of_a_reply_is_not_a_reply() {
    for part in
        ["", "2", "250", "250\r", "250 ", "250-a\r\n", "250-a\r\n250", "250-a\r\n250 b", "250 b\r"]
    {
        let mut reader = ReplyReader::new();
        reader.push(part.as_bytes());
        assert_eq!(reader.next_reply(), Ok(None), "{part:?}");
        assert_eq!(reader.unread(), part.as_bytes());
    }
}

#[test]
fn what_follows_a_reply_is_unread() {
    let mut reader = ReplyReader::default();
    reader.push(b"220 Go\r\n250 a\r\n25");
    assert_eq!(reader.next_reply().unwrap().unwrap().code(), 220);
    assert_eq!(reader.unread(), b"250 a\r\n25");
    assert_eq!(reader.next_reply().unwrap().unwrap().code(), 250);
    assert_eq!(reader.unread(), b"25");
    reader.push(b"1\n");
    assert_eq!(reader.next_reply().unwrap().unwrap().code(), 251);
    assert_eq!(reader.unread(), b"");
}

#[test]
fn the_text_of_a_reply_is_read_leniently() {
    assert_eq!(one(b"250\r\n"), "250 ");
    assert_eq!(one(b"250-a\n250 b\n"), "250-a\n250 b");
    assert_eq!(one(b"550 M\xfcller\0\r\r\n"), "550 M\u{fffd}ller");
    assert_eq!(one(b"550 No (#5.1.1)\r\n"), "550 5.1.1 No");
    assert_eq!(one(b"550-5.1.1 a\r\n550 5.1.1 b\r\n"), "550-5.1.1 a\n550 5.1.1 b");
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    let [ok, forward] = [BasicCode::OK, BasicCode::WILL_FORWARD];
    for (bytes, line, position, kind) in [
        (&b"OK\r\n"[..], 1, 0, Kind::NoCode),
        (b"\r\n", 1, 0, Kind::NoCode),
        (b" 250 a\r\n", 1, 0, Kind::NoCode),
        (b"25\r\n0 a\r\n", 1, 2, Kind::NoCode),
        (b"\x16\x03\x01\x02\x00", 1, 0, Kind::NoCode),
        (b"2500\r\n", 1, 3, Kind::NoSeparator),
        (b"250\tab", 1, 3, Kind::NoSeparator),
        (b"250\r\r\n", 1, 3, Kind::NoSeparator),
        (b"250-a\r\nb\r\n", 2, 7, Kind::NoCode),
        (b"250-a\r\n251 b\r\n", 2, 7, Kind::OtherCode { first: ok, found: forward }),
    ] {
        let shown = bytes.escape_ascii().to_string();
        for (replies, error) in [read_whole(bytes), read_by_bytes(bytes)] {
            let error = error.expect(&shown);
            let found = (error.line(), error.position(), error.kind());
            assert_eq!((replies.len(), found), (0, (line, position, kind)), "{shown}");
        }
    }
}

#[test]
fn bytes_that_cannot_become_a_reply_are_an_error_before_their_line_ends() {
    for bytes in [&b"HELLO"[..], b"250_ab", b"250-a\r\n251 b"] {
        assert!(read_whole(bytes).1.is_some(), "{}", bytes.escape_ascii());
    }
}

#[test]
fn an_error_is_returned_again() {
    let mut reader = ReplyReader::new();
    reader.push(b"250-a\r\nb\r\n");
    let error = reader.next_reply().unwrap_err();
    reader.push(b"250 c\r\n");
    assert_eq!(reader.next_reply(), Err(error.clone()));
    assert_eq!(reader.next_reply(), Err(error));
}

#[test]
fn a_reply_has_a_maximum_of_lines() {
    let lines = |count: usize| "250-\r\n".repeat(count - 1) + "250 \r\n";
    let longest = lines(ReplyReader::MAX_LINES);
    let too_long = lines(ReplyReader::MAX_LINES + 1);
    for read in [read_whole, read_by_bytes] {
        let (replies, error) = read(longest.as_bytes());
        assert_eq!((replies.len(), error), (1, None));
        assert_eq!(replies[0].lines().len(), ReplyReader::MAX_LINES);
        let (replies, error) = read(too_long.as_bytes());
        let error = error.unwrap();
        assert_eq!((replies.len(), error.kind()), (0, Kind::TooManyLines));
        assert_eq!(error.line(), ReplyReader::MAX_LINES);
    }
}

#[test]
fn a_reply_has_a_maximum_of_bytes() {
    let line = |length: usize| format!("250 {}\r\n", "x".repeat(length - "250 \r\n".len()));
    let two = |length: usize| format!("250-a\r\n{}", line(length - "250-a\r\n".len()));
    let (most, more) = (ReplyReader::MAX_BYTES, ReplyReader::MAX_BYTES + 1);
    for read in [read_whole, read_by_bytes] {
        for (longest, too_long) in [(line(most), line(more)), (two(most), two(more))] {
            assert_eq!(longest.len(), most);
            // A reply before and after it does not count.
            let wire = format!("250 a\r\n{longest}250 b\r\n");
            let (replies, error) = read(wire.as_bytes());
            assert_eq!((replies.len(), error), (3, None));

            let wire = format!("250 a\r\n{too_long}250 b\r\n");
            let (replies, error) = read(wire.as_bytes());
            let error = error.unwrap();
            assert_eq!((replies.len(), error.kind()), (1, Kind::TooManyBytes));
            assert_eq!(error.position(), most);
        }
    }
}

#[test]
fn many_pipelined_replies_are_read_in_linear_time() {
    // 200,000 replies: quadratic time would be minutes.
    let wire = "250 2.1.5 Ok\r\n".repeat(200_000);
    let (replies, error) = read_whole(wire.as_bytes());
    assert_eq!((replies.len(), error), (200_000, None));
}

#[cfg(feature = "std")]
mod streams {
    use std::io::{self, ErrorKind, Read};

    use super::*;

    /// Brings one piece a call, or an error.
    struct Pieces(Vec<Result<&'static [u8], ErrorKind>>);

    impl Read for Pieces {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0)?;
            bytes[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    #[test]
    fn a_stream_is_read_up_to_the_end_of_a_reply() {
        let mut stream = Pieces(vec![
            Ok(b"220 a\r\n25"),
            Err(ErrorKind::Interrupted),
            Ok(b"0 b\r\n250"),
            Err(ErrorKind::TimedOut),
            Ok(b" c\r\n"),
        ]);
        let mut reader = ReplyReader::new();
        let mut read = || reader.read_io(&mut stream).map(|reply| reply.to_string());
        assert_eq!(read().unwrap(), "220 a");
        assert_eq!(read().unwrap(), "250 b");
        assert_eq!(read().unwrap_err().kind(), ErrorKind::TimedOut);
        assert_eq!(read().unwrap(), "250 c");
        assert_eq!(read().unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_stream_of_something_else_is_invalid() {
        let mut reader = ReplyReader::new();
        let error = reader.read_io(&mut &b"SSH-2.0-x\r\n"[..]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
        let error = error.downcast::<ParseReplyError>().unwrap();
        assert_eq!(error.kind(), Kind::NoCode);
    }
}

/// What resembles the bytes of a connection.
fn wire() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        40 => "(250-[ -~]{0,9}\r?\n){0,2}250 [ -~]{0,9}\r\n".prop_map(String::into_bytes),
        5 => "250[- ]?\\PC{0,9}\r?\n?".prop_map(String::into_bytes),
        5 => "[0-9]{0,4}[- ]?[a\r\n]{0,3}".prop_map(String::into_bytes),
        5 => prop::collection::vec(any::<u8>(), 0..6),
        // Near the maximum of bytes.
        1 => (65_500..65_540usize).prop_map(|count| [&b"250 "[..], &vec![b'x'; count]].concat()),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_way_of_cutting_the_bytes_gives_the_same(
        wire in wire(), lengths in prop::collection::vec(1..100usize, 1..20),
    ) {
        let expected = read_whole(&wire);
        prop_assert_eq!(read_by_bytes(&wire), expected.clone());
        let mut rest = &wire[..];
        let pieces = lengths.iter().cycle().map_while(|length| {
            let (piece, more) = rest.split_at_checked(*length).unwrap_or((rest, &[]));
            rest = more;
            (!piece.is_empty()).then_some(piece)
        });
        prop_assert_eq!(read(pieces), expected);
    }

    #[test]
    fn replies_that_were_written_are_read(
        replies in prop::collection::vec((200..600u16, prop::collection::vec("\\PC{0,30}", 0..4)), 0..5),
    ) {
        let replies: Vec<_> = replies
            .into_iter()
            .map(|(code, lines)| Reply::new(BasicCode::new(code).unwrap()).with_lines(lines))
            // A text that begins or ends with an enhanced status code would be read as one.
            .filter(|reply| Reply::parse_lenient(reply.to_wire()).as_ref() == Some(reply))
            .collect();
        let wire: String = replies.iter().map(Reply::to_wire).collect();
        prop_assert_eq!(read_by_bytes(wire.as_bytes()), (replies, None));
    }

    /// The reader's replies are those of the parser for whole texts.
    #[test]
    fn a_reply_is_read_as_from_a_log(wire in wire()) {
        let mut reader = ReplyReader::new();
        reader.push(&wire);
        let mut rest = &wire[..];
        while let Ok(Some(reply)) = reader.next_reply() {
            let (whole, more) = rest.split_at(rest.len() - reader.unread().len());
            rest = more;
            prop_assert_eq!(Some(reply), Reply::parse_lenient(whole));
        }
    }
}
