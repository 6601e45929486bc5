//! What the long inputs of both sizes have in common, and the secret of all inputs.

use crate::xxh32::{P1 as Q1, P2 as Q2, P3 as Q3};
use hashing::words::le64;
use hashing::xxh64::{P1, P2, P3, P4, P5};

pub const BLOCK: usize = 1024;

const STRIPE: usize = 64;
const SECRET_LEN: usize = 192;

#[rustfmt::skip]
pub static SECRET: [u8; SECRET_LEN] = [
    0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c,
    0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb, 0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f,
    0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
    0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c,
    0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb, 0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3,
    0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
    0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d,
    0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31, 0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64,
    0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
    0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e,
    0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc, 0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce,
    0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
];

pub struct Lanes {
    lanes: [u64; 8],
    secret: [u8; SECRET_LEN],
}

impl Lanes {
    pub fn new(seed: u64) -> Self {
        let mut secret = SECRET;
        if seed != 0 {
            for at in (0..SECRET_LEN).step_by(16) {
                let (low, high) = (le64(&SECRET, at), le64(&SECRET, at + 8));
                secret[at..at + 8].copy_from_slice(&low.wrapping_add(seed).to_le_bytes());
                secret[at + 8..at + 16].copy_from_slice(&high.wrapping_sub(seed).to_le_bytes());
            }
        }
        Lanes { lanes: [Q3 as u64, P1, P2, P3, P4, Q2 as u64, P5, Q1 as u64], secret }
    }

    /// Takes a whole block, behind which more follows.
    pub fn block(&mut self, block: &[u8]) {
        for (at, stripe) in block.chunks_exact(STRIPE).enumerate() {
            accumulate(&mut self.lanes, stripe, &self.secret[8 * at..]);
        }
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            let key = le64(&self.secret, SECRET_LEN - STRIPE + 8 * at);
            *lane = (*lane ^ *lane >> 47 ^ key).wrapping_mul(Q1 as u64);
        }
    }

    /// Takes what is behind the last block, 1 to `BLOCK` bytes, and the last 64 bytes of all.
    pub fn last(&mut self, rest: &[u8], last: &[u8]) {
        for (at, stripe) in rest[..rest.len() - 1].chunks_exact(STRIPE).enumerate() {
            accumulate(&mut self.lanes, stripe, &self.secret[8 * at..]);
        }
        accumulate(&mut self.lanes, last, &self.secret[SECRET_LEN - STRIPE - 7..]);
    }

    pub fn narrow(&self, len: u64) -> u64 {
        self.merge(11, len.wrapping_mul(P1))
    }

    pub fn wide(&self, len: u64) -> u128 {
        let low = self.merge(11, len.wrapping_mul(P1));
        let high = self.merge(SECRET_LEN - STRIPE - 11, !len.wrapping_mul(P2));
        (high as u128) << 64 | low as u128
    }

    #[inline(never)]
    fn merge(&self, at: usize, start: u64) -> u64 {
        let mut hash = start;
        for (pair, lanes) in self.lanes.chunks_exact(2).enumerate() {
            let at = at + 16 * pair;
            hash = hash.wrapping_add(fold(
                lanes[0] ^ le64(&self.secret, at),
                lanes[1] ^ le64(&self.secret, at + 8),
            ));
        }
        avalanche(hash)
    }
}

#[inline(never)]
fn accumulate(lanes: &mut [u64; 8], stripe: &[u8], secret: &[u8]) {
    for at in 0..8 {
        let word = le64(stripe, 8 * at);
        let keyed = word ^ le64(secret, 8 * at);
        lanes[at ^ 1] = lanes[at ^ 1].wrapping_add(word);
        lanes[at] = lanes[at].wrapping_add((keyed & 0xffff_ffff).wrapping_mul(keyed >> 32));
    }
}

/// Both halves of the product, folded into one.
#[inline(never)]
pub fn fold(one: u64, two: u64) -> u64 {
    let product = one as u128 * two as u128;
    product as u64 ^ (product >> 64) as u64
}

pub fn avalanche(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 37).wrapping_mul(0x1656_6791_9E37_79F9);
    hash ^ hash >> 32
}

/// Mixes 16 bytes of input from `at` with 16 bytes of the secret.
#[inline(never)]
pub fn mix(input: &[u8], at: usize, secret: usize, seed: u64) -> u64 {
    fold(
        le64(input, at) ^ le64(&SECRET, secret).wrapping_add(seed),
        le64(input, at + 8) ^ le64(&SECRET, secret + 8).wrapping_sub(seed),
    )
}
