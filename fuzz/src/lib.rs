//! What must hold for any bytes. The fuzzer tries bytes of its own making, `tests/corpus.rs` those
//! that it found worth keeping.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use haraka_dsn_rs::{BasicCode, Class, EnhancedCode, Reply, STATUSES, Status, strip_controls};

/// A reply has the lines that it was given, each behind the right prefix, and no control character;
/// written, folded or not, it is read again.
///
/// The first bytes make the codes. The rest is the text; 0xFF, which is in no UTF-8, parts lines.
pub fn render(data: &[u8]) {
    let Some((&[class, code, s1, s2, d1, d2], text)) = data.split_first_chunk() else { return };
    let code = basic_code(Class::ALL[usize::from(class % 3)], code % 100);
    let [subject, detail] = [[s1, s2], [d1, d2]].map(|bytes| u16::from_be_bytes(bytes) % 1000);
    let texts: Vec<_> = text.split(|&byte| byte == 0xff).map(String::from_utf8_lossy).collect();

    let status = EnhancedCode::new(Class::Success, subject, detail).expect("both are in range");
    let plain = Reply::enhanced(status).with_code(code);
    let reply = plain.clone().with_lines(texts.iter().map(AsRef::as_ref));
    let prefix = format!("{}.{subject}.{detail} ", code.get() / 100);
    let clean: Vec<_> = texts.iter().map(|text| simple_strip(text)).collect();
    let lines: Vec<_> = clean.iter().map(|text| prefix.clone() + text).collect();
    assert_eq!(reply.lines_with_status().collect::<Vec<_>>(), lines);
    let mut wire = String::new();
    for (at, line) in lines.iter().enumerate() {
        let separator = if at + 1 == lines.len() { ' ' } else { '-' };
        write!(wire, "{code}{separator}{line}\r\n").unwrap();
    }
    assert_eq!(reply.to_wire(), wire);
    assert_eq!(Reply::parse(wire).as_ref(), Some(&reply));

    let folded = reply.clone().folded();
    let wire = folded.to_wire();
    assert!(wire.split_inclusive("\r\n").all(|line| line.len() <= 512), "{wire}");
    assert_eq!(Reply::parse(wire), Some(folded));

    // What is clean stays as it is.
    assert!(clean.iter().all(|text| strip_controls(text) == *text));
    assert_eq!(reply.clone().with_lines(reply.lines()), reply);

    if let [text] = &texts[..] {
        let expected = if text.is_empty() { &plain } else { &reply };
        assert_eq!(plain.clone().with_message(text.as_ref()), *expected);
    }
}

/// Whatever a server says is a reply or none, and what is a reply is read again when it is written
/// or printed.
pub fn parse(data: &[u8]) {
    let Some(reply) = Reply::parse(data) else { return };
    assert!(reply.lines().len() > 0);
    assert!(reply.lines().all(|text| simple_strip(text) == text), "{reply:?}");
    if reply.enhanced_code().is_some() {
        assert_eq!(Reply::parse(reply.to_wire()).as_ref(), Some(&reply));
        assert_eq!(Reply::parse(reply.to_string()), Some(reply));
    }
}

/// A status is found by its names and its numbers, and by nothing else.
pub fn lookup(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let found = Status::lookup(&text);
    assert_eq!(found, NAMES.get(text.as_ref()).copied());

    if let Some((&[s1, s2, d1, d2], _)) = data.split_first_chunk() {
        let [subject, detail] = [[s1, s2], [d1, d2]].map(u16::from_be_bytes);
        let named = NAMES.get(&format!("{subject}.{detail}")).copied();
        assert_eq!(Status::get(subject, detail), named);
        if let Some(code) = EnhancedCode::new(Class::Permanent, subject, detail) {
            assert_eq!(code.status(), named);
        }
    }
}

/// Every name of every status.
static NAMES: LazyLock<HashMap<String, &Status>> = LazyLock::new(|| {
    let names = |status: &'static Status| {
        let code = format!("{}.{}", status.subject(), status.detail());
        ["", "X.", "2.", "4.", "5."].map(|class| (format!("{class}{code}"), status))
    };
    STATUSES.iter().flat_map(names).collect()
});

fn basic_code(class: Class, rest: u8) -> BasicCode {
    BasicCode::new(u16::from(class.digit()) * 100 + u16::from(rest)).expect("a basic code")
}

fn simple_strip(text: &str) -> String {
    text.chars().filter(|&c| c >= '\x20' && c != '\x7f').collect()
}
