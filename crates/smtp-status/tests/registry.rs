//! The table matches the IANA registry of enhanced status codes as of 2024-12-06.

use smtp_status::{BasicCode, STATUSES, Status};

const REGISTRY: &str = include_str!("data/smtp-enhanced-status-codes.csv");

/// Registry texts that haraka-dsn spells differently, with its spelling, which is kept.
const HARAKA_DSN_SPELLINGS: &[(&str, &str)] = &[
    ("Other undefined Status", "Other undefined status"),
    ("Conversion Failed", "Conversion failed"),
];

/// The registry's remarks where it has no list of basic codes.
const NO_LIST: [&str; 3] = ["Any", "Not given", "5XX"];

#[test]
fn the_table_has_the_codes_of_the_registry_in_its_order() {
    let codes: Vec<_> = STATUSES.iter().map(code).collect();
    assert_eq!(codes, rows().iter().map(|row| row.code.as_str()).collect::<Vec<_>>());
    assert!(codes.len() > 80);
}

#[test]
fn each_status_has_the_text_of_the_registry() {
    for (status, row) in STATUSES.iter().zip(rows()) {
        let own = HARAKA_DSN_SPELLINGS.iter().find(|(registered, _)| *registered == row.text);
        let expected = own.map_or(row.text.as_str(), |&(_, own)| own);
        assert_eq!(status.message(), expected, "{}", row.code);
        assert_eq!(status.to_string(), format!("{} {expected}", row.code).trim_end());
    }
}

#[test]
fn each_status_has_the_basic_codes_of_the_registry() {
    for (status, row) in STATUSES.iter().zip(rows()) {
        assert_eq!(status.basic_codes(), row.basic_codes(), "{}", row.code);
    }
}

#[test]
fn each_status_has_the_references_of_the_registry() {
    for (status, row) in STATUSES.iter().zip(rows()) {
        let references = status.references().join(";").replace("RFC ", "RFC");
        assert_eq!(references, row.references, "{}", row.code);
    }
}

fn code(status: &Status) -> String {
    format!("X.{}.{}", status.subject(), status.detail())
}

struct Row {
    code: String,
    text: String,
    codes: String,
    references: String,
}

impl Row {
    fn basic_codes(&self) -> Vec<BasicCode> {
        if self.codes.is_empty() || NO_LIST.contains(&self.codes.as_str()) {
            return Vec::new();
        }
        // "450, 550 (other 4XX or 5XX codes are allowed)", "250 or 251"
        let (list, _remark) = self.codes.split_once(" (").unwrap_or((&self.codes, ""));
        let numbers = list.split([',', ' ']).filter(|word| !matches!(*word, "" | "or"));
        numbers.map(|number| BasicCode::new(number.parse().unwrap()).unwrap()).collect()
    }
}

fn rows() -> Vec<Row> {
    let mut lines = REGISTRY.lines();
    assert_eq!(lines.next(), Some("code,sample_text,basic_codes,references,note"));
    lines
        .map(|line| {
            let [code, text, codes, references, _note] = fields(line).try_into().unwrap();
            Row { code, text, codes, references }
        })
        .collect()
}

/// The fields of a line of CSV; no field of the registry contains a quotation mark.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}
