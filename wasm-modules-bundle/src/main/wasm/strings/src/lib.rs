//! The string module: hash, compare and search over UTF-8 text.

mod find;
mod utf16;

use abi::{buffer, bytes as input};
use find::Finder;
use hashing::xxh64::Xxh64;
use std::cmp::Ordering;
use utf16::Units;

/// xxHash64 with seed 0, a plain number.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn hash(ptr: *const u8, len: usize) -> u64 {
    Xxh64::of(input(ptr, len), 0)
}

/// -1, 0 or 1 by code points, which is the order of the UTF-8 bytes.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn compare(
    ptr: *const u8,
    len: usize,
    other_ptr: *const u8,
    other_len: usize,
) -> i32 {
    match find::compare(input(ptr, len), input(other_ptr, other_len)) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// The first occurrence in UTF-16 code units, or -1. An empty needle is found nowhere.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn search(
    ptr: *const u8,
    len: usize,
    needle_ptr: *const u8,
    needle_len: usize,
) -> i32 {
    let text = input(ptr, len);
    match Finder::new(text, input(needle_ptr, needle_len)).next() {
        Some(at) => Units::new(text).at(at) as i32,
        None => -1,
    }
}

/// How often the needle occurs, from left to right and without overlap.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn count(
    ptr: *const u8,
    len: usize,
    needle_ptr: *const u8,
    needle_len: usize,
) -> i32 {
    let mut finder = Finder::new(input(ptr, len), input(needle_ptr, needle_len));
    let mut count = 0;
    while finder.next().is_some() {
        count += 1;
    }
    count
}

/// All the occurrences that `count` counts, as little-endian `i32` in UTF-16 code units.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn search_all(
    ptr: *const u8,
    len: usize,
    needle_ptr: *const u8,
    needle_len: usize,
) -> u64 {
    let text = input(ptr, len);
    let mut finder = Finder::new(text, input(needle_ptr, needle_len));
    let mut units = Units::new(text);
    let mut positions = Vec::new();
    while let Some(at) = finder.next() {
        positions.extend_from_slice(&units.at(at).to_le_bytes());
    }
    buffer(positions)
}
