//! The schemas that a session keeps.

use super::schemas::Schemas;
use super::stop::{stop, Code, Stop};

static mut KEPT: Vec<Option<Box<Schemas>>> = Vec::new();

/// A module has one thread, and no export calls another.
fn kept() -> &'static mut Vec<Option<Box<Schemas>>> {
    unsafe { &mut *std::ptr::addr_of_mut!(KEPT) }
}

/// Keeps schemas; answers their handle, which is not zero.
pub fn keep(schemas: Schemas) -> u32 {
    let kept = kept();
    let free = kept.iter().position(Option::is_none).unwrap_or(kept.len());
    if free == kept.len() {
        kept.push(None);
    }
    kept[free] = Some(Box::new(schemas));
    free as u32 + 1
}

fn slot(handle: u32) -> Result<&'static mut Option<Box<Schemas>>, Stop> {
    match kept().get_mut((handle as usize).wrapping_sub(1)) {
        Some(slot) if slot.is_some() => Ok(slot),
        _ => Err(stop(
            Code::Handle,
            &["no schema with this handle has been compiled and not released"],
        )),
    }
}

pub fn get(handle: u32) -> Result<&'static Schemas, Stop> {
    match slot(handle)?.as_deref() {
        Some(schemas) => Ok(schemas),
        None => Err(Stop::memory()),
    }
}

pub fn release(handle: u32) -> Result<(), Stop> {
    *slot(handle)? = None;
    Ok(())
}
