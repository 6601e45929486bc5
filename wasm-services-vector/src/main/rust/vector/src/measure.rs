//! How alike two vectors are: the higher, the nearer. All sums have eight lanes, the n-th term going to lane n modulo 8, and
//! are added up in one order, so that the host's Java comes to the same bits.

use crate::vectors::{index, Row, LANES};

#[derive(Clone, Copy, PartialEq)]
pub enum Measure {
    Cosine,
    Dot,
    /// The square of the Euclidean distance, negated.
    L2,
}

#[inline(always)]
pub unsafe fn score(x: Row, y: Row) -> f32 {
    let index = index();
    if index.quantised {
        return of_codes(index.measure, x, y, codes(x.at, y.at, index.padded));
    }
    match index.measure {
        Measure::Cosine => cosine(dot(x.at, y.at, index.padded) as f64, x, y),
        Measure::Dot => dot(x.at, y.at, index.padded),
        Measure::L2 => -squared_distance(x.at, y.at, index.padded),
    }
}

#[inline(always)]
fn cosine(product: f64, x: Row, y: Row) -> f32 {
    let cosine = (product * (x.a * y.a)) as f32;
    if cosine > 1.0 {
        1.0
    } else if cosine < -1.0 {
        -1.0
    } else {
        cosine
    }
}

#[inline(always)]
fn of_codes(measure: Measure, x: Row, y: Row, product: i32) -> f32 {
    let product = product as f64;
    match measure {
        Measure::Cosine => cosine(product, x, y),
        Measure::Dot => (product * (x.a * y.a)) as f32,
        Measure::L2 => -(((x.b + y.b) - 2.0 * (product * (x.a * y.a))) as f32),
    }
}

#[inline(never)]
pub unsafe fn dot(x: usize, y: usize, length: usize) -> f32 {
    let (mut x, mut y) = (x as *const f32, y as *const f32);
    let end = x.add(length);
    let mut sums = [0f32; LANES];
    while x < end {
        sums[0] += *x * *y;
        sums[1] += *x.add(1) * *y.add(1);
        sums[2] += *x.add(2) * *y.add(2);
        sums[3] += *x.add(3) * *y.add(3);
        sums[4] += *x.add(4) * *y.add(4);
        sums[5] += *x.add(5) * *y.add(5);
        sums[6] += *x.add(6) * *y.add(6);
        sums[7] += *x.add(7) * *y.add(7);
        x = x.add(LANES);
        y = y.add(LANES);
    }
    total(sums)
}

#[inline(never)]
unsafe fn squared_distance(x: usize, y: usize, length: usize) -> f32 {
    let (mut x, mut y) = (x as *const f32, y as *const f32);
    let end = x.add(length);
    let mut sums = [0f32; LANES];
    while x < end {
        sums[0] += squared(*x - *y);
        sums[1] += squared(*x.add(1) - *y.add(1));
        sums[2] += squared(*x.add(2) - *y.add(2));
        sums[3] += squared(*x.add(3) - *y.add(3));
        sums[4] += squared(*x.add(4) - *y.add(4));
        sums[5] += squared(*x.add(5) - *y.add(5));
        sums[6] += squared(*x.add(6) - *y.add(6));
        sums[7] += squared(*x.add(7) - *y.add(7));
        x = x.add(LANES);
        y = y.add(LANES);
    }
    total(sums)
}

#[inline(never)]
pub unsafe fn codes(x: usize, y: usize, length: usize) -> i32 {
    let (mut x, mut y) = (x as *const i8, y as *const i8);
    let end = x.add(length);
    let (mut one, mut two, mut three, mut four) = (0i32, 0i32, 0i32, 0i32);
    while x < end {
        one += *x as i32 * *y as i32 + *x.add(4) as i32 * *y.add(4) as i32;
        two += *x.add(1) as i32 * *y.add(1) as i32 + *x.add(5) as i32 * *y.add(5) as i32;
        three += *x.add(2) as i32 * *y.add(2) as i32 + *x.add(6) as i32 * *y.add(6) as i32;
        four += *x.add(3) as i32 * *y.add(3) as i32 + *x.add(7) as i32 * *y.add(7) as i32;
        x = x.add(LANES);
        y = y.add(LANES);
    }
    one + two + three + four
}

#[inline(always)]
fn squared(number: f32) -> f32 {
    number * number
}

#[inline(always)]
fn total(sums: [f32; LANES]) -> f32 {
    ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
}
