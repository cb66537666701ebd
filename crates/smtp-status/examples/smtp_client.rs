//! A small SMTP client: sends a message, and tells what to do about each recipient.
//!
//! `cargo run --example smtp_client -- 127.0.0.1:2525 jane@example.com full@example.com`, to the
//! address that `smtp_server` prints.

use std::io::{self, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;
use std::{env, fmt};

use smtp_status::{Reply, ReplyReader};

const NAME: &str = "client.example.net";
const TIMEOUT: Duration = Duration::from_secs(5 * 60); // RFC 5321 §4.5.3.2
const SENDER: &str = "joe@example.net";
const MESSAGE: &str = "Subject: Hello\r\n\r\nHello!\r\n.\r\n";

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let server = arguments.next().expect("the address of a server");
    let recipients: Vec<_> = arguments.collect();
    for (recipient, outcome) in recipients.iter().zip(send(server, &recipients)?) {
        println!("{recipient}: {outcome}");
    }
    Ok(())
}

/// What a server's last word means for a recipient.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// The server has the message.
    Delivered(Reply),
    /// Try again later.
    Retry(Reply),
    /// Report the failure to the sender.
    Bounce(Reply),
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Outcome {
        // The basic code decides; the enhanced status code is for the report.
        match reply.code() {
            code if code.is_success() => Outcome::Delivered(reply),
            code if code.is_permanent() => Outcome::Bounce(reply),
            _ => Outcome::Retry(reply),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Delivered(reply) => write!(f, "delivered: {}", reply.one_line()),
            Outcome::Retry(reply) => write!(f, "retry: {}", reply.one_line()),
            Outcome::Bounce(reply) => write!(f, "bounce: {}", reply.one_line()),
        }
    }
}

/// Sends the message and returns the outcome for each recipient.
///
/// # Errors
///
/// The connection was lost, or the server does not speak SMTP: try again later.
pub fn send(server: impl ToSocketAddrs, recipients: &[String]) -> io::Result<Vec<Outcome>> {
    let mut server = Connection::open(server)?;
    let greeting = server.reply()?;
    if !greeting.code().is_success() {
        return Ok(for_all(recipients, &greeting));
    }
    let hello = server.command(&format!("EHLO {NAME}\r\n"))?;
    if !hello.lines().skip(1).any(|line| line.eq_ignore_ascii_case("PIPELINING")) {
        return Err(io::Error::other("the server does not take commands together"));
    }

    // These commands are sent together, and their replies are read one after another (RFC 2920).
    let mut commands = format!("MAIL FROM:<{SENDER}>\r\n");
    commands.extend(recipients.iter().map(|recipient| format!("RCPT TO:<{recipient}>\r\n")));
    let sender = server.command(&(commands + "DATA\r\n"))?;
    let replies: Vec<_> = recipients.iter().map(|_| server.reply()).collect::<io::Result<_>>()?;
    let data = server.reply()?;

    let taken = if data.code().is_intermediate() { server.command(MESSAGE)? } else { data };
    // The message is the server's by now, or never: nothing depends on how the connection ends.
    drop(server.command("QUIT\r\n"));
    if !sender.code().is_success() {
        return Ok(for_all(recipients, &sender));
    }
    let outcome = |reply: Reply| if reply.code().is_success() { taken.clone() } else { reply };
    Ok(replies.into_iter().map(outcome).map(Outcome::from).collect())
}

fn for_all(recipients: &[String], reply: &Reply) -> Vec<Outcome> {
    recipients.iter().map(|_| reply.clone().into()).collect()
}

struct Connection {
    stream: TcpStream,
    replies: ReplyReader,
}

impl Connection {
    fn open(server: impl ToSocketAddrs) -> io::Result<Connection> {
        let stream = TcpStream::connect(server)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(Connection { stream, replies: ReplyReader::new() })
    }

    fn command(&mut self, command: &str) -> io::Result<Reply> {
        self.stream.write_all(command.as_bytes())?;
        self.reply()
    }

    fn reply(&mut self) -> io::Result<Reply> {
        self.replies.read_io(&mut self.stream)
    }
}
