//! The chunk that the host wrote: a head of 32-bit numbers, and the buffers of its columns as Arrow has them.

use crate::state::{NULL, VALUE};
use crate::vector::Vector;
use crate::Outcome;

pub const BOOLEAN: i32 = 0;
pub const INTEGER: i32 = 1;
pub const DOUBLE: i32 = 2;
pub const DECIMAL: i32 = 3;
pub const TEXT: i32 = 4;
pub const DATE: i32 = 5;

pub const HEAD: usize = 2;
/// Kind, scale, and the offsets of validity (-1 where all rows have a value), values and, of texts, bytes.
pub const COLUMN: usize = 5;

#[derive(Clone, Copy)]
pub struct Chunk {
    at: usize,
}

impl Chunk {
    pub const NONE: Chunk = Chunk { at: 0 };

    pub fn at(at: usize) -> Chunk {
        Chunk { at }
    }

    unsafe fn word(self, index: usize) -> i32 {
        *(self.at as *const i32).add(index)
    }

    pub unsafe fn rows(self) -> usize {
        self.word(0) as usize
    }

    pub unsafe fn columns(self) -> usize {
        self.word(1) as usize
    }

    pub unsafe fn is_wide(self, column: usize) -> bool {
        self.word(HEAD + column * COLUMN) == DECIMAL
    }

    /// The values of a column, in all rows or in those of a selection.
    #[inline(never)]
    pub unsafe fn load(self, column: usize, selection: *const u32, rows: usize) -> Outcome<Vector> {
        let head = HEAD + column * COLUMN;
        let kind = self.word(head);
        let validity = self.word(head + 2);
        let values = self.at + self.word(head + 3) as usize;
        let vector = if kind == DECIMAL { Vector::wide(rows)? } else { Vector::new(rows)? };
        for row in 0..rows {
            let from = if selection.is_null() { row } else { *selection.add(row) as usize };
            let there = validity < 0 || bit(self.at + validity as usize, from);
            vector.set_state(row, if there { VALUE } else { NULL });
        }
        let bytes = self.at + self.word(head + 4) as usize;
        copy(kind, values, bytes, selection, vector, rows);
        Ok(vector)
    }
}

#[inline(always)]
unsafe fn bit(at: usize, row: usize) -> bool {
    *((at + row / 8) as *const u8) >> (row % 8) & 1 != 0
}

#[inline(never)]
unsafe fn copy(kind: i32, values: usize, bytes: usize, selection: *const u32, to: Vector, rows: usize) {
    for row in 0..rows {
        let from = if selection.is_null() { row } else { *selection.add(row) as usize };
        match kind {
            BOOLEAN => to.set_bits(row, bit(values, from) as u64),
            DECIMAL => to.set_decimal(row, (values as *const i128).add(from).read_unaligned()),
            DATE => to.set_bits(row, *(values as *const i32).add(from) as i64 as u64),
            TEXT => {
                let offsets = values as *const u32;
                let (begin, end) = (*offsets.add(from), *offsets.add(from + 1));
                let at = bytes as u64 + begin as u64;
                to.set_bits(row, at | ((end - begin) as u64) << 32);
            }
            _ => to.set_bits(row, *(values as *const u64).add(from)),
        }
    }
}
