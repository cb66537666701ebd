//! The N-API layer: what `index.js` builds the class `DSN` from.
//!
//! A helper is one native function, [`Helper`], bound to a JavaScript function that makes the
//! finished object from constants of its own. The binding, not this layer, holds what a helper
//! needs: nothing here is kept between calls, so any number of copies, workers and contexts can
//! use the addon side by side, and nothing can leak.
//!
//! Each function takes the arguments that real callers pass (strings, numbers, nothing) in the
//! fewest calls of Node-API. All others, where JavaScript's coercions can run the caller's own
//! code, it hands on unchanged, marked as such, to the function that it is bound to.

mod calls;
mod exports;
#[cfg(feature = "floor")]
mod floor;
mod parse;
mod raw;
mod records;
