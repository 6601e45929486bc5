//! Number literals as JSON numbers with the same value.

/// Base of the digits of a big number.
const BASE: u64 = 1_000_000_000;

#[inline(never)]
pub fn json(out: &mut Vec<u8>, raw: &[u8]) {
    let digits: Vec<u8> = raw.iter().copied().filter(|&byte| byte != b'_').collect();
    let radix = match digits.get(1).map_or(0, |byte| byte | 0x20) {
        _ if digits.is_empty() || digits[0] != b'0' => 10,
        b'x' => 16,
        b'o' => 8,
        b'b' => 2,
        _ => 10,
    };
    if radix != 10 {
        return whole(out, &digits[2..], radix);
    }
    if digits.len() > 1 && digits[0] == b'0' && digits.iter().all(|byte| (b'0'..=b'7').contains(byte)) {
        return whole(out, &digits[1..], 8);
    }
    fraction(out, &digits);
}

/// A whole number of any length, in decimal.
fn whole(out: &mut Vec<u8>, digits: &[u8], radix: u64) {
    let mut parts: Vec<u32> = vec![0];
    for &digit in digits {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            _ => (digit | 0x20) - b'a' + 10,
        };
        let mut carry = value.min(15) as u64;
        for part in parts.iter_mut() {
            let sum = *part as u64 * radix + carry;
            *part = (sum % BASE) as u32;
            carry = sum / BASE;
        }
        if carry > 0 {
            parts.push(carry as u32);
        }
        // No number is that large: what follows changes nothing but its size.
        if parts.len() > 64 {
            return out.extend_from_slice(b"1e999");
        }
    }
    let mut first = true;
    for &part in parts.iter().rev() {
        let mut text = [b'0'; 9];
        let mut rest = part;
        for place in text.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let zeros = if first { text.iter().take(8).take_while(|&&digit| digit == b'0').count() } else { 0 };
        out.extend_from_slice(&text[zeros..]);
        first = false;
    }
}

/// A decimal number, whose zeros and points JSON may not have.
fn fraction(out: &mut Vec<u8>, digits: &[u8]) {
    let whole = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let zeros = digits[..whole].iter().take_while(|&&byte| byte == b'0').count();
    if zeros == whole {
        out.push(b'0');
    } else {
        out.extend_from_slice(&digits[zeros..whole]);
    }
    let mut at = whole;
    if at < digits.len() && digits[at] == b'.' {
        let places = digits[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if places > 0 {
            out.extend_from_slice(&digits[at..at + 1 + places]);
        }
        at += 1 + places;
    }
    let exponent: Vec<u8> = digits[at..].iter().copied().take_while(|&byte| matches!(byte, b'e' | b'E' | b'+' | b'-' | b'0'..=b'9')).collect();
    if exponent.last().map_or(false, |byte| byte.is_ascii_digit()) && exponent.len() > 1 {
        out.extend_from_slice(&exponent);
    }
}
