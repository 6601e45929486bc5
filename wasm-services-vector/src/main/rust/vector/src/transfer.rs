//! Links from one index to another with the same parameters: to a copy, or by a file. What comes from outside is checked, and
//! links whose end is not there are left out on both sides.

use crate::vectors::{
    index, is_used, links as links_of, most_links, results, set_state, state, take_upper, upper,
    MOST_LEVELS, MOST_RESULTS,
};
use crate::{NO_ROOM, OK, REFUSED};

pub unsafe fn links(slot: i32) -> i32 {
    if index().m == 0 || !is_used(slot) {
        return REFUSED;
    }
    let slot = slot as u32;
    let results = results();
    let level = state(slot) - 1;
    *results = level;
    let mut length = 1;
    for each in 0..=level {
        let list = links_of(slot, each);
        forget_gone(list, each);
        let numbers = 1 + *list as usize;
        std::ptr::copy_nonoverlapping(list, results.add(length), numbers);
        length += numbers;
    }
    length as i32
}

/// Here as well, so that both go on alike when a slot is used again.
unsafe fn forget_gone(list: *mut u32, level: u32) {
    let mut kept = 0;
    for each in 1..=*list as usize {
        let other = *list.add(each);
        if state(other) > level {
            kept += 1;
            *list.add(kept) = other;
        }
    }
    *list = kept as u32;
}

pub unsafe fn link(slot: i32, numbers: i32) -> i32 {
    if index().m == 0 || !is_used(slot) || numbers < 2 || numbers as usize > 2 * MOST_RESULTS {
        return REFUSED;
    }
    let slot = slot as u32;
    let level = *results();
    if state(slot) != 1 || !is_sound(level, numbers as usize) {
        return REFUSED;
    }
    if level > 0 {
        let at = take_upper(level);
        if at == 0 {
            return NO_ROOM;
        }
        *upper(slot) = at;
    }
    let mut from = results().add(1);
    for each in 0..=level {
        take_stored(from, links_of(slot, each));
        from = from.add(1 + *from as usize);
    }
    set_state(slot, level + 1);
    OK
}

/// Snapshots of former versions have links to what was removed.
unsafe fn take_stored(from: *const u32, list: *mut u32) {
    let mut kept = 0;
    for each in 1..=*from as usize {
        let other = *from.add(each);
        if other < index().slots && state(other) != 0 {
            kept += 1;
            *list.add(kept) = other;
        }
    }
    *list = kept as u32;
}

/// Whether the numbers are as many as the links of a node of that level may be.
unsafe fn is_sound(level: u32, numbers: usize) -> bool {
    if level > MOST_LEVELS {
        return false;
    }
    let results = results();
    let mut at = 1;
    for each in 0..=level {
        if at >= numbers || *results.add(at) as usize > most_links(each) {
            return false;
        }
        let end = at + 1 + *results.add(at) as usize;
        if end > numbers {
            return false;
        }
        at = end;
    }
    at == numbers
}

pub unsafe fn enter_at(slot: i32) -> i32 {
    if index().m == 0 || !is_used(slot) {
        return REFUSED;
    }
    index().entry = slot as u32;
    index().top = state(slot as u32) - 1;
    OK
}
