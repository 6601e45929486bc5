//! The values of one expression for all rows. A value has 64 bits: a number, a boolean, or where a text is and how long; 128
//! if it is a decimal.

use crate::arena::{reuse, take};
use crate::Outcome;

#[derive(Clone, Copy, PartialEq)]
pub struct Vector {
    state: *mut u8,
    data: *mut u64,
}

impl Vector {
    pub unsafe fn new(rows: usize) -> Outcome<Vector> {
        match reuse(false) {
            Some(vector) => Ok(vector),
            None => Vector::of(rows, 8),
        }
    }

    pub unsafe fn wide(rows: usize) -> Outcome<Vector> {
        match reuse(true) {
            Some(vector) => Ok(vector),
            None => Vector::of(rows, 16),
        }
    }

    unsafe fn of(rows: usize, bytes: usize) -> Outcome<Vector> {
        Ok(Vector { state: take(rows)? as *mut u8, data: take(rows * bytes)? as *mut u64 })
    }

    pub const fn none() -> Vector {
        Vector { state: std::ptr::null_mut(), data: std::ptr::null_mut() }
    }

    pub fn is_none(self) -> bool {
        self.state.is_null()
    }

    #[inline(always)]
    pub unsafe fn state(self, row: usize) -> u8 {
        *self.state.add(row)
    }

    #[inline(always)]
    pub unsafe fn set_state(self, row: usize, state: u8) {
        *self.state.add(row) = state;
    }

    #[inline(always)]
    pub unsafe fn bits(self, row: usize) -> u64 {
        *self.data.add(row)
    }

    #[inline(always)]
    pub unsafe fn set_bits(self, row: usize, bits: u64) {
        *self.data.add(row) = bits;
    }

    #[inline(always)]
    pub unsafe fn integer(self, row: usize) -> i64 {
        self.bits(row) as i64
    }

    #[inline(always)]
    pub unsafe fn double(self, row: usize) -> f64 {
        f64::from_bits(self.bits(row))
    }

    #[inline(always)]
    pub unsafe fn decimal(self, row: usize) -> i128 {
        *(self.data as *const i128).add(row)
    }

    #[inline(always)]
    pub unsafe fn set_decimal(self, row: usize, value: i128) {
        *(self.data as *mut i128).add(row) = value;
    }

    #[inline(always)]
    pub unsafe fn text(self, row: usize) -> &'static [u8] {
        view(self.bits(row))
    }

    #[inline(always)]
    pub unsafe fn set_text(self, row: usize, text: &[u8]) {
        self.set_bits(row, text.as_ptr() as usize as u64 | (text.len() as u64) << 32);
    }

    /// Moves the value of a row to one before it.
    #[inline(always)]
    pub unsafe fn shift(self, from: usize, to: usize, wide: bool) {
        self.set_state(to, self.state(from));
        if wide {
            self.set_decimal(to, self.decimal(from));
        } else {
            self.set_bits(to, self.bits(from));
        }
    }
}

#[inline(always)]
pub unsafe fn view(bits: u64) -> &'static [u8] {
    std::slice::from_raw_parts(bits as u32 as usize as *const u8, (bits >> 32) as usize)
}
