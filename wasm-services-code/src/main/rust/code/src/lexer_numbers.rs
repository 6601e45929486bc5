//! Numbers.

use crate::errors;
use crate::lexer::{decode, hex, Lexer, NAME};
use crate::names;
use crate::words::t;

impl<'a> Lexer<'a> {
    #[inline(never)]
    pub fn number(&mut self) -> u8 {
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
    pub fn end_number(&mut self, start: usize) {
        let byte = self.byte(self.at);
        let follows = NAME[byte as usize]
            || byte == b'\\'
            || (byte >= 0x80 && decode(self.source, self.at).0.map_or(false, names::starts_name));
        if follows {
            self.problem(errors::AFTER_NUMBER, start, self.at + 1, 0);
        }
    }

    pub fn radix_number(&mut self, start: usize, radix: u32) -> u8 {
        self.at += 2;
        let digits = self.digits(radix);
        if digits == 0 {
            self.problem(errors::NUMBER, start, self.at, 0);
        }
        self.bigint()
    }

    pub fn bigint(&mut self) -> u8 {
        if self.byte(self.at) == b'n' {
            self.at += 1;
            return t::BIGINT;
        }
        t::NUMBER
    }

    /// Digits with separators between them; how many.
    pub fn digits(&mut self, radix: u32) -> u32 {
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
    pub fn old_octal(&mut self, start: usize) -> u8 {
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

    pub fn decimal(&mut self, start: usize) -> u8 {
        self.digits(10);
        if self.byte(self.at) == b'n' {
            self.at += 1;
            return t::BIGINT;
        }
        self.fraction(start);
        t::NUMBER
    }

    /// What comes behind the digits before the point.
    pub fn fraction(&mut self, start: usize) {
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
}
