//! Memory that is never given back: blocks of slots, and the links of nodes above the ground, which are used again by nodes of
//! the same height.

const PAGE: usize = 1 << 16;
const ALIGN: usize = 8;

static mut NEXT: usize = 0;
static mut END: usize = 0;

extern "C" {
    /// Set by the linker behind the stack and the static data.
    static __heap_base: u8;
}

/// The address of `size` zero bytes, or 0 where there is no memory left.
pub unsafe fn take(size: usize) -> usize {
    if !ensure(size) {
        return 0;
    }
    let at = NEXT;
    NEXT = at + round(size);
    at
}

/// Whether `size` bytes can be taken. Memory grows by little where little is asked for, as whoever runs this sees to it that
/// many small steps are no more expensive than few large ones.
#[inline(never)]
pub unsafe fn ensure(size: usize) -> bool {
    if END == 0 {
        NEXT = round(&__heap_base as *const u8 as usize);
        END = core::arch::wasm32::memory_size(0) * PAGE;
    }
    if size > (1 << 30) {
        return false;
    }
    let wanted = NEXT + round(size);
    if wanted <= END {
        return true;
    }
    let pages = (wanted - END + PAGE - 1) / PAGE;
    if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
        return false;
    }
    END += pages * PAGE;
    true
}

fn round(size: usize) -> usize {
    (size + ALIGN - 1) & !(ALIGN - 1)
}
