//! Delivery reports that JavaScript writes.

use std::error::Error;

use serde_json::Value;
use smtp_status::{Action, Recipient, Reply, Report, ReportOptions};

/// The message for `[report, options, replies]` in JSON, and for the message that is returned in it. A
/// reply gives the recipient at its place the status and the diagnostic that it lacks. An error names the
/// field.
pub(crate) fn write_report(json: &[u8], returned: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let (report, options, replies): (Value, Value, Vec<Value>) = serde_json::from_slice(json)?;
    let mut report: Report = serde_path_to_error::deserialize(&report)?;
    let options: ReportOptions = serde_path_to_error::deserialize(&options)?;
    for (index, (recipient, reply)) in report.recipients.iter_mut().zip(replies).enumerate() {
        let reply: Option<Reply> = serde_json::from_value(reply)
            .map_err(|problem| format!("recipients[{index}].dsn: {problem}"))?;
        let said = reply.map(|reply| Recipient::from_reply("", Action::Failed, &reply));
        let Recipient { status, diagnostic, .. } = said.unwrap_or_default();
        recipient.status = recipient.status.or(status);
        recipient.diagnostic = recipient.diagnostic.take().or(diagnostic);
    }
    let mut message = Vec::new();
    report.message(&options, returned)?.write_io(&mut message)?;
    Ok(message)
}
