//! MurmurHash3 after Austin Appleby's public domain code at
//! <https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp>.

use hashing::Hasher;
use hashing::blocks::Blocks;
use hashing::words::{le32, le64};

/// MurmurHash3_x86_32.
pub struct Murmur32 {
    hash: u32,
    blocks: Blocks<4>,
}

impl Murmur32 {
    pub fn new(seed: u32) -> Self {
        Murmur32 { hash: seed, blocks: Blocks::new() }
    }

    pub fn value(&mut self) -> u32 {
        let len = self.blocks.len() as u32;
        let mut hash = self.hash ^ scramble(le32(self.blocks.padded(), 0)) ^ len;
        hash = (hash ^ hash >> 16).wrapping_mul(0x85EB_CA6B);
        hash = (hash ^ hash >> 13).wrapping_mul(0xC2B2_AE35);
        hash ^ hash >> 16
    }
}

impl Hasher for Murmur32 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let mut hash = self.hash;
        self.blocks.update(input, |block| {
            hash ^= scramble(le32(block, 0));
            hash = hash.rotate_left(13).wrapping_mul(5).wrapping_add(0xE654_6B64);
        });
        self.hash = hash;
    }

    fn finish(&mut self) -> Vec<u8> {
        self.value().to_be_bytes().to_vec()
    }
}

#[inline(always)]
fn scramble(word: u32) -> u32 {
    word.wrapping_mul(0xCC9E_2D51).rotate_left(15).wrapping_mul(0x1B87_3593)
}

/// MurmurHash3_x64_128.
pub struct Murmur128 {
    one: u64,
    two: u64,
    blocks: Blocks<16>,
}

impl Murmur128 {
    pub fn new(seed: u32) -> Self {
        Murmur128 { one: seed as u64, two: seed as u64, blocks: Blocks::new() }
    }
}

impl Hasher for Murmur128 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let (mut one, mut two) = (self.one, self.two);
        self.blocks.update(input, |block| {
            one ^= first(le64(block, 0));
            one = one.rotate_left(27).wrapping_add(two);
            one = one.wrapping_mul(5).wrapping_add(0x52DC_E729);
            two ^= second(le64(block, 8));
            two = two.rotate_left(31).wrapping_add(one);
            two = two.wrapping_mul(5).wrapping_add(0x3849_5AB5);
        });
        self.one = one;
        self.two = two;
    }

    /// Both halves in little-endian order, as the original leaves them in memory on x86-64.
    fn finish(&mut self) -> Vec<u8> {
        let len = self.blocks.len();
        let rest = self.blocks.padded();
        let mut one = self.one ^ first(le64(rest, 0)) ^ len;
        let mut two = self.two ^ second(le64(rest, 8)) ^ len;
        one = one.wrapping_add(two);
        two = two.wrapping_add(one);
        one = mix(one);
        two = mix(two);
        one = one.wrapping_add(two);
        two = two.wrapping_add(one);
        let mut digest = Vec::with_capacity(16);
        digest.extend_from_slice(&one.to_le_bytes());
        digest.extend_from_slice(&two.to_le_bytes());
        digest
    }
}

#[inline(always)]
fn first(word: u64) -> u64 {
    word.wrapping_mul(0x87C3_7B91_1142_53D5).rotate_left(31).wrapping_mul(0x4CF5_AD43_2745_937F)
}

#[inline(always)]
fn second(word: u64) -> u64 {
    word.wrapping_mul(0x4CF5_AD43_2745_937F).rotate_left(33).wrapping_mul(0x87C3_7B91_1142_53D5)
}

fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ hash >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}
