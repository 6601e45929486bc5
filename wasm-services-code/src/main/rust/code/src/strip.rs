//! TypeScript becomes JavaScript by taking types away: spaces stand in their place, so all that is left stays where it was. What would
//! have to be written anew (enumerations, namespaces with code, parameter properties) is refused.

use crate::ast::{self, field, Tree};
use crate::bindings_json::name_end;
use crate::parser::Parser;
use crate::walk;

/// What can't be taken away, and what to do.
pub struct Refusal {
    pub node: u32,
    pub message: &'static str,
}

pub struct Stripped {
    pub text: Vec<u8>,
    pub refusals: Vec<Refusal>,
}

struct Stripper<'t> {
    parser: &'t Parser<'t>,
    tree: &'t Tree,
    source: &'t [u8],
    out: Vec<u8>,
    refusals: Vec<Refusal>,
    left: Vec<u32>,
    /// Signs that stand in what was taken away, by place.
    pending: Vec<(u32, u8)>,
    /// Where statements and fields end, in order.
    statement_ends: Vec<u32>,
}

/// The file without types.
#[inline(never)]
pub fn strip(parser: &Parser) -> Stripped {
    let source = &parser.lex.source[..parser.lex.source.len() - 1];
    let mut stripper = Stripper { parser, tree: &parser.tree, source, out: source.to_vec(), refusals: Vec::new(), left: vec![parser.tree.root], pending: Vec::new(), statement_ends: ends(&parser.tree) };
    while let Some(node) = stripper.left.pop() {
        stripper.visit(node);
    }
    for (at, sign) in std::mem::take(&mut stripper.pending) {
        stripper.out[at as usize] = sign;
    }
    stripper.refusals.sort_by_key(|refusal| parser.tree.start(refusal.node));
    Stripped { text: without_marks(stripper.out), refusals: stripper.refusals }
}

/// Stands for a byte that is taken away and leaves no space: all bytes of a character but its units.
const GONE: u8 = 0xff;

/// Where statements and fields end.
#[inline(never)]
fn ends(tree: &Tree) -> Vec<u32> {
    let mut ends = Vec::new();
    let mut left = vec![tree.root];
    while let Some(node) = left.pop() {
        if matches!(tree.kind(node), ast::EXPRESSION_STATEMENT..=ast::VARIABLE | ast::PROPERTY_DEFINITION | ast::ACCESSOR_PROPERTY | ast::EXPORT_DEFAULT) {
            ends.push(tree.end(node));
        }
        walk::each(tree, node, |child| left.push(child));
    }
    ends.sort_unstable();
    ends
}

fn without_marks(text: Vec<u8>) -> Vec<u8> {
    text.into_iter().filter(|&byte| byte != GONE).collect()
}

impl<'t> Stripper<'t> {
    fn kind(&self, node: u32) -> u8 {
        self.tree.kind(node)
    }

    fn f(&self, node: u32, field: usize) -> u32 {
        self.tree.field(node, field)
    }

    fn push(&mut self, node: u32) {
        if node != 0 {
            self.left.push(node);
        }
    }

    fn children(&mut self, node: u32) {
        let left = &mut self.left;
        walk::each(self.tree, node, |child| left.push(child));
    }

    /// Puts spaces in place of a part; ends of lines stay.
    #[inline(never)]
    fn blank(&mut self, start: u32, end: u32) {
        for at in start as usize..(end as usize).min(self.out.len()) {
            let byte = self.source[at];
            self.out[at] = match byte {
                b'\n' | b'\r' => byte,
                _ if self.in_line_end(at) => byte,
                // A character of four bytes is two units.
                0x80..=0xbf => {
                    let second = self.source[at - 1] >= 0xf0;
                    if second { b' ' } else { GONE }
                }
                _ => b' ',
            };
        }
    }

    /// U+2028 and U+2029 end lines as well.
    fn in_line_end(&self, at: usize) -> bool {
        (0..3).any(|back| at >= back && self.source[at - back..].starts_with(&[0xe2, 0x80]) && self.source.get(at - back + 2).map_or(false, |last| last & 0xfe == 0xa8))
    }

    fn blank_node(&mut self, node: u32) {
        if node != 0 {
            self.blank(self.tree.start(node), self.tree.end(node));
        }
    }

    fn refuse(&mut self, node: u32, message: &'static str) {
        self.refusals.push(Refusal { node, message });
    }

    /// Where the next token is, behind white space and comments.
    #[inline(never)]
    fn token(&self, from: u32) -> u32 {
        let mut at = from as usize;
        let comments = &self.parser.lex.comments;
        loop {
            while at < self.source.len() && (self.source[at].is_ascii_whitespace() || self.source[at] == 0x0b) {
                at += 1;
            }
            let next = comments.partition_point(|comment| (comment.start as usize) < at);
            if next < comments.len() && comments[next].start as usize == at {
                at = comments[next].end as usize;
            } else {
                return at as u32;
            }
        }
    }

    fn byte(&self, at: u32) -> u8 {
        self.source.get(at as usize).copied().unwrap_or(0)
    }

    fn word_at(&self, at: u32) -> &'t [u8] {
        let rest = &self.source[(at as usize).min(self.source.len())..];
        let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_' && *byte != b'$').unwrap_or(rest.len());
        &rest[..length]
    }

    /// Whether what stands there would go on with what is before it, if nothing stood between.
    fn goes_on(&self, at: u32) -> bool {
        let at = self.token(at);
        matches!(self.byte(at), b'(' | b'[' | b'`' | b'+' | b'-' | b'*' | b'/' | b'<' | b'.' | b',' | b'?') || matches!(self.word_at(at), b"in" | b"instanceof")
    }

    #[inline(never)]
    fn visit(&mut self, node: u32) {
        match self.kind(node) {
            ast::IDENTIFIER => {
                self.mark_behind(name_end(self.parser, node), self.tree.end(node), b"?!");
                self.children(node);
            }
            ast::ARRAY_PATTERN | ast::OBJECT_PATTERN => {
                let annotation = self.f(node, 1);
                let end = if annotation != 0 { self.tree.start(annotation) } else { self.tree.end(node) };
                if end > self.tree.start(node) && self.tree.is(node, 1) {
                    let mark = self.last(end, b'?');
                    self.blank(mark, mark + 1);
                }
                self.children(node);
            }
            ast::DECLARATOR => {
                let id = self.f(node, 0);
                if self.tree.is(node, 1) {
                    let mark = self.token(name_end(self.parser, id));
                    self.blank(mark, mark + 1);
                }
                self.children(node);
            }
            ast::TS_TYPE_ANNOTATION | ast::TS_TYPE_PARAMETERS | ast::TS_TYPE_ARGUMENTS => self.blank_node(node),
            ast::TS_AS | ast::TS_SATISFIES => self.assertion(node),
            ast::TS_NON_NULL => {
                let end = self.tree.end(node);
                self.blank(end - 1, end);
                self.end_statement(node, end - 1);
                self.push(self.f(node, 0));
            }
            ast::TS_INSTANTIATION => {
                let arguments = self.f(node, 1);
                self.blank_node(arguments);
                self.end_statement(node, self.tree.start(arguments));
                self.push(self.f(node, 0));
            }
            ast::TS_TYPE_ASSERTION => self.refuse(node, "A type in angle brackets before an expression can't be taken away; write 'expression as Type'"),
            ast::FUNCTION | ast::FUNCTION_EXPRESSION | ast::ARROW => self.function(node),
            ast::CLASS | ast::CLASS_EXPRESSION => self.class(node),
            ast::PROGRAM | ast::BLOCK | ast::STATIC_BLOCK => self.children(node),
            _ => self.declaration(node),
        }
    }

    /// Signs behind a name, before its type.
    fn mark_behind(&mut self, from: u32, end: u32, marks: &[u8]) {
        let at = self.token(from);
        if at < end && marks.contains(&self.byte(at)) {
            self.blank(at, at + 1);
        }
    }

    fn last(&self, end: u32, mark: u8) -> u32 {
        let found = self.source[..end as usize].iter().rposition(|&byte| byte == mark);
        found.unwrap_or(end as usize - 1) as u32
    }

    fn assertion(&mut self, node: u32) {
        let expression = self.f(node, 0);
        let mut at = self.token(self.tree.end(expression));
        while self.byte(at) == b')' {
            at = self.token(at + 1);
        }
        self.blank(at, self.tree.end(node));
        self.end_statement(node, at);
        self.push(expression);
    }

    /// A statement or a field that ended where its type did has to end all the same.
    #[inline(never)]
    fn end_statement(&mut self, node: u32, at: u32) {
        let end = self.tree.end(node);
        if self.statement_ends.binary_search(&end).is_ok() && self.goes_on(end) {
            self.pending.push((at, b';'));
        }
    }

    #[inline(never)]
    fn function(&mut self, node: u32) {
        let types = self.f(node, field::TYPE_PARAMETERS);
        let returned = self.f(node, field::RETURN_TYPE);
        if self.kind(node) == ast::ARROW {
            self.arrow(node, types, returned);
        }
        let params = self.f(node, field::PARAMS);
        let first = self.tree.item(params, 0);
        if first != 0 && self.kind(first) == ast::IDENTIFIER && self.f(first, 0) == crate::words::w::THIS {
            let behind = self.token(self.tree.end(first));
            let end = if self.byte(behind) == b',' { behind + 1 } else { self.tree.end(first) };
            self.blank(self.tree.start(first), end);
        }
        self.children(node);
    }

    /// Between `async` or `return` and `(`, and between `)` and `=>`, there must be no end of a line.
    fn arrow(&mut self, node: u32, types: u32, returned: u32) {
        let breaks = |from: u32, to: u32| self.source[from as usize..to as usize].iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        if types != 0 && (self.tree.is(node, 2) || self.after_return(node)) && breaks(self.tree.start(types), self.tree.end(types)) {
            let open = self.token(self.tree.end(types));
            self.pending.push((self.tree.start(types), b'('));
            self.pending.push((open, b' '));
        }
        if returned != 0 && breaks(self.tree.start(returned), self.tree.end(returned)) {
            let close = self.last(self.tree.start(returned), b')');
            self.pending.push((close, b' '));
            self.pending.push((self.tree.end(returned) - 1, b')'));
        }
    }

    /// Whether a word stands before it that a new line ends.
    fn after_return(&self, node: u32) -> bool {
        let before = &self.source[..self.tree.start(node) as usize];
        let trimmed = before.iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
        let word = before[..trimmed].iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |last| last + 1);
        matches!(&before[word..trimmed], b"return" | b"throw" | b"yield")
    }

    // Classes.

    #[inline(never)]
    fn class(&mut self, node: u32) {
        if self.tree.is(node, 1 << 3) {
            self.whole(node);
            return;
        }
        if self.tree.is(node, 1) {
            let at = self.find_word(self.head(node), b"abstract");
            self.blank(at, at + 8);
        }
        let implements = self.f(node, 5);
        if implements != 0 {
            let mut from = self.head(node);
            for part in [1, 2, 3, 4] {
                if self.f(node, part) != 0 {
                    from = from.max(self.tree.end(self.f(node, part)));
                }
            }
            let at = self.find_word(from, b"implements");
            self.blank(at, self.tree.start(self.f(node, 6)));
        }
        for &decorator in self.tree.list(self.f(node, 0)) {
            self.push(decorator);
        }
        for part in [1, 2, 3, 4] {
            self.push(self.f(node, part));
        }
        for &member in self.tree.list(self.f(self.f(node, 6), 0)) {
            self.member(member);
        }
    }

    /// Behind the decorators.
    fn head(&self, node: u32) -> u32 {
        self.tree.list(self.f(node, 0)).iter().map(|&each| self.tree.end(each)).fold(self.tree.start(node), u32::max)
    }

    /// Where a word stands, from a place on; strings don't come before it.
    fn find_word(&self, from: u32, word: &[u8]) -> u32 {
        let mut at = self.token(from);
        while (at as usize) < self.source.len() {
            let found = self.word_at(at);
            if found == word {
                return at;
            }
            at = self.token(at + found.len().max(1) as u32);
        }
        from
    }

    #[inline(never)]
    fn member(&mut self, node: u32) {
        match self.kind(node) {
            ast::TS_INDEX_SIGNATURE | ast::TS_ABSTRACT_METHOD | ast::TS_ABSTRACT_PROPERTY | ast::TS_ABSTRACT_ACCESSOR => self.whole(node),
            ast::METHOD if self.kind(self.f(node, 2)) == ast::TS_EMPTY_BODY_FUNCTION => self.whole(node),
            ast::PROPERTY_DEFINITION if self.tree.is(node, 1 << 9) => self.whole(node),
            ast::METHOD | ast::PROPERTY_DEFINITION | ast::ACCESSOR_PROPERTY => {
                self.modifiers(node);
                let key = self.f(node, 1);
                let mut behind = if self.kind(key) == ast::IDENTIFIER { name_end(self.parser, key) } else { self.tree.end(key) };
                if self.tree.is(node, 1 << 3) {
                    behind = self.token(behind);
                    while matches!(self.byte(behind), b')' | b']') {
                        let closed = self.byte(behind) == b']';
                        behind = self.token(behind + 1);
                        if closed {
                            break;
                        }
                    }
                }
                self.mark_behind(behind, self.tree.end(node), b"?!");
                if self.kind(node) != ast::METHOD {
                    let annotation = self.f(node, 2);
                    let (value, end) = (self.f(node, 3), self.tree.end(node));
                    if annotation != 0 && value == 0 && self.tree.end(annotation) == end && self.goes_on(end) {
                        self.pending.push((self.tree.start(annotation), b';'));
                    }
                }
                self.children(node);
            }
            _ => self.push(node),
        }
    }

    fn modifiers(&mut self, node: u32) {
        let key = self.tree.start(self.f(node, 1));
        let head = self.head(node);
        let decorated = head != self.tree.start(node);
        let mut at = self.token(head);
        let mut first = true;
        while at < key {
            let word = self.word_at(at);
            let length = word.len().max(1) as u32;
            if matches!(word, b"public" | b"private" | b"protected" | b"readonly" | b"override" | b"abstract" | b"declare") {
                self.blank(at, at + length);
                let next = self.token(at + length);
                if first && !decorated && matches!(self.byte(next), b'[' | b'*') {
                    self.pending.push((at, b';'));
                }
            } else {
                first = false;
            }
            if word.is_empty() {
                return;
            }
            at = self.token(at + length);
        }
    }

    // Declarations.

    /// Takes away all of a statement or a member.
    fn whole(&mut self, node: u32) {
        let (start, end) = (self.tree.start(node), self.tree.end(node));
        self.blank(start, end);
        if self.goes_on(end) {
            self.pending.push((start, b';'));
        }
    }

    #[inline(never)]
    fn declaration(&mut self, node: u32) {
        match self.kind(node) {
            ast::TS_INTERFACE | ast::TS_TYPE_ALIAS | ast::TS_DECLARE_FUNCTION | ast::TS_NAMESPACE_EXPORT => self.whole(node),
            ast::VARIABLE if self.tree.is(node, 1 << 3) => self.whole(node),
            ast::TS_ENUM if self.tree.is(node, 2) => self.whole(node),
            ast::TS_ENUM => self.refuse(node, "An enumeration has to be written as an object to be JavaScript; or have it made by a compiler"),
            ast::TS_MODULE if self.tree.is(node, 1 << 3) || self.only_types(node) => self.whole(node),
            ast::TS_MODULE => self.refuse(node, "A namespace with code has to be written as a module to be JavaScript"),
            ast::TS_PARAMETER_PROPERTY => self.refuse(node, "A parameter that is a property has to be declared and assigned to be JavaScript"),
            ast::TS_IMPORT_EQUALS if self.tree.is(node, 1) => self.whole(node),
            ast::TS_IMPORT_EQUALS => self.refuse(node, "'import =' has to be written as 'import ... from' or 'const ... = require' to be JavaScript"),
            ast::TS_EXPORT_ASSIGNMENT => self.refuse(node, "'export =' has to be written as 'export default' or 'module.exports =' to be JavaScript"),
            ast::IMPORT | ast::EXPORT_ALL if self.tree.is(node, 1) => self.whole(node),
            ast::IMPORT => self.specifiers(self.f(node, 0), self.tree.end(node)),
            ast::EXPORT_NAMED => self.export(node),
            ast::EXPORT_DEFAULT => {
                let inner = self.f(node, 0);
                if matches!(self.kind(inner), ast::TS_INTERFACE | ast::TS_DECLARE_FUNCTION) {
                    self.whole(node);
                } else {
                    self.push(inner);
                }
            }
            _ => self.children(node),
        }
    }

    fn export(&mut self, node: u32) {
        let inner = self.f(node, 0);
        let gone = inner != 0
            && match self.kind(inner) {
                ast::TS_INTERFACE | ast::TS_TYPE_ALIAS | ast::TS_DECLARE_FUNCTION => true,
                ast::VARIABLE | ast::CLASS => self.tree.is(inner, 1 << 3),
                ast::TS_ENUM => self.tree.is(inner, 2),
                ast::TS_MODULE => self.tree.is(inner, 1 << 3) || self.only_types(inner),
                _ => false,
            };
        if gone || (inner == 0 && self.tree.is(node, 1)) {
            self.whole(node);
        } else {
            self.push(inner);
            self.specifiers(self.f(node, 1), self.tree.end(node));
        }
    }

    /// Names that are types, with the comma behind each.
    fn specifiers(&mut self, list: u32, end: u32) {
        for &each in self.tree.list(list) {
            if matches!(self.kind(each), ast::IMPORT_SPECIFIER | ast::EXPORT_SPECIFIER) && self.tree.is(each, 1) {
                let behind = self.token(self.tree.end(each));
                let to = if behind < end && self.byte(behind) == b',' { behind + 1 } else { self.tree.end(each) };
                self.blank(self.tree.start(each), to);
            }
        }
    }

    /// Whether a namespace has nothing that runs.
    fn only_types(&self, node: u32) -> bool {
        let mut left = vec![node];
        while let Some(node) = left.pop() {
            match self.kind(node) {
                ast::TS_MODULE => {
                    let body = self.f(node, 1);
                    if body == 0 {
                        continue;
                    }
                    left.extend(self.tree.list(self.f(body, 0)));
                }
                ast::TS_INTERFACE | ast::TS_TYPE_ALIAS | ast::TS_DECLARE_FUNCTION | ast::EMPTY => {}
                ast::EXPORT_NAMED if self.f(node, 0) != 0 => left.push(self.f(node, 0)),
                ast::EXPORT_NAMED if self.tree.is(node, 1) => {}
                ast::VARIABLE | ast::CLASS if self.tree.is(node, 1 << 3) => {}
                ast::TS_ENUM if self.tree.is(node, 2) => {}
                _ => return false,
            }
        }
        true
    }
}

/// The code of the problems that refusals become.
pub const CODE: &str = "unsupported-syntax";
