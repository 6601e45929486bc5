//! Source text becomes tokens, one at a time, as the parser asks for them: what a `/` or a `}` is, it alone knows.

use crate::atoms::{step, Atoms, SEED};
use crate::errors::{self, Problem};
use crate::names;
use crate::words::t;

/// What the lexer can go back to.
#[derive(Clone, Copy)]
pub struct Token {
    pub kind: u8,
    /// Whether a line ends before it.
    pub line_before: bool,
    /// Whether it is written with escapes; of a string, whether any are in it.
    pub escaped: bool,
    /// Whether it is an octal literal, or has an octal escape, as only sloppy code may; of a template, that it is the last piece.
    pub special: bool,
    pub start: u32,
    pub end: u32,
    /// Where the token before ends.
    pub last_end: u32,
    /// The name, the value of a string, the cooked text of a template (0: not valid), the pattern of a regular expression.
    pub atom: u32,
    /// The flags of a regular expression.
    pub flags: u32,
}

/// A comment: what kind, where.
#[derive(Clone, Copy)]
pub struct Comment {
    pub kind: u32,
    pub start: u32,
    pub end: u32,
}

pub const LINE_COMMENT: u32 = 0;
pub const BLOCK_COMMENT: u32 = 1;
pub const HASHBANG: u32 = 2;

pub struct Lexer<'a> {
    /// With a zero behind its end.
    pub source: &'a [u8],
    pub length: usize,
    pub at: usize,
    pub token: Token,
    pub atoms: Atoms,
    pub comments: Vec<Comment>,
    pub problems: Vec<Problem>,
    /// HTML-like comments are none in modules.
    pub module: bool,
    /// What is read out of escapes.
    pub cooked: Vec<u8>,
}

// Classes of bytes.
const X: u8 = 0; // no token begins with it
const I: u8 = 1; // a name
const D: u8 = 2; // a digit
const P: u8 = 3; // a punctuator
const S: u8 = 4; // white space
const Q: u8 = 5; // a quote
const U: u8 = 6; // beyond ASCII
const L: u8 = 7; // the end of a line

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [X; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'$' | b'_' | b'\\' => I,
            b'0'..=b'9' => D,
            b' ' | b'\t' | 11 | 12 => S,
            b'\n' | b'\r' => L,
            b'"' | b'\'' => Q,
            b'!' | b'%' | b'&' | b'(' | b')' | b'*' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b';' | b'<' | b'=' | b'>' | b'?' | b'@'
            | b'[' | b']' | b'^' | b'`' | b'{' | b'|' | b'}' | b'~' | b'#' => P,
            128..=255 => U,
            _ => X,
        };
        at += 1;
    }
    table
}

/// Whether an ASCII name goes on with a byte.
pub static NAME: [bool; 256] = name_bytes();

const fn name_bytes() -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = byte.is_ascii_alphanumeric() || byte == b'$' || byte == b'_';
        at += 1;
    }
    table
}

pub fn hex(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(byte as u32 - 48),
        b'a'..=b'f' => Some(byte as u32 - 87),
        b'A'..=b'F' => Some(byte as u32 - 55),
        _ => None,
    }
}

/// Appends a code point, halves of surrogate pairs too; two halves that meet become one character.
pub fn push_point(out: &mut Vec<u8>, point: u32) {
    if (0xdc00..0xe000).contains(&point) && out.len() >= 3 {
        let at = out.len() - 3;
        if out[at] == 0xed && out[at + 1] >= 0xa0 && out[at + 1] < 0xb0 {
            let high = 0xd000 | (out[at + 1] as u32 & 0x3f) << 6 | (out[at + 2] as u32 & 0x3f);
            out.truncate(at);
            return push_point(out, 0x10000 + ((high - 0xd800) << 10) + (point - 0xdc00));
        }
    }
    if point < 0x80 {
        out.push(point as u8);
    } else if point < 0x800 {
        out.extend_from_slice(&[0xc0 | (point >> 6) as u8, tail(point)]);
    } else if point < 0x10000 {
        out.extend_from_slice(&[0xe0 | (point >> 12) as u8, tail(point >> 6), tail(point)]);
    } else {
        out.extend_from_slice(&[0xf0 | (point >> 18) as u8, tail(point >> 12), tail(point >> 6), tail(point)]);
    }
}

fn tail(bits: u32) -> u8 {
    0x80 | (bits & 0x3f) as u8
}

/// The code point at a place and its length; of bytes that are no UTF-8, none with the length 1. Halves of pairs are taken as they are.
pub fn decode(bytes: &[u8], at: usize) -> (Option<u32>, usize) {
    let first = bytes[at] as u32;
    let (length, least) = match first {
        0..=0x7f => return (Some(first), 1),
        0xc2..=0xdf => (2, 0x80),
        0xe0..=0xef => (3, 0x800),
        0xf0..=0xf4 => (4, 0x10000),
        _ => return (None, 1),
    };
    if at + length > bytes.len() {
        return (None, 1);
    }
    let mut point = first & (0x7f >> length);
    for each in 1..length {
        let byte = bytes[at + each] as u32;
        if byte & 0xc0 != 0x80 {
            return (None, 1);
        }
        point = point << 6 | byte & 0x3f;
    }
    if point < least || point > 0x10ffff {
        return (None, 1);
    }
    (Some(point), length)
}

impl<'a> Lexer<'a> {
    /// `source` ends with a zero that does not belong to it.
    pub fn new(source: &'a [u8], module: bool) -> Lexer<'a> {
        let token = Token { kind: t::END, line_before: true, escaped: false, special: false, start: 0, end: 0, last_end: 0, atom: 0, flags: 0 };
        Lexer {
            source,
            length: source.len() - 1,
            at: 0,
            token,
            atoms: Atoms::new(source),
            comments: Vec::with_capacity(source.len() / 256 + 8),
            problems: Vec::new(),
            module,
            cooked: Vec::new(),
        }
    }

    #[inline(always)]
    pub fn byte(&self, at: usize) -> u8 {
        debug_assert!(at < self.source.len());
        // All loops end at the zero behind the end.
        unsafe { *self.source.get_unchecked(at) }
    }

    /// The byte some places on, 0 behind the end.
    pub fn byte_at(&self, at: usize) -> u8 {
        if at < self.source.len() {
            self.byte(at)
        } else {
            0
        }
    }

    #[inline(never)]
    pub fn problem(&mut self, code: u16, start: usize, end: usize, atom: u32) {
        self.problems.push(Problem { start: start as u32, end: end.max(start) as u32, code, atom });
    }

    /// Where a comment begins that the lexer has not seen before.
    pub fn comment(&mut self, kind: u32, start: usize) {
        if self.comments.last().map_or(true, |last| last.end as usize <= start) {
            self.comments.push(Comment { kind, start: start as u32, end: self.at as u32 });
        }
    }

    /// The hashbang at the very start.
    pub fn hashbang(&mut self) {
        if self.source.starts_with(b"\xef\xbb\xbf") {
            self.at = 3;
        }
        if self.byte_at(self.at) == b'#' && self.byte_at(self.at + 1) == b'!' {
            let start = self.at;
            self.skip_line();
            self.comment(HASHBANG, start);
        }
    }

    /// To the end of the line.
    pub fn skip_line(&mut self) {
        while self.at < self.length {
            match self.byte(self.at) {
                b'\n' | b'\r' => return,
                0xe2 if self.line_separator(self.at) => return,
                _ => self.at += 1,
            }
        }
    }

    pub fn line_separator(&self, at: usize) -> bool {
        self.byte_at(at) == 0xe2 && self.byte_at(at + 1) == 0x80 && self.byte_at(at + 2) & 0xfe == 0xa8
    }

    /// Skips white space and comments; whether a line ended.
    #[inline(always)]
    pub fn skip(&mut self) -> bool {
        let mut line = false;
        loop {
            let byte = self.byte(self.at);
            match CLASSES[byte as usize] {
                S => self.at += 1,
                L => {
                    line = true;
                    self.at += 1;
                }
                P => {
                    if !self.skip_comment(byte, &mut line) {
                        return line;
                    }
                }
                U => {
                    if !self.skip_wide(&mut line) {
                        return line;
                    }
                }
                _ => return line,
            }
        }
    }

    #[inline(always)]
    pub fn skip_comment(&mut self, byte: u8, line: &mut bool) -> bool {
        match byte {
            b'/' => match self.byte_at(self.at + 1) {
                b'/' => {
                    self.line_comment();
                    true
                }
                b'*' => {
                    self.block_comment(line);
                    true
                }
                _ => false,
            },
            b'<' | b'-' => self.html_comment(byte, *line),
            _ => false,
        }
    }

    #[inline(never)]
    pub fn line_comment(&mut self) {
        let start = self.at;
        self.skip_line();
        self.comment(LINE_COMMENT, start);
    }

    #[inline(never)]
    pub fn block_comment(&mut self, line: &mut bool) {
        let start = self.at;
        self.at += 2;
        loop {
            match self.byte(self.at) {
                b'*' if self.byte_at(self.at + 1) == b'/' => {
                    self.at += 2;
                    break;
                }
                b'\n' | b'\r' => *line = true,
                0xe2 if self.line_separator(self.at) => *line = true,
                0 if self.at >= self.length => {
                    self.problem(errors::COMMENT_END, start, start + 2, 0);
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.comment(BLOCK_COMMENT, start);
    }

    /// `<!--`, and `-->` at the start of a line.
    #[inline(never)]
    pub fn html_comment(&mut self, byte: u8, line: bool) -> bool {
        let rest = &self.source[self.at..];
        let at_start = line || self.token.end == 0;
        let found = if byte == b'<' { rest.starts_with(b"<!--") } else { at_start && rest.starts_with(b"-->") };
        if found && !self.module {
            self.line_comment();
        }
        found && !self.module
    }

    /// White space and ends of lines beyond ASCII.
    #[inline(never)]
    pub fn skip_wide(&mut self, line: &mut bool) -> bool {
        let (point, length) = decode(self.source, self.at);
        match point {
            Some(0x2028 | 0x2029) => *line = true,
            Some(0xa0 | 0x1680 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 | 0xfeff) => {}
            _ => return false,
        }
        self.at += length;
        true
    }

    /// On to the next token.
    #[inline(never)]
    pub fn next(&mut self) {
        self.token.last_end = self.token.end;
        let line = self.skip();
        let start = self.at;
        self.token.line_before = line;
        self.token.escaped = false;
        self.token.special = false;
        self.token.start = start as u32;
        let byte = self.byte(start);
        self.token.kind = match CLASSES[byte as usize] {
            I if byte != b'\\' => self.name(),
            P => self.punctuator(byte),
            Q => self.string(byte),
            D => self.number(),
            I => self.wide_name(),
            U => self.wide(),
            _ => self.other(byte),
        };
        self.token.end = self.at as u32;
    }

    #[inline(always)]
    pub fn name(&mut self) -> u8 {
        let start = self.at;
        let mut at = start;
        let mut hash = SEED;
        loop {
            let byte = self.byte(at);
            if !NAME[byte as usize] {
                if byte == b'\\' || byte >= 0x80 {
                    return self.wide_name();
                }
                break;
            }
            hash = step(hash, byte);
            at += 1;
        }
        self.at = at;
        let atom = self.atoms.add(self.source, start, at - start, hash);
        self.token.atom = atom;
        if atom <= t::LAST_RESERVED as u32 {
            atom as u8
        } else {
            t::IDENTIFIER
        }
    }

    /// A name with escapes or characters beyond ASCII.
    #[inline(never)]
    pub fn wide_name(&mut self) -> u8 {
        self.read_name();
        let reserved = self.token.atom <= t::LAST_RESERVED as u32;
        match (reserved, self.token.escaped) {
            (true, true) => t::ESCAPED_KEYWORD,
            (true, false) => self.token.atom as u8,
            _ => t::IDENTIFIER,
        }
    }

    /// Reads the rest of a name from where the lexer is.
    #[inline(never)]
    pub fn read_name(&mut self) {
        self.cooked.clear();
        let mut first = true;
        loop {
            let byte = self.byte(self.at);
            if NAME[byte as usize] && !(first && byte.is_ascii_digit()) {
                self.cooked.push(byte);
                self.at += 1;
            } else if byte == b'\\' {
                self.token.escaped = true;
                self.name_escape(first);
            } else if byte >= 0x80 {
                let (point, length) = decode(self.source, self.at);
                let point = point.unwrap_or(0);
                if !(if first { names::starts_name(point) } else { names::continues_name(point) }) {
                    break;
                }
                self.cooked.extend_from_slice(&self.source[self.at..self.at + length]);
                self.at += length;
            } else {
                break;
            }
            first = false;
        }
        self.token.atom = self.atoms.add_text(self.source, &self.cooked);
    }

    pub fn name_escape(&mut self, first: bool) {
        let start = self.at;
        self.at += 1;
        let point = if self.byte(self.at) == b'u' { self.unicode_escape() } else { None };
        let valid = match point {
            Some(point) if point < 0x80 => NAME[point as usize] && !(first && (point as u8).is_ascii_digit()),
            Some(point) => if first { names::starts_name(point) } else { names::continues_name(point) },
            None => false,
        };
        if !valid {
            self.problem(errors::ESCAPE, start, self.at, 0);
        }
        if let Some(point) = point {
            push_point(&mut self.cooked, point);
        }
    }

    /// What comes after `\`, from the `u` on.
    pub fn unicode_escape(&mut self) -> Option<u32> {
        self.at += 1;
        if self.byte(self.at) != b'{' {
            return self.hex_digits(4);
        }
        self.at += 1;
        let mut point = 0;
        let mut digits = 0;
        while let Some(digit) = hex(self.byte(self.at)) {
            point = (point << 4 | digit).min(0x110000);
            digits += 1;
            self.at += 1;
        }
        if self.byte(self.at) != b'}' || digits == 0 || point > 0x10ffff {
            return None;
        }
        self.at += 1;
        Some(point)
    }

    pub fn hex_digits(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            value = value << 4 | hex(self.byte(self.at))?;
            self.at += 1;
        }
        Some(value)
    }

    /// A character beyond ASCII that is no white space.
    #[inline(never)]
    pub fn wide(&mut self) -> u8 {
        let (point, length) = decode(self.source, self.at);
        if point.map_or(false, names::starts_name) {
            return self.wide_name();
        }
        let code = if point.is_some() { errors::CHARACTER } else { errors::UTF8 };
        self.problem(code, self.at, self.at + length, 0);
        self.at += length;
        t::UNKNOWN
    }

    #[inline(never)]
    pub fn other(&mut self, _byte: u8) -> u8 {
        if self.at >= self.length {
            return t::END;
        }
        self.problem(errors::CHARACTER, self.at, self.at + 1, 0);
        self.at += 1;
        t::UNKNOWN
    }

    #[inline(never)]
    pub fn private_name(&mut self) -> u8 {
        self.at += 1;
        let byte = self.byte(self.at);
        let named = match CLASSES[byte as usize] {
            I => true,
            U => decode(self.source, self.at).0.map_or(false, names::starts_name),
            _ => false,
        };
        if !named {
            self.problem(errors::CHARACTER, self.at - 1, self.at, 0);
            return t::UNKNOWN;
        }
        self.read_name();
        t::PRIVATE_NAME
    }
}
