//! Strings, templates and their escapes.

use crate::atoms::{step, SEED};
use crate::errors;
use crate::lexer::{decode, push_point, Lexer};
use crate::words::t;

impl<'a> Lexer<'a> {
    #[inline(always)]
    pub fn string(&mut self, quote: u8) -> u8 {
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
    pub fn long_string(&mut self, quote: u8) -> u8 {
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
    pub fn character(&mut self) {
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
    pub fn escape(&mut self, template: bool) -> bool {
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

    pub fn push_escape(&mut self, point: Option<u32>) -> bool {
        if let Some(point) = point {
            push_point(&mut self.cooked, point);
        }
        point.is_some()
    }

    pub fn octal(&mut self, template: bool, byte: u8) -> bool {
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
}
