//! Classes of regular expressions, those of sets too.

use crate::properties;
use crate::regexp::{Checked, Pattern};

/// What a part of a class stands for.
#[derive(Clone, Copy)]
pub struct Members {
    /// The code of the only character; `MANY` if there may be others.
    only: u32,
    /// Whether there may be strings of several characters.
    pub strings: bool,
}

const MANY: u32 = u32::MAX;

impl Members {
    pub const SET: Members = Members { only: MANY, strings: false };

    pub fn character(point: u32) -> Members {
        Members { only: point, strings: false }
    }

    fn strings(strings: bool) -> Members {
        Members { only: MANY, strings }
    }
}

const CLASS_END: &str = "a class is not closed";

impl<'p> Pattern<'p> {
    /// A class from its `[` on.
    #[inline(never)]
    pub fn class(&mut self) -> Checked<()> {
        if self.sets {
            self.set()?;
            return Ok(());
        }
        self.at += 1;
        self.eat(b'^');
        loop {
            if self.ended() {
                return self.wrong(CLASS_END);
            }
            if self.eat(b']') {
                return Ok(());
            }
            let at = self.at;
            let first = self.class_atom()?;
            if self.byte() != b'-' || self.ended() || matches!(self.byte_at(1), b']') || self.at + 1 >= self.text.len() {
                continue;
            }
            self.at += 1;
            let last = self.class_atom()?;
            self.check_range(first, last, at)?;
        }
    }

    fn check_range(&mut self, first: Members, last: Members, at: usize) -> Checked<()> {
        let set = first.only == MANY || last.only == MANY;
        if set && self.unicode {
            self.at = at;
            return self.wrong("a set can't be the end of a range");
        }
        if !set && first.only > last.only {
            self.at = at;
            return self.wrong("the ends of a range are out of order");
        }
        Ok(())
    }

    #[inline(never)]
    fn class_atom(&mut self) -> Checked<Members> {
        if !self.eat(b'\\') {
            let point = self.character();
            return Ok(Members::character(point));
        }
        match self.byte() {
            b'b' => {
                self.at += 1;
                Ok(Members::character(8))
            }
            b'1'..=b'9' if self.unicode => self.wrong("an escape is not valid"),
            _ => self.character_escape(true),
        }
    }

    /// `\p{...}`, from the letter on.
    #[inline(never)]
    pub fn property(&mut self, negated: bool) -> Checked<Members> {
        self.at += 1;
        if !self.eat(b'{') {
            return self.wrong("the name of a property is missing");
        }
        let from = self.at;
        while !self.ended() && self.byte() != b'}' {
            self.at += 1;
        }
        let text = self.text;
        let whole = &text[from..self.at];
        let (name, value) = match whole.iter().position(|&byte| byte == b'=') {
            Some(at) => (&whole[..at], Some(&whole[at + 1..])),
            None => (whole, None),
        };
        let of_strings = self.sets && value.is_none() && !negated && properties::is_property_of_strings(name);
        if !of_strings && !properties::is_property(name, value) {
            self.at = from;
            return self.wrong("there is no property of this name");
        }
        if !self.eat(b'}') {
            return self.wrong("the name of a property does not end");
        }
        Ok(Members::strings(of_strings))
    }

    // Sets, with the flag `v`.

    /// A class of sets from its `[` on.
    #[inline(never)]
    fn set(&mut self) -> Checked<Members> {
        self.depth += 1;
        if self.depth > 200 {
            return self.wrong("its classes are nested too deeply");
        }
        let start = self.at;
        self.at += 1;
        let negated = self.eat(b'^');
        let strings = if self.byte() == b']' { false } else { self.set_contents()? };
        if !self.eat(b']') {
            return self.wrong(CLASS_END);
        }
        if negated && strings {
            self.at = start;
            return self.wrong("a negated class can't have strings");
        }
        self.depth -= 1;
        Ok(Members::strings(strings))
    }

    /// A union, an intersection or a difference; whether it may have strings.
    #[inline(never)]
    fn set_contents(&mut self) -> Checked<bool> {
        let at = self.at;
        let first = self.set_operand()?;
        if self.pair(b'&') {
            return self.operations(b'&', first);
        }
        if self.pair(b'-') {
            return self.operations(b'-', first);
        }
        let mut strings = self.set_range(first, at)?;
        while !self.ended() && self.byte() != b']' {
            if self.pair(b'&') || self.pair(b'-') {
                return self.wrong("operations of sets can't be mixed");
            }
            let at = self.at;
            let next = self.set_operand()?;
            strings |= self.set_range(next, at)?;
        }
        Ok(strings)
    }

    fn pair(&self, sign: u8) -> bool {
        self.byte() == sign && self.byte_at(1) == sign
    }

    fn operations(&mut self, sign: u8, first: Members) -> Checked<bool> {
        let mut strings = first.strings;
        while self.pair(sign) {
            self.at += 2;
            if sign == b'&' && self.byte() == b'&' {
                return self.wrong("this can't stand in a class");
            }
            let next = self.set_operand()?;
            if sign == b'&' {
                strings &= next.strings;
            }
        }
        if self.byte() != b']' || self.ended() {
            return self.wrong("operations of sets can't be mixed");
        }
        Ok(strings)
    }

    /// The rest of a range, if the operand before began one; whether there may be strings.
    fn set_range(&mut self, first: Members, at: usize) -> Checked<bool> {
        if self.byte() != b'-' || self.byte_at(1) == b'-' || self.ended() {
            return Ok(first.strings);
        }
        self.at += 1;
        if self.byte() == b'[' {
            return self.wrong("a set can't be the end of a range");
        }
        let last = self.set_operand()?;
        if first.only == MANY || last.only == MANY {
            self.at = at;
            return self.wrong("a set can't be the end of a range");
        }
        self.check_range(first, last, at)?;
        Ok(false)
    }

    #[inline(never)]
    fn set_operand(&mut self) -> Checked<Members> {
        if self.ended() {
            return self.wrong(CLASS_END);
        }
        if self.byte() == b'[' {
            return self.set();
        }
        if self.byte() == b'\\' && self.byte_at(1) == b'q' {
            return self.quoted();
        }
        self.set_character()
    }

    #[inline(never)]
    fn set_character(&mut self) -> Checked<Members> {
        const DOUBLED: &[u8] = b"&!#$%*+,.:;<=>?@^`~";
        const PUNCTUATORS: &[u8] = b"&-!#%,:;<=>@`~";
        let byte = self.byte();
        if byte == b'\\' {
            self.at += 1;
            let next = self.byte();
            if next == b'b' {
                self.at += 1;
                return Ok(Members::character(8));
            }
            if PUNCTUATORS.contains(&next) && !self.ended() {
                self.at += 1;
                return Ok(Members::character(next as u32));
            }
            if (b'1'..=b'9').contains(&next) {
                return self.wrong("an escape is not valid");
            }
            return self.character_escape(true);
        }
        if DOUBLED.contains(&byte) && self.byte_at(1) == byte {
            return self.wrong("a doubled sign must be escaped in a class");
        }
        if b"()[]{}/-|".contains(&byte) {
            return self.wrong("this must be escaped in a class");
        }
        let point = self.character();
        Ok(Members::character(point))
    }

    /// `\q{a|bc}`.
    fn quoted(&mut self) -> Checked<Members> {
        self.at += 2;
        if !self.eat(b'{') {
            return self.wrong("an escape is not valid");
        }
        let mut strings = false;
        let mut length = 0;
        loop {
            if self.ended() {
                return self.wrong(CLASS_END);
            }
            if self.byte() == b'|' || self.byte() == b'}' {
                strings |= length != 1;
                length = 0;
                let last = self.byte() == b'}';
                self.at += 1;
                if last {
                    return Ok(Members::strings(strings));
                }
                continue;
            }
            let one = self.set_character()?;
            if one.only == MANY {
                return self.wrong("a set can't stand in a string");
            }
            length += 1;
        }
    }
}
