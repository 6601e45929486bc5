//! Labels, and what leads to them.

use crate::ast::{self, field};
use crate::errors;
use crate::parser::{Label, Parser};
use crate::statements::*;
use crate::words::t;

impl<'a> Parser<'a> {
    #[inline(never)]
    pub fn labeled(&mut self, start: u32, label: u32, body: bool) -> u32 {
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

    pub fn labeled_body(&mut self, body: bool) -> u32 {
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
    pub fn settle_labels(&mut self, kind: u8) {
        for at in (self.label_base..self.labels.len()).rev() {
            if self.labels[at].kind != FRESH {
                return;
            }
            self.labels[at].kind = kind;
        }
    }

    #[inline(never)]
    pub fn jump_statement(&mut self) -> u32 {
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

    pub fn check_jump(&mut self, is_break: bool, label: u32, start: u32, end: u32) {
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
}
