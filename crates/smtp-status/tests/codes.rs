//! Basic codes, classes and enhanced status codes are always valid, and the error for any other number
//! or text says what is wrong.

use std::collections::{BTreeSet, HashSet};
use std::error::Error;

use proptest::prelude::*;
use smtp_status::{BasicCode, Class, EnhancedCode, STATUSES, Status};

fn basic_codes() -> impl Iterator<Item = BasicCode> {
    (200..=599).map(|code| BasicCode::new(code).unwrap())
}

#[test]
#[cfg_attr(miri, ignore = "too slow")]
fn a_basic_code_is_a_number_from_200_to_599() {
    for number in 0..=u16::MAX {
        let code = BasicCode::new(number);
        assert_eq!(code.is_some(), (200..600).contains(&number), "{number}");
        assert_eq!(BasicCode::try_from(number).ok(), code);
        match BasicCode::try_from(number) {
            Ok(code) => {
                assert_eq!((code.get(), u16::from(code)), (number, number));
                assert_eq!(code, number);
                assert_eq!(number, code);
                assert_ne!(code, number + 1);
                assert_ne!(number + 1, code);
            }
            Err(error) => {
                assert_eq!(error.position(), None);
                let message = format!("a basic code is 200 to 599, not {number}");
                assert_eq!(error.to_string(), message);
            }
        }
    }
}

#[test]
fn a_basic_code_is_displayed_and_parsed_as_three_digits() {
    for code in basic_codes() {
        let digits = code.get().to_string();
        assert_eq!(code.as_str(), digits);
        assert_eq!(code.to_string(), digits);
        assert_eq!(digits.parse(), Ok(code));
        assert_eq!(BasicCode::from_bytes(digits.as_bytes()), Ok(code));
        assert_eq!(BasicCode::try_from(digits.as_str()), Ok(code));
        assert_eq!(BasicCode::try_from(digits.as_bytes()), Ok(code));
    }
    assert_eq!(format!("{:>5}|{:<4}|", BasicCode::OK, BasicCode::OK), "  250|250 |");
}

#[test]
fn an_invalid_basic_code_is_rejected_with_the_position_of_its_first_invalid_byte() {
    let digit = "expected a digit from 2 to 5 at byte 0";
    for (text, position, message) in [
        ("", 0, digit),
        ("150", 0, digit),
        ("600", 0, digit),
        (" 250", 0, digit),
        ("+250", 0, digit),
        ("２５０", 0, digit),
        ("2", 1, "expected a digit at byte 1"),
        ("2x0", 1, "expected a digit at byte 1"),
        ("25", 2, "expected a digit at byte 2"),
        ("25\u{e9}", 2, "expected a digit at byte 2"),
        ("2500", 3, "expected the end of the code at byte 3"),
        ("250 ", 3, "expected the end of the code at byte 3"),
    ] {
        let error = text.parse::<BasicCode>().unwrap_err();
        assert_eq!(error.to_string(), message, "{text:?}");
        assert_eq!(error.position(), Some(position), "{text:?}");
        assert_eq!(BasicCode::try_from(text), Err(error.clone()));
        assert_eq!(BasicCode::try_from(text.as_bytes()), Err(error));
    }
}

#[test]
fn the_first_digit_is_the_kind_of_reply() {
    for code in basic_codes() {
        let first = code.get() / 100;
        assert_eq!(code.class(), Class::new(first), "{code}");
        let kinds =
            [code.is_success(), code.is_intermediate(), code.is_transient(), code.is_permanent()];
        assert_eq!(kinds, [2, 3, 4, 5].map(|digit| digit == first), "{code}");
    }
}

#[test]
fn the_constants_have_the_codes_of_their_rfcs() {
    use BasicCode as C;
    let constants = [
        (C::SYSTEM_STATUS, 211),
        (C::HELP_MESSAGE, 214),
        (C::SERVICE_READY, 220),
        (C::SERVICE_CLOSING, 221),
        (C::AUTHENTICATION_SUCCEEDED, 235),
        (C::OK, 250),
        (C::WILL_FORWARD, 251),
        (C::CANNOT_VERIFY, 252),
        (C::MESSAGES_PENDING, 253),
        (C::AUTHENTICATION_CHALLENGE, 334),
        (C::START_MAIL_INPUT, 354),
        (C::TRANSACTION_OFFSET, 355),
        (C::SERVICE_NOT_AVAILABLE, 421),
        (C::PASSWORD_TRANSITION_NEEDED, 432),
        (C::MAILBOX_BUSY, 450),
        (C::LOCAL_ERROR, 451),
        (C::INSUFFICIENT_STORAGE, 452),
        (C::NO_MAIL_FOR_CLIENT, 453),
        (C::TEMPORARY_AUTHENTICATION_FAILURE, 454),
        (C::PARAMETERS_NOT_ACCOMMODATED, 455),
        (C::CANNOT_QUEUE_FOR_NODE, 458),
        (C::NODE_NOT_ALLOWED, 459),
        (C::COMMAND_UNRECOGNIZED, 500),
        (C::SYNTAX_ERROR_IN_PARAMETERS, 501),
        (C::COMMAND_NOT_IMPLEMENTED, 502),
        (C::BAD_SEQUENCE_OF_COMMANDS, 503),
        (C::PARAMETER_NOT_IMPLEMENTED, 504),
        (C::HOST_ACCEPTS_NO_MAIL, 521),
        (C::ENCRYPTION_NEEDED, 523),
        (C::ACCOUNT_DISABLED, 525),
        (C::AUTHENTICATION_REQUIRED, 530),
        (C::AUTHENTICATION_TOO_WEAK, 534),
        (C::AUTHENTICATION_INVALID, 535),
        (C::ENCRYPTION_REQUIRED, 538),
        (C::MAILBOX_UNAVAILABLE, 550),
        (C::USER_NOT_LOCAL, 551),
        (C::STORAGE_EXCEEDED, 552),
        (C::MAILBOX_NAME_NOT_ALLOWED, 553),
        (C::TRANSACTION_FAILED, 554),
        (C::PARAMETERS_NOT_RECOGNIZED, 555),
        (C::DOMAIN_ACCEPTS_NO_MAIL, 556),
    ];
    for (constant, code) in constants {
        assert_eq!(constant, code);
        assert!(constant.meaning().is_some_and(|meaning| !meaning.is_empty()), "{code}");
    }
    assert!(constants.is_sorted_by(|(a, _), (b, _)| a < b));
    // The registry alone has these.
    let known: Vec<_> =
        constants.iter().map(|(_, code)| *code).chain([422, 430, 524, 533]).collect();
    for code in basic_codes() {
        assert_eq!(code.meaning().is_some(), known.contains(&code.get()), "{code}");
    }
    for code in STATUSES.iter().flat_map(Status::basic_codes) {
        assert!(code.meaning().is_some(), "{code}");
    }
    assert_eq!(C::OK.meaning(), Some("requested mail action okay, completed"));
}

#[test]
#[cfg_attr(miri, ignore = "too slow")]
fn a_class_is_2_4_or_5() {
    for digit in 0..=u16::MAX {
        let class = Class::ALL.into_iter().find(|class| class.to_string() == digit.to_string());
        assert_eq!(Class::new(digit), class, "{digit}");
        match Class::try_from(digit) {
            Ok(class) => assert_eq!((class.digit(), u16::from(class)), (digit, digit)),
            Err(error) => {
                assert_eq!(error.position(), None);
                assert_eq!(error.to_string(), format!("a class is 2, 4 or 5, not {digit}"));
            }
        }
    }
    assert_eq!(Class::ALL.map(Class::digit), [2, 4, 5]);
}

#[test]
fn a_class_is_parsed_from_its_digit() {
    for class in Class::ALL {
        let digit = class.to_string();
        assert_eq!(digit.parse(), Ok(class));
        assert_eq!(Class::try_from(digit.as_str()), Ok(class));
    }
    for (text, position, expected) in [
        ("", 0, "2, 4 or 5"),
        ("3", 0, "2, 4 or 5"),
        ("X", 0, "2, 4 or 5"),
        ("55", 1, "the end of the code"),
        ("5.", 1, "the end of the code"),
    ] {
        let error = text.parse::<Class>().unwrap_err();
        assert_eq!(error.to_string(), format!("expected {expected} at byte {position}"));
        assert_eq!(Class::try_from(text), Err(error));
    }
}

#[test]
fn an_enhanced_code_has_a_class_and_two_numbers_up_to_999() {
    for (class, subject, detail, message) in [
        (2, 0, 0, None),
        (4, 999, 0, None),
        (5, 0, 999, None),
        (5, 999, 999, None),
        (3, 0, 0, Some("a class is 2, 4 or 5, not 3")),
        (5, 1000, 0, Some("a subject is 0 to 999, not 1000")),
        (5, 1000, 1000, Some("a subject is 0 to 999, not 1000")),
        (5, 0, 1000, Some("a detail is 0 to 999, not 1000")),
        (5, u16::MAX, u16::MAX, Some("a subject is 0 to 999, not 65535")),
    ] {
        let code = EnhancedCode::try_from((class, subject, detail));
        assert_eq!(code.clone().err().map(|error| error.to_string()).as_deref(), message);
        let checked = Class::new(class).and_then(|class| EnhancedCode::new(class, subject, detail));
        assert_eq!(code.ok(), checked);
    }
}

#[test]
fn the_constants_have_subject_and_detail_0() {
    let constants = [EnhancedCode::SUCCESS, EnhancedCode::TRANSIENT, EnhancedCode::PERMANENT];
    assert_eq!(constants.map(|code| code.to_string()), ["2.0.0", "4.0.0", "5.0.0"]);
}

#[test]
fn an_invalid_enhanced_code_is_rejected_with_the_position_of_its_first_invalid_byte() {
    for (text, position, expected) in [
        ("", 0, "2, 4 or 5"),
        ("3.1.1", 0, "2, 4 or 5"),
        ("X.1.1", 0, "2, 4 or 5"),
        (" 5.1.1", 0, "2, 4 or 5"),
        ("5", 1, "a period"),
        ("55.1.1", 1, "a period"),
        ("5.", 2, "a digit"),
        ("5.-1.1", 2, "a digit"),
        ("5.1", 3, "a period"),
        ("5.1,1", 3, "a period"),
        ("5.01.1", 3, "no digit after a leading zero"),
        ("5.00.1", 3, "no digit after a leading zero"),
        ("5.1000.1", 5, "no fourth digit"),
        ("5.1.", 4, "a digit"),
        ("5.1.1111", 7, "no fourth digit"),
        ("5.1.1 ", 5, "the end of the code"),
        ("5.1.1.1", 5, "the end of the code"),
        ("5.100.100\u{661}", 9, "the end of the code"),
    ] {
        let error = text.parse::<EnhancedCode>().unwrap_err();
        assert_eq!(error.position(), Some(position), "{text:?}");
        assert_eq!(error.to_string(), format!("expected {expected} at byte {position}"));
        assert_eq!(EnhancedCode::try_from(text), Err(error.clone()));
        assert_eq!(EnhancedCode::try_from(text.as_bytes()), Err(error));
    }
}

#[test]
fn codes_are_sorted_by_their_numbers() {
    assert!(basic_codes().is_sorted_by(|a, b| a < b));
    let codes = ["2.9.9", "4.0.0", "4.0.10", "4.1.0", "4.10.0", "5.0.0"];
    let codes = codes.map(|code| code.parse::<EnhancedCode>().unwrap());
    assert!(codes.is_sorted_by(|a, b| a < b));
    assert!(Class::ALL.is_sorted_by(|a, b| a < b));
}

#[test]
fn codes_are_small() {
    assert_eq!(size_of::<BasicCode>(), 2);
    assert_eq!(size_of::<Option<BasicCode>>(), 2);
    assert_eq!(size_of::<Option<Class>>(), 1);
    assert_eq!(size_of::<Option<EnhancedCode>>(), size_of::<EnhancedCode>());
}

#[test]
fn codes_can_be_keys_of_maps() {
    let codes: Vec<_> = basic_codes().collect();
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), 400);
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 400);
}

#[test]
fn codes_can_be_constants() {
    const CODE: EnhancedCode = EnhancedCode::new(Class::Permanent, 7, 26).unwrap();
    const BASIC: BasicCode = BasicCode::new(550).unwrap();
    assert_eq!((CODE.to_string(), BASIC.to_string()), ("5.7.26".into(), "550".into()));
}

#[test]
fn codes_can_be_patterns() {
    let verdict = |code| match code {
        BasicCode::OK | BasicCode::WILL_FORWARD => "taken",
        BasicCode::SERVICE_NOT_AVAILABLE => "closing",
        code if code.is_transient() => "later",
        _ => "refused",
    };
    let codes = [250, 251, 421, 450, 550].map(|code| verdict(BasicCode::new(code).unwrap()));
    assert_eq!(codes, ["taken", "taken", "closing", "later", "refused"]);
    assert!(matches!("4.0.0".parse(), Ok(EnhancedCode::TRANSIENT)));
}

#[test]
fn bytes_that_are_not_utf_8_are_no_code() {
    assert_eq!(BasicCode::from_bytes(b"25\xff").unwrap_err().position(), Some(2));
    assert_eq!(EnhancedCode::from_bytes(b"5.1.\xff").unwrap_err().position(), Some(4));
}

#[test]
fn errors_convert_to_boxed_errors() {
    fn read(text: &str) -> Result<(BasicCode, EnhancedCode), Box<dyn Error + Send + Sync>> {
        let (basic, enhanced) = text.split_once(' ').ok_or("no space")?;
        Ok((BasicCode::try_from(basic.parse::<u16>()?)?, enhanced.parse()?))
    }
    assert!(read("550 5.1.1").is_ok());
    assert_eq!(read("650 5.1.1").unwrap_err().to_string(), "a basic code is 200 to 599, not 650");
    assert_eq!(read("550 5.1").unwrap_err().to_string(), "expected a period at byte 3");
}

proptest! {
    #[test]
    fn an_enhanced_code_has_the_given_parts(
        class in prop::sample::select(&Class::ALL), subject in 0..1000u16, detail in 0..1000u16,
    ) {
        let code = EnhancedCode::new(class, subject, detail).unwrap();
        prop_assert_eq!((code.class(), code.subject(), code.detail()), (class, subject, detail));
        prop_assert_eq!(EnhancedCode::try_from((class.into(), subject, detail)), Ok(code));
        let text = format!("{}.{subject}.{detail}", class.digit());
        prop_assert_eq!(code.to_string(), text.clone());
        prop_assert_eq!(format!("{code:>12}|{code:<12}|"), format!("{text:>12}|{text:<12}|"));
        prop_assert_eq!(text.parse(), Ok(code));
        prop_assert_eq!(EnhancedCode::from_bytes(text.as_bytes()), Ok(code));
        let kinds = [code.is_success(), code.is_transient(), code.is_permanent()];
        prop_assert_eq!(kinds, Class::ALL.map(|other| other == class));
    }

    /// Compared with a simple parser: splitting at periods, without leading zeros.
    #[test]
    fn a_text_is_an_enhanced_code_if_a_simple_parser_accepts_it(
        text in "[2-5X]?\\.?[0-9]{0,4}[.,]?[0-9]{0,4}[. ]?",
    ) {
        let numbers: Vec<_> = text.split('.').map(|number| number.parse::<u16>().ok()).collect();
        let simple = match numbers[..] {
            [Some(class), Some(subject), Some(detail)] => {
                let code = EnhancedCode::try_from((class, subject, detail)).ok();
                code.filter(|code| code.to_string() == text)
            }
            _ => None,
        };
        prop_assert_eq!(text.parse().ok(), simple);
    }
}
