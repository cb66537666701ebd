//! Sets the link arguments of a Node.js addon; the plain crate needs none.

fn main() {
    #[cfg(feature = "node")]
    napi_build::setup();
}
