//! What a place of a vector has: nothing, a value, or a value that can't be, which is an error once somebody uses it.

use crate::vector::Vector;

pub const NULL: u8 = 0;
pub const VALUE: u8 = 1;
pub const OVERFLOW: u8 = 2;
pub const NO_NUMBER: u8 = 3;
pub const NO_TIME: u8 = 4;
pub const NO_BOOLEAN: u8 = 5;
pub const NO_SUCH_TIME: u8 = 6;

/// What comes of two operands: what is wrong with the first, or the second, or nothing if one has none.
#[inline(always)]
pub fn both(left: u8, right: u8) -> u8 {
    if left == VALUE && right == VALUE {
        VALUE
    } else if left > VALUE {
        left
    } else if right > VALUE {
        right
    } else {
        NULL
    }
}

/// The first row with an error, and what is wrong there.
pub unsafe fn first_error(vector: Vector, rows: usize) -> Option<(usize, u8)> {
    for row in 0..rows {
        if vector.state(row) > VALUE {
            return Some((row, vector.state(row)));
        }
    }
    None
}
