//! Rows by their keys, and what aggregates know of each group.

use crate::arena::reserve;
use crate::chunk::{DECIMAL, DOUBLE, INTEGER, TEXT};
use crate::double::put as put_double;
use crate::keys;
use crate::machine::{machine, wrong, Item, Machine};
use crate::output;
use crate::percentile;
use crate::state::{NULL, OVERFLOW, VALUE};
use crate::table::{hash, Table};
use crate::vector::{view, Vector};
use crate::{Outcome, NO_ROOM, REFUSED, TOO_MUCH};

const COUNT_ROWS: i32 = 0;
const COUNT: i32 = 1;
const SUM: i32 = 2;
const AVERAGE: i32 = 3;
const LEAST: i32 = 4;
const MOST: i32 = 5;
const VARIANCE: i32 = 6;
const VARIANCE_OF_ALL: i32 = 7;
const DEVIATION: i32 = 8;
const DEVIATION_OF_ALL: i32 = 9;
const PERCENTILE: i32 = 10;
const DISTINCT: i32 = 11;

/// What an aggregate knows of a group. Which numbers it uses depends on which it is.
#[derive(Clone, Copy)]
struct Known {
    wide: i128,
    first: f64,
    second: f64,
    count: u64,
    /// Where a text is, or the last of a list of numbers + 1.
    at: u32,
    room: u32,
}

const NOTHING: Known = Known { wide: 0, first: 0.0, second: 0.0, count: 0, at: 0, room: 0 };

struct Groups {
    table: Table,
    keys: Vec<Item>,
    aggregates: Vec<Item>,
    known: Vec<Known>,
    numbers: Vec<(f64, u32)>,
    texts: Vec<u8>,
    distinct: Table,
    /// No more groups are taken.
    full: bool,
    key: Vec<u8>,
    /// Texts of keys, for an answer.
    written: Vec<u8>,
    sorted: Vec<f64>,
    /// What can't be written: the group, the aggregate, and what is wrong.
    failed: Option<(usize, usize, u8)>,
}

const EMPTY: Groups = Groups {
    table: Table::new(),
    keys: Vec::new(),
    aggregates: Vec::new(),
    known: Vec::new(),
    numbers: Vec::new(),
    texts: Vec::new(),
    distinct: Table::new(),
    full: false,
    key: Vec::new(),
    written: Vec::new(),
    sorted: Vec::new(),
    failed: None,
};

static mut GROUPS: Groups = EMPTY;

unsafe fn groups() -> &'static mut Groups {
    &mut *std::ptr::addr_of_mut!(GROUPS)
}

pub unsafe fn count() -> i32 {
    groups().table.len() as i32
}

pub unsafe fn clear() -> Outcome<i32> {
    *groups() = EMPTY;
    Ok(0)
}

/// Adds the rows of a chunk. Answers with those that are of no group that is there, where no more are taken: the rows of the
/// chunk, then the upper half of the hash of each.
#[inline(never)]
pub unsafe fn add(machine: &mut Machine) -> Outcome<i32> {
    let groups = groups();
    copy(&machine.keys, &mut groups.keys)?;
    copy(&machine.aggregates, &mut groups.aggregates)?;
    if groups.keys.is_empty() && groups.table.len() == 0 {
        // All rows are one group, even if there are none.
        groups.key.clear();
        groups.add(hash(&[]))?;
    }
    let at = output::room(machine.rows * 8)? as *mut u32;
    let mut left = 0;
    for row in 0..machine.rows {
        groups.key.clear();
        keys::write(&machine.keys, row, &mut groups.key)?;
        let hash = hash(&groups.key);
        match groups.number(hash, machine.limit) {
            Some(number) => groups.take(number as usize, row)?,
            None => {
                *at.add(left) = machine.row(row);
                *at.add(machine.rows + left) = (hash >> 32) as u32;
                left += 1;
            }
        }
    }
    // Both lists without a gap.
    std::ptr::copy(at.add(machine.rows), at.add(left), left);
    if groups.bytes() > machine.limit.saturating_mul(2) && groups.lists() > machine.limit {
        return Err(TOO_MUCH);
    }
    Ok(left as i32)
}

fn copy(from: &[Item], to: &mut Vec<Item>) -> Outcome<()> {
    to.clear();
    reserve(to, from.len())?;
    to.extend_from_slice(from);
    Ok(())
}

impl Groups {
    fn bytes(&self) -> u64 {
        let known = self.known.len() * std::mem::size_of::<Known>();
        known as u64 + self.table.bytes() + self.lists()
    }

    /// What grows with rows, not with groups.
    fn lists(&self) -> u64 {
        (self.numbers.len() * 16 + self.texts.len()) as u64 + self.distinct.bytes()
    }

    /// The group of the key, a new one where there is none and room for it.
    fn number(&mut self, hash: u64, limit: u64) -> Option<u32> {
        let found = self.table.find(hash, &self.key);
        if found.is_some() || self.full {
            return found;
        }
        if self.table.len() > 0 && self.bytes() > limit {
            self.full = true;
            return None;
        }
        let added = self.add(hash).ok();
        self.full = added.is_none();
        added
    }

    #[inline(never)]
    fn add(&mut self, hash: u64) -> Outcome<u32> {
        let width = self.aggregates.len();
        reserve(&mut self.known, width)?;
        let number = self.table.add(hash, &self.key)?;
        self.known.resize(self.known.len() + width, NOTHING);
        Ok(number)
    }

    #[inline(always)]
    unsafe fn take(&mut self, number: usize, row: usize) -> Outcome<()> {
        for index in 0..self.aggregates.len() {
            let item = *self.aggregates.get_unchecked(index);
            if item.kind == COUNT_ROWS {
                self.known(number, index).count += 1;
            } else if item.vector.state(row) == VALUE {
                self.take_value(number, index, item, row)?;
            }
        }
        Ok(())
    }

    #[inline(always)]
    unsafe fn known(&mut self, number: usize, index: usize) -> &mut Known {
        let width = self.aggregates.len();
        self.known.get_unchecked_mut(number * width + index)
    }

    #[inline(never)]
    unsafe fn take_value(&mut self, number: usize, index: usize, item: Item, row: usize) -> Outcome<()> {
        match item.kind {
            COUNT => {}
            SUM | AVERAGE if item.flags == DOUBLE => add_double(self.known(number, index), item.vector.double(row)),
            SUM if item.flags == DECIMAL => add_wide(self.known(number, index), item.vector.decimal(row)),
            SUM => add_wide(self.known(number, index), item.vector.integer(row) as i128),
            LEAST | MOST if item.flags == TEXT => return self.take_text(number, index, item, row),
            LEAST | MOST => take_extreme(self.known(number, index), item, row),
            PERCENTILE => return self.take_number(number, index, item.vector.double(row)),
            DISTINCT => return self.take_distinct(number, index, item, row),
            _ => spread(self.known(number, index), item.vector.double(row)),
        }
        self.known(number, index).count += 1;
        Ok(())
    }

    unsafe fn take_number(&mut self, number: usize, index: usize, value: f64) -> Outcome<()> {
        if self.numbers.len() >= 1 << 30 {
            return Err(TOO_MUCH);
        }
        reserve(&mut self.numbers, 1)?;
        let before = self.known(number, index).at;
        self.numbers.push((value, before));
        let at = self.numbers.len() as u32;
        let known = self.known(number, index);
        known.at = at;
        known.count += 1;
        Ok(())
    }

    unsafe fn take_distinct(&mut self, number: usize, index: usize, item: Item, row: usize) -> Outcome<()> {
        self.key.clear();
        reserve(&mut self.key, 8)?;
        self.key.extend_from_slice(&(number as u32).to_le_bytes());
        self.key.extend_from_slice(&(index as u32).to_le_bytes());
        let value = Item { kind: item.flags, flags: 0, ..item };
        keys::write(&[value], row, &mut self.key)?;
        let hash = hash(&self.key);
        if self.distinct.find(hash, &self.key).is_none() {
            self.distinct.add(hash, &self.key)?;
            self.known(number, index).count += 1;
        }
        Ok(())
    }

    unsafe fn take_text(&mut self, number: usize, index: usize, item: Item, row: usize) -> Outcome<()> {
        let text = item.vector.text(row);
        let known = *self.known(number, index);
        if known.count > 0 {
            let length = known.wide as usize;
            let best = self.texts.get_unchecked(known.at as usize..known.at as usize + length);
            if (text < best) != (item.kind == LEAST) || text == best {
                return Ok(());
            }
        }
        let fits = text.len() <= known.room as usize;
        // Powers of two, so that what is left behind is less than what is in use.
        let room = if fits { known.room } else { text.len().next_power_of_two() as u32 };
        let at = if fits { known.at } else { self.room_for(room as usize)? };
        self.texts[at as usize..at as usize + text.len()].copy_from_slice(text);
        *self.known(number, index) = Known { at, room, wide: text.len() as i128, count: known.count + 1, ..known };
        Ok(())
    }

    fn room_for(&mut self, length: usize) -> Outcome<u32> {
        if self.texts.len() + length > 1 << 30 {
            return Err(TOO_MUCH);
        }
        reserve(&mut self.texts, length)?;
        let at = self.texts.len();
        self.texts.resize(at + length, 0);
        Ok(at as u32)
    }
}

/// The error of each step is added up as well, after Neumaier.
fn add_double(known: &mut Known, value: f64) {
    let sum = known.first + value;
    known.second += if known.first.abs() >= value.abs() {
        (known.first - sum) + value
    } else {
        (value - sum) + known.first
    };
    known.first = sum;
}

fn add_wide(known: &mut Known, value: i128) {
    match known.wide.checked_add(value) {
        Some(sum) => known.wide = sum,
        None => known.room = 1,
    }
}

/// The mean and the squares of distances from it, after Welford.
fn spread(known: &mut Known, value: f64) {
    let distance = value - known.first;
    known.first += distance / (known.count + 1) as f64;
    known.second += distance * (value - known.first);
}

unsafe fn take_extreme(known: &mut Known, item: Item, row: usize) {
    let sign = item.kind == LEAST;
    match item.flags {
        DOUBLE => {
            let value = item.vector.double(row);
            if known.count == 0 || (value < known.first) == sign && value != known.first {
                known.first = value;
            }
        }
        DECIMAL => extreme_wide(known, item.vector.decimal(row), sign),
        _ => extreme_wide(known, item.vector.integer(row) as i128, sign),
    }
}

fn extreme_wide(known: &mut Known, value: i128, least: bool) {
    if known.count == 0 || (value < known.wide) == least {
        known.wide = value;
    }
}

/// Writes groups: the parts of their keys, then what the aggregates say.
pub unsafe fn write(from: i32, count: i32) -> Outcome<i32> {
    let groups = groups();
    if from < 0 || count < 0 || from as usize + count as usize > groups.table.len() {
        return Err(REFUSED);
    }
    crate::arena::reset();
    let (from, count) = (from as usize, count as usize);
    let machine = machine();
    machine.outs.clear();
    reserve(&mut machine.outs, groups.keys.len() + groups.aggregates.len())?;
    for index in 0..groups.keys.len() {
        let key = groups.keys[index];
        let vector = if key.kind == DECIMAL { Vector::wide(count)? } else { Vector::new(count)? };
        machine.outs.push(Item { vector, flags: 0, ..key });
    }
    groups.write_keys(&machine.outs, from, count)?;
    groups.failed = None;
    for index in 0..groups.aggregates.len() {
        let item = groups.write_aggregate(index, from, count)?;
        machine.outs.push(item);
    }
    if let Some((group, index, state)) = groups.failed {
        return Err(wrong(group as i32, index as i32, state));
    }
    output::chunk(&machine.outs, count)
}

impl Groups {
    #[inline(never)]
    unsafe fn write_keys(&mut self, outs: &[Item], from: usize, count: usize) -> Outcome<()> {
        let mut size = 0;
        for number in from..from + count {
            size += self.table.key(number).len();
        }
        self.written.clear();
        reserve(&mut self.written, size)?;
        for row in 0..count {
            let key = self.table.key(from + row);
            let mut at = 0;
            for item in outs {
                at = keys::read(item.kind, key, at, item.vector, row, &mut self.written);
            }
        }
        Ok(())
    }

    #[inline(never)]
    unsafe fn write_aggregate(&mut self, index: usize, from: usize, count: usize) -> Outcome<Item> {
        let item = self.aggregates[index];
        let kind = kind_of(item);
        let vector = if kind == DECIMAL { Vector::wide(count)? } else { Vector::new(count)? };
        for row in 0..count {
            let known = *self.known(from + row, index);
            vector.set_state(row, VALUE);
            self.write_known(item, known, vector, row)?;
            if vector.state(row) > VALUE {
                // The first group counts, and of its aggregates the first.
                if self.failed.map_or(true, |(group, _, _)| from + row < group) {
                    self.failed = Some((from + row, index, vector.state(row)));
                }
                break;
            }
        }
        Ok(Item { vector, kind, flags: 0, ..item })
    }

    #[inline(never)]
    unsafe fn write_known(&mut self, item: Item, known: Known, to: Vector, row: usize) -> Outcome<()> {
        if item.kind == COUNT_ROWS || item.kind == COUNT || item.kind == DISTINCT {
            to.set_bits(row, known.count);
            return Ok(());
        }
        if known.count == 0 {
            to.set_state(row, NULL);
            return Ok(());
        }
        let count = known.count as f64;
        match item.kind {
            SUM if item.flags == DOUBLE => put_double(to, row, sum(known)),
            SUM => write_sum(item, known, to, row),
            AVERAGE => put_double(to, row, sum(known) / count),
            LEAST | MOST => self.write_extreme(item, known, to, row),
            VARIANCE | DEVIATION if known.count == 1 => to.set_state(row, NULL),
            VARIANCE => put_double(to, row, known.second / (count - 1.0)),
            VARIANCE_OF_ALL => put_double(to, row, known.second / count),
            DEVIATION => put_double(to, row, (known.second / (count - 1.0)).sqrt()),
            DEVIATION_OF_ALL => put_double(to, row, (known.second / count).sqrt()),
            PERCENTILE => {
                self.sorted.clear();
                reserve(&mut self.sorted, known.count as usize).map_err(|_| NO_ROOM)?;
                let mut at = known.at;
                while at != 0 {
                    let (value, before) = *self.numbers.get_unchecked(at as usize - 1);
                    self.sorted.push(value);
                    at = before;
                }
                put_double(to, row, percentile::of(&mut self.sorted, f64::from_bits(item.bits)));
            }
            _ => return Err(REFUSED),
        }
        Ok(())
    }

    unsafe fn write_extreme(&self, item: Item, known: Known, to: Vector, row: usize) {
        match item.flags {
            DOUBLE => to.set_bits(row, known.first.to_bits()),
            DECIMAL => to.set_decimal(row, known.wide),
            TEXT => {
                let at = self.texts.as_ptr().add(known.at as usize) as usize as u64;
                to.set_text(row, view(at | (known.wide as u64) << 32));
            }
            _ => to.set_bits(row, known.wide as u64),
        }
    }
}

fn kind_of(item: Item) -> i32 {
    match item.kind {
        COUNT_ROWS | COUNT | DISTINCT => INTEGER,
        SUM | LEAST | MOST => item.flags,
        _ => DOUBLE,
    }
}

fn sum(known: Known) -> f64 {
    let sum = known.first + known.second;
    if sum.is_nan() {
        known.first
    } else {
        sum
    }
}

unsafe fn write_sum(item: Item, known: Known, to: Vector, row: usize) {
    if known.room != 0 {
        to.set_state(row, OVERFLOW);
    } else if item.flags == DECIMAL {
        crate::decimal::put(to, row, Some(known.wide));
    } else {
        to.set_bits(row, known.wide as u64);
        if known.wide as i64 as i128 != known.wide {
            to.set_state(row, OVERFLOW);
        }
    }
}
