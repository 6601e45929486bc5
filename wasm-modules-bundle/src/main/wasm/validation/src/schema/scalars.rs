//! Keywords for values of any type, for numbers and for strings.

use super::canon;
use super::decimal::Decimal;
use super::evaluate::{Evaluation, Use, Verdict};
use super::keywords as k;
use super::members::quoted;
use super::tree::{Kind, Node};
use std::cmp::Ordering;

impl Evaluation<'_> {
    #[inline(never)]
    pub fn scalar(&mut self, at: Use, value: Node) -> Verdict {
        match (at.keyword, value.kind) {
            (k::TYPE, _) => Ok(self.types(at, value)),
            (k::ENUM | k::CONST, _) => self.constants(at, value),
            (k::MULTIPLE_OF, Kind::Number) => self.multiple(at, value),
            (
                k::MAXIMUM | k::MINIMUM | k::EXCLUSIVE_MAXIMUM | k::EXCLUSIVE_MINIMUM,
                Kind::Number,
            ) => Ok(self.bound(at, value)),
            (k::MAX_LENGTH | k::MIN_LENGTH, Kind::Text) => {
                let text = self.document.bytes(value.span);
                let length = text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
                self.count(at, k::MAX_LENGTH, length as u64, b" characters")
            }
            (k::PATTERN, Kind::Text) => self.pattern(at, value),
            _ => Ok(true),
        }
    }

    /// The name of a value's type, and whether it is an integer.
    fn type_of(&self, value: Node) -> (&'static [u8], bool) {
        match value.kind {
            Kind::Null => (b"null", false),
            Kind::False | Kind::True => (b"boolean", false),
            Kind::Number => {
                let lexeme = self.document.bytes(value.span);
                let plain = lexeme.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
                (b"number", plain || Decimal::read(lexeme).is_integer())
            }
            Kind::Text => (b"string", false),
            Kind::Array => (b"array", false),
            Kind::Object => (b"object", false),
        }
    }

    #[inline(never)]
    fn types(&mut self, at: Use, value: Node) -> bool {
        let tree = &self.schemas.tree;
        let wanted = tree.node(at.member);
        let (found, integer) = self.type_of(value);
        let fits = |wanted: Node| {
            let wanted = tree.bytes(wanted.span);
            wanted == found || integer && wanted == b"integer"
        };
        let single = wanted.kind == Kind::Text;
        if single && fits(wanted) || tree.children(wanted).any(|child| fits(tree.node(child))) {
            return true;
        }
        self.refuse(at.keyword, |out| {
            out.extend_from_slice(found);
            out.extend_from_slice(b", expected ");
            if single {
                out.extend_from_slice(tree.bytes(wanted.span));
            }
            for (index, child) in tree.children(wanted).enumerate() {
                out.extend_from_slice(if index > 0 { b" or " } else { b"" });
                out.extend_from_slice(tree.bytes(tree.node(child).span));
            }
        })
    }

    #[inline(never)]
    fn constants(&mut self, at: Use, value: Node) -> Verdict {
        let form = canon::encoded(self.document, value)?;
        self.spend(form.len() as u64 / 8)?;
        let constants = &self.schemas.constants[self.schemas.side(at.member)];
        if constants.binary_search(&form).is_ok() {
            return Ok(true);
        }
        let count = constants.len();
        Ok(self.refuse(at.keyword, |out| match at.keyword {
            k::CONST => out.extend_from_slice(b"differs from the only value that is allowed"),
            _ => {
                out.extend_from_slice(b"is none of the ");
                abi::decimal(out, count);
                out.extend_from_slice(b" values that are allowed");
            }
        }))
    }

    #[inline(never)]
    fn multiple(&mut self, at: Use, value: Node) -> Verdict {
        let lexeme = self.document.bytes(value.span);
        let divisor = self.schemas.tree.bytes(self.schemas.tree.node(at.member).span);
        self.spend((lexeme.len() as u64 + 1) * (divisor.len() as u64 / 9 + 1))?;
        if Decimal::read(lexeme).is_multiple_of(&Decimal::read(divisor))? {
            return Ok(true);
        }
        Ok(self.refuse(at.keyword, |out| numbers(out, lexeme, b" is not a multiple of ", divisor)))
    }

    #[inline(never)]
    fn bound(&mut self, at: Use, value: Node) -> bool {
        let lexeme = self.document.bytes(value.span);
        let bound = self.schemas.tree.bytes(self.schemas.tree.node(at.member).span);
        let order = Decimal::read(lexeme).compare(&Decimal::read(bound));
        let (holds, text): (bool, &[u8]) = match at.keyword {
            k::MAXIMUM => (order != Ordering::Greater, b", expected at most "),
            k::MINIMUM => (order != Ordering::Less, b", expected at least "),
            k::EXCLUSIVE_MAXIMUM => (order == Ordering::Less, b", expected less than "),
            _ => (order == Ordering::Greater, b", expected more than "),
        };
        holds || self.refuse(at.keyword, |out| numbers(out, lexeme, text, bound))
    }

    #[inline(never)]
    fn pattern(&mut self, at: Use, value: Node) -> Verdict {
        let mut steps = 0;
        let text = self.document.bytes(value.span);
        let found = self.schemas.program(at.member).matches(text, &mut steps)?;
        self.spend(steps / 4)?;
        let pattern = self.schemas.tree.bytes(self.schemas.tree.node(at.member).span);
        Ok(found
            || self.refuse(at.keyword, |out| quoted(out, b"does not match the pattern ", pattern)))
    }
}

fn numbers(out: &mut Vec<u8>, one: &[u8], between: &[u8], other: &[u8]) {
    out.extend_from_slice(&one[..one.len().min(40)]);
    out.extend_from_slice(between);
    out.extend_from_slice(&other[..other.len().min(40)]);
}
