//! Properties of the public API, against twins that are too simple to be wrong.

use haraka_dsn_rs::{BasicCode, EnhancedCode, Reply, STATUSES, Status, strip_controls};
use proptest::prelude::*;

/// Texts in which control characters are as frequent as any other, of any length.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        prop::char::range('\0', '\x1f'),
        Just('\x7f'),
        prop::char::range(' ', '~'),
        any::<char>(),
    ];
    prop::collection::vec(character, 0..200).prop_map(String::from_iter)
}

fn basic_code() -> impl Strategy<Value = BasicCode> {
    (200..600u16).prop_filter_map("3yz is no code of a DSN", BasicCode::new)
}

fn simple_strip(text: &str) -> String {
    text.chars().filter(|&c| c >= '\x20' && c != '\x7f').collect()
}

proptest! {
    #[test]
    fn stripping_removes_the_control_characters_and_nothing_else(text in text()) {
        prop_assert_eq!(strip_controls(&text), simple_strip(&text));
    }

    #[test]
    fn a_reply_is_one_line_with_its_enhanced_status_code(
        code in basic_code(), subject in 0..1000u16, detail in 0..1000u16, message in text(),
    ) {
        let reply = Reply::new(code, subject, detail).with_message(&message);
        let class = code.get() / 100;
        let default = Status::lookup(subject, detail).map_or("", Status::message);
        let text = if message.is_empty() { default.to_owned() } else { simple_strip(&message) };
        prop_assert_eq!(reply.to_string(), format!("{class}.{subject}.{detail} {text}"));
        prop_assert_eq!(reply.lines().collect::<Vec<_>>(), vec![reply.to_string()]);
    }

    #[test]
    fn a_reply_has_a_line_for_each_that_it_was_given(
        code in basic_code(), row in 0..STATUSES.len(), lines in prop::collection::vec(text(), 0..20),
    ) {
        let status = &STATUSES[row];
        let reply = Reply::new(code, status.subject(), status.detail())
            .with_lines(lines.iter().map(String::as_str));
        let enhanced = reply.enhanced_code();
        let expected: Vec<_> =
            lines.iter().map(|line| format!("{enhanced} {}", simple_strip(line))).collect();
        prop_assert_eq!(reply.lines().collect::<Vec<_>>(), expected.clone());
        prop_assert_eq!(reply.to_string(), expected.join("\n"));
    }

    #[test]
    fn the_class_is_always_that_of_the_last_code(first in basic_code(), last in basic_code()) {
        let reply = Reply::new(first, 1, 1).with_code(last);
        prop_assert_eq!(reply.code(), last);
        let expected = EnhancedCode { class: last.class(), subject: 1, detail: 1 };
        prop_assert_eq!(reply.enhanced_code(), expected);
    }
}
