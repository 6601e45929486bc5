//! Keys as bytes, whose order is that of the values, and which are equal where the values are.

use crate::arena::reserve;
use crate::chunk::{BOOLEAN, DECIMAL, DOUBLE, TEXT};
use crate::machine::Item;
use crate::state::{NULL, VALUE};
use crate::vector::Vector;
use crate::Outcome;

/// Flags of a key.
const DESCENDING: i32 = 1;
const NULLS_LAST: i32 = 2;

const NULL_FIRST: u8 = 1;
const THERE: u8 = 2;
const NULL_LAST: u8 = 3;
const SIGN: u64 = 1 << 63;

/// Adds the key of a row to the bytes; answers with whether a part of it is null.
#[inline(never)]
pub unsafe fn write(items: &[Item], row: usize, to: &mut Vec<u8>) -> Outcome<bool> {
    let mut has_null = false;
    for item in items {
        if item.vector.state(row) == NULL {
            has_null = true;
            reserve(to, 1)?;
            to.push(if item.flags & NULLS_LAST != 0 { NULL_LAST } else { NULL_FIRST });
        } else {
            write_value(item, row, to)?;
        }
    }
    Ok(has_null)
}

unsafe fn write_value(item: &Item, row: usize, to: &mut Vec<u8>) -> Outcome<()> {
    let length = if item.kind == TEXT { item.vector.text(row).len() } else { 0 };
    reserve(to, 2 * length + 17)?;
    to.push(THERE);
    let begin = to.len();
    match item.kind {
        BOOLEAN => to.push(item.vector.bits(row) as u8),
        DECIMAL => {
            let value = item.vector.decimal(row) as u128 ^ (SIGN as u128) << 64;
            to.extend_from_slice(&value.to_be_bytes());
        }
        TEXT => {
            for &byte in item.vector.text(row) {
                to.push(byte);
                if byte == 0 {
                    to.push(0xFF);
                }
            }
            to.push(0);
            to.push(0);
        }
        DOUBLE => {
            let bits = item.vector.bits(row);
            let ordered = if bits & SIGN != 0 { !bits } else { bits ^ SIGN };
            to.extend_from_slice(&ordered.to_be_bytes());
        }
        _ => to.extend_from_slice(&(item.vector.bits(row) ^ SIGN).to_be_bytes()),
    }
    if item.flags & DESCENDING != 0 {
        for byte in &mut to[begin..] {
            *byte = !*byte;
        }
    }
    Ok(())
}

/// Gives a row of a vector the part of a key that begins at `at`, and answers with where the next part begins.
/// Texts go to `room`, whose capacity is enough.
#[inline(never)]
pub unsafe fn read(kind: i32, key: &[u8], at: usize, to: Vector, row: usize, room: &mut Vec<u8>) -> usize {
    if key[at] != THERE {
        to.set_state(row, NULL);
        return at + 1;
    }
    to.set_state(row, VALUE);
    let at = at + 1;
    match kind {
        BOOLEAN => {
            to.set_bits(row, key[at] as u64);
            at + 1
        }
        DECIMAL => {
            let value = (word(key, at) ^ SIGN) as u128;
            to.set_decimal(row, (value << 64 | word(key, at + 8) as u128) as i128);
            at + 16
        }
        TEXT => read_text(key, at, to, row, room),
        DOUBLE => {
            let ordered = word(key, at);
            to.set_bits(row, if ordered & SIGN != 0 { ordered ^ SIGN } else { !ordered });
            at + 8
        }
        _ => {
            to.set_bits(row, word(key, at) ^ SIGN);
            at + 8
        }
    }
}

fn word(key: &[u8], at: usize) -> u64 {
    let mut value = 0;
    for byte in &key[at..at + 8] {
        value = value << 8 | *byte as u64;
    }
    value
}

unsafe fn read_text(key: &[u8], begin: usize, to: Vector, row: usize, room: &mut Vec<u8>) -> usize {
    let from = room.len();
    let mut at = begin;
    while key[at] != 0 || key[at + 1] != 0 {
        room.push(key[at]);
        at += if key[at] == 0 { 2 } else { 1 };
    }
    to.set_text(row, &room[from..]);
    at + 2
}
