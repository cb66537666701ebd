//! The addon for Node.js: the functions of this crate through Node-API.
//!
//! No state is kept between calls, so any number of copies, workers and contexts can use the addon
//! side by side.

mod arguments;
mod exports;
mod reply;
mod strip_controls;
