//! Elements in JavaScript.

use crate::ast;
use crate::entities;
use crate::errors;
use crate::parser::{ctx, Parser};
use crate::words::t;

impl<'a> Parser<'a> {
    /// An element, where an expression begins.
    #[inline(never)]
    pub fn jsx_expression(&mut self) -> u32 {
        let saved = self.ctx;
        self.ctx &= !(ctx::NO_IN | ctx::BEFORE_COLON | ctx::DECORATOR);
        let node = self.element(false);
        self.ctx = saved;
        if self.at(t::LESS) && !self.typescript {
            self.at_token(errors::JSX_ADJACENT, 0);
        }
        node
    }

    /// From `<` on; what follows the element is read as a child if it is one itself.
    #[inline(never)]
    fn element(&mut self, child: bool) -> u32 {
        let node = if self.enter() { self.any_element(child) } else { self.nothing_here(errors::EXPRESSION_EXPECTED) };
        self.leave();
        node
    }

    #[inline(never)]
    fn any_element(&mut self, child: bool) -> u32 {
        let start = self.start();
        self.next();
        if self.at(t::GREATER) {
            return self.fragment(start, child);
        }
        let opening = self.opening(start);
        let closed = self.at(t::SLASH);
        if closed {
            self.next();
            self.tree.flag(opening, 1);
        }
        self.end_tag(opening, closed && !child, closed && child);
        if closed {
            return self.node_of(ast::JSX_ELEMENT, start, opening, 0, 0, opening);
        }
        let from = self.scratch.len();
        self.children();
        let list = self.list(from);
        let closing = self.closing(opening, child);
        let last = if closing != 0 { closing } else { opening };
        self.node_of(ast::JSX_ELEMENT, start, opening, list, closing, last)
    }

    /// An element or a fragment; it reaches to the end of `last`, or to where reading ended.
    fn node_of(&mut self, kind: u8, start: u32, opening: u32, children: u32, closing: u32, last: u32) -> u32 {
        let node = self.node3(kind, 0, start, opening, children, closing);
        let mut end = self.tree.end(last);
        if closing == 0 && children != 0 {
            let items = self.tree.list(children);
            end = self.tree.end(items[items.len() - 1]);
        }
        self.tree.set_end(node, end);
        node
    }

    /// The `>` of a tag: what follows is a token (`code`), a child of the element around (`outer`), or a child of its own.
    fn end_tag(&mut self, tag: u32, code: bool, outer: bool) {
        let _ = outer;
        if !self.at(t::GREATER) {
            if matches!(self.kind(), t::SHIFT_RIGHT | t::UNSIGNED_SHIFT | t::GREATER_EQUAL) {
                self.lex.split(t::GREATER);
            } else {
                self.missing(">");
                let end = self.last_end();
                self.tree.set_end(tag, end);
                return;
            }
        }
        let end = self.end();
        self.tree.set_end(tag, end);
        if code {
            self.next();
        } else {
            self.lex.jsx_child();
        }
    }

    #[inline(never)]
    fn opening(&mut self, start: u32) -> u32 {
        let name = self.element_name();
        let types = if self.typescript && self.at(t::LESS) { self.type_arguments() } else { 0 };
        let from = self.scratch.len();
        while !matches!(self.kind(), t::GREATER | t::SLASH | t::END | t::LESS) {
            if matches!(self.kind(), t::SHIFT_RIGHT | t::UNSIGNED_SHIFT | t::GREATER_EQUAL) {
                break;
            }
            let before = self.start();
            let attribute = self.jsx_attribute();
            self.scratch.push(attribute);
            if self.start() == before {
                self.not_expected();
                let skipped = self.skip_token();
                self.scratch.push(skipped);
            }
        }
        let list = self.list(from);
        self.node3(ast::JSX_OPENING, 0, start, name, types, list)
    }

    /// A name that may have `-` in it.
    fn jsx_identifier(&mut self) -> u32 {
        if !self.at_name() {
            return self.nothing_here(errors::NAME_EXPECTED);
        }
        self.lex.jsx_name();
        let (start, atom) = (self.start(), self.atom());
        self.next();
        self.node1(ast::JSX_IDENTIFIER, 0, start, atom)
    }

    /// The name of an attribute, or of an element before its points.
    fn jsx_name(&mut self) -> u32 {
        let start = self.start();
        let name = self.jsx_identifier();
        if self.eat(t::COLON) {
            let local = self.jsx_identifier();
            return self.node2(ast::JSX_NAMESPACED_NAME, 0, start, name, local);
        }
        name
    }

    #[inline(never)]
    fn element_name(&mut self) -> u32 {
        let start = self.start();
        let mut name = self.jsx_name();
        while self.at(t::DOT) {
            self.next();
            let property = self.jsx_identifier();
            name = self.node2(ast::JSX_MEMBER, 0, start, name, property);
        }
        name
    }

    #[inline(never)]
    fn jsx_attribute(&mut self) -> u32 {
        let start = self.start();
        if self.at(t::LEFT_BRACE) {
            self.next();
            self.expect(t::ELLIPSIS, "...");
            let argument = self.assign();
            self.expect(t::RIGHT_BRACE, "}");
            return self.node1(ast::JSX_SPREAD_ATTRIBUTE, 0, start, argument);
        }
        let name = self.jsx_name();
        let mut value = 0;
        if self.at(t::ASSIGN) {
            self.lex.jsx_value();
            value = self.attribute_value();
        }
        self.node2(ast::JSX_ATTRIBUTE, 0, start, name, value)
    }

    fn attribute_value(&mut self) -> u32 {
        match self.kind() {
            t::STRING => {
                let (start, atom) = (self.start(), self.atom());
                let atom = self.without_entities(atom);
                self.next();
                self.node1(ast::STRING, 0, start, atom)
            }
            t::LEFT_BRACE => {
                let node = self.container(false);
                if self.tree.kind(self.tree.field(node, 0)) == ast::JSX_EMPTY {
                    self.problem_at(errors::JSX_EMPTY, node);
                }
                node
            }
            t::LESS => self.element(false),
            _ => self.nothing_here(errors::JSX_ATTRIBUTE),
        }
    }

    /// The atom of a text with its entities read.
    #[inline(never)]
    fn without_entities(&mut self, atom: u32) -> u32 {
        let text = self.lex.atoms.text(self.lex.source, atom);
        if !text.contains(&b'&') {
            return atom;
        }
        let text = entities::decode(text);
        self.lex.atoms.add_text(self.lex.source, &text)
    }

    /// `{expression}`; behind that of a child, the next child is read.
    #[inline(never)]
    fn container(&mut self, child: bool) -> u32 {
        let start = self.start();
        self.next();
        let kind = if child && self.eat(t::ELLIPSIS) { ast::JSX_SPREAD_CHILD } else { ast::JSX_CONTAINER };
        let expression = if self.at(t::RIGHT_BRACE) {
            // All between the braces, comments too.
            let end = self.start();
            self.tree.add(ast::JSX_EMPTY, 0, start + 1, end)
        } else {
            self.expression()
        };
        let mut end = self.last_end();
        if self.at(t::RIGHT_BRACE) {
            end = self.end();
            if child {
                self.lex.jsx_child();
            } else {
                self.next();
            }
        } else {
            self.missing("}");
            if child && !self.at(t::END) && !self.at(t::LESS) && !self.at(t::LEFT_BRACE) {
                self.skip_alone();
            }
        }
        let node = self.node1(kind, 0, start, expression);
        self.tree.set_end(node, end.max(start));
        node
    }

    /// What is in an element, up to `</` or the end.
    #[inline(never)]
    fn children(&mut self) {
        loop {
            let before = self.start();
            let child = match self.kind() {
                t::JSX_TEXT => self.jsx_text(),
                t::LEFT_BRACE => self.container(true),
                t::LESS => {
                    if self.peek().kind == t::SLASH {
                        return;
                    }
                    self.element(true)
                }
                t::END => return,
                _ => {
                    self.not_expected();
                    let (start, end) = (self.start(), self.end());
                    self.lex.jsx_child();
                    self.tree.add(ast::ERROR_NODE, 0, start, end)
                }
            };
            self.scratch.push(child);
            if self.start() == before && !self.at(t::END) {
                return;
            }
        }
    }

    fn jsx_text(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        let text = self.lex.source[start as usize..end as usize].to_vec();
        let text = entities::decode(&text);
        let atom = self.lex.atoms.add_text(self.lex.source, &text);
        self.lex.jsx_child();
        let node = self.tree.add(ast::JSX_TEXT, 0, start, end);
        self.tree.set(node, 0, atom);
        node
    }

    /// The closing tag for an opening one; 0 if there is none.
    #[inline(never)]
    fn closing(&mut self, opening: u32, child: bool) -> u32 {
        let name = self.tree.field(opening, 0);
        let text = self.source_of(name);
        if !self.at(t::LESS) {
            let atom = self.lex.atoms.add_text(self.lex.source, &text);
            self.at_token(errors::JSX_CLOSING, atom);
            return 0;
        }
        let start = self.start();
        self.next();
        self.next();
        let closing_name = if self.at(t::GREATER) { self.nothing_here(errors::NAME_EXPECTED) } else { self.element_name() };
        if self.source_of(closing_name) != text {
            let atom = self.lex.atoms.add_text(self.lex.source, &text);
            let (at, end) = (self.tree.start(closing_name), self.tree.end(closing_name));
            self.problem(errors::JSX_CLOSING, at, end, atom);
        }
        let node = self.node1(ast::JSX_CLOSING, 0, start, closing_name);
        self.end_tag(node, !child, child);
        node
    }

    /// The source of a name, without what may stand between its parts.
    fn source_of(&self, node: u32) -> Vec<u8> {
        let (start, end) = (self.tree.start(node) as usize, self.tree.end(node) as usize);
        self.lex.source[start..end].iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
    }

    #[inline(never)]
    fn fragment(&mut self, start: u32, child: bool) -> u32 {
        let opening = self.node(ast::JSX_OPENING_FRAGMENT, 0, start);
        self.end_tag(opening, false, false);
        let from = self.scratch.len();
        self.children();
        let list = self.list(from);
        let mut closing = 0;
        if self.at(t::LESS) {
            let at = self.start();
            self.next();
            self.next();
            if self.at_name() {
                let name = self.element_name();
                self.problem_at(errors::JSX_CLOSING_FRAGMENT, name);
                self.skipped.push(name);
            }
            closing = self.node(ast::JSX_CLOSING_FRAGMENT, 0, at);
            self.end_tag(closing, !child, child);
        } else {
            self.at_token(errors::JSX_CLOSING_FRAGMENT, 0);
        }
        let last = if closing != 0 { closing } else { opening };
        self.node_of(ast::JSX_FRAGMENT, start, opening, list, closing, last)
    }
}
