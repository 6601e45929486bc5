//! The guest side of the buffer convention, shared by the modules of the bundle.
//!
//! - `wasm_alloc(len) -> ptr` and `wasm_free(ptr, len)` let the host place its arguments here.
//! - A buffer argument arrives as `(ptr, len)`; the host frees it after the call.
//! - A buffer result leaves as an `i64`, `ptr << 32 | len`; the host frees it too.
//! - An error result is the same with bit 63 set; the buffer is `{"code","message","offset"?}`.
//! - `wasm_free_total() -> bytes` and `wasm_free_largest() -> bytes` say how much of the memory is
//!   free, and how much of that is in one piece.

#[cfg(target_arch = "wasm32")]
mod heap;

use std::alloc::{alloc, dealloc, Layout};

/// Answered for a length of zero: never dereferenced, never freed, not null.
const NOTHING: usize = 8;

const ERROR: u64 = 1 << 63;

/// Memory for `len` bytes at a multiple of eight, or null where there is none left.
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

/// The free bytes of the heap.
#[cfg(target_arch = "wasm32")]
#[no_mangle]
pub extern "C" fn wasm_free_total() -> usize {
    heap::free_total()
}

/// The bytes of the largest free block of the heap.
#[cfg(target_arch = "wasm32")]
#[no_mangle]
pub extern "C" fn wasm_free_largest() -> usize {
    heap::free_largest()
}

fn layout(len: usize) -> Option<Layout> {
    if len > i32::MAX as usize {
        return None;
    }
    Layout::from_size_align(len, 1).ok()
}

/// The bytes of a buffer argument.
///
/// # Safety
/// The host owns `ptr..ptr + len` and leaves it alone during the call.
pub unsafe fn bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    std::slice::from_raw_parts(ptr, len)
}

/// Hands `bytes` to the host as a buffer result.
pub fn buffer(bytes: Vec<u8>) -> u64 {
    let bytes = Box::leak(bytes.into_boxed_slice());
    (bytes.as_ptr() as usize as u64) << 32 | bytes.len() as u64
}

/// Hands an error to the host.
pub fn error(code: &str, message: &str, offset: Option<usize>) -> u64 {
    let mut json = Vec::with_capacity(message.len() + 64);
    json.extend_from_slice(b"{\"code\":");
    quote(&mut json, code);
    json.extend_from_slice(b",\"message\":");
    quote(&mut json, message);
    if let Some(offset) = offset {
        json.extend_from_slice(b",\"offset\":");
        decimal(&mut json, offset);
    }
    json.push(b'}');
    buffer(json) | ERROR
}

/// Appends `text` as a JSON string. Meant for messages, which hold no control characters.
pub fn quote(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for &byte in text.as_bytes() {
        if byte == b'"' || byte == b'\\' {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// Appends `number` in decimal.
pub fn decimal(out: &mut Vec<u8>, mut number: usize) {
    let mut digits = [0u8; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}
