//! Vectors by slot, an exact search over all of them, and an HNSW index: Malkov and Yashunin, Efficient and robust approximate
//! nearest neighbor search using hierarchical navigable small world graphs (arXiv 1603.09320).
//!
//! The host numbers the vectors: a slot is in use from `put` or `store` to `remove`, and may be used again. One index to an
//! instance, all numbers, no strings, nothing but 32-bit integers and the bits of floats in what is exchanged. Nothing here
//! panics: what needs memory is asked for ahead, by `reserve`, which says so where there is none.
//!
//! Everything is a function of what was called before, levels of nodes included: the same calls make the same graph.

mod arena;
mod encode;
mod graph;
mod measure;
mod pool;
mod remove;
mod scan;
mod transfer;
mod vectors;

pub(crate) const OK: i32 = 0;
/// There is no memory left for it; nothing has changed.
pub(crate) const NO_ROOM: i32 = -1;
/// The host asked for what can not be.
pub(crate) const REFUSED: i32 = -2;

/// Says what the index is to be. Once, before anything else.
///
/// # Safety
/// One thread, as for all that is exported here.
#[no_mangle]
pub unsafe extern "C" fn configure(
    dimensions: i32,
    measure: i32,
    quantised: i32,
    m: i32,
    construction: i32,
    seed: i64,
) -> i32 {
    vectors::configure(dimensions, measure, quantised != 0, m, construction, seed as u64)
}

/// Where the host puts the numbers of a vector before it calls `put`, `store`, `scan` or `search`.
#[no_mangle]
pub unsafe extern "C" fn input() -> i32 {
    vectors::index().input as i32
}

/// Makes room for all slots below `slots` and for what the next `puts` nodes need beyond them.
#[no_mangle]
pub unsafe extern "C" fn reserve(slots: i32, puts: i32) -> i32 {
    vectors::reserve(slots, puts)
}

/// Keeps the vector in `input` and makes it a node of the graph, if there is one.
#[no_mangle]
pub unsafe extern "C" fn put(slot: i32) -> i32 {
    if !vectors::is_free(slot) {
        return REFUSED;
    }
    encode::into_slot(slot as u32);
    if vectors::index().m == 0 {
        vectors::set_state(slot as u32, 1);
        OK
    } else {
        graph::insert(slot as u32)
    }
}

/// Keeps the vector in `input`; `link` makes it a node.
#[no_mangle]
pub unsafe extern "C" fn store(slot: i32) -> i32 {
    if !vectors::is_free(slot) {
        return REFUSED;
    }
    encode::into_slot(slot as u32);
    vectors::set_state(slot as u32, 1);
    OK
}

/// Forgets a vector, and mends the graph around it.
#[no_mangle]
pub unsafe extern "C" fn remove(slot: i32) -> i32 {
    if !vectors::is_used(slot) {
        return REFUSED;
    }
    if vectors::index().m == 0 {
        vectors::set_state(slot as u32, 0);
    } else {
        remove::node(slot as u32);
    }
    OK
}

/// Where the host puts a bit for each slot below `slots`, which says whether it may be found; 0 if there is no room for them.
#[no_mangle]
pub unsafe extern "C" fn filter(slots: i32) -> i32 {
    vectors::filter(slots)
}

/// Scores all vectors, or those that the filter lets through. Answers with the bits of the score that is needed to be among
/// the best `k`, at least `threshold`; `collect` tells who has it.
#[no_mangle]
pub unsafe extern "C" fn scan(k: i32, filtered: i32, threshold: f32) -> f32 {
    encode::query();
    scan::all(k, filtered != 0, threshold)
}

/// Writes pairs of slot and score of the last `scan` to `results`, of slots from the given one on that have that score.
/// Answers with how many there are; as many as there is room for means that there may be more, from `collected` on.
#[no_mangle]
pub unsafe extern "C" fn collect(from: i32, filtered: i32, score: f32) -> i32 {
    scan::collect(from, filtered != 0, score)
}

/// The first slot that the last `collect` has not looked at.
#[no_mangle]
pub unsafe extern "C" fn collected() -> i32 {
    scan::collected()
}

/// Looks in the graph with a list of `breadth` candidates, and writes pairs of slot and score to `results`, best first: those
/// that the filter lets through, with a score of at least `threshold`. Answers with how many there are.
#[no_mangle]
pub unsafe extern "C" fn search(breadth: i32, filtered: i32, threshold: f32) -> i32 {
    encode::query();
    graph::search(breadth, filtered != 0, threshold)
}

/// Where results and exported links are.
#[no_mangle]
pub unsafe extern "C" fn results() -> i32 {
    vectors::results() as usize as i32
}

/// Writes the links of a node to `results`: its level, and for each level from 0 how many there are, and they. Answers with
/// how many numbers that are.
#[no_mangle]
pub unsafe extern "C" fn links(slot: i32) -> i32 {
    transfer::links(slot)
}

/// Gives a stored vector the links in `results`, which another index with the same parameters exported.
#[no_mangle]
pub unsafe extern "C" fn link(slot: i32, numbers: i32) -> i32 {
    transfer::link(slot, numbers)
}

/// The node that searches begin at, -1 if there is none.
#[no_mangle]
pub unsafe extern "C" fn entry() -> i32 {
    vectors::index().entry as i32
}

/// Lets searches begin at a node.
#[no_mangle]
pub unsafe extern "C" fn enter_at(slot: i32) -> i32 {
    transfer::enter_at(slot)
}

/// How many nodes were ever made, on which the levels of the next depend.
#[no_mangle]
pub unsafe extern "C" fn made() -> i64 {
    vectors::index().made as i64
}

/// Goes on where another index was.
#[no_mangle]
pub unsafe extern "C" fn go_on_from(made: i64) {
    vectors::index().made = made as u64;
}
