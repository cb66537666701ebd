//! The addon, built and tested with JavaScript: what `cargo mutants` runs for each mutant of
//! `src/node`, whose code only Node.js can call.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The quickest first: nearly every mutant fails there.
const TESTS: [&[&str]; 4] = [
    &["backend", "accessors", "registry"],
    &["bare-binary"],
    &["parity", "injection", "copies", "deviations"],
    &["differential", "hostile", "panic", "parse"],
];

#[test]
#[ignore = "npm test runs the same tests; this is for cargo mutants"]
fn the_javascript_tests_pass() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = build(root);
    let [binary] = &binaries(root)[..] else { panic!("prebuilds has not one binary: npm ci") };
    // Not overwritten: a process may have the old one mapped.
    fs::remove_file(binary).unwrap();
    fs::copy(library, binary).unwrap();
    for files in TESTS {
        let files = files.iter().map(|name| format!("__test__/{name}.test.js"));
        let status = Command::new("node").arg("--test").args(files).current_dir(root).status();
        assert!(status.unwrap().success());
    }
}

/// Builds the addon without optimizations, which takes a third of the time.
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
