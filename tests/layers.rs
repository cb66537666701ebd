//! Each part of the project consists of layers: a module uses modules of lower layers only.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers of a part, from the lowest to the highest, with the names of their modules.
type Layers = &'static [&'static [&'static str]];

const CORE: Layers =
    &[&["text", "mime"], &["codes"], &["reply"], &["registry", "parse", "serde"], &["report"]];

const ADDON: Layers = &[&["names", "dsn", "rules"], &["json", "write_report"], &["node", "wasm"]];

/// First the backends, then the class.
const JAVASCRIPT: Layers = &[
    &["wasm-instance", "haraka-dsn.wasm"],
    &["wasm"],
    &["fallback"],
    &["binding"],
    &["class"],
    &["index", "wasm-inline"],
];

#[test]
fn the_core_uses_lower_layers_only() {
    check(&rust_modules("crates/smtp-status/src"), CORE, rust_uses);
}

#[test]
fn the_addon_uses_lower_layers_only() {
    check(&rust_modules("src"), ADDON, rust_uses);
}

#[test]
fn only_the_layer_for_node_js_uses_node_api() {
    for (module, source) in rust_modules("src") {
        assert!(module == "node" || !source.contains("napi"), "{module}");
    }
}

#[test]
fn javascript_uses_lower_layers_only() {
    let entries = ["binding.js", "index.js", "wasm-inline.js"].map(|name| root().join(name));
    let files = files("lib").into_iter().chain(entries);
    let modules: Vec<_> = files.map(|file| (stem(&file), read(&file))).collect();
    check(&modules, JAVASCRIPT, javascript_uses);
}

/// Checks the modules of a part, each with its source; `uses` finds the modules that a source uses.
fn check(modules: &[(String, String)], layers: Layers, uses: fn(&str) -> Vec<String>) {
    let layer_of = |module: &str| layers.iter().position(|layer| layer.contains(&module));
    let mut used = 0;
    for (module, source) in modules {
        let layer = layer_of(module).unwrap_or_else(|| panic!("{module} is in no layer"));
        for name in uses(source) {
            let is_lower = layer_of(&name).is_some_and(|other| other < layer);
            assert!(is_lower || name == *module, "{module} uses {name}");
            used += 1;
        }
    }
    assert!(used >= layers.len(), "only {used} uses were found");
}

/// The modules of this crate that a file refers to outside of comments and tests.
fn rust_uses(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let name = |path: &str| -> String {
        path.trim_start().chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect()
    };
    let names = |rest: &str| match rest.strip_prefix('{') {
        Some(group) => group.split('}').next().unwrap().split(',').map(name).collect(),
        None => vec![name(rest)],
    };
    code.split("crate::").skip(1).flat_map(names).collect()
}

/// The files of this package that a file requires, without their extensions.
fn javascript_uses(source: &str) -> Vec<String> {
    let paths = source.split("require('.").skip(1);
    paths.map(|rest| stem(Path::new(rest.split('\'').next().unwrap()))).collect()
}

/// The modules in a folder: the name of each one's file or folder, and the source of each file.
fn rust_modules(folder: &str) -> Vec<(String, String)> {
    let module = |file: &PathBuf| {
        let path = file.strip_prefix(root().join(folder)).unwrap();
        stem(Path::new(path.iter().next().unwrap()))
    };
    let modules = files(folder).into_iter().map(|file| (module(&file), read(&file)));
    modules.filter(|(module, _)| module != "lib").collect()
}

/// Every file in a folder and its subfolders.
fn files(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(path) } else { vec![path] }).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}
