//! The public API of smtp-status is the one in `smtp-status/public-api.txt`: a change of it is seen in a
//! review. `UPDATE_PUBLIC_API=1 npm run test:peers` writes the list anew.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn the_public_api_is_the_one_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = folder.join("target/public-api");
    let status = Command::new(env!("CARGO"))
        .args(["rustdoc", "--locked", "--package", "smtp-status", "--all-features", "--lib"])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1") // rustdoc's JSON is unstable
        .current_dir(folder.join("../.."))
        .status();
    assert!(status.unwrap().success());

    let api = public_api::Builder::from_rustdoc_json(target.join("doc/smtp_status.json"))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .unwrap()
        .to_string();
    let file = folder.join("../smtp-status/public-api.txt");
    if env::var_os("UPDATE_PUBLIC_API").is_some() {
        fs::write(&file, &api).unwrap();
    }
    let list = fs::read_to_string(&file).unwrap();
    for line in api.lines() {
        let is_listed = list.lines().any(|listed| listed == line);
        assert!(is_listed, "UPDATE_PUBLIC_API=1 npm run test:peers adds to public-api.txt: {line}");
    }
    assert_eq!(api, list);
}
