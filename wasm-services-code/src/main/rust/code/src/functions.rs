//! Functions of all kinds, and the properties of objects.

use crate::ast::{self, field};
use crate::errors;
use crate::lexer::Token;
use crate::parser::{ctx, Parser};
use crate::patterns::PARAMETER;
use crate::scopes;
use crate::words::{t, w};

pub const GENERATOR: u32 = 1;
pub const ASYNC: u32 = 2;
const EXPRESSION: u32 = 4;
pub const DECLARE: u32 = 8;

/// What a function hides of the code around it.
pub struct Around {
    ctx: u32,
    label_base: usize,
    last_await: u32,
    last_yield: u32,
    last_await_name: u32,
    duplicate: Option<(u32, u32, u32)>,
}

impl<'a> Parser<'a> {
    #[inline(never)]
    pub fn open_function(&mut self, context: u32, scope: u8) -> Around {
        let around = Around {
            ctx: self.ctx,
            label_base: self.label_base,
            last_await: self.last_await,
            last_yield: self.last_yield,
            last_await_name: self.last_await_name,
            duplicate: self.duplicate,
        };
        self.ctx = context;
        self.label_base = self.labels.len();
        self.last_await = 0;
        self.last_yield = 0;
        self.last_await_name = 0;
        self.duplicate = None;
        self.scopes.enter(scope);
        around
    }

    #[inline(never)]
    pub fn close_function(&mut self, around: &Around) {
        self.scopes.leave();
        self.labels.truncate(self.label_base);
        self.ctx = around.ctx;
        self.label_base = around.label_base;
        self.last_await = around.last_await;
        self.last_yield = around.last_yield;
        self.last_await_name = around.last_await_name;
        self.duplicate = around.duplicate;
    }

    /// What is allowed in a function that is no arrow function.
    pub fn function_context(&self, flags: u32) -> u32 {
        let mut context = self.ctx & (ctx::STRICT | ctx::AMBIENT) | ctx::RETURN | ctx::NEW_TARGET | ctx::IN_FUNCTION;
        if flags & ASYNC != 0 {
            context |= ctx::ASYNC;
        }
        if flags & GENERATOR != 0 {
            context |= ctx::GENERATOR;
        }
        context
    }

    #[inline(never)]
    pub fn function_expression(&mut self, start: u32, is_async: bool) -> u32 {
        self.next();
        let mut flags = if is_async { ASYNC } else { 0 };
        if self.eat(t::STAR) {
            flags |= GENERATOR;
        }
        let context = self.function_context(flags);
        let mut id = 0;
        if self.at_name() {
            // The name lives in the function.
            let saved = std::mem::replace(&mut self.ctx, context);
            id = self.identifier();
            self.check_target(id, crate::patterns::UNKNOWN);
            self.ctx = saved;
        }
        self.function_rest(start, ast::FUNCTION_EXPRESSION, id, flags, context)
    }

    /// A function from its parameters on.
    #[inline(never)]
    pub fn function_rest(&mut self, start: u32, kind: u8, id: u32, flags: u32, context: u32) -> u32 {
        let around = self.open_function(context | ctx::PARAMETERS, scopes::OF_FUNCTION);
        let types = if self.typescript && self.at(t::LESS) { self.type_parameters() } else { 0 };
        let params = self.parameters();
        let returned = if self.typescript && self.at(t::COLON) { self.return_type() } else { 0 };
        self.ctx &= !ctx::PARAMETERS;
        let mut kind = kind;
        let body = if self.at(t::LEFT_BRACE) {
            let method = kind == ast::TS_EMPTY_BODY_FUNCTION;
            if method {
                kind = ast::FUNCTION_EXPRESSION;
            }
            if around.ctx & ctx::AMBIENT != 0 {
                self.at_token(errors::AMBIENT_BODY, 0);
            }
            self.function_body(params, id, method)
        } else if self.typescript && kind != ast::FUNCTION_EXPRESSION {
            if kind == ast::FUNCTION {
                kind = ast::TS_DECLARE_FUNCTION;
            }
            self.semicolon();
            0
        } else {
            if kind == ast::TS_EMPTY_BODY_FUNCTION {
                kind = ast::FUNCTION_EXPRESSION;
            }
            self.missing("{");
            let at = self.start();
            self.node(ast::BLOCK, 0, at)
        };
        self.close_function(&around);
        let node = self.node3(kind, flags, start, id, types, params);
        self.tree.set(node, field::RETURN_TYPE, returned);
        self.tree.set(node, field::FUNCTION_BODY, body);
        node
    }

    // Parameters.

    #[inline(never)]
    pub fn parameters(&mut self) -> u32 {
        if !self.expect(t::LEFT_PAREN, "(") {
            return 0;
        }
        let from = self.scratch.len();
        while !self.at(t::RIGHT_PAREN) && !self.at(t::END) {
            let before = self.start();
            let parameter = self.parameter();
            self.check_target(parameter, PARAMETER);
            self.scratch.push(parameter);
            if self.tree.kind(parameter) == ast::REST && self.at(t::COMMA) && !self.has(ctx::AMBIENT) {
                let (at, end) = (self.start(), self.end());
                self.problem(errors::REST_LAST, at, end, 0);
            }
            if !self.separator(t::RIGHT_PAREN, before) {
                break;
            }
        }
        self.expect(t::RIGHT_PAREN, ")");
        self.list(from)
    }

    #[inline(never)]
    fn parameter(&mut self) -> u32 {
        let start = self.start();
        if self.typescript || self.at(t::AT) {
            return self.typed_parameter(start);
        }
        if self.at(t::ELLIPSIS) {
            return self.rest_binding();
        }
        self.binding_with_default()
    }

    fn is_simple(&self, params: u32) -> bool {
        self.tree.list(params).iter().all(|&each| self.tree.kind(each) == ast::IDENTIFIER)
    }

    // Bodies.

    /// A body in braces. `unique`: no parameter may come twice, whatever the code is.
    #[inline(never)]
    pub fn function_body(&mut self, params: u32, id: u32, unique: bool) -> u32 {
        let start = self.start();
        let simple = self.is_simple(params);
        let was_strict = self.strict();
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON);
        self.next();
        let deep = self.enter();
        let list = if deep { self.body_items(t::RIGHT_BRACE, !simple) } else { 0 };
        self.leave();
        self.expect(t::RIGHT_BRACE, "}");
        let node = self.node1(ast::BLOCK, 0, start, list);
        if self.strict() && !was_strict {
            self.check_strict_names(id);
            for each in 0..self.tree.length(params) {
                let parameter = self.tree.item(params, each);
                self.check_strict_names(parameter);
            }
        }
        self.check_duplicate(unique || !simple);
        node
    }

    fn check_duplicate(&mut self, unique: bool) {
        if let Some((atom, start, end)) = self.duplicate {
            if unique || self.strict() {
                self.problem(errors::DUPLICATE_PARAMETER, start, end, atom);
            }
        }
    }

    /// Directives and statements up to a token, which is left. `odd_parameters`: the function can't become strict.
    #[inline(never)]
    pub fn body_items(&mut self, close: u8, odd_parameters: bool) -> u32 {
        let from = self.scratch.len();
        let mut octal = None;
        while self.at(t::STRING) {
            let token = self.lex.token;
            let statement = self.statement();
            self.scratch.push(statement);
            if !self.is_directive(statement, token) {
                break;
            }
            if token.special && octal.is_none() {
                octal = Some(token);
            }
            self.directive(statement, token, odd_parameters);
        }
        if let (Some(token), true) = (octal, self.strict()) {
            self.problem(errors::OCTAL, token.start, token.end, 0);
        }
        self.statements(from, close)
    }

    fn is_directive(&self, statement: u32, token: Token) -> bool {
        if self.tree.kind(statement) != ast::EXPRESSION_STATEMENT {
            return false;
        }
        let expression = self.tree.field(statement, 0);
        self.tree.kind(expression) == ast::STRING && !self.tree.is(expression, ast::PARENTHESIZED) && self.tree.end(expression) == token.end
    }

    fn directive(&mut self, statement: u32, token: Token, odd_parameters: bool) {
        let (start, end) = (token.start as usize + 1, (token.end as usize - 1).max(token.start as usize + 1));
        let text = self.lex.source[start..end].to_vec();
        let atom = self.lex.atoms.add_text(self.lex.source, &text);
        self.tree.set(statement, 1, atom);
        if text == b"use strict" {
            self.ctx |= ctx::STRICT;
            if odd_parameters {
                self.problem(errors::STRICT_DIRECTIVE, token.start, token.end, 0);
            }
        }
    }

    // Arrow functions.

    pub fn arrow_context(&self, is_async: bool) -> u32 {
        const KEPT: u32 = ctx::STRICT
            | ctx::NEW_TARGET
            | ctx::SUPER_CALL
            | ctx::SUPER_PROPERTY
            | ctx::NO_ARGUMENTS
            | ctx::NO_IN
            | ctx::BEFORE_COLON
            | ctx::AMBIENT;
        let context = self.ctx & KEPT | ctx::RETURN | ctx::IN_FUNCTION;
        if is_async {
            context | ctx::ASYNC
        } else {
            context
        }
    }

    /// `a => ...`, from the arrow on.
    #[inline(never)]
    pub fn arrow_of_name(&mut self, start: u32, atom: u32) -> u32 {
        let name_end = self.last_end();
        self.arrow_with_name(start, start, name_end, atom, false)
    }

    pub fn async_arrow_of_name(&mut self, start: u32, name_start: u32, atom: u32) -> u32 {
        let name_end = self.last_end();
        self.arrow_with_name(start, name_start, name_end, atom, true)
    }

    fn arrow_with_name(&mut self, start: u32, name_start: u32, name_end: u32, atom: u32, is_async: bool) -> u32 {
        // The name is checked in the code around, and in that of the function.
        self.check_name(atom, name_start, name_end);
        let context = self.arrow_context(is_async);
        let around = self.open_function(context, scopes::OF_FUNCTION);
        if is_async {
            self.check_name(atom, name_start, name_end);
        }
        let name = self.tree.add(ast::IDENTIFIER, 0, name_start, name_end);
        self.tree.set(name, 0, atom);
        self.check_target(name, PARAMETER);
        let params = self.tree.add_list(&[name]);
        self.arrow_rest(start, around, params, is_async, 0, 0)
    }

    /// `(...) => ...`, from the arrow on; the parameters are items of `scratch`.
    #[inline(never)]
    pub fn arrow_of_items(&mut self, start: u32, from: usize, is_async: bool) -> u32 {
        let (last_await, last_yield) = (self.last_await, self.last_yield);
        if last_await != 0 {
            self.problem(errors::AWAIT_PARAMETER, last_await - 1, last_await + 4, 0);
        }
        if is_async && self.last_await_name != 0 {
            let at = self.last_await_name;
            self.problem(errors::RESERVED, at - 1, at + 4, w::AWAIT);
        }
        if last_yield != 0 {
            self.problem(errors::YIELD_PARAMETER, last_yield - 1, last_yield + 4, 0);
        }
        let context = self.arrow_context(is_async);
        let around = self.open_function(context, scopes::OF_FUNCTION);
        for each in from..self.scratch.len() {
            let item = self.scratch[each];
            if self.tree.kind(item) == ast::SPREAD {
                self.convert_rest_parameter(item);
            }
            let pattern = self.to_pattern(item);
            self.scratch[each] = pattern;
            self.check_target(pattern, PARAMETER);
        }
        let params = self.list(from);
        self.arrow_rest(start, around, params, is_async, 0, 0)
    }

    fn convert_rest_parameter(&mut self, item: u32) {
        let comma = self.tree.is(item, ast::COMMA_AFTER);
        self.tree.become_kind(item, ast::REST);
        self.tree.set_flags(item, 0);
        if comma {
            self.problem_at(errors::REST_LAST, item);
        }
        let argument = self.tree.field(item, 0);
        if self.tree.kind(argument) == ast::ASSIGNMENT {
            self.problem_at(errors::REST_INITIALIZER, argument);
        }
        self.to_pattern(argument);
    }

    /// From the arrow on, in the function that was opened.
    #[inline(never)]
    pub fn arrow_rest(&mut self, start: u32, around: Around, params: u32, is_async: bool, types: u32, returned: u32) -> u32 {
        if self.line_before() {
            self.at_token(errors::ARROW_LINE, 0);
        }
        self.expect(t::ARROW, "=>");
        let mut flags = if is_async { ASYNC } else { 0 };
        let body = if self.at(t::LEFT_BRACE) {
            self.function_body(params, 0, true)
        } else {
            flags |= EXPRESSION;
            self.check_duplicate(true);
            self.assign()
        };
        self.close_function(&around);
        let node = self.node3(ast::ARROW, flags, start, 0, types, params);
        self.tree.set(node, field::RETURN_TYPE, returned);
        self.tree.set(node, field::FUNCTION_BODY, body);
        node
    }

    // Properties.

    /// The name of a property; computed if it begins with a bracket.
    #[inline(never)]
    pub fn property_name(&mut self) -> u32 {
        match self.kind() {
            t::STRING => self.string(),
            t::NUMBER | t::BIGINT => self.number(),
            t::LEFT_BRACKET => {
                self.next();
                let name = self.inner_assign();
                self.expect(t::RIGHT_BRACKET, "]");
                name
            }
            _ => self.name_node(),
        }
    }

    /// Whether the token begins the name of a property.
    pub fn at_property_name(&self) -> bool {
        self.at_name() || matches!(self.kind(), t::STRING | t::NUMBER | t::BIGINT | t::LEFT_BRACKET | t::PRIVATE_NAME)
    }

    /// A property of an object.
    #[inline(never)]
    pub fn property(&mut self) -> u32 {
        let start = self.start();
        let mut token = self.lex.token;
        let mut flags = if self.eat(t::STAR) { GENERATOR } else { 0 };
        let mut accessor = 0;
        let mut computed = self.at(t::LEFT_BRACKET);
        if flags != 0 {
            token = self.lex.token;
        }
        let mut key = self.property_name();
        if token.kind == t::IDENTIFIER && !token.escaped && flags == 0 {
            let modifier = match token.atom {
                w::ASYNC => !self.line_before() && (self.at_property_name() || self.at(t::STAR)),
                w::GET | w::SET => self.at_property_name(),
                _ => false,
            };
            if modifier {
                match token.atom {
                    w::ASYNC => flags |= ASYNC,
                    w::GET => accessor = 1,
                    _ => accessor = 2,
                }
                if self.eat(t::STAR) {
                    flags |= GENERATOR;
                }
                token = self.lex.token;
                computed = self.at(t::LEFT_BRACKET);
                key = self.property_name();
            }
        }
        self.property_value(start, key, computed, flags, accessor, token)
    }

    #[inline(never)]
    fn property_value(&mut self, start: u32, key: u32, computed: bool, flags: u32, accessor: u32, token: Token) -> u32 {
        let common = (computed as u32) << 4;
        if accessor != 0 || flags != 0 || self.at(t::LEFT_PAREN) || (self.typescript && self.at(t::LESS)) {
            let value = self.method(flags, ctx::SUPER_PROPERTY, ast::FUNCTION_EXPRESSION);
            if accessor != 0 {
                self.check_accessor(value, accessor);
                return self.node2(ast::PROPERTY, common | accessor, start, key, value);
            }
            return self.node2(ast::PROPERTY, common | 1 << 2, start, key, value);
        }
        if self.eat(t::COLON) {
            let value = self.assign_cover();
            return self.node2(ast::PROPERTY, common, start, key, value);
        }
        if computed {
            let value = self.nothing_here(errors::UNEXPECTED_PROPERTY);
            return self.node2(ast::PROPERTY, common, start, key, value);
        }
        self.shorthand(key, token)
    }

    /// The function of a method, from its parameters on.
    #[inline(never)]
    pub fn method(&mut self, flags: u32, extra: u32, kind: u8) -> u32 {
        let start = self.start();
        let context = self.function_context(flags) | extra;
        let kind = if kind == ast::FUNCTION_EXPRESSION && self.typescript { ast::TS_EMPTY_BODY_FUNCTION } else { kind };
        let around_duplicate = self.duplicate;
        let node = self.function_rest(start, if self.typescript { kind } else { ast::TS_EMPTY_BODY_FUNCTION }, 0, flags, context);
        self.duplicate = around_duplicate;
        node
    }

    /// The parameters of a getter (1) or a setter (2).
    #[inline(never)]
    pub fn check_accessor(&mut self, function: u32, accessor: u32) {
        let params = self.tree.field(function, field::PARAMS);
        let first = self.tree.item(params, 0);
        let mut count = self.tree.length(params);
        if self.typescript && count > 0 && self.tree.kind(first) == ast::IDENTIFIER && self.tree.field(first, 0) == w::THIS {
            count -= 1;
        }
        if accessor == 1 && count != 0 {
            self.problem_at(errors::GETTER_PARAMETERS, function);
        }
        if accessor == 2 && count != 1 {
            self.problem_at(errors::SETTER_PARAMETERS, function);
        }
        if accessor == 2 && count == 1 && self.tree.kind(first) == ast::REST {
            self.problem_at(errors::SETTER_REST, first);
        }
    }
}
