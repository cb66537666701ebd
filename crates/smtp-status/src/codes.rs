//! The codes of a reply: basic codes (RFC 5321 §4.2) and enhanced status codes (RFC 3463 §2).

mod basic;
mod class;
mod enhanced;
mod error;

pub use basic::BasicCode;
pub use class::Class;
pub use enhanced::EnhancedCode;
pub use error::InvalidCode;

pub(crate) use enhanced::{Prefix, subject_and_detail};
