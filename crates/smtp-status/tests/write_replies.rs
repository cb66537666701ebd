//! Every reply is written in the form of RFC 5321 §4.2, without allocation, and folded lines fit.

use std::fmt;
use std::io::{self, Write};

use proptest::prelude::*;
use smtp_status::{BasicCode, EnhancedCode, Helper, Reply, STATUSES, helpers};

/// Lines of any length, with and without spaces and control characters.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,20}",
        "[\\x00-\\x7f]{0,20}",
        "\\PC{0,200}",
        "(\\PC{0,30} ){0,40}",
        "[a-zé世🎉]{400,1200}",
        "[a ]{400,1200}",
        "[a ]{490,520} {1,3}",
    ]
}

fn basic_code() -> impl Strategy<Value = BasicCode> {
    (200..600u16).prop_map(|code| BasicCode::new(code).unwrap())
}

fn enhanced_code() -> impl Strategy<Value = EnhancedCode> {
    (prop::sample::select(vec![2, 4, 5]), 0..1000u16, 0..1000u16)
        .prop_map(|code| EnhancedCode::try_from(code).unwrap())
}

fn reply() -> impl Strategy<Value = Reply> {
    let reply = prop_oneof![
        basic_code().prop_map(Reply::new),
        (enhanced_code(), basic_code())
            .prop_map(|(code, basic)| Reply::from(code).with_code(basic)),
        (0..STATUSES.len()).prop_filter_map("it has no helper", |row| {
            STATUSES[row].helpers().first().map(Helper::reply)
        }),
    ];
    let lines = prop::option::of(prop::collection::vec(line(), 0..5));
    (reply, lines).prop_map(|(reply, lines)| match lines {
        Some(lines) => reply.with_lines(lines),
        None => reply,
    })
}

/// The text strings of a reply in the grammar of RFC 5321 §4.2, parsed independently of the crate.
fn read<'w>(wire: &'w str, code: &str) -> Option<Vec<&'w str>> {
    let lines: Vec<_> = wire.strip_suffix("\r\n")?.split("\r\n").collect();
    let (last, others) = lines.split_last()?;
    let line = |line: &'w str, separator| line.strip_prefix(code)?.strip_prefix(separator);
    let texts: Option<Vec<_>> = others.iter().map(|other| line(other, '-')).collect();
    let mut texts = texts?;
    texts.push(line(last, ' ')?);
    let legal = |text: &&str| !text.contains(|c: char| c < ' ' || c == '\x7f');
    texts.iter().all(legal).then_some(texts)
}

proptest! {
    #[test]
    fn every_reply_is_legal_on_the_wire(reply in reply()) {
        let wire = reply.to_wire();
        let texts: Vec<_> = reply.lines_with_status().collect();
        let code = reply.code().get().to_string();
        prop_assert_eq!(read(&wire, &code), Some(texts.iter().map(String::as_str).collect()));
    }

    #[test]
    fn every_writer_writes_the_same_bytes(reply in reply(), room in 1..100usize) {
        let wire = reply.to_wire();
        let mut text = String::new();
        reply.write_to(&mut text).unwrap();
        prop_assert_eq!(&text, &wire);

        let mut whole = Vec::new();
        reply.write_io(&mut whole).unwrap();
        prop_assert_eq!(&whole, wire.as_bytes());
        let mut slow = Slow { room, written: Vec::new() };
        reply.write_io(&mut slow).unwrap();
        prop_assert_eq!(&slow.written, wire.as_bytes());

        prop_assert_eq!(reply.to_string() + "\n", wire.replace("\r\n", "\n"));
    }

    #[test]
    fn folded_lines_fit_and_break_as_late_as_possible(reply in reply()) {
        let folded = reply.clone().folded();
        prop_assert!(folded.to_wire().split_inclusive("\r\n").all(|line| line.len() <= 512));
        prop_assert_eq!(folded.code(), reply.code());
        prop_assert_eq!(folded.enhanced_code(), reply.enhanced_code());

        let status = reply.enhanced_code().map_or(0, |code| code.to_string().len() + 1);
        let room = 512 - "550 ".len() - status - "\r\n".len();
        let mut pieces = folded.lines();
        for line in reply.lines() {
            let mut rest = line;
            while rest.len() > room {
                let piece = pieces.next().unwrap();
                prop_assert!(!piece.is_empty());
                let tail = rest.strip_prefix(piece).unwrap();
                rest = if let Some(tail) = tail.strip_prefix(' ') {
                    let skipped = &tail.as_bytes()[..room - piece.len()];
                    prop_assert!(!skipped.contains(&b' '), "there is a later space to break at");
                    tail
                } else {
                    let space = piece.chars().skip(1).any(|c| c == ' ');
                    prop_assert!(!space, "there is a space to break at");
                    let next = tail.chars().next().unwrap();
                    prop_assert!(piece.len() + next.len_utf8() > room, "one more would fit");
                    tail
                };
            }
            let broken = rest.len() < line.len();
            let blank = rest.chars().all(|c| c == ' ');
            if !(broken && blank) {
                prop_assert_eq!(pieces.next(), Some(rest));
            }
        }
        prop_assert_eq!(pieces.next(), None);
    }

    #[test]
    fn a_folded_reply_is_parsed_to_the_same_reply(
        code in enhanced_code(), lines in prop::collection::vec(line(), 1..5),
    ) {
        let reply = Reply::enhanced(code).with_lines(lines).folded();
        prop_assert_eq!(Reply::parse_lenient(reply.to_wire()), Some(reply.clone()));
        prop_assert_eq!(reply.clone().folded(), reply);
    }
}

#[test]
fn a_line_of_512_octets_is_not_folded_and_one_of_513_is() {
    for (code, status) in [("250", ""), ("550", "5.1.1 "), ("550", "5.999.999 ")] {
        let reply = |text: &str| {
            Reply::parse_lenient(format!("{code} {status}x")).unwrap().with_message(text)
        };
        let room = 512 - code.len() - 1 - status.len() - 2;
        let fits = reply(&"x".repeat(room));
        assert_eq!(fits.to_wire().len(), 512);
        assert_eq!(fits.clone().folded(), fits);
        let folded = reply(&"x".repeat(room + 1)).folded();
        assert_eq!(folded.lines().map(str::len).collect::<Vec<_>>(), [room, 1]);
        // The space at which a line breaks is dropped, so it does not have to fit.
        let folded = reply(&format!("{} y", "x".repeat(room))).folded();
        assert_eq!(folded.lines().map(str::len).collect::<Vec<_>>(), [room, 1]);
        // Spaces after what fits are no line of their own.
        for spaces in [1, 2, 600] {
            let folded = reply(&("x".repeat(room) + &" ".repeat(spaces))).folded();
            assert_eq!(folded.lines().map(str::len).collect::<Vec<_>>(), [room]);
        }
        // A line is not broken before its first character.
        let folded = reply(&format!(" {}", "x".repeat(room))).folded();
        assert_eq!(folded.lines().map(str::len).collect::<Vec<_>>(), [room, 1]);
    }
}

#[test]
fn no_lines_are_one_empty_line() {
    for (reply, line) in [(Reply::new(BasicCode::OK), "250 "), (helpers::mbox_full(), "450 4.2.2 ")]
    {
        let reply = reply.with_lines([""; 0]);
        assert_eq!(reply, reply.clone().with_lines([""]));
        assert_eq!(reply.lines().collect::<Vec<_>>(), [""]);
        assert_eq!(reply.to_wire(), format!("{line}\r\n"));
        assert_eq!(reply.clone().folded(), reply);
    }
}

#[test]
fn one_line_has_the_codes_once() {
    for (reply, expected) in [
        (helpers::mbox_full(), "450 4.2.2 Mailbox full"),
        (helpers::mbox_full().with_lines(["a", "", "b"]), "450 4.2.2 a  b"),
        (Reply::new(BasicCode::OK).with_lines(["a", "b"]), "250 a b"),
        (Reply::new(BasicCode::OK), "250 "),
    ] {
        assert_eq!(reply.one_line().to_string(), expected);
        assert!(expected.ends_with(&*reply.text()), "{expected}");
    }
    assert_eq!(helpers::mbox_full().with_lines(["a", "", "b"]).text(), "a  b");
}

#[test]
fn a_written_reply_is_one_allocation() {
    let reply = helpers::mbox_full().with_lines(["x".repeat(100), "y".repeat(300)]);
    let allocations = allocation_counter::measure(|| drop(reply.to_wire()));
    assert_eq!((allocations.count_total, allocations.bytes_max), (1, 424));
}

#[test]
fn a_reply_can_be_a_constant() {
    const FULL: Reply = helpers::mbox_full();
    static GREETING: Reply = Reply::new(BasicCode::SERVICE_READY);
    const TAKEN: Reply = Reply::enhanced(EnhancedCode::SUCCESS);
    assert_eq!(FULL.to_string(), "450 4.2.2 Mailbox full");
    assert_eq!(GREETING.code(), 220);
    assert_eq!(TAKEN.to_string(), "250 2.0.0 Other undefined status");
}

/// Accepts a few bytes per call.
struct Slow {
    room: usize,
    written: Vec<u8>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.room);
        self.written.extend(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Counts the calls and fails after the allowed number.
struct Counting {
    calls: usize,
    allowed: usize,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.calls == self.allowed {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        self.calls += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Accepts nothing.
struct Full;

impl fmt::Write for Full {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        Err(fmt::Error)
    }
}

#[test]
fn a_reply_of_up_to_512_octets_is_written_in_one_call() {
    let two_lines = helpers::mbox_full().with_lines(["x".repeat(200), "y".repeat(200)]);
    let longest = helpers::mbox_full().with_message("x".repeat(512 - "450 4.2.2 \r\n".len()));
    assert_eq!(longest.to_wire().len(), 512);
    let none = helpers::mbox_full().with_lines([""; 0]);
    for reply in [helpers::no_such_user(), two_lines, longest, none] {
        let mut out = Counting { calls: 0, allowed: usize::MAX };
        reply.write_io(&mut out).unwrap();
        assert_eq!(out.calls, 1, "{reply}");
    }
}

#[test]
fn errors_of_the_stream_are_returned() {
    let long =
        helpers::mbox_full().with_lines(["x".repeat(2000), "y".repeat(300), "z".repeat(300)]);
    let mut out = Counting { calls: 0, allowed: usize::MAX };
    long.write_io(&mut out).unwrap();
    assert!(out.calls > 1);
    for allowed in 0..out.calls {
        let error = long.write_io(&mut Counting { calls: 0, allowed }).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset, "after {allowed} calls");
    }

    assert_eq!(long.write_to(&mut Full), Err(fmt::Error));
}

#[test]
fn a_default_reply_is_built_and_written_without_allocation() {
    let mut stream = [0; 512];
    let allocations = allocation_counter::measure(|| {
        let reply = helpers::no_such_user().with_code(BasicCode::LOCAL_ERROR).folded();
        reply.write_io(&mut &mut stream[..]).unwrap();
    });
    assert_eq!(allocations.count_total, 0);
    assert!(stream.starts_with(b"451 4.1.1 No such user\r\n\0"));
}

#[test]
fn any_reply_is_written_without_allocation() {
    let reply = helpers::mbox_full().with_lines(["x".repeat(2000), "y".repeat(300)]);
    let mut stream = vec![0; 4096];
    let allocations = allocation_counter::measure(|| reply.write_io(&mut &mut stream[..]).unwrap());
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn an_owned_text_is_not_copied() {
    let (clean, dirty) = ("x".repeat(1000), "x\r\n".repeat(1000));
    let allocations = allocation_counter::measure(|| {
        drop(helpers::no_such_user().with_message(clean).with_message(dirty));
    });
    assert_eq!(allocations.count_total, 0);
}
