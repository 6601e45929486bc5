//! The index and where its parts are. Slots stand in blocks; what a slot has stands in columns of its block.

use crate::arena;
use crate::measure::Measure;
use crate::{NO_ROOM, OK, REFUSED};

pub const NONE: u32 = u32::MAX;
pub const MOST_SLOTS: u32 = 1 << 22;
pub const MOST_LEVELS: u32 = 12;
/// Of candidates, and of pairs in `results`.
pub const MOST_RESULTS: usize = 4096;
const MOST_DIMENSIONS: i32 = 16384;
const MOST_LINKS: i32 = 64;
const IN_BLOCK: u32 = 256;
const BLOCKS: usize = (MOST_SLOTS / IN_BLOCK) as usize;
/// A row is a multiple of so many numbers, the last of which may be zeros that belong to no dimension.
pub const LANES: usize = 8;

pub struct Index {
    pub dimensions: usize,
    /// The numbers of a row.
    pub padded: usize,
    pub measure: Measure,
    pub quantised: bool,
    /// The links of a node on each level but the ground, where it is twice as many; 0 without a graph.
    pub m: usize,
    pub construction: usize,
    pub seed: u64,
    pub made: u64,
    pub input: usize,
    pub query: Row,
    pub slots: u32,
    pub entry: u32,
    pub top: u32,
    pub epoch: u32,
    pub filter: usize,
    filter_slots: u32,
    row_bytes: usize,
    a: usize,
    b: usize,
    score: usize,
    state: usize,
    mark: usize,
    upper: usize,
    ground: usize,
    block_bytes: usize,
    /// By height, the first list of links that nobody uses.
    unused: [u32; MOST_LEVELS as usize + 1],
}

/// A vector in the form in which it is compared.
#[derive(Clone, Copy)]
pub struct Row {
    pub at: usize,
    /// 1 / its length for cosines, else what its codes are multiplied by.
    pub a: f64,
    /// The square of its length, where it has codes.
    pub b: f64,
}

static mut INDEX: Index = Index {
    dimensions: 0,
    padded: 0,
    measure: Measure::Cosine,
    quantised: false,
    m: 0,
    construction: 0,
    seed: 0,
    made: 0,
    input: 0,
    query: Row { at: 0, a: 0.0, b: 0.0 },
    slots: 0,
    entry: NONE,
    top: 0,
    epoch: 0,
    filter: 0,
    filter_slots: 0,
    row_bytes: 0,
    a: 0,
    b: 0,
    score: 0,
    state: 0,
    mark: 0,
    upper: 0,
    ground: 0,
    block_bytes: 0,
    unused: [0; MOST_LEVELS as usize + 1],
};

static mut BLOCK: [usize; BLOCKS] = [0; BLOCKS];
static mut RESULTS: [u32; 2 * MOST_RESULTS] = [0; 2 * MOST_RESULTS];

#[inline(always)]
pub unsafe fn index() -> &'static mut Index {
    &mut *std::ptr::addr_of_mut!(INDEX)
}

pub unsafe fn results() -> *mut u32 {
    std::ptr::addr_of_mut!(RESULTS) as *mut u32
}

pub unsafe fn configure(
    dimensions: i32,
    measure: i32,
    quantised: bool,
    m: i32,
    construction: i32,
    seed: u64,
) -> i32 {
    let index = index();
    let measure = match measure {
        0 => Measure::Cosine,
        1 => Measure::Dot,
        2 => Measure::L2,
        _ => return REFUSED,
    };
    let links = m == 0 || (2..=MOST_LINKS).contains(&m);
    let candidates = m == 0 || (1..=MOST_RESULTS as i32).contains(&construction);
    if index.dimensions != 0 || !(1..=MOST_DIMENSIONS).contains(&dimensions) || !links || !candidates {
        return REFUSED;
    }
    let padded = (dimensions as usize + LANES - 1) & !(LANES - 1);
    let input = arena::take(padded * 4);
    let query = arena::take(padded * 4);
    if input == 0 || query == 0 {
        return NO_ROOM;
    }
    index.dimensions = dimensions as usize;
    index.padded = padded;
    index.measure = measure;
    index.quantised = quantised;
    index.m = m as usize;
    index.construction = construction as usize;
    index.seed = seed;
    index.input = input;
    index.query.at = query;
    place_columns(index);
    OK
}

unsafe fn place_columns(index: &mut Index) {
    let each = IN_BLOCK as usize;
    index.row_bytes = if index.quantised { index.padded } else { index.padded * 4 };
    index.a = each * index.row_bytes;
    index.b = index.a + each * 8;
    index.score = index.b + each * 8;
    index.state = index.score + each * 4;
    index.mark = index.state + each * 4;
    index.upper = index.mark + each * 4;
    index.ground = index.upper + each * 4;
    let links = if index.m == 0 { 0 } else { 1 + 2 * index.m };
    index.block_bytes = index.ground + each * 4 * links;
}

pub unsafe fn reserve(slots: i32, puts: i32) -> i32 {
    let index = index();
    if index.dimensions == 0 || slots < 0 || puts < 0 || slots as u32 > MOST_SLOTS {
        return REFUSED;
    }
    while index.slots < slots as u32 {
        let block = arena::take(index.block_bytes);
        if block == 0 {
            return NO_ROOM;
        }
        BLOCK[(index.slots / IN_BLOCK) as usize & (BLOCKS - 1)] = block;
        index.slots += IN_BLOCK;
    }
    if index.m == 0 || arena::ensure(upper_bytes_of_next(puts)) {
        OK
    } else {
        NO_ROOM
    }
}

/// What the links above the ground of the next nodes take.
unsafe fn upper_bytes_of_next(puts: i32) -> usize {
    let mut bytes = 0;
    for next in 0..puts as u64 {
        bytes += upper_bytes(level_of(index().made + next)) + 8;
    }
    bytes
}

pub unsafe fn upper_bytes(level: u32) -> usize {
    level as usize * (1 + index().m) * 4
}

/// The level of a node by its number: each is one in `m` of the one below, as in the paper.
pub unsafe fn level_of(number: u64) -> u32 {
    let index = index();
    let mut state = index.seed ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03);
    let mut level = 0;
    loop {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        if level == MOST_LEVELS || (mixed >> 32) as u32 % index.m as u32 != 0 {
            return level;
        }
        level += 1;
    }
}

/// Links above the ground for a node of that level, all empty; 0 if there is no room.
pub unsafe fn take_upper(level: u32) -> u32 {
    let unused = &mut index().unused[level as usize % (MOST_LEVELS as usize + 1)];
    let at = *unused;
    if at == 0 {
        return arena::take(upper_bytes(level)) as u32;
    }
    *unused = *(at as usize as *const u32);
    std::ptr::write_bytes(at as usize as *mut u8, 0, upper_bytes(level));
    at
}

pub unsafe fn give_back_upper(level: u32, at: u32) {
    let unused = &mut index().unused[level as usize % (MOST_LEVELS as usize + 1)];
    *(at as usize as *mut u32) = *unused;
    *unused = at;
}

pub unsafe fn is_used(slot: i32) -> bool {
    slot >= 0 && (slot as u32) < index().slots && state(slot as u32) != 0
}

pub unsafe fn is_free(slot: i32) -> bool {
    slot >= 0 && (slot as u32) < index().slots && state(slot as u32) == 0
}

#[inline(always)]
unsafe fn block(slot: u32) -> usize {
    *(std::ptr::addr_of!(BLOCK) as *const usize).add((slot / IN_BLOCK) as usize)
}

#[inline(always)]
unsafe fn cell(slot: u32, column: usize, bytes: usize) -> usize {
    block(slot) + column + (slot % IN_BLOCK) as usize * bytes
}

#[inline(always)]
pub unsafe fn row(slot: u32) -> Row {
    let index = index();
    Row {
        at: cell(slot, 0, index.row_bytes),
        a: *(cell(slot, index.a, 8) as *const f64),
        b: *(cell(slot, index.b, 8) as *const f64),
    }
}

pub unsafe fn set_factors(slot: u32, row: Row) {
    let index = index();
    *(cell(slot, index.a, 8) as *mut f64) = row.a;
    *(cell(slot, index.b, 8) as *mut f64) = row.b;
}

#[inline(always)]
pub unsafe fn score_cell(slot: u32) -> *mut f32 {
    cell(slot, index().score, 4) as *mut f32
}

/// 0 if the slot is free, else one more than the level of the node.
#[inline(always)]
pub unsafe fn state(slot: u32) -> u32 {
    *(cell(slot, index().state, 4) as *const u32)
}

pub unsafe fn set_state(slot: u32, state: u32) {
    *(cell(slot, index().state, 4) as *mut u32) = state;
}

#[inline(always)]
pub unsafe fn mark(slot: u32) -> *mut u32 {
    cell(slot, index().mark, 4) as *mut u32
}

#[inline(always)]
pub unsafe fn upper(slot: u32) -> *mut u32 {
    cell(slot, index().upper, 4) as *mut u32
}

/// The links of a node on a level that it has: how many there are, and they.
#[inline(always)]
pub unsafe fn links(slot: u32, level: u32) -> *mut u32 {
    let index = index();
    if level == 0 {
        cell(slot, index.ground, 4 * (1 + 2 * index.m)) as *mut u32
    } else {
        (*upper(slot) as usize + upper_bytes(level - 1)) as *mut u32
    }
}

/// How many links a node may have on a level.
#[inline(always)]
pub unsafe fn most_links(level: u32) -> usize {
    if level == 0 {
        2 * index().m
    } else {
        index().m
    }
}

/// Lets all marks be old ones.
pub unsafe fn next_epoch() -> u32 {
    let index = index();
    if index.epoch == u32::MAX {
        for slot in 0..index.slots {
            *mark(slot) = 0;
        }
        index.epoch = 0;
    }
    index.epoch += 1;
    index.epoch
}

pub unsafe fn filter(slots: i32) -> i32 {
    let index = index();
    if slots < 0 || slots as u32 > MOST_SLOTS {
        return 0;
    }
    let wanted = if (slots as u32) < index.slots { index.slots } else { slots as u32 };
    if wanted > index.filter_slots {
        // Twice as much as needed, as what there was is lost.
        let room = if wanted > MOST_SLOTS / 2 { MOST_SLOTS } else { wanted * 2 };
        let at = arena::take(room as usize / 8 + 8);
        if at == 0 {
            return 0;
        }
        index.filter = at;
        index.filter_slots = room;
    }
    index.filter as i32
}

#[inline(always)]
pub unsafe fn is_let_through(slot: u32) -> bool {
    let index = index();
    slot < index.filter_slots && *((index.filter + (slot / 8) as usize) as *const u8) >> (slot % 8) & 1 != 0
}
