//! What looks wrong in a node and those next to it.

use crate::analysis::Analysis;
use crate::ast;
use crate::rules::{self, Fix};

/// All that `typeof` answers.
const TYPES: [&[u8]; 8] = [b"undefined", b"object", b"boolean", b"number", b"string", b"function", b"symbol", b"bigint"];

impl<'t> Analysis<'t> {
    #[inline(never)]
    pub fn look(&mut self, node: u32) {
        match self.kind(node) {
            ast::PROGRAM | ast::BLOCK | ast::STATIC_BLOCK | ast::TS_MODULE_BLOCK => self.block(node),
            ast::CASE => self.unreachable(self.f(node, 1)),
            ast::SWITCH => self.switch(node),
            ast::IF | ast::CONDITIONAL | ast::WHILE => self.condition(node, self.f(node, 0)),
            ast::DO_WHILE | ast::FOR => self.condition(node, self.f(node, 1)),
            ast::RETURN | ast::THROW | ast::BREAK | ast::CONTINUE => self.leaves_finally(node),
            ast::LABELED => self.unused_label(node),
            ast::BINARY => self.comparison(node),
            ast::ASSIGNMENT => self.self_assign(node),
            ast::ARRAY => {
                if self.tree.list(self.f(node, 0)).contains(&0) {
                    self.find(rules::SPARSE_ARRAY, node, b"");
                }
            }
            ast::OBJECT => self.keys(node),
            ast::CLASS_BODY => self.members(node),
            ast::OBJECT_PATTERN | ast::ARRAY_PATTERN => {
                if self.tree.length(self.f(node, 0)) == 0 {
                    self.find(rules::EMPTY_PATTERN, node, b"");
                }
            }
            ast::DEBUGGER => {
                let fix = Fix { start: self.tree.start(node), end: self.tree.end(node), text: Vec::new() };
                self.find_with(rules::DEBUGGER, node, b"", vec![fix]);
            }
            ast::CATCH => self.useless_catch(node),
            ast::NEW => self.executor(node),
            _ => {}
        }
    }

    fn block(&mut self, node: u32) {
        let list = self.f(node, 0);
        self.unreachable(list);
        if self.kind(node) != ast::BLOCK || self.tree.length(list) > 0 {
            return;
        }
        let parent = self.parent(node);
        let body = self.is_function(parent) || matches!(self.kind(parent), ast::TS_EMPTY_BODY_FUNCTION | ast::TS_DECLARE_FUNCTION);
        if !body && self.tree.end(node) > self.tree.start(node) && !self.comment_between(self.tree.start(node), self.tree.end(node)) {
            self.find(rules::EMPTY_BLOCK, node, b"");
        }
    }

    #[inline(never)]
    fn switch(&mut self, node: u32) {
        let cases = self.f(node, 1);
        if self.tree.length(cases) == 0 {
            self.find(rules::EMPTY_BLOCK, node, b"");
            return;
        }
        self.falls_through(node);
        let tests: Vec<u32> = self.tree.list(cases).iter().map(|&case| self.f(case, 0)).filter(|&test| test != 0).collect();
        let mut seen: Vec<(u64, u32)> = tests.iter().map(|&test| (hash(self.text(test)), test)).collect();
        seen.sort_unstable();
        for pair in seen.windows(2) {
            if pair[0].0 == pair[1].0 && self.text(pair[0].1) == self.text(pair[1].1) {
                let case = self.parent(pair[1].1);
                self.find(rules::DUPLICATE_CASE, case, b"");
            }
        }
    }

    // Conditions.

    #[inline(never)]
    fn condition(&mut self, node: u32, test: u32) {
        if test == 0 {
            return;
        }
        if self.kind(test) == ast::ASSIGNMENT && !self.tree.is(test, ast::PARENTHESIZED) && self.kind(node) != ast::CONDITIONAL {
            self.find(rules::COND_ASSIGN, test, b"");
        }
        let endless = self.kind(node) == ast::WHILE && self.kind(test) == ast::BOOLEAN && self.tree.is(test, 1);
        if !endless && self.is_constant(test, true, 0) {
            self.find(rules::CONSTANT_CONDITION, test, b"");
        }
    }

    /// Whether an expression is always the same, or at least always true or always false. Deep ones are left alone.
    #[inline(never)]
    fn is_constant(&self, node: u32, as_boolean: bool, depth: u32) -> bool {
        if node == 0 || depth > 40 {
            return false;
        }
        let deeper = |inner: u32, boolean: bool| self.is_constant(inner, boolean, depth + 1);
        match self.kind(node) {
            ast::STRING..=ast::REGEXP | ast::ARROW | ast::FUNCTION_EXPRESSION | ast::CLASS_EXPRESSION | ast::OBJECT => true,
            ast::ARRAY => as_boolean || self.tree.list(self.f(node, 0)).iter().all(|&item| item == 0 || deeper(item, false)),
            ast::NEW => as_boolean,
            ast::TEMPLATE => {
                let full = self.tree.list(self.f(node, 0)).iter().any(|&piece| self.tree.end(piece) > self.tree.start(piece));
                (as_boolean && full) || self.tree.list(self.f(node, 1)).iter().all(|&each| deeper(each, false))
            }
            ast::UNARY => match self.operator(node) {
                "void" => true,
                "typeof" => as_boolean || deeper(self.f(node, 0), false),
                "!" => deeper(self.f(node, 0), true),
                _ => deeper(self.f(node, 0), false),
            },
            ast::BINARY => self.operator(node) != "in" && deeper(self.f(node, 0), false) && deeper(self.f(node, 1), false),
            ast::LOGICAL => self.is_logical_constant(node, as_boolean, depth),
            ast::ASSIGNMENT if self.operator(node) == "=" => deeper(self.f(node, 1), as_boolean),
            ast::SEQUENCE => self.tree.list(self.f(node, 0)).last().map_or(false, |&last| deeper(last, as_boolean)),
            ast::IDENTIFIER => self.atom(node) == b"undefined",
            _ => false,
        }
    }

    fn is_logical_constant(&self, node: u32, as_boolean: bool, depth: u32) -> bool {
        let operator = self.operator(node);
        let (left, right) = (self.f(node, 0), self.f(node, 1));
        let left_constant = self.is_constant(left, as_boolean, depth + 1);
        let right_constant = self.is_constant(right, as_boolean, depth + 1);
        let decides = |side: u32| match operator {
            "||" => self.is_true_literal(side),
            "&&" => self.is_false_literal(side),
            _ => false,
        };
        (left_constant && right_constant) || (as_boolean && (left_constant && decides(left) || right_constant && decides(right)))
    }

    fn is_true_literal(&self, node: u32) -> bool {
        match self.kind(node) {
            ast::BOOLEAN => self.tree.is(node, 1),
            ast::STRING => !self.atom(node).is_empty(),
            ast::NUMBER => self.text(node).iter().any(|byte| (b'1'..=b'9').contains(byte)),
            ast::OBJECT | ast::ARRAY | ast::ARROW | ast::FUNCTION_EXPRESSION => true,
            _ => false,
        }
    }

    fn is_false_literal(&self, node: u32) -> bool {
        match self.kind(node) {
            ast::BOOLEAN => !self.tree.is(node, 1),
            ast::STRING => self.atom(node).is_empty(),
            ast::NULL => true,
            ast::NUMBER => self.text(node) == b"0",
            _ => false,
        }
    }

    // Comparisons.

    #[inline(never)]
    fn comparison(&mut self, node: u32) {
        let operator = self.operator(node);
        let (left, right) = (self.f(node, 0), self.f(node, 1));
        match operator {
            "==" | "!=" | "===" | "!==" | "<" | ">" | "<=" | ">=" => {}
            "in" | "instanceof" => {
                if self.kind(left) == ast::UNARY && self.operator(left) == "!" && !self.tree.is(left, ast::PARENTHESIZED) {
                    let inner = self.tree.start(left) + 1;
                    let fixes = vec![
                        Fix { start: inner, end: inner, text: b"(".to_vec() },
                        Fix { start: self.tree.end(node), end: self.tree.end(node), text: b")".to_vec() },
                    ];
                    self.find_with(rules::UNSAFE_NEGATION, left, operator.as_bytes(), fixes);
                }
                return;
            }
            _ => return,
        }
        if self.text(left) == self.text(right) {
            let text = self.text(left);
            self.find(rules::SELF_COMPARE, node, &text[..text.len().min(60)]);
        }
        let negative = |side: u32| self.kind(side) == ast::UNARY && self.operator(side) == "-" && self.text(self.f(side, 0)) == b"0";
        if negative(left) || negative(right) {
            self.find(rules::NEGATIVE_ZERO, node, b"");
        }
        self.nan(node, left, right, operator);
        if operator.len() >= 2 && operator.contains('=') && !matches!(operator, "<=" | ">=") {
            self.typeof_of(left, right);
            self.typeof_of(right, left);
        }
        if matches!(operator, "==" | "!=") {
            let null = self.kind(left) == ast::NULL || self.kind(right) == ast::NULL;
            if null {
                self.find(rules::LOOSE_NULL, node, operator.as_bytes());
            } else {
                let at = self.operator_place(left, right, operator);
                self.find_at(rules::LOOSE_EQUALITY, at, at + operator.len() as u32, operator.as_bytes(), Vec::new());
            }
        }
    }

    /// Where an operator stands between its sides, which may have parentheses and comments around them.
    fn operator_place(&self, left: u32, right: u32, operator: &str) -> u32 {
        let (mut at, end) = (self.tree.end(left), self.tree.start(right));
        while at < end {
            if self.source[at as usize..].starts_with(operator.as_bytes()) {
                return at;
            }
            let comments = &self.parser.lex.comments;
            let next = comments.partition_point(|comment| comment.start < at);
            at = if next < comments.len() && comments[next].start == at { comments[next].end } else { at + 1 };
        }
        self.tree.end(left)
    }

    fn is_nan(&self, node: u32) -> bool {
        self.is_name(node, b"NaN") || (self.kind(node) == ast::MEMBER && self.is_name(self.f(node, 0), b"Number") && self.is_name(self.f(node, 1), b"NaN"))
    }

    fn nan(&mut self, node: u32, left: u32, right: u32, operator: &str) {
        let other = match (self.is_nan(left), self.is_nan(right)) {
            (true, _) => right,
            (_, true) => left,
            _ => return,
        };
        let mut fixes = Vec::new();
        if matches!(operator, "===" | "!==") && self.kind(other) != ast::SEQUENCE {
            let mut text = if operator == "!==" { b"!".to_vec() } else { Vec::new() };
            text.extend_from_slice(b"Number.isNaN(");
            text.extend_from_slice(self.text(other));
            text.push(b')');
            fixes.push(Fix { start: self.tree.start(node), end: self.tree.end(node), text });
        }
        self.find_with(rules::IS_NAN, node, b"", fixes);
    }

    fn typeof_of(&mut self, side: u32, other: u32) {
        if self.kind(side) == ast::UNARY && self.operator(side) == "typeof" && self.kind(other) == ast::STRING && !TYPES.contains(&self.atom(other)) {
            let text = self.atom(other).to_vec();
            self.find(rules::VALID_TYPEOF, other, &text);
        }
    }

    fn self_assign(&mut self, node: u32) {
        let (left, right) = (self.f(node, 0), self.f(node, 1));
        if !matches!(self.operator(node), "=" | "&&=" | "||=" | "??=") || self.text(left) != self.text(right) {
            return;
        }
        let mut inner = right;
        while self.kind(inner) == ast::MEMBER {
            let property = self.f(inner, 1);
            if self.tree.is(inner, 1) && !matches!(self.kind(property), ast::IDENTIFIER | ast::STRING | ast::NUMBER) {
                return;
            }
            inner = self.f(inner, 0);
        }
        if matches!(self.kind(inner), ast::IDENTIFIER | ast::THIS) {
            let text = self.text(right);
            self.find(rules::SELF_ASSIGN, right, &text[..text.len().min(60)]);
        }
    }

    // Keys.

    /// A key that is known, as text.
    fn key_text(&self, key: u32, computed: bool) -> Option<Vec<u8>> {
        match self.kind(key) {
            ast::IDENTIFIER if !computed => Some(self.atom(key).to_vec()),
            ast::STRING => Some(self.atom(key).to_vec()),
            ast::PRIVATE_IDENTIFIER => Some([b"#", self.atom(key)].concat()),
            ast::NUMBER => {
                let mut text = Vec::new();
                crate::numbers::json(&mut text, self.text(key));
                Some(text)
            }
            _ => None,
        }
    }

    #[inline(never)]
    fn keys(&mut self, node: u32) {
        let mut seen = Vec::new();
        for at in 0..self.tree.length(self.f(node, 0)) {
            let property = self.tree.item(self.f(node, 0), at);
            if self.kind(property) != ast::PROPERTY {
                continue;
            }
            let (flags, key) = (self.tree.flags(property), self.f(property, 0));
            let computed = flags & 16 != 0;
            if let Some(text) = self.key_text(key, computed) {
                // `__proto__: value` sets the prototype, and is no key.
                if text == b"__proto__" && !computed && flags & 15 == 0 {
                    continue;
                }
                seen.push((text, flags & 3, at, key));
            }
        }
        self.duplicates(seen, rules::DUPLICATE_KEY);
    }

    #[inline(never)]
    fn members(&mut self, node: u32) {
        let mut seen = Vec::new();
        for at in 0..self.tree.length(self.f(node, 0)) {
            let member = self.tree.item(self.f(node, 0), at);
            if !matches!(self.kind(member), ast::METHOD | ast::PROPERTY_DEFINITION) {
                continue;
            }
            let (flags, key) = (self.tree.flags(member), self.f(member, 1));
            let method = self.kind(member) == ast::METHOD;
            let function = self.f(member, 2);
            if method && (flags & 3 == 0 || self.kind(function) == ast::TS_EMPTY_BODY_FUNCTION) {
                continue;
            }
            let accessor = if method && flags & 3 >= 2 { flags & 3 } else { 0 };
            if let Some(mut text) = self.key_text(key, flags & 8 != 0) {
                // Static members are apart.
                text.push(if flags & 4 != 0 { b's' } else { b'i' });
                seen.push((text, if accessor == 0 { 0 } else { accessor - 1 }, at, key));
            }
        }
        self.duplicates(seen, rules::DUPLICATE_MEMBER);
    }

    /// Keys that come again: a getter and a setter are one.
    fn duplicates(&mut self, mut seen: Vec<(Vec<u8>, u32, usize, u32)>, rule: u8) {
        seen.sort();
        let mut at = 0;
        while at < seen.len() {
            let mut to = at;
            while to < seen.len() && seen[to].0 == seen[at].0 {
                to += 1;
            }
            let mut group: Vec<&(Vec<u8>, u32, usize, u32)> = seen[at..to].iter().collect();
            group.sort_by_key(|entry| entry.2);
            let mut there = 0u32;
            for entry in group {
                let bit = 1 << entry.1;
                let against = if entry.1 == 0 { 7 } else { 1 | bit };
                if there & against != 0 {
                    let mut text = entry.0.clone();
                    if rule == rules::DUPLICATE_MEMBER {
                        text.pop();
                    }
                    self.find(rule, entry.3, &text);
                }
                there |= bit;
            }
            at = to;
        }
    }

    // Statements.

    fn useless_catch(&mut self, node: u32) {
        let (param, body) = (self.f(node, 0), self.f(node, 1));
        let first = self.tree.item(self.f(body, 0), 0);
        if param == 0 || first == 0 || self.kind(first) != ast::THROW || self.kind(param) != ast::IDENTIFIER {
            return;
        }
        let thrown = self.f(first, 0);
        if thrown != 0 && self.kind(thrown) == ast::IDENTIFIER && self.f(thrown, 0) == self.f(param, 0) {
            self.find(rules::USELESS_CATCH, node, b"");
        }
    }

    fn executor(&mut self, node: u32) {
        let first = self.tree.item(self.f(node, 2), 0);
        if self.is_name(self.f(node, 0), b"Promise") && first != 0 && self.is_function(first) && self.tree.is(first, 2) {
            self.find(rules::ASYNC_EXECUTOR, first, b"");
        }
    }
}

fn hash(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ byte as u64).wrapping_mul(0x100_0000_01b3))
}
