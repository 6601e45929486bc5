//! AES-GCM after SP 800-38D, with tags of 16 bytes.

use crate::aes::{Aes, LANES};
use crate::ctr::{self, Counter};
use crate::ghash::Ghash;

pub const TAG: usize = 16;

/// One message: a key with a nonce, and what is authenticated without being encrypted.
pub struct Gcm<'a> {
    aes: Aes,
    hash_key: u128,
    /// The counter before the first block of data, called J₀ in the standard.
    start: u128,
    aad: &'a [u8],
}

impl<'a> Gcm<'a> {
    /// With a key of 16 or 32 bytes and a nonce of at least one.
    #[inline(never)]
    pub fn new(key: &[u8], nonce: &[u8], aad: &'a [u8]) -> Self {
        let aes = Aes::new(key);
        let hash_key = encrypt(&aes, 0);
        let start = first_counter(hash_key, nonce);
        Gcm { aes, hash_key, start, aad }
    }

    #[inline(never)]
    pub fn encrypt(&self, data: &mut [u8]) -> [u8; TAG] {
        self.apply(data);
        self.tag(data)
    }

    /// Decrypts `data` if `tag` is right, and leaves it alone if not.
    #[inline(never)]
    pub fn decrypt(&self, data: &mut [u8], tag: &[u8; TAG]) -> bool {
        let difference = u128::from_be_bytes(self.tag(data)) ^ u128::from_be_bytes(*tag);
        // All bits at once: how many of them are right can't be measured.
        let right = difference == 0;
        if right {
            self.apply(data);
        }
        right
    }

    fn apply(&self, data: &mut [u8]) {
        let mut counter = Counter::last_word(self.start);
        counter.take();
        ctr::apply(&self.aes, counter, data);
    }

    #[inline(never)]
    fn tag(&self, ciphertext: &[u8]) -> [u8; TAG] {
        let mut hash = Ghash::new(self.hash_key);
        hash.update(self.aad);
        hash.update(ciphertext);
        hash.lengths(self.aad.len(), ciphertext.len());
        (hash.value() ^ encrypt(&self.aes, self.start)).to_be_bytes()
    }
}

fn first_counter(hash_key: u128, nonce: &[u8]) -> u128 {
    if nonce.len() == 12 {
        let mut block = [0; 16];
        block[..12].copy_from_slice(nonce);
        block[15] = 1;
        return u128::from_be_bytes(block);
    }
    let mut hash = Ghash::new(hash_key);
    hash.update(nonce);
    hash.lengths(0, nonce.len());
    hash.value()
}

/// A single block.
#[inline(never)]
fn encrypt(aes: &Aes, block: u128) -> u128 {
    let mut blocks = [Counter::whole(block).take(); LANES];
    aes.encrypt(&mut blocks);
    blocks[0].iter().fold(0, |bits, word| bits << 32 | word.swap_bytes() as u128)
}
