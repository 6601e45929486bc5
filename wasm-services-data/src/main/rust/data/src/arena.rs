//! Memory for one run of a program: taken from blocks one after the other, and all given back at once.

use crate::{Outcome, NO_ROOM};
use std::alloc::{alloc, Layout};

const BLOCK: usize = 1 << 20;
const ALIGN: usize = 16;
const MOST: usize = 1 << 30;

struct Arena {
    blocks: Vec<(usize, usize)>,
    /// The block in use, and how much of it.
    block: usize,
    used: usize,
}

static mut ARENA: Arena = Arena { blocks: Vec::new(), block: 0, used: 0 };

unsafe fn arena() -> &'static mut Arena {
    &mut *std::ptr::addr_of_mut!(ARENA)
}

pub unsafe fn reset() {
    arena().block = 0;
    arena().used = 0;
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
    let length = size.max(BLOCK);
    reserve(&mut arena.blocks, 1)?;
    let at = alloc(Layout::from_size_align_unchecked(length, ALIGN)) as usize;
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
