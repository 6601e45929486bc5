//! Places in the file: bytes of UTF-8 inside, UTF-16 units outside, as JavaScript and Java count; and lines.

/// How many bytes share an entry of the table.
const BLOCK: usize = 64;

pub struct Places<'a> {
    source: &'a [u8],
    /// UTF-16 units before each block; empty where all is ASCII.
    blocks: Vec<u32>,
    /// Where lines begin, in UTF-16 units.
    pub lines: Vec<u32>,
    pub length: u32,
}

#[inline(always)]
fn units(byte: u8) -> u32 {
    // The first byte of a character counts for all of it.
    (byte & 0xc0 != 0x80) as u32 + (byte >= 0xf0) as u32
}

impl<'a> Places<'a> {
    /// `source` without the zero behind it.
    pub fn new(source: &'a [u8]) -> Places<'a> {
        let mut places = Places { source, blocks: Vec::new(), lines: Vec::with_capacity(source.len() / 24 + 4), length: source.len() as u32 };
        if !source.is_ascii() {
            places.measure();
        }
        places.find_lines();
        places
    }

    #[inline(never)]
    fn measure(&mut self) {
        let mut total = 0;
        self.blocks.reserve(self.source.len() / BLOCK + 1);
        for block in self.source.chunks(BLOCK) {
            self.blocks.push(total);
            for &byte in block {
                total += units(byte);
            }
        }
        self.length = total;
    }

    #[inline(never)]
    fn find_lines(&mut self) {
        self.lines.push(0);
        let source = self.source;
        let mut at = 0;
        while at < source.len() {
            let byte = source[at];
            at += 1;
            let ends = match byte {
                b'\n' => true,
                b'\r' => source.get(at) != Some(&b'\n'),
                0xe2 if source.get(at) == Some(&0x80) && source.get(at + 1).map_or(false, |last| last & 0xfe == 0xa8) => {
                    at += 2;
                    true
                }
                _ => false,
            };
            if ends {
                let start = self.convert(at as u32);
                self.lines.push(start);
            }
        }
    }

    pub fn is_ascii(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The UTF-16 units before a byte.
    #[inline(always)]
    pub fn convert(&self, byte: u32) -> u32 {
        if self.blocks.is_empty() {
            return byte;
        }
        self.count(byte as usize)
    }

    #[inline(never)]
    fn count(&self, byte: usize) -> u32 {
        let byte = byte.min(self.source.len());
        let block = (byte / BLOCK).min(self.blocks.len() - 1);
        let mut total = self.blocks[block];
        for &each in &self.source[block * BLOCK..byte] {
            total += units(each);
        }
        total
    }

    /// Line, from 1, and column, from 0, of a place in UTF-16 units.
    #[inline(never)]
    pub fn line(&self, place: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|&start| start <= place);
        (line as u32, place - self.lines[line - 1])
    }
}
