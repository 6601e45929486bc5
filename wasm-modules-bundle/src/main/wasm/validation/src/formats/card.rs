//! Numbers of payment cards after ISO/IEC 7812, whose last digit is that of Luhn.

use super::fault::{fault, Check};
use super::reasons::*;

const FEWEST: usize = 13;
const MOST: usize = 19;

#[inline(never)]
pub fn card(text: &[u8]) -> Check {
    let mut digits = [0; MOST];
    let mut count = 0;
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' if count == MOST => return fault(&CARD_DIGITS, at),
            b'0'..=b'9' => {
                digits[count] = (byte - b'0') as u32;
                count += 1;
            }
            b' ' | b'-' => {
                if !is_digit(text, at.wrapping_sub(1)) || !is_digit(text, at + 1) {
                    return fault(&CARD_SEPARATOR, at);
                }
            }
            _ => return fault(&CARD_CHARACTER, at),
        }
    }
    if count < FEWEST {
        return fault(&CARD_DIGITS, text.len());
    }
    if luhn(&digits[..count]) % 10 != 0 {
        return fault(&CARD_CHECKSUM, text.len() - 1);
    }
    Ok(())
}

fn is_digit(text: &[u8], at: usize) -> bool {
    text.get(at).map_or(false, u8::is_ascii_digit)
}

/// The sum of the digits, of which every second one from the right counts twice.
fn luhn(digits: &[u32]) -> u32 {
    let mut sum = 0;
    for (place, &digit) in digits.iter().rev().enumerate() {
        let doubled = digit * (1 + place as u32 % 2);
        sum += doubled / 10 + doubled % 10;
    }
    sum
}
