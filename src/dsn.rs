//! A reply in haraka-dsn's shape.

use serde::Serialize;
use smtp_status::{Class, EnhancedCode, Reply, Status};

/// The properties of haraka-dsn's objects, in its order, and whether the reply has an enhanced
/// status code: X.0.0 stands for one that is missing.
#[derive(Serialize)]
pub(crate) struct Dsn {
    pub(crate) code: u16,
    /// Left out where JavaScript has `undefined`: the default text applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) msg: Option<Lines>,
    pub(crate) cls: u16,
    pub(crate) sub: u16,
    pub(crate) det: u16,
    pub(crate) default_msg: &'static str,
    pub(crate) reply: Lines,
    has_status: bool,
}

/// A string for one line, an array for several.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Lines {
    One(String),
    Several(Vec<String>),
}

impl Lines {
    fn of(mut lines: Vec<String>) -> Lines {
        if lines.len() == 1 { Lines::One(lines.remove(0)) } else { Lines::Several(lines) }
    }

    pub(crate) fn first(&self) -> &str {
        match self {
            Lines::One(line) => line,
            Lines::Several(lines) => lines.first().map_or("", String::as_str),
        }
    }
}

impl Dsn {
    /// What a server sent; `None` for a 3yz reply: haraka-dsn has no class 3.
    pub(crate) fn of_received(reply: &Reply) -> Option<Dsn> {
        let undefined = |class: Class| EnhancedCode::SUCCESS.with_class(class);
        let status = reply.enhanced_code().or(reply.code().class().map(undefined))?;
        let prefix = prefix(status);
        Some(Dsn {
            code: reply.code().get(),
            msg: Some(Lines::of(reply.lines().map(str::to_owned).collect())),
            cls: status.class().digit(),
            sub: status.subject(),
            det: status.detail(),
            default_msg: status.status().map_or("", Status::message),
            reply: Lines::of(reply.lines().map(|line| [&prefix, line].concat()).collect()),
            has_status: reply.enhanced_code().is_some(),
        })
    }

    /// What a helper or `create` gives without a message; `own_message` is the helper's own text,
    /// which haraka-dsn has as `msg`.
    pub(crate) fn of_default(reply: &Reply, own_message: Option<&str>) -> Option<Dsn> {
        let msg = own_message.map(|own| Lines::One(own.to_owned()));
        Some(Dsn { msg, ..Dsn::of_received(reply)? })
    }
}

/// What precedes the text on each line of `reply`.
pub(crate) fn prefix(status: EnhancedCode) -> String {
    format!("{status} ")
}
