//! Whether a value is one of a list, which the host has put in order.

use crate::machine::Machine;
use crate::state::{NULL, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const HAS_NULL: i32 = 1;
const TEXTS: i32 = 2;

/// Integers of 64 bits; or how many texts there are, where each of them begins and the last one ends, and they.
#[derive(Clone, Copy)]
struct List {
    at: *const u8,
    count: usize,
}

impl List {
    unsafe fn integer(&self, place: usize) -> i64 {
        (self.at as *const i64).add(place).read_unaligned()
    }

    unsafe fn offset(&self, place: usize) -> usize {
        (self.at as *const u32).add(1 + place).read_unaligned() as usize
    }

    unsafe fn text(&self, place: usize) -> &'static [u8] {
        let from = self.offset(place);
        let texts = self.at.add((self.count + 2) * 4);
        std::slice::from_raw_parts(texts.add(from), self.offset(place + 1) - from)
    }
}

/// Of an integer, a day, an instant or a text whether it is in the list: true, false, or null if it is not there but a null is.
pub unsafe fn run(machine: &mut Machine, list: *const u8, arguments: [i32; 4]) -> Outcome<()> {
    let (length, flags) = (arguments[1] as usize, arguments[2]);
    let has_null = flags & HAS_NULL != 0;
    if flags & TEXTS == 0 {
        let list = List { at: list, count: length / 8 };
        return find(machine, list.count, has_null, |vector, row, place| {
            list.integer(place).cmp(&vector.integer(row))
        });
    }
    if length < 8 {
        return Err(REFUSED);
    }
    let list = List { at: list, count: (list as *const u32).read_unaligned() as usize };
    find(machine, list.count, has_null, |vector, row, place| list.text(place).cmp(vector.text(row)))
}

#[inline(never)]
unsafe fn find(
    machine: &mut Machine,
    count: usize,
    has_null: bool,
    compare: impl Fn(Vector, usize, usize) -> std::cmp::Ordering,
) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        let state = from.state(row);
        to.set_state(row, state);
        if state == VALUE {
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = (low + high) / 2;
                if compare(from, row, middle).is_lt() {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            let found = low < count && compare(from, row, low).is_eq();
            to.set_state(row, if found || !has_null { VALUE } else { NULL });
            to.set_bits(row, found as u64);
        }
    }
    machine.push(to)
}
