//! Memory for one run of a program: taken from blocks one after the other, and all given back at once.

use crate::{Outcome, NO_ROOM};
use crate::vector::Vector;
use std::alloc::{alloc, dealloc, Layout};

const BLOCK: usize = 1 << 20;
const ALIGN: usize = 16;
const MOST: usize = 1 << 30;
/// Blocks up to this size are rounded up to powers of two.
const ROUNDED: usize = 1 << 26;

struct Arena {
    blocks: Vec<(usize, usize)>,
    /// The block in use, and how much of it.
    block: usize,
    used: usize,
    /// Vectors that nobody needs any more: those of 64 bits, and those of 128.
    spare: [Vec<Vector>; 2],
}

static mut ARENA: Arena = Arena { blocks: Vec::new(), block: 0, used: 0, spare: [Vec::new(), Vec::new()] };

unsafe fn arena() -> &'static mut Arena {
    &mut *std::ptr::addr_of_mut!(ARENA)
}

pub unsafe fn reset() {
    let arena = arena();
    arena.spare[0].clear();
    arena.spare[1].clear();
    arena.block = 0;
    arena.used = 0;
    if arena.blocks.len() > 1 {
        join_blocks();
    }
}

/// One block in place of several, so that chunks that grow slowly do not leave a trail of blocks too small for them.
#[inline(never)]
unsafe fn join_blocks() {
    let mut total = 0;
    while let Some((at, length)) = arena().blocks.pop() {
        total += length;
        dealloc(at as *mut u8, layout(length));
    }
    // Where there is no room for it, blocks are made when they are needed.
    let _ = add_block(total.min(MOST));
    arena().used = 0;
}

unsafe fn layout(length: usize) -> Layout {
    Layout::from_size_align_unchecked(length, ALIGN)
}

/// A vector for as many rows as those that were given back, or more.
pub unsafe fn reuse(wide: bool) -> Option<Vector> {
    arena().spare[wide as usize].pop()
}

/// A vector that nobody needs any more. Rows only become fewer until the next `reset`.
pub unsafe fn give_back(vector: Vector, wide: bool) {
    let spare = &mut arena().spare[wide as usize];
    if reserve(spare, 1).is_ok() {
        spare.push(vector);
    }
}

/// The address of `size` bytes, with whatever is in them.
pub unsafe fn take(size: usize) -> Outcome<usize> {
    if size > MOST {
        return Err(NO_ROOM);
    }
    let arena = arena();
    let size = (size + ALIGN - 1) & !(ALIGN - 1);
    while arena.block < arena.blocks.len() {
        let (at, length) = *arena.blocks.get_unchecked(arena.block);
        if length - arena.used >= size {
            arena.used += size;
            return Ok(at + arena.used - size);
        }
        arena.block += 1;
        arena.used = 0;
    }
    add_block(size)
}

#[inline(never)]
unsafe fn add_block(size: usize) -> Outcome<usize> {
    let arena = arena();
    let length = if size > ROUNDED { (size + BLOCK - 1) & !(BLOCK - 1) } else { size.max(BLOCK).next_power_of_two() };
    reserve(&mut arena.blocks, 1)?;
    let at = alloc(layout(length)) as usize;
    if at == 0 {
        return Err(NO_ROOM);
    }
    arena.blocks.push((at, length));
    arena.used = size;
    Ok(at)
}

/// Room for `more` in a list, so that adding them can not fail.
pub fn reserve<T>(list: &mut Vec<T>, more: usize) -> Outcome<()> {
    if list.capacity() - list.len() >= more {
        return Ok(());
    }
    list.try_reserve(more).map_err(|_| NO_ROOM)
}
