//! JavaScript from a tree, as short as it can be written. What is nested on the left, as long chains of operators and calls are, is
//! written in a loop; all else is nested no deeper than the parser allows.

use crate::analysis::Analysis;
use crate::ast::{self, Tree};
use crate::shorten::Names;
use crate::sourcemap::Mapping;

/// How strong expressions hold together.
pub mod strength {
    pub const SEQUENCE: u8 = 0;
    pub const ASSIGN: u8 = 1;
    pub const CONDITIONAL: u8 = 2;
    pub const UNARY: u8 = 14;
    pub const POSTFIX: u8 = 15;
    pub const CALL: u8 = 17;
    pub const PRIMARY: u8 = 20;
}
use strength::*;

/// What is known of a value before the program runs.
#[derive(Clone, PartialEq)]
pub enum Known {
    Bool(bool),
    Number(i64),
    Text(Vec<u8>),
    Null,
}

pub struct Printer<'p, 't> {
    pub all: &'p Analysis<'t>,
    pub tree: &'t Tree,
    pub names: &'p Names,
    pub out: Vec<u8>,
    pub mappings: Vec<Mapping>,
    /// A semicolon comes before what follows, unless that is a brace.
    pub semicolon: bool,
    /// In the head of a loop `in` stands in parentheses.
    pub no_in: bool,
    line: u32,
    counted: usize,
    column: u32,
}

impl<'p, 't> Printer<'p, 't> {
    pub fn new(all: &'p Analysis<'t>, names: &'p Names) -> Printer<'p, 't> {
        let out = Vec::with_capacity(all.source.len());
        Printer { all, tree: all.tree, names, out, mappings: Vec::new(), semicolon: false, no_in: false, line: 0, counted: 0, column: 0 }
    }

    pub fn kind(&self, node: u32) -> u8 {
        self.tree.kind(node)
    }

    pub fn f(&self, node: u32, field: usize) -> u32 {
        self.tree.field(node, field)
    }

    pub fn list(&self, list: u32) -> &'t [u32] {
        self.tree.list(list)
    }

    // Tokens.

    #[inline(never)]
    pub fn put(&mut self, token: &[u8]) {
        if !token.is_empty() {
            self.before(token[0]);
            self.out.extend_from_slice(token);
        }
    }

    /// What has to stand before a token that begins so: a semicolon, a space.
    #[inline(never)]
    fn before(&mut self, first: u8) {
        if self.semicolon {
            self.semicolon = false;
            if first != b'}' {
                self.out.push(b';');
            }
        }
        let last = self.out.last().copied().unwrap_or(b' ');
        let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'\\') || byte >= 0x80;
        let joins = (name(last) && name(first))
            || (matches!(last, b'+' | b'-') && first == last)
            || (last == b'/' && matches!(first, b'/' | b'*'))
            || (last == b'<' && first == b'!')
            || (last == b'-' && first == b'>')
            || (name(last) && (first == b'#'));
        if joins {
            self.out.push(b' ');
        }
    }

    /// A token that was at the place of a node; `name` is the atom of what it was called there, 0 if it is the same.
    #[inline(never)]
    pub fn put_from(&mut self, token: &[u8], node: u32, name: u32) {
        self.before(token.first().copied().unwrap_or(b' '));
        self.map(node, name);
        self.out.extend_from_slice(token);
    }

    pub fn word(&mut self, word: &str) {
        self.put(word.as_bytes());
    }

    /// What follows was at this place.
    #[inline(never)]
    fn map(&mut self, node: u32, name: u32) {
        while self.counted < self.out.len() {
            let byte = self.out[self.counted];
            if byte == b'\n' {
                self.line += 1;
                self.column = 0;
            } else {
                self.column += (byte & 0xc0 != 0x80) as u32 + (byte >= 0xf0) as u32;
            }
            self.counted += 1;
        }
        self.mappings.push(Mapping { line: self.line, column: self.column, source: self.tree.start(node), name });
    }

    // Expressions.

    #[inline(never)]
    pub fn strength(&self, node: u32) -> u8 {
        match self.kind(node) {
            ast::SEQUENCE => SEQUENCE,
            ast::ASSIGNMENT | ast::ARROW | ast::YIELD => ASSIGN,
            ast::CONDITIONAL => CONDITIONAL,
            ast::BINARY | ast::LOGICAL => self.strength_of(self.all.operator(node)),
            ast::UNARY | ast::AWAIT | ast::BOOLEAN => UNARY,
            ast::UPDATE if self.tree.is(node, 1 << 6) => UNARY,
            ast::UPDATE => POSTFIX,
            ast::CHAIN => POSTFIX + 1,
            ast::CALL | ast::IMPORT_EXPRESSION | ast::MEMBER | ast::NEW | ast::TAGGED_TEMPLATE => CALL,
            _ => PRIMARY,
        }
    }

    fn strength_of(&self, operator: &str) -> u8 {
        match operator {
            "??" | "||" => 3,
            "&&" => 4,
            "|" => 5,
            "^" => 6,
            "&" => 7,
            "==" | "!=" | "===" | "!==" => 8,
            "<<" | ">>" | ">>>" => 10,
            "+" | "-" => 11,
            "*" | "/" | "%" => 12,
            "**" => 13,
            _ => 9,
        }
    }

    /// An expression, in parentheses if it is weaker than what is around it.
    #[inline(never)]
    pub fn expression(&mut self, node: u32, least: u8) {
        if let Some(known) = self.fold(node, 0) {
            if self.known(&known, least) {
                return;
            }
        }
        let node = self.chosen(node);
        let is_in = self.no_in && self.kind(node) == ast::BINARY && self.all.operator(node) == "in";
        if self.strength(node) < least || is_in {
            self.put(b"(");
            let saved = std::mem::replace(&mut self.no_in, false);
            self.bare(node);
            self.no_in = saved;
            self.put(b")");
        } else {
            self.bare(node);
        }
    }

    #[inline(never)]
    fn bare(&mut self, node: u32) {
        match self.kind(node) {
            ast::IDENTIFIER => self.name(node),
            ast::STRING => {
                let text = self.all.atom(node).to_vec();
                self.string(&text);
            }
            ast::NUMBER | ast::BIGINT => self.number(node),
            ast::BOOLEAN => self.put(if self.tree.is(node, 1) { b"!0" } else { b"!1" }),
            ast::NULL => self.word("null"),
            ast::REGEXP => {
                let text = self.all.text(node);
                self.put(text);
            }
            ast::THIS => self.word("this"),
            ast::SUPER => self.word("super"),
            ast::PRIVATE_IDENTIFIER => {
                let name = [b"#", self.all.atom(node)].concat();
                self.put(&name);
            }
            ast::BINARY | ast::LOGICAL => self.binary(node),
            ast::MEMBER | ast::CALL | ast::TAGGED_TEMPLATE => self.chain(node),
            ast::CHAIN => self.expression(self.f(node, 0), CALL),
            ast::ARRAY | ast::ARRAY_PATTERN => self.array(node),
            ast::OBJECT | ast::OBJECT_PATTERN => self.object(node),
            _ => self.other(node),
        }
    }

    #[inline(never)]
    fn other(&mut self, node: u32) {
        match self.kind(node) {
            ast::SPREAD | ast::REST => {
                self.put(b"...");
                self.expression(self.f(node, 0), ASSIGN);
            }
            ast::ASSIGNMENT => {
                self.expression(self.f(node, 0), CALL);
                let operator = self.all.operator(node);
                self.word(operator);
                self.expression(self.f(node, 1), ASSIGN);
            }
            ast::ASSIGNMENT_PATTERN => {
                self.expression(self.f(node, 0), CALL);
                self.put(b"=");
                self.expression(self.f(node, 1), ASSIGN);
            }
            ast::UNARY => {
                let operator = self.all.operator(node);
                self.word(operator);
                self.expression(self.f(node, 0), UNARY);
            }
            ast::UPDATE => {
                let operator = self.all.operator(node);
                if self.tree.is(node, 1 << 6) {
                    self.word(operator);
                    self.expression(self.f(node, 0), UNARY);
                } else {
                    self.expression(self.f(node, 0), CALL);
                    self.word(operator);
                }
            }
            ast::CONDITIONAL => {
                self.expression(self.f(node, 0), CONDITIONAL + 1);
                self.put(b"?");
                self.expression(self.f(node, 1), ASSIGN);
                self.put(b":");
                self.expression(self.f(node, 2), ASSIGN);
            }
            ast::SEQUENCE => self.items(self.f(node, 0), ASSIGN),
            ast::AWAIT => {
                self.word("await");
                self.expression(self.f(node, 0), UNARY);
            }
            ast::YIELD => {
                self.word(if self.tree.is(node, 1) { "yield*" } else { "yield" });
                if self.f(node, 0) != 0 {
                    self.expression(self.f(node, 0), ASSIGN);
                }
            }
            ast::NEW => self.new_expression(node),
            ast::TEMPLATE => self.template(node),
            ast::FUNCTION_EXPRESSION | ast::ARROW => self.function(node),
            ast::CLASS_EXPRESSION => self.class(node),
            ast::META_PROPERTY => {
                let text = [self.all.atom(self.f(node, 0)), b".", self.all.atom(self.f(node, 1))].concat();
                self.put(&text);
            }
            ast::IMPORT_EXPRESSION => {
                self.word("import(");
                self.expression(self.f(node, 0), ASSIGN);
                if self.f(node, 1) != 0 {
                    self.put(b",");
                    self.expression(self.f(node, 1), ASSIGN);
                }
                self.put(b")");
            }
            _ => {
                let text = self.all.text(node);
                self.put(text);
            }
        }
    }

    pub fn items(&mut self, list: u32, least: u8) {
        for (at, &item) in self.list(list).iter().enumerate() {
            if at > 0 {
                self.put(b",");
            }
            if item != 0 {
                self.expression(item, least);
            }
        }
    }

    /// The name that a node has now.
    pub fn new_name(&self, node: u32) -> Option<&'p [u8]> {
        let binding = self.names.of_node[node as usize];
        if binding == 0 {
            return None;
        }
        let name = &self.names.of_binding[binding as usize - 1];
        if name.is_empty() {
            None
        } else {
            Some(name)
        }
    }

    #[inline(never)]
    pub fn name(&mut self, node: u32) {
        match self.new_name(node) {
            Some(name) => {
                let atom = self.f(node, 0);
                self.put_from(name, node, atom);
            }
            None => {
                let text = self.all.atom(node).to_vec();
                self.put_from(&text, node, 0);
            }
        }
    }

    // Operators.

    #[inline(never)]
    fn binary(&mut self, node: u32) {
        // From the outermost on the left to the innermost.
        let mut spine = vec![node];
        loop {
            let outer = spine[spine.len() - 1];
            let left = self.chosen(self.f(outer, 0));
            let power = self.all.operator(outer) == "**";
            let nested = matches!(self.kind(left), ast::BINARY | ast::LOGICAL) && self.strength(left) >= self.strength(outer);
            if power || !nested || self.mixes(outer, left) || self.fold(left, 0).is_some() || (self.no_in && self.all.operator(left) == "in") {
                break;
            }
            spine.push(left);
        }
        let innermost = spine[spine.len() - 1];
        self.left_side(innermost);
        for at in (0..spine.len()).rev() {
            let each = spine[at];
            let operator = self.all.operator(each);
            self.word(operator);
            let strong = self.strength(each);
            let right = self.f(each, 1);
            let least = if operator == "**" { strong } else { strong + 1 };
            let right_chosen = self.chosen(right);
            self.expression(right, if self.mixes(each, right_chosen) { CALL } else { least });
        }
    }

    #[inline(never)]
    fn left_side(&mut self, node: u32) {
        let left = self.f(node, 0);
        let chosen = self.chosen(left);
        let least = match self.all.operator(node) {
            "**" => POSTFIX,
            _ if self.mixes(node, chosen) => CALL,
            _ => self.strength(node),
        };
        self.expression(left, least);
    }

    /// `??` stands with `||` and `&&` only in parentheses.
    fn mixes(&self, outer: u32, inner: u32) -> bool {
        self.kind(outer) == ast::LOGICAL && self.kind(inner) == ast::LOGICAL && (self.all.operator(outer) == "??") != (self.all.operator(inner) == "??")
    }

    #[inline(never)]
    fn chain(&mut self, node: u32) {
        let mut spine = vec![node];
        loop {
            let inner = self.f(spine[spine.len() - 1], 0);
            if !matches!(self.kind(inner), ast::MEMBER | ast::CALL | ast::TAGGED_TEMPLATE) {
                break;
            }
            spine.push(inner);
        }
        let base = self.f(spine[spine.len() - 1], 0);
        let whole = self.kind(base) == ast::NUMBER && self.kind(spine[spine.len() - 1]) == ast::MEMBER;
        // `new a` without arguments is written with them, so it can stand before anything.
        self.expression(base, if whole { PRIMARY + 1 } else { CALL });
        for at in (0..spine.len()).rev() {
            self.link(spine[at]);
        }
    }

    #[inline(never)]
    fn link(&mut self, node: u32) {
        match self.kind(node) {
            ast::MEMBER => {
                let (property, computed, optional) = (self.f(node, 1), self.tree.is(node, 1), self.tree.is(node, 2));
                let plain = computed && self.kind(property) == ast::STRING && is_name(self.all.atom(property));
                if computed && !plain {
                    self.put(if optional { b"?.[" } else { b"[" });
                    let saved = std::mem::replace(&mut self.no_in, false);
                    self.expression(property, SEQUENCE);
                    self.no_in = saved;
                    self.put(b"]");
                    return;
                }
                self.put(if optional { b"?." } else { b"." });
                let hash: &[u8] = if self.kind(property) == ast::PRIVATE_IDENTIFIER { b"#" } else { b"" };
                let text = [hash, self.all.atom(property)].concat();
                self.out.extend_from_slice(&text);
            }
            ast::CALL => {
                self.put(if self.tree.is(node, 1) { b"?.(" } else { b"(" });
                self.arguments(self.f(node, 2));
            }
            _ => self.template(self.f(node, 2)),
        }
    }

    fn arguments(&mut self, list: u32) {
        let saved = std::mem::replace(&mut self.no_in, false);
        self.items(list, ASSIGN);
        self.no_in = saved;
        self.put(b")");
    }

    #[inline(never)]
    fn new_expression(&mut self, node: u32) {
        self.word("new");
        let callee = self.f(node, 0);
        let mut inner = callee;
        while matches!(self.kind(inner), ast::MEMBER | ast::TAGGED_TEMPLATE) {
            inner = self.f(inner, 0);
        }
        let call = matches!(self.kind(inner), ast::CALL | ast::IMPORT_EXPRESSION | ast::CHAIN);
        self.expression(callee, if call { PRIMARY + 1 } else { CALL });
        self.put(b"(");
        self.arguments(self.f(node, 2));
    }

    // Literals.

    #[inline(never)]
    fn number(&mut self, node: u32) {
        let raw: Vec<u8> = self.all.text(node).iter().copied().filter(|&byte| byte != b'_').collect();
        let plain = raw.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
        let mut text = &raw[..];
        if plain && text.contains(&b'.') {
            while text.last() == Some(&b'0') {
                text = &text[..text.len() - 1];
            }
            if text.last() == Some(&b'.') && text.len() > 1 {
                text = &text[..text.len() - 1];
            }
            if text.len() > 2 && text.starts_with(b"0.") {
                text = &text[1..];
            }
        }
        let text = if text == b"." || text.is_empty() { b"0" } else { text };
        self.put(text);
    }

    /// A text in the quotes that take less.
    #[inline(never)]
    pub fn string(&mut self, text: &[u8]) {
        let double = text.iter().filter(|&&byte| byte == b'"').count();
        let single = text.iter().filter(|&&byte| byte == b'\'').count();
        let quote = if double > single { b'\'' } else { b'"' };
        let mut token = vec![quote];
        let mut at = 0;
        while at < text.len() {
            let byte = text[at];
            let next = text.get(at + 1).copied().unwrap_or(0);
            match byte {
                b'\\' => token.extend_from_slice(b"\\\\"),
                b'\n' => token.extend_from_slice(b"\\n"),
                b'\r' => token.extend_from_slice(b"\\r"),
                0 if next.is_ascii_digit() => token.extend_from_slice(b"\\x00"),
                0 => token.extend_from_slice(b"\\0"),
                0xe2 if next == 0x80 && text.get(at + 2).map_or(false, |last| last & 0xfe == 0xa8) => {
                    token.extend_from_slice(if text[at + 2] == 0xa8 { b"\\u2028" } else { b"\\u2029" });
                    at += 2;
                }
                // Half of a pair.
                0xed if next >= 0xa0 => {
                    let unit = 0xd000 | (next as u32 & 0x3f) << 6 | (text[at + 2] as u32 & 0x3f);
                    token.extend_from_slice(b"\\u");
                    for shift in [12, 8, 4, 0] {
                        token.push(b"0123456789abcdef"[(unit >> shift & 15) as usize]);
                    }
                    at += 2;
                }
                b'<' if text[at..].starts_with(b"</script") => token.push(b'<'),
                b'/' if at > 0 && text[at - 1] == b'<' && text[at..].starts_with(b"/script") => token.extend_from_slice(b"\\/"),
                _ if byte == quote => token.extend_from_slice(&[b'\\', byte]),
                _ => token.push(byte),
            }
            at += 1;
        }
        token.push(quote);
        self.put(&token);
    }

    #[inline(never)]
    fn template(&mut self, node: u32) {
        self.put(b"`");
        let pieces = self.list(self.f(node, 0));
        let values = self.list(self.f(node, 1));
        for (at, &piece) in pieces.iter().enumerate() {
            let text = self.all.text(piece);
            self.out.extend_from_slice(text);
            if let Some(&value) = values.get(at) {
                self.out.extend_from_slice(b"${");
                let saved = std::mem::replace(&mut self.no_in, false);
                self.expression(value, SEQUENCE);
                self.no_in = saved;
                self.out.push(b'}');
            }
        }
        self.out.push(b'`');
    }

    #[inline(never)]
    fn array(&mut self, node: u32) {
        self.put(b"[");
        let saved = std::mem::replace(&mut self.no_in, false);
        let list = self.f(node, 0);
        self.items(list, ASSIGN);
        if self.list(list).last() == Some(&0) {
            self.put(b",");
        }
        self.no_in = saved;
        self.put(b"]");
    }

    #[inline(never)]
    fn object(&mut self, node: u32) {
        self.put(b"{");
        let saved = std::mem::replace(&mut self.no_in, false);
        for (at, &property) in self.list(self.f(node, 0)).iter().enumerate() {
            if at > 0 {
                self.put(b",");
            }
            if self.kind(property) == ast::PROPERTY {
                self.property(property);
            } else {
                self.expression(property, ASSIGN);
            }
        }
        self.no_in = saved;
        self.put(b"}");
    }

    #[inline(never)]
    fn property(&mut self, node: u32) {
        let (key, value) = (self.f(node, 0), self.f(node, 1));
        let flags = self.tree.flags(node);
        if flags & 7 != 0 {
            self.method(key, value, flags & 3, flags & 16 != 0);
            return;
        }
        if flags & 8 != 0 {
            let target = if self.kind(value) == ast::ASSIGNMENT_PATTERN { self.f(value, 0) } else { value };
            if self.new_name(target).is_none() {
                self.expression(value, ASSIGN);
                return;
            }
        }
        self.key(key, flags & 16 != 0, true);
        self.put(b":");
        self.expression(value, ASSIGN);
    }

    /// The name of a property. `object`: it may lose its quotes.
    #[inline(never)]
    pub fn key(&mut self, key: u32, computed: bool, object: bool) {
        if computed {
            self.put(b"[");
            self.expression(key, ASSIGN);
            self.put(b"]");
            return;
        }
        match self.kind(key) {
            ast::STRING if object && is_name(self.all.atom(key)) => {
                let text = self.all.atom(key).to_vec();
                self.put(&text);
            }
            ast::IDENTIFIER => {
                let text = self.all.atom(key).to_vec();
                self.put(&text);
            }
            _ => self.bare(key),
        }
    }

    /// A method: 1 is a getter, 2 a setter, else neither.
    #[inline(never)]
    pub fn method(&mut self, key: u32, function: u32, accessor: u32, computed: bool) {
        match accessor {
            1 => self.word("get"),
            2 => self.word("set"),
            _ => {
                if self.tree.is(function, 2) {
                    self.word("async");
                }
                if self.tree.is(function, 1) {
                    self.put(b"*");
                }
            }
        }
        self.key(key, computed, false);
        self.parameters_and_body(function);
    }
}

/// Whether a text is a name of ASCII.
pub fn is_name(text: &[u8]) -> bool {
    !text.is_empty() && !text[0].is_ascii_digit() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
}
