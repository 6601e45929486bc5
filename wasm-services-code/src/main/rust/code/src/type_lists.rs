//! Tuples, and the arguments and parameters of types.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::words::{t, w};

impl<'a> Parser<'a> {
    #[inline(never)]
    pub fn tuple(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let from = self.scratch.len();
        while !self.at(t::RIGHT_BRACKET) && !self.at(t::END) {
            let before = self.start();
            let element = self.tuple_element();
            self.scratch.push(element);
            if !self.separator(t::RIGHT_BRACKET, before) {
                break;
            }
        }
        self.expect(t::RIGHT_BRACKET, "]");
        let list = self.list(from);
        self.node1(ast::TS_TUPLE_TYPE, 0, start, list)
    }

    #[inline(never)]
    pub fn tuple_element(&mut self) -> u32 {
        let start = self.start();
        if self.eat(t::ELLIPSIS) {
            let inner = if self.begins_named_member() { self.named_member() } else { self.type_node() };
            return self.node1(ast::TS_REST_TYPE, 0, start, inner);
        }
        if self.begins_named_member() {
            return self.named_member();
        }
        let inner = self.type_node();
        if self.eat(t::QUESTION) {
            return self.node1(ast::TS_OPTIONAL_TYPE, 0, start, inner);
        }
        inner
    }

    pub fn begins_named_member(&mut self) -> bool {
        if !self.at_name() {
            return false;
        }
        let mark = self.mark();
        self.next();
        let mut named = self.at(t::COLON);
        if self.at(t::QUESTION) {
            self.next();
            named = self.at(t::COLON);
        }
        self.back(&mark);
        named
    }

    pub fn named_member(&mut self) -> u32 {
        let start = self.start();
        let label = self.name_node();
        let optional = self.eat(t::QUESTION);
        self.expect(t::COLON, ":");
        let inner = self.type_node();
        self.node2(ast::TS_NAMED_MEMBER, optional as u32, start, label, inner)
    }

    // Arguments and parameters.

    /// The token is a `>`, or is made one.
    pub fn expect_greater(&mut self) {
        match self.kind() {
            t::GREATER => self.next(),
            t::SHIFT_RIGHT | t::UNSIGNED_SHIFT | t::GREATER_EQUAL | t::SHIFT_RIGHT_ASSIGN | t::UNSIGNED_SHIFT_ASSIGN => {
                self.lex.split(t::GREATER);
                self.next();
            }
            _ => self.missing(">"),
        }
    }

    pub fn at_greater(&self) -> bool {
        matches!(
            self.kind(),
            t::GREATER | t::SHIFT_RIGHT | t::UNSIGNED_SHIFT | t::GREATER_EQUAL | t::SHIFT_RIGHT_ASSIGN | t::UNSIGNED_SHIFT_ASSIGN
        )
    }

    /// `<types>`, where it is known that they stand there.
    #[inline(never)]
    pub fn type_arguments(&mut self) -> u32 {
        if self.at(t::SHIFT_LEFT) {
            self.lex.split(t::LESS);
        }
        let start = self.start();
        self.next();
        let saved = self.ctx;
        self.ctx &= !ctx::NO_CONDITIONAL;
        let from = self.scratch.len();
        while !self.at_greater() && !self.at(t::END) {
            let before = self.start();
            let argument = self.type_node();
            self.scratch.push(argument);
            if self.at_greater() || !self.separator(t::GREATER, before) {
                break;
            }
        }
        self.ctx = saved;
        if self.scratch.len() == from {
            self.at_token(errors::EMPTY_TYPES, 0);
        }
        self.expect_greater();
        let list = self.list(from);
        self.node1(ast::TS_TYPE_ARGUMENTS, 0, start, list)
    }

    #[inline(never)]
    pub fn type_parameters(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let from = self.scratch.len();
        while !self.at_greater() && !self.at(t::END) {
            let before = self.start();
            let parameter = self.type_parameter();
            self.scratch.push(parameter);
            if self.at_greater() || !self.separator(t::GREATER, before) {
                break;
            }
        }
        if self.scratch.len() == from {
            self.at_token(errors::EMPTY_TYPES, 0);
        }
        self.expect_greater();
        let list = self.list(from);
        self.node1(ast::TS_TYPE_PARAMETERS, 0, start, list)
    }

    #[inline(never)]
    pub fn type_parameter(&mut self) -> u32 {
        let start = self.start();
        let mut flags = 0;
        loop {
            let flag = match self.kind() {
                t::CONST => 1,
                t::IN => 2,
                t::IDENTIFIER if self.at_word(w::OUT) && matches!(self.peek().kind, t::IDENTIFIER | t::CONST | t::IN) => 4,
                _ => break,
            };
            flags |= flag;
            self.next();
        }
        let name = self.identifier();
        let constraint = if self.eat(t::EXTENDS) { self.type_node() } else { 0 };
        let default = if self.eat(t::ASSIGN) { self.type_node() } else { 0 };
        self.node3(ast::TS_TYPE_PARAMETER, flags, start, name, constraint, default)
    }
}
