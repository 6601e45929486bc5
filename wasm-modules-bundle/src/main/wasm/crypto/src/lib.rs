//! The crypto module: SHA-256, HMAC-SHA-256 and MD5 in one piece or in many, AES in counter mode and
//! GCM.
//!
//! What is executed and which addresses are read depend on lengths and on whether a tag fits, never
//! else on keys or data. No call leaves secrets behind in memory, except what a session begins with a
//! `..._new` export, which lives in the instance until it is finished.

mod aes;
mod blocks;
mod ctr;
mod gcm;
mod ghash;
mod hmac;
mod md5;
mod sbox;
mod sha256;
mod traces;

use abi::{buffer, bytes as input, error};
use aes::Aes;
use ctr::Counter;
use gcm::{Gcm, TAG};
use hashing::{progress, Hasher};
use hmac::Hmac;
use md5::Md5;
use sha256::Sha256;
use traces::leaving_none;

/// What is answered instead of a result: code and message.
struct Refusal(&'static str, String);

type Answer = Result<Vec<u8>, Refusal>;

fn answer(work: impl FnOnce() -> Answer) -> u64 {
    match leaving_none(work) {
        Ok(bytes) => buffer(bytes),
        Err(Refusal(code, message)) => error(code, &message, None),
    }
}

fn digest(mut hasher: impl Hasher, data: &[u8]) -> Answer {
    hasher.update(data);
    Ok(hasher.finish())
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn sha256(ptr: *const u8, len: usize) -> u64 {
    answer(|| digest(Sha256::new(), input(ptr, len)))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn md5(ptr: *const u8, len: usize) -> u64 {
    answer(|| digest(Md5::new(), input(ptr, len)))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn hmac_sha256(
    key: *const u8,
    key_len: usize,
    ptr: *const u8,
    len: usize,
) -> u64 {
    answer(|| digest(Hmac::new(input(key, key_len)), input(ptr, len)))
}

/// Encrypts or decrypts.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn aes_ctr(
    key: *const u8,
    key_len: usize,
    counter: *const u8,
    counter_len: usize,
    ptr: *const u8,
    len: usize,
) -> u64 {
    answer(|| {
        let aes = Aes::new(aes_key(input(key, key_len))?);
        let counter = counter_block(input(counter, counter_len))?;
        let mut data = copy(input(ptr, len), 0)?;
        ctr::apply(&aes, Counter::whole(u128::from_be_bytes(counter)), &mut data);
        Ok(data)
    })
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn aes_gcm_encrypt(
    key: *const u8,
    key_len: usize,
    nonce: *const u8,
    nonce_len: usize,
    aad: *const u8,
    aad_len: usize,
    ptr: *const u8,
    len: usize,
) -> u64 {
    answer(|| {
        let gcm = gcm(input(key, key_len), input(nonce, nonce_len), input(aad, aad_len))?;
        let mut data = copy(input(ptr, len), TAG)?;
        let tag = gcm.encrypt(&mut data);
        data.extend_from_slice(&tag);
        Ok(data)
    })
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn aes_gcm_decrypt(
    key: *const u8,
    key_len: usize,
    nonce: *const u8,
    nonce_len: usize,
    aad: *const u8,
    aad_len: usize,
    ptr: *const u8,
    len: usize,
) -> u64 {
    answer(|| {
        let gcm = gcm(input(key, key_len), input(nonce, nonce_len), input(aad, aad_len))?;
        let data = input(ptr, len);
        let (data, tag) = data.split_at(data.len().saturating_sub(TAG));
        let tag = tag.try_into().map_err(|_| forged())?;
        let mut data = copy(data, 0)?;
        if gcm.decrypt(&mut data, tag) {
            Ok(data)
        } else {
            Err(forged())
        }
    })
}

fn gcm<'a>(key: &[u8], nonce: &[u8], aad: &'a [u8]) -> Result<Gcm<'a>, Refusal> {
    let key = aes_key(key)?;
    if nonce.is_empty() {
        let message = "the nonce is empty; GCM needs at least one byte and is made for 12";
        return Err(Refusal("crypto.nonce", message.to_owned()));
    }
    Ok(Gcm::new(key, nonce, aad))
}

fn aes_key(key: &[u8]) -> Result<&[u8], Refusal> {
    if key.len() == 16 || key.len() == 32 {
        return Ok(key);
    }
    let ask = "; AES-128 takes 16 and AES-256 takes 32 (for AES-192 use javax.crypto.Cipher)";
    Err(Refusal("crypto.key", count("the key has ", key.len(), ask)))
}

fn counter_block(bytes: &[u8]) -> Result<[u8; 16], Refusal> {
    bytes.try_into().map_err(|_| {
        Refusal("crypto.nonce", count("the counter block has ", bytes.len(), "; AES takes 16"))
    })
}

fn forged() -> Refusal {
    let message = "the tag does not fit: another key, nonce or additional data, or changed bytes";
    Refusal("crypto.tag", message.to_owned())
}

fn count(before: &str, bytes: usize, after: &str) -> String {
    let mut message = before.as_bytes().to_vec();
    abi::decimal(&mut message, bytes);
    message.extend_from_slice(b" bytes");
    message.extend_from_slice(after.as_bytes());
    unsafe { String::from_utf8_unchecked(message) }
}

/// A copy with room for `more` bytes behind it.
fn copy(bytes: &[u8], more: usize) -> Answer {
    let mut copy = Vec::new();
    if copy.try_reserve_exact(bytes.len() + more).is_err() {
        let message = "the memory limit of the module leaves no room for the answer";
        return Err(Refusal("crypto.memory", message.to_owned()));
    }
    copy.extend_from_slice(bytes);
    Ok(copy)
}

#[no_mangle]
pub extern "C" fn sha256_new() -> u32 {
    progress::begin(Box::new(Sha256::new()))
}

#[no_mangle]
pub extern "C" fn md5_new() -> u32 {
    progress::begin(Box::new(Md5::new()))
}

/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn hmac_sha256_new(key: *const u8, len: usize) -> u32 {
    leaving_none(|| progress::begin(Box::new(Hmac::new(input(key, len)))))
}

/// Takes the next bytes of a hash that has been begun; zero, or an error.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn update(handle: u32, ptr: *const u8, len: usize) -> u64 {
    match progress::get(handle) {
        Some(hasher) => {
            leaving_none(|| hasher.update(input(ptr, len)));
            0
        }
        None => unknown(),
    }
}

/// The hash of all that was taken; the handle means nothing afterwards.
#[no_mangle]
pub extern "C" fn finish(handle: u32) -> u64 {
    match progress::end(handle) {
        Some(mut hasher) => buffer(leaving_none(|| hasher.finish())),
        None => unknown(),
    }
}

fn unknown() -> u64 {
    error("crypto.handle", "no hash with this handle has been begun and not finished", None)
}
