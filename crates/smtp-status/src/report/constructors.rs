//! Making reports and their recipients.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Action, Recipient, Report, Typed};
use crate::codes::EnhancedCode;
use crate::reply::Reply;

impl Report {
    /// A report of the mail server with this name about a message to these recipients.
    ///
    /// ```
    /// use smtp_status::{Action, Recipient, Report};
    ///
    /// let timeout = "4.4.1".parse().unwrap();
    /// let anna = Recipient::from_status("anna@example.com", Action::Delayed, timeout);
    /// let mut report = Report::new("mail.example.com", [anna]);
    /// report.arrival_date = Some("Fri, 27 Nov 2026 18:30:00 +0000".into());
    /// ```
    #[must_use]
    pub fn new(reporting_mta: impl Into<String>, recipients: impl Into<Vec<Recipient>>) -> Report {
        let reporting_mta = Some(Typed::new("dns", reporting_mta));
        Report { reporting_mta, recipients: recipients.into(), ..Report::default() }
    }
}

impl Recipient {
    /// What happened to a message for an address after a server's reply. A transient reply goes with
    /// [`Action::Failed`] if it is not tried again.
    ///
    /// ```
    /// use smtp_status::{Action, Recipient, Typed, helpers};
    ///
    /// let mut anna = Recipient::from_reply("anna@example.com", Action::Delayed, &helpers::mbox_full());
    /// anna.remote_mta = Some(Typed::new("dns", "mx.example.com"));
    /// assert_eq!(anna.status.unwrap().to_string(), "4.2.2");
    /// assert_eq!(anna.diagnostic.unwrap().to_string(), "smtp; 450 4.2.2 Mailbox full");
    /// ```
    #[must_use]
    pub fn from_reply(address: impl Into<String>, action: Action, reply: &Reply) -> Recipient {
        // The lines of a reply are joined with spaces, like those of a folded field.
        let diagnostic = Some(Typed::new("smtp", reply.to_string().replace('\n', " ")));
        Recipient { status: status_of(reply), diagnostic, ..Recipient::of(address, action) }
    }

    /// What happened to a message for an address where no server replied: 4.4.1 if none answered,
    /// 5.4.7 if it took too long.
    ///
    /// ```
    /// use smtp_status::{Action, Recipient};
    ///
    /// let expired = "5.4.7".parse().unwrap();
    /// let anna = Recipient::from_status("anna@example.com", Action::Failed, expired);
    /// assert_eq!(anna.diagnostic, None);
    /// ```
    #[must_use]
    pub fn from_status(
        address: impl Into<String>,
        action: Action,
        code: EnhancedCode,
    ) -> Recipient {
        Recipient { status: Some(code), ..Recipient::of(address, action) }
    }

    fn of(address: impl Into<String>, action: Action) -> Recipient {
        let final_recipient = Some(Typed::new("rfc822", address));
        Recipient { final_recipient, action: Some(action), ..Recipient::default() }
    }

    /// The status or, if there is none, the reply's.
    pub(super) fn status_or_reply(&self) -> Option<EnhancedCode> {
        self.status.or_else(|| status_of(&self.reply()?))
    }
}

/// The enhanced status code of a reply or, if it has none, the one that says only its class.
fn status_of(reply: &Reply) -> Option<EnhancedCode> {
    reply.enhanced_code().or_else(|| EnhancedCode::new(reply.code().class()?, 0, 0))
}
