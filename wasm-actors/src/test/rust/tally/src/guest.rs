//! How bytes come in and go out.

use std::alloc::{alloc, dealloc, Layout};

#[no_mangle]
pub extern "C" fn wasm_alloc(len: usize) -> *mut u8 {
    match Layout::from_size_align(len, 1) {
        Ok(_) if len == 0 => 8 as *mut u8,
        Ok(layout) => unsafe { alloc(layout) },
        Err(_) => std::ptr::null_mut(),
    }
}

/// # Safety
/// `ptr` and `len` come from `wasm_alloc` or from an answer, and are given back once.
#[no_mangle]
pub unsafe extern "C" fn wasm_free(ptr: *mut u8, len: usize) {
    if len > 0 {
        dealloc(ptr, Layout::from_size_align_unchecked(len, 1));
    }
}

pub unsafe fn bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    std::slice::from_raw_parts(ptr, len)
}

pub fn answer(bytes: Vec<u8>) -> u64 {
    let bytes = bytes.into_boxed_slice();
    let len = bytes.len() as u64;
    (Box::into_raw(bytes) as *mut u8 as u64) << 32 | len
}

/// The same as an error.
pub fn refuse(error: Vec<u8>) -> u64 {
    1 << 63 | answer(error)
}
