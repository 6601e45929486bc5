//! Texts in UTF-8. Positions and lengths are in characters, that is code points.

use crate::arena::{reserve, take};
use crate::machine::Machine;
use crate::state::{both, VALUE};
use crate::vector::Vector;
use crate::{Outcome, REFUSED};

const UPPER: i32 = 128;
const LOWER: i32 = 129;
const TRIM: i32 = 130;
const LENGTH: i32 = 131;
const SUBSTRING: i32 = 132;
const CONCATENATE: i32 = 133;
const REPLACE: i32 = 134;
const FIND: i32 = 135;
const LIKE: i32 = 136;

const PLANE: usize = 1 << 16;

static mut CASES: [Vec<u16>; 2] = [Vec::new(), Vec::new()];

/// Where the host says which character becomes which.
pub unsafe fn cases(upper: bool) -> i32 {
    let cases = &mut *std::ptr::addr_of_mut!(CASES[upper as usize]);
    if reserve(cases, PLANE).is_err() {
        return 0;
    }
    cases.set_len(PLANE);
    cases.as_ptr() as usize as i32
}

#[inline(never)]
pub unsafe fn run(machine: &mut Machine, what: i32, arguments: [i32; 4]) -> Outcome<()> {
    match what {
        UPPER => change_case(machine, 1),
        LOWER => change_case(machine, 0),
        TRIM => trim(machine, arguments[0]),
        LENGTH => length(machine),
        SUBSTRING => substring(machine),
        CONCATENATE => concatenate(machine),
        REPLACE => replace(machine),
        FIND => test(machine, |text, part| find(text, part, arguments[0])),
        LIKE => test(machine, like),
        _ => Err(REFUSED),
    }
}

fn is_begin(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| is_begin(byte)).count()
}

/// Many rows may have one text: that can be more than there is memory.
unsafe fn bytes_of(vector: Vector, rows: usize) -> usize {
    let mut size = 0usize;
    for row in 0..rows {
        if vector.state(row) == VALUE {
            size = size.saturating_add(vector.text(row).len());
        }
    }
    size
}

#[inline(never)]
unsafe fn change_case(machine: &mut Machine, upper: usize) -> Outcome<()> {
    let cases = &*std::ptr::addr_of!(CASES[upper]);
    if cases.len() < PLANE {
        return Err(REFUSED);
    }
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    // Two bytes become three at most.
    let mut at = take(bytes_of(from, machine.rows).saturating_mul(2))? as *mut u8;
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            let end = write_cased(from.text(row), at, cases.as_ptr());
            to.set_text(row, std::slice::from_raw_parts(at, end as usize - at as usize));
            at = end;
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn write_cased(text: &[u8], mut at: *mut u8, cases: *const u16) -> *mut u8 {
    let mut from = text.as_ptr();
    let end = from.add(text.len());
    while from < end {
        let first = *from as u32;
        if first < 0x80 {
            at = write(*cases.add(first as usize) as u32, at);
            from = from.add(1);
        } else if first < 0xE0 {
            let character = (first & 0x1F) << 6 | *from.add(1) as u32 & 0x3F;
            at = write(*cases.add(character as usize) as u32, at);
            from = from.add(2);
        } else if first < 0xF0 {
            let character = (first & 0xF) << 12 | (*from.add(1) as u32 & 0x3F) << 6 | *from.add(2) as u32 & 0x3F;
            at = write(*cases.add(character as usize) as u32, at);
            from = from.add(3);
        } else {
            std::ptr::copy_nonoverlapping(from, at, 4);
            from = from.add(4);
            at = at.add(4);
        }
    }
    at
}

unsafe fn write(character: u32, at: *mut u8) -> *mut u8 {
    if character < 0x80 {
        *at = character as u8;
        at.add(1)
    } else if character < 0x800 {
        *at = (0xC0 | character >> 6) as u8;
        *at.add(1) = (0x80 | character & 0x3F) as u8;
        at.add(2)
    } else {
        *at = (0xE0 | character >> 12) as u8;
        *at.add(1) = (0x80 | character >> 6 & 0x3F) as u8;
        *at.add(2) = (0x80 | character & 0x3F) as u8;
        at.add(3)
    }
}

/// 1 for the beginning, 2 for the end, 3 for both.
#[inline(never)]
unsafe fn trim(machine: &mut Machine, sides: i32) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            let mut text = from.text(row);
            while sides & 1 != 0 && matches!(text.first(), Some(&byte) if byte <= b' ') {
                text = &text[1..];
            }
            while sides & 2 != 0 && matches!(text.last(), Some(&byte) if byte <= b' ') {
                text = &text[..text.len() - 1];
            }
            to.set_text(row, text);
        }
    }
    machine.push(to)
}

unsafe fn length(machine: &mut Machine) -> Outcome<()> {
    let (from, to) = (machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        to.set_state(row, from.state(row));
        if from.state(row) == VALUE {
            to.set_bits(row, count(from.text(row)) as u64);
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn substring(machine: &mut Machine) -> Outcome<()> {
    let (length, begin, text) = (machine.pop()?, machine.pop()?, machine.pop()?);
    let to = Vector::new(machine.rows)?;
    for row in 0..machine.rows {
        let state = both(both(text.state(row), begin.state(row)), length.state(row));
        to.set_state(row, state);
        if state == VALUE {
            to.set_text(row, part(text.text(row), begin.integer(row), length.integer(row)));
        }
    }
    machine.push(to)
}

/// The characters from a position on, the first being 1, before a position that is so much further.
fn part(text: &[u8], begin: i64, length: i64) -> &[u8] {
    let end = begin.saturating_add(length.max(0)).max(1);
    let begin = begin.max(1);
    let from = skip(text, begin - 1);
    let to = skip(text, end - 1);
    &text[from..to.max(from)]
}

/// The offset behind so many characters.
fn skip(text: &[u8], characters: i64) -> usize {
    let mut left = characters;
    let mut at = 0;
    while at < text.len() && left > 0 {
        at += 1;
        while at < text.len() && !is_begin(text[at]) {
            at += 1;
        }
        left -= 1;
    }
    at
}

#[inline(never)]
unsafe fn concatenate(machine: &mut Machine) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::new(machine.rows)?);
    let size = bytes_of(left, machine.rows).saturating_add(bytes_of(right, machine.rows));
    let mut at = take(size)? as *mut u8;
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            let (a, b) = (left.text(row), right.text(row));
            std::ptr::copy_nonoverlapping(a.as_ptr(), at, a.len());
            std::ptr::copy_nonoverlapping(b.as_ptr(), at.add(a.len()), b.len());
            let length = a.len() + b.len();
            to.set_text(row, std::slice::from_raw_parts(at, length));
            at = at.add(length);
        }
    }
    machine.push(to)
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    // Both are UTF-8, as the host wrote them. This search is linear whatever the texts are.
    unsafe { std::str::from_utf8_unchecked(text).find(std::str::from_utf8_unchecked(part)) }
}

/// 0 for anywhere, 1 for the beginning, 2 for the end.
#[inline(never)]
fn find(text: &[u8], part: &[u8], place: i32) -> bool {
    match place {
        0 => position(text, part).is_some(),
        1 => text.starts_with(part),
        _ => text.ends_with(part),
    }
}

unsafe fn replace(machine: &mut Machine) -> Outcome<()> {
    let (by, what, text) = (machine.pop()?, machine.pop()?, machine.pop()?);
    let to = Vector::new(machine.rows)?;
    for row in 0..machine.rows {
        let state = both(both(text.state(row), what.state(row)), by.state(row));
        to.set_state(row, state);
        if state == VALUE {
            to.set_text(row, replaced(text.text(row), what.text(row), by.text(row))?);
        }
    }
    machine.push(to)
}

#[inline(never)]
unsafe fn replaced(text: &'static [u8], what: &[u8], by: &[u8]) -> Outcome<&'static [u8]> {
    let mut times = 0;
    let mut rest = text;
    while let (false, Some(at)) = (what.is_empty(), position(rest, what)) {
        rest = &rest[at + what.len()..];
        times += 1;
    }
    if times == 0 {
        return Ok(text);
    }
    let size = (text.len() - times * what.len()) as u64 + times as u64 * by.len() as u64;
    let size = size.min(u32::MAX as u64) as usize;
    let begin = take(size)? as *mut u8;
    let mut at = begin;
    let mut rest = text;
    while let Some(next) = position(rest, what) {
        std::ptr::copy_nonoverlapping(rest.as_ptr(), at, next);
        std::ptr::copy_nonoverlapping(by.as_ptr(), at.add(next), by.len());
        at = at.add(next + by.len());
        rest = &rest[next + what.len()..];
    }
    std::ptr::copy_nonoverlapping(rest.as_ptr(), at, rest.len());
    Ok(std::slice::from_raw_parts(begin, size))
}

#[inline(never)]
unsafe fn test(machine: &mut Machine, f: impl Fn(&[u8], &[u8]) -> bool) -> Outcome<()> {
    let (right, left, to) = (machine.pop()?, machine.pop()?, Vector::new(machine.rows)?);
    for row in 0..machine.rows {
        let state = both(left.state(row), right.state(row));
        to.set_state(row, state);
        if state == VALUE {
            to.set_bits(row, f(left.text(row), right.text(row)) as u64);
        }
    }
    machine.push(to)
}

/// `%` stands for any characters, `_` for one.
fn like(text: &[u8], pattern: &[u8]) -> bool {
    if pattern.contains(&b'_') {
        like_one_by_one(text, pattern)
    } else {
        like_parts(text, pattern)
    }
}

/// The parts between `%`, each as early as it can be: linear, whatever the texts are.
#[inline(never)]
fn like_parts(text: &[u8], pattern: &[u8]) -> bool {
    let last = match pattern.iter().rposition(|&byte| byte == b'%') {
        Some(last) => last,
        None => return text == pattern,
    };
    let mut rest = text;
    for (number, part) in pattern[..last].split(|&byte| byte == b'%').enumerate() {
        match position(rest, part) {
            Some(at) if number > 0 || at == 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    rest.ends_with(&pattern[last + 1..])
}

/// What follows the last `%` that fitted is tried further on when it does not fit.
#[inline(never)]
fn like_one_by_one(text: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut again: Option<(usize, usize)> = None;
    while at < text.len() {
        if place < pattern.len() && pattern[place] == b'%' {
            place += 1;
            again = Some((at, place));
        } else if place < pattern.len() && pattern[place] == b'_' {
            place += 1;
            at = next(text, at);
        } else if place < pattern.len() && pattern[place] == text[at] {
            place += 1;
            at += 1;
        } else if let Some((from, behind)) = again {
            at = next(text, from);
            place = behind;
            again = Some((at, behind));
        } else {
            return false;
        }
    }
    pattern[place..].iter().all(|&byte| byte == b'%')
}

fn next(text: &[u8], at: usize) -> usize {
    at + skip(&text[at..], 1)
}
