//! Rows in chunks of columns: programs of instructions filter and derive them, group them, put them in order, and find those
//! that belong together. Columns lie in memory as Apache Arrow lays them out.
//!
//! The host compiles expressions to programs, and keeps rows; what grows here are groups and the keys of one side of a join,
//! within a limit that the host names. One pipeline to an instance. Memory that can't be had is an answer, never a trap.

mod arena;
mod casts;
mod chunk;
mod compare;
mod decimal;
mod double;
mod fields;
mod group;
mod integer;
mod join;
mod keys;
mod logic;
mod machine;
mod numbers;
mod output;
mod percentile;
mod sets;
mod sort;
mod state;
mod table;
mod text;
mod times;
mod vector;
mod zones;

/// Why there is no answer: `NO_ROOM`, `REFUSED`, `TOO_MUCH`, or, above zero, what is wrong with a value of a row.
pub(crate) type Outcome<T> = Result<T, i32>;

/// There is no memory left for it.
pub(crate) const NO_ROOM: i32 = -1;
/// The host asked for what can not be.
pub(crate) const REFUSED: i32 = -2;
/// The groups that are there need more than the limit allows.
pub(crate) const TOO_MUCH: i32 = -3;

/// Answers from here on down say what is wrong with a value.
const FAILURE: i32 = -16;

fn answer(outcome: Outcome<i32>) -> i32 {
    match outcome {
        Ok(count) => count,
        Err(REFUSED) => REFUSED,
        Err(TOO_MUCH) => TOO_MUCH,
        Err(state) if state > 0 => FAILURE - state,
        Err(_) => NO_ROOM,
    }
}

/// Where the host puts `size` bytes of a program or a chunk; 0 if there is no room.
///
/// # Safety
/// One thread, as for all that is exported here.
#[no_mangle]
pub unsafe extern "C" fn input(size: i32) -> i32 {
    machine::input(size as u32 as usize)
}

/// Takes the program in `input`: its number (1 for the side of a join that is looked up), its words and its texts.
#[no_mangle]
pub unsafe extern "C" fn program(number: i32, words: i32, texts: i32) -> i32 {
    answer(machine::program(number, words, texts))
}

/// How many bytes groups may take, and a number that nobody can guess who chooses keys.
#[no_mangle]
pub unsafe extern "C" fn limit(bytes: i64, seed: i64) {
    machine::limit(bytes as u64);
    table::seed(seed as u64)
}

/// Where the host puts which character (below U+10000) becomes which: 0 for lower case, 1 for upper; 0 if there is no room.
#[no_mangle]
pub unsafe extern "C" fn cases(upper: i32) -> i32 {
    text::cases(upper != 0)
}

/// Runs a program on the chunk in `input`. Answers with how many rows, pairs or rows without a group `output` has.
#[no_mangle]
pub unsafe extern "C" fn run(number: i32) -> i32 {
    answer(machine::run(number))
}

/// More pairs of the chunk that `run` looked up last; 0 if there are none.
#[no_mangle]
pub unsafe extern "C" fn more() -> i32 {
    answer(join::more())
}

/// How many groups there are.
#[no_mangle]
pub unsafe extern "C" fn grouped() -> i32 {
    group::count()
}

/// Writes groups to `output`: so many of them, from that one on.
#[no_mangle]
pub unsafe extern "C" fn groups(from: i32, count: i32) -> i32 {
    answer(group::write(from, count))
}

/// Forgets all groups.
#[no_mangle]
pub unsafe extern "C" fn clear() -> i32 {
    answer(group::clear())
}

/// Where the last answer is.
#[no_mangle]
pub unsafe extern "C" fn output() -> i32 {
    output::address()
}

/// How many bytes the last answer has.
#[no_mangle]
pub unsafe extern "C" fn output_size() -> i32 {
    output::size()
}

/// The row of the chunk whose value is wrong, after a `run` that said so; the group, after `groups`.
#[no_mangle]
pub unsafe extern "C" fn failed_row() -> i32 {
    machine::failed_row()
}

/// In which place of the program, in instructions, the value was to be used; the aggregate, after `groups`.
#[no_mangle]
pub unsafe extern "C" fn failed_at() -> i32 {
    machine::failed_at()
}
