//! Builds the addon and runs its JavaScript tests: for `cargo mutants`, because only Node.js can call
//! the addon.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    let status = Command::new("npm").args(["run", "test:mutant"]).current_dir(root).status();
    assert!(status.unwrap().success());
}

/// Builds the addon with few optimizations, in a fraction of the time.
fn build(root: &Path) -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--lib"])
        .args(["--config", "profile.dev.opt-level=1", "--config", "profile.dev.debug=0"])
        .args(["--target-dir", "target/addon"])
        .current_dir(root)
        .status();
    assert!(status.unwrap().success());
    let name = [env::consts::DLL_PREFIX, "haraka_dsn_rs", env::consts::DLL_SUFFIX].concat();
    root.join("target/addon/debug").join(name)
}

fn binaries(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("prebuilds")).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "node")).collect()
}
