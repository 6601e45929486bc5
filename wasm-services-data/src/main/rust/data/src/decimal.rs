//! Arithmetic of decimals of one scale, of up to 38 digits.

use crate::machine::Machine;
use crate::state::{both, OVERFLOW, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const ADD: i32 = 48;
const SUBTRACT: i32 = 49;
const MULTIPLY: i32 = 50;
const NEGATE: i32 = 51;
const ABSOLUTE: i32 = 52;
const RESCALE: i32 = 53;

pub const DIGITS: usize = 38;
const BOUND: i128 = 100_000_000_000_000_000_000_000_000_000_000_000_000;

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32, arguments: [i32; 4]) -> Outcome<()> {
    match what {
        ADD => two(machine, |a, b| a.checked_add(b)),
        SUBTRACT => two(machine, |a, b| a.checked_sub(b)),
        MULTIPLY => two(machine, multiply),
        NEGATE => one(machine, |a| Some(-a)),
        ABSOLUTE => one(machine, |a| Some(a.abs())),
        RESCALE => {
            let (from, to) = (arguments[0], arguments[1]);
            one(machine, |a| rescale(a, from, to))
        }
        _ => Err(REFUSED),
    }
}

/// The value, if it has no more than 38 digits.
pub fn fitting(value: i128) -> Option<i128> {
    if value > -BOUND && value < BOUND {
        Some(value)
    } else {
        None
    }
}

fn multiply(a: i128, b: i128) -> Option<i128> {
    let (short_a, short_b) = (a as i64, b as i64);
    if short_a as i128 == a && short_b as i128 == b {
        return Some(short_a as i128 * short_b as i128);
    }
    a.checked_mul(b)
}

pub fn power(digits: i32) -> i128 {
    let mut power = 1;
    for _ in 0..digits {
        power *= 10;
    }
    power
}

/// More digits behind the point, or fewer: rounded to the nearest, and from the middle away from zero.
#[inline(never)]
pub fn rescale(value: i128, from: i32, to: i32) -> Option<i128> {
    if to >= from {
        return multiply(value, power(to - from)).and_then(fitting);
    }
    let unit = power(from - to);
    Some(round(value / unit, value % unit, unit))
}

pub fn round(quotient: i128, rest: i128, unit: i128) -> i128 {
    if rest.abs() >= unit - rest.abs() {
        quotient + if rest < 0 { -1 } else { 1 }
    } else {
        quotient
    }
}

#[inline(always)]
pub unsafe fn put(to: Vector, row: usize, value: Option<i128>) {
    match value.and_then(fitting) {
        Some(value) => to.set_decimal(row, value),
        None => to.set_state(row, OVERFLOW),
    }
}

#[inline(never)]
unsafe fn two(machine: &mut Machine, f: impl Fn(i128, i128) -> Option<i128>) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::wide(machine.rows)?);
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            put(to, row, f(left.decimal(row), right.decimal(row)));
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn one(machine: &mut Machine, f: impl Fn(i128) -> Option<i128>) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::wide(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            put(to, row, f(from.decimal(row)));
        }
    }
    machine.push(to)
}
