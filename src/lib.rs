#![doc = include_str!("README.md")]
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

// Layers, each of which uses only those to the left of it:
// text, mime <- codes <- table (whose rows are in registry) <- reply <- parse, helpers, serde <- report
// <- javascript <- node, wasm
mod codes;
pub mod helpers;
#[cfg(all(feature = "javascript", not(test)))]
mod javascript;
mod mime;
#[cfg(all(feature = "node", not(test)))] // unit tests run outside Node.js, which has Node-API
mod node;
mod parse;
mod registry;
mod reply;
mod report;
#[cfg(feature = "serde")]
mod serde;
mod table;
mod text;
#[cfg(all(feature = "wasm", not(test)))]
mod wasm;

pub use codes::{BasicCode, Class, CodeRangeError, EnhancedCode, ParseCodeError};
pub use parse::ParseReplyError;
pub use reply::Reply;
pub use report::{Recipient, Report, Typed};
pub use table::{Helper, STATUSES, Status};
pub use text::{Text, strip_controls};
