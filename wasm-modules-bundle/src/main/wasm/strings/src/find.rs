//! Finds a needle in a text.
//!
//! Candidates are found eight positions at a time by the needle's first and last byte (the "generic
//! SIMD" search of Wojciech Muła, <http://0x80.pl/articles/simd-strfind.html>, in plain 64-bit
//! words) and compared. Where that turns out to cost too much, Knuth-Morris-Pratt takes over, so
//! that no input takes more than linear time.

use std::cmp::Ordering;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

pub struct Finder<'a> {
    text: &'a [u8],
    needle: &'a [u8],
    at: usize,
    /// Bytes compared so far.
    work: usize,
    /// The table of Knuth, Morris and Pratt, once it is needed.
    table: Vec<u32>,
}

impl<'a> Finder<'a> {
    pub fn new(text: &'a [u8], needle: &'a [u8]) -> Self {
        Finder { text, needle, at: 0, work: 0, table: Vec::new() }
    }

    /// The next occurrence that does not overlap the one before.
    #[inline(never)]
    pub fn next(&mut self) -> Option<usize> {
        if self.needle.is_empty() {
            return None;
        }
        let found = if self.table.is_empty() { self.scan() } else { self.step() };
        match found {
            Some(at) => self.at = at + self.needle.len(),
            None => self.at = self.text.len(),
        }
        found
    }

    #[inline(never)]
    fn scan(&mut self) -> Option<usize> {
        let last = self.needle.len() - 1;
        let first_byte = ONES * self.needle[0] as u64;
        let last_byte = ONES * self.needle[last] as u64;
        let mut at = self.at;
        while at + last + 8 <= self.text.len() {
            let other = eight(self.text, at) ^ first_byte | eight(self.text, at + last) ^ last_byte;
            // Marks the bytes that are zero; a mark too many does no harm.
            let mut marks = other.wrapping_sub(ONES) & !other & HIGHS;
            while marks != 0 {
                let candidate = at + marks.trailing_zeros() as usize / 8;
                if self.matches(candidate) {
                    return Some(candidate);
                }
                marks &= marks - 1;
            }
            at += 8;
            if self.work > 8 * at + 4096 {
                return self.change(at);
            }
        }
        while at + last < self.text.len() {
            if self.matches(at) {
                return Some(at);
            }
            at += 1;
            if self.work > 8 * at + 4096 {
                return self.change(at);
            }
        }
        None
    }

    #[inline(always)]
    fn matches(&mut self, at: usize) -> bool {
        let same = common(&self.text[at..], self.needle);
        self.work += same;
        same == self.needle.len()
    }

    /// Goes on from `at` with the other method.
    #[cold]
    #[inline(never)]
    fn change(&mut self, at: usize) -> Option<usize> {
        self.table = table(self.needle);
        self.at = at;
        self.step()
    }

    #[inline(never)]
    fn step(&mut self) -> Option<usize> {
        let mut same = 0;
        for at in self.at..self.text.len() {
            let byte = self.text[at];
            while same > 0 && self.needle[same] != byte {
                same = self.table[same - 1] as usize;
            }
            if self.needle[same] == byte {
                same += 1;
            }
            if same == self.needle.len() {
                return Some(at + 1 - same);
            }
        }
        None
    }
}

/// For each prefix of the needle the length of its longest proper prefix that also ends it.
#[inline(never)]
fn table(needle: &[u8]) -> Vec<u32> {
    let mut table = vec![0u32; needle.len()];
    let mut same = 0;
    for at in 1..needle.len() {
        while same > 0 && needle[same] != needle[at] {
            same = table[same - 1] as usize;
        }
        if needle[same] == needle[at] {
            same += 1;
        }
        table[at] = same as u32;
    }
    table
}

pub fn compare(one: &[u8], other: &[u8]) -> Ordering {
    let same = common(one, other);
    match (one.get(same), other.get(same)) {
        (Some(byte), Some(other)) => byte.cmp(other),
        _ => one.len().cmp(&other.len()),
    }
}

/// The length of the common prefix.
#[inline(never)]
fn common(one: &[u8], other: &[u8]) -> usize {
    let len = one.len().min(other.len());
    let mut at = 0;
    while at + 8 <= len {
        let differing = eight(one, at) ^ eight(other, at);
        if differing != 0 {
            return at + differing.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while at < len && one[at] == other[at] {
        at += 1;
    }
    at
}

/// Eight bytes from `at` as a little-endian number.
#[inline(always)]
fn eight(text: &[u8], at: usize) -> u64 {
    debug_assert!(at + 8 <= text.len());
    u64::from_le(unsafe { (text.as_ptr().add(at) as *const u64).read_unaligned() })
}
