//! What is done with trees, for the host.

use crate::analysis;
use crate::analysis_json;
use crate::bindings;
use crate::bindings_json;
use crate::metrics;
use crate::ast;
use crate::output::{decimal, problems_as_json, quote};
use crate::print::Printer;
use crate::shorten;
use crate::sourcemap;
use crate::strip;

/// Reads a file in UTF-8: its scopes, the names bound in them and the references to them, as JSON.
///
/// # Safety
/// As for `parse`.
#[no_mangle]
pub unsafe extern "C" fn scopes(ptr: *const u8, len: usize, options: u32) -> u64 {
    let source = crate::source(ptr, len);
    let (parser, places) = crate::parse_with(&source, options);
    let all = bindings::find(&parser);
    crate::buffer(bindings_json::write(&parser, &places, &all))
}

/// Reads a file in UTF-8: how large and how hard it is, what it imports, and what is suspicious in it, as JSON.
///
/// # Safety
/// As for `parse`.
#[no_mangle]
pub unsafe extern "C" fn analyse(ptr: *const u8, len: usize, options: u32) -> u64 {
    let source = crate::source(ptr, len);
    let (parser, places) = crate::parse_with(&source, options);
    let all = analysis::analyse(&parser);
    let metrics = metrics::measure(&all);
    crate::buffer(analysis_json::write(&all, &metrics, &places))
}

/// Reads a file of TypeScript in UTF-8: the same without types as `code`, what is wrong with it as `problems`, and what can't be taken
/// away as `refusals`, as JSON.
///
/// # Safety
/// As for `parse`.
#[no_mangle]
pub unsafe extern "C" fn strip_types(ptr: *const u8, len: usize, options: u32) -> u64 {
    let source = crate::source(ptr, len);
    let (parser, places) = crate::parse_with(&source, options);
    let stripped = strip::strip(&parser);
    let mut out = Vec::with_capacity(len + len / 8 + 256);
    out.push(b'{');
    bindings_json::key(&mut out, "code");
    quote(&mut out, &stripped.text);
    bindings_json::key(&mut out, "problems");
    problems_as_json(&parser.lex, &places, &mut out);
    bindings_json::key(&mut out, "refusals");
    out.push(b'[');
    for refusal in &stripped.refusals {
        if out.last() == Some(&b'}') {
            out.push(b',');
        }
        let (start, end) = (places.convert(parser.tree.start(refusal.node)), places.convert(parser.tree.end(refusal.node)));
        let (line, column) = places.line(start);
        out.push(b'{');
        for (name, text) in [("code", strip::CODE), ("message", refusal.message)] {
            bindings_json::key(&mut out, name);
            quote(&mut out, text.as_bytes());
        }
        for (name, number) in [("start", start), ("end", end), ("line", line), ("column", column)] {
            bindings_json::key(&mut out, name);
            decimal(&mut out, number);
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    crate::buffer(out)
}

/// Keep the names.
const KEEP_NAMES: u32 = 1 << 16;

/// Reads a file of JavaScript in UTF-8: the same as short as it can be written, with `names` and `mappings` of its source map, as JSON.
/// A file with problems, or with elements, has no code.
///
/// # Safety
/// As for `parse`.
#[no_mangle]
pub unsafe extern "C" fn minify(ptr: *const u8, len: usize, options: u32) -> u64 {
    let source = crate::source(ptr, len);
    let (parser, places) = crate::parse_with(&source, options);
    let mut out = Vec::with_capacity(len + 256);
    out.push(b'{');
    bindings_json::key(&mut out, "problems");
    problems_as_json(&parser.lex, &places, &mut out);
    if parser.lex.problems.is_empty() {
        let all = analysis::prepare(&parser);
        let names = shorten::shorten(&all, options & KEEP_NAMES == 0);
        let mut printer = Printer::new(&all, &names);
        printer.program();
        bindings_json::key(&mut out, "elements");
        out.extend_from_slice(if has_elements(&parser.tree) { b"true" } else { b"false" });
        bindings_json::key(&mut out, "code");
        quote(&mut out, &printer.out);
        out.push(b',');
        let text = |atom: u32| parser.lex.atoms.text(parser.lex.source, atom);
        sourcemap::write(&printer.mappings, &places, text, &mut out);
    }
    out.push(b'}');
    crate::buffer(out)
}

/// Whether there are JSX elements, or what only TypeScript has.
#[inline(never)]
fn has_elements(tree: &ast::Tree) -> bool {
    let mut left = vec![tree.root];
    while let Some(node) = left.pop() {
        if tree.kind(node) >= ast::JSX_ELEMENT {
            return true;
        }
        crate::walk::each(tree, node, |child| left.push(child));
    }
    false
}
