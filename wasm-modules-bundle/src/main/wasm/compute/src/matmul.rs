//! The matrix product, by tiles of 4 x 4 that stay in registers, along columns of `b` that were
//! copied together before. Each number is the sum of its products from the first to the last.

use std::ops::{Add, Mul};

pub trait Number: Copy + Default + Add<Output = Self> + Mul<Output = Self> {}

impl Number for f32 {}

impl Number for f64 {}

const HIGH: usize = 4;
const WIDE: usize = 4;

#[inline(never)]
pub fn multiply<T: Number>(a: &[T], b: &[T], m: usize, k: usize, n: usize) -> Vec<T> {
    let mut product = vec![T::default(); m * n];
    let mut panel = vec![T::default(); k * WIDE];
    for column in (0..n).step_by(WIDE) {
        let width = WIDE.min(n - column);
        copy_columns(b, n, column, width, &mut panel);
        let mut row = 0;
        while row < m {
            let high = if row + HIGH <= m { HIGH } else { 1 };
            // The rows `row..row + high` of `a` are there, and `panel` has k rows.
            let tile = unsafe {
                if high == HIGH {
                    tile::<T, HIGH>(a.as_ptr().add(row * k), panel.as_ptr(), k)
                } else {
                    tile::<T, 1>(a.as_ptr().add(row * k), panel.as_ptr(), k)
                }
            };
            for (line, sums) in tile.iter().take(high).enumerate() {
                let start = (row + line) * n + column;
                product[start..start + width].copy_from_slice(&sums[..width]);
            }
            row += high;
        }
    }
    product
}

#[inline(never)]
fn copy_columns<T: Number>(b: &[T], n: usize, column: usize, width: usize, panel: &mut [T]) {
    for (line, target) in b.chunks_exact(n).zip(panel.chunks_exact_mut(WIDE)) {
        target[..width].copy_from_slice(&line[column..column + width]);
    }
}

#[inline(never)]
unsafe fn tile<T: Number, const ROWS: usize>(
    a: *const T,
    panel: *const T,
    k: usize,
) -> [[T; WIDE]; HIGH] {
    let mut sums = [[T::default(); WIDE]; HIGH];
    for p in 0..k {
        let line = panel.add(p * WIDE);
        let b = [*line, *line.add(1), *line.add(2), *line.add(3)];
        for row in 0..ROWS {
            let factor = *a.add(row * k + p);
            for column in 0..WIDE {
                sums[row][column] = sums[row][column] + factor * b[column];
            }
        }
    }
    sums
}
