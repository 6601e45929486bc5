//! Blocks, branches and what ends a function.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Label, Parser};
use crate::scopes;
use crate::statements::*;
use crate::words::t;

impl<'a> Parser<'a> {
    #[inline(never)]
    pub fn block(&mut self) -> u32 {
        self.scopes.enter(0);
        let node = self.open_block();
        self.scopes.leave();
        node
    }

    /// A block in the scope at hand.
    pub fn open_block(&mut self) -> u32 {
        let start = self.start();
        if !self.expect(t::LEFT_BRACE, "{") {
            return self.node(ast::BLOCK, 0, start);
        }
        let from = self.scratch.len();
        let list = self.statements(from, t::RIGHT_BRACE);
        self.expect(t::RIGHT_BRACE, "}");
        self.node1(ast::BLOCK, 0, start, list)
    }

    pub fn parenthesized_test(&mut self) -> u32 {
        self.expect(t::LEFT_PAREN, "(");
        let test = self.inner_expression();
        self.expect(t::RIGHT_PAREN, ")");
        test
    }

    /// Branches of `else if` go no deeper: they are read one after the other, and put together from the last on.
    #[inline(never)]
    pub fn if_statement(&mut self) -> u32 {
        let from = self.scratch.len();
        let mut last = 0;
        loop {
            let start = self.start();
            self.next();
            let test = self.parenthesized_test();
            let consequent = self.if_body();
            self.scratch.extend_from_slice(&[start, test, consequent]);
            if !self.eat(t::ELSE) {
                break;
            }
            if !self.at(t::IF) {
                last = self.if_body();
                break;
            }
        }
        while self.scratch.len() > from {
            let at = self.scratch.len() - 3;
            let (start, test, consequent) = (self.scratch[at], self.scratch[at + 1], self.scratch[at + 2]);
            self.scratch.truncate(at);
            last = self.node3(ast::IF, 0, start, test, consequent, last);
        }
        last
    }

    /// A function may stand there in sloppy code, as if in a block.
    pub fn if_body(&mut self) -> u32 {
        if self.at(t::FUNCTION) && !self.strict() {
            self.scopes.enter(0);
            let start = self.start();
            let star = self.peek().kind == t::STAR;
            if star {
                let (at, end) = (self.start(), self.end());
                self.problem(errors::FUNCTION_BODY, at, end, 0);
            }
            let node = self.function_declaration(start, 0, false);
            self.scopes.leave();
            return node;
        }
        self.body()
    }

    #[inline(never)]
    pub fn with_statement(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        if self.strict() {
            self.problem(errors::WITH, start, end, 0);
        }
        self.next();
        let object = self.parenthesized_test();
        let body = self.body();
        self.node2(ast::WITH, 0, start, object, body)
    }

    #[inline(never)]
    pub fn return_statement(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        if !self.has(ctx::RETURN) {
            self.problem(errors::RETURN, start, end, 0);
        }
        self.next();
        let argument = if self.at(t::SEMICOLON) || self.can_insert() { 0 } else { self.expression() };
        self.semicolon();
        self.node1(ast::RETURN, 0, start, argument)
    }

    pub fn throw_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        if self.line_before() {
            let at = self.last_end();
            self.problem(errors::NEW_LINE_THROW, start, at, 0);
        }
        let argument = self.expression();
        self.semicolon();
        self.node1(ast::THROW, 0, start, argument)
    }

    #[inline(never)]
    pub fn try_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let block = self.block();
        let handler = if self.at(t::CATCH) { self.catch_clause() } else { 0 };
        let mut finalizer = 0;
        if self.eat(t::FINALLY) {
            finalizer = self.block();
        }
        let node = self.node3(ast::TRY, 0, start, block, handler, finalizer);
        if handler == 0 && finalizer == 0 {
            self.problem(errors::TRY_ALONE, start, start + 3, 0);
        }
        node
    }

    #[inline(never)]
    pub fn catch_clause(&mut self) -> u32 {
        let start = self.start();
        self.next();
        self.scopes.enter(0);
        let mut param = 0;
        if self.eat(t::LEFT_PAREN) {
            param = self.binding();
            let simple = self.tree.kind(param) == ast::IDENTIFIER;
            self.check_target(param, if simple { scopes::CATCH } else { scopes::LEXICAL });
            if self.typescript {
                self.annotate(param);
            }
            self.expect(t::RIGHT_PAREN, ")");
        }
        let body = self.open_block();
        self.scopes.leave();
        self.node2(ast::CATCH, 0, start, param, body)
    }

    #[inline(never)]
    pub fn switch_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let discriminant = self.parenthesized_test();
        self.scopes.enter(scopes::OF_SWITCH);
        self.labels.push(Label { atom: 0, kind: SWITCH });
        self.expect(t::LEFT_BRACE, "{");
        let from = self.scratch.len();
        let mut default = false;
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            if !self.at(t::CASE) && !self.at(t::DEFAULT) {
                self.not_expected();
                self.skip_alone();
                continue;
            }
            if self.at(t::DEFAULT) {
                if default {
                    let (at, end) = (self.start(), self.end());
                    self.problem(errors::DUPLICATE_DEFAULT, at, end, 0);
                }
                default = true;
            }
            let case = self.case();
            self.scratch.push(case);
        }
        self.expect(t::RIGHT_BRACE, "}");
        self.labels.pop();
        self.scopes.leave();
        let list = self.list(from);
        self.node2(ast::SWITCH, 0, start, discriminant, list)
    }

    #[inline(never)]
    pub fn case(&mut self) -> u32 {
        let start = self.start();
        let test = if self.eat(t::CASE) {
            self.expression()
        } else {
            self.next();
            0
        };
        self.expect(t::COLON, ":");
        let from = self.scratch.len();
        while !matches!(self.kind(), t::CASE | t::DEFAULT | t::RIGHT_BRACE | t::END) {
            let before = self.start();
            let statement = if self.begins_no_statement() {
                self.not_expected();
                self.skip_token()
            } else {
                self.statement()
            };
            self.scratch.push(statement);
            if self.start() == before && !self.at(t::END) {
                let skipped = self.skip_token();
                self.scratch.push(skipped);
            }
        }
        let list = self.list(from);
        self.node2(ast::CASE, 0, start, test, list)
    }
}
