//! Dates of the years 0000 to 9999: RFC 3339's, and ISO 8601's with weeks and days of the year.

use super::fault::{fault, Check};
use super::reader::Reader;
use super::reasons::*;

pub fn date(text: &[u8]) -> Check {
    let mut reader = Reader::new(text);
    full_date(&mut reader)?;
    reader.end(&DATE_SYNTAX)
}

#[inline(never)]
pub fn full_date(reader: &mut Reader) -> Check {
    let year = reader.number(4, &DATE_SYNTAX)?;
    reader.expect(b'-', &DATE_SYNTAX)?;
    let month = reader.number(2, &DATE_SYNTAX)?;
    if !(1..=12).contains(&month) {
        return fault(&DATE_MONTH, reader.at - 2);
    }
    reader.expect(b'-', &DATE_SYNTAX)?;
    let day = reader.number(2, &DATE_SYNTAX)?;
    if day == 0 || day > days_of(year, month) {
        return fault(&DATE_DAY, reader.at - 2);
    }
    Ok(())
}

#[inline(never)]
pub fn week_date(text: &[u8]) -> Check {
    let mut reader = Reader::new(text);
    let year = reader.number(4, &WEEK_DATE_SYNTAX)?;
    reader.expect(b'-', &WEEK_DATE_SYNTAX)?;
    reader.expect(b'W', &WEEK_DATE_SYNTAX)?;
    let week = reader.number(2, &WEEK_DATE_SYNTAX)?;
    if week == 0 || week > weeks_of(year) {
        return fault(&WEEK_DATE_WEEK, reader.at - 2);
    }
    reader.expect(b'-', &WEEK_DATE_SYNTAX)?;
    let day = reader.number(1, &WEEK_DATE_SYNTAX)?;
    if !(1..=7).contains(&day) {
        return fault(&WEEK_DATE_DAY, reader.at - 1);
    }
    reader.end(&WEEK_DATE_SYNTAX)
}

#[inline(never)]
pub fn ordinal_date(text: &[u8]) -> Check {
    let mut reader = Reader::new(text);
    let year = reader.number(4, &ORDINAL_DATE_SYNTAX)?;
    reader.expect(b'-', &ORDINAL_DATE_SYNTAX)?;
    let day = reader.number(3, &ORDINAL_DATE_SYNTAX)?;
    if day == 0 || day > 365 + u32::from(is_leap(year)) {
        return fault(&ORDINAL_DATE_DAY, reader.at - 3);
    }
    reader.end(&ORDINAL_DATE_SYNTAX)
}

fn is_leap(year: u32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A year has 53 weeks if it begins or ends on a Thursday.
fn weeks_of(year: u32) -> u32 {
    // The calendar repeats itself after 400 years, and the year before the first one is one, too.
    let before = year + 399;
    let first_day = (before + before / 4 - before / 100 + before / 400 + 1) % 7;
    let long = first_day == 4 || first_day == 3 && is_leap(year);
    52 + u32::from(long)
}
