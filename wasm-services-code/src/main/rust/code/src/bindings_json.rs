//! Scopes and references as JSON: lists of numbers, with places in UTF-16 units.
//!
//! `scopes`: kind, start, end, parent, whether code may see its names by other ways. `bindings`: scope, kind, whether it is a value and
//! (2) a type, name, and three numbers for each definition: kind, start and end of the name. `references`: scope, start, end, flags, binding (-1:
//! none).

use crate::bindings::{Bindings, NONE};
use crate::output::{decimal, quote};
use crate::parser::Parser;
use crate::places::Places;

/// Numbers with commas.
pub fn numbers(out: &mut Vec<u8>, numbers: &[u32]) {
    for (at, &number) in numbers.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        decimal(out, number);
    }
}

/// `"name":`, after a comma where something is before it.
pub fn key(out: &mut Vec<u8>, name: &str) {
    if !matches!(out.last(), None | Some(b'{')) {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

#[inline(never)]
pub fn write(parser: &Parser, places: &Places, all: &Bindings) -> Vec<u8> {
    let tree = &parser.tree;
    let place = |node: u32| (places.convert(tree.start(node)), places.convert(tree.end(node)));
    let mut out = Vec::with_capacity(all.references.len() * 24 + 1024);
    out.push(b'{');
    key(&mut out, "scopes");
    out.push(b'[');
    for (at, scope) in all.scopes.iter().enumerate() {
        open(&mut out, at);
        let (start, end) = place(scope.node);
        numbers(&mut out, &[scope.kind as u32, start, end, scope.parent, scope.dynamic as u32]);
        out.push(b']');
    }
    out.push(b']');
    key(&mut out, "bindings");
    out.push(b'[');
    bindings(parser, places, all, &mut out);
    out.push(b']');
    key(&mut out, "references");
    out.push(b'[');
    for (at, reference) in all.references.iter().enumerate() {
        open(&mut out, at);
        let (start, end) = place(reference.node);
        // The name alone, without its type.
        let end = end.min(start + name_length(parser, reference.node));
        numbers(&mut out, &[reference.scope, start, end, reference.flags as u32]);
        if reference.binding == NONE {
            out.extend_from_slice(b",-1]");
        } else {
            out.push(b',');
            decimal(&mut out, reference.binding);
            out.push(b']');
        }
    }
    out.extend_from_slice(b"]}");
    out
}

fn open(out: &mut Vec<u8>, at: usize) {
    if at > 0 {
        out.push(b',');
    }
    out.push(b'[');
}

/// How many UTF-16 units of the source a name takes, which may be written with escapes, and have a type behind it.
#[inline(never)]
pub fn name_length(parser: &Parser, node: u32) -> u32 {
    let lex = &parser.lex;
    let start = parser.tree.start(node) as usize;
    let end = name_end(parser, node) as usize;
    let text = &lex.source[start..end];
    text.iter().map(|&byte| (byte & 0xc0 != 0x80) as u32 + (byte >= 0xf0) as u32).sum()
}

/// Where a name ends, in bytes: before its question mark and its type.
#[inline(never)]
pub fn name_end(parser: &Parser, node: u32) -> u32 {
    let (start, end) = (parser.tree.start(node) as usize, parser.tree.end(node) as usize);
    let source = parser.lex.source;
    let first = source[start];
    if first == b'"' || first == b'\'' {
        return end as u32;
    }
    let mut at = start;
    while at < end {
        match source[at] {
            b'\\' => {
                at += if source[at + 2] == b'{' { source[at..end].iter().position(|&byte| byte == b'}').map_or(end - at, |found| found + 1) } else { 6 };
            }
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'_' | b'#' | b'-') || byte >= 0x80 => at += 1,
            _ => break,
        }
    }
    at.min(end) as u32
}

fn bindings(parser: &Parser, places: &Places, all: &Bindings, out: &mut Vec<u8>) {
    let tree = &parser.tree;
    for (at, binding) in all.bindings.iter().enumerate() {
        open(out, at);
        numbers(out, &[binding.scope, binding.kind as u32, binding.value as u32 | (binding.types as u32) << 1]);
        out.push(b',');
        quote(out, parser.lex.atoms.text(parser.lex.source, binding.atom));
        let mut definitions = Vec::new();
        let mut definition = binding.last;
        while definition != NONE {
            definitions.push(definition);
            definition = all.definitions[definition as usize].before;
        }
        for &definition in definitions.iter().rev() {
            let definition = &all.definitions[definition as usize];
            let start = places.convert(tree.start(definition.name));
            out.push(b',');
            numbers(out, &[definition.kind as u32, start, start + name_length(parser, definition.name)]);
        }
        out.push(b']');
    }
}
