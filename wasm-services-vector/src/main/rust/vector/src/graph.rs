//! The graph: how nodes come into it, and how it is searched. Algorithms 1, 2, 4 and 5 of the paper.

use crate::measure::score;
use crate::pool;
use crate::vectors::{
    index, is_let_through, level_of, links, mark, most_links, results, row, set_state, state,
    take_upper, upper, Row, MOST_LEVELS, MOST_RESULTS, NONE,
};
use crate::{NO_ROOM, OK, REFUSED};

/// More than a node has links, and one.
const MOST_OFFERED: usize = 2 * 64 + 2;

static mut OFFERED: [u64; MOST_RESULTS] = [0; MOST_RESULTS];
static mut CHOSEN: [u32; MOST_OFFERED] = [0; MOST_OFFERED];
static mut REFUSED_ONES: [u32; MOST_OFFERED] = [0; MOST_OFFERED];

/// Algorithm 1, for a slot whose vector is there.
#[inline(never)]
pub unsafe fn insert(slot: u32) -> i32 {
    let index = index();
    let level = level_of(index.made);
    if level > 0 {
        let at = take_upper(level);
        if at == 0 {
            return NO_ROOM;
        }
        *upper(slot) = at;
    }
    *links(slot, 0) = 0;
    index.made += 1;
    if index.entry == NONE {
        set_state(slot, level + 1);
        index.entry = slot;
        index.top = level;
        return OK;
    }
    let vector = row(slot);
    descend(vector, level);
    let mut at = if level < index.top { level } else { index.top };
    loop {
        pool::begin_level(index.construction);
        explore(vector, at);
        join(slot, at);
        if at == 0 {
            break;
        }
        at -= 1;
    }
    set_state(slot, level + 1);
    if level > index.top {
        index.entry = slot;
        index.top = level;
    }
    OK
}

/// From the entry to the best node of the level above the given one.
unsafe fn descend(vector: Row, level: u32) {
    let index = index();
    pool::begin(index.entry, score(vector, row(index.entry)));
    let mut at = index.top;
    while at > level {
        pool::begin_level(1);
        explore(vector, at);
        at -= 1;
    }
}

/// Algorithm 2: follows links on a level until no candidate has any that lead to better ones.
#[inline(never)]
unsafe fn explore(vector: Row, level: u32) {
    let epoch = index().epoch;
    let mut from = 0;
    while let Some(place) = pool::follow(from) {
        from = place + 1;
        let list = links(pool::slot_of(pool::at(place)), level);
        let end = list.add(1 + *list as usize);
        let mut link = list.add(1);
        while link < end {
            let slot = *link;
            link = link.add(1);
            let mark = mark(slot);
            // What a link leads to may have gone, and the slot may be that of another node since.
            if *mark == epoch || state(slot) <= level {
                continue;
            }
            *mark = epoch;
            let key = pool::key(slot, score(vector, row(slot)));
            if pool::takes(key) {
                let added = pool::add(key);
                if added < from {
                    from = added;
                }
            }
        }
    }
}

/// Links a new node with the best of the candidates, in both directions.
unsafe fn join(slot: u32, level: u32) {
    let offered = offered();
    let length = pool::length();
    std::ptr::copy_nonoverlapping(pool::first(), offered, length);
    let count = choose(length, most_links(level), index().m);
    let list = links(slot, level);
    let mut joined = 0;
    for each in 0..count {
        let other = *chosen(each);
        joined += 1;
        *list.add(joined) = other;
    }
    *list = joined as u32;
    for each in 0..joined {
        connect(*list.add(1 + each), slot, level);
    }
}

/// A link from a node to another; if it has too many then, the best are chosen.
#[inline(never)]
pub unsafe fn connect(from: u32, to: u32, level: u32) {
    let list = links(from, level);
    let count = *list as usize;
    for each in 1..=count {
        if *list.add(each) == to {
            return;
        }
    }
    if count < most_links(level) {
        *list.add(1 + count) = to;
        *list = count as u32 + 1;
        return;
    }
    let vector = row(from);
    let mut length = 0;
    length = offer(length, pool::key(to, score(vector, row(to))));
    for each in 1..=count {
        let other = *list.add(each);
        // A link whose end has gone gives its place away.
        if state(other) > level {
            length = offer(length, pool::key(other, score(vector, row(other))));
        }
    }
    let chosen_count = choose(length, most_links(level), index().m);
    for each in 0..chosen_count {
        *list.add(1 + each) = *chosen(each);
    }
    *list = chosen_count as u32;
}

#[inline(always)]
pub unsafe fn offered() -> *mut u64 {
    std::ptr::addr_of_mut!(OFFERED) as *mut u64
}

#[inline(always)]
pub unsafe fn chosen(place: usize) -> *mut u32 {
    (std::ptr::addr_of_mut!(CHOSEN) as *mut u32).add(place)
}

#[inline(always)]
unsafe fn refused(place: usize) -> *mut u32 {
    (std::ptr::addr_of_mut!(REFUSED_ONES) as *mut u32).add(place)
}

/// One more of few that are offered, in its place. Answers with how many there are.
pub unsafe fn offer(length: usize, key: u64) -> usize {
    let offered = offered();
    let mut at = length;
    while at > 0 && *offered.add(at - 1) < key {
        *offered.add(at) = *offered.add(at - 1);
        at -= 1;
    }
    *offered.add(at) = key;
    length + 1
}

/// Algorithm 4, without candidates of candidates: of what is offered, best first, those that are nearer to the node than to
/// any that was chosen before. If that leaves fewer than `least`, the best of the others fill up.
#[inline(never)]
unsafe fn choose(length: usize, most: usize, least: usize) -> usize {
    let mut count = 0;
    let mut others = 0;
    let mut at = 0;
    while at < length && count < most {
        let key = *offered().add(at);
        let slot = pool::slot_of(key);
        if is_nearer_than_to_others(slot, pool::score_of(key), count) {
            *chosen(count) = slot;
            count += 1;
        } else if others < least {
            *refused(others) = slot;
            others += 1;
        }
        at += 1;
    }
    let mut next = 0;
    while count < least && next < others {
        *chosen(count) = *refused(next);
        count += 1;
        next += 1;
    }
    count
}

unsafe fn is_nearer_than_to_others(slot: u32, to_node: f32, count: usize) -> bool {
    let vector = row(slot);
    for each in 0..count {
        if score(vector, row(*chosen(each))) >= to_node {
            return false;
        }
    }
    true
}

/// Algorithm 5.
pub unsafe fn search(breadth: i32, filtered: bool, threshold: f32) -> i32 {
    let index = index();
    if index.m == 0 || breadth < 1 || breadth as usize > MOST_RESULTS {
        return REFUSED;
    }
    if index.entry == NONE {
        return 0;
    }
    let vector = index.query;
    descend(vector, 0);
    pool::begin_level(breadth as usize);
    explore(vector, 0);
    let results = results();
    let mut count = 0;
    for place in 0..pool::length() {
        let key = pool::at(place);
        let slot = pool::slot_of(key);
        if pool::score_of(key) >= threshold && (!filtered || is_let_through(slot)) {
            *results.add(2 * count) = slot;
            *results.add(2 * count + 1) = pool::score_of(key).to_bits();
            count += 1;
        }
    }
    count as i32
}

/// The node that is highest, to begin at.
#[inline(never)]
pub unsafe fn begin_at_highest() {
    let index = index();
    index.entry = NONE;
    index.top = 0;
    let mut highest = 0;
    for slot in 0..index.slots {
        let state = state(slot);
        if state > highest {
            highest = state;
            index.entry = slot;
            index.top = state - 1;
            if index.top == MOST_LEVELS {
                return;
            }
        }
    }
}
