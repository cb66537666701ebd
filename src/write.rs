//! Delivery reports that JavaScript writes: from JSON in the shape of [`json::parse_report`].
//!
//! [`json::parse_report`]: crate::json::parse_report

use serde_json::{Map, Value};
use smtp_status::{Action, BasicCode, Recipient, Reply, Report, ReportOptions, Typed};

/// What is wrong with which field.
type Result<T> = std::result::Result<T, String>;

/// The message for `{ report, options }` in JSON, and for the message that is returned in it.
pub(crate) fn write_report(json: &[u8], returned: &[u8]) -> Result<Vec<u8>> {
    let json: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let report = report(&Object::of(&json["report"], "")?)?;
    let options = Object::of(&json["options"], "")?;
    let required = |name| Ok::<_, String>(options.text(name)?.unwrap_or_default());
    let limit = options.get("limit", "a whole number", Value::as_u64)?;
    let message = report.message(&ReportOptions {
        from: required("from")?,
        to: required("to")?,
        date: required("date")?,
        message_id: required("message_id")?,
        subject: options.text("subject")?,
        text: options.text("text")?,
        returned,
        headers_only: options.get("headers_only", "a boolean", Value::as_bool)?.unwrap_or(false),
        limit: limit.map(|limit| limit as usize),
    });
    let mut bytes = Vec::new();
    let message = message.map_err(|error| error.to_string())?;
    message.write_io(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn report(given: &Object) -> Result<Report> {
    let mut report = Report::default();
    report.original_envelope_id = given.string("original_envelope_id")?;
    report.reporting_mta = given.typed("reporting_mta", "name")?;
    report.dsn_gateway = given.typed("dsn_gateway", "name")?;
    report.received_from_mta = given.typed("received_from_mta", "name")?;
    report.arrival_date = given.string("arrival_date")?;
    report.extensions = given.extensions()?;
    let recipients = given.get("recipients", "an array", Value::as_array)?;
    for (index, value) in recipients.into_iter().flatten().enumerate() {
        let given = Object::of(value, &format!("recipients[{index}]."))?;
        report.recipients.push(recipient(&given)?);
    }
    Ok(report)
}

fn recipient(given: &Object) -> Result<Recipient> {
    let mut recipient = Recipient::default();
    if let Some(dsn) = given.get("dsn", "a DSN", Some)? {
        let reply =
            reply(dsn).ok_or_else(|| given.error("dsn", "must have a valid code and status"))?;
        recipient = Recipient::from_reply("", Action::Failed, &reply);
    }
    // Null, as `parse_report` returns it if the reply was made from the status.
    if given.fields.contains_key("diagnostic") {
        recipient.diagnostic = given.typed("diagnostic", "text")?;
    }
    if let Some(status) = given.text("status")? {
        let status = status.parse().map_err(|error| given.error("status", &error))?;
        recipient.status = Some(status);
    }
    recipient.original_recipient = given.typed("original_recipient", "address")?;
    recipient.final_recipient = given.typed("final_recipient", "address")?;
    recipient.action = given.text("action")?.map(Action::from);
    recipient.status_comment = given.string("status_comment")?;
    recipient.remote_mta = given.typed("remote_mta", "name")?;
    recipient.last_attempt_date = given.string("last_attempt_date")?;
    recipient.final_log_id = given.string("final_log_id")?;
    recipient.will_retry_until = given.string("will_retry_until")?;
    recipient.extensions = given.extensions()?;
    Ok(recipient)
}

/// The reply of a DSN, which the class passes as `{ code, status, lines }`.
fn reply(dsn: &Value) -> Option<Reply> {
    let code = BasicCode::new(dsn["code"].as_u64()?.try_into().ok()?)?;
    let reply = match &dsn["status"] {
        Value::String(status) => Reply::enhanced(status.parse().ok()?).with_code(code),
        _ => Reply::new(code),
    };
    let lines: Option<Vec<_>> = dsn["lines"].as_array()?.iter().map(Value::as_str).collect();
    Some(reply.with_lines(lines?))
}

/// An object, and how an error names its fields.
struct Object<'v> {
    fields: &'v Map<String, Value>,
    path: String,
}

impl<'v> Object<'v> {
    fn of(value: &'v Value, path: &str) -> Result<Object<'v>> {
        let fields = value
            .as_object()
            .ok_or_else(|| format!("{}: must be an object", path.trim_end_matches('.')))?;
        Ok(Object { fields, path: path.into() })
    }

    fn error(&self, name: &str, problem: &(impl std::fmt::Display + ?Sized)) -> String {
        format!("{}{name}: {problem}", self.path)
    }

    /// The value of a field, of which `read` knows whether it is `expected`; `None` if it is missing
    /// or null.
    fn get<T>(
        &self,
        name: &str,
        expected: &str,
        read: impl Fn(&'v Value) -> Option<T>,
    ) -> Result<Option<T>> {
        let Some(value) = self.fields.get(name).filter(|value| !value.is_null()) else {
            return Ok(None);
        };
        let value = read(value);
        value.map(Some).ok_or_else(|| self.error(name, &format!("must be {expected}")))
    }

    fn text(&self, name: &str) -> Result<Option<&'v str>> {
        self.get(name, "a string", Value::as_str)
    }

    fn string(&self, name: &str) -> Result<Option<String>> {
        Ok(self.text(name)?.map(str::to_owned))
    }

    /// `{ type, [value]: … }`
    fn typed(&self, name: &str, value: &str) -> Result<Option<Typed>> {
        let Some(fields) = self.get(name, "an object", Value::as_object)? else { return Ok(None) };
        let object = Object { fields, path: format!("{}{name}.", self.path) };
        let value = object.string(value)?.ok_or_else(|| object.error(value, "is missing"))?;
        let mut typed = Typed::new("", value);
        typed.kind = object.string("type")?;
        typed.comment = object.string("comment")?;
        Ok(Some(typed))
    }

    /// The values by name.
    fn extensions(&self) -> Result<Vec<(String, String)>> {
        let mut extensions = Vec::new();
        let fields = self.get("extensions", "an object", Value::as_object)?;
        for (name, values) in fields.into_iter().flatten() {
            let values = values.as_array().and_then(|values| {
                values
                    .iter()
                    .map(|value| Some(value.as_str()?.to_owned()))
                    .collect::<Option<Vec<_>>>()
            });
            let values =
                values.ok_or_else(|| self.error("extensions", "must be arrays of strings"))?;
            extensions.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
        Ok(extensions)
    }
}
