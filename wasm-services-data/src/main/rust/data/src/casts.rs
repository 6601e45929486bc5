//! From values of one type to those of another.

use crate::arena::take;
use crate::decimal::{power, put as put_decimal};
use crate::double::{put as put_double, round};
use crate::machine::Machine;
use crate::numbers;
use crate::state::{NO_BOOLEAN, OVERFLOW, VALUE};
use crate::times;
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const INTEGER_TO_DOUBLE: i32 = 96;
const INTEGER_TO_DECIMAL: i32 = 97;
const DECIMAL_TO_DOUBLE: i32 = 98;
const DOUBLE_TO_INTEGER: i32 = 99;
const DOUBLE_TO_DECIMAL: i32 = 100;
const DECIMAL_TO_INTEGER: i32 = 101;
const TEXT_TO_INTEGER: i32 = 102;
const TEXT_TO_DOUBLE: i32 = 103;
const TEXT_TO_DECIMAL: i32 = 104;
const TEXT_TO_BOOLEAN: i32 = 105;
const TEXT_TO_TIME: i32 = 106;
const INTEGER_TO_TEXT: i32 = 107;
const DECIMAL_TO_TEXT: i32 = 108;
const BOOLEAN_TO_TEXT: i32 = 109;
const DATE_TO_TEXT: i32 = 110;
const TIME_TO_TEXT: i32 = 111;
const DATE_TO_TIME: i32 = 112;
const TIME_TO_DATE: i32 = 113;

/// 10 to the powers of 0 to 38, as the nearest doubles.
#[rustfmt::skip]
const POWERS: [f64; 39] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34, 1e35, 1e36, 1e37, 1e38,
];

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32, arguments: [i32; 4], texts: *const u8) -> Outcome<()> {
    match what {
        INTEGER_TO_DOUBLE..=DECIMAL_TO_INTEGER => between_numbers(machine, what, arguments[0]),
        TEXT_TO_INTEGER..=TEXT_TO_TIME => from_text(machine, what, arguments, texts),
        INTEGER_TO_TEXT..=TIME_TO_TEXT => to_text(machine, what, arguments[0] as usize),
        DATE_TO_TIME => each(machine, |from, to, row| to.set_bits(row, (from.integer(row) * times::MICROS_OF_DAY) as u64)),
        TIME_TO_DATE => each(machine, |from, to, row| {
            to.set_bits(row, from.integer(row).div_euclid(times::MICROS_OF_DAY) as u64)
        }),
        _ => Err(REFUSED),
    }
}

#[inline(always)]
unsafe fn each(machine: &mut Machine, f: impl Fn(Vector, Vector, usize)) -> Outcome<()> {
    let to = Vector::new(machine.rows)?;
    each_to(machine, to, f)
}

/// From values of 64 bits to those of 128.
#[inline(always)]
unsafe fn each_wide(machine: &mut Machine, f: impl Fn(Vector, Vector, usize)) -> Outcome<()> {
    let from = machine.pop()?;
    machine.push(from)?;
    let to = Vector::wide(machine.rows)?;
    each_to(machine, to, f)?;
    machine.give_back(from, false);
    Ok(())
}

#[inline(never)]
unsafe fn each_to(machine: &mut Machine, to: Vector, f: impl Fn(Vector, Vector, usize)) -> Outcome<()> {
    let from = machine.pop()?;
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            f(from, to, row);
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn between_numbers(machine: &mut Machine, what: i32, scale: i32) -> Outcome<()> {
    let factor = POWERS[scale as usize % POWERS.len()];
    match what {
        INTEGER_TO_DOUBLE => each(machine, |from, to, row| put_double(to, row, from.integer(row) as f64)),
        INTEGER_TO_DECIMAL => {
            let unit = power(scale);
            each_wide(machine, |from, to, row| put_decimal(to, row, (from.integer(row) as i128).checked_mul(unit)))
        }
        DECIMAL_TO_DOUBLE => each(machine, |from, to, row| put_double(to, row, from.decimal(row) as f64 / factor)),
        DOUBLE_TO_INTEGER => each(machine, |from, to, row| {
            let value = from.double(row).trunc();
            // The bounds are the powers of two that doubles can be.
            if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value) {
                to.set_bits(row, value as i64 as u64);
            } else {
                to.set_state(row, OVERFLOW);
            }
        }),
        DOUBLE_TO_DECIMAL => each_wide(machine, |from, to, row| {
            let value = round(from.double(row) * factor);
            let fits = value.abs() < 1e38;
            put_decimal(to, row, if fits { Some(value as i128) } else { None });
        }),
        DECIMAL_TO_INTEGER => {
            let unit = power(scale);
            each(machine, |from, to, row| {
                let value = from.decimal(row) / unit;
                to.set_bits(row, value as u64);
                if value as i64 as i128 != value {
                    to.set_state(row, OVERFLOW);
                }
            })
        }
        _ => Err(REFUSED),
    }
}

#[inline(always)]
unsafe fn put(to: Vector, row: usize, value: Result<i64, u8>) {
    match value {
        Ok(value) => to.set_bits(row, value as u64),
        Err(state) => to.set_state(row, state),
    }
}

#[inline(never)]
unsafe fn from_text(machine: &mut Machine, what: i32, arguments: [i32; 4], texts: *const u8) -> Outcome<()> {
    match what {
        TEXT_TO_INTEGER => each(machine, |from, to, row| put(to, row, numbers::integer(from.text(row)))),
        TEXT_TO_DOUBLE => each(machine, |from, to, row| {
            put(to, row, numbers::double(from.text(row)).map(|value| value.to_bits() as i64))
        }),
        TEXT_TO_DECIMAL => each_wide(machine, |from, to, row| match numbers::decimal(from.text(row), arguments[0]) {
            Ok(value) => to.set_decimal(row, value),
            Err(state) => to.set_state(row, state),
        }),
        TEXT_TO_BOOLEAN => each(machine, |from, to, row| put(to, row, boolean(from.text(row)))),
        TEXT_TO_TIME => {
            let pattern = std::slice::from_raw_parts(texts.add(arguments[0] as usize), arguments[1] as usize);
            let is_date = arguments[2] != 0;
            each(machine, |from, to, row| put(to, row, times::read(from.text(row), pattern, is_date)))
        }
        _ => Err(REFUSED),
    }
}

fn boolean(text: &[u8]) -> Result<i64, u8> {
    let text = numbers::trimmed(text);
    if text == b"1" || text.eq_ignore_ascii_case(b"true") {
        Ok(1)
    } else if text == b"0" || text.eq_ignore_ascii_case(b"false") {
        Ok(0)
    } else {
        Err(NO_BOOLEAN)
    }
}

#[inline(never)]
unsafe fn to_text(machine: &mut Machine, what: i32, scale: usize) -> Outcome<()> {
    let room = if what == INTEGER_TO_TEXT || what == DECIMAL_TO_TEXT { numbers::ROOM } else { times::ROOM };
    let mut at = take(machine.rows * room)? as *mut u8;
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            let length = write(what, scale, from, row, at);
            to.set_text(row, std::slice::from_raw_parts(at, length));
            at = at.add(length);
        }
    }
    machine.push(to)
}

unsafe fn write(what: i32, scale: usize, from: Vector, row: usize, at: *mut u8) -> usize {
    if what == BOOLEAN_TO_TEXT {
        return copy(if from.bits(row) != 0 { b"true" } else { b"false" }, at);
    }
    if what == INTEGER_TO_TEXT || what == DECIMAL_TO_TEXT {
        let value = if what == DECIMAL_TO_TEXT { from.decimal(row) } else { from.integer(row) as i128 };
        let mut room = [0; numbers::ROOM];
        let begin = numbers::write(value, scale, &mut room);
        return copy(&room[begin..], at);
    }
    let mut room = [0; times::ROOM];
    let length = if what == DATE_TO_TEXT {
        times::write_date(from.integer(row), &mut room)
    } else {
        times::write_time(from.integer(row), &mut room)
    };
    copy(&room[..length], at)
}

unsafe fn copy(text: &[u8], at: *mut u8) -> usize {
    std::ptr::copy_nonoverlapping(text.as_ptr(), at, text.len());
    text.len()
}
