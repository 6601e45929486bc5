//! Sets of characters.

/// What a character can be asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Class {
    Digit,
    Word,
    Space,
    Any,
    Ascii,
    Alphabetic,
    Uppercase,
    Lowercase,
    WhiteSpace,
    /// General categories, one bit each.
    Category(u32),
}

#[derive(Clone, Default)]
pub struct Set {
    pub negate: bool,
    pub ranges: Vec<(u32, u32)>,
    /// Classes, and whether their complement is meant.
    pub classes: Vec<(Class, bool)>,
}

impl Set {
    pub fn of(point: u32) -> Self {
        Set { negate: false, ranges: vec![(point, point)], classes: Vec::new() }
    }

    pub fn class(class: Class, negate: bool) -> Self {
        Set { negate: false, ranges: Vec::new(), classes: vec![(class, negate)] }
    }

    /// All but line ends.
    pub fn dot() -> Self {
        let ends = vec![(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];
        Set { negate: true, ranges: ends, classes: Vec::new() }
    }

    #[inline(never)]
    pub fn has(&self, point: u32) -> bool {
        let inside = self.ranges.iter().any(|&(low, high)| low <= point && point <= high)
            || self.classes.iter().any(|&(class, negate)| has(class, point) != negate);
        inside != self.negate
    }
}

pub fn is_word(point: u32) -> bool {
    point < 0x80 && ((point as u8).is_ascii_alphanumeric() || point == 0x5f)
}

#[inline(never)]
fn has(class: Class, point: u32) -> bool {
    match class {
        Class::Digit => (0x30..=0x39).contains(&point),
        Class::Word => is_word(point),
        Class::Space => is_space(point),
        Class::Any => true,
        Class::Ascii => point < 0x80,
        Class::Category(wanted) => wanted >> super::super::category::of(point) & 1 == 1,
        _ => char::from_u32(point).map_or(false, |letter| match class {
            Class::Alphabetic => letter.is_alphabetic(),
            Class::Uppercase => letter.is_uppercase(),
            Class::Lowercase => letter.is_lowercase(),
            _ => letter.is_whitespace(),
        }),
    }
}

/// White space and line ends of ECMA-262.
fn is_space(point: u32) -> bool {
    matches!(point, 0x09..=0x0d | 0x20 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f
        | 0x205f | 0x3000 | 0xfeff)
}
