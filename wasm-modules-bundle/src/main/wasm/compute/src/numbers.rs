//! Arrays of numbers in and out, and what can be wrong with them.

use abi::error;
use std::mem::{align_of, size_of};

pub struct Fault {
    code: &'static str,
    message: &'static str,
}

pub fn shape<T>(message: &'static str) -> Result<T, Fault> {
    Err(Fault { code: "compute.shape", message })
}

pub fn limit<T>(message: &'static str) -> Result<T, Fault> {
    Err(Fault { code: "compute.limit", message })
}

pub fn kernel<T>(message: &'static str) -> Result<T, Fault> {
    Err(Fault { code: "compute.kernel", message })
}

/// The number, if it is at least one.
pub fn positive(number: i32) -> Option<usize> {
    (number > 0).then_some(number as usize)
}

/// The numbers of a buffer argument. Through a session anything may arrive here.
///
/// # Safety
/// See [`abi::bytes`]; `T` must be a plain number.
pub unsafe fn input<'a, T>(ptr: *const u8, len: usize) -> Result<&'a [T], Fault> {
    if len % size_of::<T>() != 0 || ptr as usize % align_of::<T>() != 0 {
        return shape("an array must stand at a multiple of the size of its numbers and be whole");
    }
    Ok(std::slice::from_raw_parts(ptr as *const T, len / size_of::<T>()))
}

/// Hands numbers, or what is wrong, to the host.
pub fn answer<T>(numbers: Result<Vec<T>, Fault>) -> u64 {
    match numbers {
        Ok(numbers) => {
            let numbers = Box::leak(numbers.into_boxed_slice());
            let len = numbers.len() * size_of::<T>();
            (numbers.as_ptr() as usize as u64) << 32 | len as u64
        }
        Err(fault) => error(fault.code, fault.message, None),
    }
}
