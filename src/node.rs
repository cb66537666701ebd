//! The N-API layer: the core as functions that JavaScript can call.
//!
//! - [`plain`]: each helper under its own name, a native function whose data is its row of the table.
//!   It returns a finished object, made by the core's [`Reply`].
//! - [`bound`]: in `unbound`, one function for all helpers. The class binds it to a JavaScript
//!   function for each of them, its maker, which makes an instance of the class. Calling JavaScript
//!   is faster than setting seven properties through Node-API, and a bound function keeps its maker
//!   alive without a Node-API reference.
//!
//! No state is kept between calls, so any number of copies, workers and contexts can use the addon
//! side by side.
//!
//! [`Reply`]: crate::Reply

mod arguments;
mod bound;
mod exports;
#[cfg(feature = "floor")]
mod floor;
mod object;
mod parse;
mod plain;
mod raw;
mod report;
mod rules;
mod statuses;
