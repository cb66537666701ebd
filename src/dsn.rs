//! A reply in haraka-dsn's shape.

use serde::Serialize;
use smtp_status::{Reply, Status};

/// What a helper or `create` gives without a message: the properties of haraka-dsn's objects, in its
/// order.
#[derive(Serialize)]
pub(crate) struct Dsn<'r> {
    pub(crate) code: u16,
    /// The helper's own text, `undefined` in JavaScript if it has none.
    pub(crate) msg: Option<&'r str>,
    pub(crate) cls: u16,
    pub(crate) sub: u16,
    pub(crate) det: u16,
    pub(crate) default_msg: &'static str,
    pub(crate) reply: String,
}

impl Dsn<'_> {
    /// `None` for a reply without an enhanced status code.
    pub(crate) fn of<'r>(reply: &Reply, own_message: Option<&'r str>) -> Option<Dsn<'r>> {
        let status = reply.enhanced_code()?;
        Some(Dsn {
            code: reply.code().get(),
            msg: own_message,
            cls: status.class().digit(),
            sub: status.subject(),
            det: status.detail(),
            default_msg: status.status().map_or("", Status::message),
            reply: reply.lines_with_status().next()?,
        })
    }
}
