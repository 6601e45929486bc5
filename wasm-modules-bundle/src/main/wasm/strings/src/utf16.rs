//! From positions in UTF-8 to positions in UTF-16.

const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Counts code units from one position to the next, never from the start again.
pub struct Units<'a> {
    text: &'a [u8],
    at: usize,
    units: u32,
}

impl<'a> Units<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Units { text, at: 0, units: 0 }
    }

    /// The code units before the byte `at`, which must not lie before that of an earlier call.
    pub fn at(&mut self, at: usize) -> u32 {
        self.units += units(&self.text[self.at..at]);
        self.at = at;
        self.units
    }
}

/// Every byte that begins a sequence is a unit, and one that begins four bytes is two.
#[inline(never)]
fn units(text: &[u8]) -> u32 {
    let mut units = 0;
    let mut words = text.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes([
            word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7],
        ]);
        if word & HIGHS == 0 {
            units += 8;
            continue;
        }
        let continuing = word & !(word << 1) & HIGHS;
        let four = word & word << 1 & word << 2 & word << 3 & HIGHS;
        units += 8 - continuing.count_ones() + four.count_ones();
    }
    for &byte in words.remainder() {
        units += (byte & 0xc0 != 0x80) as u32 + (byte >= 0xf0) as u32;
    }
    units
}
