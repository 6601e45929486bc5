//! Up to 240 bytes, to 64 bits.

use hashing::words::{le32, le64};
use hashing::xxh64::{avalanche as avalanche64, P1};
use super::long::{avalanche, fold, mix, SECRET};

#[inline(never)]
pub fn short(input: &[u8], seed: u64) -> u64 {
    match input.len() {
        0 => avalanche64(seed ^ le64(&SECRET, 56) ^ le64(&SECRET, 64)),
        1..=3 => to_3(input, seed),
        4..=8 => to_8(input, seed),
        9..=16 => to_16(input, seed),
        17..=128 => to_128(input, seed),
        _ => to_240(input, seed),
    }
}

fn to_3(input: &[u8], seed: u64) -> u64 {
    let len = input.len();
    let bytes = (input[0] as u32) << 16
        | (input[len >> 1] as u32) << 24
        | input[len - 1] as u32
        | (len as u32) << 8;
    let flip = ((le32(&SECRET, 0) ^ le32(&SECRET, 4)) as u64).wrapping_add(seed);
    avalanche64(bytes as u64 ^ flip)
}

fn to_8(input: &[u8], seed: u64) -> u64 {
    let seed = seed ^ ((seed as u32).swap_bytes() as u64) << 32;
    let flip = (le64(&SECRET, 8) ^ le64(&SECRET, 16)).wrapping_sub(seed);
    let first = (le32(input, 0) as u64) << 32;
    let mut hash = first.wrapping_add(le32(input, input.len() - 4) as u64) ^ flip;
    hash ^= hash.rotate_left(49) ^ hash.rotate_left(24);
    hash = hash.wrapping_mul(0x9FB2_1C65_1E98_DF25);
    hash ^= (hash >> 35).wrapping_add(input.len() as u64);
    hash = hash.wrapping_mul(0x9FB2_1C65_1E98_DF25);
    hash ^ hash >> 28
}

fn to_16(input: &[u8], seed: u64) -> u64 {
    let flip = (le64(&SECRET, 24) ^ le64(&SECRET, 32)).wrapping_add(seed);
    let other_flip = (le64(&SECRET, 40) ^ le64(&SECRET, 48)).wrapping_sub(seed);
    let low = le64(input, 0) ^ flip;
    let high = le64(input, input.len() - 8) ^ other_flip;
    avalanche(
        (input.len() as u64)
            .wrapping_add(low.swap_bytes())
            .wrapping_add(high)
            .wrapping_add(fold(low, high)),
    )
}

#[inline(never)]
fn to_128(input: &[u8], seed: u64) -> u64 {
    let len = input.len();
    let mut hash = (len as u64).wrapping_mul(P1);
    for pair in (0..(len + 31) / 32).rev() {
        let behind = len - 16 * (pair + 1);
        hash = hash.wrapping_add(mix(input, 16 * pair, 32 * pair, seed));
        hash = hash.wrapping_add(mix(input, behind, 32 * pair + 16, seed));
    }
    avalanche(hash)
}

#[inline(never)]
fn to_240(input: &[u8], seed: u64) -> u64 {
    let len = input.len();
    let mut hash = (len as u64).wrapping_mul(P1);
    for at in (0..128).step_by(16) {
        hash = hash.wrapping_add(mix(input, at, at, seed));
    }
    hash = avalanche(hash);
    for at in (128..=len - 16).step_by(16) {
        hash = hash.wrapping_add(mix(input, at, at - 128 + 3, seed));
    }
    avalanche(hash.wrapping_add(mix(input, len - 16, 136 - 17, seed)))
}
