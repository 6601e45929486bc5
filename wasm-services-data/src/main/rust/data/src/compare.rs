//! Comparisons. Texts compare by their code points, which is the order of their bytes.

use crate::machine::Machine;
use crate::state::{both, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};
use std::cmp::Ordering;

const INTEGERS: i32 = 64;
const DOUBLES: i32 = 65;
const DECIMALS: i32 = 66;
const TEXTS: i32 = 67;

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32, arguments: [i32; 4]) -> Outcome<()> {
    let (right, left) = (machine.pop()?, machine.pop()?);
    let relation = arguments[0];
    compare(machine, what, relation, left, right)?;
    machine.give_back(left, what == DECIMALS);
    machine.give_back(right, what == DECIMALS);
    Ok(())
}

unsafe fn compare(machine: &mut Machine, what: i32, relation: i32, left: Vector, right: Vector) -> Outcome<()> {
    match what {
        INTEGERS => two(machine, left, right, relation, |row| left.integer(row).cmp(&right.integer(row))),
        DOUBLES => two(machine, left, right, relation, |row| order(left.double(row), right.double(row))),
        DECIMALS => two(machine, left, right, relation, |row| left.decimal(row).cmp(&right.decimal(row))),
        TEXTS => two(machine, left, right, relation, |row| left.text(row).cmp(right.text(row))),
        _ => Err(REFUSED),
    }
}

/// Of numbers, as there is nothing else.
pub fn order(left: f64, right: f64) -> Ordering {
    if left < right {
        Ordering::Less
    } else if left > right {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

#[inline(never)]
unsafe fn two(
    machine: &mut Machine,
    left: Vector,
    right: Vector,
    relation: i32,
    compare: impl Fn(usize) -> Ordering,
) -> Outcome<()> {
    let to = Vector::new(machine.rows)?;
    // Which orders are meant: less, equal, greater.
    let meant = match relation {
        0 => 0b010,
        1 => 0b101,
        2 => 0b001,
        3 => 0b011,
        4 => 0b100,
        _ => 0b110,
    };
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            to.set_bits(row, meant >> (compare(row) as i32 + 1) & 1);
        }
    }
    machine.push(to)
}
