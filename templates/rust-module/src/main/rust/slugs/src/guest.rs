//! What the host asks of every module that takes or gives text and bytes. Keep it as it is.

use std::alloc::{alloc, dealloc, Layout};

const ERROR: u64 = 1 << 63;

/// The host calls this for the memory that it puts an argument into. Null: there is not so much.
#[no_mangle]
pub extern "C" fn wasm_alloc(len: usize) -> *mut u8 {
    match Layout::from_size_align(len, 1) {
        // An empty argument needs an address too, but no memory.
        Ok(_) if len == 0 => 8 as *mut u8,
        Ok(layout) if len <= i32::MAX as usize => unsafe { alloc(layout) },
        _ => std::ptr::null_mut(),
    }
}

/// The host calls this for every argument and every result when it is done with them.
///
/// # Safety
/// `ptr` and `len` come from `wasm_alloc` or from a result, and are given back once.
#[no_mangle]
pub unsafe extern "C" fn wasm_free(ptr: *mut u8, len: usize) {
    if len > 0 {
        dealloc(ptr, Layout::from_size_align_unchecked(len, 1));
    }
}

/// The text of an argument.
///
/// # Safety
/// The host keeps `ptr..ptr + len` alive and unchanged during the call; it always sends UTF-8.
pub unsafe fn text<'a>(ptr: *const u8, len: usize) -> &'a str {
    std::str::from_utf8_unchecked(std::slice::from_raw_parts(ptr, len))
}

/// A result leaves as one number, address and length; the host frees it.
pub fn answer(bytes: impl Into<Vec<u8>>) -> u64 {
    let bytes = Box::leak(bytes.into().into_boxed_slice());
    (bytes.as_ptr() as usize as u64) << 32 | bytes.len() as u64
}

/// An error is a result with the highest bit set. `code` is for programs, `message` for people;
/// neither may hold a quotation mark or a backslash.
pub fn error(code: &str, message: &str) -> u64 {
    answer(["{\"code\":\"", code, "\",\"message\":\"", message, "\"}"].concat()) | ERROR
}
