//! XXH3 with 64 and 128 bits after the specification at
//! <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>, with a seed or without.

mod long;
mod narrow;
mod wide;

use hashing::Hasher;
use hashing::blocks::Blocks;
use long::{Lanes, BLOCK};

/// The longest input that is not hashed in blocks.
const SHORT: usize = 240;

#[inline(never)]
pub fn xxh3(input: &[u8], seed: u64) -> u64 {
    if input.len() > SHORT {
        long_lanes(input, seed).narrow(input.len() as u64)
    } else {
        narrow::short(input, seed)
    }
}

#[inline(never)]
pub fn xxh128(input: &[u8], seed: u64) -> u128 {
    if input.len() > SHORT {
        long_lanes(input, seed).wide(input.len() as u64)
    } else {
        wide::short(input, seed)
    }
}

fn long_lanes(input: &[u8], seed: u64) -> Lanes {
    let mut lanes = Lanes::new(seed);
    let mut rest = input;
    while rest.len() > BLOCK {
        let (block, behind) = rest.split_at(BLOCK);
        lanes.block(block);
        rest = behind;
    }
    lanes.last(rest, &input[input.len() - 64..]);
    lanes
}

/// What both sizes keep while the input comes in pieces.
struct Pieces {
    seed: u64,
    lanes: Lanes,
    blocks: Blocks<BLOCK>,
    /// The last bytes of the block before the current one.
    tail: [u8; 64],
}

impl Pieces {
    fn new(seed: u64) -> Self {
        Pieces { seed, lanes: Lanes::new(seed), blocks: Blocks::new(), tail: [0; 64] }
    }

    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let (lanes, tail) = (&mut self.lanes, &mut self.tail);
        self.blocks.update_but_last(input, |block| {
            lanes.block(block);
            tail.copy_from_slice(&block[BLOCK - 64..]);
        });
    }

    /// The lanes after all of it.
    fn lanes(&mut self) -> &Lanes {
        let rest = self.blocks.rest();
        let mut last = [0; 64];
        let taken = rest.len().min(64);
        last[..64 - taken].copy_from_slice(&self.tail[taken..]);
        last[64 - taken..].copy_from_slice(&rest[rest.len() - taken..]);
        self.lanes.last(rest, &last);
        &self.lanes
    }
}

pub struct Xxh3(Pieces);

impl Xxh3 {
    pub fn new(seed: u64) -> Self {
        Xxh3(Pieces::new(seed))
    }
}

impl Hasher for Xxh3 {
    fn update(&mut self, input: &[u8]) {
        self.0.update(input);
    }

    fn finish(&mut self) -> Vec<u8> {
        let len = self.0.blocks.len();
        let hash = if len > SHORT as u64 {
            self.0.lanes().narrow(len)
        } else {
            narrow::short(self.0.blocks.rest(), self.0.seed)
        };
        hash.to_be_bytes().to_vec()
    }
}

pub struct Xxh128(Pieces);

impl Xxh128 {
    pub fn new(seed: u64) -> Self {
        Xxh128(Pieces::new(seed))
    }
}

impl Hasher for Xxh128 {
    fn update(&mut self, input: &[u8]) {
        self.0.update(input);
    }

    fn finish(&mut self) -> Vec<u8> {
        let len = self.0.blocks.len();
        let hash = if len > SHORT as u64 {
            self.0.lanes().wide(len)
        } else {
            wide::short(self.0.blocks.rest(), self.0.seed)
        };
        hash.to_be_bytes().to_vec()
    }
}
