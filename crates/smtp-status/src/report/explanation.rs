//! What a report says to people.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::writer::without_brackets;
use super::{Action, Recipient, Report};
use crate::codes::EnhancedCode;
use crate::mime::write::one_line;
use crate::registry::Status;

/// What happened to a message, the worst first, and what will.
const OUTCOMES: [(Action, &str, &str); 5] = [
    (Action::Failed, "was not delivered", "It will not be tried again."),
    (Action::Delayed, "is delayed", "It is still being tried; you do not have to send it again."),
    (Action::Relayed, "was passed on", "The next server does not report whether it delivers it."),
    (Action::Expanded, "was delivered", "It was passed on to the members of a list."),
    (Action::Delivered, "was delivered", "Nothing else has to be done."),
];

impl Report {
    /// The subject of the message that carries the report.
    pub(super) fn subject(&self) -> String {
        let worst = self.recipients.iter().map(Recipient::outcome).min().unwrap_or_default();
        format!("Your message {}", OUTCOMES[worst].1)
    }

    /// For each recipient what happened, why, and what the server said.
    pub(super) fn explanation(&self) -> String {
        let paragraphs: Vec<_> = self.recipients.iter().map(Recipient::explanation).collect();
        paragraphs.join("\n\n")
    }
}

impl Recipient {
    /// The index of what happened.
    fn outcome(&self) -> usize {
        let is_of = |action: &Action| self.action.as_ref() == Some(action);
        OUTCOMES.iter().position(|(action, ..)| is_of(action)).unwrap_or_default()
    }

    fn explanation(&self) -> String {
        let (_, happened, then) = OUTCOMES[self.outcome()];
        let address = self.final_recipient.as_ref().map_or("", |to| without_brackets(&to.value));
        let server = self.remote_mta.as_ref().map_or("The server", |mta| &mta.value);
        let meaning =
            |code: EnhancedCode| format!("{} ({code})", code.status().map_or("", Status::message));
        let lines = [
            Some(format!("Your message to {address} {happened}.")),
            self.status_or_reply().map(meaning),
            self.diagnostic.as_ref().map(|said| format!("{server} said: {}", said.value)),
            Some(then.into()),
            self.will_retry_until.as_ref().map(|date| format!("It is tried until {date}.")),
        ];
        let lines: Vec<_> = lines.iter().flatten().map(|line| one_line(line)).collect();
        lines.join("\n    ")
    }
}
