//! Lines of text that others wrote: read up to a length, and shown without what a terminal would obey.
//!
//! Understands none of them. Invariant: memory does not grow with one line, and no control character reaches the terminal
//! but the colours of [`Paint`](crate::terminal::Paint).

use std::{
    borrow::Cow,
    fmt::Write,
    io::{self, BufRead, Read},
};

/// Longest line that is read, bytes: the longest block of any pod takes a quarter of it. Ours.
pub(crate) const LONGEST: usize = 4096;
/// Most characters of a line that are said again. Ours.
const EXCERPT: usize = 40;
/// Codes that [`Paint`](crate::terminal::Paint) writes.
const COLOURS: [&str; 8] = ["0", "1", "2", "32", "33", "34", "35", "90"];

/// The lines of a file or a pipe, each at most [`LONGEST`] bytes; nothing comes after one that is longer.
pub(crate) struct Lines {
    from: Box<dyn BufRead + Send>,
    over: bool,
}

impl Lines {
    /// The lines that this gives.
    pub(crate) fn of(from: impl BufRead + Send + 'static) -> Self {
        Self {
            from: Box::new(from),
            over: false,
        }
    }

    fn read(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        let limit = LONGEST as u64 + 1;
        self.from.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
        let is_empty = bytes.is_empty();
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.len() > LONGEST {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("longer than {LONGEST} bytes"),
            ));
        }
        let text =
            String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "no text"))?;
        Ok((!is_empty).then_some(text))
    }
}

impl Iterator for Lines {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = if self.over { None } else { self.read().transpose() };
        self.over = !matches!(line, Some(Ok(_)));
        line
    }
}

/// The beginning of what somebody wrote, to say it again.
pub(crate) fn excerpt(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => Cow::Owned(format!("{}...", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A line as it may be shown: what a terminal would obey, or hide, stands there as an escape such as `\u{1b}`.
pub(crate) fn printable(line: &str) -> Cow<'_, str> {
    if !line.chars().any(is_obeyed) {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        if is_obeyed(character) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "{}", character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// The same of a text of several lines with colours in it.
pub(crate) fn printable_page(page: &str) -> Cow<'_, str> {
    if !page
        .chars()
        .any(|character| character != '\n' && is_obeyed(character))
    {
        return Cow::Borrowed(page);
    }
    let mut shown = String::with_capacity(page.len());
    for (k, part) in page.split('\u{1b}').enumerate() {
        let colour = part
            .strip_prefix('[')
            .and_then(|rest| rest.split_once('m'))
            .filter(|(code, _)| k > 0 && COLOURS.contains(code));
        let rest = match colour {
            Some((code, rest)) => {
                let _ = write!(shown, "\u{1b}[{code}m");
                rest
            }
            None if k > 0 => {
                shown.push_str("\\u{1b}");
                part
            }
            None => part,
        };
        for (k, line) in rest.split('\n').enumerate() {
            if k > 0 {
                shown.push('\n');
            }
            shown.push_str(&printable(line));
        }
    }
    Cow::Owned(shown)
}

/// Controls, and marks that turn the direction of what follows or break its line.
fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_refused_before_it_fills_the_memory() {
        let mut lines = Lines::of(io::BufReader::new(io::repeat(b'7')));
        let refusal = lines.next().expect("something came").expect_err("it has no end");
        assert_eq!(refusal.to_string(), "longer than 4096 bytes");
        assert!(lines.next().is_none());
    }

    #[test]
    fn lines_up_to_the_limit_come_whole_whatever_ends_the_last_one() {
        let long = "7".repeat(LONGEST);
        for end in ["", "\n"] {
            let text = format!("one\n\n{long}{end}");
            let lines = Lines::of(io::Cursor::new(text)).collect::<io::Result<Vec<_>>>();
            assert_eq!(lines.expect("all are text"), ["one", "", &long]);
        }
        assert!(
            Lines::of(io::Cursor::new([0xff, b'\n']))
                .next()
                .is_some_and(|line| line.is_err())
        );
    }

    #[test]
    fn what_a_terminal_obeys_is_shown_and_not_obeyed() {
        assert_eq!(
            printable("a b\u{1b}[2J\r\u{7}\u{202e}ü"),
            "a b\\u{1b}[2J\\r\\u{7}\\u{202e}ü"
        );
        let page = "\u{1b}[1mbold\u{1b}[0m\ntitle \u{1b}]0;x\u{7} \u{1b}[31m \u{9b}2J";
        assert_eq!(
            printable_page(page),
            "\u{1b}[1mbold\u{1b}[0m\ntitle \\u{1b}]0;x\\u{7} \\u{1b}[31m \\u{9b}2J"
        );
    }

    #[test]
    fn of_a_long_text_only_the_beginning_is_said_again() {
        assert_eq!(excerpt("short"), "short");
        assert_eq!(excerpt(&"ü".repeat(100)), format!("{}...", "ü".repeat(EXCERPT)));
    }
}
