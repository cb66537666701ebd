//! The core alone, without Node.js: `cargo bench`.

use divan::{Bencher, black_box, counter::BytesCount};
use smtp_status::{Class, EnhancedCode, Reply, Status, helpers, strip_controls};

fn main() {
    divan::main();
}

#[divan::bench]
fn default_reply() -> String {
    helpers::no_such_user().to_string()
}

#[divan::bench]
fn reply_with_a_message() -> String {
    helpers::no_such_user().with_message(black_box("Never heard of her")).to_string()
}

#[divan::bench]
fn reply_with_any_status() -> String {
    let code = EnhancedCode::new(Class::Permanent, black_box(7), black_box(26)).unwrap();
    Reply::enhanced(code).to_string()
}

#[divan::bench]
fn write_a_default_reply() {
    helpers::no_such_user().write_io(&mut black_box(std::io::sink())).unwrap();
}

#[divan::bench]
fn fold_a_long_line(bencher: Bencher) {
    let text = "four ".repeat(1_000);
    bencher.bench(|| helpers::no_such_user().with_message(black_box(&text)).folded());
}

#[divan::bench]
fn parse_two_lines() -> Option<Reply> {
    Reply::parse_lenient(black_box(
        "550-5.1.1 No such user\r\n550 5.1.1 See https://example.com/\r\n",
    ))
}

#[divan::bench]
fn lookup() -> Option<&'static Status> {
    Status::get(black_box(7), black_box(26))
}

#[divan::bench(args = [10, 100, 1_000, 10_000, 100_000, 1_000_000])]
fn strip_a_clean_text(bencher: Bencher, length: usize) {
    let text = "x".repeat(length);
    bencher.counter(BytesCount::new(length)).bench(|| strip_controls(black_box(&text)).len());
}

#[divan::bench(args = [10, 100, 1_000, 10_000, 100_000, 1_000_000])]
fn strip_a_text_of_lines(bencher: Bencher, length: usize) {
    let text = "nine char\n".repeat(length / 10);
    bencher.counter(BytesCount::new(length)).bench(|| strip_controls(black_box(&text)).len());
}
