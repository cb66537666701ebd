//! Replies have the given codes, texts and lines, compared with simple reference implementations.

use proptest::prelude::*;
use smtp_status::{BasicCode, Class, EnhancedCode, Reply, STATUSES, Status, strip_controls};

/// Texts of any length with many control characters.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        prop::char::range('\0', '\x1f'),
        Just('\x7f'),
        prop::char::range(' ', '~'),
        any::<char>(),
    ];
    prop::collection::vec(character, 0..80).prop_map(String::from_iter)
}

/// Empty in half of the cases.
fn message() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text()]
}

fn basic_code() -> impl Strategy<Value = BasicCode> {
    (200..600u16).prop_map(|code| BasicCode::new(code).unwrap())
}

/// Registered statuses in half of the cases.
fn status() -> impl Strategy<Value = (u16, u16)> {
    let registered = (0..STATUSES.len()).prop_map(|row| {
        let status = &STATUSES[row];
        (status.subject(), status.detail())
    });
    prop_oneof![registered, (0..1000u16, 0..1000u16)]
}

/// A reply with this status, without an enhanced status code where the basic code is 3yz.
fn reply(code: BasicCode, (subject, detail): (u16, u16)) -> Reply {
    Reply::enhanced(EnhancedCode::new(Class::Transient, subject, detail).unwrap()).with_code(code)
}

/// The enhanced status code and a space.
fn simple_prefix(code: BasicCode, (subject, detail): (u16, u16)) -> String {
    match code.get() / 100 {
        3 => String::new(),
        class => format!("{class}.{subject}.{detail} "),
    }
}

fn simple_strip(text: &str) -> String {
    text.chars().filter(|&c| c >= '\x20' && c != '\x7f').collect()
}

proptest! {
    #[test]
    fn stripping_removes_only_control_characters(text in text()) {
        prop_assert_eq!(strip_controls(&text), simple_strip(&text));
    }

    #[test]
    fn without_a_message_a_reply_has_the_default_text(
        code in basic_code(), status in status(), message in message(),
    ) {
        let reply = reply(code, status).with_message(&message);
        let default = Status::get(status.0, status.1).map_or("", Status::message);
        let text = if message.is_empty() { default.to_owned() } else { simple_strip(&message) };
        let prefix = simple_prefix(code, status);
        prop_assert_eq!(reply.default_text(), if prefix.is_empty() { "" } else { default });
        let line = format!("{prefix}{text}");
        prop_assert_eq!(reply.lines_with_status().collect::<Vec<_>>(), vec![line]);
        prop_assert_eq!(reply.to_string(), format!("{code} {prefix}{text}"));
    }

    #[test]
    fn a_reply_has_each_given_line(
        code in basic_code(), status in status(), lines in prop::collection::vec(text(), 1..8),
    ) {
        let prefix = simple_prefix(code, status);
        let clean: Vec<_> = lines.iter().map(|line| simple_strip(line)).collect();
        let texts: Vec<_> = clean.iter().map(|line| format!("{prefix}{line}")).collect();
        let mut printed: Vec<_> = texts.iter().map(|text| format!("{code}-{text}")).collect();
        printed.last_mut().unwrap().replace_range(3..4, " ");

        let reply = reply(code, status).with_lines(&lines);
        prop_assert_eq!(reply.lines().collect::<Vec<_>>(), clean);
        prop_assert_eq!(reply.lines_with_status().collect::<Vec<_>>(), texts);
        prop_assert_eq!(reply.to_string(), printed.join("\n"));
        prop_assert_eq!(reply.to_wire(), printed.join("\r\n") + "\r\n");
    }

    #[test]
    fn the_class_follows_the_last_code(first in basic_code(), last in basic_code()) {
        let reply = reply(first, (1, 1)).with_code(last);
        prop_assert_eq!(reply.code(), last);
        let class = first.class().and(last.class());
        let expected = class.and_then(|class| EnhancedCode::new(class, 1, 1));
        prop_assert_eq!(reply.enhanced_code(), expected);
    }
}

#[test]
fn replies_are_send_and_sync_and_can_be_keys_of_maps() {
    fn check<T: Send + Sync + Unpin + Clone + Eq + std::hash::Hash + std::fmt::Debug>() {}
    check::<Reply>();
    let reply = |text: &str| Reply::enhanced(EnhancedCode::SUCCESS).with_message(text);
    let replies = [
        reply("a"),
        reply("b"),
        reply("a").with_lines(["a"]),
        reply("a").with_code(BasicCode::WILL_FORWARD),
    ];
    assert_eq!(replies.into_iter().collect::<std::collections::HashSet<_>>().len(), 3);
}
