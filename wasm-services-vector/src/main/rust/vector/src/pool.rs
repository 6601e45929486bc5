//! The candidates of a search, best first, in one list of fixed length. It is both of the paper's queues: what falls out of
//! the list of the best would never be looked at again.
//!
//! A candidate is one number: the score in a form that sorts like an integer, then the slot, of which the lower one is the
//! better, then whether its links have been followed.

use crate::vectors::{next_epoch, mark, MOST_RESULTS, MOST_SLOTS};

const FOLLOWED: u64 = 1;

static mut KEYS: [u64; MOST_RESULTS + 1] = [0; MOST_RESULTS + 1];
static mut LENGTH: usize = 0;
static mut ROOM: usize = 0;

#[inline(always)]
pub fn key(slot: u32, score: f32) -> u64 {
    let bits = score.to_bits();
    let sortable = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    (sortable as u64) << 32 | ((MOST_SLOTS - 1 - slot) << 1) as u64
}

#[inline(always)]
pub fn slot_of(key: u64) -> u32 {
    MOST_SLOTS - 1 - (key as u32 >> 1)
}

#[inline(always)]
pub fn score_of(key: u64) -> f32 {
    let sortable = (key >> 32) as u32;
    f32::from_bits(if sortable >> 31 != 0 { sortable & !(1 << 31) } else { !sortable })
}

#[inline(always)]
unsafe fn keys() -> *mut u64 {
    std::ptr::addr_of_mut!(KEYS) as *mut u64
}

/// All candidates, best first.
pub unsafe fn first() -> *const u64 {
    keys()
}

pub unsafe fn length() -> usize {
    LENGTH
}

pub unsafe fn at(place: usize) -> u64 {
    *keys().add(place)
}

/// Begins with one candidate.
pub unsafe fn begin(slot: u32, score: f32) {
    *keys() = key(slot, score);
    LENGTH = 1;
}

/// Goes on with the best of what there is, none of which has been followed.
pub unsafe fn begin_level(room: usize) {
    ROOM = room;
    if LENGTH > room {
        LENGTH = room;
    }
    let epoch = next_epoch();
    for place in 0..LENGTH {
        *keys().add(place) &= !FOLLOWED;
        *mark(slot_of(at(place))) = epoch;
    }
}

/// The place of the best candidate from `from` on that has not been followed, which counts as followed then.
#[inline(always)]
pub unsafe fn follow(from: usize) -> Option<usize> {
    let mut place = from;
    while place < LENGTH {
        let key = keys().add(place);
        if *key & FOLLOWED == 0 {
            *key |= FOLLOWED;
            return Some(place);
        }
        place += 1;
    }
    None
}

/// Whether there is room for one of that score.
#[inline(always)]
pub unsafe fn takes(key: u64) -> bool {
    LENGTH < ROOM || key > *keys().add(LENGTH - 1)
}

/// Puts one that is taken into its place.
#[inline(never)]
pub unsafe fn add(key: u64) -> usize {
    let (mut low, mut high) = (0, LENGTH);
    while low < high {
        let middle = (low + high) / 2;
        if *keys().add(middle) > key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if LENGTH < ROOM {
        LENGTH += 1;
    }
    std::ptr::copy(keys().add(low), keys().add(low + 1), LENGTH - 1 - low);
    *keys().add(low) = key;
    low
}
