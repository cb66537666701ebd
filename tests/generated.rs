//! `index.d.ts` and the README list every helper. Both lists derive from the table, and these
//! tests fail when one of them is out of date; with `GENERATE=1` they write it instead.

use std::fmt::Write;
use std::{env, fs};

use haraka_dsn_rs::{Class, Helper, STATUSES, Status};

#[test]
fn the_types_in_index_d_ts_are_up_to_date() {
    let mut types = String::new();
    for (status, helper) in helpers() {
        write_types(&mut types, helper.name(), status, helper);
        if let Some(old_name) = helper.old_name() {
            write_types(&mut types, old_name, status, helper);
        }
    }
    check("index.d.ts", "  // #region helpers", "  // #endregion helpers", &types);
}

#[test]
fn the_table_in_the_readme_is_up_to_date() {
    let mut table = "\n| Helper | Basic code | Status | Text |\n|---|---|---|---|\n".to_owned();
    for (status, helper) in helpers() {
        let code = helper.code();
        let (subject, detail) = (status.subject(), status.detail());
        let text = text(status, helper);
        let mut names = format!("`{}`", helper.name());
        if let Some(old_name) = helper.old_name() {
            write!(names, ", `{old_name}`").unwrap();
        }
        writeln!(table, "| {names} | {code} | X.{subject}.{detail} | {text} |").unwrap();
    }
    table.push('\n');
    check("README.md", "<!-- helpers -->", "<!-- /helpers -->", &table);
}

fn helpers() -> impl Iterator<Item = (&'static Status, &'static Helper)> {
    STATUSES.iter().flat_map(|status| status.helpers().iter().map(move |helper| (status, helper)))
}

fn text(status: &Status, helper: &Helper) -> &'static str {
    helper.own_message().unwrap_or(status.message())
}

fn write_types(types: &mut String, name: &str, status: &Status, helper: &Helper) {
    let code = helper.code();
    let class = code.class();
    let (subject, detail) = (status.subject(), status.detail());
    let text = text(status, helper);
    let message = status.message();
    let references = status.references().join(", ");
    let verdict = match class {
        Class::Success => "OK",
        Class::Transient => "DENYSOFT",
        Class::Permanent => "DENY",
    };
    let deprecated = if name == helper.name() {
        String::new()
    } else {
        let name = helper.name();
        format!("\n   * @deprecated An old guide misspelt {{@link DSN.{name} | {name}}}.")
    };
    write!(
        types,
        "
  /**
   * Replies `{code} {class}.{subject}.{detail} {text}`.
   *
   * X.{subject}.{detail} is \"{message}\" ({references}).
   *
   * @param msg the text, an array for several lines; default: {text}
   * @param code the basic code; default: {code}
   * @example
   * next({verdict}, DSN.{name}()){deprecated}
   */
  static {name}(msg?: DSN.Message, code?: DSN.Code): DSN
"
    )
    .unwrap();
}

/// Compares what stands between two markers of a file with what should, or puts it there.
fn check(file: &str, start: &str, end: &str, expected: &str) {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    let content = fs::read_to_string(&path).unwrap();
    let (before, rest) = content.split_once(start).expect("the start marker");
    let (line, rest) = rest.split_once('\n').expect("text after the start marker");
    let (found, after) = rest.split_once(end).expect("the end marker");
    if env::var_os("GENERATE").is_some() {
        fs::write(&path, format!("{before}{start}{line}\n{expected}{end}{after}")).unwrap();
    } else {
        assert!(found == expected, "{file} is out of date; to write it: npm run generate");
    }
}
