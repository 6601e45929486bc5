//! The allocator of the modules, a first-fit list of free blocks in the order of their addresses.
//!
//! A call makes few allocations, some of them large, and gives all of them back: at rest the list
//! is one block. Free blocks hold their size and their successor in themselves, and every release
//! says its length, so that blocks in use need no header. The standard library's allocator would
//! do, but its largest functions are above our size limit, and HotSpot 17 was seen to compile its
//! `realloc` wrongly.

use std::alloc::{GlobalAlloc, Layout};
use std::ptr::null_mut;

const ALIGN: usize = 8;
const PAGE: usize = 1 << 16;

struct Heap;

#[global_allocator]
static HEAP: Heap = Heap;

#[derive(Clone, Copy)]
struct Free {
    size: usize,
    next: usize,
}

/// The first free block, or zero.
static mut FIRST: usize = 0;

/// Where the heap ends, zero before it is first used.
static mut END: usize = 0;

extern "C" {
    /// Set by the linker behind the stack and the static data.
    static __heap_base: u8;
}

unsafe impl GlobalAlloc for Heap {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGN || layout.size() > i32::MAX as usize {
            return null_mut();
        }
        let size = round(layout.size());
        let mut at = take(size);
        if at == 0 && grow(size) {
            at = take(size);
        }
        at as *mut u8
    }

    #[inline(never)]
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        let size = round(layout.size());
        wipe(ptr as usize, size);
        release(ptr as usize, size);
    }

    #[inline(never)]
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if new_size > i32::MAX as usize {
            return null_mut();
        }
        let (at, size, wanted) = (ptr as usize, round(layout.size()), round(new_size));
        if wanted < size {
            wipe(at + wanted, size - wanted);
            release(at + wanted, size - wanted);
        } else if wanted > size && !extend(at + size, wanted - size) {
            let moved = self.alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(ptr, layout.size());
                wipe(at, size);
                release(at, size);
            }
            return moved;
        }
        ptr
    }
}

/// Overwrites what is given back. Volatile, because nobody reads it again.
#[cfg(feature = "wipe")]
unsafe fn wipe(at: usize, size: usize) {
    for word in (at..at + size).step_by(8) {
        (word as *mut u64).write_volatile(0);
    }
}

#[cfg(not(feature = "wipe"))]
unsafe fn wipe(_at: usize, _size: usize) {}

fn round(size: usize) -> usize {
    (size + ALIGN - 1) & !(ALIGN - 1)
}

unsafe fn read(at: usize) -> Free {
    *(at as *const Free)
}

unsafe fn write(at: usize, size: usize, next: usize) {
    *(at as *mut Free) = Free { size, next };
}

/// Makes `next` the successor of the free block `previous`, or the first one.
unsafe fn link(previous: usize, next: usize) {
    if previous == 0 {
        FIRST = next;
    } else {
        (*(previous as *mut Free)).next = next;
    }
}

/// Takes `size` bytes from the first block that has them, or answers zero.
#[inline(never)]
unsafe fn take(size: usize) -> usize {
    let mut previous = 0;
    let mut at = FIRST;
    while at != 0 {
        let block = read(at);
        if block.size >= size {
            take_front(previous, at, size);
            return at;
        }
        previous = at;
        at = block.next;
    }
    0
}

/// Takes `size` bytes from the block at `at`, if there is one and it has them.
#[inline(never)]
unsafe fn take_at(wanted: usize, size: usize) -> bool {
    let mut previous = 0;
    let mut at = FIRST;
    while at != 0 && at < wanted {
        previous = at;
        at = read(at).next;
    }
    let fits = at == wanted && read(at).size >= size;
    if fits {
        take_front(previous, at, size);
    }
    fits
}

/// Takes `size` bytes from where a block ends, growing the memory if that is the end of the heap.
#[inline(never)]
unsafe fn extend(at: usize, size: usize) -> bool {
    take_at(at, size) || (at + last_free() == END && grow(size) && take_at(at, size))
}

unsafe fn take_front(previous: usize, at: usize, size: usize) {
    let block = read(at);
    if block.size == size {
        link(previous, block.next);
    } else {
        write(at + size, block.size - size, block.next);
        link(previous, at + size);
    }
}

/// Puts a block back between its neighbours, and joins it with those that it touches.
#[inline(never)]
unsafe fn release(at: usize, size: usize) {
    let mut previous = 0;
    let mut next = FIRST;
    while next != 0 && next < at {
        previous = next;
        next = read(next).next;
    }
    let mut size = size;
    if next != 0 && at + size == next {
        let block = read(next);
        size += block.size;
        next = block.next;
    }
    if previous != 0 && previous + read(previous).size == at {
        write(previous, read(previous).size + size, next);
    } else {
        write(at, size, next);
        link(previous, at);
    }
}

/// Adds memory until a block of `size` bytes is there, or answers false.
#[inline(never)]
unsafe fn grow(size: usize) -> bool {
    if END == 0 {
        let start = round(&__heap_base as *const u8 as usize);
        END = core::arch::wasm32::memory_size(0) * PAGE;
        if END > start {
            release(start, END - start);
        } else {
            END = start;
        }
        if END - start >= size {
            return true;
        }
    }
    let missing = size - last_free();
    let pages = (missing + PAGE - 1) / PAGE;
    if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
        return false;
    }
    let start = END;
    END = start + pages * PAGE;
    release(start, pages * PAGE);
    true
}

/// The size of the free block at the end of the heap, or zero.
unsafe fn last_free() -> usize {
    let mut at = FIRST;
    while at != 0 {
        let block = read(at);
        if at + block.size == END {
            return block.size;
        }
        at = block.next;
    }
    0
}

/// The bytes that are free. Leaves no trace on the stack, where tests look for what calls leave.
pub fn free_total() -> usize {
    let mut total = never_used();
    unsafe {
        let mut at = FIRST;
        while at != 0 {
            total += (*(at as *const Free)).size;
            at = (*(at as *const Free)).next;
        }
    }
    total
}

/// The bytes of the largest free block.
pub fn free_largest() -> usize {
    let mut largest = never_used();
    unsafe {
        let mut at = FIRST;
        while at != 0 {
            largest = largest.max((*(at as *const Free)).size);
            at = (*(at as *const Free)).next;
        }
    }
    largest
}

/// A heap that was never used is one free block.
fn never_used() -> usize {
    unsafe {
        if END != 0 {
            return 0;
        }
        let start = round(&__heap_base as *const u8 as usize);
        (core::arch::wasm32::memory_size(0) * PAGE).saturating_sub(start)
    }
}
