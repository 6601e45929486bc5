//! Times after RFC 3339, with an offset from UTC and without.

use super::date::full_date;
use super::fault::{fault, Check, Fault};
use super::reader::Reader;
use super::reasons::*;

const DAY: u32 = 24 * 60;

pub fn time(text: &[u8]) -> Check {
    full_time(&mut Reader::new(text))
}

pub fn local_time(text: &[u8]) -> Check {
    partial_time(&mut Reader::new(text))
}

pub fn date_time(text: &[u8]) -> Check {
    full_time(&mut after_date(text)?)
}

pub fn local_date_time(text: &[u8]) -> Check {
    partial_time(&mut after_date(text)?)
}

fn after_date(text: &[u8]) -> Result<Reader, Fault> {
    let mut reader = Reader::new(text);
    full_date(&mut reader)?;
    if !matches!(reader.peek(), Some(b'T' | b't')) {
        return fault(&DATE_TIME_SEPARATOR, reader.at);
    }
    reader.at += 1;
    Ok(reader)
}

struct Clock {
    minutes: u32,
    leap: bool,
    seconds_at: usize,
}

#[inline(never)]
fn full_time(reader: &mut Reader) -> Check {
    let clock = clock(reader)?;
    let offset = offset(reader)?;
    reader.end(&TIME_SYNTAX)?;
    if clock.leap && (clock.minutes + DAY - offset) % DAY != DAY - 1 {
        return fault(&TIME_LEAP, clock.seconds_at);
    }
    Ok(())
}

/// Where the offset is unknown, so is whether there can be a leap second.
#[inline(never)]
fn partial_time(reader: &mut Reader) -> Check {
    let clock = clock(reader)?;
    reader.end(&TIME_SYNTAX)?;
    if clock.leap {
        return fault(&TIME_LEAP, clock.seconds_at);
    }
    Ok(())
}

#[inline(never)]
fn clock(reader: &mut Reader) -> Result<Clock, Fault> {
    let hour = reader.number(2, &TIME_SYNTAX)?;
    if hour > 23 {
        return fault(&TIME_HOUR, reader.at - 2);
    }
    reader.expect(b':', &TIME_SYNTAX)?;
    let minute = reader.number(2, &TIME_SYNTAX)?;
    if minute > 59 {
        return fault(&TIME_MINUTE, reader.at - 2);
    }
    reader.expect(b':', &TIME_SYNTAX)?;
    let seconds_at = reader.at;
    let second = reader.number(2, &TIME_SYNTAX)?;
    if second > 60 {
        return fault(&TIME_SECOND, seconds_at);
    }
    if reader.peek() == Some(b'.') {
        reader.at += 1;
        reader.digits(&TIME_SYNTAX)?;
    }
    Ok(Clock { minutes: hour * 60 + minute, leap: second == 60, seconds_at })
}

/// The offset in minutes, below zero as what is missing to a day.
#[inline(never)]
fn offset(reader: &mut Reader) -> Result<u32, Fault> {
    let sign = reader.peek();
    match sign {
        Some(b'Z' | b'z' | b'+' | b'-') => reader.at += 1,
        _ => return fault(&TIME_OFFSET, reader.at),
    }
    if matches!(sign, Some(b'Z' | b'z')) {
        return Ok(0);
    }
    let hours = reader.number(2, &TIME_OFFSET)?;
    if hours > 23 {
        return fault(&TIME_OFFSET, reader.at - 2);
    }
    reader.expect(b':', &TIME_OFFSET)?;
    let minutes = reader.number(2, &TIME_OFFSET)?;
    if minutes > 59 {
        return fault(&TIME_OFFSET, reader.at - 2);
    }
    let offset = hours * 60 + minutes;
    Ok(if sign == Some(b'+') { offset } else { (DAY - offset) % DAY })
}
