//! The order of the rows of a chunk by their keys.

use crate::arena::reserve;
use crate::keys;
use crate::machine::Machine;
use crate::output::room;
use crate::{Outcome, NO_ROOM};

static mut KEYS: Vec<u8> = Vec::new();
static mut ENDS: Vec<u32> = Vec::new();
static mut ORDER: Vec<(u64, u32)> = Vec::new();

/// Answers with the rows in order, then where the key of each of them ends, then the keys.
#[inline(never)]
pub unsafe fn run(machine: &mut Machine) -> Outcome<i32> {
    let keys = &mut *std::ptr::addr_of_mut!(KEYS);
    let ends = &mut *std::ptr::addr_of_mut!(ENDS);
    let order = &mut *std::ptr::addr_of_mut!(ORDER);
    let rows = machine.rows;
    keys.clear();
    ends.clear();
    order.clear();
    reserve(ends, rows)?;
    reserve(order, rows)?;
    for row in 0..rows {
        let begin = keys.len();
        keys::write(&machine.keys, row, keys)?;
        if keys.len() > 1 << 30 {
            return Err(NO_ROOM);
        }
        ends.push(keys.len() as u32);
        order.push((prefix(&keys[begin..]), row as u32));
    }
    order.sort_unstable_by(|left, right| {
        let by_prefix = left.0.cmp(&right.0);
        by_prefix.then_with(|| key(keys, ends, left.1).cmp(key(keys, ends, right.1))).then(left.1.cmp(&right.1))
    });
    let at = room(rows * 8 + keys.len())?;
    let (numbers, mut end) = (at as *mut u32, 0);
    for place in 0..rows {
        let row = order.get_unchecked(place).1;
        let key = key(keys, ends, row);
        std::ptr::copy_nonoverlapping(key.as_ptr(), (at + rows * 8 + end) as *mut u8, key.len());
        end += key.len();
        *numbers.add(place) = machine.row(row as usize);
        *numbers.add(rows + place) = end as u32;
    }
    Ok(rows as i32)
}

fn key<'a>(keys: &'a [u8], ends: &[u32], row: u32) -> &'a [u8] {
    let from = if row == 0 { 0 } else { ends[row as usize - 1] };
    &keys[from as usize..ends[row as usize] as usize]
}

/// The first eight bytes, zeros behind a shorter key.
fn prefix(key: &[u8]) -> u64 {
    let mut prefix = 0;
    for place in 0..8 {
        prefix = prefix << 8 | if place < key.len() { key[place] as u64 } else { 0 };
    }
    prefix
}
