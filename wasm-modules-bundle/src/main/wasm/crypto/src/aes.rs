//! AES after FIPS 197, four blocks at a time, with bits instead of bytes ("bitslicing"): eight words
//! hold the first, second, … bits of all 64 bytes, and every step is logic on whole words. Only the
//! length of the key decides what is executed.
//!
//! Bit 16·row + 4·column + block of a word belongs to that byte of that block.

use crate::sbox::substitute;

/// A block as four columns; the first byte of a column is the lowest.
pub type Block = [u32; 4];

/// How many blocks are encrypted together.
pub const LANES: usize = 4;

type Planes = [u64; 8];

const MOST_ROUNDS: usize = 14;

pub struct Aes {
    rounds: usize,
    keys: [Planes; MOST_ROUNDS + 1],
}

impl Aes {
    /// With a key of 16 or 32 bytes.
    #[inline(never)]
    pub fn new(key: &[u8]) -> Self {
        let rounds = key.len() / 4 + 6;
        let mut words = [0; 4 * (MOST_ROUNDS + 1)];
        expand(key, &mut words[..4 * (rounds + 1)]);
        let mut keys = [[0; 8]; MOST_ROUNDS + 1];
        for (planes, words) in keys.iter_mut().zip(words.chunks_exact(4)) {
            *planes = slice(&[[words[0], words[1], words[2], words[3]]; LANES]);
        }
        Aes { rounds, keys }
    }

    #[inline(never)]
    pub fn encrypt(&self, blocks: &mut [Block; LANES]) {
        let mut state = slice(blocks);
        add(&mut state, &self.keys[0]);
        for (at, key) in self.keys[1..=self.rounds].iter().enumerate() {
            state = substitute(state).map(shift_rows);
            if at + 1 < self.rounds {
                state = mix_columns(state);
            }
            add(&mut state, key);
        }
        *blocks = join(state);
    }
}

/// The key schedule.
fn expand(key: &[u8], words: &mut [u32]) {
    let first = key.len() / 4;
    for (word, bytes) in words.iter_mut().zip(key.chunks_exact(4)) {
        *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    let mut constant = 1;
    for at in first..words.len() {
        let mut word = words[at - 1];
        // The length is a power of two.
        let place = at & (first - 1);
        if place == 0 {
            word = substitute_word(word.rotate_right(8)) ^ constant;
            constant = (constant << 1) ^ ((constant >> 7) * 0x11B);
        } else if place == 4 {
            word = substitute_word(word);
        }
        words[at] = words[at - first] ^ word;
    }
}

#[inline(never)]
fn substitute_word(word: u32) -> u32 {
    let blocks = join(substitute(slice(&[[word, 0, 0, 0], [0; 4], [0; 4], [0; 4]])));
    blocks[0][0]
}

#[inline(always)]
fn add(state: &mut Planes, key: &Planes) {
    for (word, key) in state.iter_mut().zip(key) {
        *word ^= key;
    }
}

/// Turns row 1 by one column, row 2 by two, row 3 by three.
#[inline(always)]
fn shift_rows(word: u64) -> u64 {
    word & 0x0000_0000_0000_FFFF
        | word >> 4 & 0x0000_0000_0FFF_0000
        | word << 12 & 0x0000_0000_F000_0000
        | word >> 8 & 0x0000_00FF_0000_0000
        | word << 8 & 0x0000_FF00_0000_0000
        | word >> 12 & 0x000F_0000_0000_0000
        | word << 4 & 0xFFF0_0000_0000_0000
}

/// With a, b, c, d for a byte and those below it in its column: 2·(a + b) + b + (c + d).
#[inline(always)]
fn mix_columns(state: Planes) -> Planes {
    let below = state.map(|word| word.rotate_right(16));
    let mut sums = state;
    add(&mut sums, &below);
    let high = sums[7];
    let doubled =
        [high, sums[0] ^ high, sums[1], sums[2] ^ high, sums[3] ^ high, sums[4], sums[5], sums[6]];
    let mut mixed = doubled;
    add(&mut mixed, &below);
    add(&mut mixed, &sums.map(|word| word.rotate_right(32)));
    mixed
}

#[inline(never)]
fn slice(blocks: &[Block; LANES]) -> Planes {
    let mut words = [0; 8];
    for (at, [a, b, c, d]) in blocks.iter().enumerate() {
        words[at] = spread(*a) | spread(*c) << 8;
        words[at + LANES] = spread(*b) | spread(*d) << 8;
    }
    transpose(words)
}

#[inline(never)]
fn join(planes: Planes) -> [Block; LANES] {
    let words = transpose(planes);
    let mut blocks = [[0; 4]; LANES];
    for (at, block) in blocks.iter_mut().enumerate() {
        let (even, odd) = (words[at], words[at + LANES]);
        *block = [gather(even), gather(odd), gather(even >> 8), gather(odd >> 8)];
    }
    blocks
}

/// Puts the four bytes of a column into every second byte.
#[inline(always)]
fn spread(column: u32) -> u64 {
    let halves = column as u64;
    let halves = (halves | halves << 16) & 0x0000_FFFF_0000_FFFF;
    (halves | halves << 8) & 0x00FF_00FF_00FF_00FF
}

/// Takes them out again.
#[inline(always)]
fn gather(word: u64) -> u32 {
    let halves = word & 0x00FF_00FF_00FF_00FF;
    let halves = (halves | halves >> 8) & 0x0000_FFFF_0000_FFFF;
    (halves | halves >> 16) as u32
}

/// Swaps bit i of byte n in word j with bit j of byte n in word i.
#[inline(always)]
fn transpose(mut words: Planes) -> Planes {
    for (distance, mask) in
        [(1, 0x5555_5555_5555_5555), (2, 0x3333_3333_3333_3333), (4, 0x0F0F_0F0F_0F0F_0F0F)]
    {
        for low in (0..8).filter(|at| at & distance == 0) {
            let high = low | distance;
            let swapped = (words[low] >> distance ^ words[high]) & mask;
            words[high] ^= swapped;
            words[low] ^= swapped << distance;
        }
    }
    words
}
