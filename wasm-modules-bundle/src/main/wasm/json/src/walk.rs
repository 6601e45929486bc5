//! Goes over a document that is known to be valid, taking the members of objects in their new order.

use scanner::bytes::{byte_order_mark, skip_space};
use crate::emit::Emitter;
use crate::order::Index;
use scanner::scan::Handler;

/// An open object whose members are taken out of order.
struct Frame {
    object: usize,
    slot: usize,
    depth: usize,
}

struct Walker<'a, 'b> {
    source: &'a [u8],
    index: &'b Index,
    emitter: &'b mut Emitter<'a>,
    frames: Vec<Frame>,
    at: usize,
    /// The number of the next object that is not empty.
    objects: usize,
    depth: usize,
    /// The depth of the innermost frame, zero without one.
    jump: usize,
}

pub fn walk<'a>(source: &'a [u8], index: &Index, emitter: &mut Emitter<'a>) {
    let at = byte_order_mark(source);
    let frames = Vec::new();
    Walker { source, index, emitter, frames, at, objects: 0, depth: 0, jump: 0 }.run();
}

impl Walker<'_, '_> {
    #[inline(never)]
    fn run(&mut self) {
        loop {
            self.at = skip_space(self.source, self.at);
            let at = self.at;
            match self.source[at] {
                b'{' => self.open(true),
                b'[' => self.open(false),
                b'"' => self.string(),
                b':' => {
                    self.emitter.colon(at);
                    self.at += 1;
                }
                b',' | b'}' if self.depth == self.jump => self.next_slot(),
                b',' => {
                    self.emitter.comma(at);
                    self.at += 1;
                }
                b'}' | b']' => self.close(),
                _ => self.plain(),
            }
            if self.depth == 0 {
                return;
            }
        }
    }

    #[inline(never)]
    fn open(&mut self, object: bool) {
        let inside = skip_space(self.source, self.at + 1);
        if let b'}' | b']' = self.source[inside] {
            self.emitter.empty(self.at, inside);
            self.at = inside + 1;
            return;
        }
        self.emitter.open(self.at, object);
        self.at = inside;
        self.depth += 1;
        if object {
            let number = self.objects;
            self.objects += 1;
            let object = self.index.objects[number];
            if object.count > 0 {
                self.frames.push(Frame { object: number, slot: object.first as usize, depth: self.depth });
                self.jump = self.depth;
                self.go(object.first as usize);
            }
        }
    }

    /// Goes to the member of a slot.
    fn go(&mut self, slot: usize) {
        let slot = self.index.slots[slot];
        self.at = slot.at as usize;
        self.objects = slot.objects as usize;
    }

    /// Goes on behind a member of an object that is taken out of order.
    #[inline(never)]
    fn next_slot(&mut self) {
        let frame = match self.frames.last_mut() {
            Some(frame) => frame,
            None => return,
        };
        frame.slot += 1;
        let slot = frame.slot;
        let object = self.index.objects[frame.object];
        if slot < (object.first + object.count) as usize {
            self.emitter.separate(self.at);
            self.go(slot);
            return;
        }
        self.frames.pop();
        self.jump = self.frames.last().map_or(0, |frame| frame.depth);
        self.objects = object.next as usize;
        self.at = object.end as usize - 1;
        self.close();
    }

    fn close(&mut self) {
        self.emitter.close(self.at);
        self.at += 1;
        self.depth -= 1;
    }

    #[inline(never)]
    fn string(&mut self) {
        let mut escaped = false;
        let mut at = self.at + 1;
        loop {
            at = scanner::bytes::skip_plain(self.source, at);
            match self.source[at] {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        self.emitter.text(self.at, at + 1, escaped);
        self.at = at + 1;
    }

    #[inline(never)]
    fn plain(&mut self) {
        let mut at = self.at;
        while let Some(b'a'..=b'z' | b'0'..=b'9' | b'-' | b'+' | b'.' | b'E') = self.source.get(at) {
            at += 1;
        }
        self.emitter.plain(self.at, at);
        self.at = at;
    }
}
