//! The same work by smtp-status and by its peers: `cargo bench`.

use divan::{Bencher, black_box};
use mail_parser::MessageParser;
use smtp_proto::response::parser::ResponseReceiver;
use smtp_status::{Reply, ReplyReader, Report, helpers};

const LINE: &str = "550 5.1.1 <anna@example.com>: Recipient address rejected\r\n";

fn main() {
    divan::main();
}

#[divan::bench_group(sample_size = 1000)]
mod read_one_line {
    use super::*;

    #[divan::bench]
    fn smtp_status_grammar() -> Reply {
        black_box(LINE).parse().unwrap()
    }

    #[divan::bench]
    fn smtp_status_lenient() -> Reply {
        Reply::parse_lenient(black_box(LINE)).unwrap()
    }

    #[divan::bench]
    fn smtp_status_reader(bencher: Bencher) {
        let mut reader = ReplyReader::new();
        bencher.bench_local(|| {
            reader.push(black_box(LINE).as_bytes());
            reader.next_reply().unwrap().unwrap()
        });
    }

    #[divan::bench]
    fn lettre() -> lettre::transport::smtp::response::Response {
        black_box(LINE).parse().unwrap()
    }

    #[divan::bench]
    fn smtp_proto(bencher: Bencher) {
        let mut receiver = ResponseReceiver::default();
        bencher.bench_local(|| {
            let response = receiver.parse(&mut black_box(LINE).as_bytes().iter()).unwrap();
            receiver.reset();
            response
        });
    }
}

#[divan::bench_group(sample_size = 1000)]
mod write_one_line {
    use super::*;

    #[divan::bench]
    fn smtp_status(bencher: Bencher) {
        let reply = helpers::no_such_user();
        let mut out = Vec::with_capacity(512);
        bencher.bench_local(|| {
            out.clear();
            black_box(&reply).write_io(&mut out).unwrap();
        });
    }

    #[divan::bench]
    fn smtp_status_to_wire(bencher: Bencher) {
        let reply = helpers::no_such_user();
        bencher.bench_local(|| black_box(&reply).to_wire());
    }

    #[divan::bench]
    fn smtp_proto(bencher: Bencher) {
        let response = smtp_proto::Response::new(550, 5, 1, 1, "No such user");
        let mut out = Vec::with_capacity(512);
        bencher.bench_local(|| {
            out.clear();
            black_box(&response).write(&mut out).unwrap();
        });
    }
}

/// A report about 10,000 recipients; mail-parser finds its parts only.
#[divan::bench_group(sample_count = 20)]
mod read_10_000_recipients {
    use super::*;

    fn report() -> String {
        let recipients = (0..10_000).map(|number| {
            format!(
                "\r\nFinal-Recipient: rfc822; user{number}@example.com\r\nAction: failed\r\n\
                 Status: 5.1.1\r\nRemote-MTA: dns; mx.example.com\r\n\
                 Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n",
            )
        });
        format!(
            "Subject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report;\r\n\
             \treport-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\
             {}\r\n--b--\r\n",
            recipients.collect::<String>(),
        )
    }

    #[divan::bench]
    fn smtp_status(bencher: Bencher) {
        let report = report();
        bencher.bench(|| {
            let found = Report::parse(black_box(&report)).unwrap();
            assert_eq!(found.recipients.len(), 10_000);
            found
        });
    }

    #[divan::bench]
    fn mail_parser(bencher: Bencher) {
        let report = report();
        bencher.bench(|| {
            MessageParser::new().parse(black_box(report.as_bytes())).unwrap().parts.len()
        });
    }
}
