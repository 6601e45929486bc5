//! Percentiles, between the two numbers that are nearest where none is in the very place.

use crate::compare::order;

/// Changes the order of the numbers, of which there is at least one.
#[inline(never)]
pub fn of(numbers: &mut [f64], share: f64) -> f64 {
    let place = share * (numbers.len() - 1) as f64;
    let whole = (place.floor() as usize).min(numbers.len() - 1);
    let (_, lower, rest) = numbers.select_nth_unstable_by(whole, |left, right| order(*left, *right));
    let lower = *lower;
    let between = place - whole as f64;
    if between <= 0.0 || rest.is_empty() {
        return lower;
    }
    let mut upper = f64::INFINITY;
    for &number in rest.iter() {
        if number < upper {
            upper = number;
        }
    }
    if lower == upper {
        lower
    } else {
        lower + (upper - lower) * between
    }
}
