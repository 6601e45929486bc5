//! Checksums: CRC-32 (RFC 1952), CRC-32C (RFC 3720), Adler-32 (RFC 1950) and FNV-1a
//! (draft-eastlake-fnv).

use hashing::Hasher;
use hashing::words::le32;

/// Both polynomials with their bits reversed.
const ISO: u32 = 0xEDB8_8320;
const CASTAGNOLI: u32 = 0x82F6_3B78;

type Tables = [[u32; 256]; 8];

pub static CRC32: Tables = tables(ISO);
pub static CRC32C: Tables = tables(CASTAGNOLI);

/// `tables[n][b]` is what the byte `b` does to the remainder when `n` bytes follow it.
const fn tables(polynomial: u32) -> Tables {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ polynomial } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut following = 1;
    while following < 8 {
        let mut byte = 0;
        while byte < 256 {
            let crc = tables[following - 1][byte];
            tables[following][byte] = crc >> 8 ^ tables[0][crc as usize & 0xff];
            byte += 1;
        }
        following += 1;
    }
    tables
}

pub struct Crc {
    tables: &'static Tables,
    remainder: u32,
}

impl Crc {
    pub fn new(tables: &'static Tables) -> Self {
        Crc { tables, remainder: !0 }
    }

    pub fn value(&self) -> u32 {
        !self.remainder
    }
}

impl Hasher for Crc {
    fn update(&mut self, input: &[u8]) {
        self.remainder = crc(self.tables, self.remainder, input);
    }

    fn finish(&mut self) -> Vec<u8> {
        self.value().to_be_bytes().to_vec()
    }
}

/// Eight bytes at a time ("slicing-by-8").
#[inline(never)]
fn crc(tables: &Tables, mut crc: u32, input: &[u8]) -> u32 {
    let mut words = input.chunks_exact(8);
    for word in &mut words {
        let one = crc ^ le32(word, 0);
        let two = le32(word, 4);
        crc = tables[7][one as usize & 0xff]
            ^ tables[6][one as usize >> 8 & 0xff]
            ^ tables[5][one as usize >> 16 & 0xff]
            ^ tables[4][one as usize >> 24]
            ^ tables[3][two as usize & 0xff]
            ^ tables[2][two as usize >> 8 & 0xff]
            ^ tables[1][two as usize >> 16 & 0xff]
            ^ tables[0][two as usize >> 24];
    }
    for &byte in words.remainder() {
        crc = crc >> 8 ^ tables[0][(crc ^ byte as u32) as usize & 0xff];
    }
    crc
}

pub struct Adler32 {
    a: u32,
    b: u32,
}

impl Adler32 {
    pub fn new() -> Self {
        Adler32 { a: 1, b: 0 }
    }

    pub fn value(&self) -> u32 {
        self.b << 16 | self.a
    }
}

impl Hasher for Adler32 {
    #[inline(never)]
    fn update(&mut self, input: &[u8]) {
        // So many bytes can be added up before 32 bits overflow.
        for part in input.chunks(5552) {
            for &byte in part {
                self.a += byte as u32;
                self.b += self.a;
            }
            self.a %= 65521;
            self.b %= 65521;
        }
    }

    fn finish(&mut self) -> Vec<u8> {
        self.value().to_be_bytes().to_vec()
    }
}

pub struct Fnv32(pub u32);

impl Fnv32 {
    pub fn new() -> Self {
        Fnv32(0x811C_9DC5)
    }
}

impl Hasher for Fnv32 {
    fn update(&mut self, input: &[u8]) {
        for &byte in input {
            self.0 = (self.0 ^ byte as u32).wrapping_mul(0x0100_0193);
        }
    }

    fn finish(&mut self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }
}

pub struct Fnv64(pub u64);

impl Fnv64 {
    pub fn new() -> Self {
        Fnv64(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv64 {
    fn update(&mut self, input: &[u8]) {
        for &byte in input {
            self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01B3);
        }
    }

    fn finish(&mut self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }
}
