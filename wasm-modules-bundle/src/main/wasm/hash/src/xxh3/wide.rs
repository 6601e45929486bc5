//! Up to 240 bytes, to 128 bits.

use crate::xxh32::P2 as Q2;
use hashing::words::{le32, le64};
use hashing::xxh64::{avalanche as avalanche64, P1, P2, P4};
use super::long::{avalanche, mix, SECRET};

#[inline(never)]
pub fn short(input: &[u8], seed: u64) -> u128 {
    match input.len() {
        0 => join(
            avalanche64(seed ^ le64(&SECRET, 64) ^ le64(&SECRET, 72)),
            avalanche64(seed ^ le64(&SECRET, 80) ^ le64(&SECRET, 88)),
        ),
        1..=3 => to_3(input, seed),
        4..=8 => to_8(input, seed),
        9..=16 => to_16(input, seed),
        17..=128 => to_128(input, seed),
        _ => to_240(input, seed),
    }
}

fn join(low: u64, high: u64) -> u128 {
    (high as u128) << 64 | low as u128
}

fn to_3(input: &[u8], seed: u64) -> u128 {
    let len = input.len();
    let low = (input[0] as u32) << 16
        | (input[len >> 1] as u32) << 24
        | input[len - 1] as u32
        | (len as u32) << 8;
    let high = low.swap_bytes().rotate_left(13);
    let flip = ((le32(&SECRET, 0) ^ le32(&SECRET, 4)) as u64).wrapping_add(seed);
    let high_flip = ((le32(&SECRET, 8) ^ le32(&SECRET, 12)) as u64).wrapping_sub(seed);
    join(avalanche64(low as u64 ^ flip), avalanche64(high as u64 ^ high_flip))
}

fn to_8(input: &[u8], seed: u64) -> u128 {
    let seed = seed ^ ((seed as u32).swap_bytes() as u64) << 32;
    let flip = (le64(&SECRET, 16) ^ le64(&SECRET, 24)).wrapping_add(seed);
    let last = (le32(input, input.len() - 4) as u64) << 32;
    let keyed = (last | le32(input, 0) as u64) ^ flip;
    let product = keyed as u128 * P1.wrapping_add((input.len() as u64) << 2) as u128;
    let mut low = product as u64;
    let high = ((product >> 64) as u64).wrapping_add(low << 1);
    low ^= high >> 3;
    low = (low ^ low >> 35).wrapping_mul(0x9FB2_1C65_1E98_DF25);
    join(low ^ low >> 28, avalanche(high))
}

fn to_16(input: &[u8], seed: u64) -> u128 {
    let flip = (le64(&SECRET, 32) ^ le64(&SECRET, 40)).wrapping_sub(seed);
    let high_flip = (le64(&SECRET, 48) ^ le64(&SECRET, 56)).wrapping_add(seed);
    let mut last = le64(input, input.len() - 8);
    let product = (le64(input, 0) ^ last ^ flip) as u128 * P1 as u128;
    let low = (product as u64).wrapping_add((input.len() as u64 - 1) << 54);
    last ^= high_flip;
    let high = ((product >> 64) as u64)
        .wrapping_add(last)
        .wrapping_add((last & 0xffff_ffff).wrapping_mul(Q2 as u64 - 1));
    let product = (low ^ high.swap_bytes()) as u128 * P2 as u128;
    let high = ((product >> 64) as u64).wrapping_add(high.wrapping_mul(P2));
    join(avalanche(product as u64), avalanche(high))
}

/// Mixes 16 bytes from each of two places into both halves.
#[inline(never)]
fn mix_both(
    halves: (u64, u64),
    input: &[u8],
    one: usize,
    two: usize,
    secret: usize,
    seed: u64,
) -> (u64, u64) {
    let low = halves.0.wrapping_add(mix(input, one, secret, seed));
    let high = halves.1.wrapping_add(mix(input, two, secret + 16, seed));
    (
        low ^ le64(input, two).wrapping_add(le64(input, two + 8)),
        high ^ le64(input, one).wrapping_add(le64(input, one + 8)),
    )
}

fn converge((low, high): (u64, u64), len: usize, seed: u64) -> u128 {
    let across = low
        .wrapping_mul(P1)
        .wrapping_add(high.wrapping_mul(P4))
        .wrapping_add((len as u64).wrapping_sub(seed).wrapping_mul(P2));
    join(avalanche(low.wrapping_add(high)), avalanche(across).wrapping_neg())
}

#[inline(never)]
fn to_128(input: &[u8], seed: u64) -> u128 {
    let len = input.len();
    let mut halves = ((len as u64).wrapping_mul(P1), 0);
    for pair in (0..(len + 31) / 32).rev() {
        let behind = len - 16 * (pair + 1);
        halves = mix_both(halves, input, 16 * pair, behind, 32 * pair, seed);
    }
    converge(halves, len, seed)
}

#[inline(never)]
fn to_240(input: &[u8], seed: u64) -> u128 {
    let len = input.len();
    let mut halves = ((len as u64).wrapping_mul(P1), 0);
    for at in (0..128).step_by(32) {
        halves = mix_both(halves, input, at, at + 16, at, seed);
    }
    halves = (avalanche(halves.0), avalanche(halves.1));
    for at in (128..=len - 32).step_by(32) {
        halves = mix_both(halves, input, at, at + 16, at - 128 + 3, seed);
    }
    let last = mix_both(halves, input, len - 16, len - 32, 136 - 17 - 16, seed.wrapping_neg());
    converge(last, len, seed)
}
