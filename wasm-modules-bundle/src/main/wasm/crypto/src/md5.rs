//! MD5 after RFC 1321. Broken: for what others have decided to check with it, not for security.

use crate::blocks::Blocks;
use hashing::Hasher;
use hashing::words::le32;

const START: [u32; 4] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];

/// The integer parts of 2³² times the absolute values of the sines of 1 to 64.
#[rustfmt::skip]
static CONSTANTS: [u32; 64] = [
    0xD76A_A478, 0xE8C7_B756, 0x2420_70DB, 0xC1BD_CEEE, 0xF57C_0FAF, 0x4787_C62A, 0xA830_4613, 0xFD46_9501,
    0x6980_98D8, 0x8B44_F7AF, 0xFFFF_5BB1, 0x895C_D7BE, 0x6B90_1122, 0xFD98_7193, 0xA679_438E, 0x49B4_0821,
    0xF61E_2562, 0xC040_B340, 0x265E_5A51, 0xE9B6_C7AA, 0xD62F_105D, 0x0244_1453, 0xD8A1_E681, 0xE7D3_FBC8,
    0x21E1_CDE6, 0xC337_07D6, 0xF4D5_0D87, 0x455A_14ED, 0xA9E3_E905, 0xFCEF_A3F8, 0x676F_02D9, 0x8D2A_4C8A,
    0xFFFA_3942, 0x8771_F681, 0x6D9D_6122, 0xFDE5_380C, 0xA4BE_EA44, 0x4BDE_CFA9, 0xF6BB_4B60, 0xBEBF_BC70,
    0x289B_7EC6, 0xEAA1_27FA, 0xD4EF_3085, 0x0488_1D05, 0xD9D4_D039, 0xE6DB_99E5, 0x1FA2_7CF8, 0xC4AC_5665,
    0xF429_2244, 0x432A_FF97, 0xAB94_23A7, 0xFC93_A039, 0x655B_59C3, 0x8F0C_CC92, 0xFFEF_F47D, 0x8584_5DD1,
    0x6FA8_7E4F, 0xFE2C_E6E0, 0xA301_4314, 0x4E08_11A1, 0xF753_7E82, 0xBD3A_F235, 0x2AD7_D2BB, 0xEB86_D391,
];

pub struct Md5 {
    state: [u32; 4],
    blocks: Blocks,
}

impl Md5 {
    pub fn new() -> Self {
        Md5 { state: START, blocks: Blocks::new() }
    }
}

impl Hasher for Md5 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        let state = &mut self.state;
        self.blocks.update(input, |block| compress(state, block));
    }

    #[inline(never)]
    fn finish(&mut self) -> Vec<u8> {
        let state = &mut self.state;
        self.blocks.finish(u64::to_le_bytes, |block| compress(state, block));
        state.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

#[inline(never)]
fn compress(state: &mut [u32; 4], block: &[u8]) {
    let before = *state;
    let word = |index: usize| le32(block, 4 * (index & 15));
    rounds(state, 0, [7, 12, 17, 22], |b, c, d| d ^ b & (c ^ d), word);
    rounds(state, 16, [5, 9, 14, 20], |b, c, d| c ^ d & (b ^ c), |step| word(5 * step + 1));
    rounds(state, 32, [4, 11, 16, 23], |b, c, d| b ^ c ^ d, |step| word(3 * step + 5));
    rounds(state, 48, [6, 10, 15, 21], |b, c, d| c ^ (b | !d), |step| word(7 * step));
    for (word, before) in state.iter_mut().zip(before) {
        *word = word.wrapping_add(before);
    }
}

/// Sixteen steps; four of them bring the variables back to their names.
#[inline(always)]
fn rounds(
    state: &mut [u32; 4],
    first: usize,
    turns: [u32; 4],
    mix: impl Fn(u32, u32, u32) -> u32,
    word: impl Fn(usize) -> u32,
) {
    let [mut a, mut b, mut c, mut d] = *state;
    for at in (0..16).step_by(4) {
        let step = |a: u32, b: u32, c: u32, d: u32, by: usize| {
            a.wrapping_add(mix(b, c, d))
                .wrapping_add(word(at + by))
                .wrapping_add(CONSTANTS[first + at + by])
                .rotate_left(turns[by])
                .wrapping_add(b)
        };
        a = step(a, b, c, d, 0);
        d = step(d, a, b, c, 1);
        c = step(c, d, a, b, 2);
        b = step(b, c, d, a, 3);
    }
    *state = [a, b, c, d];
}
