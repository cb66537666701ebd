//! The IANA registry of enhanced status codes (RFC 5248), and a helper for each reason to reply with one.
//!
//! [`rows`] has the data, from which everything else is made.

mod helper;
pub mod helpers;
mod rows;
mod status;

pub use helper::Helper;
pub use status::{STATUSES, Status};
