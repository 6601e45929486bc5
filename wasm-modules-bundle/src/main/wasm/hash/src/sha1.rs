//! SHA-1 after FIPS 180-4.

use hashing::Hasher;
use hashing::blocks::Blocks;
use hashing::words::be32;

pub struct Sha1 {
    state: [u32; 5],
    blocks: Blocks<64>,
}

impl Sha1 {
    pub fn new() -> Self {
        Sha1 {
            state: [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0],
            blocks: Blocks::new(),
        }
    }
}

impl Hasher for Sha1 {
    fn update(&mut self, input: &[u8]) {
        let state = &mut self.state;
        self.blocks.update(input, |block| compress(state, block));
    }

    fn finish(&mut self) -> Vec<u8> {
        let bits = self.blocks.len() << 3;
        self.update(&[0x80]);
        while self.blocks.rest().len() != 56 {
            self.update(&[0]);
        }
        self.update(&bits.to_be_bytes());
        self.state.iter().flat_map(|word| word.to_be_bytes()).collect()
    }
}

#[inline(never)]
fn compress(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0; 80];
    for (at, word) in words[..16].iter_mut().enumerate() {
        *word = be32(block, 4 * at);
    }
    for at in 16..80 {
        words[at] =
            (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
    }
    let before = *state;
    rounds(state, &words[..20], 0x5A82_7999, |b, c, d| d ^ b & (c ^ d));
    rounds(state, &words[20..40], 0x6ED9_EBA1, |b, c, d| b ^ c ^ d);
    rounds(state, &words[40..60], 0x8F1B_BCDC, |b, c, d| b & c | d & (b | c));
    rounds(state, &words[60..], 0xCA62_C1D6, |b, c, d| b ^ c ^ d);
    for (word, before) in state.iter_mut().zip(before) {
        *word = word.wrapping_add(before);
    }
}

#[inline(never)]
fn rounds(state: &mut [u32; 5], words: &[u32], constant: u32, mix: impl Fn(u32, u32, u32) -> u32) {
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    // Five rounds bring the variables back to their names, so that none has to be copied.
    for words in words.chunks_exact(5) {
        let round = |a: u32, b: &mut u32, c: u32, d: u32, e: &mut u32, word: u32| {
            *e = a
                .rotate_left(5)
                .wrapping_add(mix(*b, c, d))
                .wrapping_add(*e)
                .wrapping_add(word)
                .wrapping_add(constant);
            *b = b.rotate_left(30);
        };
        round(a, &mut b, c, d, &mut e, words[0]);
        round(e, &mut a, b, c, &mut d, words[1]);
        round(d, &mut e, a, b, &mut c, words[2]);
        round(c, &mut d, e, a, &mut b, words[3]);
        round(b, &mut c, d, e, &mut a, words[4]);
    }
    *state = [a, b, c, d, e];
}
