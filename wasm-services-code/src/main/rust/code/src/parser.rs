//! What all parts of the parser share: the token at hand, nodes, problems, what the code around allows, and how it goes on after a problem.

use crate::ast::{self, Tree};
use crate::errors::{self, Problem};
use crate::lexer::{Lexer, Token};
use crate::scopes::Scopes;
use crate::words::{t, w};

/// How deep expressions, statements, patterns and types may be nested in each other.
pub const MOST_DEPTH: u32 = 1000;

/// How a file is read.
#[derive(Clone, Copy)]
pub struct Options {
    pub typescript: bool,
    pub jsx: bool,
    pub module: bool,
    /// As in a declaration file.
    pub ambient: bool,
    /// `return` may stand outside of functions, as in CommonJS.
    pub return_outside: bool,
}

/// What the code around allows.
pub mod ctx {
    pub const STRICT: u32 = 1;
    /// `return` may stand here.
    pub const RETURN: u32 = 1 << 1;
    /// `await` is an operator.
    pub const ASYNC: u32 = 1 << 2;
    /// `yield` is an operator.
    pub const GENERATOR: u32 = 1 << 3;
    /// `in` is no operator: the head of a loop.
    pub const NO_IN: u32 = 1 << 4;
    pub const NEW_TARGET: u32 = 1 << 5;
    pub const SUPER_PROPERTY: u32 = 1 << 6;
    pub const SUPER_CALL: u32 = 1 << 7;
    /// The initializer of a field, or a static block: no `arguments`.
    pub const NO_ARGUMENTS: u32 = 1 << 8;
    /// A static block, arrow functions in it too: `await` is no name.
    pub const STATIC_BLOCK: u32 = 1 << 9;
    /// Parameters of a function, where it can neither wait nor yield.
    pub const PARAMETERS: u32 = 1 << 10;
    /// Declarations of TypeScript without code.
    pub const AMBIENT: u32 = 1 << 11;
    /// No conditional types: the constraint behind `infer`.
    pub const NO_CONDITIONAL: u32 = 1 << 12;
    /// In a conditional expression, before its `:`.
    pub const BEFORE_COLON: u32 = 1 << 13;
    /// A function is around it, arrow functions too.
    pub const IN_FUNCTION: u32 = 1 << 14;
    /// The expression of a decorator: `[` ends it.
    pub const DECORATOR: u32 = 1 << 15;
    /// The body of a namespace or an ambient module.
    pub const NAMESPACE: u32 = 1 << 16;
}

/// Where the parser can go back to.
#[derive(Clone, Copy)]
pub struct Mark {
    at: usize,
    token: Token,
    nodes: usize,
    lists: usize,
    scratch: usize,
    problems: usize,
    cover: usize,
    private_used: usize,
    labels: usize,
    scopes: usize,
    ctx: u32,
    depth: u32,
    last_await: u32,
    last_yield: u32,
    skipped: usize,
    unexpected: u32,
}

impl Mark {
    /// The context that it has kept.
    pub fn context(&self) -> u32 {
        self.ctx
    }
}

/// A label that is around, or a statement that `break` leaves.
#[derive(Clone, Copy)]
pub struct Label {
    /// 0 without a name.
    pub atom: u32,
    pub kind: u8,
}

pub struct Parser<'a> {
    pub lex: Lexer<'a>,
    pub tree: Tree,
    pub options: Options,
    pub typescript: bool,
    pub ctx: u32,
    pub depth: u32,
    /// Items of lists that are not complete.
    pub scratch: Vec<u32>,
    pub scopes: Scopes,
    pub labels: Vec<Label>,
    /// Labels before that belong to functions around.
    pub label_base: usize,
    /// What is wrong with expressions unless they become patterns: where, and what.
    pub cover: Vec<(u32, u16)>,
    /// Where an expression begins that may be an arrow function.
    pub arrow_at: u32,
    /// Where `await` and `yield` were last used as operators or, in parameters, as names; 0 is nowhere.
    pub last_await: u32,
    pub last_yield: u32,
    /// Where `await` was last used as a name.
    pub last_await_name: u32,
    /// The statement at hand comes right after a label that is no body.
    pub after_label: bool,
    /// A parameter of the function at hand that is there already.
    pub duplicate: Option<(u32, u32, u32)>,
    /// The private names used in classes that are open, and where.
    pub private_used: Vec<(u32, u32, u32)>,
    /// Sets of private names of the classes that are open.
    pub classes: Vec<u32>,
    /// Names that are exported before it is known whether they are declared.
    pub exported: Vec<(u32, u32, u32)>,
    /// How many bytes were read in vain. Where that is too much, nothing more is tried, so that no text takes long.
    pub wasted: usize,
    /// Tokens that belong nowhere.
    pub skipped: Vec<u32>,
    /// Where the last token is that was not expected, so that it is told once; the end of the file counts as well.
    pub unexpected: u32,
    /// Nested too deeply: nothing more is read, nor told.
    pub stopped: Option<u32>,
}

impl<'a> Parser<'a> {
    pub fn new(source: &'a [u8], options: Options) -> Parser<'a> {
        let lex = Lexer::new(source, options.module);
        Parser {
            tree: Tree::new(source.len()),
            typescript: options.typescript,
            options,
            ctx: 0,
            depth: 0,
            scratch: Vec::with_capacity(256),
            scopes: Scopes::new(options.module),
            labels: Vec::new(),
            label_base: 0,
            cover: Vec::new(),
            arrow_at: u32::MAX,
            last_await: 0,
            last_yield: 0,
            last_await_name: 0,
            after_label: false,
            duplicate: None,
            private_used: Vec::new(),
            classes: Vec::new(),
            exported: Vec::new(),
            wasted: 0,
            skipped: Vec::new(),
            unexpected: u32::MAX,
            stopped: None,
            lex,
        }
    }

    // The token at hand.

    #[inline(always)]
    pub fn kind(&self) -> u8 {
        self.lex.token.kind
    }

    #[inline(always)]
    pub fn at(&self, kind: u8) -> bool {
        self.lex.token.kind == kind
    }

    #[inline(always)]
    pub fn start(&self) -> u32 {
        self.lex.token.start
    }

    #[inline(always)]
    pub fn end(&self) -> u32 {
        self.lex.token.end
    }

    #[inline(always)]
    pub fn last_end(&self) -> u32 {
        self.lex.token.last_end
    }

    #[inline(always)]
    pub fn line_before(&self) -> bool {
        self.lex.token.line_before
    }

    #[inline(always)]
    pub fn atom(&self) -> u32 {
        self.lex.token.atom
    }

    /// Whether the token is a word that is not reserved, as it is written.
    #[inline(always)]
    pub fn at_word(&self, word: u32) -> bool {
        self.lex.token.kind == t::IDENTIFIER && self.lex.token.atom == word && !self.lex.token.escaped
    }

    /// Whether it is a name or a reserved word.
    pub fn at_name(&self) -> bool {
        name_like(self.kind())
    }

    #[inline(always)]
    pub fn next(&mut self) {
        self.lex.next();
    }

    #[inline(always)]
    pub fn eat(&mut self, kind: u8) -> bool {
        let there = self.at(kind);
        if there {
            self.next();
        }
        there
    }

    pub fn eat_word(&mut self, word: u32) -> bool {
        let there = self.at_word(word);
        if there {
            self.next();
        }
        there
    }

    #[inline(always)]
    pub fn expect(&mut self, kind: u8, text: &'static str) -> bool {
        if self.at(kind) {
            self.next();
            return true;
        }
        self.missing(text);
        false
    }

    #[inline(never)]
    pub fn missing(&mut self, text: &str) {
        let atom = self.lex.atoms.add_text(self.lex.source, text.as_bytes());
        self.at_token(errors::EXPECTED, atom);
    }

    /// The token after the one at hand, which is read again later.
    #[inline(never)]
    pub fn peek(&mut self) -> Token {
        let mark = (self.lex.at, self.lex.token, self.lex.problems.len());
        self.lex.next();
        let token = self.lex.token;
        self.lex.at = mark.0;
        self.lex.token = mark.1;
        self.lex.problems.truncate(mark.2);
        token
    }

    pub fn mark(&self) -> Mark {
        Mark {
            at: self.lex.at,
            token: self.lex.token,
            nodes: self.tree.nodes.len(),
            lists: self.tree.lists.len(),
            scratch: self.scratch.len(),
            problems: self.lex.problems.len(),
            cover: self.cover.len(),
            private_used: self.private_used.len(),
            labels: self.labels.len(),
            scopes: self.scopes.open.len(),
            ctx: self.ctx,
            depth: self.depth,
            last_await: self.last_await,
            last_yield: self.last_yield,
            skipped: self.skipped.len(),
            unexpected: self.unexpected,
        }
    }

    /// Forgets all since a mark, which was tried and led nowhere.
    pub fn fail(&mut self, mark: &Mark) {
        let reached = self.stopped.map_or(self.lex.at, |at| at as usize);
        self.wasted += reached.saturating_sub(mark.at) + 8;
        self.back(mark);
    }

    /// Whether there is still time to try something.
    pub fn may_try(&self) -> bool {
        self.wasted < 16 * self.lex.length + (1 << 16)
    }

    /// Forgets all since a mark.
    #[inline(never)]
    pub fn back(&mut self, mark: &Mark) {
        self.lex.at = mark.at;
        self.lex.token = mark.token;
        self.tree.nodes.truncate(mark.nodes);
        self.tree.lists.truncate(mark.lists);
        self.scratch.truncate(mark.scratch);
        self.lex.problems.truncate(mark.problems);
        self.cover.truncate(mark.cover);
        self.private_used.truncate(mark.private_used);
        self.labels.truncate(mark.labels);
        self.scopes.open.truncate(mark.scopes);
        self.ctx = mark.ctx;
        self.depth = mark.depth;
        self.last_await = mark.last_await;
        self.last_yield = mark.last_yield;
        self.skipped.truncate(mark.skipped);
        self.unexpected = mark.unexpected;
        self.stopped = None;
    }

    pub fn problems_since(&self, mark: &Mark) -> bool {
        self.lex.problems.len() > mark.problems || self.stopped.is_some()
    }

    // Context.

    #[inline(always)]
    pub fn has(&self, what: u32) -> bool {
        self.ctx & what != 0
    }

    pub fn strict(&self) -> bool {
        self.has(ctx::STRICT)
    }

    /// Whether it may go deeper; if not, nothing more is read. `leave` comes after it in any case.
    #[inline(always)]
    pub fn enter(&mut self) -> bool {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            self.stop();
        }
        self.stopped.is_none()
    }

    #[inline(always)]
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    #[inline(never)]
    fn stop(&mut self) {
        if self.stopped.is_none() {
            let (start, end) = (self.start(), self.end());
            self.problem(errors::TOO_DEEP, start, end, 0);
            self.stopped = Some(start);
            self.lex.at = self.lex.length;
            self.lex.token.kind = t::END;
            self.lex.token.start = self.lex.length as u32;
            self.lex.token.end = self.lex.length as u32;
        }
    }

    // Problems.

    #[inline(never)]
    pub fn problem(&mut self, code: u16, start: u32, end: u32, atom: u32) {
        if self.stopped.is_none() {
            self.lex.problems.push(Problem { start, end: end.max(start), code, atom });
        }
    }

    pub fn problem_at(&mut self, code: u16, node: u32) {
        let (start, end) = (self.tree.start(node), self.tree.end(node));
        self.problem(code, start, end, 0);
    }

    /// A problem with the token at hand, once for each token.
    #[inline(never)]
    pub fn at_token(&mut self, code: u16, atom: u32) {
        let start = self.start();
        if self.unexpected == start || self.at(t::UNKNOWN) {
            return;
        }
        self.unexpected = start;
        let (code, atom) = if self.at(t::END) && self.lex.at >= self.lex.length && atom == 0 { (errors::UNEXPECTED_END, 0) } else { (code, atom) };
        let end = self.end();
        self.problem(code, start, end, atom);
    }

    /// The token at hand should not be here.
    #[inline(never)]
    pub fn not_expected(&mut self) {
        let (start, end) = (self.start() as usize, self.end() as usize);
        let text = self.lex.source[start..end.min(start + 40).min(self.lex.length)].to_vec();
        let atom = if self.at(t::END) { 0 } else { self.lex.atoms.add_text(self.lex.source, &text) };
        self.at_token(errors::UNEXPECTED, atom);
    }

    /// An error node in place of something that is not there.
    #[inline(never)]
    pub fn nothing_here(&mut self, code: u16) -> u32 {
        self.at_token(code, 0);
        if self.at(t::UNKNOWN) {
            return self.skip_token();
        }
        let at = self.start();
        self.lex.token.last_end = at;
        self.tree.add(ast::ERROR_NODE, 0, at, at)
    }

    /// An error node of the token at hand.
    #[inline(never)]
    pub fn skip_token(&mut self) -> u32 {
        let (start, end) = (self.start(), self.end());
        self.next();
        self.tree.add(ast::ERROR_NODE, 0, start, end)
    }

    /// Skips the token, which belongs to no list.
    pub fn skip_alone(&mut self) {
        let node = self.skip_token();
        self.skipped.push(node);
    }

    // Nodes.

    /// A node that ends with the last token.
    #[inline(always)]
    pub fn node(&mut self, kind: u8, flags: u32, start: u32) -> u32 {
        if self.lex.token.last_end < start {
            // Nothing of it is there: what is around it reaches to here all the same.
            self.lex.token.last_end = start;
        }
        self.tree.add(kind, flags, start, self.lex.token.last_end)
    }

    #[inline(never)]
    pub fn node1(&mut self, kind: u8, flags: u32, start: u32, first: u32) -> u32 {
        let node = self.node(kind, flags, start);
        self.tree.set(node, 0, first);
        node
    }

    #[inline(never)]
    pub fn node2(&mut self, kind: u8, flags: u32, start: u32, first: u32, second: u32) -> u32 {
        let node = self.node(kind, flags, start);
        self.tree.set(node, 0, first);
        self.tree.set(node, 1, second);
        node
    }

    #[inline(never)]
    pub fn node3(&mut self, kind: u8, flags: u32, start: u32, first: u32, second: u32, third: u32) -> u32 {
        let node = self.node2(kind, flags, start, first, second);
        self.tree.set(node, 2, third);
        node
    }

    /// The items since a length of `scratch` become a list.
    #[inline(never)]
    pub fn list(&mut self, from: usize) -> u32 {
        let list = self.tree.add_list(&self.scratch[from..]);
        self.scratch.truncate(from);
        list
    }

    /// Whether another item follows in a list with commas: after a comma, or where one is missing but the list seems to go on.
    /// `before` is where the last item began: a token that was none is skipped.
    #[inline(never)]
    pub fn separator(&mut self, close: u8, before: u32) -> bool {
        if self.at(t::COMMA) {
            self.next();
            return true;
        }
        if self.at(close) || self.at(t::END) {
            return false;
        }
        self.missing(",");
        if self.breaks_list() {
            return false;
        }
        if self.start() == before {
            let skipped = self.skip_token();
            self.scratch.push(skipped);
        }
        !self.at(close)
    }

    /// Whether the token is none that a list inside of brackets has: one that closes something, or begins a statement.
    pub fn breaks_list(&self) -> bool {
        match self.kind() {
            t::END | t::SEMICOLON | t::RIGHT_BRACE | t::RIGHT_PAREN | t::RIGHT_BRACKET => true,
            t::BREAK | t::CASE | t::CATCH | t::CONST | t::CONTINUE | t::DEBUGGER | t::DEFAULT | t::DO | t::ELSE | t::EXPORT | t::FINALLY | t::FOR
            | t::IF | t::RETURN | t::SWITCH | t::THROW | t::TRY | t::VAR | t::WHILE | t::WITH => true,
            _ => false,
        }
    }

    /// The end of a statement: a semicolon, or where one may be left out.
    #[inline(always)]
    pub fn semicolon(&mut self) {
        if !self.eat(t::SEMICOLON) && !self.can_insert() {
            self.at_token(errors::SEMICOLON, 0);
        }
    }

    pub fn can_insert(&self) -> bool {
        self.at(t::RIGHT_BRACE) || self.at(t::END) || self.line_before()
    }

    // Names.

    /// A name that is no reference: of a property or a label. Reserved words are names there.
    #[inline(never)]
    pub fn name_node(&mut self) -> u32 {
        if !self.at_name() {
            return self.nothing_here(errors::NAME_EXPECTED);
        }
        let (start, atom) = (self.start(), self.atom());
        self.next();
        self.node1(ast::IDENTIFIER, 0, start, atom)
    }

    /// A name that refers to something, or is given to it.
    #[inline(never)]
    pub fn identifier(&mut self) -> u32 {
        let (kind, start, end, atom) = (self.kind(), self.start(), self.end(), self.atom());
        if kind != t::IDENTIFIER {
            if !self.at_name() || (kind != t::ESCAPED_KEYWORD && self.breaks_list()) {
                return self.nothing_here(errors::NAME_EXPECTED);
            }
            let code = if kind == t::ESCAPED_KEYWORD { errors::ESCAPED_KEYWORD } else { errors::RESERVED };
            self.at_token(code, atom);
        } else {
            self.check_name(atom, start, end);
        }
        self.next();
        self.node1(ast::IDENTIFIER, 0, start, atom)
    }

    /// Whether a word may be a name in the code around.
    #[inline(always)]
    pub fn check_name(&mut self, atom: u32, start: u32, end: u32) {
        if atom <= w::ARGUMENTS {
            self.check_word(atom, start, end);
        }
    }

    #[inline(never)]
    fn check_word(&mut self, atom: u32, start: u32, end: u32) {
        let reserved = match atom {
            w::YIELD => self.has(ctx::GENERATOR | ctx::STRICT),
            w::AWAIT => self.has(ctx::ASYNC | ctx::STATIC_BLOCK) || (self.options.module && !self.has(ctx::AMBIENT)),
            w::ARGUMENTS => {
                if self.has(ctx::NO_ARGUMENTS) {
                    self.problem(errors::ARGUMENTS, start, end, 0);
                }
                false
            }
            w::IMPLEMENTS..=w::STATIC => self.strict() && !self.has(ctx::AMBIENT),
            _ => false,
        };
        if atom == w::AWAIT && !reserved {
            self.last_await_name = start + 1;
        }
        if reserved {
            self.problem(errors::RESERVED, start, end, atom);
        }
    }
}

/// Whether a token is a name or a reserved word.
#[inline(always)]
pub fn name_like(kind: u8) -> bool {
    kind != t::END && kind <= t::ESCAPED_KEYWORD
}
