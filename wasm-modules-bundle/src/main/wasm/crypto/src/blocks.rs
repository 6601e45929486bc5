//! Cuts what comes in pieces of any length into blocks of 64 bytes, as SHA-256 and MD5 take them.

pub const BLOCK: usize = 64;

/// Where the length of the input stands in the last block.
const LENGTH: usize = BLOCK - 8;

pub struct Blocks {
    buffer: [u8; BLOCK],
    len: u64,
}

impl Blocks {
    pub const fn new() -> Self {
        Blocks { buffer: [0; BLOCK], len: 0 }
    }

    fn filled(&self) -> usize {
        self.len as usize % BLOCK
    }

    /// Hands every full block on.
    #[inline(always)]
    pub fn update(&mut self, mut input: &[u8], mut block: impl FnMut(&[u8])) {
        let filled = self.filled();
        self.len += input.len() as u64;
        if filled > 0 {
            let (taken, rest) = input.split_at(input.len().min(BLOCK - filled));
            self.buffer[filled..filled + taken.len()].copy_from_slice(taken);
            if filled + taken.len() < BLOCK {
                return;
            }
            block(&self.buffer);
            input = rest;
        }
        let mut blocks = input.chunks_exact(BLOCK);
        for full in &mut blocks {
            block(full);
        }
        let rest = blocks.remainder();
        self.buffer[..rest.len()].copy_from_slice(rest);
    }

    /// Hands the last blocks on: a one, zeros, and what `length` makes of the input's length in bits.
    #[inline(always)]
    pub fn finish(&mut self, length: impl Fn(u64) -> [u8; 8], mut block: impl FnMut(&[u8])) {
        let filled = self.filled();
        self.buffer[filled] = 0x80;
        self.buffer[filled + 1..].fill(0);
        if filled >= LENGTH {
            block(&self.buffer);
            self.buffer.fill(0);
        }
        self.buffer[LENGTH..].copy_from_slice(&length(self.len << 3));
        block(&self.buffer);
    }
}
