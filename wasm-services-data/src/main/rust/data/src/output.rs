//! Answers: chunks in the form in which they come, and lists of numbers.

use crate::arena::take;
use crate::chunk::{BOOLEAN, COLUMN, DATE, DECIMAL, HEAD, TEXT};
use crate::machine::Item;
use crate::state::VALUE;
use crate::vector::Vector;
use crate::{Outcome, NO_ROOM};

static mut AT: usize = 0;
static mut SIZE: usize = 0;

pub unsafe fn address() -> i32 {
    AT as i32
}

pub unsafe fn size() -> i32 {
    SIZE as i32
}

/// So many bytes for an answer.
pub unsafe fn room(size: usize) -> Outcome<usize> {
    AT = take(size)?;
    SIZE = size;
    Ok(AT)
}

fn aligned(size: usize) -> usize {
    (size + 7) & !7
}

fn size_of_values(kind: i32, rows: usize) -> usize {
    match kind {
        BOOLEAN => (rows + 7) / 8,
        DATE => rows * 4,
        TEXT => (rows + 1) * 4,
        DECIMAL => rows * 16,
        _ => rows * 8,
    }
}

unsafe fn size_of_texts(vector: Vector, rows: usize) -> Outcome<usize> {
    let mut size = 0u64;
    for row in 0..rows {
        if vector.state(row) == VALUE {
            size += vector.text(row).len() as u64;
        }
    }
    if size > 1 << 30 {
        return Err(NO_ROOM);
    }
    Ok(size as usize)
}

/// Writes vectors as the columns of a chunk, whose scales the flags are.
#[inline(never)]
pub unsafe fn chunk(items: &[Item], rows: usize) -> Outcome<i32> {
    let mut total = aligned((HEAD + items.len() * COLUMN) * 4);
    for item in items {
        total += aligned((rows + 7) / 8) + aligned(size_of_values(item.kind, rows));
        if item.kind == TEXT {
            total += aligned(size_of_texts(item.vector, rows)?);
        }
    }
    let at = room(total)?;
    let head = at as *mut i32;
    *head = rows as i32;
    *head.add(1) = items.len() as i32;
    let mut end = aligned((HEAD + items.len() * COLUMN) * 4);
    for (index, item) in items.iter().enumerate() {
        let column = head.add(HEAD + index * COLUMN);
        *column = item.kind;
        *column.add(1) = item.flags;
        *column.add(2) = if write_validity(item.vector, rows, at + end) { end as i32 } else { -1 };
        end += aligned((rows + 7) / 8);
        *column.add(3) = end as i32;
        let texts = end + aligned(size_of_values(item.kind, rows));
        *column.add(4) = texts as i32;
        let length = write_values(item, rows, at + end, at + texts);
        end = texts + aligned(length);
    }
    Ok(rows as i32)
}

unsafe fn write_validity(vector: Vector, rows: usize, at: usize) -> bool {
    let mut missing = false;
    for byte in 0..(rows + 7) / 8 {
        let mut bits = 0;
        for row in byte * 8..rows.min(byte * 8 + 8) {
            if vector.state(row) == VALUE {
                bits |= 1 << (row % 8);
            } else {
                missing = true;
            }
        }
        *((at + byte) as *mut u8) = bits;
    }
    missing
}

/// Answers with how many bytes texts take.
#[inline(never)]
unsafe fn write_values(item: &Item, rows: usize, at: usize, texts: usize) -> usize {
    let vector = item.vector;
    match item.kind {
        BOOLEAN => write_bits(vector, rows, at),
        TEXT => return write_texts(vector, rows, at as *mut u32, texts as *mut u8),
        DECIMAL => {
            for row in 0..rows {
                let value = if vector.state(row) == VALUE { vector.decimal(row) } else { 0 };
                (at as *mut i128).add(row).write_unaligned(value);
            }
        }
        DATE => {
            for row in 0..rows {
                *(at as *mut i32).add(row) = if vector.state(row) == VALUE { vector.integer(row) as i32 } else { 0 };
            }
        }
        _ => {
            for row in 0..rows {
                *(at as *mut u64).add(row) = if vector.state(row) == VALUE { vector.bits(row) } else { 0 };
            }
        }
    }
    0
}

unsafe fn write_bits(vector: Vector, rows: usize, at: usize) {
    for byte in 0..(rows + 7) / 8 {
        let mut bits = 0;
        for row in byte * 8..rows.min(byte * 8 + 8) {
            if vector.state(row) == VALUE && vector.bits(row) != 0 {
                bits |= 1 << (row % 8);
            }
        }
        *((at + byte) as *mut u8) = bits;
    }
}

unsafe fn write_texts(vector: Vector, rows: usize, offsets: *mut u32, bytes: *mut u8) -> usize {
    let mut end = 0;
    *offsets = 0;
    for row in 0..rows {
        if vector.state(row) == VALUE {
            let text = vector.text(row);
            std::ptr::copy_nonoverlapping(text.as_ptr(), bytes.add(end), text.len());
            end += text.len();
        }
        *offsets.add(row + 1) = end as u32;
    }
    end
}
