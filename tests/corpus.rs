//! Replays the fuzzer's corpus of smtp-status with stable Rust, without the fuzzer.

#[path = "../crates/smtp-status/fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

fn replay(name: &str, target: fn(&[u8])) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/smtp-status/fuzz/corpus").join(name);
    let mut files = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display()); // shown only if the test fails; the last one is the culprit
        target(&fs::read(path).unwrap());
        files += 1;
    }
    assert!(files > 0, "no files in {}", folder.display());
}

#[test]
fn replies_are_rendered() {
    replay("render", targets::render);
}

#[test]
fn replies_are_parsed() {
    replay("parse", targets::parse);
}

#[test]
fn reports_are_parsed() {
    replay("report", targets::report);
}

#[test]
fn statuses_are_looked_up() {
    replay("lookup", targets::lookup);
}
