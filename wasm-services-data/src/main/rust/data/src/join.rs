//! Which rows of two sides have the same key. Those of one side are remembered, those of the other looked up.

use crate::arena::reserve;
use crate::keys;
use crate::machine::{machine, Machine};
use crate::output::room;
use crate::table::{hash, Table};
use crate::{Outcome, TOO_MUCH};

const LEFT: i32 = 1;
const SEMI: i32 = 2;
const ANTI: i32 = 3;

const NONE: u32 = u32::MAX;
const PAIRS: usize = 1 << 15;

struct Join {
    table: Table,
    /// The first and the last row of each key.
    firsts: Vec<u32>,
    lasts: Vec<u32>,
    /// For each row the next one with its key.
    nexts: Vec<u32>,
    kind: i32,
    /// Where looking up goes on: the row, and its partner.
    row: usize,
    partner: u32,
    begun: bool,
    key: Vec<u8>,
    /// Where pairs are written.
    pairs: usize,
}

static mut JOIN: Join = Join {
    table: Table::new(),
    firsts: Vec::new(),
    lasts: Vec::new(),
    nexts: Vec::new(),
    kind: 0,
    row: 0,
    partner: NONE,
    begun: false,
    key: Vec::new(),
    pairs: 0,
};

unsafe fn join() -> &'static mut Join {
    &mut *std::ptr::addr_of_mut!(JOIN)
}

/// Remembers the rows of a chunk, numbered on from those before. Those with a null in their key are nobody's partner.
#[inline(never)]
pub unsafe fn build(machine: &mut Machine) -> Outcome<i32> {
    let join = join();
    let rows = machine.rows;
    reserve(&mut join.nexts, rows)?;
    for row in 0..rows {
        join.key.clear();
        let has_null = keys::write(&machine.keys, row, &mut join.key)?;
        let number = join.nexts.len() as u32;
        join.nexts.push(NONE);
        if !has_null {
            join.remember(number)?;
        }
    }
    let bytes = join.table.bytes() + join.firsts.len() as u64 * 8 + join.nexts.len() as u64 * 4;
    if bytes > machine.limit {
        return Err(TOO_MUCH);
    }
    Ok(rows as i32)
}

impl Join {
    unsafe fn remember(&mut self, row: u32) -> Outcome<()> {
        let hash = hash(&self.key);
        if let Some(number) = self.table.find(hash, &self.key) {
            let last = self.lasts[number as usize];
            self.nexts[last as usize] = row;
            self.lasts[number as usize] = row;
            return Ok(());
        }
        reserve(&mut self.firsts, 1)?;
        reserve(&mut self.lasts, 1)?;
        self.table.add(hash, &self.key)?;
        self.firsts.push(row);
        self.lasts.push(row);
        Ok(())
    }
}

/// Looks the rows of a chunk up.
pub unsafe fn probe(machine: &mut Machine, kind: i32) -> Outcome<i32> {
    let join = join();
    join.kind = kind;
    join.row = 0;
    join.begun = false;
    join.pairs = room(PAIRS * 8)?;
    pairs(machine)
}

pub unsafe fn more() -> Outcome<i32> {
    if join().row >= machine().rows {
        return Ok(0);
    }
    pairs(machine())
}

/// Writes the rows of this side, then those of the other, -1 where there is none. No more than there is room for.
#[inline(never)]
unsafe fn pairs(machine: &mut Machine) -> Outcome<i32> {
    let join = join();
    let mine = join.pairs as *mut u32;
    let others = mine.add(PAIRS);
    let mut count = 0;
    while join.row < machine.rows && count < PAIRS {
        if !join.begun {
            join.begin(machine)?;
        }
        let found = join.partner != NONE;
        let wanted = match join.kind {
            LEFT => true,
            ANTI => !found,
            _ => found,
        };
        if wanted {
            *mine.add(count) = machine.row(join.row);
            *others.add(count) = join.partner;
            count += 1;
        }
        join.advance(found);
    }
    Ok(count as i32)
}

impl Join {
    unsafe fn begin(&mut self, machine: &Machine) -> Outcome<()> {
        self.key.clear();
        let has_null = keys::write(&machine.keys, self.row, &mut self.key)?;
        let found = if has_null { None } else { self.table.find(hash(&self.key), &self.key) };
        self.partner = found.map_or(NONE, |number| self.firsts[number as usize]);
        self.begun = true;
        Ok(())
    }

    fn advance(&mut self, found: bool) {
        let all = self.kind != SEMI && self.kind != ANTI;
        if found && all {
            self.partner = self.nexts[self.partner as usize];
        }
        if !found || !all || self.partner == NONE {
            self.row += 1;
            self.begun = false;
        }
    }
}
