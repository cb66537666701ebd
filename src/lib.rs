//! The addon: what JavaScript needs of [`smtp_status`], as functions that take texts, bytes and
//! numbers and give texts, numbers or finished data.
//!
//! - `names`: the helpers under haraka-dsn's names;
//! - `dsn`: a reply in haraka-dsn's shape;
//! - `rules`: how haraka-dsn reads codes, for values that JavaScript has converted to texts;
//! - `json`: the registry, parsed replies and reports, each as one JSON text;
//! - `write_report`: delivery reports that are written, from one JSON text;
//! - `node` or, for WebAssembly, `wasm`: these functions as JavaScript calls them. `docs/design.md`
//!   has their contract.

mod dsn;
mod json;
mod names;
#[cfg(not(target_family = "wasm"))]
mod node;
mod rules;
#[cfg(target_family = "wasm")]
mod wasm;
mod write_report;
