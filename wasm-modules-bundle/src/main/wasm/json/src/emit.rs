//! Writes the tokens of a document, minified or laid out over lines.

use scanner::scan::Handler;
use scanner::unescape::{unescape, Style};

pub struct Emitter<'a> {
    source: &'a [u8],
    out: Vec<u8>,
    /// Tokens that stand side by side in source and output alike are copied in one run, which is
    /// not yet written.
    from: usize,
    to: usize,
    /// Spaces per level; none for minified text.
    indent: usize,
    depth: usize,
    /// Whether strings are written with no more escapes than needed.
    normal: bool,
}

/// Up to this length a loop is faster than a call for the copy.
const SHORT: usize = 32;

impl<'a> Emitter<'a> {
    pub fn new(source: &'a [u8], indent: usize, normal: bool) -> Self {
        let size = if indent == 0 { source.len() } else { source.len() + source.len() / 2 };
        let out = Vec::with_capacity(size + 8);
        Emitter { source, out, from: 0, to: 0, indent, depth: 0, normal }
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.flush();
        self.out
    }

    #[inline(always)]
    fn copy(&mut self, from: usize, to: usize) {
        if from != self.to {
            self.flush();
            self.from = from;
        }
        self.to = to;
    }

    /// Writes a comma, of the source if one stands there.
    pub fn separate(&mut self, at: usize) {
        if self.source[at] == b',' {
            self.copy(at, at + 1);
        } else {
            self.flush();
            self.out.push(b',');
        }
        self.newline();
    }

    #[inline(never)]
    fn flush(&mut self) {
        let (from, to) = (self.from, self.to);
        let len = to - from;
        self.from = to;
        if len <= SHORT && to + 8 <= self.source.len() {
            self.out.reserve(len + 8);
            let mut done = 0;
            // Whole words, up to seven bytes too many: both sides have room for them.
            unsafe {
                let source = self.source.as_ptr().add(from);
                let target = self.out.as_mut_ptr().add(self.out.len());
                while done < len {
                    let word = (source.add(done) as *const u64).read_unaligned();
                    (target.add(done) as *mut u64).write_unaligned(word);
                    done += 8;
                }
                self.out.set_len(self.out.len() + len);
            }
        } else {
            self.out.extend_from_slice(&self.source[from..to]);
        }
    }

    #[inline(always)]
    fn newline(&mut self) {
        if self.indent > 0 {
            self.break_line();
        }
    }

    #[inline(never)]
    fn break_line(&mut self) {
        self.flush();
        let spaces = self.indent * self.depth;
        self.out.reserve(spaces + 8);
        self.out.push(b'\n');
        if spaces <= SHORT {
            unsafe {
                let target = self.out.as_mut_ptr().add(self.out.len());
                let mut done = 0;
                while done < spaces {
                    (target.add(done) as *mut u64).write_unaligned(0x2020_2020_2020_2020);
                    done += 8;
                }
                self.out.set_len(self.out.len() + spaces);
            }
        } else {
            self.out.resize(self.out.len() + spaces, b' ');
        }
    }

    #[inline(never)]
    fn write_normal(&mut self, from: usize, to: usize) {
        self.copy(from, from + 1);
        self.flush();
        unescape(self.source, from + 1, to - 1, Style::Json, &mut self.out);
        self.copy(to - 1, to);
    }
}

impl Handler for Emitter<'_> {
    #[inline(always)]
    fn open(&mut self, at: usize, _object: bool) {
        self.depth += 1;
        self.copy(at, at + 1);
        self.newline();
    }

    #[inline(always)]
    fn close(&mut self, at: usize) {
        self.depth -= 1;
        self.newline();
        self.copy(at, at + 1);
    }

    #[inline(always)]
    fn empty(&mut self, open: usize, close: usize) {
        self.copy(open, open + 1);
        self.copy(close, close + 1);
    }

    #[inline(always)]
    fn key(&mut self, from: usize, to: usize, escaped: bool) {
        self.text(from, to, escaped);
    }

    #[inline(always)]
    fn colon(&mut self, at: usize) {
        self.copy(at, at + 1);
        if self.indent > 0 {
            self.flush();
            self.out.push(b' ');
        }
    }

    #[inline(always)]
    fn comma(&mut self, at: usize) {
        self.copy(at, at + 1);
        self.newline();
    }

    #[inline(always)]
    fn text(&mut self, from: usize, to: usize, escaped: bool) {
        if escaped && self.normal {
            self.write_normal(from, to);
        } else {
            self.copy(from, to);
        }
    }

    #[inline(always)]
    fn plain(&mut self, from: usize, to: usize) {
        self.copy(from, to);
    }
}
