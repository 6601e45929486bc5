//! Numbers from texts, and texts from them.

use crate::decimal::{fitting, DIGITS};
use crate::state::{NO_NUMBER, OVERFLOW};

const LONGEST: usize = 100;

pub fn trimmed(text: &[u8]) -> &[u8] {
    let (mut from, mut to) = (0, text.len());
    while from < to && text[from] <= b' ' {
        from += 1;
    }
    while to > from && text[to - 1] <= b' ' {
        to -= 1;
    }
    &text[from..to]
}

/// The sign, and what is behind it.
fn signed(text: &[u8]) -> (bool, &[u8]) {
    match text.first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

#[inline(never)]
pub fn integer(text: &[u8]) -> Result<i64, u8> {
    let (negative, digits) = signed(trimmed(text));
    if digits.is_empty() || digits.len() > LONGEST || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NO_NUMBER);
    }
    let mut value = 0i64;
    for digit in digits {
        let digit = (digit - b'0') as i64;
        let next = value.checked_mul(10).and_then(|tens| tens.checked_sub(digit));
        value = next.ok_or(OVERFLOW)?;
    }
    if negative {
        Ok(value)
    } else {
        value.checked_neg().ok_or(OVERFLOW)
    }
}

/// How many digits stand before the point and behind it, if there is nothing else before `end`.
fn parts(text: &[u8], end: usize) -> Option<(usize, usize)> {
    let mut whole = 0;
    while whole < end && text[whole].is_ascii_digit() {
        whole += 1;
    }
    if whole == end {
        return if whole == 0 { None } else { Some((whole, 0)) };
    }
    let fraction = end - whole - 1;
    let sound = text[whole] == b'.' && text[whole + 1..end].iter().all(u8::is_ascii_digit);
    if sound && whole + fraction > 0 {
        Some((whole, fraction))
    } else {
        None
    }
}

#[inline(never)]
pub fn decimal(text: &[u8], scale: i32) -> Result<i128, u8> {
    let (negative, text) = signed(trimmed(text));
    if text.len() > LONGEST {
        return Err(NO_NUMBER);
    }
    let (whole, fraction) = parts(text, text.len()).ok_or(NO_NUMBER)?;
    let scale = scale as usize;
    let mut value = 0i128;
    for place in 0..whole + scale {
        let at = if place < whole { place } else { place + 1 };
        let digit = if place < whole + fraction { text[at] - b'0' } else { 0 };
        if value >= i128::MAX / 10 {
            return Err(OVERFLOW);
        }
        value = value * 10 + digit as i128;
    }
    if fraction > scale && text[whole + 1 + scale] >= b'5' {
        value += 1;
    }
    fitting(if negative { -value } else { value }).ok_or(OVERFLOW)
}

#[inline(never)]
pub fn double(text: &[u8]) -> Result<f64, u8> {
    let text = trimmed(text);
    if text.len() > LONGEST || !is_double(signed(text).1) {
        return Err(NO_NUMBER);
    }
    let digits = unsafe { std::str::from_utf8_unchecked(text) };
    let value = digits.parse::<f64>().map_err(|_| NO_NUMBER)?;
    if value.is_infinite() {
        Err(OVERFLOW)
    } else {
        Ok(value + 0.0)
    }
}

fn is_double(text: &[u8]) -> bool {
    let exponent = text.iter().position(|&byte| byte == b'e' || byte == b'E');
    let end = exponent.unwrap_or(text.len());
    if parts(text, end).is_none() {
        return false;
    }
    if end == text.len() {
        return true;
    }
    let power = signed(&text[end + 1..]).1;
    !power.is_empty() && power.len() <= 6 && power.iter().all(u8::is_ascii_digit)
}

/// Room for any number.
pub const ROOM: usize = DIGITS + 4;

/// Writes a number with so many digits behind the point, and answers with where it begins in `room`.
#[inline(never)]
pub fn write(value: i128, scale: usize, room: &mut [u8; ROOM]) -> usize {
    let mut rest = value.unsigned_abs();
    let mut at = ROOM;
    let mut digits = 0;
    while rest > 0 || digits <= scale {
        if digits == scale && scale > 0 {
            at -= 1;
            room[at] = b'.';
        }
        at -= 1;
        let digit = if rest >> 64 == 0 {
            let short = rest as u64;
            rest = (short / 10) as u128;
            short % 10
        } else {
            let digit = rest % 10;
            rest /= 10;
            digit as u64
        };
        room[at] = b'0' + digit as u8;
        digits += 1;
    }
    if value < 0 {
        at -= 1;
        room[at] = b'-';
    }
    at
}
