//! What expressions begin with: names, literals, what stands in brackets.

use crate::ast;
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::words::{t, w};

impl<'a> Parser<'a> {
    #[inline(never)]
    pub fn primary(&mut self) -> u32 {
        match self.kind() {
            t::IDENTIFIER => self.name_or_arrow(),
            t::STRING => self.string(),
            t::NUMBER | t::BIGINT => self.number(),
            t::LEFT_PAREN => self.parenthesized(),
            t::THIS => self.simple(ast::THIS, 0),
            t::TRUE => self.simple(ast::BOOLEAN, 1),
            t::FALSE => self.simple(ast::BOOLEAN, 0),
            t::NULL => self.simple(ast::NULL, 0),
            t::FUNCTION => {
                let start = self.start();
                self.function_expression(start, false)
            }
            t::LEFT_BRACE => self.object(),
            t::LEFT_BRACKET => self.array(),
            t::TEMPLATE => self.template(false),
            _ => self.rare(),
        }
    }

    #[inline(never)]
    fn rare(&mut self) -> u32 {
        match self.kind() {
            t::NEW => self.deeper(Self::new_expression),
            t::CLASS | t::AT => self.deeper(Self::class_expression),
            t::SLASH | t::SLASH_ASSIGN => self.regexp(),
            t::SUPER => self.super_expression(),
            t::IMPORT => self.import_expression(),
            t::LESS if self.options.jsx => self.jsx_expression(),
            t::ESCAPED_KEYWORD | t::ENUM => self.identifier(),
            t::PRIVATE_NAME => {
                let name = self.private_name();
                self.problem_at(errors::PRIVATE_IN, name);
                name
            }
            _ => {
                if self.at(t::END) {
                    return self.nothing_here(errors::EXPRESSION_EXPECTED);
                }
                self.not_expected();
                self.nothing_here(errors::EXPRESSION_EXPECTED)
            }
        }
    }

    #[inline(always)]
    fn simple(&mut self, kind: u8, flags: u32) -> u32 {
        let start = self.start();
        self.next();
        self.node(kind, flags, start)
    }

    #[inline(never)]
    pub fn string(&mut self) -> u32 {
        let (start, atom) = (self.start(), self.atom());
        self.check_octal();
        self.next();
        self.node1(ast::STRING, 0, start, atom)
    }

    #[inline(never)]
    pub fn number(&mut self) -> u32 {
        let start = self.start();
        self.check_octal();
        let kind = if self.at(t::NUMBER) { ast::NUMBER } else { ast::BIGINT };
        self.next();
        self.node(kind, 0, start)
    }

    fn check_octal(&mut self) {
        if self.lex.token.special && self.strict() {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::OCTAL, start, end, 0);
        }
    }

    #[inline(never)]
    fn name_or_arrow(&mut self) -> u32 {
        let (start, end, atom, escaped) = (self.start(), self.end(), self.atom(), self.lex.token.escaped);
        let may_be_arrow = self.arrow_at == start;
        if atom == w::ASYNC && !escaped {
            let node = self.async_expression(start, may_be_arrow);
            if node != 0 {
                return node;
            }
        } else {
            if atom == w::AWAIT && !self.has(ctx::DECORATOR) && self.await_outside() {
                return self.deeper(Self::misplaced_await);
            }
            self.next();
        }
        if self.at(t::ARROW) && may_be_arrow && !self.line_before() {
            return self.arrow_of_name(start, atom);
        }
        self.check_name(atom, start, end);
        self.node1(ast::IDENTIFIER, 0, start, atom)
    }

    /// `await` where it is a name, but seems not to be meant so.
    fn await_outside(&mut self) -> bool {
        let next = self.peek();
        !next.line_before
            && matches!(
                next.kind,
                t::IDENTIFIER | t::NEW | t::THIS | t::STRING | t::NUMBER | t::FUNCTION | t::CLASS | t::IMPORT | t::NULL | t::TRUE | t::FALSE | t::SUPER
            )
            && !(next.kind == t::IDENTIFIER && (next.atom == w::OF || next.atom == w::AS || next.atom == w::SATISFIES))
    }

    #[inline(never)]
    fn misplaced_await(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        self.problem(errors::AWAIT_OUTSIDE, start, end, 0);
        self.next();
        let argument = self.unary();
        self.node1(ast::AWAIT, 0, start, argument)
    }

    /// What begins with `async`; 0 if that is but a name, which is read then.
    #[inline(never)]
    fn async_expression(&mut self, start: u32, may_be_arrow: bool) -> u32 {
        let next = self.peek();
        if next.line_before {
            self.next();
            return 0;
        }
        if next.kind == t::FUNCTION {
            self.next();
            return self.function_expression(start, true);
        }
        if may_be_arrow && self.typescript && (next.kind == t::LEFT_PAREN || next.kind == t::LESS) {
            let arrow = self.typed_arrow(start, true);
            if arrow != 0 {
                return arrow;
            }
        }
        self.next();
        if may_be_arrow && next.kind == t::LEFT_PAREN {
            return self.async_call_or_arrow(start);
        }
        if may_be_arrow && next.kind == t::IDENTIFIER {
            let mark = self.mark();
            let (name_start, atom) = (self.start(), self.atom());
            self.next();
            if self.at(t::ARROW) && !self.line_before() {
                return self.async_arrow_of_name(start, name_start, atom);
            }
            self.back(&mark);
        }
        0
    }

    // Parentheses.

    /// An expression in parentheses, or an arrow function.
    #[inline(never)]
    fn parenthesized(&mut self) -> u32 {
        let start = self.start();
        let may_be_arrow = self.arrow_at == start;
        let saved = (self.ctx, self.last_await, self.last_yield, self.cover.len());
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        self.last_await = 0;
        self.last_yield = 0;
        self.next();
        let inner = self.start();
        let from = self.scratch.len();
        let odd = self.cover_items();
        let inner_end = self.last_end();
        self.ctx = saved.0;
        self.expect(t::RIGHT_PAREN, ")");
        if may_be_arrow && self.at(t::ARROW) {
            self.settle(inner, false);
            let node = self.arrow_of_items(start, from, false);
            self.last_await = saved.1;
            self.last_yield = saved.2;
            return node;
        }
        self.last_await = if saved.1 != 0 { saved.1 } else { self.last_await };
        self.last_yield = if saved.2 != 0 { saved.2 } else { self.last_yield };
        self.report_cover(saved.3);
        self.close_parenthesized(start, inner, inner_end, from, odd)
    }

    fn close_parenthesized(&mut self, start: u32, inner: u32, inner_end: u32, from: usize, odd: u32) -> u32 {
        if odd != 0 {
            self.problem(errors::UNEXPECTED_PARENTHESES, odd - 1, odd, 0);
        }
        let count = self.scratch.len() - from;
        let node = match count {
            0 => {
                if odd == 0 {
                    let end = self.last_end();
                    self.problem(errors::EXPRESSION_EXPECTED, start, end, 0);
                }
                self.lex.token.last_end = self.lex.token.last_end.max(inner);
                self.tree.add(ast::ERROR_NODE, 0, inner, inner)
            }
            1 => self.scratch[from],
            _ => {
                let list = self.tree.add_list(&self.scratch[from..]);
                let node = self.tree.add(ast::SEQUENCE, 0, inner, inner_end);
                self.tree.set(node, 0, list);
                node
            }
        };
        self.scratch.truncate(from);
        self.tree.flag(node, ast::PARENTHESIZED);
        node
    }

    /// Expressions that may be parameters, up to a parenthesis. Where there is a comma before it, or a rest element, one behind that place.
    fn cover_items(&mut self) -> u32 {
        let mut odd = 0;
        while !self.at(t::RIGHT_PAREN) && !self.at(t::END) {
            let before = self.start();
            if self.at(t::ELLIPSIS) {
                odd = before + 1;
                let rest = self.rest_binding();
                self.scratch.push(rest);
                if self.at(t::COMMA) {
                    let (at, end) = (self.start(), self.end());
                    self.problem(errors::REST_LAST, at, end, 0);
                }
            } else {
                let item = self.assign_cover();
                self.scratch.push(item);
            }
            let comma = self.start();
            if !self.separator(t::RIGHT_PAREN, before) {
                break;
            }
            if self.at(t::RIGHT_PAREN) && odd == 0 {
                odd = comma + 1;
            }
        }
        odd
    }

    /// `async (...)`, from the parenthesis on.
    #[inline(never)]
    fn async_call_or_arrow(&mut self, start: u32) -> u32 {
        let callee = self.node1(ast::IDENTIFIER, 0, start, w::ASYNC);
        let saved = (self.ctx, self.last_await, self.last_yield, self.last_await_name);
        let cover = self.cover.len();
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        self.last_await = 0;
        self.last_yield = 0;
        self.last_await_name = 0;
        self.next();
        let inner = self.start();
        let from = self.scratch.len();
        while !self.at(t::RIGHT_PAREN) && !self.at(t::END) {
            let before = self.start();
            let item = if self.at(t::ELLIPSIS) { self.spread(true) } else { self.assign_cover() };
            self.scratch.push(item);
            if !self.separator(t::RIGHT_PAREN, before) {
                break;
            }
        }
        self.ctx = saved.0;
        self.expect(t::RIGHT_PAREN, ")");
        if self.at(t::ARROW) && !self.line_before() {
            self.settle(inner, false);
            let node = self.arrow_of_items(start, from, true);
            self.last_await = saved.1;
            self.last_yield = saved.2;
            self.last_await_name = saved.3;
            return node;
        }
        self.last_await = if saved.1 != 0 { saved.1 } else { self.last_await };
        self.last_yield = if saved.2 != 0 { saved.2 } else { self.last_yield };
        self.last_await_name = if saved.3 != 0 { saved.3 } else { self.last_await_name };
        self.report_cover(cover);
        let list = self.list(from);
        self.node3(ast::CALL, 0, start, callee, 0, list)
    }

    // Brackets.

    #[inline(never)]
    fn array(&mut self) -> u32 {
        let start = self.start();
        let saved = self.ctx;
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        self.next();
        let from = self.scratch.len();
        while !self.at(t::RIGHT_BRACKET) && !self.at(t::END) {
            let before = self.start();
            if self.at(t::COMMA) {
                self.next();
                self.scratch.push(0);
                continue;
            }
            let item = if self.at(t::ELLIPSIS) { self.spread(true) } else { self.assign_cover() };
            self.scratch.push(item);
            if !self.separator(t::RIGHT_BRACKET, before) {
                break;
            }
        }
        self.ctx = saved;
        self.expect(t::RIGHT_BRACKET, "]");
        let list = self.list(from);
        self.node1(ast::ARRAY, 0, start, list)
    }

    #[inline(never)]
    fn object(&mut self) -> u32 {
        let start = self.start();
        let saved = self.ctx;
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        self.next();
        let from = self.scratch.len();
        let mut proto = false;
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            let before = self.start();
            let property = if self.at(t::ELLIPSIS) { self.spread(true) } else { self.property() };
            if self.sets_proto(property) {
                if proto {
                    let at = self.tree.start(property);
                    // Those of values that were read since lie behind it.
                    let place = self.cover.iter().rposition(|&(each, _)| each < at).map_or(0, |each| each + 1);
                    self.cover.insert(place, (at, errors::DUPLICATE_PROTO));
                }
                proto = true;
            }
            self.scratch.push(property);
            if !self.separator(t::RIGHT_BRACE, before) {
                break;
            }
        }
        self.ctx = saved;
        self.expect(t::RIGHT_BRACE, "}");
        let list = self.list(from);
        self.node1(ast::OBJECT, 0, start, list)
    }

    /// Whether it is `__proto__: value`.
    fn sets_proto(&self, property: u32) -> bool {
        const SPECIAL: u32 = 3 | 1 << 2 | 1 << 3 | 1 << 4;
        if self.tree.kind(property) != ast::PROPERTY || self.tree.is(property, SPECIAL) {
            return false;
        }
        let key = self.tree.field(property, 0);
        matches!(self.tree.kind(key), ast::IDENTIFIER | ast::STRING) && self.tree.field(key, 0) == w::PROTO
    }

    // Templates and regular expressions.

    #[inline(never)]
    pub fn template(&mut self, tagged: bool) -> u32 {
        let start = self.start();
        let quasis = self.scratch.len();
        let first = self.template_element(tagged);
        // Pieces and expressions take turns.
        self.scratch.push(first);
        while !self.lex.token.special {
            self.next();
            let expression = self.inner_expression();
            self.scratch.push(expression);
            if !self.at(t::RIGHT_BRACE) {
                self.missing("}");
                return self.close_template(start, quasis);
            }
            self.lex.continue_template();
            let element = self.template_element(tagged);
            self.scratch.push(element);
        }
        self.next();
        self.close_template(start, quasis)
    }

    fn close_template(&mut self, start: u32, from: usize) -> u32 {
        let items: Vec<u32> = self.scratch.drain(from..).collect();
        let pieces: Vec<u32> = items.iter().copied().step_by(2).collect();
        let expressions: Vec<u32> = items.iter().copied().skip(1).step_by(2).collect();
        let pieces = self.tree.add_list(&pieces);
        let expressions = self.tree.add_list(&expressions);
        self.node2(ast::TEMPLATE, 0, start, pieces, expressions)
    }

    #[inline(never)]
    pub fn template_element(&mut self, tagged: bool) -> u32 {
        let token = self.lex.token;
        let end = self.lex.at;
        let closed = if token.special { end > token.start as usize + 1 && self.lex.byte(end - 1) == b'`' } else { true };
        let sign = if !closed { 0 } else if token.special { 1 } else { 2 };
        if token.atom == 0 && !tagged {
            self.problem(errors::ESCAPE, token.start, end as u32, 0);
        }
        let node = self.tree.add(ast::TEMPLATE_ELEMENT, token.special as u32, token.start + 1, (end - sign) as u32);
        self.tree.set(node, 0, token.atom);
        node
    }

    #[inline(never)]
    fn regexp(&mut self) -> u32 {
        self.lex.regexp();
        let (start, end, pattern, flags) = (self.start(), self.end(), self.atom(), self.lex.token.flags);
        self.check_regexp(start, end, pattern, flags);
        self.next();
        self.node2(ast::REGEXP, 0, start, pattern, flags)
    }

    // Words.

    #[inline(never)]
    fn new_expression(&mut self) -> u32 {
        let start = self.start();
        let word = self.name_node();
        if self.at(t::DOT) {
            return self.new_target(start, word);
        }
        if self.at(t::IMPORT) {
            let next = self.peek();
            if next.kind == t::LEFT_PAREN {
                let (at, end) = (self.start(), self.end());
                self.problem(errors::IMPORT_NEW, at, end, 0);
            }
        }
        let callee_start = self.start();
        if self.at(t::SUPER) && self.peek().kind == t::LEFT_PAREN {
            let (at, end) = (self.start(), self.end());
            self.problem(errors::SUPER_ALONE, at, end, 0);
        }
        let callee = self.primary();
        let callee = self.subscripts(callee, callee_start, false);
        let mut types = 0;
        if self.typescript && (self.at(t::LESS) || self.at(t::SHIFT_LEFT)) {
            types = self.try_type_arguments();
        }
        let arguments = if self.at(t::LEFT_PAREN) { self.arguments() } else { 0 };
        self.node3(ast::NEW, 0, start, callee, types, arguments)
    }

    fn new_target(&mut self, start: u32, word: u32) -> u32 {
        self.next();
        let valid = self.at_word(w::TARGET);
        let property = self.name_node();
        let node = self.node2(ast::META_PROPERTY, 0, start, word, property);
        if !valid {
            self.problem_at(errors::META_PROPERTY, property);
        } else if !self.has(ctx::NEW_TARGET) {
            self.problem_at(errors::NEW_TARGET, node);
        }
        node
    }

    #[inline(never)]
    fn super_expression(&mut self) -> u32 {
        let node = self.simple(ast::SUPER, 0);
        let code = match self.kind() {
            t::LEFT_PAREN if self.has(ctx::SUPER_CALL) => 0,
            t::LEFT_PAREN => errors::SUPER_CALL,
            t::DOT | t::LEFT_BRACKET if self.has(ctx::SUPER_PROPERTY) => 0,
            t::DOT | t::LEFT_BRACKET => errors::SUPER_PROPERTY,
            t::LESS if self.typescript => 0,
            _ => errors::SUPER_ALONE,
        };
        if code != 0 {
            self.problem_at(code, node);
        }
        node
    }

    /// `import()` or `import.meta`.
    #[inline(never)]
    pub fn import_expression(&mut self) -> u32 {
        let start = self.start();
        let escaped = self.lex.token.escaped;
        let word = self.name_node();
        match self.kind() {
            t::LEFT_PAREN => self.import_call(start),
            t::DOT if !escaped => self.import_meta(start, word),
            _ => {
                self.not_expected();
                word
            }
        }
    }

    fn import_meta(&mut self, start: u32, word: u32) -> u32 {
        self.next();
        let valid = self.at_word(w::META);
        let property = self.name_node();
        let node = self.node2(ast::META_PROPERTY, 0, start, word, property);
        if !valid {
            self.problem_at(errors::META_PROPERTY, property);
        } else if !self.options.module {
            self.problem_at(errors::IMPORT_META, node);
        }
        node
    }

    fn import_call(&mut self, start: u32) -> u32 {
        self.next();
        if self.at(t::RIGHT_PAREN) {
            let end = self.end();
            self.problem(errors::IMPORT_ARGUMENTS, start, end, 0);
        }
        let source = self.import_argument();
        let mut options = 0;
        if self.eat(t::COMMA) && !self.at(t::RIGHT_PAREN) {
            options = self.import_argument();
            self.eat(t::COMMA);
        }
        self.expect(t::RIGHT_PAREN, ")");
        self.node2(ast::IMPORT_EXPRESSION, 0, start, source, options)
    }

    fn import_argument(&mut self) -> u32 {
        if self.at(t::ELLIPSIS) {
            let (at, end) = (self.start(), self.end());
            self.problem(errors::IMPORT_ARGUMENTS, at, end, 0);
            return self.spread(false);
        }
        self.inner_assign()
    }
}
