//! xxHash32 after the specification at
//! <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.

use hashing::Hasher;
use hashing::blocks::Blocks;
use hashing::words::le32;

pub const P1: u32 = 0x9E37_79B1;
pub const P2: u32 = 0x85EB_CA77;
pub const P3: u32 = 0xC2B2_AE3D;
const P4: u32 = 0x27D4_EB2F;
const P5: u32 = 0x1656_67B1;

pub struct Xxh32 {
    seed: u32,
    lanes: [u32; 4],
    blocks: Blocks<16>,
}

impl Xxh32 {
    pub fn new(seed: u32) -> Self {
        let lanes = [
            seed.wrapping_add(P1).wrapping_add(P2),
            seed.wrapping_add(P2),
            seed,
            seed.wrapping_sub(P1),
        ];
        Xxh32 { seed, lanes, blocks: Blocks::new() }
    }

    #[inline(never)]
    pub fn value(&self) -> u32 {
        let mut hash = if self.blocks.len() >= 16 {
            let [a, b, c, d] = self.lanes;
            a.rotate_left(1)
                .wrapping_add(b.rotate_left(7))
                .wrapping_add(c.rotate_left(12))
                .wrapping_add(d.rotate_left(18))
        } else {
            self.seed.wrapping_add(P5)
        };
        hash = hash.wrapping_add(self.blocks.len() as u32);
        let mut words = self.blocks.rest().chunks_exact(4);
        for word in &mut words {
            hash = hash.wrapping_add(le32(word, 0).wrapping_mul(P3));
            hash = hash.rotate_left(17).wrapping_mul(P4);
        }
        for &byte in words.remainder() {
            hash = hash.wrapping_add((byte as u32).wrapping_mul(P5));
            hash = hash.rotate_left(11).wrapping_mul(P1);
        }
        hash = (hash ^ hash >> 15).wrapping_mul(P2);
        hash = (hash ^ hash >> 13).wrapping_mul(P3);
        hash ^ hash >> 16
    }
}

impl Hasher for Xxh32 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let mut lanes = self.lanes;
        self.blocks.update(input, |block| {
            for (at, lane) in lanes.iter_mut().enumerate() {
                *lane = lane
                    .wrapping_add(le32(block, 4 * at).wrapping_mul(P2))
                    .rotate_left(13)
                    .wrapping_mul(P1);
            }
        });
        self.lanes = lanes;
    }

    fn finish(&mut self) -> Vec<u8> {
        self.value().to_be_bytes().to_vec()
    }
}
