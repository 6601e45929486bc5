//! From the numbers that the host writes to the form in which vectors are compared.

use crate::measure::{codes, dot, Measure};
use crate::vectors::{index, row, set_factors, Row};

/// Of codes of 8 bits.
const LARGEST: f32 = 127.0;
/// What is no larger is taken for zero: 127 / it would be no number any more.
const LEAST: f32 = 1e-35;

pub unsafe fn into_slot(slot: u32) {
    let at = row(slot).at;
    set_factors(slot, into(at));
}

pub unsafe fn query() {
    let at = index().query.at;
    index().query = into(at);
}

unsafe fn into(at: usize) -> Row {
    let index = index();
    if index.quantised {
        return quantise(at);
    }
    let (from, to) = (index.input as *const f32, at as *mut f32);
    std::ptr::copy_nonoverlapping(from, to, index.dimensions);
    for rest in index.dimensions..index.padded {
        *to.add(rest) = 0.0;
    }
    let a = match index.measure {
        Measure::Cosine => 1.0 / (dot(at, at, index.padded) as f64).sqrt(),
        _ => 1.0,
    };
    Row { at, a, b: 0.0 }
}

/// The largest number becomes 127 or -127, the others in proportion.
#[inline(never)]
unsafe fn quantise(at: usize) -> Row {
    let index = index();
    let (from, to) = (index.input as *const f32, at as *mut i8);
    let mut most = 0f32;
    for dimension in 0..index.dimensions {
        let size = (*from.add(dimension)).abs();
        if size > most {
            most = size;
        }
    }
    let factor = if most > LEAST { LARGEST / most } else { 0.0 };
    let mut square = 0f64;
    for dimension in 0..index.dimensions {
        let number = *from.add(dimension);
        square += number as f64 * number as f64;
        let code = number * factor;
        let code = if code < 0.0 { code - 0.5 } else { code + 0.5 };
        // No number is outside of -127.5 to 127.5.
        *to.add(dimension) = code.to_int_unchecked::<i32>() as i8;
    }
    for rest in index.dimensions..index.padded {
        *to.add(rest) = 0;
    }
    let a = match index.measure {
        Measure::Cosine => 1.0 / (codes(at, at, index.padded) as f64).sqrt(),
        _ => most as f64 / LARGEST as f64,
    };
    Row { at, a, b: square }
}
