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
    assert_read("599 x", "599", &["x"]);
    for reply in ["", " ", "OK", "25", "25 OK", "2500", "250OK", "250_OK", "250\tOK", "x 250 OK"] {
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
    for reply in ["250-a\n251 b", "250-a\n550 b", "250-a\nb", "250 a\nb", "250-a\n250b"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
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
    // Those that do not repeat both codes, or come after the last line, are text.
    for text in
        ["5.1.1 a 550 b", "5.1.1 a 550 5.1.2 b", "5.1.1 a 551 5.1.1 b", "5.1.1 a550 5.1.1 b"]
    {
        assert_read(&format!("550-{text}"), "550 5.1.1", &[&text[6..]]);
    }
    assert_read("550-a 550 b 550-c 550 d", "550", &["a", "b 550-c 550 d"]);
    // A complete reply is not a joined one, whatever its lines contain.
    assert_read("550 a 550 b", "550", &["a 550 b"]);
    assert_read("550-a 550-b\n550 c", "550", &["a 550-b", "c"]);
}

#[test]
fn what_programs_put_around_a_reply_is_skipped() {
    for (reply, head, lines) in [
        ("smtp; 550 5.1.1 a", "550 5.1.1", &["a"][..]),
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
        (
            "SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 a",
            "550",
            &["a"],
        ),
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
    ] {
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
        "a; b; c; d; 550 a",
        &far,
    ] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
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
    assert_eq!(Reply::parse_lenient("250-a\n".repeat(2_000) + "251 b"), None);
}

#[test]
fn a_status_is_followed_by_a_space_or_the_end() {
    assert_read("550 5.1.1 x", "550 5.1.1", &["x"]);
    assert_read("550 5.1.1", "550 5.1.1", &[""]);
    assert_read("550 5.1.1  x", "550 5.1.1", &[" x"]);
    assert_read("550 5.7.133 x", "550 5.7.133", &["x"]);
    for text in ["5.1.1: x", "5.1.1x", "5.1.1.1 x", "5.1.1000 x", "5.1", "5.01.1 x", " 5.1.1 x"] {
        assert_read(&format!("550 {text}"), "550", &[text]);
    }
}

#[test]
fn a_status_of_another_class_is_text() {
    for text in ["4.1.1 x", "2.1.1 x", "3.1.1 x", "#4.1.1 x", "x (#4.1.1)"] {
        assert_read(&format!("550 {text}"), "550", &[text]);
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
    assert_read("5.1.1 a\n5.1.1 b", "550 5.1.1", &["a", "b"]);
    for reply in ["3.1.1 x", "#5.1.1 x", "x (#5.1.1)", "5.1.1 a\nb", "5.1.1 a\n5.1.2 b"] {
        assert_eq!(read(reply), None, "{reply:?}");
    }
}

#[test]
fn no_control_character_of_a_reply_gets_into_the_text() {
    assert_read("550 5.1.1 a\tb\r\0c\x7f", "550 5.1.1", &["abc"]);
    // Nor hides one a code that would be read when the reply is written.
    assert_read("550 5.1\0.1 a", "550 5.1.1", &["a"]);
}

#[test]
fn invalid_utf_8_is_replaced() {
    let reply = Reply::parse_lenient(b"550 5.1.1 M\xfcller \xc3\xbc").unwrap();
    assert_eq!(reply.to_string(), "550 5.1.1 M\u{fffd}ller ü");
}
