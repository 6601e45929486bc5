//! GHASH after SP 800-38D: a polynomial over GF(2^128), without tables.

use hashing::words::be64;

/// The hash after some blocks. The first bit of a block, x⁰, is the highest of `high`.
pub struct Ghash {
    key: Element,
    reversed: Element,
    state: Element,
}

#[derive(Clone, Copy)]
struct Element {
    high: u64,
    low: u64,
}

impl Element {
    /// The sum of both halves, which Karatsuba's method multiplies.
    fn sum(self) -> u64 {
        self.high ^ self.low
    }

    fn reversed(self) -> Element {
        Element { high: reverse(self.high), low: reverse(self.low) }
    }
}

impl Ghash {
    pub fn new(key: u128) -> Self {
        let key = Element { high: (key >> 64) as u64, low: key as u64 };
        Ghash { key, reversed: key.reversed(), state: Element { high: 0, low: 0 } }
    }

    /// Takes `bytes` and as many zeros as fill the last block.
    #[inline(never)]
    pub fn update(&mut self, bytes: &[u8]) {
        let mut blocks = bytes.chunks_exact(16);
        for block in &mut blocks {
            self.block(block);
        }
        let rest = blocks.remainder();
        if !rest.is_empty() {
            let mut block = [0; 16];
            block[..rest.len()].copy_from_slice(rest);
            self.block(&block);
        }
    }

    /// Takes a block of two lengths in bits.
    pub fn lengths(&mut self, first: usize, second: usize) {
        let [first, second] = [first, second].map(|bytes| 8 * bytes as u128);
        let bits = (first << 64) | second;
        self.update(&bits.to_be_bytes());
    }

    pub fn value(&self) -> u128 {
        (self.state.high as u128) << 64 | self.state.low as u128
    }

    #[inline(never)]
    fn block(&mut self, block: &[u8]) {
        self.state.high ^= be64(block, 0);
        self.state.low ^= be64(block, 8);
        self.state = self.product();
    }

    /// State times key.
    #[inline(always)]
    fn product(&self) -> Element {
        let (state, key) = (self.state, self.key);
        let (backwards, reversed) = (state.reversed(), self.reversed);
        // Three products of 64 by 64 bits. The upper half of each is the lower half of the product
        // of the reversed factors, reversed.
        let low = multiply(state.low, key.low);
        let high = multiply(state.high, key.high);
        let middle = multiply(state.sum(), key.sum()) ^ low ^ high;
        let low_top = multiply(backwards.low, reversed.low);
        let high_top = multiply(backwards.high, reversed.high);
        let middle_top = multiply(backwards.sum(), reversed.sum()) ^ low_top ^ high_top;
        let [low_top, high_top, middle_top] =
            [low_top, high_top, middle_top].map(|top| reverse(top) >> 1);
        reduce([low, low_top ^ middle, high ^ middle_top, high_top])
    }
}

/// The remainder of a product of 255 bits (the lowest word first) by x¹²⁸ + x⁷ + x² + x + 1.
#[inline(always)]
fn reduce(product: [u64; 4]) -> Element {
    let [p0, p1, p2, p3] = product;
    // One bit further up, x⁰ is the highest bit of 256 and x¹²⁸ the highest of the lower 128.
    let high = Element { high: p3 << 1 | p2 >> 63, low: p2 << 1 | p1 >> 63 };
    let rest = Element { high: p1 << 1 | p0 >> 63, low: p0 << 1 };
    // x¹²⁸ = 1 + x + x² + x⁷, and a factor x is one bit to the right. What falls out of `rest` is a
    // multiple of x¹²⁸ again.
    let again = rest.low << 63 ^ rest.low << 62 ^ rest.low << 57;
    let top = rest.high ^ again;
    let right = |by: u32| rest.low >> by | top << (64 - by);
    Element {
        high: high.high ^ top ^ top >> 1 ^ top >> 2 ^ top >> 7,
        low: high.low ^ rest.low ^ right(1) ^ right(2) ^ right(7),
    }
}

/// The lower 64 bits of the product without carries.
///
/// Integer multiplication does it if only every fourth bit of the factors is set. In a place below the
/// highest at most 15 ones meet, whose carries stay in the three bits above it, which are masked.
#[inline(never)]
fn multiply(a: u64, b: u64) -> u64 {
    const MASKS: [u64; 4] = [
        0x1111_1111_1111_1111,
        0x2222_2222_2222_2222,
        0x4444_4444_4444_4444,
        0x8888_8888_8888_8888,
    ];
    let (a, b) = (MASKS.map(|mask| a & mask), MASKS.map(|mask| b & mask));
    let mut product = 0;
    for (place, mask) in MASKS.iter().enumerate() {
        let mut sum = 0;
        for (at, factor) in a.iter().enumerate() {
            sum ^= factor.wrapping_mul(b[(place + 4 - at) % 4]);
        }
        product |= sum & mask;
    }
    product
}

/// The bits in the opposite order.
#[inline(always)]
fn reverse(word: u64) -> u64 {
    word.reverse_bits()
}
