//! The validating scanner: one pass over the source, telling a handler what it meets.

use crate::bytes::{byte_order_mark, hex, peek, sequence, skip_plain, skip_space, END};
use crate::fault::{Fault, Kind};
use std::num::NonZeroUsize;

/// How many arrays and objects may stand in one another.
pub const MAX_DEPTH: usize = 1000;

/// Told, in the order of the source, what a document holds. Positions count bytes of the source;
/// ends are exclusive. What was told before a fault is to be thrown away.
pub trait Handler {
    /// An array or object that is not empty begins.
    fn open(&mut self, _at: usize, _object: bool) {}
    /// The innermost array or object ends.
    fn close(&mut self, _at: usize) {}
    /// An empty array or object.
    fn empty(&mut self, _open: usize, _close: usize) {}
    /// The key of a member, quotes included.
    fn key(&mut self, _from: usize, _to: usize, _escaped: bool) {}
    fn colon(&mut self, _at: usize) {}
    fn comma(&mut self, _at: usize) {}
    /// A string value, quotes included.
    fn text(&mut self, _from: usize, _to: usize, _escaped: bool) {}
    /// A number, `true`, `false` or `null`.
    fn plain(&mut self, _from: usize, _to: usize) {}
}

/// Both at once.
impl<A: Handler, B: Handler> Handler for (A, B) {
    #[inline(always)]
    fn open(&mut self, at: usize, object: bool) {
        self.0.open(at, object);
        self.1.open(at, object);
    }

    #[inline(always)]
    fn close(&mut self, at: usize) {
        self.0.close(at);
        self.1.close(at);
    }

    #[inline(always)]
    fn empty(&mut self, open: usize, close: usize) {
        self.0.empty(open, close);
        self.1.empty(open, close);
    }

    #[inline(always)]
    fn key(&mut self, from: usize, to: usize, escaped: bool) {
        self.0.key(from, to, escaped);
        self.1.key(from, to, escaped);
    }

    #[inline(always)]
    fn colon(&mut self, at: usize) {
        self.0.colon(at);
        self.1.colon(at);
    }

    #[inline(always)]
    fn comma(&mut self, at: usize) {
        self.0.comma(at);
        self.1.comma(at);
    }

    #[inline(always)]
    fn text(&mut self, from: usize, to: usize, escaped: bool) {
        self.0.text(from, to, escaped);
        self.1.text(from, to, escaped);
    }

    #[inline(always)]
    fn plain(&mut self, from: usize, to: usize) {
        self.0.plain(from, to);
        self.1.plain(from, to);
    }
}

/// Validation alone needs no handler.
impl Handler for () {}

/// Where to go on. A small type, so that the hot functions answer in one register.
type Step = Result<NonZeroUsize, Stop>;

/// The scanner has a fault.
struct Stop;

pub fn scan<H: Handler>(source: &[u8], handler: &mut H) -> Result<(), Fault> {
    let mut scanner = Scanner {
        source,
        depth: 0,
        objects: [0; MAX_DEPTH / 32 + 1],
        escaped: false,
        fault: Fault { kind: Kind::Value, offset: 0 },
    };
    match scanner.document(handler) {
        Ok(_) => Ok(()),
        Err(Stop) => Err(scanner.fault),
    }
}

struct Scanner<'a> {
    source: &'a [u8],
    depth: usize,
    /// One bit per open level: set for an object.
    objects: [u32; MAX_DEPTH / 32 + 1],
    /// Whether the string read last holds an escape.
    escaped: bool,
    fault: Fault,
}

impl Scanner<'_> {
    #[inline(never)]
    fn document<H: Handler>(&mut self, handler: &mut H) -> Step {
        let mut at = byte_order_mark(self.source);
        let mut expected = Kind::Value;
        loop {
            at = skip_space(self.source, at);
            match peek(self.source, at) {
                0x22 => {
                    let end = self.string(at)?.get();
                    handler.text(at, end, self.escaped);
                    at = end;
                }
                0x2d | 0x30..=0x39 => {
                    let end = self.number(at)?.get();
                    handler.plain(at, end);
                    at = end;
                }
                0x7b => {
                    let (next, inside) = self.open_object(at, handler)?;
                    at = next;
                    if inside {
                        expected = Kind::Value;
                        continue;
                    }
                }
                0x5b => {
                    self.enter(at, false)?;
                    let next = skip_space(self.source, at + 1);
                    if peek(self.source, next) != 0x5d {
                        handler.open(at, false);
                        at = next;
                        expected = Kind::ValueOrClose;
                        continue;
                    }
                    self.depth -= 1;
                    handler.empty(at, next);
                    at = next + 1;
                }
                _ => {
                    let end = self.literal(at, expected)?.get();
                    handler.plain(at, end);
                    at = end;
                }
            }
            at = self.after_value(at, handler)?.get();
            if self.depth == 0 {
                return step(at);
            }
            expected = if self.in_object() { Kind::Value } else { Kind::Element };
        }
    }

    /// Reads on behind a value, up to the next value or the end of the document.
    #[inline(always)]
    fn after_value<H: Handler>(&mut self, mut at: usize, handler: &mut H) -> Step {
        while self.depth > 0 {
            at = skip_space(self.source, at);
            let object = self.in_object();
            match peek(self.source, at) {
                0x2c => {
                    handler.comma(at);
                    return if object { self.key(at + 1, Kind::Key, handler) } else { step(at + 1) };
                }
                byte if byte == if object { 0x7d } else { 0x5d } => {
                    self.depth -= 1;
                    handler.close(at);
                    at += 1;
                }
                _ if object => return self.fail(at, Kind::ObjectNext),
                _ => return self.fail(at, Kind::ArrayNext),
            }
        }
        at = skip_space(self.source, at);
        if at < self.source.len() {
            return self.fail(at, Kind::Trailing);
        }
        NonZeroUsize::new(at).ok_or(Stop)
    }

    /// Opens the object at `at`; true if a member's value is to be read next.
    #[inline(always)]
    fn open_object<H: Handler>(&mut self, at: usize, handler: &mut H) -> Result<(usize, bool), Stop> {
        self.enter(at, true)?;
        let next = skip_space(self.source, at + 1);
        if peek(self.source, next) == 0x7d {
            self.depth -= 1;
            handler.empty(at, next);
            return Ok((next + 1, false));
        }
        handler.open(at, true);
        Ok((self.key(next, Kind::KeyOrClose, handler)?.get(), true))
    }

    /// Reads a key and its colon.
    #[inline(never)]
    fn key<H: Handler>(&mut self, at: usize, expected: Kind, handler: &mut H) -> Step {
        let at = skip_space(self.source, at);
        if peek(self.source, at) != 0x22 {
            return self.fail(at, expected);
        }
        let end = self.string(at)?.get();
        handler.key(at, end, self.escaped);
        let colon = skip_space(self.source, end);
        if peek(self.source, colon) != 0x3a {
            return self.fail(colon, Kind::Colon);
        }
        handler.colon(colon);
        step(colon + 1)
    }

    #[inline(never)]
    fn string(&mut self, at: usize) -> Step {
        self.escaped = false;
        let mut at = at + 1;
        loop {
            at = skip_plain(self.source, at);
            match peek(self.source, at) {
                0x22 => return step(at + 1),
                0x5c => {
                    self.escaped = true;
                    at = self.escape(at + 1)?.get();
                }
                0x80..=0xff => at = self.beyond_ascii(at)?.get(),
                _ => return self.fail(at, Kind::Text),
            }
        }
    }

    /// Checks what follows a backslash.
    #[inline(never)]
    fn escape(&mut self, at: usize) -> Step {
        match peek(self.source, at) {
            0x22 | 0x5c | 0x2f | 0x62 | 0x66 | 0x6e | 0x72 | 0x74 => step(at + 1),
            0x75 => {
                for digit in at + 1..at + 5 {
                    if hex(peek(self.source, digit)).is_none() {
                        return self.fail(digit, Kind::HexDigit);
                    }
                }
                step(at + 5)
            }
            END => self.fail(at, Kind::Text),
            _ => self.fail(at, Kind::Escape),
        }
    }

    #[inline(never)]
    fn beyond_ascii(&mut self, mut at: usize) -> Step {
        while let 0x80..=0xff = peek(self.source, at) {
            match sequence(self.source, at) {
                0 => return self.fail(at, Kind::Text),
                len => at += len,
            }
        }
        step(at)
    }

    #[inline(never)]
    fn number(&mut self, at: usize) -> Step {
        let mut at = if peek(self.source, at) == 0x2d { at + 1 } else { at };
        if peek(self.source, at) == 0x30 {
            at += 1;
            if let 0x30..=0x39 = peek(self.source, at) {
                return self.fail(at, Kind::LeadingZero);
            }
        } else {
            at = self.digits(at)?.get();
        }
        if peek(self.source, at) == 0x2e {
            at = self.digits(at + 1)?.get();
        }
        if peek(self.source, at) | 0x20 == 0x65 {
            at += 1;
            if let 0x2b | 0x2d = peek(self.source, at) {
                at += 1;
            }
            at = self.digits(at)?.get();
        }
        step(at)
    }

    #[inline(always)]
    fn digits(&mut self, at: usize) -> Step {
        let mut end = at;
        while peek(self.source, end).wrapping_sub(0x30) < 10 {
            end += 1;
        }
        if end == at {
            return self.fail(at, Kind::Digit);
        }
        step(end)
    }

    #[inline(never)]
    fn literal(&mut self, at: usize, expected: Kind) -> Step {
        let word = match peek(self.source, at) {
            0x74 => "true",
            0x66 => "false",
            0x6e => "null",
            _ => return self.fail(at, expected),
        };
        for (index, &byte) in word.as_bytes().iter().enumerate() {
            if peek(self.source, at + index) != byte as u32 {
                return self.fail(at + index, Kind::Literal(word));
            }
        }
        step(at + word.len())
    }

    #[inline(always)]
    fn enter(&mut self, at: usize, object: bool) -> Result<(), Stop> {
        if self.depth == MAX_DEPTH {
            self.fail(at, Kind::Depth)?;
        }
        let bit = 1 << (self.depth & 31);
        let word = &mut self.objects[self.depth >> 5];
        *word = if object { *word | bit } else { *word & !bit };
        self.depth += 1;
        Ok(())
    }

    #[inline(always)]
    fn in_object(&self) -> bool {
        let level = self.depth - 1;
        self.objects[level >> 5] >> (level & 31) & 1 == 1
    }

    #[cold]
    #[inline(never)]
    fn fail(&mut self, offset: usize, kind: Kind) -> Step {
        self.fault = Fault { kind, offset };
        Err(Stop)
    }
}

/// Positions to go on from are never zero: at least one byte has been read.
#[inline(always)]
fn step(at: usize) -> Step {
    debug_assert!(at > 0);
    Ok(unsafe { NonZeroUsize::new_unchecked(at) })
}
