//! Classes: their heads, members, private names and decorators.

use crate::ast;
use crate::errors;
use crate::functions::{ASYNC, GENERATOR};
use crate::parser::{ctx, Parser};
use crate::scopes;
use crate::words::{t, w};

const CONSTRUCTOR: u32 = 0;
const METHOD: u32 = 1;
const GET: u32 = 2;
const SET: u32 = 3;
pub const STATIC: u32 = 1 << 2;
const COMPUTED: u32 = 1 << 3;
pub const OVERRIDE: u32 = 1 << 4;
const OPTIONAL: u32 = 1 << 5;
pub const READONLY: u32 = 1 << 8;
pub const DECLARE: u32 = 1 << 9;
const DEFINITE: u32 = 1 << 10;
/// Of modifiers only: the kind of the node says it.
pub const ABSTRACT: u32 = 1 << 16;
pub const ACCESSOR: u32 = 1 << 17;
pub const ACCESSIBILITY: u32 = 6;

/// What a class knows of its members.
pub struct Members {
    derived: bool,
    constructor: bool,
    set: u32,
}

/// A member on its way.
struct Member {
    start: u32,
    decorators: u32,
    modifiers: u32,
    flags: u32,
    kind: u32,
}

impl<'a> Parser<'a> {
    // Decorators.

    /// Decorators as a list.
    #[inline(never)]
    pub fn decorators(&mut self) -> u32 {
        let from = self.scratch.len();
        while self.at(t::AT) {
            let decorator = self.decorator();
            self.scratch.push(decorator);
        }
        self.list(from)
    }

    #[inline(never)]
    fn decorator(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let at = self.start();
        let saved = self.ctx;
        self.ctx |= ctx::DECORATOR;
        let expression = self.primary();
        let expression = self.subscripts(expression, at, true);
        self.ctx = saved;
        self.node1(ast::DECORATOR, 0, start, expression)
    }

    /// A class behind decorators, exported or not.
    #[inline(never)]
    pub fn decorated_statement(&mut self) -> u32 {
        let start = self.start();
        let decorators = self.decorators();
        match self.kind() {
            t::CLASS => self.class(ast::CLASS, start, decorators, false, 0),
            t::EXPORT => self.decorated_export(decorators),
            t::IDENTIFIER if self.typescript && self.at_word(w::ABSTRACT) => {
                self.next();
                self.class(ast::CLASS, start, decorators, false, 1)
            }
            _ => {
                self.at_token(errors::DECORATOR, 0);
                let list: Vec<u32> = self.tree.list(decorators).to_vec();
                self.skipped.extend(list);
                self.nothing_here(errors::DECLARATION_EXPECTED)
            }
        }
    }

    #[inline(never)]
    pub fn class_expression(&mut self) -> u32 {
        let start = self.start();
        let decorators = self.decorators();
        if !self.at(t::CLASS) {
            let list: Vec<u32> = self.tree.list(decorators).to_vec();
            self.skipped.extend(list);
            return self.nothing_here(errors::DECORATOR);
        }
        self.class(ast::CLASS_EXPRESSION, start, decorators, true, 0)
    }

    // Classes.

    /// From `class` on.
    #[inline(never)]
    pub fn class(&mut self, kind: u8, start: u32, decorators: u32, nameless: bool, flags: u32) -> u32 {
        let saved = self.ctx;
        self.ctx = self.ctx & !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR) | ctx::STRICT;
        self.next();
        let id = self.class_name(kind, nameless);
        let types = if self.typescript && self.at(t::LESS) { self.type_parameters() } else { 0 };
        let mut derived = 0;
        let mut super_types = 0;
        let set = self.scopes.fresh();
        let used = self.private_used.len();
        if self.eat(t::EXTENDS) {
            let at = self.start();
            derived = self.left_hand_side(at);
            if self.typescript {
                super_types = self.heritage_types(&mut derived);
            }
        }
        let implements = if self.typescript { self.implements() } else { 0 };
        let heritage_used = self.private_used.split_off(used);
        self.classes.push(set);
        let mut members = Members { derived: derived != 0, constructor: false, set };
        let body = self.class_body(&mut members, used);
        self.classes.pop();
        self.private_used.extend(heritage_used);
        if self.classes.is_empty() {
            self.report_private(used);
        }
        self.ctx = saved;
        let node = self.node3(kind, flags, start, decorators, id, types);
        for (field, value) in [(3, derived), (4, super_types), (5, implements), (6, body)] {
            self.tree.set(node, field, value);
        }
        node
    }

    fn class_name(&mut self, kind: u8, nameless: bool) -> u32 {
        let implements = self.at_word(w::IMPLEMENTS) && self.typescript;
        if !self.at_name() || self.at(t::EXTENDS) || implements {
            if !nameless && kind == ast::CLASS {
                return self.nothing_here(errors::NAME_EXPECTED);
            }
            return 0;
        }
        let id = self.identifier();
        let how = match (kind, self.typescript) {
            (ast::CLASS, true) => scopes::MERGED,
            (ast::CLASS, _) => scopes::LEXICAL,
            _ => crate::patterns::UNKNOWN,
        };
        self.check_target(id, how);
        id
    }

    #[inline(never)]
    fn class_body(&mut self, members: &mut Members, used: usize) -> u32 {
        let start = self.start();
        if !self.expect(t::LEFT_BRACE, "{") {
            return self.node(ast::CLASS_BODY, 0, start);
        }
        let from = self.scratch.len();
        let deep = self.enter();
        while deep && !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            if self.eat(t::SEMICOLON) {
                continue;
            }
            let before = self.start();
            let member = self.member_of_class(members);
            self.scratch.push(member);
            if self.start() == before {
                self.not_expected();
                let skipped = self.skip_token();
                self.scratch.push(skipped);
            }
        }
        self.leave();
        self.settle_private(members.set, used);
        self.expect(t::RIGHT_BRACE, "}");
        let list = self.list(from);
        self.node1(ast::CLASS_BODY, 0, start, list)
    }

    // Private names.

    /// Names that the class declares are settled; others may be those of a class around it.
    fn settle_private(&mut self, set: u32, used: usize) {
        let mut kept = used;
        for at in used..self.private_used.len() {
            let name = self.private_used[at];
            if self.scopes.get(set, name.0) == 0 {
                self.private_used[kept] = name;
                kept += 1;
            }
        }
        self.private_used.truncate(kept);
    }

    #[inline(never)]
    fn report_private(&mut self, from: usize) {
        for (atom, start, end) in self.private_used.split_off(from) {
            self.problem(errors::UNDECLARED_PRIVATE, start, end, atom);
        }
    }

    /// Names used where no class is.
    pub fn report_outer_private(&mut self) {
        self.report_private(0);
    }

    /// A getter and a setter may share a name, if both are static or none is.
    fn declare_private(&mut self, set: u32, key: u32, kind: u32, is_static: bool) {
        let (start, end, atom) = (self.tree.start(key), self.tree.end(key), self.tree.field(key, 0));
        if atom == w::CONSTRUCTOR {
            self.problem(errors::PRIVATE_CONSTRUCTOR, start, end, 0);
        }
        let bit = match kind {
            GET => 1,
            SET => 2,
            _ => 4,
        };
        let shift = if is_static { 3 } else { 0 };
        let there = self.scopes.get(set, atom);
        let pair = 3 << shift;
        let allowed = there == 0 || (bit != 4 && there & !pair == 0 && there & bit << shift == 0);
        if !allowed && !self.typescript {
            self.problem(errors::DUPLICATE_PRIVATE, start, end, atom);
        }
        self.scopes.put(set, atom, bit << shift);
    }

    // Members.

    #[inline(never)]
    fn member_of_class(&mut self, members: &mut Members) -> u32 {
        let start = self.start();
        let decorators = self.decorators();
        let mut member = Member { start, decorators, modifiers: 0, flags: 0, kind: METHOD };
        if self.at_word(w::STATIC) && self.peek().kind == t::LEFT_BRACE {
            return self.static_block(start);
        }
        self.modifiers(&mut member);
        if self.typescript && self.at(t::LEFT_BRACKET) {
            let index = self.index_signature_of_class(start, member.modifiers);
            if index != 0 {
                return index;
            }
        }
        if self.eat(t::STAR) {
            member.flags |= GENERATOR;
        }
        let computed = self.at(t::LEFT_BRACKET);
        let private = self.at(t::PRIVATE_NAME);
        if computed {
            member.modifiers |= COMPUTED;
        }
        let key = if private { self.member_private_name() } else { self.property_name() };
        self.member_rest(members, member, key, private)
    }

    fn member_private_name(&mut self) -> u32 {
        let (start, atom) = (self.start(), self.atom());
        self.next();
        self.node1(ast::PRIVATE_IDENTIFIER, 0, start, atom)
    }

    /// Words before the name of a member, if a name comes after them.
    #[inline(never)]
    fn modifiers(&mut self, member: &mut Member) {
        while self.at(t::IDENTIFIER) && !self.lex.token.escaped {
            let atom = self.atom();
            let modifier = match atom {
                w::STATIC => STATIC,
                w::ASYNC | w::GET | w::SET => 0,
                w::ACCESSOR => ACCESSOR,
                _ if self.typescript => self.typescript_modifier(atom),
                _ => return,
            };
            if modifier == u32::MAX || !self.is_modifier(atom) {
                return;
            }
            let (start, end) = (self.start(), self.end());
            self.next();
            match atom {
                w::ASYNC => {
                    member.flags |= ASYNC;
                    if self.eat(t::STAR) {
                        member.flags |= GENERATOR;
                    }
                    return;
                }
                w::GET | w::SET => {
                    member.kind = if atom == w::GET { GET } else { SET };
                    return;
                }
                _ if member.modifiers & modifier != 0 => self.problem(errors::DUPLICATE_MODIFIER, start, end, atom),
                _ => {}
            }
            member.modifiers |= modifier;
        }
        if self.typescript && self.at(t::CONST) && !matches!(self.peek().kind, t::LEFT_PAREN | t::ASSIGN | t::COLON | t::SEMICOLON) {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::MODIFIER, start, end, w::CONST);
            self.skip_alone();
        }
    }

    /// Whether the name of a member comes after a word.
    fn is_modifier(&mut self, atom: u32) -> bool {
        let next = self.peek();
        let name = crate::parser::name_like(next.kind)
            || matches!(next.kind, t::STRING | t::NUMBER | t::BIGINT | t::LEFT_BRACKET | t::PRIVATE_NAME);
        match atom {
            w::STATIC => name || next.kind == t::STAR || next.kind == t::LEFT_BRACE,
            w::ASYNC => !next.line_before && (name || next.kind == t::STAR),
            w::GET | w::SET => name,
            w::ACCESSOR => !next.line_before && name,
            _ => !next.line_before && (name || next.kind == t::STAR),
        }
    }

    #[inline(never)]
    fn static_block(&mut self, start: u32) -> u32 {
        self.next();
        let context = ctx::STRICT | ctx::NEW_TARGET | ctx::SUPER_PROPERTY | ctx::NO_ARGUMENTS | ctx::STATIC_BLOCK | self.ctx & ctx::AMBIENT;
        let around = self.open_function(context, scopes::OF_STATIC_BLOCK);
        self.next();
        let from = self.scratch.len();
        let list = self.statements(from, t::RIGHT_BRACE);
        self.close_function(&around);
        self.expect(t::RIGHT_BRACE, "}");
        self.node1(ast::STATIC_BLOCK, 0, start, list)
    }

    #[inline(never)]
    fn member_rest(&mut self, members: &mut Members, member: Member, key: u32, private: bool) -> u32 {
        let mut member = member;
        if self.typescript {
            if self.at(t::QUESTION) {
                member.modifiers |= OPTIONAL;
                self.next();
            } else if self.at(t::NOT) && !self.line_before() {
                member.modifiers |= DEFINITE;
                self.next();
            }
        }
        let is_method = member.flags != 0
            || member.kind != METHOD
            || (self.at(t::LEFT_PAREN) || (self.typescript && self.at(t::LESS)));
        if private {
            let kind = if is_method { member.kind } else { METHOD };
            self.declare_private(members.set, key, kind, member.modifiers & STATIC != 0);
        }
        if is_method && member.modifiers & ACCESSOR == 0 {
            return self.class_method(members, member, key);
        }
        self.class_field(member, key)
    }

    /// Whether the name of a member is a word, not computed.
    fn has_name(&self, member: &Member, key: u32, word: u32) -> bool {
        member.modifiers & COMPUTED == 0 && matches!(self.tree.kind(key), ast::IDENTIFIER | ast::STRING) && self.tree.field(key, 0) == word
    }

    #[inline(never)]
    fn class_method(&mut self, members: &mut Members, member: Member, key: u32) -> u32 {
        let is_static = member.modifiers & STATIC != 0;
        let mut kind = member.kind;
        let mut extra = ctx::SUPER_PROPERTY;
        if !is_static && self.has_name(&member, key, w::CONSTRUCTOR) {
            if kind != METHOD || member.flags != 0 {
                self.problem_at(errors::CONSTRUCTOR_KIND, key);
            }
            kind = CONSTRUCTOR;
            if members.derived {
                extra |= ctx::SUPER_CALL;
            }
        }
        if is_static && self.has_name(&member, key, w::PROTOTYPE) {
            self.problem_at(errors::STATIC_PROTOTYPE, key);
        }
        let value = self.method(member.flags, extra, ast::TS_EMPTY_BODY_FUNCTION);
        if kind == GET || kind == SET {
            self.check_accessor(value, kind - 1);
        }
        let has_body = self.tree.kind(value) == ast::FUNCTION_EXPRESSION;
        if kind == CONSTRUCTOR && has_body {
            if members.constructor {
                self.problem_at(errors::DUPLICATE_CONSTRUCTOR, key);
            }
            members.constructor = true;
        }
        if has_body && member.modifiers & ABSTRACT != 0 {
            self.problem_at(errors::ABSTRACT_BODY, key);
        }
        let node_kind = if member.modifiers & ABSTRACT != 0 { ast::TS_ABSTRACT_METHOD } else { ast::METHOD };
        let flags = kind | member.modifiers & 0xfc;
        self.node3(node_kind, flags, member.start, member.decorators, key, value)
    }

    #[inline(never)]
    fn class_field(&mut self, member: Member, key: u32) -> u32 {
        let is_static = member.modifiers & STATIC != 0;
        if self.has_name(&member, key, w::CONSTRUCTOR) || (is_static && self.has_name(&member, key, w::PROTOTYPE)) {
            self.problem_at(errors::CONSTRUCTOR_FIELD, key);
        }
        let annotation = if self.typescript && self.at(t::COLON) { self.type_annotation() } else { 0 };
        let mut value = 0;
        if self.at(t::ASSIGN) {
            value = self.field_value();
        }
        self.semicolon();
        let is_abstract = member.modifiers & ABSTRACT != 0;
        let kind = match (member.modifiers & ACCESSOR != 0, is_abstract) {
            (true, true) => ast::TS_ABSTRACT_ACCESSOR,
            (true, _) => ast::ACCESSOR_PROPERTY,
            (_, true) => ast::TS_ABSTRACT_PROPERTY,
            _ => ast::PROPERTY_DEFINITION,
        };
        let node = self.node3(kind, member.modifiers & 0x7fc, member.start, member.decorators, key, annotation);
        self.tree.set(node, 3, value);
        node
    }

    fn field_value(&mut self) -> u32 {
        let context = ctx::STRICT | ctx::NEW_TARGET | ctx::SUPER_PROPERTY | ctx::NO_ARGUMENTS | self.ctx & ctx::AMBIENT;
        let around = self.open_function(context, scopes::OF_FUNCTION);
        self.next();
        let value = self.assign();
        self.close_function(&around);
        value
    }
}
