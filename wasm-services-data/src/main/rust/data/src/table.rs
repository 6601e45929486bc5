//! Keys, numbered in the order in which they came.

use crate::arena::reserve;
use crate::{Outcome, NO_ROOM};

pub struct Table {
    /// The number of a key + 1 where its hash leads, or further on.
    slots: Vec<u32>,
    hashes: Vec<u64>,
    ends: Vec<u32>,
    keys: Vec<u8>,
}

impl Table {
    pub const fn new() -> Table {
        Table { slots: Vec::new(), hashes: Vec::new(), ends: Vec::new(), keys: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> u64 {
        (self.slots.len() * 4 + self.hashes.len() * 12 + self.keys.len()) as u64
    }

    pub fn key(&self, number: usize) -> &[u8] {
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.keys[from as usize..self.ends[number] as usize]
    }

    pub fn find(&self, hash: u64, key: &[u8]) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot] != 0 {
            let number = self.slots[slot] - 1;
            if self.hashes[number as usize] == hash && self.key(number as usize) == key {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// A key that is not there yet. Where there is no room, nothing has changed.
    pub fn add(&mut self, hash: u64, key: &[u8]) -> Outcome<u32> {
        if self.keys.len() + key.len() > 1 << 30 {
            return Err(NO_ROOM);
        }
        reserve(&mut self.hashes, 1)?;
        reserve(&mut self.ends, 1)?;
        reserve(&mut self.keys, key.len())?;
        if (self.len() + 1) * 2 > self.slots.len() {
            self.grow()?;
        }
        let number = self.len() as u32;
        self.hashes.push(hash);
        self.keys.extend_from_slice(key);
        self.ends.push(self.keys.len() as u32);
        self.enter(number);
        Ok(number)
    }

    fn enter(&mut self, number: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = self.hashes[number as usize] as usize & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = number + 1;
    }

    #[inline(never)]
    fn grow(&mut self) -> Outcome<()> {
        let size = (self.slots.len() * 2).max(64);
        let mut slots = Vec::new();
        reserve(&mut slots, size)?;
        slots.resize(size, 0);
        self.slots = slots;
        for number in 0..self.len() as u32 {
            self.enter(number);
        }
        Ok(())
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

static mut SEED: u64 = 0;

/// So that nobody can choose keys that all lead to one place.
pub unsafe fn seed(seed: u64) {
    SEED = seed;
}

/// Eight bytes at a time.
pub fn hash(key: &[u8]) -> u64 {
    let mut hash = unsafe { SEED } ^ key.len() as u64;
    let mut words = key.chunks_exact(8);
    for word in &mut words {
        hash = mix(hash ^ unsafe { (word.as_ptr() as *const u64).read_unaligned() });
    }
    let mut rest = 0;
    for &byte in words.remainder() {
        rest = rest << 8 | byte as u64;
    }
    mix(hash ^ rest)
}

fn mix(value: u64) -> u64 {
    let product = value.wrapping_mul(FACTOR);
    product ^ product >> 29
}
