//! Documents state the limits of the parsers as the core has them.

use std::fs;

use smtp_status::{Reply, ReplyReader, Report};

#[test]
fn documents_state_the_limits_of_the_parsers() {
    let thousands = |count: usize| format!("{},{:03}", count / 1_000, count % 1_000);
    let reply = format!("{} lines", thousands(Reply::MAX_PARSED_LINES));
    let read = format!("{} KiB", ReplyReader::MAX_BYTES >> 10);
    let entries = format!("{} recipients, as many other fields", thousands(Report::MAX_ENTRIES));
    let lines = format!("{} lines of replies", thousands(Report::MAX_LINES));
    let value = format!("{} KB of each value", Report::MAX_VALUE >> 10);
    let header = format!("{} KB of the returned header", Report::MAX_HEADER >> 10);
    let text = format!("{} MB of text", Report::MAX_TEXT >> 20);
    for (document, limits) in [
        ("SECURITY.md", &[&reply, &entries, &lines, &header, &text][..]),
        ("docs/parsing.md", &[&reply, &entries, &lines, &value, &header, &text]),
        ("index.d.ts", &[&reply, &entries, &lines, &value, &header, &text]),
        ("crates/smtp-status/README.md", &[&reply, &read]),
    ] {
        let content = fs::read_to_string(document).unwrap();
        let words = content.split_whitespace().filter(|&word| word != "*");
        let content = words.collect::<Vec<_>>().join(" ");
        for limit in limits {
            assert!(content.contains(*limit), "{document}: {limit}");
        }
    }
}
