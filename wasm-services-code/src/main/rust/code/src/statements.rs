//! Statements and declarations.

use crate::ast::{self, field};
use crate::errors;
use crate::functions::{ASYNC, DECLARE, GENERATOR};
use crate::parser::{ctx, Label, Parser};
use crate::scopes;
use crate::words::{t, w};

/// Kinds of labels: one whose statement is not known yet, of a plain statement, of a loop, of a switch.
const FRESH: u8 = 0;
const PLAIN: u8 = 1;
const LOOP: u8 = 2;
const SWITCH: u8 = 3;

/// Kinds of variable declarations, as the tree has them.
const KIND_VAR: u32 = 0;
const KIND_LET: u32 = 1;
const KIND_CONST: u32 = 2;
const KIND_USING: u32 = 3;
const KIND_AWAIT_USING: u32 = 4;

impl<'a> Parser<'a> {
    /// The file.
    #[inline(never)]
    pub fn program(&mut self) -> u32 {
        self.scopes.enter(scopes::OF_FILE);
        if self.options.module {
            self.ctx |= ctx::STRICT | ctx::ASYNC;
        }
        if self.options.return_outside {
            self.ctx |= ctx::RETURN | ctx::NEW_TARGET;
        }
        if self.options.ambient {
            self.ctx |= ctx::AMBIENT;
        }
        self.lex.hashbang();
        self.next();
        let body = self.body_items(t::END, false);
        self.check_exported();
        let end = self.lex.length as u32;
        if let Some(at) = self.stopped {
            let rest = self.tree.add(ast::ERROR_NODE, 0, at, end);
            self.skipped.push(rest);
        }
        let node = self.tree.add(ast::PROGRAM, self.options.module as u32, 0, end);
        self.tree.set(node, field::BODY, body);
        let skipped = self.tree.add_list(&self.skipped);
        self.tree.set(node, field::SKIPPED, skipped);
        self.tree.root = node;
        node
    }

    /// Statements up to a token, which is left, behind those that are in `scratch`.
    #[inline(never)]
    pub fn statements(&mut self, from: usize, close: u8) -> u32 {
        while !self.at(close) && !self.at(t::END) {
            let before = self.start();
            let statement = if self.begins_no_statement() {
                self.not_expected();
                self.skip_token()
            } else {
                self.statement()
            };
            self.scratch.push(statement);
            if self.start() == before && !self.at(t::END) && self.tree.end(statement) <= before {
                self.not_expected();
                let skipped = self.skip_token();
                self.scratch.push(skipped);
            }
        }
        self.list(from)
    }

    fn begins_no_statement(&self) -> bool {
        match self.kind() {
            t::RIGHT_BRACE | t::RIGHT_PAREN | t::RIGHT_BRACKET | t::COMMA | t::COLON | t::QUESTION | t::QUESTION_DOT | t::DOT | t::ELLIPSIS | t::ARROW
            | t::CATCH | t::FINALLY | t::ELSE | t::CASE | t::DEFAULT | t::UNKNOWN | t::EXTENDS | t::IN | t::INSTANCEOF => true,
            kind if kind >= t::ASSIGN => !matches!(
                kind,
                t::PLUS | t::MINUS | t::NOT | t::TILDE | t::INCREMENT | t::DECREMENT | t::LESS | t::SLASH | t::SLASH_ASSIGN
            ),
            _ => false,
        }
    }

    /// A statement or a declaration.
    #[inline(never)]
    pub fn statement(&mut self) -> u32 {
        let node = if self.enter() { self.any_statement(false) } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.leave();
        node
    }

    /// The body of a statement, where declarations are wrong.
    #[inline(never)]
    fn body(&mut self) -> u32 {
        let node = if self.enter() { self.any_statement(true) } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.leave();
        node
    }

    #[inline(never)]
    fn any_statement(&mut self, body: bool) -> u32 {
        self.after_label &= self.at(t::IDENTIFIER);
        match self.kind() {
            t::IDENTIFIER => self.word_statement(body),
            t::LEFT_BRACE => self.block(),
            t::VAR => self.variable_statement(KIND_VAR),
            t::CONST => self.const_statement(body),
            t::FUNCTION => self.function_statement(body),
            t::IF => self.if_statement(),
            t::RETURN => self.return_statement(),
            t::FOR => self.for_statement(),
            t::SEMICOLON => {
                let start = self.start();
                self.next();
                self.node(ast::EMPTY, 0, start)
            }
            t::THROW => self.throw_statement(),
            t::TRY => self.try_statement(),
            t::SWITCH => self.switch_statement(),
            t::WHILE => self.while_statement(),
            t::BREAK | t::CONTINUE => self.jump_statement(),
            _ => self.rare_statement(body),
        }
    }

    #[inline(never)]
    fn rare_statement(&mut self, body: bool) -> u32 {
        match self.kind() {
            t::DO => self.do_statement(),
            t::CLASS => {
                self.no_declaration(body);
                let start = self.start();
                self.class(ast::CLASS, start, 0, false, 0)
            }
            t::AT => self.decorated_statement(),
            t::WITH => self.with_statement(),
            t::DEBUGGER => {
                let start = self.start();
                self.next();
                self.semicolon();
                self.node(ast::DEBUGGER, 0, start)
            }
            t::IMPORT => self.import_statement(body),
            t::EXPORT => self.export_statement(body),
            t::ENUM if self.typescript => {
                let start = self.start();
                self.enumeration(start, 0)
            }
            _ => self.expression_statement(),
        }
    }

    fn no_declaration(&mut self, body: bool) {
        if body {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::DECLARATION_BODY, start, end, 0);
        }
    }

    #[inline(never)]
    fn expression_statement(&mut self) -> u32 {
        let start = self.start();
        let expression = self.expression();
        self.end_expression_statement(start, expression)
    }

    fn end_expression_statement(&mut self, start: u32, expression: u32) -> u32 {
        self.semicolon();
        self.node1(ast::EXPRESSION_STATEMENT, 0, start, expression)
    }

    /// A statement that begins with a word that is not reserved.
    #[inline(never)]
    fn word_statement(&mut self, body: bool) -> u32 {
        let atom = self.atom();
        if !self.lex.token.escaped {
            let special = match atom {
                w::LET => self.let_statement(body),
                w::ASYNC => self.async_statement(body),
                w::USING => self.using_statement(body),
                w::AWAIT if self.has(ctx::ASYNC) => self.await_using_statement(body),
                _ if self.typescript => self.typescript_statement(atom),
                _ => 0,
            };
            if special != 0 {
                return special;
            }
        }
        let start = self.start();
        let body = body && !std::mem::replace(&mut self.after_label, false);
        let expression = self.expression();
        if self.at(t::COLON) && self.tree.kind(expression) == ast::IDENTIFIER && !self.tree.is(expression, ast::PARENTHESIZED) {
            return self.labeled(start, expression, body);
        }
        self.end_expression_statement(start, expression)
    }

    fn let_statement(&mut self, body: bool) -> u32 {
        if !self.begins_let(body) {
            return 0;
        }
        self.no_declaration(body);
        self.variable_statement(KIND_LET)
    }

    /// Whether the word `let` begins a declaration.
    fn begins_let(&mut self, body: bool) -> bool {
        let next = self.peek();
        match next.kind {
            t::LEFT_BRACKET => true,
            _ if body && next.line_before => false,
            t::LEFT_BRACE | t::IDENTIFIER | t::ESCAPED_KEYWORD => true,
            t::IN | t::INSTANCEOF => false,
            kind => crate::parser::name_like(kind),
        }
    }

    fn async_statement(&mut self, body: bool) -> u32 {
        let next = self.peek();
        if next.kind != t::FUNCTION || next.line_before {
            return 0;
        }
        self.no_declaration(body);
        let start = self.start();
        self.next();
        self.function_declaration(start, ASYNC, false)
    }

    /// `using name`.
    fn using_statement(&mut self, body: bool) -> u32 {
        let next = self.peek();
        if next.line_before || next.kind != t::IDENTIFIER || (self.typescript && (next.atom == w::AS || next.atom == w::SATISFIES)) {
            return 0;
        }
        self.no_declaration(body);
        self.check_using();
        self.variable_statement(KIND_USING)
    }

    fn check_using(&mut self) {
        let kind = self.scopes.current().kind;
        let in_script = kind & scopes::OF_FILE != 0 && !self.options.module && !self.has(ctx::RETURN);
        if in_script || kind & scopes::OF_SWITCH != 0 {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::USING, start, end, 0);
        }
    }

    /// `await using name`.
    fn await_using_statement(&mut self, body: bool) -> u32 {
        if !self.begins_await_using() {
            return 0;
        }
        self.no_declaration(body);
        self.check_using();
        self.variable_statement(KIND_AWAIT_USING)
    }

    #[inline(never)]
    fn begins_await_using(&mut self) -> bool {
        let mark = self.mark();
        self.next();
        let mut there = self.at_word(w::USING) && !self.line_before();
        if there {
            self.next();
            there = self.at(t::IDENTIFIER) && !self.line_before();
        }
        self.back(&mark);
        there
    }

    fn const_statement(&mut self, body: bool) -> u32 {
        if self.typescript && self.peek().kind == t::ENUM {
            let start = self.start();
            self.next();
            return self.enumeration(start, 1);
        }
        self.no_declaration(body);
        self.variable_statement(KIND_CONST)
    }

    // Declarations.

    #[inline(never)]
    fn variable_statement(&mut self, kind: u32) -> u32 {
        let start = self.start();
        self.variables_from(start, kind, 0)
    }

    /// From the word on that says what it declares.
    #[inline(never)]
    pub fn variables_from(&mut self, start: u32, kind: u32, flags: u32) -> u32 {
        let node = self.variables(start, kind, false);
        self.tree.flag(node, flags);
        self.semicolon();
        let end = self.last_end();
        self.tree.set_end(node, end);
        node
    }

    /// The declaration at hand; its kind is in its first word.
    pub fn declared_variables(&mut self, start: u32, flags: u32) -> u32 {
        let kind = match self.kind() {
            t::VAR => KIND_VAR,
            t::CONST => KIND_CONST,
            _ => KIND_LET,
        };
        self.variables_from(start, kind, flags)
    }

    #[inline(never)]
    fn variables(&mut self, start: u32, kind: u32, in_for: bool) -> u32 {
        self.next();
        if kind == KIND_AWAIT_USING {
            self.last_await = start + 1;
            self.next();
        }
        let from = self.scratch.len();
        loop {
            let declarator = self.declarator(kind, in_for);
            self.scratch.push(declarator);
            if !self.eat(t::COMMA) {
                break;
            }
        }
        let list = self.list(from);
        self.node1(ast::VARIABLE, kind, start, list)
    }

    #[inline(never)]
    fn declarator(&mut self, kind: u32, in_for: bool) -> u32 {
        let start = self.start();
        let id = self.binding();
        let pattern = matches!(self.tree.kind(id), ast::OBJECT_PATTERN | ast::ARRAY_PATTERN);
        if pattern && kind >= KIND_USING {
            self.problem_at(errors::USING_PATTERN, id);
        }
        self.check_target(id, if kind == KIND_VAR { scopes::VAR } else { scopes::LEXICAL });
        let mut definite = false;
        if self.typescript {
            if self.at(t::NOT) && !self.line_before() {
                definite = true;
                self.next();
            }
            self.annotate(id);
        }
        let mut init = 0;
        if self.eat(t::ASSIGN) {
            init = self.assign();
        } else {
            self.check_initializer(id, kind, pattern, in_for);
        }
        self.node2(ast::DECLARATOR, definite as u32, start, id, init)
    }

    fn check_initializer(&mut self, id: u32, kind: u32, pattern: bool, in_for: bool) {
        let in_head = in_for && (self.at(t::IN) || self.at_word(w::OF));
        let needed = (pattern || kind >= KIND_CONST) && !self.has(ctx::AMBIENT) && self.tree.kind(id) != ast::ERROR_NODE;
        if needed && !in_head {
            self.problem_at(errors::MISSING_INITIALIZER, id);
        }
    }

    fn function_statement(&mut self, body: bool) -> u32 {
        if body {
            // As the body of an `if` in sloppy code it would be allowed; `if_statement` sees to that.
            let (start, end) = (self.start(), self.end());
            self.problem(errors::FUNCTION_BODY, start, end, 0);
        }
        let start = self.start();
        self.function_declaration(start, 0, false)
    }

    /// From `function` on.
    #[inline(never)]
    pub fn function_declaration(&mut self, start: u32, flags: u32, nameless: bool) -> u32 {
        self.next();
        let mut flags = flags;
        if self.eat(t::STAR) {
            flags |= GENERATOR;
        }
        let mut id = 0;
        if !(nameless && (self.at(t::LEFT_PAREN) || self.at(t::LESS))) {
            id = self.identifier();
            self.declare_function(id, flags);
        }
        let context = self.function_context(flags);
        let before = self.ctx;
        if flags & DECLARE != 0 {
            self.ctx &= !ctx::AMBIENT;
        }
        let node = self.function_rest(start, ast::FUNCTION, id, flags, context);
        self.ctx = before;
        node
    }

    fn declare_function(&mut self, id: u32, flags: u32) {
        let how = if self.typescript {
            scopes::MERGED
        } else if self.scopes.function_is_var() {
            // A function at the top may come again, and meet a variable.
            if self.scopes.current().kind & scopes::OF_FILE != 0 && self.options.module { scopes::LEXICAL } else { scopes::VAR }
        } else if self.strict() || flags & (ASYNC | GENERATOR) != 0 {
            scopes::LEXICAL
        } else {
            scopes::FUNCTION
        };
        self.check_target(id, how);
    }

    // Blocks and branches.

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

    fn parenthesized_test(&mut self) -> u32 {
        self.expect(t::LEFT_PAREN, "(");
        let test = self.inner_expression();
        self.expect(t::RIGHT_PAREN, ")");
        test
    }

    /// Branches of `else if` go no deeper: they are read one after the other, and put together from the last on.
    #[inline(never)]
    fn if_statement(&mut self) -> u32 {
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
    fn if_body(&mut self) -> u32 {
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
    fn with_statement(&mut self) -> u32 {
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
    fn return_statement(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        if !self.has(ctx::RETURN) {
            self.problem(errors::RETURN, start, end, 0);
        }
        self.next();
        let argument = if self.at(t::SEMICOLON) || self.can_insert() { 0 } else { self.expression() };
        self.semicolon();
        self.node1(ast::RETURN, 0, start, argument)
    }

    fn throw_statement(&mut self) -> u32 {
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
    fn try_statement(&mut self) -> u32 {
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
    fn catch_clause(&mut self) -> u32 {
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
    fn switch_statement(&mut self) -> u32 {
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
    fn case(&mut self) -> u32 {
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

    // Labels and jumps.

    #[inline(never)]
    fn labeled(&mut self, start: u32, label: u32, body: bool) -> u32 {
        let atom = self.tree.field(label, field::NAME);
        let known = self.labels[self.label_base..].iter().any(|each| each.atom == atom);
        if known {
            let end = self.tree.end(label);
            self.problem(errors::DUPLICATE_LABEL, start, end, atom);
        }
        self.next();
        self.labels.push(Label { atom, kind: FRESH });
        if !matches!(self.kind(), t::FOR | t::WHILE | t::DO | t::IDENTIFIER) {
            self.settle_labels(PLAIN);
        }
        let inner = self.labeled_body(body);
        self.labels.pop();
        self.node2(ast::LABELED, 0, start, label, inner)
    }

    fn labeled_body(&mut self, body: bool) -> u32 {
        if self.at(t::FUNCTION) {
            let (at, end) = (self.start(), self.end());
            let star = self.peek().kind == t::STAR;
            if self.strict() || body || star {
                self.problem(errors::LABELED_FUNCTION, at, end, 0);
            }
            return self.function_declaration(at, 0, false);
        }
        // Declarations are no bodies of labels either, but a label may follow a label.
        self.after_label = !body;
        self.body()
    }

    /// The labels right before a statement learn what it is.
    fn settle_labels(&mut self, kind: u8) {
        for at in (self.label_base..self.labels.len()).rev() {
            if self.labels[at].kind != FRESH {
                return;
            }
            self.labels[at].kind = kind;
        }
    }

    #[inline(never)]
    fn jump_statement(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        let is_break = self.at(t::BREAK);
        self.next();
        let mut label = 0;
        if self.at(t::IDENTIFIER) && !self.line_before() {
            label = self.identifier();
        }
        self.semicolon();
        self.check_jump(is_break, label, start, end);
        self.node1(if is_break { ast::BREAK } else { ast::CONTINUE }, 0, start, label)
    }

    fn check_jump(&mut self, is_break: bool, label: u32, start: u32, end: u32) {
        let atom = if label == 0 { 0 } else { self.tree.field(label, field::NAME) };
        let around = &self.labels[self.label_base..];
        let code = if label == 0 {
            let found = around.iter().any(|each| each.kind == LOOP || (is_break && each.kind == SWITCH));
            match (found, is_break) {
                (true, _) => 0,
                (_, true) => errors::BREAK,
                _ => errors::CONTINUE,
            }
        } else {
            match around.iter().find(|each| each.atom == atom) {
                None => errors::UNDEFINED_LABEL,
                Some(found) if !is_break && found.kind != LOOP => errors::CONTINUE_LABEL,
                _ => 0,
            }
        };
        if code != 0 {
            self.problem(code, start, end, atom);
        }
    }

    // Loops.

    fn enter_loop(&mut self) {
        self.settle_labels(LOOP);
        self.labels.push(Label { atom: 0, kind: LOOP });
    }

    fn loop_body(&mut self) -> u32 {
        let body = self.body();
        self.labels.pop();
        body
    }

    #[inline(never)]
    fn while_statement(&mut self) -> u32 {
        let start = self.start();
        self.next();
        self.enter_loop();
        let test = self.parenthesized_test();
        let body = self.loop_body();
        self.node2(ast::WHILE, 0, start, test, body)
    }

    #[inline(never)]
    fn do_statement(&mut self) -> u32 {
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
    fn for_statement(&mut self) -> u32 {
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
    fn for_head(&mut self, start: u32, is_await: bool) -> u32 {
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
    fn for_declaration(&mut self) -> u32 {
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
    fn begins_for_using(&mut self) -> bool {
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
    fn for_variables(&mut self, start: u32, kind: u32, is_await: bool) -> u32 {
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

    fn check_for_variables(&mut self, declaration: u32, kind: u32) {
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
    fn for_expression(&mut self, start: u32, is_await: bool) -> u32 {
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

    fn sequence_rest(&mut self, start: u32, first: u32) -> u32 {
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
    fn for_pattern(&mut self, start: u32, init: u32, at: u32, is_await: bool, let_first: bool, async_first: bool) -> u32 {
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
    fn for_in_of(&mut self, start: u32, left: u32, is_await: bool) -> u32 {
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
    fn for_rest(&mut self, start: u32, init: u32, is_await: bool) -> u32 {
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
