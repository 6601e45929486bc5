//! HMAC-SHA-256 after RFC 2104 and FIPS 198-1.

use crate::blocks::BLOCK;
use crate::sha256::{Sha256, DIGEST};
use hashing::Hasher;

pub struct Hmac {
    inner: Sha256,
    outer: Sha256,
}

impl Hmac {
    /// With a key of any length.
    #[inline(never)]
    pub fn new(key: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        if key.len() > BLOCK {
            let mut hash = Sha256::new();
            hash.update(key);
            block[..DIGEST].copy_from_slice(&hash.digest());
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        Hmac { inner: begin(&block, 0x36), outer: begin(&block, 0x5C) }
    }
}

fn begin(key: &[u8; BLOCK], pad: u8) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(&key.map(|byte| byte ^ pad));
    hash
}

impl Hasher for Hmac {
    fn update(&mut self, input: &[u8]) {
        self.inner.update(input);
    }

    fn finish(&mut self) -> Vec<u8> {
        self.outer.update(&self.inner.digest());
        self.outer.finish()
    }
}
