//! What a report says to people.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::fields::without_brackets;
use super::{Action, Recipient, Report};
use crate::mime::write::one_line;
use crate::registry::Status;

/// What happened to a message, by action: the end of the subject, and what precedes the addresses.
#[rustfmt::skip]
const OUTCOMES: [(Action, &str, &str); 5] = [
    (Action::Failed, "was not delivered",
     "could not be delivered to the following addresses.\nIt will not be tried again."),
    (Action::Delayed, "is delayed",
     "could not be delivered yet to the following addresses.\n\
      This is still being tried; you do not have to send it again."),
    (Action::Delivered, "was delivered", "was delivered to the following addresses."),
    (Action::Relayed, "was passed on",
     "was passed on for the following addresses, to servers that do not\n\
      report whether they deliver it."),
    (Action::Expanded, "was delivered",
     "was delivered to the following addresses and passed on from there."),
];

impl Report {
    /// The outcomes of the recipients, the worst first.
    fn outcomes(&self) -> impl Iterator<Item = &'static (Action, &'static str, &'static str)> {
        let has = |action| self.recipients.iter().any(|to| to.action.as_ref() == Some(action));
        OUTCOMES.iter().filter(move |(action, ..)| has(action))
    }

    /// The subject of the message that carries the report.
    pub(super) fn subject(&self) -> String {
        let outcome = self.outcomes().next().map_or("", |&(_, outcome, _)| outcome);
        format!("Your message {outcome}")
    }

    /// For each recipient what happened, why, and what the server said.
    pub(super) fn explanation(&self) -> String {
        let mut text = String::new();
        if let Some(mta) = &self.reporting_mta {
            text.extend(["This is the mail server ", &one_line(&mta.value), ".\n"]);
        }
        for (action, _, introduction) in self.outcomes() {
            text.extend(["\nYour message ", introduction, "\n"]);
            for recipient in &self.recipients {
                if recipient.action.as_ref() == Some(action) {
                    text.push_str(&recipient.explanation());
                }
            }
        }
        text
    }
}

impl Recipient {
    fn explanation(&self) -> String {
        let mut text = String::from("\n");
        let mut line = |line: String| text.extend(["    ", &one_line(&line), "\n"]);
        if let Some(address) = &self.final_recipient {
            line(without_brackets(&address.value).into());
        }
        if let Some(status) = self.status_or_reply() {
            let meaning = status.status().map_or("", Status::message);
            line(format!("{meaning} ({status})"));
        }
        if let Some(diagnostic) = &self.diagnostic {
            let server = self.remote_mta.as_ref().map_or("The server", |mta| &mta.value);
            let words = self.reply().map(|reply| {
                let lines: Vec<_> = reply.lines().collect();
                format!("{} {}", reply.code(), lines.join(" "))
            });
            line(format!("{server} said: {}", words.as_ref().unwrap_or(&diagnostic.value)));
        }
        if let Some(date) = &self.will_retry_until {
            line(format!("It is tried until {date}."));
        }
        text
    }
}
