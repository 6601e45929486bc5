//! Logic of three values, and what chooses between values. What is wrong with a value that is not chosen does not matter.

use crate::machine::Machine;
use crate::sets;
use crate::state::{NULL, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const AND: i32 = 80;
const OR: i32 = 81;
const NOT: i32 = 82;
const IS_NULL: i32 = 83;
const IF: i32 = 84;
const COALESCE: i32 = 85;
const TRY: i32 = 86;
const IN_SET: i32 = 87;

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32, arguments: [i32; 4], texts: *const u8) -> Outcome<()> {
    let wide = arguments[0] != 0;
    match what {
        AND => decide(machine, 0),
        OR => decide(machine, 1),
        NOT => not(machine),
        IS_NULL => is_null(machine),
        IF => choose(machine, wide),
        COALESCE => coalesce(machine, wide),
        TRY => attempt(machine, wide),
        IN_SET => sets::run(machine, texts.add(arguments[0] as usize), arguments),
        _ => Err(REFUSED),
    }
}

/// `decisive` is the operand that settles it, whatever the other one is.
#[inline(never)]
unsafe fn decide(machine: &mut Machine, decisive: u64) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        let (a, b) = (left.state(row), right.state(row));
        if a == VALUE && left.bits(row) == decisive || b == VALUE && right.bits(row) == decisive {
            to.set_state(row, VALUE);
            to.set_bits(row, decisive);
        } else {
            to.set_state(row, crate::state::both(a, b));
            to.set_bits(row, 1 - decisive);
        }
    }
    machine.give_back(left, false);
    machine.give_back(right, false);
    machine.push(to)
}

#[inline(never)]
unsafe fn not(machine: &mut Machine) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        to.set_bits(row, 1 ^ from.bits(row) & 1);
    }
    machine.give_back(from, false);
    machine.push(to)
}

#[inline(never)]
unsafe fn is_null(machine: &mut Machine) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row).max(VALUE));
        to.set_bits(row, (from.state(row) == NULL) as u64);
    }
    machine.push(to)
}

#[inline(always)]
unsafe fn set(to: Vector, row: usize, from: Vector, wide: bool) {
    to.set_state(row, from.state(row));
    if wide {
        to.set_decimal(row, from.decimal(row));
    } else {
        to.set_bits(row, from.bits(row));
    }
}

unsafe fn room(machine: &Machine, wide: bool) -> Outcome<Vector> {
    if wide {
        Vector::wide(machine.rows)
    } else {
        Vector::new(machine.rows)
    }
}

#[inline(never)]
unsafe fn choose(machine: &mut Machine, wide: bool) -> Outcome<()> {
    // What else there is comes first, so that a long list of cases needs no deep stack.
    let (then, condition, otherwise) = (machine.pop()?, machine.pop()?, machine.pop()?);
    let to = room(machine, wide)?;
    for row in 0..machine.rows {
        if condition.state(row) > VALUE {
            to.set_state(row, condition.state(row));
        } else if condition.state(row) == VALUE && condition.bits(row) != 0 {
            set(to, row, then, wide);
        } else {
            set(to, row, otherwise, wide);
        }
    }
    machine.give_back(condition, false);
    machine.push(to)
}

#[inline(never)]
unsafe fn coalesce(machine: &mut Machine, wide: bool) -> Outcome<()> {
    let (second, first) = (machine.pop()?, machine.pop()?);
    let to = room(machine, wide)?;
    for row in 0..machine.rows {
        set(to, row, if first.state(row) == NULL { second } else { first }, wide);
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn attempt(machine: &mut Machine, wide: bool) -> Outcome<()> {
    let from = machine.pop()?;
    let to = room(machine, wide)?;
    for row in 0..machine.rows {
        set(to, row, from, wide);
        if from.state(row) > VALUE {
            to.set_state(row, NULL);
        }
    }
    machine.give_back(from, wide);
    machine.push(to)
}
