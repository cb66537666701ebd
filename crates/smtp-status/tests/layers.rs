//! The modules form layers: each uses modules of lower layers only.

use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest to the highest.
const LAYERS: &[&[&str]] = &[
    &["text", "mime"],
    &["codes"],
    &["registry"],
    &["table"],
    &["reply"],
    &["parse", "helpers", "serde"],
    &["report"],
];

#[test]
fn a_module_uses_modules_of_lower_layers_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = 0;
    for file in files(&src) {
        let path = file.strip_prefix(&src).unwrap();
        let module = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let layer = layer(module).unwrap_or_else(|| panic!("{module} is in no layer"));
        for name in uses(&fs::read_to_string(&file).unwrap()) {
            let lower = LAYERS[..layer].iter().any(|modules| modules.contains(&&*name));
            assert!(lower || name == module, "{} uses {name}", path.display());
            used += 1;
        }
    }
    assert!(used > 10, "only {used} uses were found");
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// The modules of this crate that a file refers to outside of comments and tests.
fn uses(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let name = |rest: &str| rest.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect();
    code.split("crate::").skip(1).map(name).collect()
}

/// Every Rust file in a folder and its subfolders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
