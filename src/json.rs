//! The constants, the registry, parsed replies and reports: each is one JSON text.

use serde::{Serialize, Serializer};
use smtp_status::{
    Action, Class, EnhancedCode, Helper, Recipient, Reply, Report, Returned, STATUSES, Status,
    Typed,
};

use crate::names;
use crate::rules::{FALLBACK_CODE, MAX_JOINED};

/// The names of the helpers, and the rules that are constants.
pub(crate) fn constants() -> String {
    #[derive(Serialize)]
    struct Constants {
        helpers: Vec<&'static str>,
        fallback_code: u16,
        success: u16,
        transient: u16,
        permanent: u16,
        max_joined: usize,
    }

    text(&Constants {
        helpers: names::helpers().map(|(name, _)| name).collect(),
        fallback_code: FALLBACK_CODE.get(),
        success: Class::Success.digit(),
        transient: Class::Transient.digit(),
        permanent: Class::Permanent.digit(),
        max_joined: MAX_JOINED,
    })
}

/// A record of each registered status, in the order of the registry.
pub(crate) fn statuses() -> String {
    text(&STATUSES.iter().map(StatusRecord::of).collect::<Vec<_>>())
}

/// A reply with a 2yz, 4yz or 5yz code; `None` if the text is not one.
pub(crate) fn parse(reply: impl AsRef<[u8]>) -> Option<String> {
    Some(text(&ReplyRecord::of(&Reply::parse_lenient(reply)?)?))
}

/// A delivery report; `None` if there is none in the text.
pub(crate) fn parse_report(report: impl AsRef<[u8]>) -> Option<String> {
    Some(text(&ReportRecord::of(&Report::parse(report)?)))
}

pub(crate) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are strings, and a String takes everything")
}

#[derive(Serialize)]
struct StatusRecord {
    status: String,
    subject: u16,
    detail: u16,
    message: &'static str,
    basic_codes: Vec<u16>,
    references: &'static [&'static str],
    helpers: Vec<HelperRecord>,
}

impl StatusRecord {
    fn of(status: &Status) -> StatusRecord {
        let (subject, detail, message) = (status.subject(), status.detail(), status.message());
        StatusRecord {
            status: format!("X.{subject}.{detail}"),
            subject,
            detail,
            message,
            basic_codes: status.basic_codes().iter().map(|code| code.get()).collect(),
            references: status.references(),
            helpers: status
                .helpers()
                .iter()
                .map(|helper| HelperRecord::of(helper, message))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct HelperRecord {
    name: &'static str,
    code: u16,
    message: &'static str,
}

impl HelperRecord {
    fn of(helper: &Helper, message: &'static str) -> HelperRecord {
        let message = helper.own_message().unwrap_or(message);
        HelperRecord { name: names::name(helper), code: helper.code().get(), message }
    }
}

/// A parsed reply. The class makes its instance from a row.
#[derive(Serialize)]
struct ReplyRecord {
    code: u16,
    /// `None`, like the detail, without an enhanced status code.
    subject: Option<u16>,
    detail: Option<u16>,
    lines: Vec<String>,
}

impl ReplyRecord {
    /// `None` for a 3yz reply: haraka-dsn has no class 3.
    fn of(reply: &Reply) -> Option<ReplyRecord> {
        reply.code().class()?;
        let status = reply.enhanced_code();
        Some(ReplyRecord {
            code: reply.code().get(),
            subject: status.map(EnhancedCode::subject),
            detail: status.map(EnhancedCode::detail),
            lines: reply.lines().map(str::to_owned).collect(),
        })
    }
}

#[derive(Serialize)]
struct ReportRecord<'r> {
    original_envelope_id: Option<&'r str>,
    reporting_mta: Option<Name<'r>>,
    dsn_gateway: Option<Name<'r>>,
    received_from_mta: Option<Name<'r>>,
    arrival_date: Option<&'r str>,
    extensions: Fields<'r>,
    recipients: Vec<RecipientRecord<'r>>,
    returned: Option<ReturnedRecord<'r>>,
    is_truncated: bool,
}

impl ReportRecord<'_> {
    fn of(report: &Report) -> ReportRecord<'_> {
        ReportRecord {
            original_envelope_id: report.original_envelope_id.as_deref(),
            reporting_mta: report.reporting_mta.as_ref().map(Name::of),
            dsn_gateway: report.dsn_gateway.as_ref().map(Name::of),
            received_from_mta: report.received_from_mta.as_ref().map(Name::of),
            arrival_date: report.arrival_date.as_deref(),
            extensions: Fields(&report.extensions),
            recipients: report.recipients.iter().map(RecipientRecord::of).collect(),
            returned: report.returned.as_ref().map(ReturnedRecord::of),
            is_truncated: report.is_truncated,
        }
    }
}

#[derive(Serialize)]
struct ReturnedRecord<'r> {
    message_id: Option<&'r str>,
    header: Fields<'r>,
    is_whole: bool,
}

impl ReturnedRecord<'_> {
    fn of(returned: &Returned) -> ReturnedRecord<'_> {
        ReturnedRecord {
            message_id: returned.message_id.as_deref(),
            header: Fields(&returned.header),
            is_whole: returned.is_whole,
        }
    }
}

#[derive(Serialize)]
struct RecipientRecord<'r> {
    original_recipient: Option<Address<'r>>,
    final_recipient: Option<Address<'r>>,
    action: Option<&'r str>,
    status: Option<String>,
    status_comment: Option<&'r str>,
    remote_mta: Option<Name<'r>>,
    diagnostic: Option<Text<'r>>,
    last_attempt_date: Option<&'r str>,
    final_log_id: Option<&'r str>,
    will_retry_until: Option<&'r str>,
    extensions: Fields<'r>,
    dsn: Option<ReplyRecord>,
}

impl RecipientRecord<'_> {
    fn of(recipient: &Recipient) -> RecipientRecord<'_> {
        RecipientRecord {
            original_recipient: recipient.original_recipient.as_ref().map(Address::of),
            final_recipient: recipient.final_recipient.as_ref().map(Address::of),
            action: recipient.action.as_ref().map(Action::as_str),
            status: recipient.status.map(|status| status.to_string()),
            status_comment: recipient.status_comment.as_deref(),
            remote_mta: recipient.remote_mta.as_ref().map(Name::of),
            diagnostic: recipient.diagnostic.as_ref().map(Text::of),
            last_attempt_date: recipient.last_attempt_date.as_deref(),
            final_log_id: recipient.final_log_id.as_deref(),
            will_retry_until: recipient.will_retry_until.as_deref(),
            extensions: Fields(&recipient.extensions),
            dsn: recipient.reply().as_ref().and_then(ReplyRecord::of),
        }
    }
}

/// Defines how a typed value appears in JavaScript: `{ type, [name]: value, comment }`.
macro_rules! typed {
    ($record:ident { $name:ident $(, $comment:ident)? }) => {
        #[derive(Serialize)]
        struct $record<'r> {
            r#type: Option<&'r str>,
            $name: &'r str,
            $($comment: Option<&'r str>,)?
        }

        impl $record<'_> {
            fn of(typed: &Typed) -> $record<'_> {
                $record {
                    r#type: typed.kind.as_deref(),
                    $name: &typed.value,
                    $($comment: typed.$comment.as_deref(),)?
                }
            }
        }
    };
}

typed!(Name { name, comment });
typed!(Address { address, comment });
typed!(Text { text });

/// The values of each name, `{ [name]: [value, …] }`, in the order of the names.
struct Fields<'r>(&'r [(String, String)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields: Vec<_> = self.0.iter().collect();
        // Stable: the values of a name keep their order.
        fields.sort_by_key(|(name, _)| name);
        let values = |fields: &[&(String, String)]| -> Vec<_> {
            fields.iter().map(|(_, value)| value.clone()).collect()
        };
        let groups = fields.chunk_by(|(a, _), (b, _)| a == b);
        serializer.collect_map(groups.map(|fields| (&fields[0].0, values(fields))))
    }
}
