//! Scopes, the names that are bound in them, and who refers to them.
//!
//! Scopes are those of eslint-scope and of typescript-eslint's scope manager. A reference is resolved when the whole tree has been
//! seen, so it does not matter what stands first.

use crate::ast::{self, field, Tree};
use crate::parser::Parser;
use crate::walk::{self, Table};
use crate::words::w;

/// Kinds of scopes, by number.
#[allow(dead_code)]
pub static SCOPES: &[&str] = &[
    "global", "module", "function", "function-name", "block", "switch", "for", "catch", "class", "field", "static-block", "with", "type",
    "function-type", "conditional-type", "mapped-type", "enum", "namespace",
];

pub const GLOBAL: u8 = 0;
pub const MODULE: u8 = 1;
pub const FUNCTION: u8 = 2;
pub const FUNCTION_NAME: u8 = 3;
pub const BLOCK: u8 = 4;
pub const SWITCH: u8 = 5;
pub const FOR: u8 = 6;
pub const CATCH: u8 = 7;
pub const CLASS: u8 = 8;
pub const FIELD: u8 = 9;
pub const STATIC_BLOCK: u8 = 10;
pub const WITH: u8 = 11;
pub const TYPE: u8 = 12;
pub const FUNCTION_TYPE: u8 = 13;
pub const CONDITIONAL_TYPE: u8 = 14;
pub const MAPPED_TYPE: u8 = 15;
pub const ENUM: u8 = 16;
pub const NAMESPACE: u8 = 17;

/// How names are bound, by number.
#[allow(dead_code)]
pub static BINDINGS: &[&str] = &[
    "var", "let", "const", "using", "await-using", "function", "class", "parameter", "catch", "import", "arguments", "enum", "enum-member",
    "namespace", "interface", "type", "type-parameter",
];

pub const VAR: u8 = 0;
pub const LET: u8 = 1;
pub const CONST: u8 = 2;
pub const FUNCTION_BINDING: u8 = 5;
pub const CLASS_BINDING: u8 = 6;
pub const PARAMETER: u8 = 7;
pub const CATCH_BINDING: u8 = 8;
pub const IMPORT: u8 = 9;
pub const ARGUMENTS: u8 = 10;
pub const ENUM_BINDING: u8 = 11;
pub const ENUM_MEMBER: u8 = 12;
pub const NAMESPACE_BINDING: u8 = 13;
pub const INTERFACE: u8 = 14;
pub const ALIAS: u8 = 15;
pub const TYPE_PARAMETER: u8 = 16;

/// What a reference does.
pub const READ: u8 = 1;
pub const WRITE: u8 = 2;
/// It names a type, or in a type.
pub const AS_TYPE: u8 = 4;
/// It gives the first value, where the name is bound.
pub const INIT: u8 = 8;
/// It names a value; with `AS_TYPE`, either.
pub const AS_VALUE: u8 = 16;
/// It exports the name.
pub const EXPORT: u8 = 32;

/// No binding.
pub const NONE: u32 = u32::MAX;

pub struct Scope {
    pub kind: u8,
    pub node: u32,
    pub parent: u32,
    /// A direct `eval` or a `with` may see or hide names of it.
    pub dynamic: bool,
}

pub struct Binding {
    pub scope: u32,
    pub atom: u32,
    /// How it was bound first.
    pub kind: u8,
    pub value: bool,
    pub types: bool,
    /// The last of its definitions, which know those before.
    pub last: u32,
    pub first: u32,
}

pub struct Definition {
    pub name: u32,
    /// The declaration: a declarator, function, class, specifier.
    pub node: u32,
    pub kind: u8,
    /// The one before of the same binding, or `NONE`.
    pub before: u32,
}

#[derive(Clone, Copy)]
pub struct Reference {
    pub node: u32,
    pub scope: u32,
    pub flags: u8,
    pub binding: u32,
}

pub struct Bindings<'t> {
    parser: &'t Parser<'t>,
    tree: &'t Tree,
    pub scopes: Vec<Scope>,
    pub bindings: Vec<Binding>,
    pub definitions: Vec<Definition>,
    pub references: Vec<Reference>,
    names: Table,
    left: Vec<Step>,
}

/// How a node is seen.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Code,
    /// The name of a type, or what is before its points.
    Type,
    /// A pattern whose names are bound: by which kind, where (a scope), in which node, and whether they get a value.
    Bind(u8, u32, u32, bool),
    /// A pattern that is assigned to.
    Assign,
}

#[derive(Clone, Copy)]
struct Step {
    node: u32,
    scope: u32,
    mode: Mode,
}

/// Reads all of a tree. The file has a scope of its own as a module, and one of a function where `return` may stand outside of any.
#[inline(never)]
pub fn find<'t>(parser: &'t Parser<'t>) -> Bindings<'t> {
    let tree = &parser.tree;
    let mut all = Bindings {
        parser,
        tree,
        scopes: Vec::new(),
        bindings: Vec::new(),
        definitions: Vec::new(),
        references: Vec::new(),
        names: Table::new(),
        left: Vec::with_capacity(256),
    };
    let mut scope = all.open(GLOBAL, tree.root, 0);
    if parser.options.module {
        scope = all.open(MODULE, tree.root, scope);
    } else if parser.options.return_outside {
        scope = all.open(FUNCTION, tree.root, scope);
        all.implicit(scope);
    }
    all.list(tree.field(tree.root, field::BODY), scope, Mode::Code);
    while let Some(step) = all.left.pop() {
        all.step(step);
    }
    all.references.sort_by_key(|each| (tree.start(each.node), each.flags & INIT));
    all.references.dedup_by(|second, first| {
        let same = tree.start(second.node) == tree.start(first.node) && second.flags == first.flags && second.scope == first.scope;
        same && tree.end(second.node) == tree.end(first.node)
    });
    all.resolve();
    all
}

impl<'t> Bindings<'t> {
    fn open(&mut self, kind: u8, node: u32, parent: u32) -> u32 {
        self.scopes.push(Scope { kind, node, parent, dynamic: kind == WITH });
        self.scopes.len() as u32 - 1
    }

    fn push(&mut self, node: u32, scope: u32, mode: Mode) {
        if node != 0 {
            self.left.push(Step { node, scope, mode });
        }
    }

    fn list(&mut self, list: u32, scope: u32, mode: Mode) {
        for at in (0..self.tree.length(list)).rev() {
            self.push(self.tree.item(list, at), scope, mode);
        }
    }

    #[inline(never)]
    fn children(&mut self, node: u32, scope: u32) {
        let tree = self.tree;
        let from = self.left.len();
        let left = &mut self.left;
        walk::each(tree, node, |child| left.push(Step { node: child, scope, mode: Mode::Code }));
        self.left[from..].reverse();
    }

    fn f(&self, node: u32, field: usize) -> u32 {
        self.tree.field(node, field)
    }

    /// The scope that `var` reaches.
    pub fn variable_scope(&self, scope: u32) -> u32 {
        let mut scope = scope;
        while !matches!(self.scopes[scope as usize].kind, GLOBAL | MODULE | FUNCTION | FIELD | STATIC_BLOCK | NAMESPACE) {
            scope = self.scopes[scope as usize].parent;
        }
        scope
    }

    #[inline(never)]
    fn define(&mut self, name: u32, scope: u32, kind: u8, node: u32) {
        if name == 0 || !matches!(self.tree.kind(name), ast::IDENTIFIER | ast::STRING) || self.f(name, 0) == w::THIS {
            return;
        }
        let atom = self.f(name, field::NAME);
        let binding = match self.names.get(scope, atom) {
            Some(binding) => binding,
            None => self.add(scope, atom, kind),
        };
        let entry = &mut self.bindings[binding as usize];
        entry.value |= kind < INTERFACE;
        entry.types |= matches!(kind, CLASS_BINDING | IMPORT) || kind >= ENUM_BINDING;
        let before = entry.last;
        entry.last = self.definitions.len() as u32;
        if before == NONE {
            entry.first = entry.last;
            entry.kind = kind;
        }
        self.definitions.push(Definition { name, node, kind, before });
    }

    fn add(&mut self, scope: u32, atom: u32, kind: u8) -> u32 {
        let binding = self.bindings.len() as u32;
        self.bindings.push(Binding { scope, atom, kind, value: false, types: false, last: NONE, first: NONE });
        self.names.put(scope, atom, binding);
        binding
    }

    /// `arguments` is there in all functions but arrow functions.
    fn implicit(&mut self, scope: u32) {
        let binding = self.add(scope, w::ARGUMENTS, ARGUMENTS);
        self.bindings[binding as usize].value = true;
    }

    fn refer(&mut self, node: u32, scope: u32, flags: u8) {
        if node != 0 && matches!(self.tree.kind(node), ast::IDENTIFIER | ast::JSX_IDENTIFIER) {
            self.references.push(Reference { node, scope, flags, binding: NONE });
        }
    }

    fn step(&mut self, step: Step) {
        match step.mode {
            Mode::Code => self.code(step.node, step.scope),
            Mode::Type => self.type_name(step.node, step.scope),
            _ => self.pattern(step),
        }
    }

    // Patterns.

    #[inline(never)]
    fn pattern(&mut self, step: Step) {
        let Step { node, scope, mode } = step;
        match self.tree.kind(node) {
            ast::IDENTIFIER => self.bound(node, scope, mode),
            ast::OBJECT_PATTERN | ast::ARRAY_PATTERN => {
                self.list(self.f(node, 0), scope, mode);
                self.around_pattern(node, scope);
            }
            ast::PROPERTY => {
                if self.tree.is(node, 1 << 4) {
                    self.push(self.f(node, 0), scope, Mode::Code);
                }
                self.push(self.f(node, 1), scope, mode);
            }
            ast::REST => {
                self.push(self.f(node, 0), scope, mode);
                self.around_pattern(node, scope);
            }
            ast::ASSIGNMENT_PATTERN => {
                let inner = match mode {
                    Mode::Bind(kind, to, declaration, _) => Mode::Bind(kind, to, declaration, true),
                    other => other,
                };
                self.push(self.f(node, 0), scope, inner);
                self.push(self.f(node, 1), scope, Mode::Code);
                self.push(self.f(node, 2), scope, Mode::Code);
            }
            ast::TS_PARAMETER_PROPERTY => {
                self.list(self.f(node, 0), scope, Mode::Code);
                self.push(self.f(node, 1), scope, mode);
            }
            // `(a as b) = c`.
            ast::TS_AS | ast::TS_SATISFIES | ast::TS_NON_NULL if mode == Mode::Assign => {
                self.push(self.f(node, 0), scope, mode);
                if self.tree.kind(node) != ast::TS_NON_NULL {
                    self.push(self.f(node, 1), scope, Mode::Code);
                }
            }
            ast::TS_TYPE_ASSERTION if mode == Mode::Assign => {
                self.push(self.f(node, 0), scope, Mode::Code);
                self.push(self.f(node, 1), scope, mode);
            }
            _ => self.code(node, scope),
        }
    }

    /// The type of a pattern, and its decorators.
    fn around_pattern(&mut self, node: u32, scope: u32) {
        self.push(self.f(node, 1), scope, Mode::Code);
        self.list(self.f(node, 2), scope, Mode::Code);
    }

    fn bound(&mut self, node: u32, scope: u32, mode: Mode) {
        match mode {
            Mode::Bind(kind, to, declaration, written) => {
                self.define(node, to, kind, declaration);
                if written {
                    self.refer(node, scope, WRITE | INIT | AS_VALUE);
                }
            }
            _ => self.refer(node, scope, WRITE | AS_VALUE),
        }
        self.push(self.f(node, 1), scope, Mode::Code);
        self.list(self.f(node, 2), scope, Mode::Code);
    }

    // Code.

    fn code(&mut self, node: u32, scope: u32) {
        match self.tree.kind(node) {
            ast::IDENTIFIER => self.refer(node, scope, READ | AS_VALUE),
            ast::FUNCTION | ast::FUNCTION_EXPRESSION | ast::ARROW | ast::TS_DECLARE_FUNCTION | ast::TS_EMPTY_BODY_FUNCTION => {
                self.function(node, scope);
            }
            ast::CLASS | ast::CLASS_EXPRESSION => self.class(node, scope),
            ast::MEMBER => {
                if self.tree.is(node, 1) {
                    self.push(self.f(node, 1), scope, Mode::Code);
                }
                self.push(self.f(node, 0), scope, Mode::Code);
            }
            ast::PROPERTY => {
                self.push(self.f(node, 1), scope, Mode::Code);
                if self.tree.is(node, 1 << 4) {
                    self.push(self.f(node, 0), scope, Mode::Code);
                }
            }
            ast::CALL => {
                let callee = self.f(node, 0);
                if self.tree.kind(callee) == ast::IDENTIFIER && self.f(callee, 0) == w::EVAL {
                    self.sees_all(scope);
                }
                self.children(node, scope);
            }
            ast::ASSIGNMENT | ast::UPDATE => self.assignment(node, scope),
            ast::VARIABLE => self.variables(node, scope),
            ast::PRIVATE_IDENTIFIER | ast::META_PROPERTY | ast::BREAK | ast::CONTINUE => {}
            ast::LABELED => self.push(self.f(node, 1), scope, Mode::Code),
            _ => self.statement(node, scope),
        }
    }

    /// A direct `eval` sees the names of all scopes around it.
    fn sees_all(&mut self, scope: u32) {
        let mut scope = scope;
        loop {
            self.scopes[scope as usize].dynamic = true;
            if scope == 0 {
                return;
            }
            scope = self.scopes[scope as usize].parent;
        }
    }

    #[inline(never)]
    fn statement(&mut self, node: u32, scope: u32) {
        match self.tree.kind(node) {
            ast::BLOCK => {
                let inner = self.open(BLOCK, node, scope);
                self.children(node, inner);
            }
            ast::STATIC_BLOCK => {
                let inner = self.open(STATIC_BLOCK, node, scope);
                self.children(node, inner);
            }
            ast::SWITCH => {
                let inner = self.open(SWITCH, node, scope);
                self.list(self.f(node, 1), inner, Mode::Code);
                self.push(self.f(node, 0), scope, Mode::Code);
            }
            ast::CATCH => {
                let inner = self.open(CATCH, node, scope);
                self.push(self.f(node, 1), inner, Mode::Code);
                self.push(self.f(node, 0), inner, Mode::Bind(CATCH_BINDING, inner, node, false));
            }
            ast::WITH => {
                let inner = self.open(WITH, node, scope);
                self.push(self.f(node, 1), inner, Mode::Code);
                self.push(self.f(node, 0), scope, Mode::Code);
            }
            ast::FOR => {
                let inner = self.scope_of_loop(node, scope);
                self.children(node, inner);
            }
            ast::FOR_IN | ast::FOR_OF => self.for_in(node, scope),
            ast::PROPERTY_DEFINITION | ast::ACCESSOR_PROPERTY | ast::TS_ABSTRACT_PROPERTY | ast::TS_ABSTRACT_ACCESSOR => {
                self.field(node, scope);
            }
            ast::METHOD | ast::TS_ABSTRACT_METHOD => {
                self.push(self.f(node, 2), scope, Mode::Code);
                self.key(node, scope, 1 << 3, 1);
                self.list(self.f(node, 0), scope, Mode::Code);
            }
            ast::IMPORT | ast::EXPORT_NAMED | ast::EXPORT_ALL | ast::EXPORT_DEFAULT => self.module_part(node, scope),
            ast::JSX_IDENTIFIER | ast::JSX_MEMBER | ast::JSX_NAMESPACED_NAME | ast::JSX_ATTRIBUTE | ast::JSX_CLOSING => self.jsx(node, scope),
            ast::JSX_OPENING => {
                self.list(self.f(node, 2), scope, Mode::Code);
                self.push(self.f(node, 1), scope, Mode::Code);
                self.element_name(self.f(node, 0), scope);
            }
            kind if kind >= ast::TS_TYPE_ANNOTATION => self.typescript(node, kind, scope),
            _ => self.children(node, scope),
        }
    }

    fn key(&mut self, node: u32, scope: u32, computed: u32, field: usize) {
        if self.tree.is(node, computed) {
            self.push(self.f(node, field), scope, Mode::Code);
        }
    }

    fn field(&mut self, node: u32, scope: u32) {
        let value = self.f(node, 3);
        if value != 0 {
            let inner = self.open(FIELD, value, scope);
            self.push(value, inner, Mode::Code);
        }
        self.push(self.f(node, 2), scope, Mode::Code);
        self.key(node, scope, 1 << 3, 1);
        self.list(self.f(node, 0), scope, Mode::Code);
    }

    #[inline(never)]
    fn function(&mut self, node: u32, scope: u32) {
        let kind = self.tree.kind(node);
        let id = self.f(node, field::ID);
        let mut outer = scope;
        if kind == ast::FUNCTION_EXPRESSION && id != 0 {
            outer = self.open(FUNCTION_NAME, node, scope);
            self.define(id, outer, FUNCTION_BINDING, node);
        } else if kind != ast::ARROW {
            self.define(id, scope, FUNCTION_BINDING, node);
        }
        let inner = self.open(FUNCTION, node, outer);
        if kind != ast::ARROW {
            self.implicit(inner);
        }
        let body = self.f(node, field::FUNCTION_BODY);
        if self.tree.kind(body) == ast::BLOCK {
            self.list(self.f(body, 0), inner, Mode::Code);
        } else {
            self.push(body, inner, Mode::Code);
        }
        self.push(self.f(node, field::RETURN_TYPE), inner, Mode::Code);
        self.list(self.f(node, field::PARAMS), inner, Mode::Bind(PARAMETER, inner, node, false));
        self.push(self.f(node, field::TYPE_PARAMETERS), inner, Mode::Code);
    }

    #[inline(never)]
    fn class(&mut self, node: u32, scope: u32) {
        let id = self.f(node, 1);
        if self.tree.kind(node) == ast::CLASS {
            self.define(id, scope, CLASS_BINDING, node);
        }
        let inner = self.open(CLASS, node, scope);
        self.define(id, inner, CLASS_BINDING, node);
        self.push(self.f(node, 6), inner, Mode::Code);
        self.list(self.f(node, 5), inner, Mode::Code);
        for part in [4, 3, 2] {
            self.push(self.f(node, part), inner, Mode::Code);
        }
        self.list(self.f(node, 0), scope, Mode::Code);
    }

    #[inline(never)]
    fn assignment(&mut self, node: u32, scope: u32) {
        let target = self.f(node, 0);
        let update = self.tree.kind(node) == ast::UPDATE;
        if !update {
            self.push(self.f(node, 1), scope, Mode::Code);
        }
        if update || self.tree.flags(node) & 0x3f != 0 {
            if self.tree.kind(target) == ast::IDENTIFIER {
                self.refer(target, scope, READ | WRITE | AS_VALUE);
            } else {
                self.push(target, scope, Mode::Code);
            }
        } else {
            self.push(target, scope, Mode::Assign);
        }
    }

    #[inline(never)]
    fn variables(&mut self, node: u32, scope: u32) {
        let kind = (self.tree.flags(node) & 7) as u8;
        let to = if kind == VAR { self.variable_scope(scope) } else { scope };
        let list = self.f(node, 0);
        for at in (0..self.tree.length(list)).rev() {
            let declarator = self.tree.item(list, at);
            if self.tree.kind(declarator) != ast::DECLARATOR {
                self.push(declarator, scope, Mode::Code);
                continue;
            }
            let init = self.f(declarator, 1);
            self.push(init, scope, Mode::Code);
            self.push(self.f(declarator, 0), scope, Mode::Bind(kind, to, declarator, init != 0));
        }
    }

    fn scope_of_loop(&mut self, node: u32, scope: u32) -> u32 {
        let head = self.f(node, 0);
        if head != 0 && self.tree.kind(head) == ast::VARIABLE && self.tree.flags(head) & 7 != 0 {
            return self.open(FOR, node, scope);
        }
        scope
    }

    #[inline(never)]
    fn for_in(&mut self, node: u32, scope: u32) {
        let inner = self.scope_of_loop(node, scope);
        let left = self.f(node, 0);
        self.push(self.f(node, 2), inner, Mode::Code);
        self.push(self.f(node, 1), inner, Mode::Code);
        if self.tree.kind(left) != ast::VARIABLE {
            self.push(left, inner, Mode::Assign);
            return;
        }
        let kind = (self.tree.flags(left) & 7) as u8;
        let to = if kind == VAR { self.variable_scope(inner) } else { inner };
        let list = self.f(left, 0);
        for at in (0..self.tree.length(list)).rev() {
            let declarator = self.tree.item(list, at);
            if self.tree.kind(declarator) == ast::DECLARATOR {
                self.push(self.f(declarator, 1), inner, Mode::Code);
                self.push(self.f(declarator, 0), inner, Mode::Bind(kind, to, declarator, true));
            }
        }
    }

    #[inline(never)]
    fn module_part(&mut self, node: u32, scope: u32) {
        match self.tree.kind(node) {
            ast::IMPORT => {
                for &each in self.tree.list(self.f(node, 0)) {
                    let local = if self.tree.kind(each) == ast::IMPORT_SPECIFIER { 1 } else { 0 };
                    if matches!(self.tree.kind(each), ast::IMPORT_SPECIFIER | ast::IMPORT_DEFAULT | ast::IMPORT_NAMESPACE) {
                        self.define(self.f(each, local), scope, IMPORT, each);
                    }
                }
            }
            ast::EXPORT_NAMED => {
                self.push(self.f(node, 0), scope, Mode::Code);
                if self.f(node, 2) != 0 {
                    return;
                }
                let only_types = self.tree.is(node, 1);
                for &each in self.tree.list(self.f(node, 1)) {
                    if self.tree.kind(each) == ast::EXPORT_SPECIFIER {
                        let as_value = if only_types || self.tree.is(each, 1) { 0 } else { AS_VALUE };
                        self.refer(self.f(each, 0), scope, READ | AS_TYPE | as_value | EXPORT);
                    }
                }
            }
            ast::EXPORT_DEFAULT => {
                let declaration = self.f(node, 0);
                if declaration != 0 && self.tree.kind(declaration) == ast::IDENTIFIER {
                    self.refer(declaration, scope, READ | AS_TYPE | AS_VALUE | EXPORT);
                } else {
                    self.push(declaration, scope, Mode::Code);
                }
            }
            _ => {}
        }
    }

    // JSX.

    fn jsx(&mut self, node: u32, scope: u32) {
        if self.tree.kind(node) == ast::JSX_ATTRIBUTE {
            self.push(self.f(node, 1), scope, Mode::Code);
        }
    }

    /// What an element is made by: a name that begins in upper case, or what is before points.
    fn element_name(&mut self, node: u32, scope: u32) {
        let mut name = node;
        let member = self.tree.kind(name) == ast::JSX_MEMBER;
        while self.tree.kind(name) == ast::JSX_MEMBER {
            name = self.f(name, 0);
        }
        // Names that begin in lower case are those of HTML.
        if self.tree.kind(name) == ast::JSX_IDENTIFIER && (member || self.component(name)) && self.f(name, 0) != w::THIS {
            self.refer(name, scope, READ | AS_VALUE);
        }
    }

    fn component(&self, name: u32) -> bool {
        let lex = &self.parser.lex;
        let first = lex.atoms.text(lex.source, self.f(name, 0)).first().copied().unwrap_or(b'a');
        !first.is_ascii_lowercase()
    }

    // TypeScript.

    #[inline(never)]
    fn typescript(&mut self, node: u32, kind: u8, scope: u32) {
        match kind {
            ast::TS_TYPE_REFERENCE | ast::TS_INTERFACE_HERITAGE | ast::TS_CLASS_IMPLEMENTS => {
                self.push(self.f(node, 1), scope, Mode::Code);
                self.push(self.f(node, 0), scope, Mode::Type);
            }
            ast::TS_TYPE_QUERY => {
                self.push(self.f(node, 1), scope, Mode::Code);
                let name = self.leftmost(self.f(node, 0));
                self.push(name, scope, Mode::Code);
            }
            ast::TS_QUALIFIED_NAME => self.type_name(node, scope),
            ast::TS_TYPE_PARAMETER => {
                self.define(self.f(node, 0), scope, TYPE_PARAMETER, node);
                self.push(self.f(node, 2), scope, Mode::Code);
                self.push(self.f(node, 1), scope, Mode::Code);
            }
            ast::TS_INFER_TYPE => {
                let parameter = self.f(node, 0);
                let mut to = scope;
                while self.scopes[to as usize].kind != CONDITIONAL_TYPE && to != 0 {
                    to = self.scopes[to as usize].parent;
                }
                let to = if to == 0 { scope } else { to };
                self.define(self.f(parameter, 0), to, TYPE_PARAMETER, parameter);
                self.push(self.f(parameter, 1), scope, Mode::Code);
            }
            ast::TS_TYPE_PREDICATE => {
                self.push(self.f(node, 1), scope, Mode::Code);
                self.push(self.f(node, 0), scope, Mode::Code);
            }
            ast::TS_CONDITIONAL_TYPE => {
                let inner = self.open(CONDITIONAL_TYPE, node, scope);
                self.push(self.f(node, 3), scope, Mode::Code);
                for part in [2, 1, 0] {
                    self.push(self.f(node, part), inner, Mode::Code);
                }
            }
            ast::TS_MAPPED_TYPE => {
                let inner = self.open(MAPPED_TYPE, node, scope);
                self.define(self.f(node, 0), inner, TYPE_PARAMETER, node);
                for part in [3, 2, 1] {
                    self.push(self.f(node, part), inner, Mode::Code);
                }
            }
            _ => self.typescript_declaration(node, kind, scope),
        }
    }

    #[inline(never)]
    fn typescript_declaration(&mut self, node: u32, kind: u8, scope: u32) {
        match kind {
            ast::TS_FUNCTION_TYPE | ast::TS_CONSTRUCTOR_TYPE | ast::TS_CALL_SIGNATURE | ast::TS_CONSTRUCT_SIGNATURE => {
                self.signature(node, scope, 0);
            }
            ast::TS_METHOD_SIGNATURE => {
                self.key(node, scope, 1, 0);
                self.signature(node, scope, 1);
            }
            ast::TS_PROPERTY_SIGNATURE => {
                self.push(self.f(node, 1), scope, Mode::Code);
                self.key(node, scope, 1, 0);
            }
            ast::TS_INDEX_SIGNATURE => {
                self.push(self.f(node, 1), scope, Mode::Code);
                for &each in self.tree.list(self.f(node, 0)) {
                    if self.tree.kind(each) == ast::IDENTIFIER {
                        self.push(self.f(each, 1), scope, Mode::Code);
                    }
                }
            }
            ast::TS_NAMED_MEMBER => self.push(self.f(node, 1), scope, Mode::Code),
            ast::TS_IMPORT_TYPE => self.push(self.f(node, 3), scope, Mode::Code),
            ast::TS_INTERFACE | ast::TS_TYPE_ALIAS => {
                let how = if kind == ast::TS_INTERFACE { INTERFACE } else { ALIAS };
                self.define(self.f(node, 0), scope, how, node);
                let inner = if self.f(node, 1) != 0 { self.open(TYPE, node, scope) } else { scope };
                if kind == ast::TS_INTERFACE {
                    self.push(self.f(node, 3), inner, Mode::Code);
                    self.list(self.f(node, 2), inner, Mode::Code);
                } else {
                    self.push(self.f(node, 2), inner, Mode::Code);
                }
                self.push(self.f(node, 1), inner, Mode::Code);
            }
            ast::TS_ENUM => self.enumeration(node, scope),
            ast::TS_MODULE => {
                let id = self.f(node, 0);
                if !self.tree.is(node, 1 << 2) && self.tree.kind(id) != ast::STRING {
                    self.define(self.leftmost(id), scope, NAMESPACE_BINDING, node);
                }
                let body = self.f(node, 1);
                if body != 0 {
                    let inner = self.open(NAMESPACE, node, scope);
                    self.children(body, inner);
                }
            }
            ast::TS_IMPORT_EQUALS => {
                self.define(self.f(node, 0), scope, IMPORT, node);
                let reference = self.f(node, 1);
                if self.tree.kind(reference) != ast::TS_EXTERNAL_REFERENCE {
                    let name = self.leftmost(reference);
                    self.refer(name, scope, READ | AS_VALUE | AS_TYPE);
                }
            }
            ast::TS_EXPORT_ASSIGNMENT => {
                let inner = self.f(node, 0);
                if self.tree.kind(inner) == ast::IDENTIFIER {
                    self.refer(inner, scope, READ | AS_TYPE | AS_VALUE | EXPORT);
                } else {
                    self.push(inner, scope, Mode::Code);
                }
            }
            ast::TS_NAMESPACE_EXPORT => {}
            _ => self.children(node, scope),
        }
    }

    fn signature(&mut self, node: u32, scope: u32, from: usize) {
        let inner = self.open(FUNCTION_TYPE, node, scope);
        self.push(self.f(node, from + 2), inner, Mode::Code);
        self.list(self.f(node, from + 1), inner, Mode::Bind(PARAMETER, inner, node, false));
        self.push(self.f(node, from), inner, Mode::Code);
    }

    #[inline(never)]
    fn enumeration(&mut self, node: u32, scope: u32) {
        self.define(self.f(node, 0), scope, ENUM_BINDING, node);
        let inner = self.open(ENUM, node, scope);
        let members = self.f(self.f(node, 1), 0);
        for at in (0..self.tree.length(members)).rev() {
            let member = self.tree.item(members, at);
            if self.tree.kind(member) == ast::TS_ENUM_MEMBER {
                self.define(self.f(member, 0), inner, ENUM_MEMBER, member);
                self.push(self.f(member, 1), inner, Mode::Code);
            }
        }
    }

    /// What stands before all points of a name.
    pub fn leftmost(&self, node: u32) -> u32 {
        let mut node = node;
        while self.tree.kind(node) == ast::TS_QUALIFIED_NAME {
            node = self.f(node, 0);
        }
        node
    }

    fn type_name(&mut self, node: u32, scope: u32) {
        let name = self.leftmost(node);
        if self.tree.kind(name) == ast::IDENTIFIER {
            let flags = if self.f(name, 0) == w::CONST { return } else { READ | AS_TYPE };
            self.refer(name, scope, flags);
        } else if name != node || !matches!(self.tree.kind(name), ast::THIS) {
            // `extends a.b`: an expression whose first name is a type.
            self.member_type(name, scope);
        }
    }

    fn member_type(&mut self, node: u32, scope: u32) {
        let mut node = node;
        while self.tree.kind(node) == ast::MEMBER {
            node = self.f(node, 0);
        }
        if self.tree.kind(node) == ast::IDENTIFIER {
            self.refer(node, scope, READ | AS_TYPE);
        } else if self.tree.kind(node) != ast::THIS {
            self.push(node, scope, Mode::Code);
        }
    }

    // Resolution.

    #[inline(never)]
    fn resolve(&mut self) {
        for at in 0..self.references.len() {
            let found = self.look_up(self.references[at]);
            self.references[at].binding = found;
        }
    }

    fn look_up(&self, reference: Reference) -> u32 {
        let atom = self.f(reference.node, 0);
        let mut scope = reference.scope;
        loop {
            if let Some(binding) = self.names.get(scope, atom) {
                let entry = &self.bindings[binding as usize];
                let fits = (reference.flags & AS_VALUE != 0 && entry.value) || (reference.flags & AS_TYPE != 0 && entry.types);
                if fits && self.reaches(reference.node, scope, binding) {
                    return binding;
                }
            }
            if scope == 0 {
                return NONE;
            }
            scope = self.scopes[scope as usize].parent;
        }
    }

    /// Parameters do not see what the body declares.
    fn reaches(&self, node: u32, scope: u32, binding: u32) -> bool {
        let entry = &self.scopes[scope as usize];
        if entry.kind != FUNCTION || self.tree.kind(entry.node) == ast::PROGRAM {
            return true;
        }
        let body = self.f(entry.node, field::FUNCTION_BODY);
        let definition = self.bindings[binding as usize].first;
        if body == 0 || definition == NONE || self.tree.start(node) >= self.tree.start(body) {
            return true;
        }
        self.tree.start(self.definitions[definition as usize].name) < self.tree.start(body)
    }

    /// The binding of a name in a scope.
    pub fn in_scope(&self, scope: u32, atom: u32) -> Option<u32> {
        self.names.get(scope, atom)
    }
}
