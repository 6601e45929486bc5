//! Checks of widespread text formats, each of which reads its input once, from left to right, and
//! stops at the first thing wrong.

mod card;
mod characters;
mod date;
mod duration;
mod email;
mod fault;
mod hostname;
mod ip;
mod punycode;
mod reader;
mod reasons;
mod time;
mod uri;
mod utf8;
mod uuid;

use abi::{bytes as input, error};
use fault::{in_bytes, in_units};

/// Operations without options, which answer where a text departs from its format.
macro_rules! operations {
    ($($name:ident: $check:path;)*) => {$(
        /// # Safety
        /// See [`abi::bytes`].
        #[no_mangle]
        pub unsafe extern "C" fn $name(ptr: *const u8, len: usize) -> u64 {
            let text = input(ptr, len);
            in_units(text, $check(text))
        }
    )*};
}

operations! {
    ipv4: ip::ipv4;
    uri: uri::uri;
    uri_reference: uri::reference;
    date: date::date;
    week_date: date::week_date;
    ordinal_date: date::ordinal_date;
    time: time::time;
    local_time: time::local_time;
    date_time: time::date_time;
    local_date_time: time::local_date_time;
    duration: duration::duration;
    credit_card: card::card;
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn email(ptr: *const u8, len: usize, international: i32) -> u64 {
    let text = input(ptr, len);
    in_units(text, email::email(text, international != 0))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn hostname(ptr: *const u8, len: usize, international: i32) -> u64 {
    let text = input(ptr, len);
    in_units(text, hostname::hostname(text, 0, len, international != 0))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn ipv6(ptr: *const u8, len: usize, zone: i32) -> u64 {
    let text = input(ptr, len);
    in_units(text, ip::ipv6(text, 0, len, zone != 0))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn url(
    ptr: *const u8,
    len: usize,
    schemes_ptr: *const u8,
    schemes_len: usize,
) -> u64 {
    let schemes = input(schemes_ptr, schemes_len);
    if !uri::are_schemes(schemes) {
        return error("validation.schemes", "schemes must be names between single commas", None);
    }
    let text = input(ptr, len);
    in_units(text, uri::url(text, schemes))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn uuid(ptr: *const u8, len: usize, version: i32) -> u64 {
    if !(0..=8).contains(&version) {
        return error("validation.version", "version must be between 0 and 8", None);
    }
    let text = input(ptr, len);
    in_units(text, uuid::uuid(text, version as u8))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn utf8(ptr: *const u8, len: usize) -> u64 {
    in_bytes(utf8::utf8(input(ptr, len)))
}
