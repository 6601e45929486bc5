//! Punctuators.

use crate::lexer::Lexer;
use crate::words::t;

impl<'a> Lexer<'a> {
    #[inline(always)]
    pub fn take(&mut self, length: usize, kind: u8) -> u8 {
        self.at += length;
        kind
    }

    #[inline(never)]
    pub fn punctuator(&mut self, byte: u8) -> u8 {
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

    pub fn dot(&mut self) -> u8 {
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

    pub fn equals(&mut self, byte: u8) -> u8 {
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

    pub fn question(&mut self) -> u8 {
        match self.byte_at(self.at + 1) {
            b'?' if self.byte_at(self.at + 2) == b'=' => self.take(3, t::NULLISH_ASSIGN),
            b'?' => self.take(2, t::NULLISH),
            b'.' if !self.byte_at(self.at + 2).is_ascii_digit() => self.take(2, t::QUESTION_DOT),
            _ => self.take(1, t::QUESTION),
        }
    }

    /// An operator that is doubled, or has a `=` behind it.
    pub fn operator(&mut self, byte: u8) -> u8 {
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

    pub fn unsigned_shift(&mut self) -> u8 {
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
}
