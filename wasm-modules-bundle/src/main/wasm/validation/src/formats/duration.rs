//! Durations after ISO 8601: units may be left out, and the last number may have a fraction.

use super::fault::{fault, Check, Fault};
use super::reader::Reader;
use super::reasons::*;

#[inline(never)]
pub fn duration(text: &[u8]) -> Check {
    let mut reader = Reader::new(text);
    reader.expect(b'P', &DURATION_SYNTAX)?;
    if reader.peek() == None {
        return fault(&DURATION_EMPTY, reader.at);
    }
    parts(&mut reader, b"YMD", true)?;
    if reader.peek() == Some(b'T') {
        reader.at += 1;
        if reader.peek() == None {
            return fault(&DURATION_EMPTY, reader.at);
        }
        parts(&mut reader, b"HMS", false)?;
    }
    reader.end(&DURATION_SYNTAX)
}

/// Takes numbers with their units up to a T or the end.
fn parts(reader: &mut Reader, units: &[u8], weeks: bool) -> Check {
    let mut next = 0;
    while !matches!(reader.peek(), None | Some(b'T')) {
        let from = reader.at;
        let fraction = number(reader)?;
        let unit = reader.peek();
        if weeks && unit == Some(b'W') {
            return week(reader, from, next > 0);
        }
        let rank = match units.iter().position(|&other| Some(other) == unit) {
            Some(rank) => rank,
            None => return fault(&DURATION_UNIT, reader.at),
        };
        if rank < next {
            return fault(&DURATION_ORDER, reader.at);
        }
        next = rank + 1;
        reader.at += 1;
        if fraction > 0 && reader.peek() != None {
            return fault(&DURATION_FRACTION, fraction);
        }
    }
    Ok(())
}

/// Takes a number, and answers where its fraction begins, or zero.
fn number(reader: &mut Reader) -> Result<usize, Fault> {
    reader.digits(&DURATION_SYNTAX)?;
    if !matches!(reader.peek(), Some(b'.' | b',')) {
        return Ok(0);
    }
    let at = reader.at;
    reader.at += 1;
    reader.digits(&DURATION_SYNTAX)?;
    Ok(at)
}

fn week(reader: &mut Reader, from: usize, others: bool) -> Check {
    if others {
        return fault(&DURATION_WEEKS, from);
    }
    reader.at += 1;
    reader.end(&DURATION_WEEKS)
}
