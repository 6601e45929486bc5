//! Which groups of keywords count, as `$schema` and the `$vocabulary` of a meta-schema say.

use super::keywords::Group;
use super::meta;
use super::schemas::Schemas;
use super::stop::Stop;
use super::tree::{Kind, Node};
use super::uri;

const ALL: u32 = bit(Group::Applicator) | bit(Group::Unevaluated) | bit(Group::Validation);

pub const fn bit(group: Group) -> u32 {
    1 << group as u32
}

/// The groups left out where a schema says which dialect it is written in.
#[inline(never)]
pub fn without(schemas: &Schemas, schema: Node) -> Result<Option<u32>, Stop> {
    let tree = &schemas.tree;
    let member = match tree.find(schema, b"$schema") {
        Some(member) if tree.node(member).kind == Kind::Text => member,
        _ => return Ok(None),
    };
    let (dialect, _) = uri::split(tree.bytes(tree.node(member).span));
    if dialect == meta::SCHEMA {
        return Ok(Some(0));
    }
    let document = match schemas.document(&uri::resolve(b"", dialect)) {
        Some(document) => tree.node(document),
        None => return Err(schemas.malformed(member, "the dialect is not known")),
    };
    match tree.find(document, b"$vocabulary") {
        Some(vocabulary) => declared(schemas, vocabulary).map(Some),
        None => Ok(Some(0)),
    }
}

#[inline(never)]
fn declared(schemas: &Schemas, vocabulary: u32) -> Result<u32, Stop> {
    let tree = &schemas.tree;
    let mut without = ALL;
    for member in tree.children(tree.node(vocabulary)) {
        let name = tree.name(member).strip_prefix(meta::VOCABULARY).unwrap_or(b"");
        match name {
            b"applicator" => without &= !bit(Group::Applicator),
            b"unevaluated" => without &= !bit(Group::Unevaluated),
            b"validation" => without &= !bit(Group::Validation),
            b"core" | b"meta-data" | b"format-annotation" | b"content" => {}
            _ if tree.node(member).kind == Kind::True => {
                return Err(schemas.malformed(member, "a vocabulary that is required is not known"))
            }
            _ => {}
        }
    }
    Ok(without)
}
