//! What the modules that hash have in common.

pub mod blocks;
pub mod progress;
pub mod words;
pub mod xxh64;

/// A hash that is being computed.
pub trait Hasher {
    fn update(&mut self, input: &[u8]);

    /// The hash as its tools print it; numbers with the most significant byte first.
    fn finish(&mut self) -> Vec<u8>;
}
