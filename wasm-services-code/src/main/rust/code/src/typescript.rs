//! What TypeScript adds to expressions, functions, classes and modules, and its own declarations.

use crate::ast;
use crate::classes;
use crate::errors;
use crate::functions;
use crate::modules::TYPE;
use crate::parser::{ctx, Parser};
use crate::scopes::{self, NO_ARROW, NO_TYPES};
use crate::words::{t, w};

const DECLARE: u32 = 8;

/// Whether parameters begin somewhere.
const NO: u8 = 0;
const MAYBE: u8 = 1;
const YES: u8 = 2;

fn maybe(there: bool) -> u8 {
    if there {
        MAYBE
    } else {
        NO
    }
}

impl<'a> Parser<'a> {
    // Arrow functions.

    /// An arrow function whose parameters may have types, from `(`, `<` or `async` on; 0 if there is none.
    #[inline(never)]
    pub fn typed_arrow(&mut self, start: u32, is_async: bool) -> u32 {
        if self.scopes.get(NO_ARROW, start) != 0 || !self.may_try() {
            return 0;
        }
        let mark = self.mark();
        if is_async {
            self.next();
        }
        let likely = if self.at(t::LESS) { self.begins_generic_arrow() as u8 } else { self.begins_arrow() };
        let node = if likely != NO { self.try_arrow(start, is_async, likely == YES) } else { 0 };
        if node == 0 {
            self.fail(&mark);
            self.scopes.put(NO_ARROW, start, 1);
        }
        node
    }

    /// Between tags, `<T>` is one of them.
    fn begins_generic_arrow(&mut self) -> bool {
        if !self.options.jsx {
            return true;
        }
        let mark = self.mark();
        self.next();
        let mut begins = self.eat(t::CONST);
        if self.at(t::IDENTIFIER) {
            self.next();
            begins |= self.at(t::COMMA) || self.at(t::ASSIGN);
            if self.at(t::EXTENDS) {
                self.next();
                begins |= !matches!(self.kind(), t::ASSIGN | t::GREATER | t::SLASH);
            }
        }
        self.back(&mark);
        begins
    }

    /// Whether what begins with a parenthesis are parameters, may be some, or can't be any.
    fn begins_arrow(&mut self) -> u8 {
        let mark = self.mark();
        self.next();
        let begins = match self.kind() {
            t::RIGHT_PAREN => {
                self.next();
                match self.kind() {
                    t::ARROW => YES,
                    t::COLON => MAYBE,
                    _ => NO,
                }
            }
            t::ELLIPSIS | t::LEFT_BRACKET | t::LEFT_BRACE | t::AT => MAYBE,
            t::IDENTIFIER | t::THIS => {
                self.next();
                match self.kind() {
                    t::COLON => YES,
                    t::COMMA | t::ASSIGN => MAYBE,
                    t::QUESTION => {
                        self.next();
                        maybe(matches!(self.kind(), t::COLON | t::COMMA | t::ASSIGN | t::RIGHT_PAREN))
                    }
                    t::RIGHT_PAREN => {
                        self.next();
                        maybe(matches!(self.kind(), t::ARROW | t::COLON))
                    }
                    _ => NO,
                }
            }
            _ => NO,
        };
        self.back(&mark);
        begins
    }

    #[inline(never)]
    fn try_arrow(&mut self, start: u32, is_async: bool, sure: bool) -> u32 {
        let before = self.lex.problems.len();
        let before_colon = self.has(ctx::BEFORE_COLON);
        let context = self.arrow_context(is_async);
        let around = self.open_function(context | ctx::PARAMETERS, scopes::OF_FUNCTION);
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON);
        let types = if self.at(t::LESS) { self.type_parameters() } else { 0 };
        let params = if self.at(t::LEFT_PAREN) { self.parameters() } else { u32::MAX };
        let mut returned = 0;
        if params != u32::MAX && self.at(t::COLON) {
            returned = self.return_type();
        }
        self.ctx = context;
        let wrong = !sure && self.lex.problems.len() > before;
        if wrong || params == u32::MAX || !self.at(t::ARROW) || self.line_before() || self.stopped.is_some() {
            self.close_function(&around);
            return 0;
        }
        let node = self.arrow_rest(start, around, params, is_async, types, returned);
        // `a ? (b) : c => d` is no function with the type `c`.
        if before_colon && returned != 0 && !self.at(t::COLON) {
            return 0;
        }
        node
    }

    // Type arguments in expressions.

    /// `<types>` if that is what they are, not comparisons; else 0, and nothing is read.
    #[inline(never)]
    pub fn try_type_arguments(&mut self) -> u32 {
        let start = self.start();
        if self.scopes.get(NO_TYPES, start) != 0 || !self.may_try() {
            return 0;
        }
        let mark = self.mark();
        let node = self.type_arguments();
        if self.problems_since(&mark) || !self.follows_types() {
            self.fail(&mark);
            self.scopes.put(NO_TYPES, start, 1);
            return 0;
        }
        node
    }

    /// Whether the token can come behind type arguments.
    fn follows_types(&mut self) -> bool {
        match self.kind() {
            t::LEFT_PAREN | t::TEMPLATE => true,
            t::LESS | t::GREATER | t::PLUS | t::MINUS => false,
            _ if self.line_before() => true,
            t::IDENTIFIER => self.at_word(w::AS) || self.at_word(w::SATISFIES),
            t::NOT | t::TILDE | t::INCREMENT | t::DECREMENT | t::SLASH | t::SLASH_ASSIGN => self.at(t::SLASH),
            t::IN | t::INSTANCEOF | t::EXTENDS | t::ARROW => true,
            kind if kind >= t::ASSIGN => true,
            _ => !self.begins_expression(),
        }
    }

    /// A call, a template or a reference with type arguments; 0 if there are none.
    #[inline(never)]
    pub fn call_with_types(&mut self, node: u32, start: u32, chain: bool) -> u32 {
        let types = self.try_type_arguments();
        if types == 0 {
            return 0;
        }
        match self.kind() {
            t::LEFT_PAREN => self.call(node, start, types, false),
            t::TEMPLATE => self.tagged_template(node, start, types, chain),
            _ => self.node2(ast::TS_INSTANTIATION, 0, start, node, types),
        }
    }

    /// `<type>expression`.
    #[inline(never)]
    pub fn type_assertion(&mut self) -> u32 {
        let start = self.start();
        self.next();
        let annotation = self.type_or_const();
        self.expect_greater();
        let expression = self.unary();
        self.node2(ast::TS_TYPE_ASSERTION, 0, start, annotation, expression)
    }

    // Parameters.

    #[inline(never)]
    pub fn typed_parameter(&mut self, start: u32) -> u32 {
        let decorators = self.decorators();
        let flags = self.parameter_modifiers();
        let at = self.start();
        let node = if self.at(t::ELLIPSIS) {
            self.rest_binding()
        } else if self.at(t::THIS) {
            self.next();
            self.node1(ast::IDENTIFIER, 0, at, w::THIS)
        } else {
            self.binding()
        };
        if self.at(t::QUESTION) {
            self.next();
            if self.tree.kind(node) != ast::ERROR_NODE {
                self.tree.flag(node, ast::OPTIONAL);
                let end = self.last_end();
                self.tree.set_end(node, end);
            }
        }
        self.annotate(node);
        let node = self.default_of(node, at);
        if flags != 0 {
            return self.node2(ast::TS_PARAMETER_PROPERTY, flags, start, decorators, node);
        }
        match self.tree.kind(node) {
            ast::IDENTIFIER | ast::OBJECT_PATTERN | ast::ARRAY_PATTERN | ast::REST => self.tree.set(node, 2, decorators),
            ast::ASSIGNMENT_PATTERN => self.tree.set(node, 3, decorators),
            _ => {}
        }
        node
    }

    fn parameter_modifiers(&mut self) -> u32 {
        let mut flags = 0;
        while self.at(t::IDENTIFIER) {
            let flag = match self.atom() {
                w::OVERRIDE => 1,
                w::READONLY => 2,
                w::STATIC => 4,
                w::PUBLIC => 1 << 3,
                w::PRIVATE => 2 << 3,
                w::PROTECTED => 3 << 3,
                _ => return flags,
            };
            let next = self.peek();
            if !matches!(next.kind, t::IDENTIFIER | t::LEFT_BRACE | t::LEFT_BRACKET | t::THIS) {
                return flags;
            }
            flags |= flag;
            self.next();
        }
        flags
    }

    // Classes.

    /// The type arguments of what a class extends.
    pub fn heritage_types(&mut self, derived: &mut u32) -> u32 {
        if self.tree.kind(*derived) == ast::TS_INSTANTIATION && !self.tree.is(*derived, ast::PARENTHESIZED) {
            let node = *derived;
            *derived = self.tree.field(node, 0);
            return self.tree.field(node, 1);
        }
        if self.at(t::LESS) || self.at(t::SHIFT_LEFT) {
            return self.type_arguments();
        }
        0
    }

    pub fn implements(&mut self) -> u32 {
        if !self.eat_word(w::IMPLEMENTS) {
            return 0;
        }
        self.heritage(ast::TS_CLASS_IMPLEMENTS)
    }

    /// What is extended or implemented, as a list.
    #[inline(never)]
    fn heritage(&mut self, kind: u8) -> u32 {
        let from = self.scratch.len();
        loop {
            let start = self.start();
            let mut expression = self.left_hand_side(start);
            let types = self.heritage_types(&mut expression);
            let node = self.node2(kind, 0, start, expression, types);
            self.scratch.push(node);
            if !self.eat(t::COMMA) {
                return self.list(from);
            }
        }
    }

    /// The flags of a modifier of a member; all ones if it is none.
    pub fn typescript_modifier(&mut self, atom: u32) -> u32 {
        match atom {
            w::PUBLIC => 1 << classes::ACCESSIBILITY,
            w::PRIVATE => 2 << classes::ACCESSIBILITY,
            w::PROTECTED => 3 << classes::ACCESSIBILITY,
            w::READONLY => classes::READONLY,
            w::DECLARE => classes::DECLARE,
            w::OVERRIDE => classes::OVERRIDE,
            w::ABSTRACT => classes::ABSTRACT,
            _ => u32::MAX,
        }
    }

    // Declarations.

    /// A statement of TypeScript that begins with a word; 0 if it is none.
    #[inline(never)]
    pub fn typescript_statement(&mut self, atom: u32) -> u32 {
        if !matches!(atom, w::TYPE | w::INTERFACE | w::NAMESPACE | w::MODULE | w::GLOBAL | w::DECLARE | w::ABSTRACT) {
            return 0;
        }
        let next = self.peek();
        if next.line_before && atom != w::GLOBAL {
            return 0;
        }
        let begins = match atom {
            w::TYPE | w::INTERFACE => next.kind == t::IDENTIFIER,
            w::NAMESPACE => next.kind == t::IDENTIFIER,
            w::MODULE => matches!(next.kind, t::IDENTIFIER | t::STRING),
            w::GLOBAL => next.kind == t::LEFT_BRACE && self.has(ctx::AMBIENT | ctx::NAMESPACE),
            w::ABSTRACT => next.kind == t::CLASS,
            _ => self.declares(next.kind, next.atom),
        };
        if !begins {
            return 0;
        }
        let start = self.start();
        if atom == w::DECLARE {
            self.next();
            let saved = self.ctx;
            self.ctx |= ctx::AMBIENT;
            let node = self.declaration(start, DECLARE);
            self.ctx = saved;
            return node;
        }
        self.declaration(start, 0)
    }

    /// Whether a token can come after `declare`.
    fn declares(&self, kind: u8, atom: u32) -> bool {
        match kind {
            t::CLASS | t::FUNCTION | t::CONST | t::VAR | t::ENUM | t::IMPORT => true,
            t::IDENTIFIER => {
                matches!(atom, w::TYPE | w::INTERFACE | w::NAMESPACE | w::MODULE | w::GLOBAL | w::ABSTRACT | w::LET | w::ASYNC | w::USING)
            }
            _ => false,
        }
    }

    #[inline(never)]
    fn declaration(&mut self, start: u32, declare: u32) -> u32 {
        match self.kind() {
            t::CLASS => self.class(ast::CLASS, start, 0, false, declare),
            t::FUNCTION => self.function_declaration(start, declare, false),
            t::ENUM => self.enumeration(start, declare >> 2),
            t::CONST if self.peek().kind == t::ENUM => {
                self.next();
                self.enumeration(start, declare >> 2 | 1)
            }
            t::VAR | t::CONST => self.declared_variables(start, declare),
            t::IMPORT => self.import_statement(false),
            _ => self.word_declaration(start, declare),
        }
    }

    fn word_declaration(&mut self, start: u32, declare: u32) -> u32 {
        match self.atom() {
            w::TYPE => self.type_alias(start, declare >> 3),
            w::INTERFACE => self.interface(start, declare >> 3),
            w::NAMESPACE | w::MODULE | w::GLOBAL => self.namespace(start, declare),
            w::ABSTRACT => {
                self.next();
                self.class(ast::CLASS, start, 0, false, declare | 1)
            }
            w::ASYNC => {
                self.next();
                self.function_declaration(start, declare | functions::ASYNC, false)
            }
            _ => self.declared_variables(start, declare),
        }
    }

    fn declared_name(&mut self) -> u32 {
        self.identifier()
    }

    #[inline(never)]
    fn type_alias(&mut self, start: u32, declare: u32) -> u32 {
        self.next();
        let id = self.declared_name();
        let types = if self.at(t::LESS) { self.type_parameters() } else { 0 };
        self.expect(t::ASSIGN, "=");
        let inner = if self.at_word(w::INTRINSIC) && self.peek().kind != t::DOT {
            let at = self.start();
            self.next();
            self.node(ast::TS_INTRINSIC, 0, at)
        } else {
            self.type_node()
        };
        self.semicolon();
        self.node3(ast::TS_TYPE_ALIAS, declare, start, id, types, inner)
    }

    #[inline(never)]
    fn interface(&mut self, start: u32, declare: u32) -> u32 {
        self.next();
        let id = self.declared_name();
        let types = if self.at(t::LESS) { self.type_parameters() } else { 0 };
        let mut extends = if self.eat(t::EXTENDS) { self.heritage(ast::TS_INTERFACE_HERITAGE) } else { 0 };
        if self.at_word(w::IMPLEMENTS) {
            self.not_expected();
            self.skip_alone();
            extends = self.heritage(ast::TS_INTERFACE_HERITAGE);
        }
        let at = self.start();
        let members = self.type_members();
        let body = self.node1(ast::TS_INTERFACE_BODY, 0, at, members);
        let node = self.node3(ast::TS_INTERFACE, declare, start, id, types, extends);
        self.tree.set(node, 3, body);
        node
    }

    /// From `enum` on; `flags` as the tree has them.
    #[inline(never)]
    pub fn enumeration(&mut self, start: u32, flags: u32) -> u32 {
        self.next();
        let id = self.declared_name();
        self.check_target(id, scopes::MERGED);
        let at = self.start();
        let from = self.scratch.len();
        if self.expect(t::LEFT_BRACE, "{") {
            while !self.at(t::RIGHT_BRACE) && !self.at(t::END) {
                let before = self.start();
                let member = self.enum_member();
                self.scratch.push(member);
                if !self.separator(t::RIGHT_BRACE, before) {
                    break;
                }
            }
            self.expect(t::RIGHT_BRACE, "}");
        }
        let members = self.list(from);
        let body = self.node1(ast::TS_ENUM_BODY, 0, at, members);
        self.node2(ast::TS_ENUM, flags, start, id, body)
    }

    fn enum_member(&mut self) -> u32 {
        let start = self.start();
        let computed = self.at(t::LEFT_BRACKET);
        let id = self.property_name();
        let value = if self.eat(t::ASSIGN) { self.inner_assign() } else { 0 };
        self.node2(ast::TS_ENUM_MEMBER, computed as u32, start, id, value)
    }

    /// `namespace`, `module` or `global`.
    #[inline(never)]
    fn namespace(&mut self, start: u32, declare: u32) -> u32 {
        let word = self.atom();
        let kind = match word {
            w::MODULE => 0,
            w::NAMESPACE => 1,
            _ => 2 | 1 << 2,
        };
        if word != w::GLOBAL {
            self.next();
        }
        let id = if self.at(t::STRING) { self.string() } else { self.entity_name() };
        if self.tree.kind(id) == ast::IDENTIFIER && word != w::GLOBAL {
            let (at, end, atom) = (self.tree.start(id), self.tree.end(id), self.tree.field(id, 0));
            self.declare(atom, scopes::MERGED, at, end);
        }
        let mut body = 0;
        if self.at(t::LEFT_BRACE) {
            body = self.namespace_body();
        } else {
            self.semicolon();
        }
        self.node2(ast::TS_MODULE, kind | declare, start, id, body)
    }

    #[inline(never)]
    fn namespace_body(&mut self) -> u32 {
        let start = self.start();
        let context = self.ctx & (ctx::STRICT | ctx::AMBIENT) | ctx::NAMESPACE;
        let around = self.open_function(context, scopes::OF_FUNCTION);
        self.next();
        let from = self.scratch.len();
        let list = self.statements(from, t::RIGHT_BRACE);
        self.close_function(&around);
        self.expect(t::RIGHT_BRACE, "}");
        self.node1(ast::TS_MODULE_BLOCK, 0, start, list)
    }

    // Modules.

    /// `import name = ...`, from the name on.
    #[inline(never)]
    pub fn import_equals(&mut self, start: u32, flags: u32) -> u32 {
        let id = self.identifier();
        self.check_target(id, scopes::MERGED);
        self.next();
        let at = self.start();
        let reference = if self.at_word(w::REQUIRE) && self.peek().kind == t::LEFT_PAREN {
            self.next();
            self.next();
            let source = if self.at(t::STRING) { self.string() } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
            self.expect(t::RIGHT_PAREN, ")");
            self.node1(ast::TS_EXTERNAL_REFERENCE, 0, at, source)
        } else {
            self.entity_name()
        };
        self.semicolon();
        self.node2(ast::TS_IMPORT_EQUALS, flags, start, id, reference)
    }

    /// What TypeScript exports in its own way, from behind `export` on; 0 if it is none of that.
    #[inline(never)]
    pub fn export_of_typescript(&mut self, start: u32) -> u32 {
        match self.kind() {
            t::ASSIGN => {
                self.next();
                let expression = self.expression();
                self.semicolon();
                self.node1(ast::TS_EXPORT_ASSIGNMENT, 0, start, expression)
            }
            t::IMPORT => {
                let at = self.start();
                self.next();
                let mut flags = 0;
                if self.at_word(w::TYPE) && self.peek().kind == t::IDENTIFIER {
                    self.next();
                    flags = TYPE;
                }
                let declaration = self.import_equals(at, flags);
                self.node1(ast::EXPORT_NAMED, flags, start, declaration)
            }
            t::IDENTIFIER if self.at_word(w::AS) && self.peek().atom == w::NAMESPACE => {
                self.next();
                self.next();
                let id = self.identifier();
                self.semicolon();
                self.node1(ast::TS_NAMESPACE_EXPORT, 0, start, id)
            }
            t::IDENTIFIER if self.at_word(w::TYPE) => match self.peek().kind {
                t::LEFT_BRACE => {
                    self.next();
                    self.export_named(start, TYPE)
                }
                t::STAR => {
                    self.next();
                    self.export_all(start, TYPE)
                }
                _ => 0,
            },
            _ => 0,
        }
    }

    pub fn export_default_of_typescript(&mut self, start: u32, decorators: u32) -> u32 {
        if self.at_word(w::ABSTRACT) && self.peek().kind == t::CLASS {
            self.next();
            return self.class(ast::CLASS, start, decorators, true, 1);
        }
        if self.at_word(w::INTERFACE) && self.peek().kind == t::IDENTIFIER {
            return self.interface(start, 0);
        }
        self.exported_expression()
    }
}
