//! What is done with trees, for the host.

use crate::analysis;
use crate::analysis_json;
use crate::bindings;
use crate::bindings_json;
use crate::metrics;

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
