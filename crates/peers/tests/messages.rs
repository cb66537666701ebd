//! mail-parser finds in a written report what was written.

use std::fmt::Write;

use hostile::{CASES, hostile_message, options};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use proptest::prelude::*;
use smtp_status::{Action, Recipient, Report, helpers};

#[path = "../../smtp-status/tests/hostile/mod.rs"]
mod hostile;

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn mail_parser_finds_the_header_and_the_parts((report, options, returned) in hostile_message()) {
        let message = report.message(&options, returned.as_bytes()).unwrap();
        let message = message.to_string().into_bytes();
        let read = MessageParser::default().parse(&message).unwrap();
        let names: Vec<_> = read.headers().iter().map(|header| header.name()).collect();
        let expected = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
            "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];
        prop_assert_eq!(names, expected);
        let mailboxes: Vec<_> = read.to().unwrap().iter().filter_map(|to| to.address()).collect();
        prop_assert_eq!(mailboxes, ["author@example.com"]);
        let subtypes = read.parts[0].sub_parts().unwrap().iter().map(|&id| {
            read.parts[id as usize].content_type().unwrap().subtype().unwrap()
        });
        let subtypes: Vec<_> = subtypes.collect();
        let first = returned.split(['\r', '\n']).next().unwrap();
        let has_header = !first.trim_ascii().is_empty();
        prop_assert!((2..=3).contains(&subtypes.len()), "{:?}", subtypes);
        prop_assert!(subtypes.len() == 3 || !has_header);
        prop_assert!(subtypes[0] == "plain" && subtypes[1].ends_with("delivery-status"));
    }
}

#[test]
fn mail_parser_finds_what_was_written() {
    let anna = Recipient::from_reply("anna@example.com", Action::Failed, &helpers::no_such_user());
    let one = Report::new("mail.example.com", [anna]);
    let mut two = one.clone();
    two.recipients.push(Recipient::from_reply(
        "jürgen@example.com",
        Action::Delayed,
        &helpers::mbox_full(),
    ));
    for report in [one, two] {
        let returned = b"Subject: x\r\n\r\nx\r\n";
        let message = report.message(&options(), returned).unwrap().to_string();
        let read = MessageParser::default().parse(&message).unwrap();
        let [_, text, status, returned] = &read.parts[..] else { panic!("{:?}", read.parts) };
        assert!(matches!(&text.body, PartType::Text(text) if text.contains("anna@example.com")));
        assert!(
            matches!(&returned.body, PartType::Message(message) if message.subject() == Some("x"))
        );
        let content = status.text_contents().unwrap();
        for recipient in &report.recipients {
            let mut fields = String::new();
            let address = &recipient.final_recipient.as_ref().unwrap().value;
            let kind = if address.is_ascii() { "rfc822" } else { "utf-8" };
            write!(fields, "Final-Recipient: {kind}; {address}\r\n").unwrap();
            write!(fields, "Action: {}\r\n", recipient.action.as_ref().unwrap()).unwrap();
            write!(fields, "Status: {}\r\n", recipient.status.unwrap()).unwrap();
            assert!(content.contains(&fields), "{content}");
        }
    }
}
