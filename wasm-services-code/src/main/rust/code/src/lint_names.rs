//! Names that nobody uses, or that nobody has declared, and names that are given values though they can't have any.

use crate::analysis::Analysis;
use crate::ast::{self, field};
use crate::bindings::{self, Reference, NONE};
use crate::bindings_json::name_end;
use crate::rules::{self, Fix};

impl<'t> Analysis<'t> {
    #[inline(never)]
    pub fn names(&mut self) {
        // The references of a binding, one after the other.
        let references = std::mem::take(&mut self.bindings.references);
        let mut of_binding = vec![Vec::new(); self.bindings.bindings.len()];
        for (at, reference) in references.iter().enumerate() {
            if reference.binding == NONE {
                self.undeclared(reference);
            } else {
                of_binding[reference.binding as usize].push(at);
                self.assigned(reference);
                self.too_early(reference);
            }
        }
        let used: Vec<bool> = (0..of_binding.len()).map(|at| self.is_used(at, &of_binding[at], &references)).collect();
        for at in 0..of_binding.len() {
            if !used[at] && !self.may_be_unused(at, &of_binding) {
                self.unused(at);
            }
        }
        self.bindings.references = references;
    }

    fn undeclared(&mut self, reference: &Reference) {
        let parent = self.parent(reference.node);
        let of_typeof = self.kind(parent) == ast::UNARY && self.operator(parent) == "typeof";
        if reference.flags & bindings::AS_VALUE == 0 || reference.flags & bindings::AS_TYPE != 0 || of_typeof {
            return;
        }
        let name = self.atom(reference.node).to_vec();
        let (start, end) = (self.tree.start(reference.node), name_end(self.parser, reference.node));
        self.find_at(rules::UNDECLARED, start, end, &name, Vec::new());
    }

    #[inline(never)]
    fn assigned(&mut self, reference: &Reference) {
        if reference.flags & bindings::WRITE == 0 || reference.flags & bindings::INIT != 0 {
            return;
        }
        let rule = match self.bindings.bindings[reference.binding as usize].kind {
            bindings::CONST..=4 => rules::CONST_ASSIGN,
            bindings::FUNCTION_BINDING => rules::FUNCTION_ASSIGN,
            bindings::CLASS_BINDING => rules::CLASS_ASSIGN,
            bindings::IMPORT => rules::IMPORT_ASSIGN,
            bindings::CATCH_BINDING => rules::CATCH_ASSIGN,
            _ => return,
        };
        let name = self.atom(reference.node).to_vec();
        self.find(rule, reference.node, &name);
    }

    /// In the same function, before a `let`, `const` or class.
    #[inline(never)]
    fn too_early(&mut self, reference: &Reference) {
        let binding = &self.bindings.bindings[reference.binding as usize];
        if !matches!(binding.kind, bindings::LET..=4 | bindings::CLASS_BINDING) || reference.flags & bindings::AS_VALUE == 0 || binding.first == NONE {
            return;
        }
        if reference.flags & (bindings::INIT | bindings::EXPORT) != 0 {
            return;
        }
        let name = self.bindings.definitions[binding.first as usize].name;
        let same = self.bindings.variable_scope(binding.scope) == self.bindings.variable_scope(reference.scope);
        // What an initializer refers to is not there yet, either.
        if !same || self.tree.start(reference.node) >= self.tree.start(name) || self.in_type(reference.node) {
            return;
        }
        let text = self.atom(reference.node).to_vec();
        self.find(rules::TOO_EARLY, reference.node, &text);
    }

    fn in_type(&self, node: u32) -> bool {
        let parent = self.parent(node);
        matches!(self.kind(parent), ast::TS_TYPE_QUERY | ast::TS_QUALIFIED_NAME)
    }

    // Unused names.

    #[inline(never)]
    fn is_used(&self, binding: usize, at: &[usize], references: &[Reference]) -> bool {
        let entry = &self.bindings.bindings[binding];
        let functions = self.functions_of(binding);
        let mut right = 0;
        for &each in at {
            let reference = &references[each];
            if self.of_short_loop(reference.node) {
                return true;
            }
            let itself = self.reads_itself(reference, right);
            right = self.right_side(reference, right, entry.scope);
            let inside = functions.iter().any(|&function| self.is_inside(reference.node, function));
            if reference.flags & bindings::READ != 0 && !itself && !inside {
                return true;
            }
        }
        false
    }

    /// The functions that a name was declared as: what they do among themselves is no use of it.
    fn functions_of(&self, binding: usize) -> Vec<u32> {
        let mut functions = Vec::new();
        let mut at = self.bindings.bindings[binding].last;
        while at != NONE {
            let definition = &self.bindings.definitions[at as usize];
            if definition.kind == bindings::FUNCTION_BINDING {
                functions.push(definition.node);
            } else if self.kind(definition.node) == ast::DECLARATOR {
                let init = self.f(definition.node, 1);
                if init != 0 && self.is_function(init) {
                    functions.push(init);
                }
            }
            at = definition.before;
        }
        functions
    }

    pub fn is_inside(&self, node: u32, outer: u32) -> bool {
        self.tree.start(node) >= self.tree.start(outer) && self.tree.end(node) <= self.tree.end(outer)
    }

    /// Whether nobody sees the value of an expression.
    fn is_value_lost(&self, node: u32) -> bool {
        let mut node = node;
        loop {
            let parent = self.parent(node);
            match self.kind(parent) {
                ast::EXPRESSION_STATEMENT => return true,
                ast::SEQUENCE => {
                    if self.tree.list(self.f(parent, 0)).last() != Some(&node) {
                        return true;
                    }
                    node = parent;
                }
                _ => return false,
            }
        }
    }

    fn reads_itself(&self, reference: &Reference, right: u32) -> bool {
        if reference.flags & bindings::READ == 0 {
            return false;
        }
        let parent = self.parent(reference.node);
        let updates = match self.kind(parent) {
            ast::ASSIGNMENT => self.f(parent, 0) == reference.node && !matches!(self.operator(parent), "&&=" | "||=" | "??="),
            ast::UPDATE => true,
            _ => false,
        };
        (updates && self.is_value_lost(parent)) || (right != 0 && self.is_inside(reference.node, right) && !self.in_stored_function(reference.node, right))
    }

    /// The value that the reference is given, if nobody can see it before the next; what it was, inside of that.
    fn right_side(&self, reference: &Reference, before: u32, scope: u32) -> u32 {
        if before != 0 && self.is_inside(reference.node, before) {
            return before;
        }
        let parent = self.parent(reference.node);
        let later = self.bindings.variable_scope(reference.scope) != self.bindings.variable_scope(scope) || self.in_loop(reference.node);
        if self.kind(parent) == ast::ASSIGNMENT && self.f(parent, 0) == reference.node && self.is_value_lost(parent) && !later {
            return self.f(parent, 1);
        }
        0
    }

    fn in_loop(&self, node: u32) -> bool {
        let mut node = node;
        while node != 0 && !self.is_function(node) {
            if matches!(self.kind(node), ast::WHILE | ast::DO_WHILE | ast::FOR | ast::FOR_IN | ast::FOR_OF) {
                return true;
            }
            node = self.parent(node);
        }
        false
    }

    /// Whether a name stands in a function that somebody may call later.
    fn in_stored_function(&self, node: u32, right: u32) -> bool {
        let mut function = node;
        while function != 0 && !self.is_function(function) {
            function = self.parent(function);
        }
        if function == 0 || !self.is_inside(function, right) {
            return false;
        }
        let mut node = function;
        let mut parent = self.parent(node);
        while parent != 0 && self.is_inside(parent, right) {
            match self.kind(parent) {
                ast::SEQUENCE if self.tree.list(self.f(parent, 0)).last() != Some(&node) => return false,
                ast::CALL | ast::NEW => return self.f(parent, 0) != node,
                ast::ASSIGNMENT | ast::TAGGED_TEMPLATE | ast::YIELD => return true,
                _ if self.is_statement(parent) => return true,
                _ => {}
            }
            node = parent;
            parent = self.parent(node);
        }
        false
    }

    /// `for (name in object) return ...`: whether there is a name is what is asked.
    fn of_short_loop(&self, node: u32) -> bool {
        let mut target = self.parent(node);
        if self.kind(target) == ast::DECLARATOR {
            target = self.parent(self.parent(target));
        }
        if !matches!(self.kind(target), ast::FOR_IN | ast::FOR_OF) {
            return false;
        }
        let mut body = self.f(target, 2);
        if self.kind(body) == ast::BLOCK {
            body = self.tree.item(self.f(body, 0), 0);
        }
        body != 0 && self.kind(body) == ast::RETURN
    }

    /// Whether it does not matter that a name is not used.
    #[inline(never)]
    fn may_be_unused(&self, at: usize, of_binding: &[Vec<usize>]) -> bool {
        let binding = &self.bindings.bindings[at];
        if binding.first == NONE {
            return true;
        }
        let definition = &self.bindings.definitions[binding.first as usize];
        match self.bindings.scopes[binding.scope as usize].kind {
            bindings::FUNCTION_NAME | bindings::FUNCTION_TYPE | bindings::ENUM | bindings::CONDITIONAL_TYPE | bindings::MAPPED_TYPE => return true,
            bindings::CLASS if binding.kind == bindings::CLASS_BINDING => return true,
            _ => {}
        }
        if (binding.kind != bindings::PARAMETER && self.is_exported(definition.node)) || self.is_ambient(definition.node) {
            return true;
        }
        match binding.kind {
            bindings::PARAMETER => self.may_parameter_be_unused(at, definition.name, definition.node, of_binding),
            bindings::NAMESPACE_BINDING => self.kind(definition.node) == ast::TS_MODULE && self.tree.is(definition.node, 1 << 3),
            _ => false,
        }
    }

    fn may_parameter_be_unused(&self, at: usize, name: u32, function: u32, of_binding: &[Vec<usize>]) -> bool {
        let owner = self.parent(function);
        let setter = (self.kind(owner) == ast::PROPERTY && self.tree.flags(owner) & 3 == 2) || (self.kind(owner) == ast::METHOD && self.tree.flags(owner) & 3 == 3);
        let parent = self.parent(name);
        if setter || self.f(function, field::FUNCTION_BODY) == 0 || self.kind(parent) == ast::TS_PARAMETER_PROPERTY {
            return true;
        }
        if self.kind(parent) == ast::ASSIGNMENT_PATTERN && self.kind(self.parent(parent)) == ast::TS_PARAMETER_PROPERTY {
            return true;
        }
        // One before others that are used has to be there.
        parent == function
            && (at + 1..of_binding.len()).any(|next| {
                let other = &self.bindings.bindings[next];
                let here = other.scope == self.bindings.bindings[at].scope && other.kind == bindings::PARAMETER;
                here && !of_binding[next].is_empty()
            })
    }

    fn is_exported(&self, node: u32) -> bool {
        let mut node = node;
        for _ in 0..2 {
            let parent = self.parent(node);
            match self.kind(parent) {
                ast::EXPORT_NAMED | ast::EXPORT_DEFAULT => return true,
                ast::VARIABLE => node = parent,
                _ => return false,
            }
        }
        false
    }

    /// Whether it only says what is elsewhere.
    fn is_ambient(&self, node: u32) -> bool {
        if self.parser.options.ambient {
            return true;
        }
        let mut node = node;
        while node != 0 {
            let declared = match self.kind(node) {
                ast::TS_MODULE | ast::CLASS | ast::FUNCTION | ast::TS_DECLARE_FUNCTION | ast::VARIABLE => 1 << 3,
                ast::TS_ENUM => 1 << 1,
                ast::TS_INTERFACE | ast::TS_TYPE_ALIAS => 1,
                _ => 0,
            };
            if self.tree.is(node, declared) {
                return true;
            }
            node = self.parent(node);
        }
        false
    }

    #[inline(never)]
    fn unused(&mut self, at: usize) {
        let binding = &self.bindings.bindings[at];
        let imported = binding.kind == bindings::IMPORT;
        let definition = &self.bindings.definitions[binding.first as usize];
        let (name, node) = (definition.name, definition.node);
        let text = self.parser.lex.atoms.text(self.source, binding.atom).to_vec();
        let (start, end) = (self.tree.start(name), name_end(self.parser, name));
        if imported {
            let fixes = self.without_import(node);
            self.find_at(rules::UNUSED_IMPORT, start, end, &text, fixes);
        } else {
            self.find_at(rules::UNUSED, start, end, &text, Vec::new());
        }
    }

    /// An import without one of its names; what the module does when it is loaded stays.
    fn without_import(&self, specifier: u32) -> Vec<Fix> {
        let import = self.parent(specifier);
        if self.kind(import) != ast::IMPORT {
            return Vec::new();
        }
        let list = self.tree.list(self.f(import, 0));
        let (start, end) = (self.tree.start(specifier), self.tree.end(specifier));
        if list.len() == 1 {
            let (from, to) = (self.tree.start(import), self.tree.start(self.f(import, 1)));
            return vec![Fix { start: from + 6, end: to, text: b" ".to_vec() }];
        }
        let position = list.iter().position(|&each| each == specifier).unwrap_or(0);
        let same = |other: u32| self.kind(other) == ast::IMPORT_SPECIFIER && self.kind(specifier) == ast::IMPORT_SPECIFIER;
        if position + 1 < list.len() && same(list[position + 1]) {
            return vec![Fix { start, end: self.tree.start(list[position + 1]), text: Vec::new() }];
        }
        if position > 0 && same(list[position - 1]) {
            return vec![Fix { start: self.tree.end(list[position - 1]), end, text: Vec::new() }];
        }
        Vec::new()
    }
}
