//! From the text of a pattern to its tree.

use super::super::category;
use super::set::{Class, Set};
use scanner::bytes::hex;
use crate::schema::stop::{stop, Code, Stop};

/// How many groups may stand in one another.
const DEEPEST: usize = 100;

const END: u32 = u32::MAX;

pub enum Tree {
    Empty,
    One(u32),
    Start,
    End,
    Word { negate: bool },
    Row(Vec<Tree>),
    Choice(Vec<Tree>),
    Repeat { tree: Box<Tree>, least: u32, most: Option<u32> },
    Look { tree: Box<Tree>, behind: bool, negate: bool },
}

type Parsed<T> = Result<T, Stop>;

struct Parser<'a> {
    pattern: &'a [u32],
    at: usize,
    depth: usize,
    sets: &'a mut Vec<Set>,
}

pub fn parse(pattern: &[u32], sets: &mut Vec<Set>) -> Parsed<Tree> {
    let mut parser = Parser { pattern, at: 0, depth: 0, sets };
    let tree = parser.choice()?;
    match parser.peek() {
        END => Ok(tree),
        _ => bad("a ')' without '('"),
    }
}

#[cold]
fn bad<T>(reason: &str) -> Parsed<T> {
    Err(stop(Code::Schema, &["the pattern is malformed: ", reason]))
}

#[cold]
fn unsupported<T>(what: &str) -> Parsed<T> {
    Err(stop(Code::Pattern, &["the pattern uses ", what, ", which is not supported"]))
}

fn code(letter: char) -> u32 {
    letter as u32
}

impl Parser<'_> {
    fn peek(&self) -> u32 {
        self.pattern.get(self.at).copied().unwrap_or(END)
    }

    fn next(&mut self) -> u32 {
        let point = self.peek();
        self.at += 1;
        point
    }

    fn take(&mut self, letter: char) -> bool {
        let there = self.peek() == code(letter);
        self.at += there as usize;
        there
    }

    fn starts(&mut self, text: &str) -> bool {
        let there = text
            .bytes()
            .enumerate()
            .all(|(index, byte)| self.pattern.get(self.at + index) == Some(&(byte as u32)));
        if there {
            self.at += text.len();
        }
        there
    }

    fn set(&mut self, set: Set) -> Tree {
        self.sets.push(set);
        Tree::One(self.sets.len() as u32 - 1)
    }

    #[inline(never)]
    fn choice(&mut self) -> Parsed<Tree> {
        let mut rows = vec![self.row()?];
        while self.take('|') {
            rows.push(self.row()?);
        }
        Ok(if rows.len() == 1 { rows.swap_remove(0) } else { Tree::Choice(rows) })
    }

    #[inline(never)]
    fn row(&mut self) -> Parsed<Tree> {
        let mut row = Vec::new();
        while self.peek() != END && self.peek() != code('|') && self.peek() != code(')') {
            let tree = self.atom()?;
            row.push(self.quantified(tree)?);
        }
        Ok(if row.is_empty() { Tree::Empty } else { Tree::Row(row) })
    }

    #[inline(never)]
    fn atom(&mut self) -> Parsed<Tree> {
        let point = self.next();
        match char::from_u32(point) {
            Some('^') => Ok(Tree::Start),
            Some('$') => Ok(Tree::End),
            Some('(') => self.group(),
            Some('[') => self.class(),
            Some('.') => Ok(self.set(Set::dot())),
            Some('\\') => self.escape(),
            Some('*' | '+' | '?') => bad("nothing to repeat"),
            Some('{') => bad("a '{' that is no quantifier"),
            _ => Ok(self.set(Set::of(point))),
        }
    }

    #[inline(never)]
    fn group(&mut self) -> Parsed<Tree> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return unsupported("more than 100 groups in one another");
        }
        let look = self.look();
        if look.is_none() && !self.starts("?:") && self.starts("?") {
            if !self.take('<') {
                return bad("an unknown kind of group");
            }
            self.name()?;
        }
        let tree = self.choice()?;
        if !self.take(')') {
            return bad("a '(' without ')'");
        }
        self.depth -= 1;
        Ok(match look {
            Some((behind, negate)) => Tree::Look { tree: Box::new(tree), behind, negate },
            None => tree,
        })
    }

    /// Whether the group looks behind, and whether it must not match.
    fn look(&mut self) -> Option<(bool, bool)> {
        let kinds =
            [("?=", false, false), ("?!", false, true), ("?<=", true, false), ("?<!", true, true)];
        for (text, behind, negate) in kinds {
            if self.starts(text) {
                return Some((behind, negate));
            }
        }
        None
    }

    fn name(&mut self) -> Parsed<()> {
        let start = self.at;
        loop {
            match self.next() {
                END => return bad("the name of a group does not end"),
                point if point == code('>') => break,
                _ => {}
            }
        }
        if self.at - start < 2 {
            return bad("the name of a group is empty");
        }
        Ok(())
    }

    #[inline(never)]
    fn quantified(&mut self, tree: Tree) -> Parsed<Tree> {
        let (least, most) = match char::from_u32(self.peek()) {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                return self.counted(tree);
            }
            _ => return Ok(tree),
        };
        self.at += 1;
        self.repeat(tree, least, most)
    }

    #[inline(never)]
    fn counted(&mut self, tree: Tree) -> Parsed<Tree> {
        let least = self.number();
        let most = match least {
            Some(_) if self.take(',') => self.number(),
            _ => least,
        };
        match (least, self.take('}')) {
            (Some(least), true) if most.map_or(true, |most| most >= least) => {
                self.repeat(tree, least, most)
            }
            _ => bad("a quantifier"),
        }
    }

    fn repeat(&mut self, tree: Tree, least: u32, most: Option<u32>) -> Parsed<Tree> {
        // Whether it is lazy changes what is captured, not whether there is a match.
        self.take('?');
        match tree {
            Tree::Start | Tree::End | Tree::Word { .. } | Tree::Look { .. } => {
                bad("nothing to repeat")
            }
            _ => Ok(Tree::Repeat { tree: Box::new(tree), least, most }),
        }
    }

    fn number(&mut self) -> Option<u32> {
        let start = self.at;
        let mut number: u32 = 0;
        while let digit @ 0x30..=0x39 = self.peek() {
            number = number.saturating_mul(10).saturating_add(digit - 0x30);
            self.at += 1;
        }
        if self.at > start {
            Some(number)
        } else {
            None
        }
    }

    #[inline(never)]
    fn escape(&mut self) -> Parsed<Tree> {
        match char::from_u32(self.peek()) {
            Some(letter @ ('b' | 'B')) => {
                self.at += 1;
                return Ok(Tree::Word { negate: letter == 'B' });
            }
            Some('1'..='9' | 'k') => return unsupported("a backreference"),
            _ => {}
        }
        let set = self.escaped()?;
        Ok(self.set(set))
    }

    /// What a backslash stands for, in a class or outside.
    #[inline(never)]
    fn escaped(&mut self) -> Parsed<Set> {
        let point = self.next();
        let class = match char::from_u32(point) {
            Some('d' | 'D') => Class::Digit,
            Some('w' | 'W') => Class::Word,
            Some('s' | 'S') => Class::Space,
            Some('p' | 'P') => self.property()?,
            _ => return Ok(Set::of(self.character(point)?)),
        };
        Ok(Set::class(class, point < code('a')))
    }

    #[inline(never)]
    fn character(&mut self, point: u32) -> Parsed<u32> {
        Ok(match char::from_u32(point) {
            Some('t') => 0x09,
            Some('n') => 0x0a,
            Some('v') => 0x0b,
            Some('f') => 0x0c,
            Some('r') => 0x0d,
            Some('0') if !(0x30..=0x39).contains(&self.peek()) => 0,
            Some('c') => match self.next() {
                letter @ (0x41..=0x5a | 0x61..=0x7a) => letter & 0x1f,
                _ => return bad("a letter is missing behind '\\c'"),
            },
            Some('x') => self.digits(2)?,
            Some('u') => self.unicode()?,
            Some(letter) if letter.is_ascii_punctuation() && letter != '_' => point,
            _ => return bad("an unknown escape"),
        })
    }

    fn digits(&mut self, count: usize) -> Parsed<u32> {
        let mut number = 0;
        for _ in 0..count {
            number = match hex(self.next()) {
                Some(digit) => number << 4 | digit,
                None => return bad("a hexadecimal digit is missing"),
            };
        }
        Ok(number)
    }

    #[inline(never)]
    fn unicode(&mut self) -> Parsed<u32> {
        if self.take('{') {
            let mut number = 0;
            while !self.take('}') {
                number = number << 4 | self.digits(1)?;
                if number > 0x10ffff {
                    return bad("a code point above 10FFFF");
                }
            }
            return Ok(number);
        }
        let first = self.digits(4)?;
        let before = self.at;
        if first & 0xfc00 == 0xd800 && self.starts("\\u") && self.peek() != code('{') {
            let second = self.digits(4)?;
            if second & 0xfc00 == 0xdc00 {
                return Ok(0x10000 + ((first & 0x3ff) << 10 | second & 0x3ff));
            }
        }
        self.at = before;
        Ok(first)
    }

    #[inline(never)]
    fn property(&mut self) -> Parsed<Class> {
        if !self.take('{') {
            return bad("a '{' is missing behind '\\p'");
        }
        let mut name = String::new();
        loop {
            match char::from_u32(self.next()) {
                Some('}') => break,
                Some(letter) if letter.is_ascii_alphanumeric() || "_=".contains(letter) => {
                    name.push(letter)
                }
                _ => return bad("the name of a property"),
            }
        }
        match property(&name) {
            Some(class) => Ok(class),
            None => unsupported(&["the property '", &name, "'"].concat()),
        }
    }

    #[inline(never)]
    fn class(&mut self) -> Parsed<Tree> {
        let mut set = Set { negate: self.take('^'), ..Set::default() };
        while !self.take(']') {
            let (low, first) = self.member(&mut set)?;
            if self.peek() != code('-') || self.pattern.get(self.at + 1) == Some(&code(']')) {
                continue;
            }
            self.at += 1;
            let (high, second) = self.member(&mut set)?;
            if !first || !second {
                return bad("a class as the end of a range");
            }
            if low > high {
                return bad("a range that is out of order");
            }
            set.ranges.push((low, high));
        }
        Ok(self.set(set))
    }

    /// Adds a member of a class; answers it, and whether it is a single character.
    #[inline(never)]
    fn member(&mut self, set: &mut Set) -> Parsed<(u32, bool)> {
        let point = match self.next() {
            END => return bad("a '[' without ']'"),
            point if point != code('\\') => point,
            _ if self.take('b') => 8,
            _ => {
                let mut escaped = self.escaped()?;
                if let Some(class) = escaped.classes.pop() {
                    set.classes.push(class);
                    return Ok((0, false));
                }
                escaped.ranges[0].0
            }
        };
        set.ranges.push((point, point));
        Ok((point, true))
    }
}

/// The property of a name, with `General_Category=` or its short form before it or not.
#[inline(never)]
fn property(name: &str) -> Option<Class> {
    Some(match name {
        "Any" => Class::Any,
        "ASCII" => Class::Ascii,
        "Alphabetic" | "Alpha" => Class::Alphabetic,
        "Uppercase" | "Upper" => Class::Uppercase,
        "Lowercase" | "Lower" => Class::Lowercase,
        "White_Space" | "space" => Class::WhiteSpace,
        _ => {
            let value = name
                .strip_prefix("General_Category=")
                .or_else(|| name.strip_prefix("gc="))
                .unwrap_or(name);
            return category::named(value).map(Class::Category);
        }
    })
}
