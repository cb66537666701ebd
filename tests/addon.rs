//! Builds the addon and runs its JavaScript tests: for `cargo mutants` on `src/node`, whose code only
//! Node.js can call.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The fastest first: they catch nearly every mutant.
const TESTS: [&[&str]; 4] = [
    &["backend.test", "accessors.test", "registry.test"],
    &["bare-binary.test"],
    &["parity.test", "injection.slow", "multiple-instances.test", "deviations.test"],
    &["differential.slow", "hostile.slow", "panic.test", "parse.test"],
];

#[test]
#[ignore = "npm test runs the same tests; this is for cargo mutants"]
fn the_javascript_tests_pass() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = build(root);
    let [binary] = &binaries(root)[..] else {
        panic!("prebuilds must have exactly one binary: npm ci")
    };
    // Removed, not overwritten: a process may have the old one mapped.
    fs::remove_file(binary).unwrap();
    fs::copy(library, binary).unwrap();
    for files in TESTS {
        let files = files.iter().map(|name| format!("__test__/{name}.js"));
        let status = Command::new("node").arg("--test").args(files).current_dir(root).status();
        assert!(status.unwrap().success());
    }
}

/// Builds the addon without optimizations, in a third of the time.
fn build(root: &Path) -> PathBuf {
    let target = root.join("target/addon");
    let args = ["rustc", "--lib", "--crate-type", "cdylib", "--features", "node", "--target-dir"];
    let status = Command::new(env!("CARGO")).args(args).arg(&target).current_dir(root).status();
    assert!(status.unwrap().success());
    let name = [env::consts::DLL_PREFIX, "haraka_dsn_rs", env::consts::DLL_SUFFIX].concat();
    target.join("debug").join(name)
}

fn binaries(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("prebuilds")).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}
