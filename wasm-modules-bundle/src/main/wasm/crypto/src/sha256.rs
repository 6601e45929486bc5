//! SHA-256 after FIPS 180-4.

use crate::blocks::Blocks;
use hashing::Hasher;
use hashing::words::be32;

pub const DIGEST: usize = 32;

/// The first 32 bits of the fractions of the square roots of the first eight primes.
const START: [u32; 8] = [
    0x6A09_E667,
    0xBB67_AE85,
    0x3C6E_F372,
    0xA54F_F53A,
    0x510E_527F,
    0x9B05_688C,
    0x1F83_D9AB,
    0x5BE0_CD19,
];

/// The first 32 bits of the fractions of the cube roots of the first 64 primes.
#[rustfmt::skip]
static CONSTANTS: [u32; 64] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
];

pub struct Sha256 {
    state: [u32; 8],
    blocks: Blocks,
}

impl Sha256 {
    pub const fn new() -> Self {
        Sha256 { state: START, blocks: Blocks::new() }
    }

    #[inline(never)]
    pub fn digest(&mut self) -> [u8; DIGEST] {
        let state = &mut self.state;
        self.blocks.finish(u64::to_be_bytes, |block| compress(state, block));
        let mut digest = [0; DIGEST];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }
}

impl Hasher for Sha256 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let state = &mut self.state;
        self.blocks.update(input, |block| compress(state, block));
    }

    fn finish(&mut self) -> Vec<u8> {
        self.digest().to_vec()
    }
}

#[inline(never)]
fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut words = [0; 64];
    for (at, word) in words[..16].iter_mut().enumerate() {
        *word = be32(block, 4 * at);
    }
    expand(&mut words);
    rounds(state, &words);
}

#[inline(never)]
fn expand(words: &mut [u32; 64]) {
    for at in 16..64 {
        let (before, last) = (words[at - 15], words[at - 2]);
        let small = before.rotate_right(7) ^ before.rotate_right(18) ^ before >> 3;
        let large = last.rotate_right(17) ^ last.rotate_right(19) ^ last >> 10;
        words[at] =
            words[at - 16].wrapping_add(small).wrapping_add(words[at - 7]).wrapping_add(large);
    }
}

#[inline(never)]
fn rounds(state: &mut [u32; 8], words: &[u32; 64]) {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    // Eight rounds bring the variables back to their names, so that none has to be copied.
    for (word, constant) in words.chunks_exact(8).zip(CONSTANTS.chunks_exact(8)) {
        let input = |at: usize| constant[at].wrapping_add(word[at]);
        round(a, b, c, &mut d, e, f, g, &mut h, input(0));
        round(h, a, b, &mut c, d, e, f, &mut g, input(1));
        round(g, h, a, &mut b, c, d, e, &mut f, input(2));
        round(f, g, h, &mut a, b, c, d, &mut e, input(3));
        round(e, f, g, &mut h, a, b, c, &mut d, input(4));
        round(d, e, f, &mut g, h, a, b, &mut c, input(5));
        round(c, d, e, &mut f, g, h, a, &mut b, input(6));
        round(b, c, d, &mut e, f, g, h, &mut a, input(7));
    }
    for (word, after) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(after);
    }
}

/// Names as in the standard: the new `e` is left in `d` and the new `a` in `h`.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
fn round(a: u32, b: u32, c: u32, d: &mut u32, e: u32, f: u32, g: u32, h: &mut u32, input: u32) {
    let one = h
        .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
        .wrapping_add(g ^ e & (f ^ g))
        .wrapping_add(input);
    let two = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22))
        .wrapping_add(a & b | c & (a | b));
    *d = d.wrapping_add(one);
    *h = one.wrapping_add(two);
}
