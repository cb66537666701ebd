//! The loop in the documentation of `ReplyReader` works with tokio.

use smtp_status::{Reply, ReplyReader};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, duplex};

async fn read_reply(
    stream: &mut (impl AsyncRead + Unpin),
    replies: &mut ReplyReader,
) -> std::io::Result<Reply> {
    let mut bytes = [0; 4096];
    loop {
        if let Some(reply) = replies.next_reply()? {
            return Ok(reply);
        }
        match stream.read(&mut bytes).await? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => replies.push(&bytes[..count]),
        }
    }
}

#[tokio::test]
async fn replies_are_read_from_a_stream() {
    // The server's bytes arrive three at a time.
    let (mut client, mut server) = duplex(3);
    let sent = async move {
        server.write_all(b"250-mx.example.com\r\n250 PIPELINING\r\n354 Go on\r\n25").await.unwrap();
    };
    let read = async {
        let mut replies = ReplyReader::new();
        let mut next = async || read_reply(&mut client, &mut replies).await;
        assert_eq!(next().await.unwrap().text(), "mx.example.com PIPELINING");
        assert_eq!(next().await.unwrap().code(), 354);
        assert_eq!(next().await.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
    };
    tokio::join!(sent, read);
}

/// The documentation cannot depend on tokio: this is the function in it.
#[test]
fn the_documentation_has_this_loop() {
    let function = |source: &str| {
        let start = source.find("async fn read_reply").unwrap();
        source[start..].split_inclusive('\n').take(14).collect::<String>()
    };
    let documented = include_str!("../../smtp-status/src/parse/reader.rs");
    let documented: String = documented
        .lines()
        .filter_map(|line| line.strip_prefix("/// "))
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_eq!(function(&documented), function(include_str!("tokio.rs")));
}
