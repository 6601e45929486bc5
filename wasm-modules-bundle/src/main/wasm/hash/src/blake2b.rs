//! BLAKE2b with 512 bits and without a key, after RFC 7693.

use crate::sha512::START;
use hashing::Hasher;
use hashing::blocks::Blocks;
use hashing::words::le64;

#[rustfmt::skip]
static ORDER: [[u8; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// 64 bytes of digest, no key, one leaf.
const PARAMETERS: u64 = 0x0101_0040;

pub struct Blake2b {
    state: [u64; 8],
    taken: u64,
    blocks: Blocks<128>,
}

impl Blake2b {
    pub fn new() -> Self {
        let mut state = START;
        state[0] ^= PARAMETERS;
        Blake2b { state, taken: 0, blocks: Blocks::new() }
    }
}

impl Hasher for Blake2b {
    fn update(&mut self, input: &[u8]) {
        let (state, taken) = (&mut self.state, &mut self.taken);
        self.blocks.update_but_last(input, |block| {
            *taken += 128;
            compress(state, block, *taken, 0);
        });
    }

    fn finish(&mut self) -> Vec<u8> {
        let len = self.blocks.len();
        compress(&mut self.state, self.blocks.padded(), len, !0);
        self.state.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

#[inline(never)]
fn compress(state: &mut [u64; 8], block: &[u8], taken: u64, last: u64) {
    let mut words = [0; 16];
    for (at, word) in words.iter_mut().enumerate() {
        *word = le64(block, 8 * at);
    }
    let mut work = [0; 16];
    work[..8].copy_from_slice(state);
    work[8..].copy_from_slice(&START);
    work[12] ^= taken;
    work[14] ^= last;
    for round in 0..12 {
        mix_all(&mut work, &words, &ORDER[round % 10]);
    }
    for at in 0..8 {
        state[at] ^= work[at] ^ work[at + 8];
    }
}

#[inline(never)]
fn mix_all(work: &mut [u64; 16], words: &[u64; 16], order: &[u8; 16]) {
    let mut v = *work;
    let word = |at: usize| words[order[at] as usize & 15];
    mix(&mut v, [0, 4, 8, 12], word(0), word(1));
    mix(&mut v, [1, 5, 9, 13], word(2), word(3));
    mix(&mut v, [2, 6, 10, 14], word(4), word(5));
    mix(&mut v, [3, 7, 11, 15], word(6), word(7));
    mix(&mut v, [0, 5, 10, 15], word(8), word(9));
    mix(&mut v, [1, 6, 11, 12], word(10), word(11));
    mix(&mut v, [2, 7, 8, 13], word(12), word(13));
    mix(&mut v, [3, 4, 9, 14], word(14), word(15));
    *work = v;
}

#[inline(always)]
fn mix(v: &mut [u64; 16], [a, b, c, d]: [usize; 4], x: u64, y: u64) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(32);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(24);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(63);
}
