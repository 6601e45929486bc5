//! Patterns: those of declarations as they are read, and expressions that turn out to be some.

use crate::ast::{self, field};
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::scopes;
use crate::words::{t, w};

/// A name is a parameter: how `check_target` declares it.
pub const PARAMETER: u8 = 64;
/// A name is bound, but nowhere that is looked at.
pub const UNKNOWN: u8 = 128;

impl<'a> Parser<'a> {
    // Expressions that become patterns.

    /// Makes an expression the pattern that it can be; `check_target` then says whether it is one.
    #[inline(never)]
    pub fn to_pattern(&mut self, node: u32) -> u32 {
        let parenthesized = self.tree.is(node, ast::PARENTHESIZED);
        match self.tree.kind(node) {
            ast::OBJECT | ast::ARRAY | ast::ASSIGNMENT if parenthesized => {
                self.problem_at(errors::PARENTHESIZED_PATTERN, node);
                self.convert(node);
            }
            ast::OBJECT | ast::ARRAY | ast::ASSIGNMENT => self.convert(node),
            _ => {}
        }
        node
    }

    #[inline(never)]
    fn convert(&mut self, node: u32) {
        match self.tree.kind(node) {
            ast::ASSIGNMENT => {
                if self.tree.flags(node) & 0x3f != 0 {
                    self.problem_at(errors::TARGET, node);
                    return;
                }
                self.tree.become_kind(node, ast::ASSIGNMENT_PATTERN);
            }
            ast::OBJECT => {
                self.tree.become_kind(node, ast::OBJECT_PATTERN);
                self.convert_items(node);
            }
            _ => {
                self.tree.become_kind(node, ast::ARRAY_PATTERN);
                self.convert_items(node);
            }
        }
    }

    #[inline(never)]
    fn convert_items(&mut self, node: u32) {
        let list = self.tree.field(node, 0);
        for each in 0..self.tree.length(list) {
            let item = self.tree.item(list, each);
            match self.tree.kind(item) {
                _ if item == 0 => {}
                ast::PROPERTY => self.convert_property(item),
                ast::SPREAD => self.convert_spread(item),
                _ => {
                    self.to_pattern(item);
                }
            }
        }
    }

    fn convert_property(&mut self, property: u32) {
        // Neither a getter nor a setter nor a method.
        if self.tree.flags(property) & 7 != 0 {
            self.problem_at(errors::PATTERN, property);
            return;
        }
        let value = self.tree.field(property, 1);
        self.to_pattern(value);
    }

    fn convert_spread(&mut self, spread: u32) {
        if self.tree.is(spread, ast::COMMA_AFTER) {
            self.problem_at(errors::REST_LAST, spread);
        }
        self.tree.become_kind(spread, ast::REST);
        self.tree.set_flags(spread, 0);
        let argument = self.tree.field(spread, 0);
        if self.tree.kind(argument) == ast::ASSIGNMENT {
            self.problem_at(errors::REST_INITIALIZER, argument);
        }
        self.to_pattern(argument);
    }

    // What patterns assign to or declare.

    /// Checks all that a pattern assigns to (`how` is 0), or declares what is in it.
    #[inline(never)]
    pub fn check_target(&mut self, node: u32, how: u8) {
        match self.tree.kind(node) {
            ast::IDENTIFIER => self.check_bound(node, how),
            ast::MEMBER if how == 0 => {}
            ast::OBJECT_PATTERN | ast::ARRAY_PATTERN => self.check_items(node, how),
            ast::ASSIGNMENT_PATTERN | ast::TS_PARAMETER_PROPERTY => {
                let field = (self.tree.kind(node) == ast::TS_PARAMETER_PROPERTY) as usize;
                let inner = self.tree.field(node, field);
                self.check_target(inner, how);
            }
            ast::REST => {
                let argument = self.tree.field(node, 0);
                self.check_target(argument, how);
            }
            ast::TS_AS | ast::TS_SATISFIES | ast::TS_NON_NULL if how == 0 => {
                let inner = self.tree.field(node, 0);
                self.check_simple_target(inner);
            }
            ast::TS_TYPE_ASSERTION if how == 0 => {
                let inner = self.tree.field(node, 1);
                self.check_simple_target(inner);
            }
            ast::ERROR_NODE => {}
            ast::CHAIN => self.problem_at(errors::OPTIONAL_TARGET, node),
            _ => self.problem_at(if how == 0 { errors::TARGET } else { errors::PATTERN }, node),
        }
    }

    #[inline(never)]
    fn check_items(&mut self, node: u32, how: u8) {
        let of_object = self.tree.kind(node) == ast::OBJECT_PATTERN;
        let list = self.tree.field(node, 0);
        for each in 0..self.tree.length(list) {
            let item = self.tree.item(list, each);
            if item == 0 {
                continue;
            }
            if self.tree.kind(item) == ast::PROPERTY {
                let value = self.tree.field(item, 1);
                self.check_target(value, how);
            } else {
                if of_object && self.tree.kind(item) == ast::REST {
                    let argument = self.tree.field(item, 0);
                    if matches!(self.tree.kind(argument), ast::OBJECT_PATTERN | ast::ARRAY_PATTERN) {
                        self.problem_at(errors::PATTERN, argument);
                    }
                }
                self.check_target(item, how);
            }
        }
    }

    #[inline(never)]
    fn check_bound(&mut self, node: u32, how: u8) {
        let (start, end, atom) = (self.tree.start(node), self.tree.end(node), self.tree.field(node, field::NAME));
        if self.strict() && (atom == w::EVAL || atom == w::ARGUMENTS) && !self.has(ctx::AMBIENT) {
            self.problem(errors::STRICT_BINDING, start, end, atom);
        }
        if how == 0 {
            return;
        }
        if self.tree.is(node, ast::PARENTHESIZED) {
            self.problem_at(errors::PARENTHESIZED_PATTERN, node);
        }
        self.declare(atom, how, start, end);
    }

    /// Declares a name in the scope at hand.
    #[inline(never)]
    pub fn declare(&mut self, atom: u32, how: u8, start: u32, end: u32) {
        if how == UNKNOWN {
            return;
        }
        if how == PARAMETER {
            let scope = self.scopes.current().number;
            if self.scopes.get(scope, atom) != 0 && self.duplicate.is_none() {
                self.duplicate = Some((atom, start, end));
            }
            self.scopes.put(scope, atom, scopes::VAR);
            return;
        }
        if how == scopes::LEXICAL && atom == w::LET {
            self.problem(errors::LET_BINDING, start, end, 0);
        }
        if !self.scopes.declare(atom, how) && !self.has(ctx::AMBIENT) {
            self.problem(errors::DUPLICATE, start, end, atom);
        }
    }

    /// Something that a simple assignment changes, not a pattern.
    #[inline(never)]
    pub fn check_simple_target(&mut self, node: u32) {
        match self.tree.kind(node) {
            ast::OBJECT_PATTERN | ast::ARRAY_PATTERN | ast::OBJECT | ast::ARRAY => self.problem_at(errors::TARGET, node),
            _ => self.check_target(node, 0),
        }
    }

    /// What was bound while the code was not yet known to be strict.
    #[inline(never)]
    pub fn check_strict_names(&mut self, node: u32) {
        match self.tree.kind(node) {
            _ if node == 0 => {}
            ast::IDENTIFIER => {
                let (start, end, atom) = (self.tree.start(node), self.tree.end(node), self.tree.field(node, field::NAME));
                self.check_name(atom, start, end);
                if atom == w::EVAL || atom == w::ARGUMENTS {
                    self.problem(errors::STRICT_BINDING, start, end, atom);
                }
            }
            ast::OBJECT_PATTERN | ast::ARRAY_PATTERN => {
                let list = self.tree.field(node, 0);
                for each in 0..self.tree.length(list) {
                    let item = self.tree.item(list, each);
                    self.check_strict_names(item);
                }
            }
            ast::PROPERTY => {
                let value = self.tree.field(node, 1);
                self.check_strict_names(value);
            }
            ast::ASSIGNMENT_PATTERN | ast::REST => {
                let inner = self.tree.field(node, 0);
                self.check_strict_names(inner);
            }
            _ => {}
        }
    }

    // Patterns of declarations.

    /// A name or a pattern.
    #[inline(never)]
    pub fn binding(&mut self) -> u32 {
        match self.kind() {
            t::LEFT_BRACKET => self.deeper(Self::array_binding),
            t::LEFT_BRACE => self.deeper(Self::object_binding),
            t::IDENTIFIER => self.identifier(),
            _ if self.at_name() && !self.breaks_list() => self.identifier(),
            _ => self.nothing_here(errors::PATTERN_EXPECTED),
        }
    }

    /// The same with an initializer.
    pub fn binding_with_default(&mut self) -> u32 {
        let start = self.start();
        let node = self.binding();
        self.default_of(node, start)
    }

    /// The initializer behind a pattern, if there is one.
    pub fn default_of(&mut self, node: u32, start: u32) -> u32 {
        if !self.eat(t::ASSIGN) {
            return node;
        }
        let value = self.inner_assign();
        self.node2(ast::ASSIGNMENT_PATTERN, 0, start, node, value)
    }

    #[inline(never)]
    fn array_binding(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let from = self.scratch.len();
        while !self.at(t::RIGHT_BRACKET) && !self.at(t::END) {
            let before = self.start();
            if self.at(t::COMMA) {
                self.next();
                self.scratch.push(0);
                continue;
            }
            let item = if self.at(t::ELLIPSIS) { self.last_rest_binding() } else { self.binding_with_default() };
            self.scratch.push(item);
            if !self.separator(t::RIGHT_BRACKET, before) {
                break;
            }
        }
        self.expect(t::RIGHT_BRACKET, "]");
        let list = self.list(from);
        self.node1(ast::ARRAY_PATTERN, 0, start, list)
    }

    /// `...pattern`.
    pub fn rest_binding(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let argument = self.binding();
        if self.at(t::ASSIGN) {
            let (at, end) = (self.start(), self.end());
            self.problem(errors::REST_INITIALIZER, at, end, 0);
            self.next();
            let ignored = self.inner_assign();
            self.skipped.push(ignored);
        }
        self.node1(ast::REST, 0, start, argument)
    }

    fn last_rest_binding(&mut self) -> u32 {
        let rest = self.rest_binding();
        if self.at(t::COMMA) {
            let (at, end) = (self.start(), self.end());
            self.problem(errors::REST_LAST, at, end, 0);
        }
        rest
    }

    #[inline(never)]
    fn object_binding(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let from = self.scratch.len();
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            let before = self.start();
            let cover = self.cover.len();
            let item = if self.at(t::ELLIPSIS) { self.last_rest_binding() } else { self.property_binding() };
            self.cover.truncate(cover);
            self.scratch.push(item);
            if !self.separator(t::RIGHT_BRACE, before) {
                break;
            }
        }
        self.expect(t::RIGHT_BRACE, "}");
        let list = self.list(from);
        self.node1(ast::OBJECT_PATTERN, 0, start, list)
    }

    #[inline(never)]
    fn property_binding(&mut self) -> u32 {
        let start = self.start();
        let token = self.lex.token;
        let computed = self.at(t::LEFT_BRACKET);
        let key = self.property_name();
        if self.eat(t::COLON) {
            let value = self.binding_with_default();
            return self.node2(ast::PROPERTY, (computed as u32) << 4, start, key, value);
        }
        self.shorthand(key, token)
    }

    /// A property that is but a name, in a pattern or in what may become one.
    #[inline(never)]
    pub fn shorthand(&mut self, key: u32, token: crate::lexer::Token) -> u32 {
        if token.kind == t::IDENTIFIER {
            self.check_name(token.atom, token.start, token.end);
        } else if token.kind != t::END {
            let code = if token.kind == t::ESCAPED_KEYWORD { errors::ESCAPED_KEYWORD } else { errors::RESERVED };
            if crate::parser::name_like(token.kind) {
                self.problem(code, token.start, token.end, token.atom);
            } else {
                self.missing(":");
            }
        }
        let mut value = if self.tree.kind(key) == ast::IDENTIFIER {
            let copy = self.tree.add(ast::IDENTIFIER, 0, token.start, token.end);
            self.tree.set(copy, 0, token.atom);
            copy
        } else {
            let at = self.last_end();
            self.tree.add(ast::ERROR_NODE, 0, at, at)
        };
        if self.at(t::ASSIGN) {
            let at = self.start();
            self.next();
            let default = self.inner_assign();
            value = self.node2(ast::ASSIGNMENT_PATTERN, 0, token.start, value, default);
            // An object has to become a pattern then.
            self.cover.push((at, errors::SHORTHAND_INITIALIZER));
        }
        self.node2(ast::PROPERTY, 1 << 3, token.start, key, value)
    }
}
