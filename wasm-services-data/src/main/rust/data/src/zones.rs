//! Local times of instants in a time zone, and the other way. A table of the host says when which offset begins.

use crate::times::checked_micros;
use crate::{Outcome, REFUSED};

/// The seconds of 400 years, after which the calendar is the same.
const CYCLE: i64 = 146_097 * 86_400;
const MICROS: i64 = 1_000_000;
/// Since when rules repeat (64 bits), and the first offset (32).
const HEAD: usize = 12;
/// When a change is (64 bits), and which offset comes (32).
const CHANGE: usize = 12;

#[derive(Clone, Copy)]
pub struct Zone {
    table: *const u8,
    changes: usize,
}

impl Zone {
    pub unsafe fn at(table: *const u8, length: i32) -> Outcome<Zone> {
        let length = length as usize;
        if length < HEAD || (length - HEAD) % CHANGE != 0 {
            return Err(REFUSED);
        }
        Ok(Zone { table, changes: (length - HEAD) / CHANGE })
    }

    unsafe fn since(&self) -> i64 {
        (self.table as *const i64).read_unaligned()
    }

    unsafe fn begin(&self, change: usize) -> i64 {
        (self.table.add(HEAD + CHANGE * change) as *const i64).read_unaligned()
    }

    /// The offset after so many changes.
    unsafe fn offset(&self, count: usize) -> i64 {
        (self.table.add(8 + CHANGE * count) as *const i32).read_unaligned() as i64
    }

    unsafe fn folded(&self, seconds: i64) -> i64 {
        let since = self.since();
        if seconds - CYCLE < since {
            seconds
        } else {
            since + (seconds - since) % CYCLE
        }
    }

    /// The offset of an instant, or of a local time. Of one that comes twice the earlier instant counts; one that never comes
    /// is moved as far as clocks are put forward: both times the offset is the one before the change.
    unsafe fn offset_of(&self, micros: i64, is_local: bool) -> i64 {
        let seconds = self.folded(micros.div_euclid(MICROS));
        let (mut low, mut high) = (0, self.changes);
        while low < high {
            let middle = (low + high) / 2;
            let mut begin = self.begin(middle);
            if is_local {
                begin += self.offset(middle).max(self.offset(middle + 1));
            }
            if begin <= seconds {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.offset(low)
    }

    pub unsafe fn to_local(&self, micros: i64) -> Result<i64, u8> {
        checked_micros(micros + self.offset_of(micros, false) * MICROS)
    }

    pub unsafe fn from_local(&self, micros: i64) -> Result<i64, u8> {
        checked_micros(micros - self.offset_of(micros, true) * MICROS)
    }
}
