#![doc = include_str!("../README.md")]
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

// Layers, each of which uses only those to the left of it:
// text, mime <- codes <- registry <- table <- reply <- parse, helpers, serde <- report
mod codes;
pub mod helpers;
mod mime;
mod parse;
mod registry;
mod reply;
mod report;
#[cfg(feature = "serde")]
mod serde;
mod table;
mod text;

pub use codes::{BasicCode, Class, EnhancedCode, InvalidCode};
pub use parse::{ParseReplyError, ReplyErrorKind, ReplyReader};
pub use reply::Reply;
pub use report::{
    Action, Recipient, Report, ReportMessage, ReportOptions, Returned, Typed, WriteReportError,
};
pub use table::{Helper, STATUSES, Status};
pub use text::{find_control, strip_controls};
