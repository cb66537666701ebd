#![doc = include_str!("../README.md")]
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
extern crate alloc;

// Layers, each of which uses only those to the left of it:
// text, mime <- codes <- reply <- registry, parse, serde <- report
mod codes;
mod mime;
mod parse;
mod registry;
mod reply;
mod report;
#[cfg(feature = "serde")]
mod serde;
mod text;

pub use codes::{BasicCode, Class, EnhancedCode, InvalidCode};
pub use parse::{ParseReplyError, ReplyErrorKind, ReplyReader};
pub use registry::{Helper, STATUSES, Status, helpers};
pub use reply::Reply;
pub use report::{
    Action, Recipient, Report, ReportMessage, ReportOptions, Returned, Typed, WriteReportError,
};
pub use text::{find_control, strip_controls};
