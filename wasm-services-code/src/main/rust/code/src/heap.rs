//! The memory of a call: taken one piece after the other, and free again when everything has been given back.
//!
//! A call builds a few lists that grow, answers, and forgets all of it. So the last piece grows in place, and what lies in front of it
//! waits until nothing is in use any more.

use std::alloc::{GlobalAlloc, Layout};
use std::ptr::null_mut;

const ALIGN: usize = 8;
const PAGE: usize = 1 << 16;

struct Heap;

#[global_allocator]
static HEAP: Heap = Heap;

/// Where the next piece begins, zero before the first.
static mut TOP: usize = 0;
/// Where the memory ends.
static mut END: usize = 0;
/// How many pieces are in use.
static mut LIVE: usize = 0;

extern "C" {
    /// Set by the linker behind the stack and the static data.
    static __heap_base: u8;
}

fn round(size: usize) -> usize {
    (size + ALIGN - 1) & !(ALIGN - 1)
}

/// Whether the memory reaches that far, now that it may have grown.
#[inline(never)]
unsafe fn reach(end: usize) -> bool {
    if end <= END {
        return true;
    }
    END = core::arch::wasm32::memory_size(0) * PAGE;
    if end <= END {
        return true;
    }
    // Some more than is needed, so that growing is rare.
    let missing = (end - END + PAGE - 1) / PAGE;
    if core::arch::wasm32::memory_grow(0, missing + 16) == usize::MAX && core::arch::wasm32::memory_grow(0, missing) == usize::MAX {
        return false;
    }
    END = core::arch::wasm32::memory_size(0) * PAGE;
    true
}

unsafe impl GlobalAlloc for Heap {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGN || layout.size() > 1 << 30 {
            return null_mut();
        }
        if TOP == 0 {
            TOP = round(&__heap_base as *const u8 as usize);
        }
        let at = TOP;
        let end = at + round(layout.size());
        if !reach(end) {
            return null_mut();
        }
        TOP = end;
        LIVE += 1;
        at as *mut u8
    }

    #[inline(never)]
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        LIVE -= 1;
        if LIVE == 0 {
            TOP = round(&__heap_base as *const u8 as usize);
        } else if ptr as usize + round(layout.size()) == TOP {
            TOP = ptr as usize;
        }
    }

    #[inline(never)]
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > 1 << 30 {
            return null_mut();
        }
        let at = ptr as usize;
        let old = round(layout.size());
        if at + old == TOP {
            if !reach(at + round(size)) {
                return null_mut();
            }
            TOP = at + round(size);
            return ptr;
        }
        if round(size) <= old {
            return ptr;
        }
        let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
        if !moved.is_null() {
            moved.copy_from_nonoverlapping(ptr, layout.size());
            LIVE -= 1;
        }
        moved
    }
}
