//! Numbers of any size and precision, as their digits.

use super::stop::{stop, Code, Stop};
use std::cmp::Ordering;

/// Beyond these, exponents are all the same to us.
const FAR: i64 = 1 << 50;

/// How many steps a division may take.
const DIVISION: usize = 50_000_000;

/// `0.digits * 10^exponent`, without zeros at either end of the digits; zero has none.
pub struct Decimal {
    pub negative: bool,
    pub digits: Vec<u8>,
    pub exponent: i64,
}

impl Decimal {
    /// Reads a valid JSON number.
    #[inline(never)]
    pub fn read(lexeme: &[u8]) -> Self {
        let negative = lexeme.first() == Some(&b'-');
        let mut digits = Vec::with_capacity(lexeme.len());
        let mut exponent: i64 = 0;
        let mut fraction = false;
        let mut rest = &lexeme[negative as usize..];
        while let Some((&byte, tail)) = rest.split_first() {
            match byte {
                b'.' => fraction = true,
                b'0'..=b'9' => {
                    if !(byte == b'0' && digits.is_empty()) {
                        digits.push(byte - b'0');
                        exponent += !fraction as i64;
                    } else if fraction {
                        exponent -= 1;
                    }
                }
                _ => {
                    exponent += power(tail);
                    break;
                }
            }
            rest = tail;
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            return Decimal { negative: false, digits, exponent: 0 };
        }
        Decimal { negative, digits, exponent }
    }

    pub fn is_integer(&self) -> bool {
        self.digits.is_empty() || self.exponent >= self.digits.len() as i64
    }

    /// The number as a count; negative ones are zero, and large ones as large as can be.
    pub fn count(&self) -> u64 {
        if self.negative || self.exponent <= 0 {
            return 0;
        }
        if self.exponent > 18 {
            return u64::MAX;
        }
        let digit = |at: i64| self.digits.get(at as usize).copied().unwrap_or(0) as u64;
        (0..self.exponent).fold(0, |count, at| count * 10 + digit(at))
    }

    #[inline(never)]
    pub fn compare(&self, other: &Decimal) -> Ordering {
        match (self.sign(), other.sign()) {
            (one, two) if one != two => one.cmp(&two),
            (0, _) => Ordering::Equal,
            (sign, _) => {
                let size =
                    self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
                if sign < 0 {
                    size.reverse()
                } else {
                    size
                }
            }
        }
    }

    fn sign(&self) -> i32 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (_, true) => -1,
            _ => 1,
        }
    }

    /// Whether this is a whole number of times `divisor`, which is not zero.
    #[inline(never)]
    pub fn is_multiple_of(&self, divisor: &Decimal) -> Result<bool, Stop> {
        if self.digits.is_empty() {
            return Ok(true);
        }
        // With both sides as a whole number, not divisible by ten, times a power of ten.
        let power = self.scale() - divisor.scale();
        if power < 0 {
            return Ok(false);
        }
        // A divisor of n digits has fewer than 4n factors of two or of five: more zeros change nothing.
        let zeros = (power as u64).min(4 * divisor.digits.len() as u64 + 4) as usize;
        let limbs = divisor.digits.len() / 9 + 1;
        if (self.digits.len() + zeros).saturating_mul(limbs) > DIVISION / 10 {
            return Err(stop(Code::Limit, &["a number has too many digits for 'multipleOf'"]));
        }
        Ok(divides(&divisor.digits, &self.digits, zeros))
    }

    fn scale(&self) -> i64 {
        self.exponent - self.digits.len() as i64
    }
}

/// The exponent behind the `e` of a number.
fn power(digits: &[u8]) -> i64 {
    let mut power: i64 = 0;
    for &byte in digits {
        if let b'0'..=b'9' = byte {
            power = (power * 10 + (byte - b'0') as i64).min(FAR);
        }
    }
    if digits.first() == Some(&b'-') {
        -power
    } else {
        power
    }
}

const LIMB: u32 = 1_000_000_000;

/// Whether the digits, followed by zeros, are divisible by others; digit by digit as at school.
#[inline(never)]
fn divides(divisor: &[u8], digits: &[u8], zeros: usize) -> bool {
    let divisor = limbs(divisor);
    let mut rest = vec![0u32; divisor.len()];
    for at in 0..digits.len() + zeros {
        let carry = shift(&mut rest, digits.get(at).copied().unwrap_or(0) as u32);
        let mut high = carry;
        while high > 0 || !less(&rest, &divisor) {
            high -= subtract(&mut rest, &divisor);
        }
    }
    rest.iter().all(|&limb| limb == 0)
}

/// Nine digits to a limb, the least significant limb first.
fn limbs(digits: &[u8]) -> Vec<u32> {
    digits
        .rchunks(9)
        .map(|chunk| chunk.iter().fold(0, |limb, &digit| limb * 10 + digit as u32))
        .collect()
}

/// Multiplies by ten and adds; answers what does not fit.
fn shift(limbs: &mut [u32], digit: u32) -> u32 {
    let mut carry = digit;
    for limb in limbs.iter_mut() {
        let wide = *limb as u64 * 10 + carry as u64;
        *limb = (wide % LIMB as u64) as u32;
        carry = (wide / LIMB as u64) as u32;
    }
    carry
}

fn less(one: &[u32], other: &[u32]) -> bool {
    for (one, other) in one.iter().zip(other).rev() {
        if one != other {
            return one < other;
        }
    }
    false
}

/// Subtracts; answers the borrow.
fn subtract(limbs: &mut [u32], other: &[u32]) -> u32 {
    let mut borrow = 0;
    for (limb, &other) in limbs.iter_mut().zip(other) {
        let minus = other + borrow;
        borrow = (*limb < minus) as u32;
        *limb = *limb + borrow * LIMB - minus;
    }
    borrow
}
