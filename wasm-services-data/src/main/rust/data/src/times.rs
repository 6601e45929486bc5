//! Days and microseconds since 1970 in the proleptic Gregorian calendar, of the years 0000 to 9999 and in UTC.

use crate::numbers::trimmed;
use crate::state::{NO_SUCH_TIME, NO_TIME};

pub const FIRST_DAY: i64 = -719_528;
pub const LAST_DAY: i64 = 2_932_896;
pub const MICROS_OF_DAY: i64 = 86_400_000_000;

pub struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

const MONTH_BEGINS: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The day of the year on which a month begins, counted from 0.
fn month_begins(year: i64, month: i64) -> i64 {
    let leap = month > 2 && is_leap(year);
    MONTH_BEGINS[(month - 1) as usize] + leap as i64
}

/// Days from the first of 0000 to the first of a year.
fn year_begins(year: i64) -> i64 {
    if year == 0 {
        return 0;
    }
    let before = year - 1;
    year * 365 + before / 4 - before / 100 + before / 400 + 1
}

pub fn days(year: i64, month: i64, day: i64) -> i64 {
    FIRST_DAY + year_begins(year) + month_begins(year, month) + day - 1
}

#[inline(never)]
pub fn date(days: i64) -> Date {
    let since = days - FIRST_DAY;
    let mut year = since * 400 / 146_097;
    while year_begins(year + 1) <= since {
        year += 1;
    }
    while year_begins(year) > since {
        year -= 1;
    }
    let of_year = since - year_begins(year);
    let mut month = of_year / 31 + 1;
    while month < 12 && month_begins(year, month + 1) <= of_year {
        month += 1;
    }
    Date { year, month, day: of_year - month_begins(year, month) + 1 }
}

/// The day, if there is one.
pub fn checked_days(days: i64) -> Result<i64, u8> {
    if (FIRST_DAY..=LAST_DAY).contains(&days) {
        Ok(days)
    } else {
        Err(NO_SUCH_TIME)
    }
}

pub fn checked_micros(micros: i64) -> Result<i64, u8> {
    checked_days(micros.div_euclid(MICROS_OF_DAY)).map(|_| micros)
}

const YEAR: u8 = 1;
const HOUR: u8 = 4;
const MINUTE: u8 = 5;
const SECOND: u8 = 6;
const FRACTION: u8 = 7;
const OFFSET: u8 = 8;
const LITERAL: u8 = 9;
const TIME_OF_DAY: u8 = 10;

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    fields: [i64; 7],
    offset: i64,
}

impl Reader<'_> {
    fn next(&self) -> u8 {
        if self.at < self.text.len() {
            self.text[self.at]
        } else {
            0
        }
    }

    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let mut value = 0;
        let mut digits = 0;
        while digits < most && self.next().is_ascii_digit() {
            value = value * 10 + (self.next() - b'0') as i64;
            self.at += 1;
            digits += 1;
        }
        if digits < least {
            None
        } else {
            Some(value)
        }
    }

    fn literal(&mut self, byte: u8) -> Option<()> {
        if self.at < self.text.len() && self.text[self.at] == byte {
            self.at += 1;
            Some(())
        } else {
            None
        }
    }

    /// Digits behind the point of a second, of which the first six count.
    fn fraction(&mut self, least: usize, most: usize) -> Option<()> {
        let begin = self.at;
        let mut micros = self.number(least, most)?;
        for _ in self.at - begin..6 {
            micros *= 10;
        }
        for _ in 6..self.at - begin {
            micros /= 10;
        }
        self.fields[FRACTION as usize - 1] = micros;
        Some(())
    }

    /// `Z`, or hours and perhaps minutes from UTC.
    fn offset(&mut self) -> Option<()> {
        if self.next() == b'Z' {
            return self.literal(b'Z');
        }
        let negative = self.next() == b'-';
        if !negative && self.next() != b'+' {
            return None;
        }
        self.at += 1;
        let hours = self.number(2, 2)?;
        let mut minutes = 0;
        if self.next() == b':' {
            self.at += 1;
            minutes = self.number(2, 2)?;
        } else if self.next().is_ascii_digit() {
            minutes = self.number(2, 2)?;
        }
        if hours > 18 || minutes > 59 || hours == 18 && minutes > 0 {
            return None;
        }
        let seconds = (hours * 60 + minutes) * 60;
        self.offset = if negative { -seconds } else { seconds };
        Some(())
    }

    /// Nothing; or `T` or a space, hours and minutes, perhaps seconds and their fraction, perhaps an offset.
    fn time_of_day(&mut self) -> Option<()> {
        if self.at == self.text.len() {
            return Some(());
        }
        if self.next() != b'T' && self.next() != b' ' {
            return None;
        }
        self.at += 1;
        self.fields[HOUR as usize - 1] = self.number(2, 2)?;
        self.literal(b':')?;
        self.fields[MINUTE as usize - 1] = self.number(2, 2)?;
        if self.next() == b':' {
            self.at += 1;
            self.fields[SECOND as usize - 1] = self.number(2, 2)?;
            if self.next() == b'.' {
                self.at += 1;
                self.fraction(1, 9)?;
            }
        }
        if self.at < self.text.len() {
            self.offset()?;
        }
        Some(())
    }

    fn read(&mut self, pattern: &[u8]) -> Option<()> {
        for token in pattern.chunks_exact(2) {
            let (what, size) = (token[0], token[1] as usize);
            match what {
                LITERAL => self.literal(token[1])?,
                FRACTION => self.fraction(size, size)?,
                OFFSET => self.offset()?,
                TIME_OF_DAY => self.time_of_day()?,
                YEAR => self.fields[0] = self.number(4, 4)?,
                _ => {
                    let field = (what - 1) as usize;
                    *self.fields.get_mut(field)? = self.number(size, 2)?;
                }
            }
        }
        if self.at == self.text.len() {
            Some(())
        } else {
            None
        }
    }

    fn is_sound(&self) -> bool {
        let [year, month, day, hour, minute, second, _] = self.fields;
        if !(1..=12).contains(&month) || day < 1 || hour > 23 || minute > 59 || second > 59 {
            return false;
        }
        let length = if month == 12 { 31 } else { month_begins(year, month + 1) - month_begins(year, month) };
        day <= length
    }
}

/// The time that a text has in the form of a pattern, in pairs of bytes: what there is, and how many digits at least or which
/// byte. Between the year and the hour are month (2) and day.
#[inline(never)]
pub fn read(text: &[u8], pattern: &[u8], is_date: bool) -> Result<i64, u8> {
    let mut reader = Reader { text: trimmed(text), at: 0, fields: [0, 1, 1, 0, 0, 0, 0], offset: 0 };
    reader.read(pattern).ok_or(NO_TIME)?;
    if !reader.is_sound() {
        return Err(NO_TIME);
    }
    let [year, month, day, hour, minute, second, micros] = reader.fields;
    let days = days(year, month, day);
    if is_date {
        return Ok(days);
    }
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - reader.offset;
    checked_micros(seconds * 1_000_000 + micros)
}

/// Room for any time.
pub const ROOM: usize = 27;

fn digits(room: &mut [u8; ROOM], at: usize, count: usize, value: i64) {
    let mut rest = value;
    for place in (at..at + count).rev() {
        room[place] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// Writes `yyyy-MM-dd`.
pub fn write_date(days: i64, room: &mut [u8; ROOM]) -> usize {
    let date = date(days);
    digits(room, 0, 4, date.year);
    room[4] = b'-';
    digits(room, 5, 2, date.month);
    room[7] = b'-';
    digits(room, 8, 2, date.day);
    10
}

/// Writes `yyyy-MM-ddTHH:mm:ssZ`, with three or six digits behind the point of a second if it has a fraction.
pub fn write_time(micros: i64, room: &mut [u8; ROOM]) -> usize {
    write_date(micros.div_euclid(MICROS_OF_DAY), room);
    let of_day = micros.rem_euclid(MICROS_OF_DAY);
    let second = of_day / 1_000_000;
    room[10] = b'T';
    digits(room, 11, 2, second / 3_600);
    room[13] = b':';
    digits(room, 14, 2, second / 60 % 60);
    room[16] = b':';
    digits(room, 17, 2, second % 60);
    let fraction = of_day % 1_000_000;
    let mut at = 19;
    if fraction > 0 {
        room[at] = b'.';
        if fraction % 1_000 == 0 {
            digits(room, at + 1, 3, fraction / 1_000);
            at += 4;
        } else {
            digits(room, at + 1, 6, fraction);
            at += 7;
        }
    }
    room[at] = b'Z';
    at + 1
}
