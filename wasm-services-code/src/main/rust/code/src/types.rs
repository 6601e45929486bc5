//! Types of TypeScript.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::scopes;
use crate::words::{t, w};

const READONLY_OPERATOR: u32 = 2;

impl<'a> Parser<'a> {
    /// `: type`, where it is known that it stands there.
    #[inline(never)]
    pub fn type_annotation(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let inner = self.type_node();
        self.node1(ast::TS_TYPE_ANNOTATION, 0, start, inner)
    }

    /// The type of a name or pattern, if one follows.
    #[inline(never)]
    pub fn annotate(&mut self, node: u32) {
        if !self.at(t::COLON) || self.tree.kind(node) == ast::ERROR_NODE {
            return;
        }
        let annotation = self.type_annotation();
        self.tree.set(node, ast::field::TYPE, annotation);
        let end = self.last_end();
        self.tree.set_end(node, end);
    }

    /// What stands behind the parameters of a function, from the colon or the arrow on.
    #[inline(never)]
    pub fn return_type(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let inner = self.type_or_predicate();
        self.node1(ast::TS_TYPE_ANNOTATION, 0, start, inner)
    }

    pub fn type_or_predicate(&mut self) -> u32 {
        if self.at(t::IDENTIFIER) {
            let next = self.peek();
            if next.kind == t::IDENTIFIER && next.atom == w::IS && !next.line_before && !next.escaped {
                let start = self.start();
                let name = self.name_node();
                return self.predicate(start, name, 0);
            }
        }
        self.type_node()
    }

    /// `is type`, after the name.
    pub fn predicate(&mut self, start: u32, name: u32, asserts: u32) -> u32 {
        self.next();
        let at = self.start();
        let inner = self.type_node();
        let annotation = self.node1(ast::TS_TYPE_ANNOTATION, 0, at, inner);
        self.node2(ast::TS_TYPE_PREDICATE, asserts, start, name, annotation)
    }

    pub fn asserts(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let at = self.start();
        let name = if self.at(t::THIS) {
            self.next();
            self.node(ast::TS_THIS_TYPE, 0, at)
        } else {
            self.name_node()
        };
        if self.at_word(w::IS) && !self.line_before() {
            return self.predicate(start, name, 1);
        }
        self.node2(ast::TS_TYPE_PREDICATE, 1, start, name, 0)
    }

    /// The type behind `as`, which may be `const`.
    pub fn type_or_const(&mut self) -> u32 {
        if self.at(t::CONST) {
            let start = self.start();
            let name = self.name_node();
            return self.node2(ast::TS_TYPE_REFERENCE, 0, start, name, 0);
        }
        self.type_node()
    }

    /// Any type.
    #[inline(never)]
    pub fn type_node(&mut self) -> u32 {
        let node = if self.enter() { self.any_type() } else { self.nothing_here(errors::TYPE_EXPECTED) };
        self.leave();
        node
    }

    /// A type in which conditional types are allowed again.
    pub fn inner_type(&mut self) -> u32 {
        let saved = self.ctx;
        self.ctx &= !ctx::NO_CONDITIONAL;
        let node = self.type_node();
        self.ctx = saved;
        node
    }

    #[inline(never)]
    pub fn any_type(&mut self) -> u32 {
        let start = self.start();
        if self.begins_function_type() {
            return self.function_type();
        }
        let node = self.union();
        if self.at(t::EXTENDS) && !self.line_before() && !self.has(ctx::NO_CONDITIONAL) {
            return self.conditional_type(start, node);
        }
        node
    }

    #[inline(never)]
    pub fn conditional_type(&mut self, start: u32, check: u32) -> u32 {
        self.next();
        let saved = self.ctx;
        self.ctx |= ctx::NO_CONDITIONAL;
        let extends = self.type_node();
        self.ctx = saved;
        self.expect(t::QUESTION, "?");
        let yes = self.inner_type();
        self.expect(t::COLON, ":");
        let no = self.inner_type();
        let node = self.node3(ast::TS_CONDITIONAL_TYPE, 0, start, check, extends, yes);
        self.tree.set(node, 3, no);
        node
    }

    // Types of functions.

    #[inline(never)]
    pub fn begins_function_type(&mut self) -> bool {
        match self.kind() {
            t::LESS | t::NEW => true,
            t::IDENTIFIER if self.at_word(w::ABSTRACT) => self.peek().kind == t::NEW,
            t::LEFT_PAREN => {
                let mark = self.mark();
                self.next();
                let begins = self.begins_parameters();
                self.back(&mark);
                begins
            }
            _ => false,
        }
    }

    /// Whether what follows a parenthesis are parameters, not a type.
    pub fn begins_parameters(&mut self) -> bool {
        match self.kind() {
            t::RIGHT_PAREN | t::ELLIPSIS => return true,
            t::IDENTIFIER | t::THIS => self.next(),
            t::LEFT_BRACKET | t::LEFT_BRACE => {
                let before = self.lex.problems.len();
                self.binding();
                if self.lex.problems.len() > before {
                    return false;
                }
            }
            _ => return false,
        }
        match self.kind() {
            t::COLON | t::COMMA | t::QUESTION | t::ASSIGN => true,
            t::RIGHT_PAREN => self.peek().kind == t::ARROW,
            _ => false,
        }
    }

    #[inline(never)]
    pub fn function_type(&mut self) -> u32 {
        let start = self.start();
        let is_abstract = self.eat_word(w::ABSTRACT);
        let constructor = self.eat(t::NEW);
        let types = if self.at(t::LESS) { self.type_parameters() } else { 0 };
        let params = self.type_members_parameters();
        let returned = if self.at(t::ARROW) {
            let saved = self.ctx;
            self.ctx &= !ctx::NO_CONDITIONAL;
            let returned = self.return_type();
            self.ctx = saved;
            returned
        } else {
            self.missing("=>");
            0
        };
        let kind = if constructor { ast::TS_CONSTRUCTOR_TYPE } else { ast::TS_FUNCTION_TYPE };
        self.node3(kind, is_abstract as u32, start, types, params, returned)
    }

    /// Parameters in parentheses, in a type.
    #[inline(never)]
    pub fn type_members_parameters(&mut self) -> u32 {
        let around = self.open_function(self.ctx & !ctx::NO_CONDITIONAL | ctx::AMBIENT, scopes::OF_FUNCTION);
        let params = self.parameters();
        self.close_function(&around);
        params
    }

    // Operators of types.

    #[inline(never)]
    pub fn union(&mut self) -> u32 {
        self.joined(t::OR, ast::TS_UNION_TYPE)
    }

    #[inline(never)]
    pub fn intersection(&mut self) -> u32 {
        self.joined(t::AND, ast::TS_INTERSECTION_TYPE)
    }

    #[inline(always)]
    pub fn joined(&mut self, sign: u8, kind: u8) -> u32 {
        let start = self.start();
        let leading = self.eat(sign);
        let first = self.constituent(sign);
        if !leading && !self.at(sign) {
            return first;
        }
        let from = self.scratch.len();
        self.scratch.push(first);
        while self.eat(sign) {
            let next = self.constituent(sign);
            self.scratch.push(next);
        }
        let list = self.list(from);
        self.node1(kind, 0, start, list)
    }

    pub fn constituent(&mut self, sign: u8) -> u32 {
        if sign == t::OR {
            self.intersection()
        } else if self.begins_function_type_in_union() {
            self.function_type()
        } else {
            self.operator_type()
        }
    }

    pub fn begins_function_type_in_union(&mut self) -> bool {
        matches!(self.kind(), t::LESS | t::NEW | t::LEFT_PAREN | t::IDENTIFIER) && self.begins_function_type()
    }

    #[inline(never)]
    pub fn operator_type(&mut self) -> u32 {
        if self.at(t::IDENTIFIER) && !self.lex.token.escaped {
            match self.atom() {
                w::KEYOF => return self.deeper_type(0),
                w::UNIQUE => return self.deeper_type(1),
                w::READONLY => return self.deeper_type(READONLY_OPERATOR),
                w::INFER => return self.infer_type(),
                _ => {}
            }
        }
        let saved = self.ctx;
        self.ctx &= !ctx::NO_CONDITIONAL;
        let node = self.postfix_type();
        self.ctx = saved;
        node
    }

    #[inline(never)]
    pub fn deeper_type(&mut self, operator: u32) -> u32 {
        let start = self.start();
        self.next();
        let inner = if self.enter() { self.operator_type() } else { self.nothing_here(errors::TYPE_EXPECTED) };
        self.leave();
        self.node1(ast::TS_TYPE_OPERATOR, operator, start, inner)
    }

    #[inline(never)]
    pub fn infer_type(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let at = self.start();
        let name = self.name_node();
        let mut constraint = 0;
        if self.at(t::EXTENDS) {
            let mark = self.mark();
            self.next();
            self.ctx |= ctx::NO_CONDITIONAL;
            constraint = self.type_node();
            self.ctx = mark.context();
            if !self.has(ctx::NO_CONDITIONAL) && self.at(t::QUESTION) {
                self.back(&mark);
                constraint = 0;
            }
        }
        let parameter = self.node2(ast::TS_TYPE_PARAMETER, 0, at, name, constraint);
        self.node1(ast::TS_INFER_TYPE, 0, start, parameter)
    }

    #[inline(never)]
    pub fn postfix_type(&mut self) -> u32 {
        let start = self.start();
        let mut node = self.primary_type();
        while self.at(t::LEFT_BRACKET) && !self.line_before() {
            self.next();
            if self.eat(t::RIGHT_BRACKET) {
                node = self.node1(ast::TS_ARRAY_TYPE, 0, start, node);
            } else {
                let index = self.type_node();
                self.expect(t::RIGHT_BRACKET, "]");
                node = self.node2(ast::TS_INDEXED_ACCESS, 0, start, node, index);
            }
        }
        node
    }

    #[inline(never)]
    pub fn primary_type(&mut self) -> u32 {
        let start = self.start();
        match self.kind() {
            t::IDENTIFIER => self.named_type(),
            t::STRING | t::NUMBER | t::BIGINT | t::TRUE | t::FALSE | t::MINUS => self.literal_type(),
            t::LEFT_BRACE => self.braced_type(),
            t::LEFT_BRACKET => self.tuple(),
            t::LEFT_PAREN => self.parenthesized_type(),
            t::VOID => self.keyword_type(ast::TS_VOID),
            t::NULL => self.keyword_type(ast::TS_NULL),
            t::THIS => {
                let node = self.keyword_type(ast::TS_THIS_TYPE);
                if self.at_word(w::IS) && !self.line_before() {
                    return self.predicate(start, node, 0);
                }
                node
            }
            t::TYPEOF => self.type_query(),
            t::IMPORT => self.import_type(),
            t::TEMPLATE => self.template_type(),
            _ => self.nothing_here(errors::TYPE_EXPECTED),
        }
    }

    pub fn keyword_type(&mut self, kind: u8) -> u32 {
        let start = self.start();
        self.next();
        self.node(kind, 0, start)
    }

    #[inline(never)]
    pub fn named_type(&mut self) -> u32 {
        let kind = match self.atom() {
            _ if self.lex.token.escaped => 0,
            w::ANY => ast::TS_ANY,
            w::UNKNOWN => ast::TS_UNKNOWN,
            w::STRING => ast::TS_STRING,
            w::NUMBER => ast::TS_NUMBER,
            w::BIGINT => ast::TS_BIGINT,
            w::SYMBOL => ast::TS_SYMBOL,
            w::BOOLEAN => ast::TS_BOOLEAN,
            w::UNDEFINED => ast::TS_UNDEFINED,
            w::NEVER => ast::TS_NEVER,
            w::OBJECT => ast::TS_OBJECT,
            w::ASSERTS => {
                let next = self.peek();
                if !next.line_before && matches!(next.kind, t::IDENTIFIER | t::THIS) {
                    return self.asserts();
                }
                0
            }
            _ => 0,
        };
        if kind != 0 && self.peek().kind != t::DOT {
            return self.keyword_type(kind);
        }
        self.type_reference()
    }

    #[inline(never)]
    pub fn type_reference(&mut self) -> u32 {
        let start = self.start();
        let name = self.entity_name();
        let arguments = if self.at_less() && !self.line_before() { self.type_arguments() } else { 0 };
        self.node2(ast::TS_TYPE_REFERENCE, 0, start, name, arguments)
    }

    pub fn at_less(&self) -> bool {
        self.at(t::LESS) || self.at(t::SHIFT_LEFT)
    }

    /// A name, with more names behind points.
    #[inline(never)]
    pub fn entity_name(&mut self) -> u32 {
        let start = self.start();
        let mut node = if self.at(t::THIS) {
            self.next();
            self.node(ast::THIS, 0, start)
        } else {
            self.name_node()
        };
        while self.eat(t::DOT) {
            let right = if self.at(t::PRIVATE_NAME) { self.private_name() } else { self.name_node() };
            node = self.node2(ast::TS_QUALIFIED_NAME, 0, start, node, right);
        }
        node
    }

    pub fn literal_type(&mut self) -> u32 {
        let start = self.start();
        let literal = match self.kind() {
            t::STRING => self.string(),
            t::TRUE | t::FALSE => {
                let on = self.at(t::TRUE);
                self.next();
                self.node(ast::BOOLEAN, on as u32, start)
            }
            t::MINUS => {
                self.next();
                let number = if matches!(self.kind(), t::NUMBER | t::BIGINT) { self.number() } else { self.nothing_here(errors::TYPE_EXPECTED) };
                self.node1(ast::UNARY, (t::MINUS - t::ASSIGN) as u32 | 1 << 6, start, number)
            }
            _ => self.number(),
        };
        self.node1(ast::TS_LITERAL_TYPE, 0, start, literal)
    }

    pub fn parenthesized_type(&mut self) -> u32 {
        self.next();
        let node = self.type_node();
        self.expect(t::RIGHT_PAREN, ")");
        node
    }

    #[inline(never)]
    pub fn template_type(&mut self) -> u32 {
        let start = self.start();
        let from = self.scratch.len();
        let first = self.template_element(false);
        self.scratch.push(first);
        let mut closed = true;
        while !self.lex.token.special {
            self.next();
            let inner = self.type_node();
            self.scratch.push(inner);
            if !self.at(t::RIGHT_BRACE) {
                self.missing("}");
                closed = false;
                break;
            }
            self.lex.continue_template();
            let element = self.template_element(false);
            self.scratch.push(element);
        }
        if closed {
            self.next();
        }
        let items: Vec<u32> = self.scratch.drain(from..).collect();
        let pieces: Vec<u32> = items.iter().copied().step_by(2).collect();
        let types: Vec<u32> = items.iter().copied().skip(1).step_by(2).collect();
        let plain = types.is_empty();
        let pieces = self.tree.add_list(&pieces);
        let types = self.tree.add_list(&types);
        if plain {
            let literal = self.node2(ast::TEMPLATE, 0, start, pieces, 0);
            return self.node1(ast::TS_LITERAL_TYPE, 0, start, literal);
        }
        self.node2(ast::TS_TEMPLATE_TYPE, 0, start, pieces, types)
    }

    #[inline(never)]
    pub fn type_query(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let name = if self.at(t::IMPORT) { self.import_type() } else { self.entity_name() };
        let of_import = self.tree.kind(name) == ast::TS_IMPORT_TYPE;
        let arguments = if !of_import && self.at_less() && !self.line_before() { self.type_arguments() } else { 0 };
        self.node2(ast::TS_TYPE_QUERY, 0, start, name, arguments)
    }

    #[inline(never)]
    pub fn import_type(&mut self) -> u32 {
        let start = self.start();
        self.next();
        self.expect(t::LEFT_PAREN, "(");
        let source = if self.at(t::STRING) { self.string() } else { self.type_node() };
        let mut options = 0;
        if self.eat(t::COMMA) && !self.at(t::RIGHT_PAREN) {
            options = self.inner_assign();
            self.eat(t::COMMA);
        }
        self.expect(t::RIGHT_PAREN, ")");
        let qualifier = if self.eat(t::DOT) { self.entity_name() } else { 0 };
        let arguments = if self.at_less() { self.type_arguments() } else { 0 };
        let node = self.node3(ast::TS_IMPORT_TYPE, 0, start, source, options, qualifier);
        self.tree.set(node, 3, arguments);
        node
    }
}

