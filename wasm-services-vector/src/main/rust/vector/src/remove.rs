//! How a node leaves the graph. Its neighbours are found by its links and those of its neighbours, lose their link to it, and
//! each gets another one in its place, to a neighbour of the one that goes. A link to it that is found in neither way stays
//! until its node gets a better one; searches pass over it, and if the slot is used again it is a long link like others.

use crate::graph::{begin_at_highest, connect, offer, offered};
use crate::measure::score;
use crate::pool;
use crate::vectors::{
    give_back_upper, index, links, mark, next_epoch, row, set_state, state, upper,
};

/// More than a node has links.
const MOST_NEIGHBOURS: usize = 2 * 64;

static mut LEAVING: [u32; MOST_NEIGHBOURS] = [0; MOST_NEIGHBOURS];
static mut LEAVING_COUNT: usize = 0;

pub unsafe fn node(slot: u32) {
    let level = state(slot) - 1;
    set_state(slot, 0);
    for each in 0..=level {
        from_level(slot, each);
    }
    if level > 0 {
        give_back_upper(level, *upper(slot));
        *upper(slot) = 0;
    }
    if index().entry == slot {
        begin_at_highest();
    }
}

#[inline(always)]
unsafe fn leaving(place: usize) -> *mut u32 {
    (std::ptr::addr_of_mut!(LEAVING) as *mut u32).add(place)
}

#[inline(never)]
unsafe fn from_level(slot: u32, level: u32) {
    remember_neighbours(slot, level);
    let epoch = next_epoch();
    for each in 0..LEAVING_COUNT {
        let neighbour = *leaving(each);
        let list = links(neighbour, level);
        // What a link leads to is read again each time: mending changes this list, too.
        let mut next = 1;
        while next <= *list as usize {
            leave(*list.add(next), slot, level, epoch);
            next += 1;
        }
        leave(neighbour, slot, level, epoch);
    }
}

unsafe fn remember_neighbours(slot: u32, level: u32) {
    let list = links(slot, level);
    LEAVING_COUNT = 0;
    for each in 1..=*list as usize {
        let neighbour = *list.add(each);
        if state(neighbour) > level && neighbour != slot {
            *leaving(LEAVING_COUNT) = neighbour;
            LEAVING_COUNT += 1;
        }
    }
    *list = 0;
}

/// Takes the link to the slot away from a node that has one.
unsafe fn leave(node: u32, slot: u32, level: u32, epoch: u32) {
    if state(node) <= level || *mark(node) == epoch {
        return;
    }
    *mark(node) = epoch;
    let list = links(node, level);
    let count = *list as usize;
    for each in 1..=count {
        if *list.add(each) == slot {
            *list.add(each) = *list.add(count);
            *list = count as u32 - 1;
            mend(node, level);
            return;
        }
    }
}

/// Another link for a node that has lost one: to the best neighbour of the leaving node that is nearer to it than to its
/// other links, else, if it has few, to the best.
#[inline(never)]
unsafe fn mend(node: u32, level: u32) {
    let vector = row(node);
    let list = links(node, level);
    let mut length = 0;
    for each in 0..LEAVING_COUNT {
        let other = *leaving(each);
        if other != node && !has(list, other) {
            length = offer(length, pool::key(other, score(vector, row(other))));
        }
    }
    let few = (*list as usize) < index().m;
    for each in 0..length {
        let key = *offered().add(each);
        if is_nearer_than_to_links(key, list, level) {
            return link(node, pool::slot_of(key), level);
        }
    }
    if few && length > 0 {
        link(node, pool::slot_of(*offered()), level);
    }
}

unsafe fn link(node: u32, other: u32, level: u32) {
    connect(node, other, level);
    connect(other, node, level);
}

unsafe fn has(list: *mut u32, slot: u32) -> bool {
    for each in 1..=*list as usize {
        if *list.add(each) == slot {
            return true;
        }
    }
    false
}

unsafe fn is_nearer_than_to_links(key: u64, list: *mut u32, level: u32) -> bool {
    let vector = row(pool::slot_of(key));
    for each in 1..=*list as usize {
        let other = *list.add(each);
        if state(other) > level && score(vector, row(other)) >= pool::score_of(key) {
            return false;
        }
    }
    true
}
