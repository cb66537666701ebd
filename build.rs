//! Sets the link arguments of a Node.js addon; the WebAssembly module needs none.

use std::env;

fn main() {
    // Without this line, Cargo runs the script again if any file changes.
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family != "wasm") {
        napi_build::setup();
    }
}
