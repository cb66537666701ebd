//! Whole replies in the grammar of RFC 5321 are read, and the error for anything else says what is wrong
//! and where.

#[cfg(feature = "std")]
use smtp_status::ParseReplyError;
use smtp_status::{BasicCode, Reply, ReplyErrorKind};

#[test]
fn what_keeps_the_grammar_is_read() {
    for (text, expected) in [
        ("250", "250 "),
        ("250 ", "250 "),
        ("250 a\r\n", "250 a"),
        ("354 go", "354 go"),
        ("250-a\r\n250-\r\n250 b\r\n", "250-a\n250-\n250 b"),
        ("550-5.1.1 a\r\n550 5.1.1 b", "550-5.1.1 a\n550 5.1.1 b"),
        ("550-5.1.1 a\r\n550 b", "550-5.1.1 a\n550 5.1.1 b"),
        ("550-5.1.1 a\r\n550 5.1.2 b", "550-5.1.1 a\n550 5.1.1 5.1.2 b"),
        ("550-a\r\n550 5.1.1 b", "550-a\n550 5.1.1 b"),
        ("550 4.1.1 a", "550 4.1.1 a"),
        ("550 a (#5.1.1)", "550 a (#5.1.1)"),
        ("250 a\tGr\u{fc}\u{df}e", "250 aGr\u{fc}\u{df}e"),
    ] {
        let reply = text.parse::<Reply>().map(|reply| reply.to_string());
        assert_eq!(reply.as_deref(), Ok(expected), "{text:?}");
    }
    assert_eq!("550-a\r\n550 5.1.1 b".parse::<Reply>().unwrap().enhanced_code(), None);
    let long = "250-\r\n".repeat(2_000) + "250 ";
    assert_eq!(long.parse::<Reply>().unwrap().lines().len(), 2_001);
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    use ReplyErrorKind as Kind;
    let [ok, forward] = [BasicCode::OK, BasicCode::WILL_FORWARD];
    for (text, line, position, kind) in [
        (&b""[..], 1, 0, Kind::NoCode),
        (b"\r\n250 a", 1, 0, Kind::NoCode),
        (b"250-a\r\nb", 2, 7, Kind::NoCode),
        (b"250-a\r\n\r\n250 b", 2, 7, Kind::NoCode),
        (b"smtp; 550 a", 1, 0, Kind::NoCode),
        (b"25", 1, 2, Kind::NoCode),
        (b"2\n50 a", 1, 1, Kind::NoCode),
        (b"250_a", 1, 3, Kind::NoSeparator),
        (b"2500", 1, 3, Kind::NoSeparator),
        (b"250-a\r\n250\tb", 2, 10, Kind::NoSeparator),
        (b"250-a\r\n251 b", 2, 7, Kind::OtherCode { first: ok, found: forward }),
        (b"250-a", 1, 5, Kind::NotEnded),
        (b"250-a\r", 1, 6, Kind::NotEnded),
        (b"250 a\r", 1, 6, Kind::NotEnded),
        (b"250\r", 1, 4, Kind::NotEnded),
        (b"250-a\r\n", 1, 7, Kind::NotEnded),
        (b"250-a\r\n250-b\r\n", 2, 14, Kind::NotEnded),
        (b"250 a\r\n250 b", 2, 7, Kind::AfterEnd),
        (b"250 a\r\n\r\n", 2, 7, Kind::AfterEnd),
        (b"250-a\n250 b", 1, 5, Kind::ControlCharacter('\n')),
        (b"250 a\rb", 1, 5, Kind::ControlCharacter('\r')),
        (b"250 a\n", 1, 5, Kind::ControlCharacter('\n')),
        (b"250 \ta\tb\0", 1, 8, Kind::ControlCharacter('\0')),
        (b"250-a\r\n250 \x7f", 2, 11, Kind::ControlCharacter('\x7f')),
        (b"250-a\r\n250 b\xfc", 2, 12, Kind::NotUtf8),
        (b"250-\xc3\r\n250 b", 1, 4, Kind::NotUtf8),
    ] {
        let shown = text.escape_ascii();
        let error = Reply::from_bytes(text).expect_err(&shown.to_string());
        assert_eq!(
            (error.line(), error.position(), error.kind()),
            (line, position, kind),
            "{shown}"
        );
    }
}

#[test]
fn an_error_is_displayed_on_one_line() {
    let [first, found] = [BasicCode::OK, BasicCode::WILL_FORWARD];
    for (kind, expected) in [
        (ReplyErrorKind::NoCode, "no basic code"),
        (ReplyErrorKind::NoSeparator, "neither a hyphen nor a space after the basic code"),
        (ReplyErrorKind::OtherCode { first, found }, "the basic code is 251, not 250 as before"),
        (ReplyErrorKind::ControlCharacter('\n'), "the control character U+000A"),
        (ReplyErrorKind::NotUtf8, "invalid UTF-8"),
        (ReplyErrorKind::NotEnded, "the reply has not ended"),
        (ReplyErrorKind::AfterEnd, "a line after the last one, which has no hyphen"),
        (ReplyErrorKind::TooManyLines, "too many lines"),
        (ReplyErrorKind::TooManyBytes, "too many bytes"),
    ] {
        assert_eq!(kind.to_string(), expected);
    }
    let error = "250-a\r\nb".parse::<Reply>().unwrap_err();
    assert_eq!(error.to_string(), "line 2, byte 7: no basic code");
}

#[test]
#[cfg(feature = "std")]
fn the_error_of_a_stream_has_the_error_of_the_reply() {
    let error = "no".parse::<Reply>().unwrap_err();
    let of_stream = std::io::Error::from(error.clone());
    assert_eq!(of_stream.kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(of_stream.downcast::<ParseReplyError>().unwrap(), error);
}
