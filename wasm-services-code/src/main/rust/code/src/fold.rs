//! What is known before the program runs: values of constant expressions, and which way a condition goes.

use crate::ast;
use crate::print::{strength, Known, Printer};
use crate::walk;

/// Whole numbers up to here are exact.
const MOST: i64 = 1 << 53;
/// How deep an expression is looked into.
const DEEP: u32 = 24;
/// Longer texts are not put together.
const LONG: usize = 1 << 12;

impl<'p, 't> Printer<'p, 't> {
    /// The value of an operation; literals by themselves are written as they are.
    #[inline(never)]
    pub fn fold(&self, node: u32, depth: u32) -> Option<Known> {
        if depth > DEEP || node == 0 {
            return None;
        }
        match self.kind(node) {
            ast::BOOLEAN if depth > 0 => Some(Known::Bool(self.tree.is(node, 1))),
            ast::NULL if depth > 0 => Some(Known::Null),
            ast::STRING if depth > 0 => Some(Known::Text(self.all.atom(node).to_vec())),
            ast::NUMBER if depth > 0 => whole(self.all.text(node)).map(Known::Number),
            ast::UNARY => self.fold_unary(node, depth),
            ast::BINARY => self.fold_binary(node, depth),
            ast::LOGICAL => self.fold_logical(node, depth),
            ast::CONDITIONAL => {
                let test = self.truth(self.f(node, 0), depth + 1)?;
                self.fold(self.f(node, if test { 1 } else { 2 }), depth + 1)
            }
            _ => None,
        }
    }

    #[inline(never)]
    fn fold_unary(&self, node: u32, depth: u32) -> Option<Known> {
        let inner = self.f(node, 0);
        match self.all.operator(node) {
            "!" => Some(Known::Bool(!self.truth(inner, depth + 1)?)),
            "-" => match self.fold(inner, depth + 1)? {
                // -0 is another number.
                Known::Number(value) if value != 0 => Some(Known::Number(-value)),
                _ => None,
            },
            _ => None,
        }
    }

    #[inline(never)]
    fn fold_binary(&self, node: u32, depth: u32) -> Option<Known> {
        let left = self.fold(self.f(node, 0), depth + 1)?;
        let right = self.fold(self.f(node, 1), depth + 1)?;
        match (left, right) {
            (Known::Number(left), Known::Number(right)) => numbers(self.all.operator(node), left, right),
            (Known::Text(left), Known::Text(right)) => match self.all.operator(node) {
                "+" if left.len() + right.len() <= LONG => Some(Known::Text(joined(left, right))),
                "===" | "==" => Some(Known::Bool(left == right)),
                "!==" | "!=" => Some(Known::Bool(left != right)),
                _ => None,
            },
            (left, right) => match self.all.operator(node) {
                "===" => Some(Known::Bool(left == right)),
                "!==" => Some(Known::Bool(left != right)),
                _ => None,
            },
        }
    }

    fn fold_logical(&self, node: u32, depth: u32) -> Option<Known> {
        let left = self.fold(self.f(node, 0), depth + 1)?;
        let takes_right = match self.all.operator(node) {
            "&&" => truth_of(&left),
            "||" => !truth_of(&left),
            _ => left == Known::Null,
        };
        if takes_right {
            self.fold(self.f(node, 1), depth + 1)
        } else {
            Some(left)
        }
    }

    /// Whether an expression is true, where that is known and it does nothing else.
    pub fn truth(&self, node: u32, depth: u32) -> Option<bool> {
        self.fold(node, depth.max(1)).map(|known| truth_of(&known))
    }

    /// What is left of an expression that goes one way.
    #[inline(never)]
    pub fn chosen(&self, node: u32) -> u32 {
        let mut node = node;
        // What an expression is called on, or asked for, depends on how it is written.
        if node == 0 || matches!(self.kind(self.all.parent(node)), ast::CALL | ast::TAGGED_TEMPLATE | ast::UNARY) {
            return node;
        }
        for _ in 0..DEEP {
            node = match self.kind(node) {
                ast::CONDITIONAL => match self.truth(self.f(node, 0), 1) {
                    Some(test) => self.f(node, if test { 1 } else { 2 }),
                    None => return node,
                },
                ast::LOGICAL => match self.fold(self.f(node, 0), 1) {
                    Some(left) => {
                        let right = match self.all.operator(node) {
                            "&&" => truth_of(&left),
                            "||" => !truth_of(&left),
                            _ => left == Known::Null,
                        };
                        self.f(node, right as usize)
                    }
                    None => return node,
                },
                _ => return node,
            };
        }
        node
    }

    /// Writes a value, unless it is longer than what it comes from; whether it did.
    #[inline(never)]
    pub fn known(&mut self, known: &Known, least: u8) -> bool {
        match known {
            Known::Bool(value) => {
                let text: &[u8] = if *value { b"!0" } else { b"!1" };
                self.wrapped(text, least > strength::UNARY);
            }
            Known::Null => self.word("null"),
            Known::Number(value) => {
                let text = value.to_string();
                self.wrapped(text.as_bytes(), (*value < 0 && least > strength::UNARY) || least > strength::PRIMARY);
            }
            Known::Text(text) => self.string(text),
        }
        true
    }

    fn wrapped(&mut self, text: &[u8], parentheses: bool) {
        if parentheses {
            self.put(b"(");
        }
        self.put(text);
        if parentheses {
            self.put(b")");
        }
    }

    /// Whether code declares something that code elsewhere sees.
    #[inline(never)]
    pub fn declares(&self, node: u32) -> bool {
        let mut left = vec![node];
        while let Some(node) = left.pop() {
            match self.kind(node) {
                ast::VARIABLE | ast::FUNCTION | ast::CLASS => return true,
                ast::FUNCTION_EXPRESSION | ast::ARROW | ast::CLASS_EXPRESSION => {}
                _ => walk::each(self.tree, node, |child| left.push(child)),
            }
        }
        false
    }
}

fn truth_of(known: &Known) -> bool {
    match known {
        Known::Bool(value) => *value,
        Known::Number(value) => *value != 0,
        Known::Text(text) => !text.is_empty(),
        Known::Null => false,
    }
}

/// Two halves of a pair become a character.
#[inline(never)]
fn joined(mut left: Vec<u8>, right: Vec<u8>) -> Vec<u8> {
    let length = left.len();
    let high = length >= 3 && left[length - 3] == 0xed && (0xa0..0xb0).contains(&left[length - 2]);
    let low = right.len() >= 3 && right[0] == 0xed && right[1] >= 0xb0;
    if high && low {
        let unit = |bytes: &[u8]| 0xd000 | (bytes[1] as u32 & 0x3f) << 6 | (bytes[2] as u32 & 0x3f);
        let point = 0x10000 + ((unit(&left[length - 3..]) - 0xd800) << 10) + (unit(&right) - 0xdc00);
        left.truncate(length - 3);
        let mut buffer = [0; 4];
        if let Some(character) = char::from_u32(point) {
            left.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
        }
        left.extend_from_slice(&right[3..]);
        return left;
    }
    left.extend_from_slice(&right);
    left
}

/// A whole number in decimal.
#[inline(never)]
fn whole(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 15 || !text.iter().all(u8::is_ascii_digit) || (text.len() > 1 && text[0] == b'0') {
        return None;
    }
    Some(text.iter().fold(0, |value, digit| value * 10 + (digit - b'0') as i64))
}

#[inline(never)]
fn numbers(operator: &str, left: i64, right: i64) -> Option<Known> {
    let small = left.abs() < 1 << 26 && right.abs() < 1 << 26;
    let value = match operator {
        "+" => left + right,
        "-" => left - right,
        // 0 times something negative is -0.
        "*" if small && left != 0 && right != 0 => left * right,
        "===" | "==" => return Some(Known::Bool(left == right)),
        "!==" | "!=" => return Some(Known::Bool(left != right)),
        "<" => return Some(Known::Bool(left < right)),
        ">" => return Some(Known::Bool(left > right)),
        "<=" => return Some(Known::Bool(left <= right)),
        ">=" => return Some(Known::Bool(left >= right)),
        _ => return None,
    };
    if value.abs() < MOST {
        Some(Known::Number(value))
    } else {
        None
    }
}
