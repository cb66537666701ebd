//! Replies of real servers, as programs report them, are parsed correctly, and parsing is idempotent.

use proptest::prelude::*;
use serde_json::Value;
use smtp_status::{BasicCode, EnhancedCode, Reply};

/// Replies of many servers, as recorded in the document or written by the program that `source` names,
/// with the expected result: `status` is null where the server sent no enhanced status code. Addresses
/// and queue identifiers are replaced by ones reserved for examples.
const REAL: &str = include_str!("data/replies.json");

#[test]
fn replies_of_real_servers_are_parsed() {
    let records: Value = serde_json::from_str(REAL).unwrap();
    let records = records.as_array().unwrap();
    assert!(records.len() >= 60, "{} replies", records.len());
    for record in records {
        for end in ["\n", "\r\n"] {
            let text = lines_of(&record["reply"]).join(end);
            let reply = Reply::parse_lenient(&text).expect(&text);
            assert_eq!(u64::from(reply.code().get()), record["code"].as_u64().unwrap(), "{text}");
            let status = reply.enhanced_code().map(|status| status.to_string());
            assert_eq!(status.as_deref(), record["status"].as_str(), "{text}");
            assert_eq!(reply.lines().collect::<Vec<_>>(), lines_of(&record["msg"]), "{text}");
            assert_eq!(Reply::parse_lenient(reply.to_wire()), Some(reply), "{text}");
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

/// Texts that resemble replies.
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

/// Replies with an enhanced status code. One without is left out: if its text began with such a code,
/// that would be parsed as its status.
fn reply() -> impl Strategy<Value = Reply> {
    let lines = prop::collection::vec(nearly_reply(), 1..6);
    (basic_code(), 0..1000u16, 0..1000u16, lines).prop_map(|(code, subject, detail, lines)| {
        let status = EnhancedCode::new(code.class().unwrap(), subject, detail).unwrap();
        Reply::enhanced(status).with_code(code).with_lines(lines)
    })
}

proptest! {
    #[test]
    fn the_wire_form_is_parsed_to_the_same_reply(reply in reply()) {
        prop_assert_eq!(Reply::parse_lenient(reply.to_wire()), Some(reply));
    }

    #[test]
    fn the_displayed_form_is_parsed_to_the_same_reply(reply in reply()) {
        prop_assert_eq!(Reply::parse_lenient(reply.to_string()), Some(reply));
    }

    #[test]
    fn a_reply_without_basic_code_gets_the_default_code_of_its_class(reply in reply()) {
        let status = reply.enhanced_code().unwrap();
        // Without a basic code, another subject is the number of a version.
        let status = EnhancedCode::new(status.class(), status.subject() % 8, status.detail()).unwrap();
        let reply = Reply::enhanced(status).with_code(reply.code()).with_lines(reply.lines());
        let printed = reply.lines_with_status().collect::<Vec<_>>().join("\n");
        let expected = reply.with_code(Reply::enhanced(status).code());
        prop_assert_eq!(Reply::parse_lenient(printed), Some(expected));
    }

    #[test]
    fn a_parsed_reply_is_parsed_to_the_same_again(text in nearly_reply()) {
        for text in [format!("550 {text}"), format!("450-x\n450 {text}"), text] {
            if let Some(reply) = Reply::parse_lenient(text) {
                prop_assert_eq!(Reply::parse_lenient(reply.to_wire()), Some(reply));
            }
        }
    }

    #[test]
    fn the_wire_form_conforms_to_rfc_5321(reply in reply()) {
        prop_assert_eq!(reply.to_wire().parse(), Ok(reply));
    }

    #[test]
    fn both_parsers_agree_on_replies_that_conform_to_rfc_5321(text in nearly_reply()) {
        let text = format!("550 {text}");
        // Other forms of a status, and lines that were joined, are not in the RFC.
        let other = ["#", ": ", ", ", "  ", "\t", " 4.", " 5."];
        let standard = text.parse().ok();
        if let Some(strict) = standard.filter(|_| !other.iter().any(|other| text.contains(other))) {
            prop_assert_eq!(Reply::parse_lenient(&text), Some(strict));
        }
    }

    #[test]
    fn any_bytes_can_be_parsed(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some(reply) = Reply::parse_lenient(&bytes) {
            prop_assert!(reply.lines().len() > 0);
        }
    }
}
