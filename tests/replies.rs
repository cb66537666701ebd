//! What real servers said, and programs made of it, is read as it was meant; what was read is stable.

use haraka_dsn_rs::{BasicCode, EnhancedCode, Reply, strip_controls};
use proptest::prelude::*;
use serde_json::Value;

/// What servers of many makes said, as recorded in the document that `source` names, or in the form
/// that the program named there gives it, and what each reply means: `status` is null where the
/// server sent no enhanced status code. Addresses and queue identifiers are replaced by such as
/// documents may show.
const REAL: &str = include_str!("data/replies.json");

#[test]
fn replies_of_real_servers_are_understood() {
    let records: Value = serde_json::from_str(REAL).unwrap();
    let records = records.as_array().unwrap();
    assert!(records.len() >= 60, "{} replies", records.len());
    for record in records {
        for end in ["\n", "\r\n"] {
            let text = lines_of(&record["reply"]).join(end);
            let reply = Reply::parse(&text).expect(&text);
            assert_eq!(u64::from(reply.code().get()), record["code"].as_u64().unwrap(), "{text}");
            let status = reply.enhanced_code().map(|status| status.to_string());
            assert_eq!(status.as_deref(), record["status"].as_str(), "{text}");
            let expected: Vec<_> =
                lines_of(&record["msg"]).into_iter().map(strip_controls).collect();
            assert_eq!(reply.lines().collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(Reply::parse(reply.to_wire()), Some(reply), "{text}");
        }
    }
}

/// One line is a string, several are an array.
fn lines_of(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(lines) => lines.iter().map(|line| line.as_str().unwrap()).collect(),
        line => vec![line.as_str().unwrap()],
    }
}

/// Texts of which many are nearly replies.
fn nearly_reply() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[245][0-9]{2}[ -]",
        " ?5[05]0[ -](5.1.1 )?",
        "smtp; ?|Remote host said: |host a\\[b\\] said: | \\(in reply to x\\)",
        "#?[245](\\.[0-9]{1,4}){2} ?",
        " ?[\\[(]#[245](\\.[0-9]{1,3}){2}( - x)?[\\])]\\.?",
        "\r?\n",
        "[ -~]{0,5}",
        "\\PC{0,3}",
        "[\\x00-\\x1f]",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn basic_code() -> impl Strategy<Value = BasicCode> {
    (200..600u16).prop_filter_map("3yz has no class", |code| {
        BasicCode::new(code).filter(|code| code.class().is_some())
    })
}

/// Replies with an enhanced status code: one without whose text begins with one reads back as if
/// it had it.
fn reply() -> impl Strategy<Value = Reply> {
    let lines = prop::collection::vec(nearly_reply(), 1..6);
    (basic_code(), 0..1000u16, 0..1000u16, lines).prop_map(|(code, subject, detail, lines)| {
        let status = EnhancedCode::new(code.class().unwrap(), subject, detail).unwrap();
        Reply::enhanced(status).with_code(code).with_lines(lines)
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(reply in reply()) {
        prop_assert_eq!(Reply::parse(reply.to_wire()), Some(reply));
    }

    #[test]
    fn what_is_printed_is_read_again(reply in reply()) {
        prop_assert_eq!(Reply::parse(reply.to_string()), Some(reply));
    }

    #[test]
    fn what_haraka_dsn_prints_is_read_with_the_usual_code_of_its_class(reply in reply()) {
        let status = reply.enhanced_code().unwrap();
        let printed = reply.lines_with_status().collect::<Vec<_>>().join("\n");
        let expected = reply.with_code(Reply::enhanced(status).code());
        prop_assert_eq!(Reply::parse(printed), Some(expected));
    }

    #[test]
    fn what_was_read_is_read_again_when_it_is_written(text in nearly_reply()) {
        for text in [format!("550 {text}"), format!("450-x\n450 {text}"), text] {
            if let Some(reply) = Reply::parse(text) {
                prop_assert_eq!(Reply::parse(reply.to_wire()), Some(reply));
            }
        }
    }

    #[test]
    fn what_is_written_keeps_the_grammar(reply in reply()) {
        prop_assert_eq!(Reply::parse_strict(reply.to_wire()), Ok(reply));
    }

    #[test]
    fn what_keeps_the_grammar_says_the_same_to_both_readers(text in nearly_reply()) {
        let text = format!("550 {text}");
        // qmail's codes are none to the standard.
        if let Ok(strict) = Reply::parse_strict(&text)
            && !text.contains('#')
        {
            prop_assert_eq!(Reply::parse(&text), Some(strict));
        }
    }

    #[test]
    fn anything_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some(reply) = Reply::parse(&bytes) {
            prop_assert!(reply.lines().len() > 0);
        }
    }
}
