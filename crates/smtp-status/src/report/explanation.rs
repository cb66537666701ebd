//! What a report says to people.

use alloc::string::String;
use alloc::vec::Vec;

use super::writer::without_brackets;
use super::{Action, Recipient};
use crate::mime::write::one_line;
use crate::registry::Status;

/// What happened to a message, the worst first, and what will happen next.
const OUTCOMES: [(Action, &str, &str); 5] = [
    (Action::Failed, "was not delivered", "It will not be tried again."),
    (Action::Delayed, "is delayed", "It is still being tried; you do not have to send it again."),
    (Action::Relayed, "was passed on", "The next server does not report whether it delivers it."),
    (Action::Expanded, "was delivered", "It was passed on to the members of a list."),
    (Action::Delivered, "was delivered", "Nothing else has to be done."),
];

/// The subject of the message that carries the report.
pub(super) fn subject(recipients: &[Recipient]) -> String {
    let worst = recipients.iter().map(outcome).min().unwrap_or_default();
    format!("Your message {}", OUTCOMES[worst].1)
}

/// For each recipient what happened, why, and what the server said.
pub(super) fn text(recipients: &[Recipient]) -> String {
    recipients.iter().map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// The index of what happened.
fn outcome(to: &Recipient) -> usize {
    OUTCOMES.iter().position(|row| Some(&row.0) == to.action.as_ref()).unwrap_or_default()
}

fn paragraph(to: &Recipient) -> String {
    let (_, happened, then) = OUTCOMES[outcome(to)];
    let address = to.final_recipient.as_ref().map_or("", |typed| without_brackets(&typed.value));
    let server = to.remote_mta.as_ref().map_or("The server", |mta| &mta.value);
    let lines = [
        Some(format!("Your message to {address} {happened}.")),
        to.status_or_reply()
            .map(|code| format!("{} ({code})", code.status().map_or("", Status::message))),
        to.diagnostic.as_ref().map(|said| format!("{server} said: {}", said.value)),
        Some(then.into()),
        to.will_retry_until.as_ref().map(|date| format!("It is tried until {date}.")),
    ];
    lines.iter().flatten().map(|line| one_line(line)).collect::<Vec<_>>().join("\n    ")
}
