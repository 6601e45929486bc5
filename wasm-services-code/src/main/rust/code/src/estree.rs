//! The tree as JSON, as ESTree or typescript-estree have it. It is as deep as the code is, so nothing here calls itself.

use crate::ast::{self, HEAD, KINDS, SETS};
use crate::lexer::{BLOCK_COMMENT, HASHBANG};
use crate::numbers;
use crate::output::{self, decimal, quote};
use crate::parser::Parser;
use crate::places::Places;

/// What is written beside the tree.
#[derive(Clone, Copy)]
pub struct Style {
    /// As typescript-estree has it: `range`, and all fields of TypeScript.
    pub typescript: bool,
    pub loc: bool,
    pub comments: bool,
}

/// A node that is being written: where in the description of its fields, at which word; or in which list, at which item.
struct Frame {
    node: u32,
    at: u16,
    word: u8,
    list: u32,
    item: u32,
}

struct Writer<'w, 'a> {
    parser: &'w Parser<'a>,
    places: &'w Places<'w>,
    style: Style,
    out: Vec<u8>,
    frames: Vec<Frame>,
}

#[inline(never)]
pub fn write(parser: &Parser, places: &Places, style: Style) -> Vec<u8> {
    let out = Vec::with_capacity(parser.tree.nodes.len() * 12 + 256);
    let mut writer = Writer { parser, places, style, out, frames: Vec::with_capacity(256) };
    writer.begin(parser.tree.root);
    while writer.step() {}
    writer.out
}

impl<'w, 'a> Writer<'w, 'a> {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn key(&mut self, name: &[u8]) {
        self.out.extend_from_slice(b",\"");
        self.out.extend_from_slice(name);
        self.out.extend_from_slice(b"\":");
    }

    /// Goes on with the last frame; whether there was one.
    #[inline(never)]
    fn step(&mut self) -> bool {
        let (node, at, word, list, item) = match self.frames.last() {
            None => return false,
            Some(frame) => (frame.node, frame.at as usize, frame.word as usize, frame.list, frame.item as usize),
        };
        if list != 0 {
            self.list_step(list, item);
            return true;
        }
        let fields = KINDS[self.parser.tree.kind(node) as usize].1.as_bytes();
        if at >= fields.len() {
            self.end(node);
            return true;
        }
        self.field(node, fields, at, word);
        true
    }

    fn end(&mut self, node: u32) {
        if node == self.parser.tree.root {
            self.beside();
        }
        self.out.push(b'}');
        self.frames.pop();
    }

    fn list_step(&mut self, list: u32, item: usize) {
        let tree = &self.parser.tree;
        if item >= tree.length(list) {
            self.out.push(b']');
            self.frame().list = 0;
            return;
        }
        if item > 0 {
            self.out.push(b',');
        }
        self.frame().item += 1;
        let child = tree.item(list, item);
        self.child(child);
    }

    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn child(&mut self, node: u32) {
        if node == 0 {
            self.text("null");
        } else {
            self.begin(node);
        }
    }

    /// One field: `at` is where its description begins.
    #[inline(never)]
    fn field(&mut self, node: u32, fields: &'static [u8], at: usize, word: usize) {
        let sometimes = fields[at] == b'~';
        let from = at + sometimes as usize;
        let mut colon = from;
        while fields[colon] != b':' {
            colon += 1;
        }
        let name = &fields[from..colon];
        let mut end = colon + 2;
        while end < fields.len() && fields[end] != b' ' {
            end += 1;
        }
        let takes_word = !matches!(fields[colon + 1], b'b' | b'B' | b'e');
        {
            let frame = self.frame();
            frame.at = (end + 1) as u16;
            frame.word += takes_word as u8;
        }
        let always = !sometimes || self.style.typescript;
        if takes_word {
            let value = self.parser.tree.field(node, word);
            self.value(name, fields[colon + 1], value, always);
        } else {
            self.flag(name, &fields[colon + 1..end], self.parser.tree.flags(node), always);
        }
    }

    #[inline(never)]
    fn value(&mut self, name: &[u8], kind: u8, value: u32, always: bool) {
        if kind == b'_' || (value == 0 && (!always || matches!(kind, b'o' | b'L' | b'S'))) {
            return;
        }
        self.key(name);
        match kind {
            b'n' | b'o' => self.child(value),
            b's' | b'S' => self.atom(value),
            _ if value == 0 => self.text("[]"),
            _ => {
                self.out.push(b'[');
                let frame = self.frame();
                frame.list = value;
                frame.item = 0;
            }
        }
    }

    fn atom(&mut self, atom: u32) {
        let lex = &self.parser.lex;
        quote(&mut self.out, lex.atoms.text(lex.source, atom));
    }

    /// A bit or an enumeration: its description is `b` and a bit, or `e`, a set and a bit.
    #[inline(never)]
    fn flag(&mut self, name: &[u8], description: &[u8], flags: u32, always: bool) {
        if description[0] == b'e' {
            let (bits, texts) = set(description[1]);
            let value = (flags >> (description[2] - b'a') & ((1 << bits) - 1)) as usize;
            if !texts[value].is_empty() && (value != 0 || always) {
                self.key(name);
                self.text(texts[value]);
            }
            return;
        }
        let on = flags >> (description[1] - b'a') & 1 != 0;
        if on || (always && description[0] == b'b') {
            self.key(name);
            self.text(if on { "true" } else { "false" });
        }
    }

    /// The head of a node, and all of it if it has no fields of its own.
    #[inline(never)]
    fn begin(&mut self, node: u32) {
        let tree = &self.parser.tree;
        let kind = tree.kind(node);
        let (mut start, mut end) = (tree.start(node), tree.end(node));
        if kind == ast::TEMPLATE_ELEMENT && self.style.typescript {
            // With the signs around it.
            start -= 1;
            let behind = &self.parser.lex.source[end as usize..];
            end += if behind.starts_with(b"${") { 2 } else { behind.starts_with(b"`") as u32 };
        }
        self.text("{\"type\":\"");
        self.text(KINDS[kind as usize].0);
        self.out.push(b'"');
        self.place(self.places.convert(start), self.places.convert(end));
        match kind {
            ast::STRING..=ast::TEMPLATE_ELEMENT | ast::JSX_TEXT => {
                self.literal(node, kind);
                self.out.push(b'}');
            }
            _ => self.frames.push(Frame { node, at: 0, word: 0, list: 0, item: 0 }),
        }
    }

    fn place(&mut self, start: u32, end: u32) {
        if self.style.typescript {
            self.key(b"range");
            self.out.push(b'[');
            decimal(&mut self.out, start);
            self.out.push(b',');
            decimal(&mut self.out, end);
            self.out.push(b']');
        } else {
            self.key(b"start");
            decimal(&mut self.out, start);
            self.key(b"end");
            decimal(&mut self.out, end);
        }
        if self.style.loc {
            self.key(b"loc");
            self.text("{\"start\":");
            self.line(start);
            self.text(",\"end\":");
            self.line(end);
            self.out.push(b'}');
        }
    }

    fn line(&mut self, place: u32) {
        let (line, column) = self.places.line(place);
        self.text("{\"line\":");
        decimal(&mut self.out, line);
        self.text(",\"column\":");
        decimal(&mut self.out, column);
        self.out.push(b'}');
    }

    #[inline(never)]
    fn literal(&mut self, node: u32, kind: u8) {
        let tree = &self.parser.tree;
        let (start, end) = (tree.start(node) as usize, tree.end(node) as usize);
        let raw = &self.parser.lex.source[start..end];
        self.key(b"value");
        match kind {
            ast::STRING | ast::JSX_TEXT => self.atom(tree.field(node, 0)),
            ast::NUMBER => numbers::json(&mut self.out, raw),
            ast::BIGINT | ast::NULL => self.text("null"),
            ast::BOOLEAN => self.text(if tree.is(node, 1) { "true" } else { "false" }),
            ast::REGEXP => self.text("{}"),
            _ => {
                self.text("{\"raw\":");
                let raw = without_returns(raw);
                quote(&mut self.out, &raw);
                self.key(b"cooked");
                let cooked = tree.field(node, 0);
                if cooked == 0 { self.text("null") } else { self.atom(cooked) }
                self.out.push(b'}');
                self.key(b"tail");
                self.text(if tree.is(node, 1) { "true" } else { "false" });
                return;
            }
        }
        self.key(b"raw");
        quote(&mut self.out, raw);
        if kind == ast::BIGINT {
            self.key(b"bigint");
            let digits: Vec<u8> = raw.iter().copied().filter(|&byte| byte != b'_' && byte != b'n').collect();
            quote(&mut self.out, &digits);
        }
        if kind == ast::REGEXP {
            self.key(b"regex");
            self.text("{\"pattern\":");
            self.atom(tree.field(node, 0));
            self.key(b"flags");
            self.atom(tree.field(node, 1));
            self.out.push(b'}');
        }
    }

    /// What the root has beside the tree.
    #[inline(never)]
    fn beside(&mut self) {
        let lex = &self.parser.lex;
        if self.style.comments {
            self.key(b"comments");
            self.out.push(b'[');
            for (index, comment) in lex.comments.iter().enumerate() {
                if index > 0 {
                    self.out.push(b',');
                }
                let block = comment.kind == BLOCK_COMMENT;
                self.text(if block { "{\"type\":\"Block\"" } else { "{\"type\":\"Line\"" });
                self.key(b"value");
                let closed = block && comment.end >= comment.start + 4 && lex.source[comment.end as usize - 1] == b'/';
                let end = comment.end as usize - if closed { 2 } else { 0 };
                let start = comment.start as usize + if comment.kind != HASHBANG { sign(lex.source, comment.start as usize) } else { 2 };
                quote(&mut self.out, &lex.source[start.min(end)..end]);
                self.place(self.places.convert(comment.start), self.places.convert(comment.end));
                self.out.push(b'}');
            }
            self.out.push(b']');
        }
        self.key(b"problems");
        output::problems_as_json(lex, self.places, &mut self.out);
    }
}

/// How long the sign is that begins a comment: `//`, `/*`, `<!--`, `-->`.
fn sign(source: &[u8], at: usize) -> usize {
    match source[at] {
        b'<' => 4,
        b'-' => 3,
        _ => 2,
    }
}

fn set(letter: u8) -> (u32, &'static [&'static str]) {
    let found = SETS.iter().find(|set| set.0 == letter);
    found.map_or((1, &[]), |set| (set.1, set.2))
}

/// A template's text has `\n` for each end of a line.
fn without_returns(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for (at, &byte) in raw.iter().enumerate() {
        if byte != b'\r' {
            out.push(byte);
        } else if raw.get(at + 1) != Some(&b'\n') {
            out.push(b'\n');
        }
    }
    out
}

const _: () = assert!(HEAD == 3);
