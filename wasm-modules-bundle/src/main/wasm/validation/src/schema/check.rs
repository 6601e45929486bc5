//! What the meta-schema of 2020-12 demands of the values of keywords.

use super::canon;
use super::decimal::Decimal;
use super::keywords::{Shape, TYPES};
use super::schemas::Schemas;
use super::stop::Stop;
use super::tree::{Kind, Node, Tree};

#[inline(never)]
pub fn shape(schemas: &Schemas, member: u32, value: Node, shape: Shape) -> Result<(), Stop> {
    match fault(&schemas.tree, value, shape) {
        Some(reason) => Err(schemas.malformed(member, reason)),
        None => Ok(()),
    }
}

/// An `$id` has no fragment, or an empty one.
#[inline(never)]
pub fn id(schemas: &Schemas, member: u32, value: Node) -> Result<(), Stop> {
    shape(schemas, member, value, Shape::Uri)?;
    let text = schemas.tree.bytes(value.span);
    match text.iter().position(|&byte| byte == b'#') {
        Some(at) if at + 1 < text.len() => {
            Err(schemas.malformed(member, "'$id' must not have a fragment"))
        }
        _ => Ok(()),
    }
}

fn wrong(good: bool, reason: &'static str) -> Option<&'static str> {
    if good {
        None
    } else {
        Some(reason)
    }
}

#[inline(never)]
fn fault(tree: &Tree, value: Node, shape: Shape) -> Option<&'static str> {
    let kind = value.kind;
    match shape {
        Shape::Anything | Shape::Schema => None,
        Shape::Text | Shape::Uri | Shape::Pattern => wrong(kind == Kind::Text, "must be a string"),
        Shape::Flag => wrong(flag(kind), "must be true or false"),
        Shape::Number => wrong(kind == Kind::Number, "must be a number"),
        Shape::Array => wrong(kind == Kind::Array, "must be an array"),
        Shape::SchemaMap | Shape::PatternMap => wrong(kind == Kind::Object, "must be an object"),
        Shape::Schemas => {
            let filled = kind == Kind::Array && value.span.len > 0;
            wrong(filled, "must be an array of at least one schema")
        }
        Shape::Positive => wrong(positive(tree, value), "must be a number above zero"),
        Shape::Count => wrong(count(tree, value), "must be an integer, zero or above"),
        _ => text_fault(tree, value, shape),
    }
}

#[inline(never)]
fn text_fault(tree: &Tree, value: Node, shape: Shape) -> Option<&'static str> {
    let object = value.kind == Kind::Object;
    let every = |good: &dyn Fn(Node) -> bool| {
        object && tree.children(value).all(|child| good(tree.node(child)))
    };
    match shape {
        Shape::Anchor => {
            wrong(anchor(tree, value), "must be a name of letters, digits, '-', '.' and '_'")
        }
        Shape::Names => wrong(names(tree, value), "must be an array of different strings"),
        Shape::NameLists => {
            let good = every(&|list| names(tree, list));
            wrong(good, "must be an object of arrays of different strings")
        }
        Shape::Dependencies => {
            let good = every(&|value| value.kind != Kind::Array || names(tree, value));
            wrong(good, "must be an object of schemas and arrays of different strings")
        }
        Shape::Vocabulary => {
            let good = every(&|value| flag(value.kind));
            wrong(good, "must be an object of true and false")
        }
        _ => wrong(types(tree, value), "must be the name of a type, or an array of different ones"),
    }
}

fn flag(kind: Kind) -> bool {
    matches!(kind, Kind::True | Kind::False)
}

fn positive(tree: &Tree, value: Node) -> bool {
    if value.kind != Kind::Number {
        return false;
    }
    let number = Decimal::read(tree.bytes(value.span));
    !number.negative && !number.digits.is_empty()
}

fn count(tree: &Tree, value: Node) -> bool {
    if value.kind != Kind::Number {
        return false;
    }
    let number = Decimal::read(tree.bytes(value.span));
    !number.negative && number.is_integer()
}

fn anchor(tree: &Tree, value: Node) -> bool {
    let text = tree.bytes(value.span);
    value.kind == Kind::Text
        && text.first().map_or(false, |&byte| byte.is_ascii_alphabetic() || byte == b'_')
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(byte))
}

fn names(tree: &Tree, value: Node) -> bool {
    value.kind == Kind::Array
        && tree.children(value).all(|child| tree.node(child).kind == Kind::Text)
        && different(tree, value)
}

#[inline(never)]
fn different(tree: &Tree, value: Node) -> bool {
    let mut forms: Vec<Vec<u8>> = Vec::new();
    for child in tree.children(value) {
        match canon::encoded(tree, tree.node(child)) {
            Ok(form) => forms.push(form),
            Err(_) => return false,
        }
    }
    forms.sort();
    forms.windows(2).all(|pair| pair[0] != pair[1])
}

fn types(tree: &Tree, value: Node) -> bool {
    let named = |value: Node| value.kind == Kind::Text && TYPES.contains(&tree.bytes(value.span));
    named(value)
        || value.kind == Kind::Array
            && value.span.len > 0
            && tree.children(value).all(|child| named(tree.node(child)))
            && different(tree, value)
}
