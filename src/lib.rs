//! SMTP replies with enhanced status codes: the core of a drop-in for Haraka's `haraka-dsn`.
//!
//! A reply has a basic code (`550`, RFC 5321), an enhanced status code (`5.1.1`, RFC 3463 and the
//! [IANA registry]) and a text. [`helpers`] has a function for each reason to refuse or accept
//! mail, [`STATUSES`] is the registry they come from, and [`Reply::parse`] reads what another server
//! replied.
//!
//! ```
//! use haraka_dsn_rs::helpers::no_such_user;
//!
//! let reply = no_such_user();
//! assert_eq!(format!("{} {reply}", reply.code()), "550 5.1.1 No such user");
//! ```
//!
//! The feature `node` adds the layer that makes this crate a Node.js addon. Without it the crate
//! has no dependency, does no I/O and has no unsafe code.
//!
//! [IANA registry]: https://www.iana.org/assignments/smtp-enhanced-status-codes/

extern crate alloc;

mod code;
#[cfg(all(feature = "node", not(test)))] // unit tests run outside Node.js, which has Node-API
mod node;
mod mime;
mod parse;
mod reply;
mod report;
mod scan;
mod table;
mod text;

pub use code::{BasicCode, Class};
pub use reply::{EnhancedCode, Reply};
pub use report::{Recipient, Report, Typed};
pub use table::{Helper, STATUSES, Status, helpers};
pub use text::strip_controls;
