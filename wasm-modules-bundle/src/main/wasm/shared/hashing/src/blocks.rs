//! Cuts what comes in pieces of any length into blocks of `N` bytes.

pub struct Blocks<const N: usize> {
    buffer: [u8; N],
    filled: usize,
    len: u64,
}

impl<const N: usize> Blocks<N> {
    pub fn new() -> Self {
        Blocks { buffer: [0; N], filled: 0, len: 0 }
    }

    /// Hands every full block on.
    #[inline(always)]
    pub fn update(&mut self, input: &[u8], block: impl FnMut(&[u8])) {
        self.cut(input, 0, block);
    }

    /// Hands every full block on as soon as something follows it: the last one stays here.
    #[inline(always)]
    pub fn update_but_last(&mut self, input: &[u8], block: impl FnMut(&[u8])) {
        self.cut(input, 1, block);
    }

    #[inline(always)]
    fn cut(&mut self, mut input: &[u8], follow: usize, mut block: impl FnMut(&[u8])) {
        self.len += input.len() as u64;
        if self.filled > 0 {
            let taken = input.len().min(N - self.filled);
            self.keep(&input[..taken]);
            input = &input[taken..];
            if self.filled < N || input.len() < follow {
                return;
            }
            block(&self.buffer);
            self.filled = 0;
        }
        while input.len() >= N + follow {
            let (first, rest) = input.split_at(N);
            block(first);
            input = rest;
        }
        self.keep(input);
    }

    #[inline(always)]
    fn keep(&mut self, bytes: &[u8]) {
        self.buffer[self.filled..self.filled + bytes.len()].copy_from_slice(bytes);
        self.filled += bytes.len();
    }

    /// What has not been handed on.
    pub fn rest(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// The rest with zeros behind it.
    pub fn padded(&mut self) -> &[u8; N] {
        self.buffer[self.filled..].fill(0);
        &self.buffer
    }

    /// All the bytes so far.
    pub fn len(&self) -> u64 {
        self.len
    }
}
