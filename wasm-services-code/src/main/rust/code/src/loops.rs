//! Loops.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Label, Parser};
use crate::statements::*;
use crate::words::{t, w};

impl<'a> Parser<'a> {
    pub fn enter_loop(&mut self) {
        self.settle_labels(LOOP);
        self.labels.push(Label { atom: 0, kind: LOOP });
    }

    pub fn loop_body(&mut self) -> u32 {
        let body = self.body();
        self.labels.pop();
        body
    }

    #[inline(never)]
    pub fn while_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        self.enter_loop();
        let test = self.parenthesized_test();
        let body = self.loop_body();
        self.node2(ast::WHILE, 0, start, test, body)
    }

    #[inline(never)]
    pub fn do_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        self.enter_loop();
        let body = self.loop_body();
        self.expect(t::WHILE, "while");
        let test = self.parenthesized_test();
        self.eat(t::SEMICOLON);
        self.node2(ast::DO_WHILE, 0, start, body, test)
    }

    #[inline(never)]
    pub fn for_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let mut is_await = false;
        if self.at_word(w::AWAIT) {
            is_await = true;
            if !self.has(ctx::ASYNC) {
                self.at_token(errors::AWAIT_OUTSIDE, 0);
            }
            self.last_await = start + 1;
            self.next();
        }
        self.enter_loop();
        self.scopes.enter(0);
        self.expect(t::LEFT_PAREN, "(");
        let node = self.for_head(start, is_await);
        self.scopes.leave();
        node
    }

    #[inline(never)]
    pub fn for_head(&mut self, start: u32, is_await: bool) -> u32 {
        if self.at(t::SEMICOLON) {
            return self.for_rest(start, 0, is_await);
        }
        let kind = self.for_declaration();
        if kind != u32::MAX {
            return self.for_variables(start, kind, is_await);
        }
        self.for_expression(start, is_await)
    }

    /// What kind of declaration begins there; all ones if none does.
    pub fn for_declaration(&mut self) -> u32 {
        match self.kind() {
            t::VAR => KIND_VAR,
            t::CONST => KIND_CONST,
            t::IDENTIFIER if self.at_word(w::LET) && self.begins_let(false) => KIND_LET,
            t::IDENTIFIER if self.at_word(w::USING) && self.begins_for_using() => KIND_USING,
            t::IDENTIFIER if self.at_word(w::AWAIT) && self.has(ctx::ASYNC) && self.begins_await_using() => KIND_AWAIT_USING,
            _ => u32::MAX,
        }
    }

    /// `using of` is no declaration, unless `of` comes again or something is assigned to it.
    pub fn begins_for_using(&mut self) -> bool {
        let next = self.peek();
        if next.line_before || next.kind != t::IDENTIFIER {
            return false;
        }
        if next.atom != w::OF {
            return true;
        }
        let mark = self.mark();
        self.next();
        self.next();
        let there = matches!(self.kind(), t::ASSIGN | t::SEMICOLON | t::COLON);
        self.back(&mark);
        there
    }

    #[inline(never)]
    pub fn for_variables(&mut self, start: u32, kind: u32, is_await: bool) -> u32 {
        let at = self.start();
        let saved = self.ctx;
        self.ctx |= ctx::NO_IN;
        let declaration = self.variables(at, kind, true);
        self.ctx = saved;
        if !self.at(t::IN) && !self.at_word(w::OF) {
            return self.for_rest(start, declaration, is_await);
        }
        self.check_for_variables(declaration, kind);
        self.for_in_of(start, declaration, is_await)
    }

    pub fn check_for_variables(&mut self, declaration: u32, kind: u32) {
        let list = self.tree.field(declaration, 0);
        if self.tree.length(list) != 1 {
            self.problem_at(errors::ONE_DECLARATION, declaration);
        }
        let first = self.tree.item(list, 0);
        let plain = self.tree.kind(self.tree.field(first, 0)) == ast::IDENTIFIER;
        let allowed = self.at(t::IN) && kind == KIND_VAR && plain && !self.strict();
        if self.tree.field(first, 1) != 0 && !allowed {
            self.problem_at(errors::FOR_INITIALIZER, first);
        }
        if kind >= KIND_USING && self.at(t::IN) {
            self.problem_at(errors::USING, declaration);
        }
    }

    #[inline(never)]
    pub fn for_expression(&mut self, start: u32, is_await: bool) -> u32 {
        let at = self.start();
        let starts_with_let = self.at_word(w::LET);
        let starts_with_async = self.at_word(w::ASYNC);
        let cover = self.cover.len();
        let saved = self.ctx;
        self.ctx |= ctx::NO_IN;
        let init = self.assign_cover();
        if self.at(t::IN) || self.at_word(w::OF) {
            self.ctx = saved;
            return self.for_pattern(start, init, at, is_await, starts_with_let, starts_with_async);
        }
        self.report_cover(cover);
        let init = self.sequence_rest(at, init);
        self.ctx = saved;
        self.for_rest(start, init, is_await)
    }

    pub fn sequence_rest(&mut self, start: u32, first: u32) -> u32 {
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

    #[inline(never)]
    pub fn for_pattern(&mut self, start: u32, init: u32, at: u32, is_await: bool, let_first: bool, async_first: bool) -> u32 {
        let of = !self.at(t::IN);
        let end = self.tree.end(init);
        self.settle(at, false);
        let init = self.to_pattern(init);
        self.check_target(init, 0);
        if self.tree.kind(init) == ast::ASSIGNMENT_PATTERN {
            self.problem_at(errors::TARGET, init);
        }
        if of && let_first {
            self.problem(errors::FOR_LET, at, end, 0);
        }
        if of && async_first && !is_await && end - at == 5 && self.tree.kind(init) == ast::IDENTIFIER {
            self.problem(errors::FOR_ASYNC, at, end, 0);
        }
        self.for_in_of(start, init, is_await)
    }

    #[inline(never)]
    pub fn for_in_of(&mut self, start: u32, left: u32, is_await: bool) -> u32 {
        let of = !self.at(t::IN);
        if is_await && !of {
            self.not_expected();
        }
        self.next();
        let right = if of { self.inner_assign() } else { self.inner_expression() };
        self.expect(t::RIGHT_PAREN, ")");
        let body = self.loop_body();
        let (kind, flags) = if of { (ast::FOR_OF, is_await as u32) } else { (ast::FOR_IN, 0) };
        self.node3(kind, flags, start, left, right, body)
    }

    #[inline(never)]
    pub fn for_rest(&mut self, start: u32, init: u32, is_await: bool) -> u32 {
        if is_await {
            self.not_expected();
        }
        self.expect(t::SEMICOLON, ";");
        let test = if matches!(self.kind(), t::SEMICOLON | t::RIGHT_PAREN) { 0 } else { self.inner_expression() };
        self.expect(t::SEMICOLON, ";");
        let update = if self.at(t::RIGHT_PAREN) { 0 } else { self.inner_expression() };
        self.expect(t::RIGHT_PAREN, ")");
        let body = self.loop_body();
        let node = self.node3(ast::FOR, 0, start, init, test, update);
        self.tree.set(node, 3, body);
        node
    }
}
