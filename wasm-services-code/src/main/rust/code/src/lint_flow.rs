//! Where code can't come, and where it comes unexpectedly.

use crate::analysis::Analysis;
use crate::ast;
use crate::rules;

const ENDS: u8 = 1;
const LEAVES: u8 = 2;

impl<'t> Analysis<'t> {
    /// Whether what stands behind a statement can run. Statements are nested no deeper than the parser allows.
    #[inline(never)]
    pub fn completes(&mut self, node: u32) -> bool {
        if node == 0 {
            return true;
        }
        if self.endings[node as usize] == 0 {
            let completes = self.completion(node);
            self.endings[node as usize] = if completes { ENDS } else { LEAVES };
        }
        self.endings[node as usize] == ENDS
    }

    fn completion(&mut self, node: u32) -> bool {
        match self.kind(node) {
            ast::RETURN | ast::THROW | ast::BREAK | ast::CONTINUE => false,
            ast::BLOCK => self.list_completes(self.f(node, 0)),
            ast::IF => self.if_completes(node),
            ast::WITH => self.completes(self.f(node, 1)),
            ast::LABELED => self.completes(self.f(node, 1)) || self.breaks(self.f(node, 1), self.f(self.f(node, 0), 0), true),
            ast::TRY => {
                let (block, handler, last) = (self.f(node, 0), self.f(node, 1), self.f(node, 2));
                let caught = handler != 0 && self.completes(self.f(handler, 1));
                (self.completes(block) || caught) && self.completes(last)
            }
            ast::WHILE => !self.is_true(self.f(node, 0)) || self.breaks(self.f(node, 1), 0, false),
            ast::DO_WHILE => {
                let body = self.f(node, 0);
                let tested = self.completes(body) || self.continues(body);
                (tested && !self.is_true(self.f(node, 1))) || self.breaks(body, 0, false)
            }
            ast::FOR => {
                let test = self.f(node, 1);
                (test != 0 && !self.is_true(test)) || self.breaks(self.f(node, 3), 0, false)
            }
            ast::SWITCH => self.switch_completes(node),
            _ => true,
        }
    }

    fn list_completes(&mut self, list: u32) -> bool {
        for at in 0..self.tree.length(list) {
            let item = self.tree.item(list, at);
            if !self.completes(item) {
                return false;
            }
        }
        true
    }

    /// Branches of `else if` are as many as one likes.
    fn if_completes(&mut self, node: u32) -> bool {
        let mut node = node;
        while self.kind(node) == ast::IF {
            if self.completes(self.f(node, 1)) || self.f(node, 2) == 0 {
                return true;
            }
            node = self.f(node, 2);
        }
        self.completes(node)
    }

    fn switch_completes(&mut self, node: u32) -> bool {
        let cases = self.f(node, 1);
        let count = self.tree.length(cases);
        let default = self.tree.list(cases).iter().any(|&case| self.kind(case) == ast::CASE && self.f(case, 0) == 0);
        if !default || count == 0 {
            return true;
        }
        let last = self.tree.item(cases, count - 1);
        self.list_completes(self.f(last, 1)) || (0..count).any(|at| self.breaks(self.tree.item(cases, at), 0, false))
    }

    fn is_true(&self, test: u32) -> bool {
        match self.kind(test) {
            ast::BOOLEAN => self.tree.is(test, 1),
            ast::NUMBER => self.text(test).iter().any(|byte| (b'1'..=b'9').contains(byte)),
            ast::STRING => !self.atom(test).is_empty(),
            _ => false,
        }
    }

    /// Whether a `break` in a statement leaves what is around it: one with the label, or without one.
    fn breaks(&self, node: u32, label: u32, labeled: bool) -> bool {
        self.leaves(node, label, labeled, ast::BREAK)
    }

    fn continues(&self, node: u32) -> bool {
        self.leaves(node, 0, false, ast::CONTINUE)
    }

    #[inline(never)]
    fn leaves(&self, node: u32, label: u32, labeled: bool, how: u8) -> bool {
        let mut left = vec![(node, false)];
        while let Some((node, inner)) = left.pop() {
            let kind = self.kind(node);
            if kind == how {
                let name = self.f(node, 0);
                // A label of somebody around, or of this loop.
                if (labeled && name != 0 && self.f(name, 0) == label) || (!labeled && (name == 0 && !inner || name != 0 && how == ast::CONTINUE)) {
                    return true;
                }
                continue;
            }
            if !labeled && kind == ast::BREAK && self.f(node, 0) != 0 && how == ast::BREAK {
                continue;
            }
            let is_loop = matches!(kind, ast::WHILE | ast::DO_WHILE | ast::FOR | ast::FOR_IN | ast::FOR_OF);
            let inner = inner || is_loop || (kind == ast::SWITCH && how == ast::BREAK);
            if self.is_statement(node) || matches!(kind, ast::CASE | ast::CATCH) {
                crate::walk::each(self.tree, node, |child| left.push((child, inner)));
            }
        }
        false
    }

    /// Statements behind one that leaves.
    #[inline(never)]
    pub fn unreachable(&mut self, list: u32) {
        let count = self.tree.length(list);
        for at in 0..count {
            let item = self.tree.item(list, at);
            if self.completes(item) {
                continue;
            }
            let rest: Vec<u32> = self.tree.list(list)[at + 1..].iter().copied().filter(|&each| self.runs(each)).collect();
            if let (Some(&first), Some(&last)) = (rest.first(), rest.last()) {
                self.find_at(rules::UNREACHABLE, self.tree.start(first), self.tree.end(last), b"", Vec::new());
            }
            return;
        }
    }

    /// Whether a statement does something where it stands.
    fn runs(&self, node: u32) -> bool {
        match self.kind(node) {
            ast::FUNCTION | ast::EMPTY | ast::TS_DECLARE_FUNCTION | ast::TS_INTERFACE | ast::TS_TYPE_ALIAS => false,
            ast::VARIABLE => self.tree.flags(node) & 7 != 0 || self.tree.list(self.f(node, 0)).iter().any(|&each| self.f(each, 1) != 0),
            _ => true,
        }
    }

    #[inline(never)]
    pub fn falls_through(&mut self, node: u32) {
        let cases = self.f(node, 1);
        for at in 1..self.tree.length(cases) {
            let (before, case) = (self.tree.item(cases, at - 1), self.tree.item(cases, at));
            let statements = self.f(before, 1);
            if self.tree.length(statements) == 0 || !self.list_completes(statements) {
                continue;
            }
            let last = self.tree.item(statements, self.tree.length(statements) - 1);
            let from = if self.kind(last) == ast::BLOCK { self.tree.start(last) } else { self.tree.end(last) };
            if !self.says_it_falls(from, self.tree.start(case)) {
                self.find(rules::FALLTHROUGH, case, b"");
            }
        }
    }

    /// Whether a comment says that it is meant.
    fn says_it_falls(&self, start: u32, end: u32) -> bool {
        let comments = self.parser.lex.comments.iter().filter(|comment| comment.start >= start && comment.end <= end);
        comments.into_iter().any(|comment| {
            let text = self.source[comment.start as usize..comment.end as usize].to_ascii_lowercase();
            let find = |word: &[u8]| text.windows(word.len()).position(|part| part == word);
            match find(b"fall") {
                None => false,
                Some(at) => {
                    let rest: Vec<u8> = text[at + 4..].iter().copied().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-').collect();
                    rest.starts_with(b"through") || rest.starts_with(b"sthrough")
                }
            }
        })
    }

    /// What leaves a `finally` by itself.
    #[inline(never)]
    pub fn leaves_finally(&mut self, node: u32) {
        let mut outer = self.parent(node);
        let mut inner = node;
        let labeled = !matches!(self.kind(node), ast::RETURN | ast::THROW) && self.f(node, 0) != 0;
        while outer != 0 {
            let kind = self.kind(outer);
            if self.is_function(outer) || matches!(kind, ast::CLASS_BODY | ast::PROGRAM) {
                return;
            }
            if kind == ast::TRY && self.f(outer, 2) == inner {
                let word = match self.kind(node) {
                    ast::RETURN => "return",
                    ast::THROW => "throw",
                    ast::BREAK => "break",
                    _ => "continue",
                };
                self.find(rules::UNSAFE_FINALLY, node, word.as_bytes());
                return;
            }
            let target = match self.kind(node) {
                ast::BREAK | ast::CONTINUE if labeled => kind == ast::LABELED && self.f(self.f(outer, 0), 0) == self.f(self.f(node, 0), 0),
                ast::BREAK => matches!(kind, ast::SWITCH | ast::WHILE | ast::DO_WHILE | ast::FOR | ast::FOR_IN | ast::FOR_OF),
                ast::CONTINUE => matches!(kind, ast::WHILE | ast::DO_WHILE | ast::FOR | ast::FOR_IN | ast::FOR_OF),
                _ => false,
            };
            if target {
                return;
            }
            inner = outer;
            outer = self.parent(outer);
        }
    }

    #[inline(never)]
    pub fn unused_label(&mut self, node: u32) {
        let label = self.f(node, 0);
        let (body, atom) = (self.f(node, 1), self.f(label, 0));
        if !self.leaves(body, atom, true, ast::BREAK) && !self.leaves(body, atom, true, ast::CONTINUE) {
            let text = self.atom(label).to_vec();
            let fix = rules::Fix { start: self.tree.start(node), end: self.tree.start(body), text: Vec::new() };
            self.find_with(rules::UNUSED_LABEL, label, &text, vec![fix]);
        }
    }
}
