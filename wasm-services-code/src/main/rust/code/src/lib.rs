//! JavaScript and TypeScript: source text becomes a tree and all that is wrong with it.
//!
//! `parser` has what all parts of the grammar share; `ast` says what the tree is, `encode` and `estree` how it leaves. The tree of a
//! call lives until its answer has been written.

mod analysis;
mod analysis_json;
// Kinds and problems are a list: not all of them are named elsewhere.
#[allow(dead_code)]
mod ast;
mod atoms;
mod bindings;
mod bindings_json;
mod branches;
mod classes;
mod encode;
mod entities;
#[allow(dead_code)]
mod errors;
mod estree;
mod expressions;
mod fold;
mod functions;
#[cfg(target_arch = "wasm32")]
mod heap;
mod jsx;
mod jumps;
mod lexer;
mod lexer_modes;
mod lexer_numbers;
mod lexer_punctuators;
mod lexer_strings;
mod lint_code;
mod lint_flow;
mod lint_names;
mod loops;
mod metrics;
mod modules;
mod names;
mod numbers;
mod output;
mod parser;
mod patterns;
mod places;
mod primary;
mod print;
mod print_code;
mod properties;
mod regexp;
mod regexp_class;
mod rules;
mod scopes;
mod services;
mod shorten;
mod sourcemap;
mod statements;
mod strip;
mod type_lists;
mod type_members;
mod types;
mod typescript;
mod walk;
#[allow(dead_code)]
mod words;

use ast::{KINDS, SETS};
use estree::Style;
use parser::{Options, Parser};
use places::Places;
use std::alloc::{alloc, dealloc, Layout};

/// Bits of `options`.
const TYPESCRIPT: u32 = 1;
const JSX: u32 = 1 << 1;
const MODULE: u32 = 1 << 2;
const AMBIENT: u32 = 1 << 3;
const RETURN_OUTSIDE: u32 = 1 << 4;
const LOC: u32 = 1 << 8;
const COMMENTS: u32 = 1 << 9;

/// Answered for a length of zero: never dereferenced, never freed, not null.
const NOTHING: usize = 8;

fn layout(len: usize) -> Option<Layout> {
    Layout::from_size_align(len, 8).ok()
}

/// Memory for `len` bytes, or null where there is none left.
#[no_mangle]
pub extern "C" fn wasm_alloc(len: usize) -> *mut u8 {
    match layout(len) {
        Some(layout) if len > 0 => unsafe { alloc(layout) },
        Some(_) => NOTHING as *mut u8,
        None => std::ptr::null_mut(),
    }
}

/// Gives back what `wasm_alloc` or a result handed out.
///
/// # Safety
/// `ptr` and `len` must come from one such hand-out, and be given back once.
#[no_mangle]
pub unsafe extern "C" fn wasm_free(ptr: *mut u8, len: usize) {
    if len > 0 && !ptr.is_null() {
        if let Some(layout) = layout(len) {
            dealloc(ptr, layout);
        }
    }
}

/// Hands bytes to the host.
fn buffer(bytes: Vec<u8>) -> u64 {
    let bytes = Box::leak(bytes.into_boxed_slice());
    (bytes.as_ptr() as usize as u64) << 32 | bytes.len() as u64
}

fn options(bits: u32) -> Options {
    Options {
        typescript: bits & TYPESCRIPT != 0,
        jsx: bits & JSX != 0,
        module: bits & MODULE != 0,
        ambient: bits & AMBIENT != 0,
        return_outside: bits & RETURN_OUTSIDE != 0,
    }
}

/// The bytes of an argument with a zero behind them.
unsafe fn source(ptr: *const u8, len: usize) -> Vec<u8> {
    let mut source = Vec::with_capacity(len + 1);
    source.extend_from_slice(std::slice::from_raw_parts(ptr, len));
    source.push(0);
    source
}

fn parse_with<'a>(source: &'a [u8], bits: u32) -> (Parser<'a>, Places<'a>) {
    let mut parser = Parser::new(source, options(bits));
    parser.program();
    output::sort_problems(&mut parser.lex.problems);
    let places = Places::new(&source[..source.len() - 1]);
    (parser, places)
}

/// Reads a file in UTF-8: its tree as `encode` describes it.
///
/// # Safety
/// The host owns `ptr..ptr + len` and leaves it alone during the call.
#[no_mangle]
pub unsafe extern "C" fn parse(ptr: *const u8, len: usize, options: u32) -> u64 {
    let source = source(ptr, len);
    let (mut parser, places) = parse_with(&source, options);
    buffer(encode::encode(&mut parser, &places))
}

/// Reads a file in UTF-8: its tree as JSON, with all that is wrong in `problems`.
///
/// # Safety
/// As for `parse`.
#[no_mangle]
pub unsafe extern "C" fn estree(ptr: *const u8, len: usize, options: u32) -> u64 {
    let source = source(ptr, len);
    let (parser, places) = parse_with(&source, options);
    let style = Style { typescript: options & TYPESCRIPT != 0, loc: options & LOC != 0, comments: options & COMMENTS != 0 };
    buffer(estree::write(&parser, &places, style))
}

/// The kinds of nodes, a line each with name and fields, then the sets of enumerations, a line each with letter, bits and values.
#[no_mangle]
pub extern "C" fn kinds() -> u64 {
    let mut out = Vec::with_capacity(16384);
    for (name, fields) in KINDS {
        out.extend_from_slice(name.as_bytes());
        out.push(b'\t');
        out.extend_from_slice(fields.as_bytes());
        out.push(b'\n');
    }
    for (letter, bits, texts) in SETS {
        out.extend_from_slice(&[b'#', *letter, b'\t', b'0' + *bits as u8]);
        for text in *texts {
            out.push(b'\t');
            out.extend_from_slice(text.as_bytes());
        }
        out.push(b'\n');
    }
    buffer(out)
}
