//! Replies are parsed as documented, and anything else is rejected.

use smtp_status::Reply;

/// `code` or `code status`, then the lines, in a form that is easy to compare.
fn read(reply: &str) -> Option<(String, Vec<String>)> {
    let reply = Reply::parse_lenient(reply)?;
    let status = reply.enhanced_code().map(|status| format!(" {status}"));
    let head = format!("{}{}", reply.code(), status.unwrap_or_default());
    Some((head, reply.lines().map(str::to_owned).collect()))
}

fn assert_read(reply: &str, head: &str, lines: &[&str]) {
    let lines = lines.iter().map(|&line| line.to_owned()).collect();
    assert_eq!(read(reply), Some((head.to_owned(), lines)), "{reply:?}");
}

#[test]
fn a_line_has_a_code_and_perhaps_a_text() {
    assert_read("250 OK", "250", &["OK"]);
    assert_read("250", "250", &[""]);
    assert_read("250 ", "250", &[""]);
    assert_read("250  OK ", "250", &[" OK "]);
    assert_read("250\tOK", "250", &["OK"]);
    assert_read("599 x", "599", &["x"]);
    for reply in ["", " ", "OK", "25", "25 OK", "2500", "250OK", "250_OK", "x 250 OK"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
    assert_read("354 5.1.1 x", "354", &["5.1.1 x"]);
    for code in ["150", "099", "600", "999", "-50", "2.0", "２５０"] {
        assert_eq!(read(&format!("{code} x")), None, "{code}");
    }
}

#[test]
fn lines_end_with_lf_or_cr_lf_and_the_last_with_nothing_as_well() {
    for end in ["\n", "\r\n"] {
        assert_read(&format!("250 a{end}"), "250", &["a"]);
        assert_read(&format!("250-a{end}250 b"), "250", &["a", "b"]);
        assert_read(&format!("250-a{end}250 b{end}"), "250", &["a", "b"]);
    }
    assert_read("250-a\r\n250 b\n", "250", &["a", "b"]);
}

#[test]
fn blank_lines_and_space_before_a_line_do_not_count() {
    for reply in
        ["\r\n550 a", "  550 a", "\t550 a", "\n \n\n 550 a", "550 a\r\n\r\n", "550 a\n \n\t\n"]
    {
        assert_read(reply, "550", &["a"]);
    }
    assert_read("250-a\r\r\n\r\n  250 b", "250", &["a", "b"]);
    for reply in ["", " ", "\n", "\r\n \r\n"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
}

#[test]
fn all_lines_have_the_same_basic_code() {
    assert_read("250-\n250-\n250", "250", &["", "", ""]);
    assert_read("250 a\n250 b", "250", &["a", "b"]);
    assert_read("250\n250-b\n250 c", "250", &["", "b", "c"]);
    for reply in ["250 a\n251 b", "250 a\n550 b", "250-a\nb", "250 a\nb", "250-a\n250b"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
}

#[test]
fn the_last_line_decides_if_a_hyphen_announced_a_line_with_another_code() {
    for (reply, head, lines) in [
        ("250-2.1.0 a\r\n550 5.1.1 b", "550 5.1.1", &["b"][..]),
        ("220-a\n421 4.2.1 b", "421 4.2.1", &["b"]),
        ("220-a\n421-4.2.1 b\n421 4.2.1 c", "421 4.2.1", &["b", "c"]),
        ("550-a\n450 b", "450", &["b"]),
        ("250-a\n251 b", "251", &["b"]),
        // Within a line, if a status of its class follows the other code, or if a success fails.
        ("220-a 421 4.2.1 b", "421 4.2.1", &["b"]),
        ("250-2.1.0 a 550 5.1.1 b", "550 5.1.1", &["b"]),
        ("220-a 421-4.2.1 b 421 4.2.1 c", "421 4.2.1", &["b", "c"]),
        ("250-a 550 b", "550", &["b"]),
        ("250-a 550-b 550 c", "550", &["b", "c"]),
        ("250-2.1.0 a\\n550 b", "550", &["b"]),
        ("250-a\n 550 b", "550", &["b"]),
        ("250-a 550", "550", &[""]),
        ("220-a\n 421-b\n 421 c", "421", &["b", "c"]),
        ("250-a\n 251 b", "250", &["a 251 b"]),
        ("250-a 251 b", "250", &["a 251 b"]),
        ("250-a 251 4.1.1 b", "250", &["a 251 4.1.1 b"]),
        ("550-5.1.1 a\n 450 b", "550 5.1.1", &["a 450 b"]),
        (
            "550-5.2.3 Message too big, limit is 250 MB",
            "550 5.2.3",
            &["Message too big, limit is 250 MB"],
        ),
        // No success follows a failure.
        ("550-a 250 2.1.5 b", "550", &["a 250 2.1.5 b"]),
        // What no hyphen announces is text.
        ("250 a 550 5.1.1 b", "250", &["a 550 5.1.1 b"]),
        ("250-a 550 5.1.1 b\n250 c", "250", &["a 550 5.1.1 b", "c"]),
    ] {
        assert_read(reply, head, lines);
    }
    for reply in [
        "550-a\r\n250 b",
        "450-a\n354 b",
        "250-a\n550-b\n250 c",
        "250 a\n550 b",
        "250 a\n 550 b",
        " 250 a\r\n 550 b",
        "250\n a\n 550 b",
        "250-a\n 5.1.1 b",
        "250 a\\n550 b",
        "250 a\\n 5.1.1 b",
        "2.0.0 a\n 550 b",
        "2.0.0 a\\n5.1.1 b",
    ] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
}

#[test]
fn an_indented_line_continues_the_one_before_unless_it_has_its_code() {
    for (reply, head, lines) in [
        ("550 5.1.1 x\n  y", "550 5.1.1", &["x y"][..]),
        ("550 5.1.1 x \r\n\t y\r\n", "550 5.1.1", &["x  y"]),
        ("550\n  5.1.1 x", "550 5.1.1", &["x"]),
        ("550 Quota exceeded:\n   250 MB used", "550", &["Quota exceeded: 250 MB used"]),
        ("550-a\n  550 b", "550", &["a", "b"]),
        ("550\n a\n 550 b", "550", &["a", "b"]),
        ("550 a\n  550 b", "550", &["a", "b"]),
        ("550 a\n  5501 b", "550", &["a 5501 b"]),
        ("550-5.1.1 a\n b 550 5.1.1\n c", "550 5.1.1", &["a b", "c"]),
        ("5.1.1 a\n b\n 5.1.1 c", "550 5.1.1", &["a b", "c"]),
        ("host a.b[192.0.2.1] said:\n 550 5.1.1 x", "550 5.1.1", &["x"]),
        ("host a.b[192.0.2.1] refused to\n    talk to me: 421 x\n    y", "421", &["x y"]),
        ("host a.b[192.0.2.1] said: 550 x (in\n    reply to RCPT TO command)", "550", &["x"]),
        (
            "SMTP error from remote mail server after RCPT TO:<a@b.example>:\n    550 x",
            "550",
            &["x"],
        ),
        (
            "SMTP error from remote mailer after RCPT TO:\n <a@b.example>:\n host m [192.0.2.1]:\n 553 x",
            "553",
            &["x"],
        ),
    ] {
        assert_read(reply, head, lines);
    }
    assert_eq!(read("550 a\nb"), None);
}

#[test]
fn what_is_there_of_a_reply_that_was_cut_off_is_read() {
    assert_read("250-", "250", &[""]);
    assert_read("550-5.1.1 a\r\n", "550 5.1.1", &["a"]);
    assert_read("250-a\n250-b", "250", &["a", "b"]);
}

#[test]
fn lines_that_were_joined_are_lines_again() {
    assert_read("550-5.1.1 a 550 5.1.1 b", "550 5.1.1", &["a", "b"]);
    assert_read("550-5.1.1 a 550-5.1.1 b 550 5.1.1 c", "550 5.1.1", &["a", "b", "c"]);
    assert_read("550-5.1.1 a 550-5.1.1 b", "550 5.1.1", &["a", "b"]);
    assert_read("554-a 554-b. 554 c", "554", &["a", "b.", "c"]);
    assert_read("550-5.1.1 550 5.1.1 ", "550 5.1.1", &["", ""]);
    assert_read("250-a\n250-b 250 c", "250", &["a", "b", "c"]);
    assert_read("250-a\n250-b 250", "250", &["a", "b 250"]);
    // Those that do not repeat both codes, or come after the last line, are text.
    for text in ["5.1.1 a 550 b", "5.1.1 a 550 5.1.2 b", "5.1.1 a 551 b", "5.1.1 a550 5.1.1 b"] {
        assert_read(&format!("550-{text}"), "550 5.1.1", &[&text[6..]]);
    }
    assert_read("550-a 550 b 550-c 550 d", "550", &["a", "b 550-c 550 d"]);
    // A line end that was written as two characters, before the same code.
    assert_read("451-a\\n451 b", "451", &["a", "b"]);
    assert_read("451-4.1.1 a\\n451 b", "451 4.1.1", &["a", "b"]);
    assert_read("451-a\\n551 b", "551", &["b"]);
    assert_read("250-a\\n 550 b", "550", &["b"]);
    assert_read("5.1.1 a\\n4.1.1 b", "550 5.1.1", &["a\\n4.1.1 b"]);
    assert_read("550-a\\n250 b", "550", &["a\\n250 b"]);
    assert_read("550 a\\n550 b", "550", &["a\\n550 b"]);
    assert_read("451-CORP\\nancy", "451", &["CORP\\nancy"]);
    // A complete reply is not a joined one, whatever its lines contain.
    assert_read("550 a 550 b", "550", &["a 550 b"]);
    assert_read("550-a 550-b\n550 c", "550", &["a 550-b", "c"]);
}

/// What programs relay, with the reply in it: its codes and its lines.
const FRAMED: &[(&str, &str, &[&str])] = &[
    ("smtp; 550 5.1.1 a", "550 5.1.1", &["a"]),
    ("SMTP;550 5.1.1 a", "550 5.1.1", &["a"]),
    ("x-mta_2/3.4 ;  550 a", "550", &["a"]),
    ("smtp; 5.1.1 a", "550 5.1.1", &["a"]),
    ("smtp; 550-5.1.1 a 550 5.1.1 b", "550 5.1.1", &["a", "b"]),
    (
        "host mx.example.com[192.0.2.1] said: 550 5.1.1 a (in reply to RCPT TO command)",
        "550 5.1.1",
        &["a"],
    ),
    (
        "host mx.example.com[192.0.2.1] said: 550-a 550 b (in reply to end of DATA command)",
        "550",
        &["a", "b"],
    ),
    ("host mx.example.com[192.0.2.1] refused to talk to me: 421 a", "421", &["a"]),
    ("X-Postfix; host mx.example.com[192.0.2.1] said: 550 a", "550", &["a"]),
    ("SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 a", "550", &["a"]),
    (
        "SMTP error from remote mail server after end of data: host mx.example.com [192.0.2.1]: 550 a",
        "550",
        &["a"],
    ),
    (
        "192.0.2.1 does not like recipient.\nRemote host said: 550 a\nGiving up on 192.0.2.1.\n",
        "550",
        &["a"],
    ),
    ("Remote host said: 550-a\n550 b", "550", &["a", "b"]),
    ("Remote host said: 550\nGiving up on 192.0.2.1.", "550", &[""]),
    ("Remote host said: 550-a\n550 b\nI'm not going to try again.", "550", &["a", "b"]),
    ("SMTP error from remote mailer after RCPT TO:<a@b.example>: 550 a", "550", &["a"]),
    (
        "host m [192.0.2.1] SMTP error from remote mail server after RCPT TO:<a@b.example>: 553 a",
        "553",
        &["a"],
    ),
    (
        "1Glsgv-0002wv-00 == a@b.example R=r T=t defer (-44): SMTP error from remote mail server after MAIL FROM:<x>: 451 a",
        "451",
        &["a"],
    ),
    (
        "delivery temporarily suspended: host m[192.0.2.1] refused to talk to me: 421 a",
        "421",
        &["a"],
    ),
    (
        "Nov 27 10:00:00 mail postfix/smtp[1]: 4X: to=<a@b.example>, dsn=5.1.1, status=bounced (host m[192.0.2.1] said: 550 5.1.1 a (b) (in reply to RCPT TO command))",
        "550 5.1.1",
        &["a (b)"],
    ),
    ("4X: to=<a@b.example>, dsn=2.0.0, status=sent (250 2.0.0 a)", "250 2.0.0", &["a"]),
    ("Upstream error: 451 4.7.1 a", "451 4.7.1", &["a"]),
    ("host mx.example.com:25 says: 550 5.4.1 a", "550 5.4.1", &["a"]),
    ("SMTP error, RCPT TO: Host mx.example.com(192.0.2.1) RCPT TO said 550 a", "550", &["a"]),
    (
        "smtp; 5.1.0 - Unknown address error 550-'5.2.2 a' (delivery attempts: 0)",
        "550 5.2.2",
        &["a"],
    ),
    ("5.4.7 - Delivery expired 421-\"4.7.0 a\" (delivery attempts: 3)", "421 4.7.0", &["a"]),
    (
        "5.1.2 - Bad destination host (delivery attempts: 0)",
        "550 5.1.2",
        &["- Bad destination host (delivery attempts: 0)"],
    ),
    ("lmtp;550 a", "550", &["a"]),
    ("smtp; 550", "550", &[""]),
];

#[test]
fn what_programs_put_around_a_reply_is_skipped() {
    for (reply, head, lines) in FRAMED {
        assert_read(reply, head, lines);
    }
    assert_read("550 a (in reply to RCPT TO command)", "550", &["a (in reply to RCPT TO command)"]);
    // A text that begins with a code has no frame, whatever it contains.
    assert_read("550 smtp; 551 a", "550", &["smtp; 551 a"]);
    assert_read("550 Remote host said: 551 a", "550", &["Remote host said: 551 a"]);
    assert_read("550\n550 Remote host said: 551 a", "550", &["", "Remote host said: 551 a"]);
    assert_read("5.1.1 Remote host said: 551 a", "550 5.1.1", &["Remote host said: 551 a"]);
    let far = format!("host {} said: 550 a", "x".repeat(512));
    for reply in [
        "smtp 550 a",
        "a b; 550 a",
        "; 550 a",
        "5; 550 a",
        "mx.example.com said: 550 a",
        "Warning; 550 a",
        "Date; 250 a",
        "rfc822; 550 a",
        "Error; 200",
        "X-Unix; 255",
        "x-unix; 550 a",
        "X-Sendmail; 450",
        "smtp; smtp; smtp; smtp; smtp; 550 a",
        &far,
    ] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
}

#[test]
fn a_frame_ends_at_a_line_of_the_program_and_may_be_wrapped() {
    assert_read("host mx.example.com:25 says: 550-a\n550 b\nHe is gone.", "550", &["a", "b"]);
    assert_read("x status=bounced (host\nm[192.0.2.1] said: 550 a)", "550", &["a"]);
    assert_eq!(read("smtp; 550 a\nb"), None);
}

#[test]
fn what_a_server_said_is_no_frame() {
    for (start, end) in [
        ("SMTP error from remote mail server after RCPT TO:<a@b>: ", ""),
        ("SMTP error from remote mailer after RCPT TO: <a@b>: ", ""),
        ("Remote host said: ", ""),
        ("Upstream error: ", ""),
        ("host m[192.0.2.1] said: ", " (in reply to RCPT TO command)"),
        ("host m[192.0.2.1] refused to talk to me: ", ""),
        ("host m[192.0.2.1]: ", ""),
        ("host m says: ", ""),
        ("delivery temporarily suspended: host m refused to talk to me: ", ""),
        ("A1: to=<a@b>, status=bounced (host m said: ", " (in reply to RCPT TO command))"),
    ] {
        for said in ["a: host x said: 250 b", "a; status=sent (250 b)", "a your server said: 250 b"]
        {
            assert_read(&format!("{start}550 5.1.1 {said}{end}"), "550 5.1.1", &[said]);
        }
    }
    assert_read(
        "5.1.0 - x 250-'a' (delivery attempts: 0)",
        "550 5.1.0",
        &["- x 250-'a' (delivery attempts: 0)"],
    );
}

#[test]
fn a_frame_does_not_cut_a_failure_off() {
    for cut in [
        "host m said: 250-a\nfoo\n550 5.1.1 b",
        "host m said: 2.0.0 a (in reply to x)\n5.1.1 b",
        "x status=sent (250-\nfoo\\n550 b",
    ] {
        assert_eq!(read(cut), None, "{cut:?}");
    }
    for cut in [
        "host m said: 250-a (in reply to end of DATA command)\n550 5.1.1 b",
        "host m said: 250-a (in reply to x) 550 5.1.1 b",
        "x status=sent (250-a)\n550 5.1.1 b",
        "x status=sent (250-a)\\n550 5.1.1 b",
    ] {
        assert_read(cut, "550 5.1.1", &["b"]);
    }
    assert_read("host m said: 250-a (in reply to x)", "250", &["a"]);
    assert_read("host m said: 250-a 250 b (in reply to x550)\n1550 5.1", "250", &["a", "b"]);
    assert_read("host m said: 550-a (in reply to x)\n550 b", "550", &["a"]);
    assert_read("x status=bounced (host m said: 550 a) 451 b", "550", &["a"]);
    assert_read("host m said: 2.0.0 a (in reply to x)\n2.0.0 b", "250 2.0.0", &["a"]);
    assert_read("host m said: 250 a (in reply to x) 550 b", "250", &["a"]);
}

#[test]
fn only_the_first_lines_are_kept() {
    let kept = |reply: String| Reply::parse_lenient(reply).unwrap().lines().len();
    for more in [0, 1, 1_000] {
        let lines = Reply::MAX_PARSED_LINES + more;
        assert_eq!(kept("250-\n".repeat(lines)), Reply::MAX_PARSED_LINES);
        assert_eq!(kept("5.1.1 \n".repeat(lines)), Reply::MAX_PARSED_LINES);
        assert_eq!(kept(format!("250-{}", "a 250-".repeat(lines))), Reply::MAX_PARSED_LINES);
    }
    assert_eq!(Reply::parse_lenient("250 a\n".repeat(2_000) + "251 b"), None);
}

/// A quadratic parser would not finish in reasonable time.
#[test]
#[cfg_attr(miri, ignore = "too slow")]
fn long_replies_are_parsed_in_linear_time() {
    let patterns = [
        " ",
        "5",
        "-",
        "\n",
        "\n ",
        "\t",
        "(",
        "#",
        "5.1.1 ",
        "550 ",
        "550-",
        "550-5.1.1 ",
        " 550 5.1.1",
        " 421 4.2.1 a",
        "\n550-",
        "\n 550-",
        "\n 5.1.1 ",
        "said: ",
        "host ",
        ": ",
        "smtp;",
        "]: ",
        "\\n550-",
        " status=sent (",
        ")",
        "- ",
        " 550-'",
        "a",
    ];
    let spaces = format!("550-{}", " ".repeat(150_000));
    for start in [
        "",
        "550 ",
        "550-",
        "550-5.1.1 ",
        "5.1.1 ",
        "host ",
        "x-a; host ",
        "Remote host said: 550-",
        &spaces,
    ] {
        for pattern in patterns {
            let _ =
                Reply::parse_lenient(format!("{start}{}", pattern.repeat(300_000 / pattern.len())));
        }
    }
}

#[test]
fn a_status_is_followed_by_space_perhaps_after_a_colon_or_comma_or_by_the_end() {
    assert_read("550 5.1.1 x", "550 5.1.1", &["x"]);
    assert_read("550 5.1.1", "550 5.1.1", &[""]);
    assert_read("550 5.1.1  x", "550 5.1.1", &[" x"]);
    assert_read("550 5.7.133 x", "550 5.7.133", &["x"]);
    for text in ["5.1.1: x", "5.1.1, x", " 5.1.1 x", "\t5.1.1\tx"] {
        assert_read(&format!("550 {text}"), "550 5.1.1", &["x"]);
    }
    assert_read("250 2.0.0:", "250 2.0.0", &[""]);
    for text in ["5.1.1:x", "5.1.1x", "5.1.1; x", "5.1.1.1 x", "5.1.1000 x", "5.1", "5.01.1 x"] {
        assert_read(&format!("550 {text}"), "550", &[text]);
    }
}

#[test]
fn a_status_of_another_class_gets_the_class_of_the_basic_code_or_is_text() {
    assert_read("554 4.4.7 Message expired", "554 5.4.7", &["Message expired"]);
    assert_read("421 5.7.0 x", "421 4.7.0", &["x"]);
    assert_read("550-4.1.1 x\n550 4.1.1 y", "550 5.1.1", &["x", "y"]);
    for text in ["2.1.1 x", "3.1.1 x", "4.8.1 x", "#4.1.1 x", "x (#4.1.1)"] {
        assert_read(&format!("550 {text}"), "550", &[text]);
    }
    for text in ["4.1.1 x", "5.1.1 x"] {
        assert_read(&format!("250 {text}"), "250", &[text]);
    }
    assert_read("550 4.1.1 x (#5.2.2)", "550 5.2.2", &["4.1.1 x"]);
}

#[test]
fn qmails_forms_and_what_resembles_them_are_read() {
    assert_read("550 #5.1.1 x", "550 5.1.1", &["x"]);
    assert_read("550 #5.1.1", "550 5.1.1", &[""]);
    assert_read("550 x (#5.1.1)", "550 5.1.1", &["x"]);
    assert_read("550 x (#5.999.999)", "550 5.999.999", &["x"]);
    assert_read("550 (#5.1.1)", "550 5.1.1", &[""]);
    assert_read("550 5.2.2 x (#5.1.1)", "550 5.2.2", &["x (#5.1.1)"]);
    assert_read("550 x (#5.1.1) (#5.1.1)", "550 5.1.1", &["x (#5.1.1)"]);
    assert_read("503 x(#5.5.1)", "503 5.5.1", &["x"]);
    assert_read("511 x (#5.1.1 - chkusr)", "511 5.1.1", &["x"]);
    assert_read("450 x [#4.16.1].", "450 4.16.1", &["x"]);
    for text in ["x (5.1.1)", "x #5.1.1", "#5.1.1)", "x (#5.1.1]", "x (#5.1.1- y)", "x (#5.1.1) y"]
    {
        assert_read(&format!("550 {text}"), "550", &[text]);
    }
}

#[test]
fn the_status_of_several_lines_is_the_first_or_else_the_last() {
    assert_read("550-5.1.1 a\n550 5.1.1 b", "550 5.1.1", &["a", "b"]);
    assert_read("550-5.1.1 a\n550 b", "550 5.1.1", &["a", "b"]);
    assert_read("550-a\n550 5.1.1 b", "550 5.1.1", &["a", "b"]);
    assert_read("550-a\n550-5.1.1 b\n550 5.1.1 c", "550 5.1.1", &["a", "b", "c"]);
    assert_read("550-5.1.1 a\n550 5.2.2 b", "550 5.1.1", &["a", "5.2.2 b"]);
    assert_read("550-a\n550-5.1.1 b\n550 c", "550", &["a", "5.1.1 b", "c"]);
    assert_read("550-5.1.1 5.1.1 a\n550 5.1.1 #5.1.1", "550 5.1.1", &["5.1.1 a", "#5.1.1"]);
}

#[test]
fn a_printed_reply_has_the_usual_code_of_its_class() {
    assert_read("2.1.5 x", "250 2.1.5", &["x"]);
    assert_read("4.7.500", "450 4.7.500", &[""]);
    for reply in ["4.19.128 kernel panic", "5.10.0 kernel was booted", "5.8.1 released"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
    assert_read("5.1.1 a\n5.1.1 b", "550 5.1.1", &["a", "b"]);
    assert_read("5.1.1 a\n 4.1.1 b", "550 5.1.1", &["a 4.1.1 b"]);
    assert_read("2.1.5 a\n 2.0.0 b", "250 2.1.5", &["a 2.0.0 b"]);
    for reply in ["3.1.1 x", "#5.1.1 x", "x (#5.1.1)", "5.1.1 a\nb", "5.1.1 a\n5.1.2 b"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
    // A failure is not a text of a success.
    assert_eq!(read("2.1.5 a\n 5.1.1 b"), None);
}

#[test]
fn no_control_character_of_a_reply_gets_into_the_text() {
    assert_read("550 5.1.1 a\tb\r\0c\x7f", "550 5.1.1", &["a bc"]);
    assert_read("550 \x015.1.1 x", "550 5.1.1", &["x"]);
    // Nor hides one a code that would be read when the reply is written.
    assert_read("550 5.1\0.1 a", "550 5.1.1", &["a"]);
}

#[test]
fn invalid_utf_8_is_replaced() {
    let reply = Reply::parse_lenient(b"550 5.1.1 M\xfcller \xc3\xbc").unwrap();
    assert_eq!(reply.to_string(), "550 5.1.1 M\u{fffd}ller ü");
}
