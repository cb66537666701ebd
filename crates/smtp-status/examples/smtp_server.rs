//! A small SMTP server: accepts mail for two mailboxes and discards it.
//!
//! `cargo run --example smtp_server -- 127.0.0.1:2525`; without an address it listens on a free port. It
//! prints the address.

use std::io::{self, BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;
use std::{env, mem, thread};

use smtp_status::{BasicCode, EnhancedCode, Reply, helpers};

const NAME: &str = "mx.example.com";
const TIMEOUT: Duration = Duration::from_secs(5 * 60); // RFC 5321 §4.5.3.2.7
const LINE_OCTETS: u64 = 1000; // RFC 5321 §4.5.3.1.6

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(env::args().nth(1).as_deref().unwrap_or("127.0.0.1:0"))?;
    println!("listening on {}", listener.local_addr()?);
    listen(&listener);
    Ok(())
}

/// Serves each client in a thread of its own.
pub fn listen(listener: &TcpListener) {
    for stream in listener.incoming() {
        thread::spawn(|| {
            if let Err(error) = stream.and_then(serve) {
                eprintln!("connection lost: {error}");
            }
        });
    }
}

fn serve(mut client: TcpStream) -> io::Result<()> {
    client.set_read_timeout(Some(TIMEOUT))?;
    let mut lines = BufReader::new(client.try_clone()?);
    let mut envelope = Envelope::default();
    say(&mut client, Reply::new(BasicCode::SERVICE_READY).with_message(NAME))?;
    loop {
        let line = read_line(&mut lines)?;
        let (verb, argument) = line.split_once(' ').unwrap_or((&line, ""));
        let reply = match verb.to_ascii_uppercase().as_str() {
            "HELO" => Reply::new(BasicCode::OK).with_message(NAME),
            "EHLO" => {
                Reply::new(BasicCode::OK).with_lines([NAME, "PIPELINING", "ENHANCEDSTATUSCODES"])
            }
            "MAIL" if envelope.has_sender => out_of_order("RSET first"),
            "MAIL" => {
                envelope.has_sender = true;
                helpers::addr_unspecified().with_code(BasicCode::OK).with_message("Sender ok")
            }
            "RCPT" if !envelope.has_sender => out_of_order("MAIL first"),
            "RCPT" => {
                let reply = recipient(argument);
                envelope.recipients += u32::from(reply.code().is_success());
                reply
            }
            "DATA" if envelope.recipients == 0 => out_of_order("RCPT first"),
            "DATA" => {
                say(&mut client, Reply::new(BasicCode::START_MAIL_INPUT).with_message("Go on"))?;
                while read_line(&mut lines)? != "." {}
                let recipients = mem::take(&mut envelope).recipients;
                ok(&format!("Taken for {recipients}"))
            }
            "RSET" => {
                envelope = Envelope::default();
                ok("Start again")
            }
            "NOOP" => ok("Nothing done"),
            "QUIT" => return say(&mut client, ok("Bye").with_code(BasicCode::SERVICE_CLOSING)),
            _ => helpers::proto_invalid_command().with_code(BasicCode::COMMAND_UNRECOGNIZED),
        };
        say(&mut client, reply)?;
    }
}

#[derive(Default)]
struct Envelope {
    has_sender: bool,
    recipients: u32,
}

fn recipient(argument: &str) -> Reply {
    match argument.split(['<', '>']).nth(1) {
        None => helpers::addr_bad_dest_syntax(),
        Some("jane@example.com" | "postmaster@example.com") => helpers::addr_rcpt_ok(),
        Some("full@example.com") => helpers::mbox_full(),
        Some(address) if address.ends_with("@example.com") => helpers::no_such_user(),
        Some(address) => {
            let why = "This server takes mail for example.com only. ".repeat(20);
            helpers::relaying_denied().with_message(format!("{why}Not for {address}."))
        }
    }
}

fn ok(message: &str) -> Reply {
    Reply::enhanced(EnhancedCode::SUCCESS).with_message(message)
}

fn out_of_order(message: &str) -> Reply {
    let reply = helpers::proto_invalid_command().with_code(BasicCode::BAD_SEQUENCE_OF_COMMANDS);
    reply.with_message(message)
}

fn say(client: &mut TcpStream, reply: Reply) -> io::Result<()> {
    reply.folded().write_io(client)
}

/// A line without its CR LF. Any other line ending is an error, as is a line that is too long: SMTP
/// smuggling needs servers that disagree about line endings.
fn read_line(lines: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    lines.by_ref().take(LINE_OCTETS).read_until(b'\n', &mut line)?;
    let line = line.strip_suffix(b"\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(String::from_utf8_lossy(line).into_owned())
}
