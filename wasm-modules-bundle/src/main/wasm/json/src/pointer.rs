//! JSON Pointer (RFC 6901), followed while the document is scanned.

use scanner::bytes::sequence;
use scanner::scan::Handler;
use scanner::unescape::{unescape, Style};

/// Why there is no answer.
pub enum Miss {
    Syntax(&'static str),
    Absent,
}

/// An open array or object on the way to the value.
struct Level {
    /// The element wanted, if this is an array and there can be one.
    wanted: Option<u32>,
    array: bool,
    /// The element that comes next.
    element: u32,
    /// Whether the member read now is the one wanted.
    hit: bool,
}

pub struct Search<'a> {
    source: &'a [u8],
    tokens: Result<Vec<Vec<u8>>, &'static str>,
    /// The open levels on the way, outermost first.
    levels: Vec<Level>,
    depth: usize,
    /// Where the value found begins; it is open while `end` is zero.
    begin: usize,
    end: usize,
    found: bool,
}

impl<'a> Search<'a> {
    pub fn new(source: &'a [u8], pointer: &[u8]) -> Self {
        let tokens = tokens(pointer);
        Search { source, tokens, levels: Vec::new(), depth: 0, begin: 0, end: 0, found: false }
    }

    /// The part of the source that holds the value.
    pub fn found(self) -> Result<(usize, usize), Miss> {
        match self.tokens {
            Err(message) => Err(Miss::Syntax(message)),
            Ok(_) if self.found => Ok((self.begin, self.end)),
            Ok(_) => Err(Miss::Absent),
        }
    }

    fn token(&self, level: usize) -> Option<&[u8]> {
        self.tokens.as_ref().ok()?.get(level).map(|token| token.as_slice())
    }

    /// Notes that a value begins, and answers whether it is on the way.
    fn begin(&mut self, at: usize) -> bool {
        if self.levels.len() != self.depth {
            return false;
        }
        let hit = match self.levels.last() {
            None => true,
            Some(level) if level.array => level.wanted == Some(level.element),
            Some(level) => level.hit,
        };
        if hit {
            // What an earlier member with the same key held does not count.
            self.found = false;
            if self.token(self.depth).is_none() {
                self.begin = at;
                self.end = 0;
                self.found = true;
            }
        }
        hit
    }

    #[inline(never)]
    fn scalar(&mut self, from: usize, to: usize) {
        if self.begin(from) && self.found {
            self.end = to;
        }
    }

    #[inline(never)]
    fn match_key(&mut self, from: usize, to: usize, escaped: bool) {
        let token = match self.token(self.depth - 1) {
            Some(token) => token,
            None => return,
        };
        let hit = if escaped {
            let mut key = Vec::new();
            unescape(self.source, from + 1, to - 1, Style::Raw, &mut key);
            key == token
        } else {
            &self.source[from + 1..to - 1] == token
        };
        if let Some(level) = self.levels.last_mut() {
            level.hit = hit;
        }
    }
}

impl Handler for Search<'_> {
    #[inline(never)]
    fn open(&mut self, at: usize, object: bool) {
        let hit = self.begin(at);
        if hit && !self.found {
            let wanted = if object { None } else { self.token(self.depth).and_then(element) };
            self.levels.push(Level { wanted, array: !object, element: 0, hit: false });
        }
        self.depth += 1;
    }

    #[inline(never)]
    fn close(&mut self, at: usize) {
        self.depth -= 1;
        if self.levels.len() > self.depth {
            self.levels.pop();
        } else if self.levels.len() == self.depth && self.found && self.end == 0 {
            self.end = at + 1;
        }
    }

    #[inline(always)]
    fn empty(&mut self, open: usize, close: usize) {
        self.scalar(open, close + 1);
    }

    #[inline(always)]
    fn key(&mut self, from: usize, to: usize, escaped: bool) {
        if self.levels.len() == self.depth {
            self.match_key(from, to, escaped);
        }
    }

    #[inline(always)]
    fn comma(&mut self, _at: usize) {
        if self.levels.len() == self.depth {
            if let Some(level) = self.levels.last_mut() {
                level.element += 1;
            }
        }
    }

    #[inline(always)]
    fn text(&mut self, from: usize, to: usize, _escaped: bool) {
        self.scalar(from, to);
    }

    #[inline(always)]
    fn plain(&mut self, from: usize, to: usize) {
        self.scalar(from, to);
    }
}

#[inline(never)]
fn tokens(pointer: &[u8]) -> Result<Vec<Vec<u8>>, &'static str> {
    let mut tokens: Vec<Vec<u8>> = Vec::new();
    let mut at = 0;
    while at < pointer.len() {
        let byte = pointer[at];
        let len = sequence(pointer, at);
        if len == 0 {
            return Err("a JSON Pointer must be valid UTF-8");
        }
        if byte == b'/' {
            tokens.push(Vec::new());
        } else if let Some(token) = tokens.last_mut() {
            if byte == b'~' {
                at += 1;
                token.push(match pointer.get(at) {
                    Some(b'0') => b'~',
                    Some(b'1') => b'/',
                    _ => return Err("'~' must be followed by '0' or '1' in a JSON Pointer"),
                });
            } else {
                token.extend_from_slice(&pointer[at..at + len]);
            }
        } else {
            return Err("a JSON Pointer must be empty or start with '/'");
        }
        at += len;
    }
    Ok(tokens)
}

/// The number of an array element; `-` and numbers too large for any document name none.
fn element(token: &[u8]) -> Option<u32> {
    if token.is_empty() || token.len() > 10 || token.len() > 1 && token[0] == b'0' {
        return None;
    }
    let mut number: u64 = 0;
    for &byte in token {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + (byte - b'0') as u64;
    }
    u32::try_from(number).ok()
}
