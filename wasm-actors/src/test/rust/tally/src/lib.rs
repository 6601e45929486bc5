//! An actor that counts. It takes JSON and answers with JSON, as wasm-actors has it, and misbehaves when it is told to.

mod guest;
mod json;

use guest::{answer, bytes, refuse};

static mut COUNT: i64 = 0;
static mut MESSAGES: i64 = 0;

/// Begins with what the configuration says under "start".
///
/// # Safety
/// The host keeps `ptr..ptr + len` alive and unchanged during the call, as it does in all calls here.
#[no_mangle]
pub unsafe extern "C" fn init(ptr: *const u8, len: usize) -> u64 {
    let config = json::field(bytes(ptr, len), "config").unwrap_or(b"null");
    if json::field(config, "broken").is_some() {
        std::process::abort();
    }
    COUNT = json::field(config, "start").and_then(json::integer).unwrap_or(0);
    json::field(config, "effects").map_or(0, |effects| answer(effects.to_vec()))
}

/// # Safety
/// See `init`.
#[no_mangle]
pub unsafe extern "C" fn receive(ptr: *const u8, len: usize) -> u64 {
    let message = bytes(ptr, len);
    let name = json::field(message, "message").unwrap_or(b"\"\"");
    let body = json::field(message, "body").unwrap_or(b"null");
    MESSAGES += 1;
    match name {
        b"\"add\"" => {
            COUNT += json::integer(body).unwrap_or(1);
            reply(COUNT)
        }
        b"\"count\"" => reply(COUNT),
        b"\"messages\"" => reply(MESSAGES),
        b"\"echo\"" => answer([b"{\"effects\":[{\"do\":\"reply\",\"body\":", body, b"}]}"].concat()),
        // The body is what it is to answer.
        b"\"effects\"" => answer(body.to_vec()),
        b"\"refuse\"" => refuse(br#"{"code":"NOT_TODAY","message":"the tally is closed"}"#.to_vec()),
        b"\"trap\"" => std::process::abort(),
        b"\"loop\"" => loop {
            (&mut COUNT as *mut i64).write_volatile(COUNT);
        },
        b"\"hoard\"" => loop {
            hoard(vec![1u8; 1 << 20]);
        },
        b"\"outside\"" => u64::from(u32::MAX - 8) << 32 | 64,
        _ => 0,
    }
}

#[inline(never)]
unsafe fn hoard(bytes: Vec<u8>) {
    COUNT += i64::from(Box::leak(bytes.into_boxed_slice())[0]);
}

unsafe fn reply(number: i64) -> u64 {
    answer(format!("{{\"effects\":[{{\"do\":\"reply\",\"body\":{number}}}]}}").into_bytes())
}

/// What it knows, for another instance.
///
/// # Safety
/// See `init`.
#[no_mangle]
pub unsafe extern "C" fn snapshot() -> u64 {
    answer([COUNT.to_le_bytes(), MESSAGES.to_le_bytes()].concat())
}

/// # Safety
/// See `init`.
#[no_mangle]
pub unsafe extern "C" fn restore(ptr: *const u8, len: usize) {
    let state = bytes(ptr, len);
    COUNT = i64::from_le_bytes(state[..8].try_into().unwrap());
    MESSAGES = i64::from_le_bytes(state[8..].try_into().unwrap());
}
