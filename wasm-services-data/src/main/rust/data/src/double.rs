//! Arithmetic of 64-bit floats as IEEE 754 has it; but what is no number is nothing, and there is no negative zero.

use crate::machine::Machine;
use crate::state::{both, NULL, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const ADD: i32 = 32;
const SUBTRACT: i32 = 33;
const MULTIPLY: i32 = 34;
const DIVIDE: i32 = 35;
const NEGATE: i32 = 36;
const ABSOLUTE: i32 = 37;
const FLOOR: i32 = 38;
const CEILING: i32 = 39;
const ROUND: i32 = 40;
const ROOT: i32 = 41;

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32) -> Outcome<()> {
    match what {
        ADD => two(machine, |a, b| a + b),
        SUBTRACT => two(machine, |a, b| a - b),
        MULTIPLY => two(machine, |a, b| a * b),
        DIVIDE => two(machine, |a, b| if b == 0.0 { f64::NAN } else { a / b }),
        NEGATE => one(machine, |a| -a),
        ABSOLUTE => one(machine, |a| a.abs()),
        FLOOR => one(machine, |a| a.floor()),
        CEILING => one(machine, |a| a.ceil()),
        ROUND => one(machine, round),
        ROOT => one(machine, |a| a.sqrt()),
        _ => Err(REFUSED),
    }
}

/// To the nearest integer, and from the middle away from zero.
pub fn round(value: f64) -> f64 {
    let whole = value.trunc();
    if (value - whole).abs() < 0.5 {
        whole
    } else if value < 0.0 {
        whole - 1.0
    } else {
        whole + 1.0
    }
}

#[inline(always)]
pub unsafe fn put(to: Vector, row: usize, value: f64) {
    if value.is_nan() {
        to.set_state(row, NULL);
    } else {
        to.set_bits(row, (value + 0.0).to_bits());
    }
}

#[inline(never)]
unsafe fn two(machine: &mut Machine, f: impl Fn(f64, f64) -> f64) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            put(to, row, f(left.double(row), right.double(row)));
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn one(machine: &mut Machine, f: impl Fn(f64) -> f64) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            put(to, row, f(from.double(row)));
        }
    }
    machine.push(to)
}
