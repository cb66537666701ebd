//! The examples work with each other: the client sends mail to the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use smtp_client::{Outcome, send};
use smtp_status::{Reply, ReplyReader, helpers};

#[path = "../examples/smtp_client.rs"]
#[expect(dead_code, reason = "main")]
mod smtp_client;
#[path = "../examples/smtp_server.rs"]
#[expect(dead_code, reason = "main")]
mod smtp_server;

/// A server that runs until the test ends.
fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || smtp_server::listen(&listener));
    address
}

/// A server that says this, after the commands that come before each part.
fn scripted(parts: &'static [(usize, &'static str)]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        for (commands, replies) in parts {
            lines.by_ref().take(*commands).for_each(|line| drop(line.unwrap()));
            stream.write_all(replies.as_bytes()).unwrap();
        }
    });
    address
}

fn recipients(recipients: &[&str]) -> Vec<String> {
    recipients.iter().map(|&recipient| recipient.to_owned()).collect()
}

#[test]
fn the_client_decides_about_each_recipient() {
    let to = ["jane@example.com", "full@example.com", "nobody@example.com", "anna@example.org"];
    let outcomes = send(server(), &recipients(&to)).unwrap();
    let taken = "250 2.0.0 Taken for 1".parse().unwrap();
    let [delivered, full, nobody, elsewhere] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!(*delivered, Outcome::Delivered(taken));
    assert_eq!(*full, Outcome::Retry(helpers::mbox_full()));
    assert_eq!(*nobody, Outcome::Bounce(helpers::no_such_user()));
    let Outcome::Bounce(reply) = elsewhere else { panic!("{elsewhere}") };
    assert!(reply.lines().len() > 1);
    assert!(elsewhere.to_string().starts_with("bounce: 550 5.7.1 This server takes mail for"));
}

#[test]
fn no_recipient_gets_a_message_if_the_server_takes_none() {
    let outcomes = send(server(), &recipients(&["nobody@example.com"])).unwrap();
    assert_eq!(outcomes, [Outcome::Bounce(helpers::no_such_user())]);
}

#[test]
fn every_recipient_waits_for_a_server_that_is_busy() {
    let busy = scripted(&[(0, "421 4.3.2 Busy\r\n")]);
    let outcomes = send(busy, &recipients(&["jane@example.com", "anna@example.com"])).unwrap();
    let reply: Reply = "421 4.3.2 Busy".parse().unwrap();
    assert_eq!(outcomes, [Outcome::Retry(reply.clone()), Outcome::Retry(reply)]);
}

#[test]
fn a_sender_that_is_refused_is_refused_for_every_recipient() {
    let refusing = scripted(&[
        (0, "220 mx.example.com\r\n"),
        (1, "250-mx.example.com\r\n250 pipelining\r\n"),
        (3, "550 5.7.1 No\r\n503 5.5.1 MAIL first\r\n503 5.5.1 RCPT first\r\n"),
        (1, "221 2.0.0 Bye\r\n"),
    ]);
    let outcomes = send(refusing, &recipients(&["jane@example.com"])).unwrap();
    assert_eq!(outcomes, [Outcome::Bounce("550 5.7.1 No".parse().unwrap())]);
}

#[test]
fn replies_that_arrive_byte_by_byte_are_read() {
    let mut stream = TcpStream::connect(server()).unwrap();
    stream
        .write_all(b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@example.com>\r\nQUIT\r\n")
        .unwrap();
    let mut reader = ReplyReader::new();
    let mut replies = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte).unwrap() > 0 {
        reader.push(&byte);
        replies.extend(reader.next_reply().unwrap());
    }
    assert_eq!(
        replies.iter().map(|reply| reply.code().get()).collect::<Vec<_>>(),
        [220, 250, 250, 550, 221]
    );
    assert_eq!(reader.unread(), b"");
}
