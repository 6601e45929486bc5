//! Parts of dates and of instants in UTC, and instants in a zone.

use crate::machine::Machine;
use crate::state::VALUE;
use crate::times::{checked_days, date, days, MICROS_OF_DAY};
use crate::vector::Vector;
use crate::zones::Zone;
use crate::{Outcome, REFUSED};

const OF_DATE: i32 = 144;
const OF_TIME: i32 = 145;
const CHECK_DATE: i32 = 146;
const TO_ZONE: i32 = 147;
const FROM_ZONE: i32 = 148;

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32, arguments: [i32; 4], texts: *const u8) -> Outcome<()> {
    let field = arguments[0];
    match what {
        OF_DATE => one(machine, |value| Ok(of_date(field, value))),
        OF_TIME => one(machine, |value| Ok(of_time(field, value.rem_euclid(MICROS_OF_DAY) / 1_000_000))),
        CHECK_DATE => one(machine, checked_days),
        TO_ZONE | FROM_ZONE => {
            let zone = Zone::at(texts.add(field as usize), arguments[1])?;
            if what == TO_ZONE {
                one(machine, |value| zone.to_local(value))
            } else {
                one(machine, |value| zone.from_local(value))
            }
        }
        _ => Err(REFUSED),
    }
}

fn of_date(field: i32, since: i64) -> i64 {
    let date = date(since);
    match field {
        0 => date.year,
        1 => date.month,
        2 => date.day,
        // 1970 began on a Thursday; Monday is 1.
        3 => (since + 3).rem_euclid(7) + 1,
        4 => (date.month + 2) / 3,
        5 => days(date.year, 1, 1),
        _ => days(date.year, date.month, 1),
    }
}

fn of_time(field: i32, second: i64) -> i64 {
    match field {
        0 => second / 3_600,
        1 => second / 60 % 60,
        _ => second % 60,
    }
}

#[inline(never)]
unsafe fn one(machine: &mut Machine, f: impl Fn(i64) -> Result<i64, u8>) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            match f(from.integer(row)) {
                Ok(value) => to.set_bits(row, value as u64),
                Err(state) => to.set_state(row, state),
            }
        }
    }
    machine.push(to)
}
