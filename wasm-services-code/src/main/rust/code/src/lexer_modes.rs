//! What the parser asks for where it knows more: regular expressions, and the text and names of elements.

use crate::errors;
use crate::lexer::{decode, Lexer, NAME};
use crate::names;
use crate::words::{t, w};

impl<'a> Lexer<'a> {
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

    pub fn regexp_flags(&mut self) {
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

    pub fn ends_line(&self, at: usize) -> bool {
        match self.byte_at(at) {
            b'\n' | b'\r' => true,
            0xe2 => self.line_separator(at),
            0 => at >= self.length,
            _ => false,
        }
    }

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
