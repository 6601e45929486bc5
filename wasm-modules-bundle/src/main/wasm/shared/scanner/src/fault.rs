//! What is wrong with a document, where, and how to say it.

use crate::bytes::{byte_order_mark, peek, sequence, END};

/// What stood in the way of the scanner.
#[derive(Clone, Copy)]
pub enum Kind {
    Value,
    Element,
    ValueOrClose,
    Key,
    KeyOrClose,
    Colon,
    ArrayNext,
    ObjectNext,
    Trailing,
    Digit,
    LeadingZero,
    Literal(&'static str),
    Text,
    Escape,
    HexDigit,
    Depth,
}

const AFTER_COMMA: &str = " after a trailing ','";

/// The first thing wrong with a document: `offset` counts bytes from its very start.
#[derive(Clone, Copy)]
pub struct Fault {
    pub kind: Kind,
    pub offset: usize,
}

impl Fault {
    /// An error result for the operations that need a valid document.
    #[inline(never)]
    pub fn report(&self, source: &[u8]) -> u64 {
        let (line, column) = self.position(source);
        let mut message = self.message(source);
        message.push_str(" at line ");
        number(&mut message, line);
        message.push_str(", column ");
        number(&mut message, column);
        let code = match self.kind {
            Kind::Depth => "json.depth",
            _ => "json.syntax",
        };
        abi::error(code, &message, Some(self.offset))
    }

    /// The answer of `validate`.
    #[inline(never)]
    pub fn verdict(&self, source: &[u8]) -> Vec<u8> {
        let (line, column) = self.position(source);
        let mut out = b"{\"valid\":false,\"line\":".to_vec();
        abi::decimal(&mut out, line);
        out.extend_from_slice(b",\"column\":");
        abi::decimal(&mut out, column);
        out.extend_from_slice(b",\"offset\":");
        abi::decimal(&mut out, self.offset);
        out.extend_from_slice(b",\"message\":");
        abi::quote(&mut out, &self.message(source));
        out.push(b'}');
        out
    }

    /// Line and column from one. LF, CR and CRLF end a line; columns count code points, and a byte
    /// order mark is none.
    pub fn position(&self, source: &[u8]) -> (usize, usize) {
        let mut line = 1;
        let mut column = 1;
        let mut last = 0;
        for &byte in &source[byte_order_mark(source)..self.offset] {
            if byte == b'\n' && last == b'\r' {
                // the second half of one line end
            } else if byte == b'\n' || byte == b'\r' {
                line += 1;
                column = 1;
            } else if byte & 0xc0 != 0x80 {
                column += 1;
            }
            last = byte;
        }
        (line, column)
    }

    pub fn message(&self, source: &[u8]) -> String {
        let byte = peek(source, self.offset);
        let mut text = String::with_capacity(96);
        if byte != END && sequence(source, self.offset) == 0 {
            text.push_str("invalid UTF-8 byte 0x");
            digits(&mut text, byte, 2);
            return text;
        }
        match self.kind {
            Kind::Depth => return "nesting deeper than 1000 levels".into(),
            Kind::LeadingZero => return "leading zeros are not allowed in a number".into(),
            Kind::Text if byte != END => text.push_str("unescaped control character "),
            _ => text.push_str("unexpected "),
        }
        self.found(source, &mut text);
        text.push_str(match self.kind {
            Kind::Element if byte == 0x5d => AFTER_COMMA,
            Kind::Key if byte == 0x7d => AFTER_COMMA,
            Kind::Value | Kind::Element => " where a value was expected",
            Kind::ValueOrClose => " where a value or ']' was expected",
            Kind::Key => " where a string key was expected",
            Kind::KeyOrClose => " where a string key or '}' was expected",
            Kind::Colon => " where ':' was expected",
            Kind::ArrayNext => " where ',' or ']' was expected",
            Kind::ObjectNext => " where ',' or '}' was expected",
            Kind::Trailing => " after the end of the document",
            Kind::Digit => " where a digit was expected",
            Kind::Escape => " after '\\' in a string",
            Kind::HexDigit => " where a hexadecimal digit was expected",
            Kind::Literal(_) => " in '",
            Kind::Text | Kind::Depth | Kind::LeadingZero => " in a string",
        });
        if let Kind::Literal(word) = self.kind {
            text.push_str(word);
            text.push('\'');
        }
        text
    }

    /// What stands at the offset, safe to print: ASCII as it is, all else by its number.
    fn found(&self, source: &[u8], text: &mut String) {
        match peek(source, self.offset) {
            END => text.push_str("end of input"),
            0x27 => text.push_str("\"'\""),
            byte @ 0x20..=0x7e => {
                text.push('\'');
                text.push(byte as u8 as char);
                text.push('\'');
            }
            _ => {
                text.push_str("U+");
                let point = code_point(source, self.offset);
                digits(text, point, if point > 0xfffff { 6 } else if point > 0xffff { 5 } else { 4 });
            }
        }
    }
}

/// The code point of the valid UTF-8 sequence at `at`.
fn code_point(source: &[u8], at: usize) -> u32 {
    let len = sequence(source, at);
    let first = peek(source, at);
    if len < 2 {
        return first;
    }
    let mut point = first & (0x7f >> len);
    for next in 1..len {
        point = point << 6 | (peek(source, at + next) & 0x3f);
    }
    point
}

fn number(text: &mut String, number: usize) {
    let mut out = Vec::new();
    abi::decimal(&mut out, number);
    for byte in out {
        text.push(byte as char);
    }
}

fn digits(text: &mut String, number: u32, count: u32) {
    for digit in (0..count).rev() {
        let value = number >> (4 * digit) & 15;
        text.push(b"0123456789ABCDEF"[value as usize] as char);
    }
}
