//! Types in braces: mapped types, and the members of types and interfaces.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::words::{t, w};

impl<'a> Parser<'a> {
    #[inline(never)]
    pub fn braced_type(&mut self) -> u32 {
        if self.begins_mapped_type() {
            return self.mapped_type();
        }
        let start = self.start();
        let members = self.type_members();
        self.node1(ast::TS_TYPE_LITERAL, 0, start, members)
    }

    pub fn begins_mapped_type(&mut self) -> bool {
        let mark = self.mark();
        self.next();
        let mut mapped = true;
        if self.at(t::PLUS) || self.at(t::MINUS) {
            self.next();
            mapped = self.at_word(w::READONLY);
        }
        if mapped && self.at_word(w::READONLY) {
            self.next();
        }
        mapped = mapped && self.eat(t::LEFT_BRACKET) && self.at_name();
        if mapped {
            self.next();
            mapped = self.at(t::IN);
        }
        self.back(&mark);
        mapped
    }

    /// `+`, `-` or nothing before `word`: 2, 3 or 1; 0 if it is not there.
    pub fn sign(&mut self, kind: u8) -> u32 {
        let sign = match self.kind() {
            t::PLUS => 2,
            t::MINUS => 3,
            _ => 1,
        };
        if sign != 1 {
            self.next();
        }
        let there = if kind == t::QUESTION { self.eat(t::QUESTION) } else { self.eat_word(w::READONLY) };
        if there {
            sign
        } else {
            0
        }
    }

    #[inline(never)]
    pub fn mapped_type(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let readonly = self.sign(t::IDENTIFIER);
        self.expect(t::LEFT_BRACKET, "[");
        let key = self.name_node();
        self.expect(t::IN, "in");
        let constraint = self.inner_type();
        let name = if self.eat_word(w::AS) { self.inner_type() } else { 0 };
        self.expect(t::RIGHT_BRACKET, "]");
        let optional = self.sign(t::QUESTION);
        let inner = if self.eat(t::COLON) { self.inner_type() } else { 0 };
        if !self.eat(t::SEMICOLON) {
            self.eat(t::COMMA);
        }
        self.expect(t::RIGHT_BRACE, "}");
        let node = self.node3(ast::TS_MAPPED_TYPE, optional | readonly << 3, start, key, constraint, name);
        self.tree.set(node, 3, inner);
        node
    }

    /// The members of an interface or a type in braces, as a list.
    #[inline(never)]
    pub fn type_members(&mut self) -> u32 {
        if !self.expect(t::LEFT_BRACE, "{") {
            return 0;
        }
        let saved = self.ctx;
        self.ctx &= !ctx::NO_CONDITIONAL;
        let from = self.scratch.len();
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            let before = self.start();
            let member = self.type_member();
            self.scratch.push(member);
            if self.start() == before {
                self.not_expected();
                let skipped = self.skip_token();
                self.scratch.push(skipped);
            }
        }
        self.ctx = saved;
        self.expect(t::RIGHT_BRACE, "}");
        self.list(from)
    }

    /// The end of a member: a comma, a semicolon, or the end of the line.
    pub fn end_member(&mut self) {
        if !self.eat(t::COMMA) && !self.eat(t::SEMICOLON) && !self.can_insert() {
            self.at_token(errors::SEMICOLON, 0);
        }
    }

    #[inline(never)]
    pub fn type_member(&mut self) -> u32 {
        let start = self.start();
        match self.kind() {
            t::LEFT_PAREN | t::LESS => return self.call_signature(start, ast::TS_CALL_SIGNATURE),
            t::NEW if matches!(self.peek().kind, t::LEFT_PAREN | t::LESS) => {
                self.next();
                return self.call_signature(start, ast::TS_CONSTRUCT_SIGNATURE);
            }
            _ => {}
        }
        let mut flags = 0;
        let mut accessor = 0;
        while self.at(t::IDENTIFIER) && accessor == 0 {
            let flag = match self.atom() {
                w::READONLY => 1 << 2,
                w::STATIC => 1 << 3,
                w::PUBLIC => 1 << 4,
                w::PRIVATE => 2 << 4,
                w::PROTECTED => 3 << 4,
                w::GET => 1 << 6,
                w::SET => 2 << 6,
                _ => break,
            };
            if !self.modifies_member() {
                break;
            }
            accessor = flag >> 6;
            flags |= flag;
            self.next();
        }
        if self.at(t::LEFT_BRACKET) && self.begins_index() {
            let flags = flags >> 2 & 3 | (flags >> 4 & 3) << 2;
            return self.index_signature(start, flags);
        }
        self.named_type_member(start, flags, accessor)
    }

    /// Whether the word at hand stands before the name of a member.
    pub fn modifies_member(&mut self) -> bool {
        let next = self.peek();
        !next.line_before && (crate::parser::name_like(next.kind) || matches!(next.kind, t::STRING | t::NUMBER | t::LEFT_BRACKET | t::BIGINT))
    }

    #[inline(never)]
    pub fn call_signature(&mut self, start: u32, kind: u8) -> u32 {
        let types = if self.at(t::LESS) { self.type_parameters() } else { 0 };
        let params = self.type_members_parameters();
        let returned = if self.at(t::COLON) { self.return_type() } else { 0 };
        self.end_member();
        self.node3(kind, 0, start, types, params, returned)
    }

    pub fn begins_index(&mut self) -> bool {
        let mark = self.mark();
        self.next();
        let mut there = self.at(t::IDENTIFIER);
        if there {
            self.next();
            there = self.at(t::COLON);
        }
        self.back(&mark);
        there
    }

    #[inline(never)]
    pub fn index_signature(&mut self, start: u32, flags: u32) -> u32 {
        self.next();
        let name = self.name_node();
        self.annotate(name);
        let list = self.tree.add_list(&[name]);
        self.expect(t::RIGHT_BRACKET, "]");
        let annotation = if self.at(t::COLON) { self.type_annotation() } else { 0 };
        self.end_member();
        self.node2(ast::TS_INDEX_SIGNATURE, flags, start, list, annotation)
    }

    /// `[key: type]: type` in a class; 0 if it is none.
    pub fn index_signature_of_class(&mut self, start: u32, modifiers: u32) -> u32 {
        if !self.begins_index() {
            return 0;
        }
        let readonly = (modifiers & crate::classes::READONLY != 0) as u32;
        let is_static = (modifiers & crate::classes::STATIC != 0) as u32;
        let access = modifiers >> crate::classes::ACCESSIBILITY & 3;
        self.index_signature(start, readonly | is_static << 1 | access << 2)
    }

    #[inline(never)]
    pub fn named_type_member(&mut self, start: u32, flags: u32, accessor: u32) -> u32 {
        let computed = self.at(t::LEFT_BRACKET);
        let key = self.property_name();
        let optional = self.eat(t::QUESTION);
        let flags = flags & 0x3c | computed as u32 | (optional as u32) << 1;
        if accessor != 0 || self.at(t::LEFT_PAREN) || self.at(t::LESS) {
            let types = if self.at(t::LESS) { self.type_parameters() } else { 0 };
            let params = self.type_members_parameters();
            let returned = if self.at(t::COLON) { self.return_type() } else { 0 };
            self.end_member();
            let node = self.node3(ast::TS_METHOD_SIGNATURE, flags | accessor << 6, start, key, types, params);
            self.tree.set(node, 3, returned);
            return node;
        }
        let annotation = if self.at(t::COLON) { self.type_annotation() } else { 0 };
        if self.at(t::ASSIGN) {
            self.not_expected();
            self.skip_alone();
            let value = self.inner_assign();
            self.skipped.push(value);
        }
        self.end_member();
        self.node2(ast::TS_PROPERTY_SIGNATURE, flags, start, key, annotation)
    }
}
