//! UUIDs after RFC 9562.

use super::characters::is_hex;
use super::fault::{fault, Check};
use super::reasons::*;

const LENGTH: usize = 36;
const VERSION: usize = 14;
const VARIANT: usize = 19;

/// Checks a UUID, of a certain version if that is not zero.
#[inline(never)]
pub fn uuid(text: &[u8], version: u8) -> Check {
    for at in 0..LENGTH.min(text.len()) {
        if matches!(at, 8 | 13 | 18 | 23) {
            if text[at] != b'-' {
                return fault(&UUID_HYPHEN, at);
            }
        } else if !is_hex(text[at]) {
            return fault(&UUID_DIGIT, at);
        }
    }
    if text.len() != LENGTH {
        return fault(&UUID_LENGTH, LENGTH.min(text.len()));
    }
    if version > 0 && text[VERSION] != b'0' + version {
        return fault(&UUID_VERSION, VERSION);
    }
    if version > 0 && !matches!(text[VARIANT], b'8' | b'9' | b'a' | b'b' | b'A' | b'B') {
        return fault(&UUID_VARIANT, VARIANT);
    }
    Ok(())
}
