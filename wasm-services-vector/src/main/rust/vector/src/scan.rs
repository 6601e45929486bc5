//! The exact search: the score of every vector.

use crate::measure::score;
use crate::vectors::{index, is_let_through, results, row, score_cell, state, MOST_RESULTS};

/// The best scores so far, the worst of them first: a heap.
static mut BEST: [f32; MOST_RESULTS] = [0.0; MOST_RESULTS];
static mut COLLECTED: u32 = 0;

#[inline(never)]
pub unsafe fn all(k: i32, filtered: bool, threshold: f32) -> f32 {
    let query = index().query;
    let keep = k > 0 && k as usize <= MOST_RESULTS;
    let k = k as usize;
    let mut kept = 0;
    for slot in 0..index().slots {
        if state(slot) == 0 || (filtered && !is_let_through(slot)) {
            continue;
        }
        let score = score(query, row(slot));
        *score_cell(slot) = score;
        if !keep {
            continue;
        }
        if kept < k {
            rise(kept, score);
            kept += 1;
        } else if score > *best(0) {
            sink(kept, score);
        }
    }
    if keep && kept == k && *best(0) > threshold {
        *best(0)
    } else {
        threshold
    }
}

#[inline(always)]
unsafe fn best(at: usize) -> *mut f32 {
    (std::ptr::addr_of_mut!(BEST) as *mut f32).add(at)
}

/// One more at the end of the heap.
unsafe fn rise(end: usize, score: f32) {
    let mut at = end;
    while at > 0 && *best((at - 1) / 2) > score {
        *best(at) = *best((at - 1) / 2);
        at = (at - 1) / 2;
    }
    *best(at) = score;
}

/// Another one in place of the worst.
unsafe fn sink(length: usize, score: f32) {
    let mut at = 0;
    loop {
        let mut below = 2 * at + 1;
        if below >= length {
            break;
        }
        if below + 1 < length && *best(below + 1) < *best(below) {
            below += 1;
        }
        if *best(below) >= score {
            break;
        }
        *best(at) = *best(below);
        at = below;
    }
    *best(at) = score;
}

pub unsafe fn collect(from: i32, filtered: bool, score: f32) -> i32 {
    let mut slot = if from < 0 { 0 } else { from as u32 };
    let results = results();
    let mut count = 0;
    while slot < index().slots && count < MOST_RESULTS {
        if state(slot) != 0 && (!filtered || is_let_through(slot)) && *score_cell(slot) >= score {
            *results.add(2 * count) = slot;
            *results.add(2 * count + 1) = (*score_cell(slot)).to_bits();
            count += 1;
        }
        slot += 1;
    }
    COLLECTED = slot;
    count as i32
}

pub unsafe fn collected() -> i32 {
    COLLECTED as i32
}
