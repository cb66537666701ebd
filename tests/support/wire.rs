//! How a reply goes over the wire.

use haraka_dsn_rs::Reply;

/// A reply as a server writes it.
pub fn wire(reply: &Reply) -> String {
    let code = reply.code();
    let lines: Vec<_> = reply.lines().collect();
    let (last, others) = lines.split_last().expect("a line");
    let others = others.iter().map(|line| format!("{code}-{line}\r\n"));
    others.chain([format!("{code} {last}\r\n")]).collect()
}
