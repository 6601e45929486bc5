//! A guest module written by hand, to show all that the buffer convention asks of one.
//!
//! Build it with `cargo build --release --target wasm32-unknown-unknown` and put the `.wasm` file
//! where `wasm.modules.greeter.location` says. On the Java side its one operation reads
//! `String greet(String name, boolean fail)`.

use std::alloc::{alloc, dealloc, Layout};

/// The host calls this for the memory that it puts an argument into.
#[no_mangle]
pub extern "C" fn wasm_alloc(len: usize) -> *mut u8 {
    match Layout::from_size_align(len, 1) {
        // An empty argument needs an address too, but no memory.
        Ok(_) if len == 0 => 8 as *mut u8,
        Ok(layout) => unsafe { alloc(layout) },
        // Null tells the host that there is not so much memory.
        Err(_) => std::ptr::null_mut(),
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

/// A `String` arrives as the address and the length of its UTF-8 bytes, a `boolean` as 0 or 1.
///
/// # Safety
/// The host keeps `name..name + len` alive and unchanged during the call.
#[no_mangle]
pub unsafe extern "C" fn greet(name: *const u8, len: usize, fail: i32) -> u64 {
    if fail != 0 {
        // A panic in a guest is a trap: the call fails, the instance is thrown away, and the
        // application goes on.
        panic!("asked to fail");
    }
    let name = match String::from_utf8_lossy(std::slice::from_raw_parts(name, len)) {
        name if name.is_empty() => "stranger".into(),
        name => name,
    };
    buffer(["Hello, ", &name, "! Nice to meet you."].concat())
}

/// A result leaves as one number, address and length; the host frees it.
fn buffer(text: String) -> u64 {
    let bytes = Box::leak(text.into_bytes().into_boxed_slice());
    (bytes.as_ptr() as usize as u64) << 32 | bytes.len() as u64
}
