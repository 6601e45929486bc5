//! Texts, each once: names and values of strings. The same text has the same number.

use crate::words::w::WORDS;

/// Where the text of an atom lies: in the source, or behind it in `Atoms::extra`.
#[derive(Clone, Copy)]
pub struct Atom {
    pub start: u32,
    pub length: u32,
    hash: u32,
}

pub struct Atoms {
    pub list: Vec<Atom>,
    /// Texts that do not stand in the source as they are; their places are counted on from its end.
    pub extra: Vec<u8>,
    table: Vec<u32>,
}

pub const SEED: u32 = 0x811c_9dc5;

#[inline(always)]
pub fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

pub fn hash(text: &[u8]) -> u32 {
    text.iter().fold(SEED, |hash, &byte| step(hash, byte))
}

#[inline(always)]
fn slot(hash: u32, mask: usize) -> usize {
    (hash ^ hash >> 15) as usize & mask
}

impl Atoms {
    /// With all words in it, from 1 on.
    pub fn new(source: &[u8]) -> Atoms {
        let size = (source.len() / 16 + 512).next_power_of_two();
        let mut atoms = Atoms { list: Vec::with_capacity(size / 2), extra: Vec::with_capacity(2048), table: vec![0; size] };
        atoms.list.push(Atom { start: 0, length: 0, hash: 0 });
        for word in WORDS {
            atoms.add_text(source, word.as_bytes());
        }
        atoms
    }

    pub fn text<'a>(&'a self, source: &'a [u8], atom: u32) -> &'a [u8] {
        let Atom { start, length, .. } = self.list[atom as usize];
        let (start, length) = (start as usize, length as usize);
        if start >= source.len() {
            &self.extra[start - source.len()..][..length]
        } else {
            &source[start..start + length]
        }
    }

    /// The atom of a text of the source, whose hash is known.
    #[inline(never)]
    pub fn add(&mut self, source: &[u8], start: usize, length: usize, hash: u32) -> u32 {
        let found = self.find(source, &source[start..start + length], hash);
        if found != 0 {
            return found;
        }
        // An empty text has to lie somewhere before the end.
        self.insert(Atom { start: if length == 0 { 0 } else { start as u32 }, length: length as u32, hash })
    }

    /// The atom of any text.
    #[inline(never)]
    pub fn add_text(&mut self, source: &[u8], text: &[u8]) -> u32 {
        let hash = hash(text);
        let found = self.find(source, text, hash);
        if found != 0 {
            return found;
        }
        let start = (source.len() + self.extra.len()) as u32;
        self.extra.extend_from_slice(text);
        self.insert(Atom { start, length: text.len() as u32, hash })
    }

    #[inline(always)]
    fn find(&self, source: &[u8], text: &[u8], hash: u32) -> u32 {
        let mask = self.table.len() - 1;
        let mut at = slot(hash, mask);
        loop {
            let atom = self.table[at];
            if atom == 0 || (self.list[atom as usize].hash == hash && self.text(source, atom) == text) {
                return atom;
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, atom: Atom) -> u32 {
        let number = self.list.len() as u32;
        self.list.push(atom);
        if self.list.len() * 2 > self.table.len() {
            self.grow();
        } else {
            self.put(number);
        }
        number
    }

    fn put(&mut self, number: u32) {
        let mask = self.table.len() - 1;
        let mut at = slot(self.list[number as usize].hash, mask);
        while self.table[at] != 0 {
            at = (at + 1) & mask;
        }
        self.table[at] = number;
    }

    #[inline(never)]
    fn grow(&mut self) {
        self.table = vec![0; self.table.len() * 2];
        for number in 1..self.list.len() as u32 {
            self.put(number);
        }
    }
}
