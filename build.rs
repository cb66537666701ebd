//! Sets the link arguments of a Node.js addon; the plain crate needs none.

fn main() {
    // Nor does it depend on any other file: without this, Cargo looks at all there are.
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "node")]
    napi_build::setup();
}
