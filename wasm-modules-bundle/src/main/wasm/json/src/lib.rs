//! The JSON module: format, minify, validate, parse and query, strictly after RFC 8259.
//!
//! Nothing here recurses, and numbers and strings stay as they were written wherever an operation
//! does not say otherwise.

mod emit;
mod order;
mod pointer;
mod walk;

use abi::{buffer, bytes as input, error};
use emit::Emitter;
use scanner::fault::Fault;
use scanner::scan;
use order::{Indexer, Rule};

/// The document laid out over lines, `indent` spaces per level; without spaces it is minified.
/// With `sort_keys` the members of every object stand in the order of their decoded keys.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn format(ptr: *const u8, len: usize, indent: i32, sort_keys: i32) -> u64 {
    if !(0..=16).contains(&indent) {
        return error("json.indent", "indent must be between 0 and 16", None);
    }
    let source = input(ptr, len);
    answer(source, formatted(source, indent as usize, sort_keys != 0))
}

/// The document without the white space between its tokens.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn minify(ptr: *const u8, len: usize) -> u64 {
    let source = input(ptr, len);
    answer(source, formatted(source, 0, false))
}

/// Whether the document is valid, and if not where and why.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn validate(ptr: *const u8, len: usize) -> u64 {
    let source = input(ptr, len);
    buffer(match scan::scan(source, &mut ()) {
        Ok(()) => b"{\"valid\":true}".to_vec(),
        Err(fault) => fault.verdict(source),
    })
}

/// The document in its normal form: minified, strings escaped no more than they must be, and of
/// members with the same key the last value in the place of the first.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn parse(ptr: *const u8, len: usize) -> u64 {
    let source = input(ptr, len);
    answer(source, normalized(source))
}

/// The minified text of the value at a JSON Pointer (RFC 6901).
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn query(
    ptr: *const u8,
    len: usize,
    pointer_ptr: *const u8,
    pointer_len: usize,
) -> u64 {
    let source = input(ptr, len);
    let mut search = pointer::Search::new(source, input(pointer_ptr, pointer_len));
    if let Err(fault) = scan::scan(source, &mut search) {
        return fault.report(source);
    }
    match search.found() {
        Ok((from, to)) => answer(source, formatted(&source[from..to], 0, false)),
        Err(pointer::Miss::Syntax(message)) => error("json.pointer", message, None),
        Err(pointer::Miss::Absent) => {
            error("json.not-found", "no value at this JSON Pointer", None)
        }
    }
}

#[inline(never)]
fn formatted(source: &[u8], indent: usize, sort_keys: bool) -> Result<Vec<u8>, Fault> {
    let mut emitter = Emitter::new(source, indent, false);
    if sort_keys {
        let mut indexer = Indexer::new(source, Rule::Sort);
        scan::scan(source, &mut indexer)?;
        walk::walk(source, &indexer.finish(), &mut emitter);
    } else {
        scan::scan(source, &mut emitter)?;
    }
    Ok(emitter.finish())
}

#[inline(never)]
fn normalized(source: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut both = (Indexer::new(source, Rule::LastWins), Emitter::new(source, 0, true));
    scan::scan(source, &mut both)?;
    let (indexer, emitter) = both;
    if !indexer.reordered() {
        return Ok(emitter.finish());
    }
    drop(emitter);
    let mut emitter = Emitter::new(source, 0, true);
    walk::walk(source, &indexer.finish(), &mut emitter);
    Ok(emitter.finish())
}

fn answer(source: &[u8], result: Result<Vec<u8>, Fault>) -> u64 {
    match result {
        Ok(text) => buffer(text),
        Err(fault) => fault.report(source),
    }
}
