//! Whether a regular expression is valid, with the leniency of browsers where neither `u` nor `v` is set.

use crate::errors;
use crate::lexer::decode;
use crate::names;
use crate::parser::Parser;
use crate::regexp_class::Members;

/// How deep groups and classes may be nested.
const MOST_DEPTH: u32 = 200;

pub struct Wrong {
    pub at: usize,
    pub what: &'static str,
}

pub type Checked<T> = Result<T, Wrong>;

pub struct Pattern<'p> {
    pub text: &'p [u8],
    pub at: usize,
    /// `u` or `v`.
    pub unicode: bool,
    pub sets: bool,
    /// Whether there are names of groups, so that `\k` is a reference.
    named: bool,
    groups: u32,
    pub depth: u32,
    /// Names of groups: the text, and on which alternatives the group lies.
    names: Vec<(Vec<u8>, Vec<(u32, u32)>)>,
    references: Vec<(Vec<u8>, usize)>,
    /// The alternative at hand of each disjunction around.
    path: Vec<(u32, u32)>,
    disjunctions: u32,
}

impl<'a> Parser<'a> {
    /// Checks a literal between its places; the atoms are its pattern and its flags.
    #[inline(never)]
    pub fn check_regexp(&mut self, start: u32, end: u32, pattern: u32, flags: u32) {
        let flags = self.lex.atoms.text(self.lex.source, flags);
        let mut seen = 0u32;
        let mut valid = true;
        for &flag in flags {
            let bit = match b"dgimsuvy".iter().position(|&each| each == flag) {
                Some(at) => 1 << at,
                None => 0,
            };
            valid &= bit != 0 && seen & bit == 0;
            seen |= bit;
        }
        let (unicode, sets) = (seen & 1 << 5 != 0, seen & 1 << 6 != 0);
        if !valid || (unicode && sets) {
            let length = flags.len() as u32;
            self.problem(errors::FLAGS, end - length, end, 0);
            return;
        }
        let text = self.lex.atoms.text(self.lex.source, pattern).to_vec();
        let wrong = check(&text, unicode || sets, sets);
        if let Some(wrong) = wrong {
            let at = (start + 1 + wrong.at as u32).min(end - 1);
            let atom = self.lex.atoms.add_text(self.lex.source, wrong.what.as_bytes());
            self.problem(errors::REGEXP, at, at + 1, atom);
        }
    }
}

#[inline(never)]
fn check(text: &[u8], unicode: bool, sets: bool) -> Option<Wrong> {
    let mut pattern = Pattern {
        text,
        at: 0,
        unicode,
        sets,
        named: unicode,
        groups: 0,
        depth: 0,
        names: Vec::new(),
        references: Vec::new(),
        path: Vec::new(),
        disjunctions: 0,
    };
    pattern.count_groups();
    pattern.whole().err()
}

impl<'p> Pattern<'p> {
    pub fn byte(&self) -> u8 {
        self.byte_at(0)
    }

    /// 0 behind the end.
    pub fn byte_at(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub fn ended(&self) -> bool {
        self.at >= self.text.len()
    }

    pub fn eat(&mut self, byte: u8) -> bool {
        let there = !self.ended() && self.byte() == byte;
        self.at += there as usize;
        there
    }

    pub fn wrong<T>(&self, what: &'static str) -> Checked<T> {
        Err(Wrong { at: self.at.min(self.text.len()), what })
    }

    /// The character at hand, and on to the next.
    pub fn character(&mut self) -> u32 {
        let (point, length) = decode(self.text, self.at);
        self.at += length;
        point.unwrap_or(0xfffd)
    }

    /// How many groups there are, and whether any has a name: references may come before them.
    fn count_groups(&mut self) {
        let mut class = false;
        let mut at = 0;
        while at < self.text.len() {
            match self.text[at] {
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'(' if !class => self.count_group(at),
                _ => {}
            }
            at += 1;
        }
    }

    fn count_group(&mut self, at: usize) {
        let next = |ahead: usize| self.text.get(at + ahead).copied().unwrap_or(0);
        if next(1) != b'?' {
            self.groups += 1;
        } else if next(2) == b'<' && next(3) != b'=' && next(3) != b'!' {
            self.groups += 1;
            self.named = true;
        }
    }

    fn whole(&mut self) -> Checked<()> {
        self.disjunction()?;
        if !self.ended() {
            return self.wrong(if self.byte() == b')' { "a ')' has no '('" } else { "this can't stand here" });
        }
        for (name, at) in &self.references {
            if !self.names.iter().any(|each| each.0 == *name) {
                return Err(Wrong { at: *at, what: "there is no group of this name" });
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn disjunction(&mut self) -> Checked<()> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return self.wrong("its groups are nested too deeply");
        }
        let number = self.disjunctions;
        self.disjunctions += 1;
        self.path.push((number, 0));
        loop {
            while !self.ended() && self.byte() != b'|' && self.byte() != b')' {
                self.term()?;
            }
            if !self.eat(b'|') {
                break;
            }
            if let Some(last) = self.path.last_mut() {
                last.1 += 1;
            }
        }
        self.path.pop();
        self.depth -= 1;
        Ok(())
    }

    #[inline(never)]
    fn term(&mut self) -> Checked<()> {
        let repeatable = match self.byte() {
            b'^' | b'$' => {
                self.at += 1;
                false
            }
            b'(' => self.group()?,
            b'\\' if matches!(self.byte_at(1), b'b' | b'B') => {
                self.at += 2;
                false
            }
            b'\\' => {
                self.at += 1;
                self.atom_escape()?;
                true
            }
            b'[' => {
                self.class()?;
                true
            }
            b'*' | b'+' | b'?' => return self.wrong("there is nothing to repeat"),
            b'{' if self.unicode || self.is_quantifier() => return self.wrong("there is nothing to repeat"),
            b'}' | b']' if self.unicode => return self.wrong("a bracket has no partner"),
            _ => {
                self.character();
                true
            }
        };
        self.quantifier(repeatable)
    }

    /// Whether `{` begins a quantifier.
    fn is_quantifier(&mut self) -> bool {
        let at = self.at;
        let there = self.braces().is_some();
        self.at = at;
        there
    }

    /// `{n}`, `{n,}` or `{n,m}`: whether the numbers are in order.
    fn braces(&mut self) -> Option<bool> {
        self.at += 1;
        let least = self.digits()?;
        let mut most = least.clone();
        if self.eat(b',') {
            most = if self.byte() == b'}' { Vec::new() } else { self.digits()? };
        }
        if !self.eat(b'}') {
            return None;
        }
        Some(most.is_empty() || (least.len(), &least) <= (most.len(), &most))
    }

    /// Digits without zeros before them; never empty.
    fn digits(&mut self) -> Option<Vec<u8>> {
        let from = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == from {
            return None;
        }
        let digits = &self.text[from..self.at];
        let zeros = digits.iter().take(digits.len() - 1).take_while(|&&digit| digit == b'0').count();
        Some(digits[zeros..].to_vec())
    }

    #[inline(never)]
    fn quantifier(&mut self, repeatable: bool) -> Checked<()> {
        match self.byte() {
            _ if self.ended() => return Ok(()),
            b'*' | b'+' | b'?' if repeatable => self.at += 1,
            b'*' | b'+' | b'?' => return self.wrong("there is nothing to repeat"),
            b'{' => {
                let at = self.at;
                match self.braces() {
                    Some(_) if !repeatable => {
                        self.at = at;
                        return self.wrong("there is nothing to repeat");
                    }
                    Some(true) => {}
                    Some(false) => return self.wrong("the numbers of a quantifier are out of order"),
                    None if self.unicode => return self.wrong("a quantifier is not complete"),
                    None => {
                        self.at = at;
                        return Ok(());
                    }
                }
            }
            _ => return Ok(()),
        }
        self.eat(b'?');
        Ok(())
    }

    // Groups.

    /// Whether it can be repeated.
    #[inline(never)]
    fn group(&mut self) -> Checked<bool> {
        self.at += 1;
        let mut repeatable = true;
        if self.eat(b'?') {
            match self.byte() {
                b'=' | b'!' => {
                    self.at += 1;
                    repeatable = !self.unicode;
                }
                b'<' if matches!(self.byte_at(1), b'=' | b'!') => {
                    self.at += 2;
                    repeatable = false;
                }
                b'<' => self.group_name()?,
                b':' => self.at += 1,
                _ => self.modifiers()?,
            }
        }
        self.disjunction()?;
        if !self.eat(b')') {
            return self.wrong("a group is not closed");
        }
        Ok(repeatable)
    }

    /// `i`, `m` and `s`, each once, on and behind `-` off.
    fn modifiers(&mut self) -> Checked<()> {
        let mut seen = 0;
        let mut minus = false;
        let from = self.at;
        loop {
            let bit = match self.byte() {
                b'i' => 1,
                b'm' => 2,
                b's' => 4,
                b'-' if !minus => {
                    minus = true;
                    self.at += 1;
                    continue;
                }
                b':' if seen != 0 && self.at > from => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return self.wrong("a group of this kind is not known"),
            };
            if seen & bit != 0 {
                return self.wrong("a modifier is there twice");
            }
            seen |= bit;
            self.at += 1;
        }
    }

    fn group_name(&mut self) -> Checked<()> {
        let at = self.at;
        let name = self.name()?;
        let clash = self.names.iter().any(|(other, path)| *other == name && !self.apart(path));
        if clash {
            self.at = at;
            return self.wrong("a group of this name is there already");
        }
        let path = self.path.clone();
        self.names.push((name, path));
        Ok(())
    }

    /// Whether a group on that path can never take part together with what comes here.
    fn apart(&self, path: &[(u32, u32)]) -> bool {
        path.iter().zip(&self.path).any(|(one, other)| one.0 == other.0 && one.1 != other.1)
    }

    /// `<name>`.
    #[inline(never)]
    fn name(&mut self) -> Checked<Vec<u8>> {
        if !self.eat(b'<') {
            return self.wrong("the name of a group is missing");
        }
        let mut name = Vec::new();
        loop {
            if self.ended() {
                return self.wrong("the name of a group does not end");
            }
            if self.byte() == b'>' && !name.is_empty() {
                self.at += 1;
                return Ok(name);
            }
            let mut point = self.character();
            if point == b'\\' as u32 {
                point = match self.name_escape() {
                    Some(point) => point,
                    None => return self.wrong("an escape in the name of a group is not valid"),
                };
            }
            let valid = match point {
                0x24 | 0x5f => true,
                0..=0x7f => (point as u8).is_ascii_alphabetic() || (!name.is_empty() && (point as u8).is_ascii_digit()),
                _ if name.is_empty() => names::starts_name(point),
                _ => names::continues_name(point),
            };
            if !valid {
                return self.wrong("a character can't stand in the name of a group");
            }
            crate::lexer::push_point(&mut name, point);
        }
    }

    fn name_escape(&mut self) -> Option<u32> {
        if !self.eat(b'u') {
            return None;
        }
        let point = self.unicode_escape(true)?;
        Some(point)
    }

    // Escapes.

    /// What comes behind `\u`; two halves of a pair are one.
    pub fn unicode_escape(&mut self, unicode: bool) -> Option<u32> {
        if unicode && self.byte() == b'{' {
            self.at += 1;
            let from = self.at;
            let mut point = 0u32;
            while let Some(digit) = (self.byte() as char).to_digit(16) {
                point = (point << 4 | digit).min(0x110000);
                self.at += 1;
            }
            if self.at == from || point > 0x10ffff || !self.eat(b'}') {
                return None;
            }
            return Some(point);
        }
        let high = self.hex(4)?;
        if unicode && (0xd800..0xdc00).contains(&high) && self.byte() == b'\\' && self.byte_at(1) == b'u' {
            let at = self.at;
            self.at += 2;
            match self.hex(4) {
                Some(low) if (0xdc00..0xe000).contains(&low) => return Some(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)),
                _ => self.at = at,
            }
        }
        Some(high)
    }

    pub fn hex(&mut self, digits: usize) -> Option<u32> {
        let from = self.at;
        let mut value = 0;
        for _ in 0..digits {
            match (self.byte() as char).to_digit(16) {
                Some(digit) => value = value << 4 | digit,
                None => {
                    self.at = from;
                    return None;
                }
            }
            self.at += 1;
        }
        Some(value)
    }

    /// Behind the `\` of an atom.
    #[inline(never)]
    fn atom_escape(&mut self) -> Checked<()> {
        match self.byte() {
            b'1'..=b'9' => self.back_reference(),
            b'k' if self.named => {
                let at = self.at;
                self.at += 1;
                let name = self.name()?;
                self.references.push((name, at));
                Ok(())
            }
            _ => {
                self.character_escape(false)?;
                Ok(())
            }
        }
    }

    fn back_reference(&mut self) -> Checked<()> {
        let at = self.at;
        let mut number = 0u32;
        while self.byte().is_ascii_digit() {
            number = number.saturating_mul(10).saturating_add((self.byte() - b'0') as u32);
            self.at += 1;
        }
        if number > self.groups && self.unicode {
            self.at = at;
            return self.wrong("there is no group of this number");
        }
        if number > self.groups {
            // An octal escape, or the digit itself.
            self.at = at + 1;
        }
        Ok(())
    }

    /// An escape of one character, whose code is the answer, or of a set of characters.
    #[inline(never)]
    pub fn character_escape(&mut self, class: bool) -> Checked<Members> {
        if self.ended() {
            return self.wrong("a '\\' is at the end");
        }
        let byte = self.byte();
        let plain = |point: u32| Ok(Members::character(point));
        match byte {
            b'd' | b'D' | b's' | b'S' | b'w' | b'W' => {
                self.at += 1;
                Ok(Members::SET)
            }
            b'p' | b'P' if self.unicode => self.property(byte == b'P'),
            b't' | b'n' | b'v' | b'f' | b'r' => {
                self.at += 1;
                let point = [9, 10, 11, 12, 13][b"tnvfr".iter().position(|&each| each == byte).unwrap_or(0)];
                plain(point)
            }
            b'c' => self.control(class),
            b'0' if !self.byte_at(1).is_ascii_digit() => {
                self.at += 1;
                plain(0)
            }
            b'x' => {
                self.at += 1;
                match self.hex(2) {
                    Some(point) => plain(point),
                    None if self.unicode => self.wrong("an escape is not valid"),
                    None => plain(b'x' as u32),
                }
            }
            b'u' => {
                self.at += 1;
                match self.unicode_escape(self.unicode) {
                    Some(point) => plain(point),
                    None if self.unicode => self.wrong("an escape is not valid"),
                    None => plain(b'u' as u32),
                }
            }
            _ => self.identity(byte, class),
        }
    }

    fn control(&mut self, class: bool) -> Checked<Members> {
        let next = self.byte_at(1);
        let letter = next.is_ascii_alphabetic() || (class && !self.unicode && (next.is_ascii_digit() || next == b'_'));
        if letter {
            self.at += 2;
            return Ok(Members::character(next as u32 & 31));
        }
        if self.unicode {
            return self.wrong("an escape is not valid");
        }
        // The `\` stands for itself.
        Ok(Members::character(b'\\' as u32))
    }

    #[inline(never)]
    fn identity(&mut self, byte: u8, class: bool) -> Checked<Members> {
        if self.unicode {
            let allowed = b"^$\\.*+?()[]{}|/".contains(&byte) || (class && byte == b'-');
            if !allowed {
                return self.wrong("an escape is not valid");
            }
        } else if (b'0'..=b'7').contains(&byte) {
            return self.octal();
        } else if byte == b'k' && self.named {
            return self.wrong("an escape is not valid");
        }
        let point = self.character();
        Ok(Members::character(point))
    }

    fn octal(&mut self) -> Checked<Members> {
        let most = if self.byte() <= b'3' { 3 } else { 2 };
        let mut value = 0;
        for _ in 0..most {
            if !(b'0'..=b'7').contains(&self.byte()) {
                break;
            }
            value = value * 8 + (self.byte() - b'0') as u32;
            self.at += 1;
        }
        Ok(Members::character(value))
    }
}
