//! The hashes that sessions have begun and not yet finished.

use crate::Hasher;

static mut OPEN: Vec<Option<Box<dyn Hasher>>> = Vec::new();

/// The guest has one thread.
fn open() -> &'static mut Vec<Option<Box<dyn Hasher>>> {
    unsafe { &mut *std::ptr::addr_of_mut!(OPEN) }
}

/// Keeps a hash and answers its handle, a number from 1.
#[inline(never)]
pub fn begin(hasher: Box<dyn Hasher>) -> u32 {
    let open = open();
    match open.iter().position(Option::is_none) {
        Some(at) => {
            open[at] = Some(hasher);
            at as u32 + 1
        }
        None => {
            open.push(Some(hasher));
            open.len() as u32
        }
    }
}

pub fn get(handle: u32) -> Option<&'static mut Box<dyn Hasher>> {
    slot(handle)?.as_mut()
}

/// Takes a hash out, so that its handle means nothing any more.
pub fn end(handle: u32) -> Option<Box<dyn Hasher>> {
    slot(handle)?.take()
}

fn slot(handle: u32) -> Option<&'static mut Option<Box<dyn Hasher>>> {
    open().get_mut((handle as usize).wrapping_sub(1))
}
