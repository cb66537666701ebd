//! Delivery reports that JavaScript writes.

use std::error::Error;

use serde_json::Value;
use smtp_status::{Report, ReportOptions};

/// The message for `[report, options]` in JSON, and for the message that is returned in it. An error
/// names the field.
pub(crate) fn write_report(json: &[u8], returned: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let [report, options]: [Value; 2] = serde_json::from_slice(json)?;
    let report: Report = serde_path_to_error::deserialize(&report)?;
    let options: ReportOptions = serde_path_to_error::deserialize(&options)?;
    let mut message = Vec::new();
    report.message(&options, returned)?.write_io(&mut message)?;
    Ok(message)
}
