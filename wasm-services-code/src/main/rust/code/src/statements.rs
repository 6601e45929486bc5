//! Statements and declarations.

use crate::ast::{self, field};
use crate::errors;
use crate::functions::{ASYNC, DECLARE, GENERATOR};
use crate::parser::{ctx, Parser};
use crate::scopes;
use crate::words::{t, w};

/// Kinds of labels: one whose statement is not known yet, of a plain statement, of a loop, of a switch.
pub const FRESH: u8 = 0;
pub const PLAIN: u8 = 1;
pub const LOOP: u8 = 2;
pub const SWITCH: u8 = 3;

/// Kinds of variable declarations, as the tree has them.
pub const KIND_VAR: u32 = 0;
pub const KIND_LET: u32 = 1;
pub const KIND_CONST: u32 = 2;
pub const KIND_USING: u32 = 3;
pub const KIND_AWAIT_USING: u32 = 4;

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

    pub fn begins_no_statement(&self) -> bool {
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
    pub fn body(&mut self) -> u32 {
        let node = if self.enter() { self.any_statement(true) } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.leave();
        node
    }

    #[inline(never)]
    pub fn any_statement(&mut self, body: bool) -> u32 {
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
    pub fn rare_statement(&mut self, body: bool) -> u32 {
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

    pub fn no_declaration(&mut self, body: bool) {
        if body {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::DECLARATION_BODY, start, end, 0);
        }
    }

    #[inline(never)]
    pub fn expression_statement(&mut self) -> u32 {
        let start = self.start();
        let expression = self.expression();
        self.end_expression_statement(start, expression)
    }

    pub fn end_expression_statement(&mut self, start: u32, expression: u32) -> u32 {
        self.semicolon();
        self.node1(ast::EXPRESSION_STATEMENT, 0, start, expression)
    }

    /// A statement that begins with a word that is not reserved.
    #[inline(never)]
    pub fn word_statement(&mut self, body: bool) -> u32 {
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

    pub fn let_statement(&mut self, body: bool) -> u32 {
        if !self.begins_let(body) {
            return 0;
        }
        self.no_declaration(body);
        self.variable_statement(KIND_LET)
    }

    /// Whether the word `let` begins a declaration.
    pub fn begins_let(&mut self, body: bool) -> bool {
        let next = self.peek();
        match next.kind {
            t::LEFT_BRACKET => true,
            _ if body && next.line_before => false,
            t::LEFT_BRACE | t::IDENTIFIER | t::ESCAPED_KEYWORD => true,
            t::IN | t::INSTANCEOF => false,
            kind => crate::parser::name_like(kind),
        }
    }

    pub fn async_statement(&mut self, body: bool) -> u32 {
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
    pub fn using_statement(&mut self, body: bool) -> u32 {
        let next = self.peek();
        if next.line_before || next.kind != t::IDENTIFIER || (self.typescript && (next.atom == w::AS || next.atom == w::SATISFIES)) {
            return 0;
        }
        self.no_declaration(body);
        self.check_using();
        self.variable_statement(KIND_USING)
    }

    pub fn check_using(&mut self) {
        let kind = self.scopes.current().kind;
        let in_script = kind & scopes::OF_FILE != 0 && !self.options.module && !self.has(ctx::RETURN);
        if in_script || kind & scopes::OF_SWITCH != 0 {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::USING, start, end, 0);
        }
    }

    /// `await using name`.
    pub fn await_using_statement(&mut self, body: bool) -> u32 {
        if !self.begins_await_using() {
            return 0;
        }
        self.no_declaration(body);
        self.check_using();
        self.variable_statement(KIND_AWAIT_USING)
    }

    #[inline(never)]
    pub fn begins_await_using(&mut self) -> bool {
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

    pub fn const_statement(&mut self, body: bool) -> u32 {
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
    pub fn variable_statement(&mut self, kind: u32) -> u32 {
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
    pub fn variables(&mut self, start: u32, kind: u32, in_for: bool) -> u32 {
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
    pub fn declarator(&mut self, kind: u32, in_for: bool) -> u32 {
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

    pub fn check_initializer(&mut self, id: u32, kind: u32, pattern: bool, in_for: bool) {
        let in_head = in_for && (self.at(t::IN) || self.at_word(w::OF));
        let needed = (pattern || kind >= KIND_CONST) && !self.has(ctx::AMBIENT) && self.tree.kind(id) != ast::ERROR_NODE;
        if needed && !in_head {
            self.problem_at(errors::MISSING_INITIALIZER, id);
        }
    }

    pub fn function_statement(&mut self, body: bool) -> u32 {
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

    pub fn declare_function(&mut self, id: u32, flags: u32) {
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

}
