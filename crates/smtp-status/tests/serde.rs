//! Codes and replies are serialized as documented, and invalid ones are not deserialized.

use serde_json::{Error, from_str, json, to_value};
use smtp_status::{Action, BasicCode, Class, EnhancedCode, Recipient, Reply, Report, helpers};

#[test]
fn basic_codes_and_classes_are_numbers_and_enhanced_codes_strings() {
    for code in (200..600).map(|code| BasicCode::new(code).unwrap()) {
        assert_eq!(to_value(code).unwrap(), json!(code.get()));
        assert_eq!(from_str::<BasicCode>(code.as_str()).unwrap(), code);
    }
    for class in Class::ALL {
        assert_eq!(to_value(class).unwrap(), json!(class.digit()));
        assert_eq!(from_str::<Class>(&class.to_string()).unwrap(), class);
    }
    let code: EnhancedCode = "5.7.26".parse().unwrap();
    assert_eq!(to_value(code).unwrap(), json!("5.7.26"));
    assert_eq!(from_str::<EnhancedCode>("\"5.7.26\"").unwrap(), code);
}

#[test]
fn a_reply_is_its_codes_and_its_lines() {
    for (reply, value) in [
        (
            helpers::no_such_user(),
            json!({ "code": 550, "enhanced_code": "5.1.1", "lines": ["No such user"] }),
        ),
        (
            Reply::new(BasicCode::OK).with_lines(["a", "b"]),
            json!({ "code": 250, "enhanced_code": null, "lines": ["a", "b"] }),
        ),
    ] {
        assert_eq!(to_value(&reply).unwrap(), value);
        assert_eq!(from_str::<Reply>(&value.to_string()).unwrap(), reply);
    }
    let dirty = r#"{ "code": 354, "lines": ["a\r\n250 b", ""] }"#;
    let expected = Reply::new(BasicCode::START_MAIL_INPUT).with_lines(["a250 b", ""]);
    assert_eq!(from_str::<Reply>(dirty).unwrap(), expected);
}

#[test]
fn a_report_is_its_fields() {
    let report = Report::parse(
        "Reporting-MTA: dns; mx.example.net\nX-Queue: 1\n\n\
         Final-Recipient: rfc822; anna@example.com (Anna)\nAction: failed\nStatus: 5.1.1 (no)\n\n\
         Final-Recipient: rfc822; jane@example.com\nAction: expired\n",
    );
    let report = report.unwrap();
    let value = to_value(&report).unwrap();
    assert_eq!(value["reporting_mta"]["value"], "mx.example.net");
    assert_eq!(value["extensions"], json!([["X-Queue", "1"]]));
    let [anna, jane] = &value["recipients"].as_array().unwrap()[..] else { panic!("{value}") };
    assert_eq!(
        anna["final_recipient"],
        json!({ "kind": "rfc822", "value": "anna@example.com", "comment": "Anna" }),
    );
    assert_eq!((&anna["action"], &anna["status"]), (&json!("failed"), &json!("5.1.1")));
    assert_eq!((&jane["action"], &jane["status"]), (&json!("expired"), &json!(null)));
    assert_eq!(from_str::<Report>(&value.to_string()).unwrap(), report);
}

#[test]
fn what_a_report_does_not_have_can_be_left_out() {
    let recipient: Recipient = from_str(r#"{"action":"Delayed","status":"4.2.2"}"#).unwrap();
    assert_eq!(recipient.action, Some(Action::Delayed));
    assert_eq!(recipient.reply(), Some(helpers::mbox_full()));
    assert_eq!(from_str::<Report>("{}").unwrap(), Report::default());
    assert!(from_str::<Report>(r#"{"recipient":[]}"#).is_err());
}

#[test]
fn a_format_without_field_names_is_deserialized() {
    let reply = from_str::<Reply>(r#"[550, "5.1.1", ["No such user"]]"#).unwrap();
    assert_eq!(reply, helpers::no_such_user());
    for (short, length) in [("[]", 0), ("[550]", 1), (r#"[550, "5.1.1"]"#, 2)] {
        let expected = "expected a reply with code, enhanced_code and lines";
        let message = format!("invalid length {length}, {expected}");
        let error = from_str::<Reply>(short).unwrap_err().to_string();
        assert!(error.starts_with(&message), "{error}");
    }
}

#[test]
fn the_error_says_what_is_invalid() {
    fn message<T>(result: Result<T, Error>) -> String {
        result.map(drop).unwrap_err().to_string()
    }
    for (found, expected) in [
        (message(from_str::<BasicCode>("600")), "a basic code is 200 to 599, not 600"),
        (message(from_str::<Class>("3")), "a class is 2, 4 or 5, not 3"),
        (message(from_str::<EnhancedCode>("\"5.1\"")), "expected a period at byte 3"),
        (
            message(from_str::<EnhancedCode>("511")),
            "invalid type: integer `511`, expected an enhanced status code",
        ),
        (
            message(from_str::<Reply>(r#"{"code":550,"enhanced_code":"4.1.1","lines":[]}"#)),
            "the classes of code and enhanced_code differ",
        ),
        (
            message(from_str::<Reply>(r#"{"code":354,"enhanced_code":"4.1.1","lines":[]}"#)),
            "the classes of code and enhanced_code differ",
        ),
        (message(from_str::<Reply>(r#"{"lines":[]}"#)), "missing field `code`"),
        (message(from_str::<Reply>(r#"{"code":550}"#)), "missing field `lines`"),
        (
            message(from_str::<Reply>(r#"{"cls":5}"#)),
            "unknown field `cls`, expected one of `code`, `enhanced_code`, `lines`",
        ),
    ] {
        assert!(found.starts_with(expected), "{found}");
    }
}
