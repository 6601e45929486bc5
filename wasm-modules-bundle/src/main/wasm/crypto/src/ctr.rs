//! Counter mode after SP 800-38A: data is combined with the encrypted values of a counter.

use crate::aes::{Aes, Block, LANES};

/// A block that counts in its last bits.
#[derive(Clone, Copy)]
pub struct Counter {
    value: u128,
    counting: u128,
}

impl Counter {
    /// Counts in all 128 bits.
    pub fn whole(block: u128) -> Self {
        Counter { value: block, counting: u128::MAX }
    }

    /// Counts in the last 32 bits, as GCM does.
    pub fn last_word(block: u128) -> Self {
        Counter { value: block, counting: u32::MAX as u128 }
    }

    /// The block before the next step.
    pub fn take(&mut self) -> Block {
        let block = [96, 64, 32, 0].map(|shift| ((self.value >> shift) as u32).swap_bytes());
        let next = self.value.wrapping_add(1);
        self.value = self.value & !self.counting | next & self.counting;
        block
    }
}

/// Encrypts or decrypts `data` where it stands.
#[inline(never)]
pub fn apply(aes: &Aes, mut counter: Counter, data: &mut [u8]) {
    for piece in data.chunks_mut(16 * LANES) {
        let mut blocks = [[0; 4]; LANES];
        for block in &mut blocks {
            *block = counter.take();
        }
        aes.encrypt(&mut blocks);
        for (bytes, word) in piece.chunks_mut(4).zip(blocks.iter().flatten()) {
            combine(bytes, *word);
        }
    }
}

/// At most four bytes.
#[inline(always)]
fn combine(bytes: &mut [u8], word: u32) {
    if let Ok(whole) = <&mut [u8; 4]>::try_from(&mut *bytes) {
        *whole = (u32::from_le_bytes(*whole) ^ word).to_le_bytes();
        return;
    }
    for (byte, key) in bytes.iter_mut().zip(word.to_le_bytes()) {
        *byte ^= key;
    }
}
