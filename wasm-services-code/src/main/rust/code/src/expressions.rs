//! Expressions, by the strength of their operators.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::words::{t, w};

/// How strong binary operators are, by token; 0 is none.
static STRENGTH: [u8; 128] = strengths();

const POWER: u8 = 12;
/// Of `in`, `as` and comparisons.
pub const RELATION: u8 = 8;

const fn strengths() -> [u8; 128] {
    let mut table = [0; 128];
    table[t::NULLISH as usize] = 1;
    table[t::LOGICAL_OR as usize] = 2;
    table[t::LOGICAL_AND as usize] = 3;
    table[t::OR as usize] = 4;
    table[t::XOR as usize] = 5;
    table[t::AND as usize] = 6;
    let mut at = t::EQUAL;
    while at <= t::STRICT_NOT_EQUAL {
        table[at as usize] = 7;
        at += 1;
    }
    at = t::LESS;
    while at <= t::GREATER_EQUAL {
        table[at as usize] = RELATION;
        at += 1;
    }
    table[t::INSTANCEOF as usize] = RELATION;
    table[t::IN as usize] = RELATION;
    at = t::SHIFT_LEFT;
    while at <= t::UNSIGNED_SHIFT {
        table[at as usize] = 9;
        at += 1;
    }
    table[t::PLUS as usize] = 10;
    table[t::MINUS as usize] = 10;
    table[t::STAR as usize] = 11;
    table[t::SLASH as usize] = 11;
    table[t::PERCENT as usize] = 11;
    table[t::POWER as usize] = POWER;
    table
}

impl<'a> Parser<'a> {
    /// An expression, with commas.
    #[inline(never)]
    pub fn expression(&mut self) -> u32 {
        let start = self.start();
        let first = self.assign();
        if !self.at(t::COMMA) {
            return first;
        }
        let from = self.scratch.len();
        self.scratch.push(first);
        while self.eat(t::COMMA) {
            let next = self.assign();
            self.scratch.push(next);
        }
        let list = self.list(from);
        self.node1(ast::SEQUENCE, 0, start, list)
    }

    /// An expression where `in` is an operator again.
    pub fn inner_expression(&mut self) -> u32 {
        let saved = self.ctx;
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        let node = self.expression();
        self.ctx = saved;
        node
    }

    /// The same without commas.
    pub fn inner_assign(&mut self) -> u32 {
        let saved = self.ctx;
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        let node = self.assign();
        self.ctx = saved;
        node
    }

    /// An expression without commas that can't become a pattern.
    #[inline(never)]
    pub fn assign(&mut self) -> u32 {
        let cover = self.cover.len();
        let node = self.assign_cover();
        if self.cover.len() > cover {
            self.report_cover(cover);
        }
        node
    }

    /// All that was wrong unless it became a pattern is wrong.
    #[inline(never)]
    pub fn report_cover(&mut self, from: usize) {
        while self.cover.len() > from {
            if let Some((at, code)) = self.cover.pop() {
                self.problem(code, at, at + 1, 0);
            }
        }
    }

    /// The expression that begins there becomes no pattern.
    #[inline(always)]
    pub fn definite(&mut self, start: u32) {
        if !self.cover.is_empty() {
            self.settle(start, true);
        }
    }

    /// What is behind `start` and was wrong unless it becomes a pattern is told, or forgotten.
    #[inline(never)]
    pub fn settle(&mut self, start: u32, wrong: bool) {
        while let Some(&(at, code)) = self.cover.last() {
            if at < start {
                return;
            }
            self.cover.pop();
            if wrong {
                self.problem(code, at, at + 1, 0);
            }
        }
    }

    /// An expression without commas that may become a pattern.
    #[inline(never)]
    pub fn assign_cover(&mut self) -> u32 {
        let node = if self.enter() { self.assignment() } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.leave();
        node
    }

    #[inline(never)]
    fn assignment(&mut self) -> u32 {
        let start = self.start();
        if self.at_word(w::YIELD) && self.has(ctx::GENERATOR) {
            return self.yield_expression();
        }
        if self.typescript && (self.at(t::LESS) || self.at(t::LEFT_PAREN)) {
            let arrow = self.typed_arrow(start, false);
            if arrow != 0 {
                return arrow;
            }
        }
        self.arrow_at = start;
        let left = self.conditional(start);
        let kind = self.kind();
        if kind < t::ASSIGN || kind > t::NULLISH_ASSIGN {
            return left;
        }
        self.assign_to(left, start, kind)
    }

    #[inline(never)]
    fn assign_to(&mut self, left: u32, start: u32, kind: u8) -> u32 {
        let mut left = left;
        if kind == t::ASSIGN {
            let at = self.tree.start(left);
            self.settle(at, false);
            left = self.to_pattern(left);
            self.check_target(left, 0);
        } else {
            self.definite(start);
            self.check_simple_target(left);
        }
        self.next();
        let right = self.assign();
        self.node2(ast::ASSIGNMENT, (kind - t::ASSIGN) as u32, start, left, right)
    }

    #[inline(never)]
    fn yield_expression(&mut self) -> u32 {
        let start = self.start();
        if self.has(ctx::PARAMETERS) {
            let end = self.end();
            self.problem(errors::YIELD_PARAMETER, start, end, 0);
        }
        self.last_yield = start + 1;
        self.next();
        let mut delegate = false;
        let mut argument = 0;
        if !self.line_before() {
            delegate = self.eat(t::STAR);
            if delegate || self.begins_expression() {
                argument = self.assign();
            }
        }
        self.node1(ast::YIELD, delegate as u32, start, argument)
    }

    /// Whether an expression can begin with the token.
    pub fn begins_expression(&self) -> bool {
        match self.kind() {
            t::END | t::SEMICOLON | t::RIGHT_BRACE | t::RIGHT_PAREN | t::RIGHT_BRACKET | t::COLON | t::COMMA | t::QUESTION | t::IN | t::DOT
            | t::ARROW | t::QUESTION_DOT | t::ELLIPSIS => false,
            t::PLUS | t::MINUS | t::NOT | t::TILDE | t::INCREMENT | t::DECREMENT | t::LESS | t::SLASH | t::SLASH_ASSIGN => true,
            t::INSTANCEOF => false,
            t::IDENTIFIER => true,
            kind => kind < t::ASSIGN,
        }
    }

    /// Whether a node is an arrow function without parentheses, which no operator can follow.
    #[inline(always)]
    fn is_arrow(&self, node: u32, start: u32) -> bool {
        self.tree.kind(node) == ast::ARROW && self.tree.start(node) == start && !self.tree.is(node, ast::PARENTHESIZED)
    }

    #[inline(never)]
    fn conditional(&mut self, start: u32) -> u32 {
        let test = self.binary(start);
        if !self.at(t::QUESTION) || self.is_arrow(test, start) {
            return test;
        }
        self.conditional_rest(test, start)
    }

    #[inline(never)]
    fn conditional_rest(&mut self, test: u32, start: u32) -> u32 {
        self.definite(start);
        self.next();
        let saved = self.ctx;
        self.ctx = self.ctx & !ctx::NO_IN | ctx::BEFORE_COLON;
        let consequent = self.assign();
        self.ctx = saved;
        self.expect(t::COLON, ":");
        let alternate = self.assign();
        self.node3(ast::CONDITIONAL, 0, start, test, consequent, alternate)
    }

    // Binary operators.

    #[inline(always)]
    fn strength(&self) -> u8 {
        let kind = self.kind();
        if kind == t::IDENTIFIER {
            return if self.typescript && self.at_type_operator() { RELATION } else { 0 };
        }
        if kind == t::IN && self.has(ctx::NO_IN) {
            return 0;
        }
        STRENGTH[kind as usize]
    }

    fn at_type_operator(&self) -> bool {
        !self.line_before() && (self.at_word(w::AS) || self.at_word(w::SATISFIES))
    }

    #[inline(never)]
    fn binary(&mut self, start: u32) -> u32 {
        let left = self.operand();
        if self.strength() == 0 || self.is_arrow(left, start) {
            if self.tree.kind(left) == ast::PRIVATE_IDENTIFIER {
                self.problem_at(errors::PRIVATE_IN, left);
            }
            return left;
        }
        self.binary_rest(left, start, 0)
    }

    /// What an operator stands between; a private name before `in`, too.
    #[inline(always)]
    fn operand(&mut self) -> u32 {
        if self.at(t::PRIVATE_NAME) {
            return self.private_name();
        }
        self.unary()
    }

    /// The use of a private name.
    #[inline(never)]
    pub fn private_name(&mut self) -> u32 {
        let (start, end, atom) = (self.start(), self.end(), self.atom());
        self.next();
        self.private_used.push((atom, start, end));
        self.node1(ast::PRIVATE_IDENTIFIER, 0, start, atom)
    }

    /// All that follows an operand with operators stronger than `least`.
    #[inline(never)]
    fn binary_rest(&mut self, left: u32, start: u32, least: u8) -> u32 {
        let mut left = left;
        loop {
            let strength = self.strength();
            if strength <= least {
                return left;
            }
            self.definite(start);
            if self.at(t::IDENTIFIER) {
                left = self.type_operator(left, start);
                continue;
            }
            let kind = self.kind();
            self.next();
            let right_start = self.start();
            let right = self.operand();
            let right = if self.is_arrow(right, right_start) { right } else { self.binary_rest(right, right_start, strength) };
            self.definite(right_start);
            left = self.operation(kind, start, left, right);
        }
    }

    /// `as` or `satisfies`.
    #[inline(never)]
    fn type_operator(&mut self, left: u32, start: u32) -> u32 {
        let kind = if self.at_word(w::AS) { ast::TS_AS } else { ast::TS_SATISFIES };
        self.next();
        let annotation = self.type_or_const();
        self.node2(kind, 0, start, left, annotation)
    }

    #[inline(never)]
    fn operation(&mut self, kind: u8, start: u32, left: u32, right: u32) -> u32 {
        if self.tree.kind(right) == ast::PRIVATE_IDENTIFIER {
            self.problem_at(errors::PRIVATE_IN, right);
        }
        if self.tree.kind(left) == ast::PRIVATE_IDENTIFIER && kind != t::IN {
            self.problem_at(errors::PRIVATE_IN, left);
        }
        let operator = match kind {
            t::INSTANCEOF => t::INSTANCEOF_OPERATOR,
            t::IN => t::IN_OPERATOR,
            kind => (kind - t::ASSIGN) as u32,
        };
        let logical = (t::NULLISH..=t::LOGICAL_AND).contains(&kind);
        if logical && (self.mixes(kind, left) || self.mixes(kind, right)) {
            let end = self.last_end();
            self.problem(errors::MIXED_NULLISH, start, end, 0);
        }
        self.node2(if logical { ast::LOGICAL } else { ast::BINARY }, operator, start, left, right)
    }

    fn mixes(&self, kind: u8, side: u32) -> bool {
        if self.tree.kind(side) != ast::LOGICAL || self.tree.is(side, ast::PARENTHESIZED) {
            return false;
        }
        let nullish = self.tree.flags(side) & 0x3f == (t::NULLISH - t::ASSIGN) as u32;
        nullish != (kind == t::NULLISH)
    }

    // Unary operators.

    #[inline(never)]
    pub fn unary(&mut self) -> u32 {
        let start = self.start();
        let node = self.unary_operand();
        if self.at(t::POWER) && !self.is_arrow(node, start) {
            return self.power(node, start);
        }
        node
    }

    /// What a unary operator stands before: `**` does not belong to it.
    #[inline(never)]
    fn unary_operand(&mut self) -> u32 {
        match self.kind() {
            t::NOT | t::TILDE | t::PLUS | t::MINUS | t::TYPEOF | t::VOID | t::DELETE => self.deeper(Self::unary_operator),
            t::INCREMENT | t::DECREMENT => self.deeper(Self::prefix_update),
            t::IDENTIFIER if self.at_word(w::AWAIT) && self.has(ctx::ASYNC) => self.deeper(Self::await_expression),
            t::LESS if self.typescript && !self.options.jsx => self.deeper(Self::type_assertion),
            _ => self.postfix(),
        }
    }

    /// Goes one level deeper, if that is not too deep.
    #[inline(never)]
    pub fn deeper(&mut self, parse: fn(&mut Self) -> u32) -> u32 {
        let node = if self.enter() { parse(self) } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.leave();
        node
    }

    #[inline(never)]
    fn unary_operator(&mut self) -> u32 {
        let (kind, start) = (self.kind(), self.start());
        self.next();
        let argument_start = self.start();
        let argument = self.unary_operand();
        self.definite(argument_start);
        let operator = match kind {
            t::TYPEOF => t::TYPEOF_OPERATOR,
            t::VOID => t::VOID_OPERATOR,
            t::DELETE => t::DELETE_OPERATOR,
            kind => (kind - t::ASSIGN) as u32,
        };
        if kind == t::DELETE {
            self.check_delete(argument);
        }
        self.node1(ast::UNARY, operator | 1 << 6, start, argument)
    }

    fn check_delete(&mut self, argument: u32) {
        if self.tree.kind(argument) == ast::IDENTIFIER && self.strict() {
            self.problem_at(errors::DELETE_NAME, argument);
        }
        let mut target = argument;
        if self.tree.kind(target) == ast::CHAIN {
            target = self.tree.field(target, 0);
        }
        if self.tree.kind(target) == ast::MEMBER && self.tree.kind(self.tree.field(target, 1)) == ast::PRIVATE_IDENTIFIER {
            self.problem_at(errors::DELETE_PRIVATE, argument);
        }
    }

    fn power(&mut self, left: u32, start: u32) -> u32 {
        self.definite(start);
        let unary = matches!(self.tree.kind(left), ast::UNARY | ast::AWAIT | ast::TS_TYPE_ASSERTION);
        if unary && !self.tree.is(left, ast::PARENTHESIZED) {
            let (at, end) = (self.start(), self.end());
            self.problem(errors::UNARY_POWER, at, end, 0);
        }
        self.next();
        let right = self.deeper(Self::unary);
        self.operation(t::POWER, start, left, right)
    }

    #[inline(never)]
    fn prefix_update(&mut self) -> u32 {
        let (kind, start) = (self.kind(), self.start());
        self.next();
        let argument_start = self.start();
        let argument = self.unary_operand();
        self.definite(argument_start);
        self.check_simple_target(argument);
        self.node1(ast::UPDATE, (kind - t::ASSIGN) as u32 | 1 << 6, start, argument)
    }

    #[inline(never)]
    fn await_expression(&mut self) -> u32 {
        let start = self.start();
        if self.has(ctx::PARAMETERS) {
            let end = self.end();
            self.problem(errors::AWAIT_PARAMETER, start, end, 0);
        }
        self.last_await = start + 1;
        self.next();
        let argument_start = self.start();
        let argument = self.unary_operand();
        self.definite(argument_start);
        self.node1(ast::AWAIT, 0, start, argument)
    }

    #[inline(never)]
    fn postfix(&mut self) -> u32 {
        let start = self.start();
        let mut node = self.left_hand_side(start);
        if (self.at(t::INCREMENT) || self.at(t::DECREMENT)) && !self.line_before() && !self.is_arrow(node, start) {
            node = self.postfix_update(node, start);
        }
        node
    }

    #[inline(never)]
    fn postfix_update(&mut self, argument: u32, start: u32) -> u32 {
        self.definite(start);
        self.check_simple_target(argument);
        let kind = self.kind();
        self.next();
        self.node1(ast::UPDATE, (kind - t::ASSIGN) as u32, start, argument)
    }

    // Members and calls.

    #[inline(always)]
    pub fn left_hand_side(&mut self, start: u32) -> u32 {
        let node = self.primary();
        match self.kind() {
            t::DOT | t::LEFT_BRACKET | t::LEFT_PAREN | t::TEMPLATE | t::QUESTION_DOT | t::NOT | t::LESS | t::SHIFT_LEFT => {
                if self.is_arrow(node, start) {
                    return node;
                }
                self.subscripts(node, start, true)
            }
            _ => node,
        }
    }

    /// Members, calls and templates behind an expression; calls only if they belong to it, and not to a `new` before it.
    #[inline(never)]
    pub fn subscripts(&mut self, base: u32, start: u32, calls: bool) -> u32 {
        let mut node = base;
        let mut chain = false;
        loop {
            let next = match self.kind() {
                t::DOT => self.member(node, start),
                t::LEFT_BRACKET if !self.has(ctx::DECORATOR) => self.computed_member(node, start, false),
                t::LEFT_PAREN if calls => self.call(node, start, 0, false),
                t::TEMPLATE => self.tagged_template(node, start, 0, chain),
                t::QUESTION_DOT => {
                    if !calls {
                        let (at, end) = (self.start(), self.end());
                        self.problem(errors::OPTIONAL_NEW, at, end, 0);
                    }
                    chain = true;
                    self.optional(node, start)
                }
                t::NOT if self.typescript && !self.line_before() => self.non_null(node, start),
                t::LESS | t::SHIFT_LEFT if self.typescript && calls => self.call_with_types(node, start, chain),
                _ => 0,
            };
            if next == 0 {
                break;
            }
            node = next;
        }
        if chain {
            return self.node1(ast::CHAIN, 0, start, node);
        }
        node
    }

    fn non_null(&mut self, node: u32, start: u32) -> u32 {
        self.definite(start);
        self.next();
        self.node1(ast::TS_NON_NULL, 0, start, node)
    }

    #[inline(never)]
    fn member(&mut self, object: u32, start: u32) -> u32 {
        self.definite(start);
        self.next();
        self.member_name(object, start, false)
    }

    fn member_name(&mut self, object: u32, start: u32, optional: bool) -> u32 {
        let property = if self.at(t::PRIVATE_NAME) {
            if self.tree.kind(object) == ast::SUPER {
                let (at, end) = (self.start(), self.end());
                self.problem(errors::SUPER_PROPERTY, at, end, 0);
            }
            self.private_name()
        } else {
            self.name_node()
        };
        self.node2(ast::MEMBER, (optional as u32) << 1, start, object, property)
    }

    #[inline(never)]
    fn computed_member(&mut self, object: u32, start: u32, optional: bool) -> u32 {
        self.definite(start);
        self.next();
        let property = self.inner_expression();
        self.expect(t::RIGHT_BRACKET, "]");
        self.node2(ast::MEMBER, 1 | (optional as u32) << 1, start, object, property)
    }

    #[inline(never)]
    pub fn call(&mut self, callee: u32, start: u32, types: u32, optional: bool) -> u32 {
        self.definite(start);
        let arguments = self.arguments();
        self.node3(ast::CALL, optional as u32, start, callee, types, arguments)
    }

    /// The arguments of a call, from its parenthesis on.
    #[inline(never)]
    pub fn arguments(&mut self) -> u32 {
        self.next();
        let saved = self.ctx;
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        let from = self.scratch.len();
        while !self.at(t::RIGHT_PAREN) && !self.at(t::END) {
            let before = self.start();
            let argument = if self.at(t::ELLIPSIS) { self.spread(false) } else { self.assign() };
            self.scratch.push(argument);
            if !self.separator(t::RIGHT_PAREN, before) {
                break;
            }
        }
        self.ctx = saved;
        self.expect(t::RIGHT_PAREN, ")");
        self.list(from)
    }

    /// `...a`; one that may become a rest element is marked if a comma follows.
    #[inline(never)]
    pub fn spread(&mut self, cover: bool) -> u32 {
        let start = self.start();
        self.next();
        let argument = if cover { self.assign_cover() } else { self.assign() };
        let comma = if self.at(t::COMMA) { ast::COMMA_AFTER } else { 0 };
        self.node1(ast::SPREAD, comma, start, argument)
    }

    #[inline(never)]
    pub fn tagged_template(&mut self, tag: u32, start: u32, types: u32, chain: bool) -> u32 {
        self.definite(start);
        if chain {
            let (at, end) = (self.start(), self.end());
            self.problem(errors::OPTIONAL_TEMPLATE, at, end, 0);
        }
        let quasi = self.template(true);
        self.node3(ast::TAGGED_TEMPLATE, 0, start, tag, types, quasi)
    }

    #[inline(never)]
    fn optional(&mut self, object: u32, start: u32) -> u32 {
        self.definite(start);
        self.next();
        match self.kind() {
            t::LEFT_PAREN => self.call(object, start, 0, true),
            t::LEFT_BRACKET => self.computed_member(object, start, true),
            t::TEMPLATE => self.tagged_template(object, start, 0, true),
            t::LESS if self.typescript => {
                let types = self.type_arguments();
                if self.at(t::LEFT_PAREN) {
                    return self.call(object, start, types, true);
                }
                self.missing("(");
                self.node3(ast::CALL, 1, start, object, types, 0)
            }
            _ => self.member_name(object, start, true),
        }
    }
}
