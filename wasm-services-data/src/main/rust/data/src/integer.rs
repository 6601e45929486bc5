//! Arithmetic of 64-bit integers. What does not fit is an error, and what is divided by zero is nothing.

use crate::machine::Machine;
use crate::state::{both, NULL, OVERFLOW, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const ADD: i32 = 16;
const SUBTRACT: i32 = 17;
const MULTIPLY: i32 = 18;
const DIVIDE: i32 = 19;
const REMAINDER: i32 = 20;
const NEGATE: i32 = 21;
const ABSOLUTE: i32 = 22;

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32) -> Outcome<()> {
    match what {
        ADD => two(machine, |a, b| a.checked_add(b)),
        SUBTRACT => two(machine, |a, b| a.checked_sub(b)),
        MULTIPLY => two(machine, |a, b| a.checked_mul(b)),
        DIVIDE => divide(machine, |a, b| a.checked_div(b)),
        // The remainder of the smallest number and -1 is 0, though its quotient does not fit.
        REMAINDER => divide(machine, |a, b| Some(a.wrapping_rem(b))),
        NEGATE => one(machine, |a| a.checked_neg()),
        ABSOLUTE => one(machine, |a| a.checked_abs()),
        _ => Err(REFUSED),
    }
}

#[inline(always)]
unsafe fn put(to: Vector, row: usize, value: Option<i64>) {
    match value {
        Some(value) => to.set_bits(row, value as u64),
        None => to.set_state(row, OVERFLOW),
    }
}

#[inline(never)]
unsafe fn two(machine: &mut Machine, f: impl Fn(i64, i64) -> Option<i64>) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            put(to, row, f(left.integer(row), right.integer(row)));
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn divide(machine: &mut Machine, f: impl Fn(i64, i64) -> Option<i64>) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            if right.integer(row) == 0 {
                to.set_state(row, NULL);
            } else {
                put(to, row, f(left.integer(row), right.integer(row)));
            }
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn one(machine: &mut Machine, f: impl Fn(i64) -> Option<i64>) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            put(to, row, f(from.integer(row)));
        }
    }
    machine.push(to)
}
