//! The hash module: checksums, fast hashes and digests, of bytes in one piece or in many.
//!
//! One-shot operations keep nothing. What a session begins with a `..._new` export lives in the
//! instance until it is finished.

mod blake2b;
mod blake3;
mod checks;
mod murmur;
mod sha1;
mod sha512;
mod xxh3;
mod xxh32;

use abi::{buffer, bytes as input, error};
use blake2b::Blake2b;
use blake3::Blake3;
use checks::{Adler32, Crc, Fnv32, Fnv64, CRC32, CRC32C};
use hashing::xxh64::Xxh64;
use hashing::{progress, Hasher};
use murmur::{Murmur128, Murmur32};
use sha1::Sha1;
use sha512::Sha512;
use xxh32::Xxh32;
use xxh3::{Xxh128, Xxh3};

/// One-shot operations: everything at once.
macro_rules! one_shot {
    ($($name:ident($($seed:ident: $type:ty)?) -> $result:ty, $hasher:expr, $answer:expr;)*) => {$(
        /// # Safety
        /// See [`abi::bytes`].
        #[no_mangle]
        pub unsafe extern "C" fn $name(ptr: *const u8, len: usize $(, $seed: $type)?) -> $result {
            let mut hasher = $hasher;
            hasher.update(input(ptr, len));
            $answer(hasher)
        }
    )*};
}

/// Exports for sessions: each answers a handle for `update` and `finish`.
macro_rules! incremental {
    ($($name:ident($($seed:ident: $type:ty)?), $hasher:expr;)*) => {$(
        #[no_mangle]
        pub extern "C" fn $name($($seed: $type)?) -> u32 {
            progress::begin(Box::new($hasher))
        }
    )*};
}

one_shot! {
    xxh32(seed: u32) -> u32, Xxh32::new(seed), |hash: Xxh32| hash.value();
    xxh64(seed: u64) -> u64, Xxh64::new(seed), |hash: Xxh64| hash.value();
    murmur32(seed: u32) -> u32, Murmur32::new(seed), |mut hash: Murmur32| hash.value();
    murmur128(seed: u32) -> u64, Murmur128::new(seed), digest;
    crc32() -> u32, Crc::new(&CRC32), |hash: Crc| hash.value();
    crc32c() -> u32, Crc::new(&CRC32C), |hash: Crc| hash.value();
    adler32() -> u32, Adler32::new(), |hash: Adler32| hash.value();
    fnv1a32() -> u32, Fnv32::new(), |hash: Fnv32| hash.0;
    fnv1a64() -> u64, Fnv64::new(), |hash: Fnv64| hash.0;
    sha1() -> u64, Sha1::new(), digest;
    sha512() -> u64, Sha512::new(), digest;
    blake2b() -> u64, Blake2b::new(), digest;
    blake3() -> u64, Blake3::new(), digest;
}

fn digest(mut hasher: impl Hasher) -> u64 {
    buffer(hasher.finish())
}

/// XXH3 with 64 bits.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn xxh3(ptr: *const u8, len: usize, seed: u64) -> u64 {
    xxh3::xxh3(input(ptr, len), seed)
}

/// XXH3 with 128 bits, the most significant byte first.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn xxh128(ptr: *const u8, len: usize, seed: u64) -> u64 {
    buffer(xxh3::xxh128(input(ptr, len), seed).to_be_bytes().to_vec())
}

incremental! {
    xxh32_new(seed: u32), Xxh32::new(seed);
    xxh64_new(seed: u64), Xxh64::new(seed);
    xxh3_new(seed: u64), Xxh3::new(seed);
    xxh128_new(seed: u64), Xxh128::new(seed);
    murmur32_new(seed: u32), Murmur32::new(seed);
    murmur128_new(seed: u32), Murmur128::new(seed);
    crc32_new(), Crc::new(&CRC32);
    crc32c_new(), Crc::new(&CRC32C);
    adler32_new(), Adler32::new();
    fnv1a32_new(), Fnv32::new();
    fnv1a64_new(), Fnv64::new();
    sha1_new(), Sha1::new();
    sha512_new(), Sha512::new();
    blake2b_new(), Blake2b::new();
    blake3_new(), Blake3::new();
}

/// Takes the next bytes of a hash that has been begun; zero, or an error.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn update(handle: u32, ptr: *const u8, len: usize) -> u64 {
    match progress::get(handle) {
        Some(hasher) => {
            hasher.update(input(ptr, len));
            0
        }
        None => unknown(),
    }
}

/// The hash of all that was taken; the handle means nothing afterwards.
#[no_mangle]
pub extern "C" fn finish(handle: u32) -> u64 {
    match progress::end(handle) {
        Some(mut hasher) => buffer(hasher.finish()),
        None => unknown(),
    }
}

fn unknown() -> u64 {
    error("hash.handle", "no hash with this handle has been begun and not finished", None)
}
