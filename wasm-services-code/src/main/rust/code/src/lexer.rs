//! Source text becomes tokens, one at a time, as the parser asks for them: what a `/` or a `}` is, it alone knows.

use crate::atoms::{step, Atoms, SEED};
use crate::errors::{self, Problem};
use crate::names;
use crate::words::{t, w};

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
    cooked: Vec<u8>,
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
static NAME: [bool; 256] = name_bytes();

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

fn hex(byte: u8) -> Option<u32> {
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
    fn comment(&mut self, kind: u32, start: usize) {
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
    fn skip_line(&mut self) {
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
    fn skip(&mut self) -> bool {
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
    fn skip_comment(&mut self, byte: u8, line: &mut bool) -> bool {
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
    fn line_comment(&mut self) {
        let start = self.at;
        self.skip_line();
        self.comment(LINE_COMMENT, start);
    }

    #[inline(never)]
    fn block_comment(&mut self, line: &mut bool) {
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
    fn html_comment(&mut self, byte: u8, line: bool) -> bool {
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
    fn skip_wide(&mut self, line: &mut bool) -> bool {
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
    fn name(&mut self) -> u8 {
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
    fn wide_name(&mut self) -> u8 {
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
    fn read_name(&mut self) {
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

    fn name_escape(&mut self, first: bool) {
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
    fn unicode_escape(&mut self) -> Option<u32> {
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

    fn hex_digits(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            value = value << 4 | hex(self.byte(self.at))?;
            self.at += 1;
        }
        Some(value)
    }

    /// A character beyond ASCII that is no white space.
    #[inline(never)]
    fn wide(&mut self) -> u8 {
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
    fn other(&mut self, _byte: u8) -> u8 {
        if self.at >= self.length {
            return t::END;
        }
        self.problem(errors::CHARACTER, self.at, self.at + 1, 0);
        self.at += 1;
        t::UNKNOWN
    }

    #[inline(never)]
    fn private_name(&mut self) -> u8 {
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

    // Strings and templates.

    #[inline(always)]
    fn string(&mut self, quote: u8) -> u8 {
        let start = self.at + 1;
        let mut at = start;
        let mut hash = SEED;
        loop {
            let byte = self.byte(at);
            if byte == quote {
                self.at = at + 1;
                self.token.atom = self.atoms.add(self.source, start, at - start, hash);
                return t::STRING;
            }
            if byte == b'\\' || byte == b'\n' || byte == b'\r' || byte == 0 || byte >= 0x80 {
                return self.long_string(quote);
            }
            hash = step(hash, byte);
            at += 1;
        }
    }

    #[inline(never)]
    fn long_string(&mut self, quote: u8) -> u8 {
        let start = self.at;
        self.at += 1;
        self.cooked.clear();
        loop {
            let byte = self.byte(self.at);
            if byte == quote {
                self.at += 1;
                break;
            }
            if byte == b'\n' || byte == b'\r' || (byte == 0 && self.at >= self.length) {
                self.problem(errors::STRING_END, start, self.at, 0);
                break;
            }
            if byte == b'\\' {
                self.token.escaped = true;
                let from = self.at;
                if !self.escape(false) {
                    self.problem(errors::ESCAPE, from, self.at, 0);
                }
            } else {
                self.character();
            }
        }
        self.token.atom = self.atoms.add_text(self.source, &self.cooked);
        t::STRING
    }

    /// One character as it is.
    fn character(&mut self) {
        let (point, length) = decode(self.source, self.at);
        if point.is_none() {
            self.problem(errors::UTF8, self.at, self.at + 1, 0);
            self.cooked.extend_from_slice(b"\xef\xbf\xbd");
        } else {
            self.cooked.extend_from_slice(&self.source[self.at..self.at + length]);
        }
        self.at += length;
    }

    /// An escape sequence; whether it is valid.
    #[inline(never)]
    fn escape(&mut self, template: bool) -> bool {
        self.at += 1;
        let byte = self.byte(self.at);
        if byte == 0 && self.at >= self.length {
            return true;
        }
        let plain = match byte {
            b'n' => 10,
            b't' => 9,
            b'r' => 13,
            b'b' => 8,
            b'v' => 11,
            b'f' => 12,
            b'\r' => {
                self.at += if self.byte_at(self.at + 1) == b'\n' { 2 } else { 1 };
                return true;
            }
            b'\n' => {
                self.at += 1;
                return true;
            }
            b'x' => {
                self.at += 1;
                let point = self.hex_digits(2);
                return self.push_escape(point);
            }
            b'u' => {
                let point = self.unicode_escape();
                return self.push_escape(point);
            }
            b'0'..=b'9' => return self.octal(template, byte),
            0xe2 if self.line_separator(self.at) => {
                self.at += 3;
                return true;
            }
            0x80..=0xff => {
                self.character();
                return true;
            }
            _ => byte,
        };
        self.cooked.push(plain);
        self.at += 1;
        true
    }

    fn push_escape(&mut self, point: Option<u32>) -> bool {
        if let Some(point) = point {
            push_point(&mut self.cooked, point);
        }
        point.is_some()
    }

    fn octal(&mut self, template: bool, byte: u8) -> bool {
        let next = self.byte_at(self.at + 1);
        if byte == b'0' && !next.is_ascii_digit() {
            self.cooked.push(0);
            self.at += 1;
            return true;
        }
        if template {
            self.at += 1;
            return false;
        }
        self.token.special = true;
        if byte >= b'8' {
            self.cooked.push(byte);
            self.at += 1;
            return true;
        }
        let most = if byte <= b'3' { 3 } else { 2 };
        let mut value = 0;
        let mut digits = 0;
        while digits < most && (b'0'..=b'7').contains(&self.byte(self.at)) {
            value = value * 8 + (self.byte(self.at) - 48) as u32;
            digits += 1;
            self.at += 1;
        }
        push_point(&mut self.cooked, value);
        true
    }

    /// A piece of a template, from behind its `` ` `` or `}` on. The token begins there.
    #[inline(never)]
    pub fn template(&mut self) -> u8 {
        let start = self.at;
        let mut valid = true;
        self.cooked.clear();
        self.token.special = true;
        loop {
            match self.byte(self.at) {
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.byte_at(self.at + 1) == b'{' => {
                    self.token.special = false;
                    self.at += 2;
                    break;
                }
                b'\\' => valid &= self.escape(true),
                b'\r' => {
                    self.cooked.push(b'\n');
                    self.at += if self.byte_at(self.at + 1) == b'\n' { 2 } else { 1 };
                }
                0 if self.at >= self.length => {
                    self.problem(errors::TEMPLATE_END, start - 1, self.at, 0);
                    break;
                }
                byte if byte < 0x80 => {
                    self.cooked.push(byte);
                    self.at += 1;
                }
                _ => self.character(),
            }
        }
        self.token.atom = if valid { self.atoms.add_text(self.source, &self.cooked) } else { 0 };
        t::TEMPLATE
    }

    /// Reads on in a template, whose expression ended with the `}` that is the token.
    pub fn continue_template(&mut self) {
        self.go_back_to(self.token.start as usize + 1);
        self.token.kind = self.template();
        self.token.end = self.at as u32;
    }

    /// The lexer reads on from a place inside or at the start of the token.
    pub fn go_back_to(&mut self, at: usize) {
        self.at = at;
        while self.comments.last().map_or(false, |last| last.start as usize >= at) {
            self.comments.pop();
        }
    }

    // Numbers.

    #[inline(never)]
    fn number(&mut self) -> u8 {
        let start = self.at;
        let byte = self.byte(start);
        let radix = match self.byte_at(start + 1) | 0x20 {
            b'x' => 16,
            b'o' => 8,
            b'b' => 2,
            _ => 10,
        };
        let kind = if byte == b'0' && radix != 10 {
            self.radix_number(start, radix)
        } else if byte == b'0' && (self.byte_at(start + 1).is_ascii_digit() || self.byte_at(start + 1) == b'_') {
            self.old_octal(start)
        } else {
            self.decimal(start)
        };
        self.end_number(start);
        kind
    }

    /// What may not follow a number.
    fn end_number(&mut self, start: usize) {
        let byte = self.byte(self.at);
        let follows = NAME[byte as usize]
            || byte == b'\\'
            || (byte >= 0x80 && decode(self.source, self.at).0.map_or(false, names::starts_name));
        if follows {
            self.problem(errors::AFTER_NUMBER, start, self.at + 1, 0);
        }
    }

    fn radix_number(&mut self, start: usize, radix: u32) -> u8 {
        self.at += 2;
        let digits = self.digits(radix);
        if digits == 0 {
            self.problem(errors::NUMBER, start, self.at, 0);
        }
        self.bigint()
    }

    fn bigint(&mut self) -> u8 {
        if self.byte(self.at) == b'n' {
            self.at += 1;
            return t::BIGINT;
        }
        t::NUMBER
    }

    /// Digits with separators between them; how many.
    fn digits(&mut self, radix: u32) -> u32 {
        let mut count = 0;
        let mut separated = true;
        loop {
            let byte = self.byte(self.at);
            if byte == b'_' {
                if separated {
                    self.problem(errors::SEPARATOR, self.at, self.at + 1, 0);
                }
                separated = true;
            } else if hex(byte).map_or(false, |digit| digit < radix) {
                separated = false;
                count += 1;
            } else {
                break;
            }
            self.at += 1;
        }
        if separated && count > 0 {
            self.problem(errors::SEPARATOR, self.at - 1, self.at, 0);
        }
        count
    }

    /// `017`, or `089`, which is decimal.
    fn old_octal(&mut self, start: usize) -> u8 {
        self.token.special = true;
        let mut octal = true;
        while self.byte(self.at).is_ascii_digit() || self.byte(self.at) == b'_' {
            octal &= self.byte(self.at) < b'8';
            if self.byte(self.at) == b'_' {
                self.problem(errors::SEPARATOR, self.at, self.at + 1, 0);
            }
            self.at += 1;
        }
        if octal {
            return t::NUMBER;
        }
        self.fraction(start);
        t::NUMBER
    }

    fn decimal(&mut self, start: usize) -> u8 {
        self.digits(10);
        if self.byte(self.at) == b'n' {
            self.at += 1;
            return t::BIGINT;
        }
        self.fraction(start);
        t::NUMBER
    }

    /// What comes behind the digits before the point.
    fn fraction(&mut self, start: usize) {
        if self.byte(self.at) == b'.' {
            self.at += 1;
            if self.byte(self.at) == b'_' || self.byte(self.at).is_ascii_digit() {
                self.digits(10);
            }
        }
        if self.byte(self.at) | 0x20 == b'e' {
            self.at += 1;
            if matches!(self.byte(self.at), b'+' | b'-') {
                self.at += 1;
            }
            if self.digits(10) == 0 {
                self.problem(errors::NUMBER, start, self.at, 0);
            }
        }
    }

    // Punctuators.

    #[inline(always)]
    fn take(&mut self, length: usize, kind: u8) -> u8 {
        self.at += length;
        kind
    }

    #[inline(never)]
    fn punctuator(&mut self, byte: u8) -> u8 {
        match byte {
            b'{' => self.take(1, t::LEFT_BRACE),
            b'}' => self.take(1, t::RIGHT_BRACE),
            b'(' => self.take(1, t::LEFT_PAREN),
            b')' => self.take(1, t::RIGHT_PAREN),
            b'[' => self.take(1, t::LEFT_BRACKET),
            b']' => self.take(1, t::RIGHT_BRACKET),
            b';' => self.take(1, t::SEMICOLON),
            b',' => self.take(1, t::COMMA),
            b':' => self.take(1, t::COLON),
            b'~' => self.take(1, t::TILDE),
            b'@' => self.take(1, t::AT),
            b'.' => self.dot(),
            b'#' => self.private_name(),
            b'`' => {
                self.at += 1;
                self.template()
            }
            b'=' | b'!' => self.equals(byte),
            b'?' => self.question(),
            _ => self.operator(byte),
        }
    }

    fn dot(&mut self) -> u8 {
        let next = self.byte_at(self.at + 1);
        if next.is_ascii_digit() {
            let start = self.at;
            self.fraction(start);
            self.end_number(start);
            return t::NUMBER;
        }
        if next == b'.' && self.byte_at(self.at + 2) == b'.' {
            return self.take(3, t::ELLIPSIS);
        }
        self.take(1, t::DOT)
    }

    fn equals(&mut self, byte: u8) -> u8 {
        let second = self.byte_at(self.at + 1);
        if second == b'=' {
            let strict = self.byte_at(self.at + 2) == b'=';
            let kind = match (byte, strict) {
                (b'=', false) => t::EQUAL,
                (b'=', true) => t::STRICT_EQUAL,
                (_, false) => t::NOT_EQUAL,
                (_, true) => t::STRICT_NOT_EQUAL,
            };
            return self.take(2 + strict as usize, kind);
        }
        if byte == b'=' && second == b'>' {
            return self.take(2, t::ARROW);
        }
        self.take(1, if byte == b'=' { t::ASSIGN } else { t::NOT })
    }

    fn question(&mut self) -> u8 {
        match self.byte_at(self.at + 1) {
            b'?' if self.byte_at(self.at + 2) == b'=' => self.take(3, t::NULLISH_ASSIGN),
            b'?' => self.take(2, t::NULLISH),
            b'.' if !self.byte_at(self.at + 2).is_ascii_digit() => self.take(2, t::QUESTION_DOT),
            _ => self.take(1, t::QUESTION),
        }
    }

    /// An operator that is doubled, or has a `=` behind it.
    fn operator(&mut self, byte: u8) -> u8 {
        let second = self.byte_at(self.at + 1);
        let third = self.byte_at(self.at + 2);
        let doubled = second == byte;
        if second == b'=' {
            let kind = match byte {
                b'+' => t::PLUS_ASSIGN,
                b'-' => t::MINUS_ASSIGN,
                b'*' => t::STAR_ASSIGN,
                b'/' => t::SLASH_ASSIGN,
                b'%' => t::PERCENT_ASSIGN,
                b'&' => t::AND_ASSIGN,
                b'|' => t::OR_ASSIGN,
                b'^' => t::XOR_ASSIGN,
                b'<' => t::LESS_EQUAL,
                _ => t::GREATER_EQUAL,
            };
            return self.take(2, kind);
        }
        if doubled {
            let assigned = third == b'=';
            let pair = match byte {
                b'+' => return self.take(2, t::INCREMENT),
                b'-' => return self.take(2, t::DECREMENT),
                b'*' => (t::POWER, t::POWER_ASSIGN),
                b'&' => (t::LOGICAL_AND, t::LOGICAL_AND_ASSIGN),
                b'|' => (t::LOGICAL_OR, t::LOGICAL_OR_ASSIGN),
                b'<' => (t::SHIFT_LEFT, t::SHIFT_LEFT_ASSIGN),
                b'>' if third == b'>' => return self.unsigned_shift(),
                b'>' => (t::SHIFT_RIGHT, t::SHIFT_RIGHT_ASSIGN),
                _ => (0, 0),
            };
            if pair.0 != 0 {
                return if assigned { self.take(3, pair.1) } else { self.take(2, pair.0) };
            }
        }
        let kind = match byte {
            b'+' => t::PLUS,
            b'-' => t::MINUS,
            b'*' => t::STAR,
            b'/' => t::SLASH,
            b'%' => t::PERCENT,
            b'&' => t::AND,
            b'|' => t::OR,
            b'^' => t::XOR,
            b'<' => t::LESS,
            _ => t::GREATER,
        };
        self.take(1, kind)
    }

    fn unsigned_shift(&mut self) -> u8 {
        if self.byte_at(self.at + 3) == b'=' {
            self.take(4, t::UNSIGNED_SHIFT_ASSIGN)
        } else {
            self.take(3, t::UNSIGNED_SHIFT)
        }
    }

    /// Takes one `>` or `<` of a token that has more.
    pub fn split(&mut self, kind: u8) {
        self.go_back_to(self.token.start as usize + 1);
        self.token.kind = kind;
        self.token.end = self.at as u32;
    }

    // Regular expressions.

    /// The token, a `/` or `/=`, begins a regular expression.
    #[inline(never)]
    pub fn regexp(&mut self) {
        let start = self.token.start as usize;
        self.go_back_to(start + 1);
        let mut class = false;
        let closed = loop {
            match self.byte(self.at) {
                b'/' if !class => break true,
                b'[' => class = true,
                b']' => class = false,
                b'\\' if !self.ends_line(self.at + 1) => self.at += 1,
                _ if self.ends_line(self.at) => break false,
                _ => {}
            }
            self.at += 1;
        };
        let end = self.at.min(self.length);
        self.at = end;
        let pattern = self.source[start + 1..end].to_vec();
        self.token.atom = self.atoms.add_text(self.source, &pattern);
        self.token.flags = w::NONE_ATOM;
        if closed {
            self.at += 1;
            self.regexp_flags();
        } else {
            self.problem(errors::REGEXP_END, start, self.at, 0);
        }
        self.token.kind = t::REGEXP;
        self.token.end = self.at as u32;
    }

    fn regexp_flags(&mut self) {
        let from = self.at;
        while NAME[self.byte(self.at) as usize] {
            self.at += 1;
        }
        let flags = self.source[from..self.at].to_vec();
        self.token.flags = self.atoms.add_text(self.source, &flags);
        let byte = self.byte(self.at);
        if byte == b'\\' || (byte >= 0x80 && decode(self.source, self.at).0.map_or(false, names::continues_name)) {
            let rest = self.at;
            self.read_name();
            self.problem(errors::FLAGS, rest, self.at, 0);
            self.token.atom = self.atoms.add_text(self.source, &self.source[self.token.start as usize + 1..from - 1]);
        }
    }

    fn ends_line(&self, at: usize) -> bool {
        match self.byte_at(at) {
            b'\n' | b'\r' => true,
            0xe2 => self.line_separator(at),
            0 => at >= self.length,
            _ => false,
        }
    }

    // JSX.

    /// The text of an element from behind the token on, or what ends it.
    #[inline(never)]
    pub fn jsx_child(&mut self) {
        self.go_back_to(self.token.end as usize);
        self.token.last_end = self.token.end;
        self.token.line_before = false;
        let start = self.at;
        self.token.start = start as u32;
        while self.at < self.length && !matches!(self.byte(self.at), b'<' | b'{') {
            if matches!(self.byte(self.at), b'>' | b'}') {
                let sign = self.atoms.add_text(self.source, &self.source[self.at..self.at + 1]);
                self.problem(errors::JSX_CHARACTER, self.at, self.at + 1, sign);
            }
            self.at += 1;
        }
        self.token.kind = if self.at > start {
            t::JSX_TEXT
        } else {
            match self.byte(self.at) {
                b'<' => self.take(1, t::LESS),
                b'{' => self.take(1, t::LEFT_BRACE),
                _ => t::END,
            }
        };
        self.token.end = self.at as u32;
    }

    /// A name in a tag goes on with `-`.
    pub fn jsx_name(&mut self) {
        self.go_back_to(self.token.end as usize);
        loop {
            let byte = self.byte(self.at);
            if NAME[byte as usize] || byte == b'-' {
                self.at += 1;
            } else if byte >= 0x80 && decode(self.source, self.at).0.map_or(false, names::continues_name) {
                self.at += decode(self.source, self.at).1;
            } else {
                break;
            }
        }
        let name = self.source[self.token.start as usize..self.at].to_vec();
        self.token.atom = self.atoms.add_text(self.source, &name);
        self.token.kind = t::IDENTIFIER;
        self.token.end = self.at as u32;
    }

    /// The next token, which may be the value of an attribute: a string without escapes.
    #[inline(never)]
    pub fn jsx_value(&mut self) {
        self.token.last_end = self.token.end;
        self.go_back_to(self.token.end as usize);
        self.token.line_before = self.skip();
        let start = self.at;
        let quote = self.byte(start);
        if quote != b'"' && quote != b'\'' {
            self.at = self.token.end as usize;
            return self.next();
        }
        self.at += 1;
        while self.at < self.length && self.byte(self.at) != quote {
            self.at += 1;
        }
        let value = self.source[start + 1..self.at].to_vec();
        if self.at < self.length {
            self.at += 1;
        } else {
            self.problem(errors::STRING_END, start, self.at, 0);
        }
        self.token.atom = self.atoms.add_text(self.source, &value);
        self.token.start = start as u32;
        self.token.end = self.at as u32;
        self.token.kind = t::STRING;
    }
}
