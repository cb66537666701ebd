//! The generated lists of helpers are up to date with the table; with `GENERATE=1` the tests write them.

use std::fmt::Write;
use std::{env, fs};

use smtp_status::{BasicCode, Class, Helper, STATUSES, Status};

#[path = "../src/names.rs"]
mod names;

#[test]
fn the_types_in_index_d_ts_are_up_to_date() {
    let mut types = String::new();
    for (name, helper) in names::helpers() {
        write_types(&mut types, name, helper);
    }
    check("index.d.ts", "  // #region helpers", "  // #endregion helpers", &types);
}

#[test]
fn the_named_exports_are_up_to_date() {
    let mut lines = vec![" ".to_owned()];
    for (name, _) in names::helpers() {
        if lines.last().unwrap().len() + name.len() + 2 > 100 {
            lines.push(" ".to_owned());
        }
        write!(lines.last_mut().unwrap(), " {name},").unwrap();
    }
    let exports = lines.join("\n") + "\n";
    check("lib/class.js", "  // #region helpers", "  // #endregion helpers", &exports);
}

#[test]
fn the_table_of_helpers_is_up_to_date() {
    let mut table = "
| Helper | Basic code | Status | Text | Codes in the registry | Defined in |
|---|---|---|---|---|---|
"
    .to_owned();
    for status in STATUSES {
        for helper in status.helpers() {
            let code = helper.code().to_string();
            write_row(&mut table, &names_of(helper), &code, status, text(status, helper));
        }
        if status.helpers().is_empty() {
            write_row(&mut table, "", "", status, status.message());
        }
    }
    table.push('\n');
    check("docs/helpers.md", "<!-- helpers -->", "<!-- /helpers -->", &table);
}

/// Every name of a helper.
fn names_of(helper: &Helper) -> String {
    let names = names::helpers().filter(|(_, other)| other.name() == helper.name());
    names.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn text(status: &Status, helper: &Helper) -> &'static str {
    helper.own_message().unwrap_or(status.message())
}

fn write_row(table: &mut String, names: &str, code: &str, status: &Status, text: &str) {
    let (subject, detail) = (status.subject(), status.detail());
    let codes: Vec<_> = status.basic_codes().iter().map(BasicCode::to_string).collect();
    let codes = codes.join(", ");
    let references = status.references().join(", ");
    writeln!(
        table,
        "| {names} | {code} | X.{subject}.{detail} | {text} | {codes} | {references} |"
    )
    .unwrap();
}

fn write_types(types: &mut String, name: &str, helper: &Helper) {
    let (code, status) = (helper.code(), helper.status());
    let class = code.class().expect("no helper has a 3yz code");
    let (subject, detail) = (status.subject(), status.detail());
    let text = text(status, helper);
    let message = status.message();
    let references = status.references().join(", ");
    let verdict = match class {
        Class::Success => "OK",
        Class::Transient => "DENYSOFT",
        Class::Permanent => "DENY",
    };
    let status = if text == message { String::new() } else { format!("{message}; ") };
    let right = names::name(helper);
    let deprecated = if name == right {
        String::new()
    } else {
        format!("\n   * @deprecated An old guide misspelt {{@link DSN.{right} | {right}}}.")
    };
    write!(
        types,
        "
  /**
   * `{code} {class}.{subject}.{detail} {text}` ({status}{references})
   *
   * @example next({verdict}, DSN.{name}()){deprecated}
   */
  function {name}(msg?: DSN.Message, code?: DSN.Code): DSN
"
    )
    .unwrap();
}

/// Compares the text between two markers of a file with the expected one, or writes it.
fn check(file: &str, start: &str, end: &str, expected: &str) {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    let content = fs::read_to_string(&path).unwrap();
    let (before, rest) = content.split_once(start).expect("the start marker");
    let (line, rest) = rest.split_once('\n').expect("text after the start marker");
    let (found, after) = rest.split_once(end).expect("the end marker");
    if env::var_os("GENERATE").is_some() {
        fs::write(&path, format!("{before}{start}{line}\n{expected}{end}{after}")).unwrap();
    } else {
        assert!(found == expected, "{file} is out of date: npm run generate");
    }
}
