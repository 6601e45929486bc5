//! Imports and exports.

use crate::ast::{self, field};
use crate::errors;
use crate::functions::ASYNC;
use crate::parser::{ctx, Parser};
use crate::scopes::{self, EXPORTS};
use crate::words::{t, w};

/// Of the flags of imports and exports: only types.
pub const TYPE: u32 = 1;

impl<'a> Parser<'a> {
    fn check_place(&mut self, body: bool) {
        let at_top = self.scopes.current().kind & scopes::OF_FILE != 0 && !body && self.label_base == self.labels.len();
        let code = if !at_top && !self.has(ctx::NAMESPACE) {
            errors::TOP_LEVEL_ONLY
        } else if !self.options.module {
            errors::MODULE_ONLY
        } else {
            return;
        };
        let (start, end) = (self.start(), self.end());
        self.problem(code, start, end, 0);
    }

    /// A declaration, or an expression that begins with `import`.
    #[inline(never)]
    pub fn import_statement(&mut self, body: bool) -> u32 {
        let next = self.peek();
        if matches!(next.kind, t::LEFT_PAREN | t::DOT) {
            let start = self.start();
            let expression = self.expression();
            self.semicolon();
            return self.node1(ast::EXPRESSION_STATEMENT, 0, start, expression);
        }
        self.check_place(body);
        let start = self.start();
        self.next();
        if self.at(t::STRING) {
            let source = self.string();
            return self.import_end(start, 0, source, 0);
        }
        let mut flags = 0;
        if self.typescript && self.at_word(w::TYPE) && self.type_only() {
            self.next();
            flags = TYPE;
        }
        if self.typescript && self.at(t::IDENTIFIER) && self.peek().kind == t::ASSIGN {
            return self.import_equals(start, flags);
        }
        let from = self.scratch.len();
        self.import_specifiers();
        let specifiers = self.list(from);
        let source = self.source();
        self.import_end(start, specifiers, source, flags)
    }

    /// Whether `type` behind `import` is no name.
    fn type_only(&mut self) -> bool {
        let mark = self.mark();
        self.next();
        let only = match self.kind() {
            t::LEFT_BRACE | t::STAR => true,
            t::IDENTIFIER if self.at_word(w::FROM) => {
                // `import type from "a"` imports `type`; `import type from from "a"` a type.
                self.next();
                self.at_word(w::FROM) || self.at(t::ASSIGN)
            }
            t::IDENTIFIER => true,
            _ => false,
        };
        self.back(&mark);
        only
    }

    fn import_end(&mut self, start: u32, specifiers: u32, source: u32, flags: u32) -> u32 {
        let attributes = self.attributes();
        self.semicolon();
        self.node3(ast::IMPORT, flags, start, specifiers, source, attributes)
    }

    fn import_specifiers(&mut self) {
        if self.at_name() && !self.at_word(w::FROM) || (self.at_word(w::FROM) && self.peek().kind != t::STRING) {
            let start = self.start();
            let local = self.identifier();
            self.declare_import(local);
            let node = self.node1(ast::IMPORT_DEFAULT, 0, start, local);
            self.scratch.push(node);
            if !self.eat(t::COMMA) {
                return;
            }
        }
        if self.at(t::STAR) {
            let start = self.start();
            self.next();
            self.expect_word(w::AS, "as");
            let local = self.identifier();
            self.declare_import(local);
            let node = self.node1(ast::IMPORT_NAMESPACE, 0, start, local);
            self.scratch.push(node);
            return;
        }
        if !self.expect(t::LEFT_BRACE, "{") {
            return;
        }
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            let before = self.start();
            let specifier = self.import_specifier();
            self.scratch.push(specifier);
            if !self.separator(t::RIGHT_BRACE, before) {
                break;
            }
        }
        self.expect(t::RIGHT_BRACE, "}");
    }

    pub fn expect_word(&mut self, word: u32, text: &'static str) -> bool {
        if self.at_word(word) {
            self.next();
            return true;
        }
        self.missing(text);
        false
    }

    fn declare_import(&mut self, local: u32) {
        let how = if self.typescript { scopes::MERGED } else { scopes::LEXICAL };
        self.check_target(local, how);
    }

    #[inline(never)]
    fn import_specifier(&mut self) -> u32 {
        let start = self.start();
        let flags = self.specifier_type();
        let token = self.lex.token;
        let imported = self.module_name();
        let local = if self.eat_word(w::AS) {
            self.identifier()
        } else if token.kind == t::IDENTIFIER {
            self.check_name(token.atom, token.start, token.end);
            self.copy(imported)
        } else {
            let code = if token.kind == t::ESCAPED_KEYWORD { errors::ESCAPED_KEYWORD } else { errors::RESERVED };
            if token.kind == t::STRING {
                self.missing("as");
            } else if crate::parser::name_like(token.kind) {
                self.problem(code, token.start, token.end, token.atom);
            }
            self.copy(imported)
        };
        self.declare_import(local);
        self.node2(ast::IMPORT_SPECIFIER, flags, start, imported, local)
    }

    /// `type` before the name of a specifier.
    fn specifier_type(&mut self) -> u32 {
        if !self.typescript || !self.at_word(w::TYPE) {
            return 0;
        }
        let mark = self.mark();
        self.next();
        let mut only = self.at_name() || self.at(t::STRING);
        if self.at_word(w::AS) {
            // `type as`, `type as as`, `type as as a`: the first imports `as` as a type, `type as b` imports `type`.
            self.next();
            only = !self.at_name();
            if self.at_word(w::AS) {
                self.next();
                only = self.at_name();
            }
        }
        self.back(&mark);
        if only {
            self.next();
        }
        only as u32
    }

    /// A name that a module has, which may be a string.
    #[inline(never)]
    fn module_name(&mut self) -> u32 {
        if self.at(t::STRING) {
            let (start, end, atom) = (self.start(), self.end(), self.atom());
            let text = self.lex.atoms.text(self.lex.source, atom);
            // Halves of pairs are written as three bytes.
            if text.windows(2).any(|pair| pair[0] == 0xed && pair[1] >= 0xa0) {
                self.problem(errors::SURROGATE_NAME, start, end, 0);
            }
            return self.string();
        }
        self.name_node()
    }

    fn copy(&mut self, node: u32) -> u32 {
        if self.tree.kind(node) != ast::IDENTIFIER {
            let at = self.tree.end(node);
            return self.tree.add(ast::ERROR_NODE, 0, at, at);
        }
        let (start, end, atom) = (self.tree.start(node), self.tree.end(node), self.tree.field(node, field::NAME));
        let copy = self.tree.add(ast::IDENTIFIER, 0, start, end);
        self.tree.set(copy, 0, atom);
        copy
    }

    /// `from "source"`.
    fn source(&mut self) -> u32 {
        self.expect_word(w::FROM, "from");
        if self.at(t::STRING) {
            return self.string();
        }
        self.missing("\"...\"");
        let at = self.start();
        self.lex.token.last_end = at;
        self.tree.add(ast::ERROR_NODE, 0, at, at)
    }

    /// `with { ... }`.
    #[inline(never)]
    pub fn attributes(&mut self) -> u32 {
        if !(self.at(t::WITH) || (self.at_word(w::ASSERT) && !self.line_before())) {
            return 0;
        }
        self.next();
        if !self.expect(t::LEFT_BRACE, "{") {
            return 0;
        }
        let from = self.scratch.len();
        let names = self.scopes.fresh();
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            let before = self.start();
            let attribute = self.attribute(names);
            self.scratch.push(attribute);
            if !self.separator(t::RIGHT_BRACE, before) {
                break;
            }
        }
        self.expect(t::RIGHT_BRACE, "}");
        self.list(from)
    }

    fn attribute(&mut self, names: u32) -> u32 {
        let (start, end, atom) = (self.start(), self.end(), self.atom());
        let key = if self.at(t::STRING) { self.string() } else { self.name_node() };
        if self.scopes.get(names, atom) != 0 {
            self.problem(errors::DUPLICATE_ATTRIBUTE, start, end, atom);
        }
        self.scopes.put(names, atom, 1);
        self.expect(t::COLON, ":");
        let value = if self.at(t::STRING) { self.string() } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.node2(ast::IMPORT_ATTRIBUTE, 0, start, key, value)
    }

    // Exports.

    #[inline(never)]
    pub fn export_statement(&mut self, body: bool) -> u32 {
        self.check_place(body);
        let start = self.start();
        self.export_rest(start, 0)
    }

    /// Decorators stand before `export`.
    pub fn decorated_export(&mut self, decorators: u32) -> u32 {
        self.check_place(false);
        let start = self.start();
        self.export_rest(start, decorators)
    }

    #[inline(never)]
    fn export_rest(&mut self, start: u32, decorators: u32) -> u32 {
        self.next();
        match self.kind() {
            t::STAR => self.export_all(start, 0),
            t::DEFAULT => self.export_default(start, decorators),
            t::LEFT_BRACE => self.export_named(start, 0),
            _ => {
                if self.typescript {
                    let node = self.export_of_typescript(start);
                    if node != 0 {
                        return node;
                    }
                }
                self.export_declaration(start, decorators)
            }
        }
    }

    #[inline(never)]
    pub fn export_all(&mut self, start: u32, flags: u32) -> u32 {
        self.next();
        let mut exported = 0;
        if self.eat_word(w::AS) {
            exported = self.module_name();
            self.add_export(exported);
        }
        let source = self.source();
        let attributes = self.attributes();
        self.semicolon();
        self.node3(ast::EXPORT_ALL, flags, start, exported, source, attributes)
    }

    /// Notes that a name is exported.
    #[inline(never)]
    fn add_export(&mut self, name: u32) {
        if !matches!(self.tree.kind(name), ast::IDENTIFIER | ast::STRING) {
            return;
        }
        let (start, end, atom) = (self.tree.start(name), self.tree.end(name), self.tree.field(name, 0));
        self.add_exported(atom, start, end);
    }

    fn add_exported(&mut self, atom: u32, start: u32, end: u32) {
        if self.typescript {
            return;
        }
        if self.scopes.get(EXPORTS, atom) != 0 {
            self.problem(errors::DUPLICATE_EXPORT, start, end, atom);
        }
        self.scopes.put(EXPORTS, atom, 1);
    }

    #[inline(never)]
    pub fn export_named(&mut self, start: u32, flags: u32) -> u32 {
        self.next();
        let from = self.scratch.len();
        while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
            let before = self.start();
            let specifier = self.export_specifier();
            self.scratch.push(specifier);
            if !self.separator(t::RIGHT_BRACE, before) {
                break;
            }
        }
        self.expect(t::RIGHT_BRACE, "}");
        let specifiers = self.list(from);
        let mut source = 0;
        let mut attributes = 0;
        if self.at_word(w::FROM) {
            source = self.source();
            attributes = self.attributes();
        } else {
            self.check_locals(specifiers);
        }
        self.semicolon();
        let node = self.node3(ast::EXPORT_NAMED, flags, start, 0, specifiers, source);
        self.tree.set(node, 3, attributes);
        node
    }

    #[inline(never)]
    fn export_specifier(&mut self) -> u32 {
        let start = self.start();
        let flags = self.specifier_type();
        let local = self.module_name();
        let exported = if self.eat_word(w::AS) { self.module_name() } else { self.copy_name(local) };
        self.add_export(exported);
        self.node2(ast::EXPORT_SPECIFIER, flags, start, local, exported)
    }

    /// What is exported by its own name.
    fn copy_name(&mut self, local: u32) -> u32 {
        if self.tree.kind(local) == ast::ERROR_NODE {
            return self.copy(local);
        }
        let (start, end, atom) = (self.tree.start(local), self.tree.end(local), self.tree.field(local, 0));
        let copy = self.tree.add(self.tree.kind(local), 0, start, end);
        self.tree.set(copy, 0, atom);
        copy
    }

    /// What is exported from here has to be declared here.
    fn check_locals(&mut self, specifiers: u32) {
        for each in 0..self.tree.length(specifiers) {
            let specifier = self.tree.item(specifiers, each);
            if self.tree.kind(specifier) != ast::EXPORT_SPECIFIER {
                continue;
            }
            let local = self.tree.field(specifier, 0);
            let (start, end) = (self.tree.start(local), self.tree.end(local));
            if self.tree.kind(local) == ast::STRING {
                self.problem(errors::EXPORT_NAME, start, end, 0);
            } else if self.tree.kind(local) == ast::IDENTIFIER {
                let atom = self.tree.field(local, 0);
                if atom <= t::LAST_RESERVED as u32 {
                    self.problem(errors::RESERVED, start, end, atom);
                } else {
                    self.check_name(atom, start, end);
                }
                self.exported.push((atom, start, end));
            }
        }
    }

    /// Whether all that is exported is declared.
    pub fn check_exported(&mut self) {
        let top = self.scopes.open[0].number;
        for (atom, start, end) in std::mem::take(&mut self.exported) {
            if !self.typescript && self.scopes.get(top, atom) == 0 {
                self.problem(errors::UNDEFINED_EXPORT, start, end, atom);
            }
        }
        self.report_outer_private();
    }

    #[inline(never)]
    fn export_default(&mut self, start: u32, decorators: u32) -> u32 {
        let (at, end) = (self.start(), self.end());
        self.add_exported(w::DEFAULT, at, end);
        self.next();
        let at = self.start();
        let declaration = match self.kind() {
            t::FUNCTION => self.function_declaration(at, 0, true),
            t::CLASS => self.class(ast::CLASS, self.class_start(decorators, at), decorators, true, 0),
            t::AT => {
                let more = self.decorators();
                self.class(ast::CLASS, at, more, true, 0)
            }
            t::IDENTIFIER if self.at_word(w::ASYNC) && self.async_function() => {
                self.next();
                self.function_declaration(at, ASYNC, true)
            }
            t::IDENTIFIER if self.typescript => self.export_default_of_typescript(at, decorators),
            _ => self.exported_expression(),
        };
        self.node1(ast::EXPORT_DEFAULT, 0, start, declaration)
    }

    /// A class reaches from its decorators on, unless `export` stands between.
    fn class_start(&self, _decorators: u32, at: u32) -> u32 {
        at
    }

    pub fn exported_expression(&mut self) -> u32 {
        let expression = self.assign();
        self.semicolon();
        expression
    }

    fn async_function(&mut self) -> bool {
        let next = self.peek();
        next.kind == t::FUNCTION && !next.line_before
    }

    #[inline(never)]
    fn export_declaration(&mut self, start: u32, decorators: u32) -> u32 {
        let at = self.start();
        let declaration = match self.kind() {
            t::CLASS => self.class(ast::CLASS, at, decorators, false, 0),
            t::AT => self.decorated_statement(),
            t::VAR | t::CONST | t::FUNCTION => self.statement(),
            t::ENUM if self.typescript => self.statement(),
            t::IDENTIFIER if self.at_word(w::LET) || (self.at_word(w::ASYNC) && self.async_function()) || self.typescript => {
                self.statement()
            }
            _ => self.nothing_here(errors::DECLARATION_EXPECTED),
        };
        self.export_names(declaration);
        let mut flags = 0;
        if matches!(self.tree.kind(declaration), ast::TS_INTERFACE | ast::TS_TYPE_ALIAS) || self.is_declared(declaration) {
            flags = TYPE;
        }
        self.node1(ast::EXPORT_NAMED, flags, start, declaration)
    }

    /// Whether a declaration says `declare`.
    fn is_declared(&self, node: u32) -> bool {
        let bit = match self.tree.kind(node) {
            ast::TS_ENUM => 2,
            ast::VARIABLE | ast::FUNCTION | ast::TS_DECLARE_FUNCTION | ast::CLASS | ast::TS_MODULE => 8,
            _ => 0,
        };
        self.tree.is(node, bit)
    }

    /// Notes the names that a declaration exports.
    #[inline(never)]
    fn export_names(&mut self, node: u32) {
        match self.tree.kind(node) {
            _ if node == 0 => {}
            ast::FUNCTION => self.add_export(self.tree.field(node, 0)),
            ast::CLASS => self.add_export(self.tree.field(node, 1)),
            ast::IDENTIFIER => self.add_export(node),
            ast::VARIABLE | ast::OBJECT_PATTERN | ast::ARRAY_PATTERN => {
                let list = self.tree.field(node, 0);
                for each in 0..self.tree.length(list) {
                    self.export_names(self.tree.item(list, each));
                }
            }
            ast::DECLARATOR | ast::REST | ast::ASSIGNMENT_PATTERN => self.export_names(self.tree.field(node, 0)),
            ast::PROPERTY => self.export_names(self.tree.field(node, 1)),
            _ => {}
        }
    }
}
