//! Runs programs. An instruction is five words, what it does and up to four numbers, and works on a stack of vectors.

use crate::arena::{give_back, reserve, reset, take};
use crate::chunk::{Chunk, DATE, DECIMAL};
use crate::state::{first_error, VALUE};
use crate::vector::Vector;
use crate::*;

const INSTRUCTION: usize = 5;
const DEPTH: usize = 64;

pub const LOAD: i32 = 0;
const NUMBER: i32 = 1;
const WIDE_NUMBER: i32 = 2;
const STRING: i32 = 3;
const NOTHING: i32 = 4;
const STORE: i32 = 5;
const FILTER: i32 = 6;
const OUT: i32 = 7;
const KEY: i32 = 8;
const AGGREGATE: i32 = 9;
const COUNT_ROWS: i32 = 10;
const END: i32 = 11;

/// What is done with rows at the end.
const TRANSFORM: i32 = 0;
const GROUP: i32 = 1;
const SORT: i32 = 2;
const BUILD: i32 = 3;

struct Program {
    words: Vec<i32>,
    texts: Vec<u8>,
}

/// A vector that leaves the stack: a column, a key, or what an aggregate is of.
#[derive(Clone, Copy)]
pub struct Item {
    pub vector: Vector,
    pub kind: i32,
    pub flags: i32,
    /// Where it is in the program.
    pub place: i32,
    /// A number that an aggregate needs.
    pub bits: u64,
}

pub struct Machine {
    input: Vec<u64>,
    programs: [Program; 2],
    pub limit: u64,
    stack: [Vector; DEPTH],
    depth: usize,
    pub rows: usize,
    /// Which rows of the chunk these are, null for all.
    selection: *mut u32,
    columns: Vec<(Vector, bool)>,
    chunk: Chunk,
    pub outs: Vec<Item>,
    pub keys: Vec<Item>,
    pub aggregates: Vec<Item>,
    place: i32,
    failed_row: i32,
    failed_at: i32,
}

static mut MACHINE: Machine = Machine {
    input: Vec::new(),
    programs: [Program { words: Vec::new(), texts: Vec::new() }, Program { words: Vec::new(), texts: Vec::new() }],
    limit: 0,
    stack: [Vector::none(); DEPTH],
    depth: 0,
    rows: 0,
    selection: std::ptr::null_mut(),
    columns: Vec::new(),
    chunk: Chunk::NONE,
    outs: Vec::new(),
    keys: Vec::new(),
    aggregates: Vec::new(),
    place: 0,
    failed_row: 0,
    failed_at: 0,
};

pub unsafe fn machine() -> &'static mut Machine {
    &mut *std::ptr::addr_of_mut!(MACHINE)
}

pub unsafe fn input(size: usize) -> i32 {
    let input = &mut machine().input;
    input.clear();
    // Two more, as a buffer of no bytes may be at the end.
    if size > 1 << 30 || reserve(input, size / 8 + 2).is_err() {
        return 0;
    }
    input.as_ptr() as usize as i32
}

pub unsafe fn limit(bytes: u64) {
    machine().limit = bytes;
}

pub unsafe fn program(number: i32, words: i32, texts: i32) -> Outcome<i32> {
    let machine = machine();
    if !(0..2).contains(&number) || words < 1 || words as usize % INSTRUCTION != 0 || texts < 0 {
        return Err(REFUSED);
    }
    let (count, bytes) = (words as usize, texts as usize);
    if machine.input.capacity() * 8 < count * 4 + bytes {
        return Err(REFUSED);
    }
    let program = machine.programs.get_unchecked_mut(number as usize);
    program.words.clear();
    program.texts.clear();
    reserve(&mut program.words, count)?;
    reserve(&mut program.texts, bytes)?;
    let from = machine.input.as_ptr() as *const i32;
    std::ptr::copy_nonoverlapping(from, program.words.as_mut_ptr(), count);
    program.words.set_len(count);
    std::ptr::copy_nonoverlapping(from.add(count) as *const u8, program.texts.as_mut_ptr(), bytes);
    program.texts.set_len(bytes);
    Ok(0)
}

pub unsafe fn failed_row() -> i32 {
    machine().failed_row
}

pub unsafe fn failed_at() -> i32 {
    machine().failed_at
}

/// Remembers where it went wrong.
pub unsafe fn wrong(row: i32, place: i32, state: u8) -> i32 {
    machine().failed_row = row;
    machine().failed_at = place;
    state as i32
}

pub unsafe fn run(number: i32) -> Outcome<i32> {
    if !(0..2).contains(&number) {
        return Err(REFUSED);
    }
    let machine = machine();
    machine.begin()?;
    let words = machine.programs.get_unchecked(number as usize).words.as_ptr();
    let texts = machine.programs.get_unchecked(number as usize).texts.as_ptr();
    loop {
        let at = words.add(machine.place as usize * INSTRUCTION);
        let arguments = [*at.add(1), *at.add(2), *at.add(3), *at.add(4)];
        if *at == END {
            return machine.end(arguments);
        }
        machine.step(*at, arguments, texts)?;
        machine.place += 1;
    }
}

impl Machine {
    unsafe fn begin(&mut self) -> Outcome<()> {
        reset();
        self.chunk = Chunk::at(self.input.as_ptr() as usize);
        self.rows = self.chunk.rows();
        self.depth = 0;
        self.place = 0;
        self.selection = std::ptr::null_mut();
        self.outs.clear();
        self.keys.clear();
        self.aggregates.clear();
        self.columns.clear();
        reserve(&mut self.columns, self.chunk.columns())?;
        for _ in 0..self.chunk.columns() {
            self.columns.push((Vector::none(), false));
        }
        Ok(())
    }

    #[inline(never)]
    unsafe fn step(&mut self, what: i32, arguments: [i32; 4], texts: *const u8) -> Outcome<()> {
        match what {
            0..=15 => self.move_values(what, arguments, texts),
            16..=31 => integer::run(self, what),
            32..=47 => double::run(self, what),
            48..=63 => decimal::run(self, what, arguments),
            64..=79 => compare::run(self, what, arguments),
            80..=95 => logic::run(self, what, arguments, texts),
            96..=127 => casts::run(self, what, arguments, texts),
            128..=143 => text::run(self, what, arguments),
            144..=159 => fields::run(self, what, arguments, texts),
            _ => Err(REFUSED),
        }
    }

    #[inline(never)]
    unsafe fn move_values(&mut self, what: i32, arguments: [i32; 4], texts: *const u8) -> Outcome<()> {
        let [a, b, c, d] = arguments;
        match what {
            LOAD => {
                let column = self.column(a as usize)?;
                self.push(column)
            }
            NUMBER => self.fill(a as u32 as u64 | (b as u32 as u64) << 32),
            WIDE_NUMBER => {
                let low = a as u32 as u128 | (b as u32 as u128) << 32;
                let high = c as u32 as u128 | (d as u32 as u128) << 32;
                self.fill_wide((low | high << 64) as i128)
            }
            STRING => self.fill(texts.add(a as usize) as usize as u64 | (b as u64) << 32),
            NOTHING => self.fill_nothing(a == 1),
            STORE => self.store(a as usize, b == DECIMAL),
            FILTER => self.filter(),
            OUT => {
                let item = self.item(a, b)?;
                reserve(&mut self.outs, 1)?;
                self.outs.push(item);
                Ok(())
            }
            KEY => {
                let item = self.item(a, b)?;
                reserve(&mut self.keys, 1)?;
                self.keys.push(item);
                Ok(())
            }
            AGGREGATE => {
                let item = self.item(a, b)?;
                reserve(&mut self.aggregates, 1)?;
                self.aggregates.push(Item { bits: c as u32 as u64 | (d as u32 as u64) << 32, ..item });
                Ok(())
            }
            COUNT_ROWS => {
                reserve(&mut self.aggregates, 1)?;
                self.aggregates.push(Item { vector: Vector::none(), kind: a, flags: b, place: self.place, bits: 0 });
                Ok(())
            }
            _ => Err(REFUSED),
        }
    }

    unsafe fn end(&mut self, arguments: [i32; 4]) -> Outcome<i32> {
        match arguments[0] {
            TRANSFORM => self.transformed(arguments[1] != 0),
            GROUP => group::add(self),
            SORT => sort::run(self),
            BUILD => join::build(self),
            _ => join::probe(self, arguments[1]),
        }
    }

    /// The last column says which rows of the chunk are left, if that is asked for.
    unsafe fn transformed(&mut self, with_rows: bool) -> Outcome<i32> {
        if with_rows {
            let vector = Vector::new(self.rows)?;
            for row in 0..self.rows {
                vector.set_state(row, VALUE);
                vector.set_bits(row, self.row(row) as u64);
            }
            reserve(&mut self.outs, 1)?;
            self.outs.push(Item { vector, kind: DATE, flags: 0, place: self.place, bits: 0 });
        }
        output::chunk(&self.outs, self.rows)
    }

    pub fn push(&mut self, vector: Vector) -> Outcome<()> {
        if self.depth == DEPTH {
            return Err(REFUSED);
        }
        self.stack[self.depth] = vector;
        self.depth += 1;
        Ok(())
    }

    pub fn pop(&mut self) -> Outcome<Vector> {
        if self.depth == 0 {
            return Err(REFUSED);
        }
        self.depth -= 1;
        Ok(self.stack[self.depth])
    }

    /// What came from the stack and was not a column has no other use.
    pub unsafe fn give_back(&self, vector: Vector, wide: bool) {
        if !self.columns.iter().any(|column| column.0 == vector) {
            give_back(vector, wide);
        }
    }

    unsafe fn column(&mut self, index: usize) -> Outcome<Vector> {
        if index >= self.columns.len() {
            return Err(REFUSED);
        }
        let known = self.columns.get_unchecked(index).0;
        if !known.is_none() {
            return Ok(known);
        }
        let loaded = self.chunk.load(index, self.selection, self.rows)?;
        *self.columns.get_unchecked_mut(index) = (loaded, self.chunk.is_wide(index));
        Ok(loaded)
    }

    unsafe fn store(&mut self, index: usize, wide: bool) -> Outcome<()> {
        let vector = self.pop()?;
        if index > 1 << 16 {
            return Err(REFUSED);
        }
        while self.columns.len() <= index {
            reserve(&mut self.columns, 1)?;
            self.columns.push((Vector::none(), false));
        }
        *self.columns.get_unchecked_mut(index) = (vector, wide);
        Ok(())
    }

    unsafe fn fill(&mut self, bits: u64) -> Outcome<()> {
        let vector = Vector::new(self.rows)?;
        for row in 0..self.rows {
            vector.set_state(row, VALUE);
            vector.set_bits(row, bits);
        }
        self.push(vector)
    }

    unsafe fn fill_wide(&mut self, value: i128) -> Outcome<()> {
        let vector = Vector::wide(self.rows)?;
        for row in 0..self.rows {
            vector.set_state(row, VALUE);
            vector.set_decimal(row, value);
        }
        self.push(vector)
    }

    unsafe fn fill_nothing(&mut self, wide: bool) -> Outcome<()> {
        let vector = if wide { Vector::wide(self.rows)? } else { Vector::new(self.rows)? };
        for row in 0..self.rows {
            vector.set_state(row, 0);
            if wide {
                vector.set_decimal(row, 0);
            } else {
                vector.set_bits(row, 0);
            }
        }
        self.push(vector)
    }

    /// What is wrong with a value matters from here on.
    unsafe fn item(&mut self, kind: i32, flags: i32) -> Outcome<Item> {
        let vector = self.pop()?;
        self.require_values(vector)?;
        Ok(Item { vector, kind, flags, place: self.place, bits: 0 })
    }

    unsafe fn require_values(&mut self, vector: Vector) -> Outcome<()> {
        match first_error(vector, self.rows) {
            Some((row, state)) => Err(wrong(self.row(row) as i32, self.place, state)),
            None => Ok(()),
        }
    }

    /// The row of the chunk.
    pub unsafe fn row(&self, row: usize) -> u32 {
        if self.selection.is_null() {
            row as u32
        } else {
            *self.selection.add(row)
        }
    }

    /// Goes on with the rows of which the condition is true.
    #[inline(never)]
    unsafe fn filter(&mut self) -> Outcome<()> {
        let condition = self.pop()?;
        self.require_values(condition)?;
        let kept = take(self.rows * 4)? as *mut u32;
        let mut count = 0;
        for row in 0..self.rows {
            if condition.state(row) == VALUE && condition.bits(row) != 0 {
                *kept.add(count) = row as u32;
                count += 1;
            }
        }
        if count == self.rows {
            return Ok(());
        }
        for index in 0..self.columns.len() {
            let (vector, wide) = *self.columns.get_unchecked(index);
            if !vector.is_none() {
                for row in 0..count {
                    vector.shift(*kept.add(row) as usize, row, wide);
                }
            }
        }
        if !self.selection.is_null() {
            for row in 0..count {
                *kept.add(row) = *self.selection.add(*kept.add(row) as usize);
            }
        }
        self.selection = kept;
        self.rows = count;
        Ok(())
    }
}
