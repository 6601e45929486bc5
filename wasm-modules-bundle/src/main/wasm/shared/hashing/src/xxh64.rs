//! xxHash64 after the specification at
//! <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.

use crate::blocks::Blocks;
use crate::words::{le32, le64};
use crate::Hasher;

pub const P1: u64 = 0x9E37_79B1_85EB_CA87;
pub const P2: u64 = 0xC2B2_AE3D_27D4_EB4F;
pub const P3: u64 = 0x1656_67B1_9E37_79F9;
pub const P4: u64 = 0x85EB_CA77_C2B2_AE63;
pub const P5: u64 = 0x27D4_EB2F_1656_67C5;

pub struct Xxh64 {
    seed: u64,
    lanes: [u64; 4],
    blocks: Blocks<32>,
}

impl Xxh64 {
    pub fn new(seed: u64) -> Self {
        let lanes = [
            seed.wrapping_add(P1).wrapping_add(P2),
            seed.wrapping_add(P2),
            seed,
            seed.wrapping_sub(P1),
        ];
        Xxh64 { seed, lanes, blocks: Blocks::new() }
    }

    /// The hash of one piece.
    pub fn of(input: &[u8], seed: u64) -> u64 {
        let mut hash = Xxh64::new(seed);
        hash.update(input);
        hash.value()
    }

    pub fn value(&self) -> u64 {
        let hash = if self.blocks.len() >= 32 {
            converge(&self.lanes)
        } else {
            self.seed.wrapping_add(P5)
        };
        avalanche(remainder(hash.wrapping_add(self.blocks.len()), self.blocks.rest()))
    }
}

impl Hasher for Xxh64 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let mut lanes = self.lanes;
        self.blocks.update(input, |block| {
            for (at, lane) in lanes.iter_mut().enumerate() {
                *lane = round(*lane, le64(block, 8 * at));
            }
        });
        self.lanes = lanes;
    }

    fn finish(&mut self) -> Vec<u8> {
        self.value().to_be_bytes().to_vec()
    }
}

fn converge(lanes: &[u64; 4]) -> u64 {
    let mut hash = 0u64;
    for (lane, rotation) in lanes.iter().zip([1, 7, 12, 18]) {
        hash = hash.wrapping_add(lane.rotate_left(rotation));
    }
    for &lane in lanes {
        hash = (hash ^ round(0, lane)).wrapping_mul(P1).wrapping_add(P4);
    }
    hash
}

#[inline(never)]
fn remainder(mut hash: u64, rest: &[u8]) -> u64 {
    let mut words = rest.chunks_exact(8);
    for word in &mut words {
        hash ^= round(0, le64(word, 0));
        hash = hash.rotate_left(27).wrapping_mul(P1).wrapping_add(P4);
    }
    let mut rest = words.remainder();
    if rest.len() >= 4 {
        hash ^= (le32(rest, 0) as u64).wrapping_mul(P1);
        hash = hash.rotate_left(23).wrapping_mul(P2).wrapping_add(P3);
        rest = &rest[4..];
    }
    for &byte in rest {
        hash ^= (byte as u64).wrapping_mul(P5);
        hash = hash.rotate_left(11).wrapping_mul(P1);
    }
    hash
}

pub fn avalanche(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(P2);
    hash = (hash ^ hash >> 29).wrapping_mul(P3);
    hash ^ hash >> 32
}

#[inline(always)]
fn round(lane: u64, word: u64) -> u64 {
    lane.wrapping_add(word.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1)
}
