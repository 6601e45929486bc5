//! How much code there is, and how hard it is to follow: lines, and for each function its complexities.
//!
//! Cyclomatic complexity counts as ESLint's rule `complexity` does. Cognitive complexity is that of G. Ann Campbell's paper "Cognitive
//! Complexity"; as in SonarJS, what a function in a function costs belongs to the inner one alone.

use crate::analysis::Analysis;
use crate::ast::{self, field};
use crate::walk;

#[derive(Clone, Copy)]
pub struct Function {
    pub node: u32,
    pub cyclomatic: u32,
    pub cognitive: u32,
    /// How deep statements that branch stand in each other.
    pub depth: u32,
    pub statements: u32,
}

pub struct Metrics {
    pub lines: u32,
    pub code: u32,
    pub comments: u32,
    pub blank: u32,
    /// The first is the file outside of functions.
    pub functions: Vec<Function>,
}

/// A node to look at: in which function, how deep for cognitive complexity, how deep in statements that branch.
#[derive(Clone, Copy)]
struct Step {
    node: u32,
    function: usize,
    nesting: u32,
    depth: u32,
    /// A part of a logical expression that was counted.
    counted: bool,
}

struct Meter<'m, 't> {
    all: &'m Analysis<'t>,
    functions: Vec<Function>,
    left: Vec<Step>,
}

#[inline(never)]
pub fn measure(all: &Analysis) -> Metrics {
    let mut meter = Meter { all, functions: Vec::new(), left: Vec::new() };
    let root = all.tree.root;
    meter.open(root);
    meter.push(root, 0, 0, 0);
    while let Some(step) = meter.left.pop() {
        meter.step(step);
    }
    let (lines, code, comments, blank) = lines(all);
    Metrics { lines, code, comments, blank, functions: meter.functions }
}

impl<'m, 't> Meter<'m, 't> {
    fn open(&mut self, node: u32) -> usize {
        self.functions.push(Function { node, cyclomatic: 1, cognitive: 0, depth: 0, statements: 0 });
        self.functions.len() - 1
    }

    fn push(&mut self, node: u32, function: usize, nesting: u32, depth: u32) {
        if node != 0 {
            self.left.push(Step { node, function, nesting, depth, counted: false });
        }
    }

    #[inline(never)]
    fn step(&mut self, step: Step) {
        let Step { node, function, nesting, depth, counted } = step;
        let kind = self.all.kind(node);
        if self.all.is_statement(node) && kind != ast::BLOCK {
            self.functions[function].statements += 1;
        }
        self.functions[function].cyclomatic += self.branches(node, kind);
        match kind {
            ast::FUNCTION | ast::FUNCTION_EXPRESSION | ast::ARROW => {
                let inner = self.open(node);
                self.children(node, inner, 0, 0, false);
            }
            ast::STATIC_BLOCK => {
                let inner = self.open(node);
                self.children(node, inner, 0, 0, false);
            }
            ast::PROPERTY_DEFINITION | ast::ACCESSOR_PROPERTY => self.field(step),
            ast::IF => self.if_statement(step),
            ast::WHILE | ast::DO_WHILE | ast::FOR | ast::FOR_IN | ast::FOR_OF => self.loop_statement(step, kind),
            ast::SWITCH => {
                self.structural(function, nesting, depth + 1);
                self.push(self.all.f(node, 0), function, nesting, depth);
                for &case in self.all.tree.list(self.all.f(node, 1)) {
                    self.push(case, function, nesting + 1, depth + 1);
                }
            }
            ast::TRY => {
                self.functions[function].depth = self.functions[function].depth.max(depth + 1);
                self.children(node, function, nesting, depth + 1, false);
            }
            ast::CATCH => {
                self.functions[function].cognitive += nesting + 1;
                self.push(self.all.f(node, 0), function, nesting, depth);
                self.push(self.all.f(node, 1), function, nesting + 1, depth);
            }
            ast::CONDITIONAL => {
                self.functions[function].cognitive += nesting + 1;
                self.push(self.all.f(node, 0), function, nesting, depth);
                self.push(self.all.f(node, 1), function, nesting + 1, depth);
                self.push(self.all.f(node, 2), function, nesting + 1, depth);
            }
            ast::LOGICAL => {
                if !counted {
                    self.functions[function].cognitive += self.sequences(node);
                }
                for side in [0, 1] {
                    let inner = self.all.f(node, side);
                    self.left.push(Step { node: inner, function, nesting, depth, counted: self.all.kind(inner) == ast::LOGICAL });
                }
            }
            ast::BREAK | ast::CONTINUE => self.functions[function].cognitive += (self.all.f(node, 0) != 0) as u32,
            _ => self.children(node, function, nesting, depth, false),
        }
    }

    fn children(&mut self, node: u32, function: usize, nesting: u32, depth: u32, counted: bool) {
        let left = &mut self.left;
        walk::each(self.all.tree, node, |child| left.push(Step { node: child, function, nesting, depth, counted }));
    }

    /// The initializer of a field is a function of its own.
    fn field(&mut self, step: Step) {
        let value = self.all.f(step.node, 3);
        if value != 0 {
            let inner = self.open(value);
            self.push(value, inner, 0, 0);
        }
        self.push(self.all.f(step.node, 1), step.function, step.nesting, step.depth);
        for &decorator in self.all.tree.list(self.all.f(step.node, 0)) {
            self.push(decorator, step.function, step.nesting, step.depth);
        }
    }

    fn structural(&mut self, function: usize, nesting: u32, depth: u32) {
        let function = &mut self.functions[function];
        function.cognitive += nesting + 1;
        function.depth = function.depth.max(depth);
    }

    #[inline(never)]
    fn if_statement(&mut self, step: Step) {
        let Step { node, function, nesting, depth, .. } = step;
        let parent = self.all.parent(node);
        let else_if = self.all.kind(parent) == ast::IF && self.all.f(parent, 2) == node;
        // An `else if` stands where its `if` does.
        let depth = if else_if { depth } else { depth + 1 };
        if else_if {
            self.functions[function].cognitive += 1;
        } else {
            self.structural(function, nesting, depth);
        }
        let (test, yes, no) = (self.all.f(node, 0), self.all.f(node, 1), self.all.f(node, 2));
        self.push(test, function, nesting, depth);
        self.push(yes, function, nesting + 1, depth);
        if no != 0 && self.all.kind(no) == ast::IF {
            self.push(no, function, nesting, depth);
        } else if no != 0 {
            self.functions[function].cognitive += 1;
            self.push(no, function, nesting + 1, depth);
        }
    }

    fn loop_statement(&mut self, step: Step, kind: u8) {
        let Step { node, function, nesting, depth, .. } = step;
        self.structural(function, nesting, depth + 1);
        let body = match kind {
            ast::DO_WHILE => 0,
            ast::WHILE => 1,
            ast::FOR => 3,
            _ => 2,
        };
        let count = if kind == ast::FOR { 4 } else if matches!(kind, ast::FOR_IN | ast::FOR_OF) { 3 } else { 2 };
        for part in 0..count {
            self.push(self.all.f(node, part), function, nesting + (part == body) as u32, depth + 1);
        }
    }

    fn branches(&self, node: u32, kind: u8) -> u32 {
        let tree = self.all.tree;
        let more = match kind {
            ast::CATCH | ast::CONDITIONAL | ast::LOGICAL | ast::FOR | ast::FOR_IN | ast::FOR_OF | ast::IF | ast::WHILE | ast::DO_WHILE => true,
            ast::ASSIGNMENT_PATTERN => true,
            ast::CASE => tree.field(node, 0) != 0,
            ast::ASSIGNMENT => matches!(self.all.operator(node), "&&=" | "||=" | "??="),
            ast::MEMBER => tree.is(node, 2),
            ast::CALL => tree.is(node, 1),
            _ => false,
        };
        more as u32
    }

    /// How often the operator changes in a logical expression, from left to right; `??` takes no thought.
    #[inline(never)]
    fn sequences(&self, node: u32) -> u32 {
        let mut count = 0;
        let mut before = "";
        let mut path = Vec::new();
        let mut at = node;
        loop {
            while self.all.kind(at) == ast::LOGICAL {
                path.push(at);
                at = self.all.f(at, 0);
            }
            match path.pop() {
                None => return count,
                Some(logical) => {
                    let operator = self.all.operator(logical);
                    count += (operator != "??" && operator != before) as u32;
                    before = operator;
                    at = self.all.f(logical, 1);
                }
            }
        }
    }
}

/// All lines, those with code, those with comments alone, and blank ones.
#[inline(never)]
fn lines(all: &Analysis) -> (u32, u32, u32, u32) {
    let source = &all.source[..all.source.len() - 1];
    let comments = &all.parser.lex.comments;
    let (mut total, mut code, mut comment_lines, mut blank) = (0, 0, 0, 0);
    let (mut has_code, mut has_comment, mut next) = (false, false, 0);
    for at in 0..=source.len() {
        let byte = if at < source.len() { source[at] } else { b'\n' };
        if byte == b'\n' || (byte == b'\r' && source.get(at + 1) != Some(&b'\n')) {
            if at == source.len() && (at == 0 || matches!(source[at - 1], b'\n' | b'\r')) {
                break;
            }
            total += 1;
            code += has_code as u32;
            comment_lines += (!has_code && has_comment) as u32;
            blank += (!has_code && !has_comment) as u32;
            has_code = false;
            has_comment = false;
        } else if !byte.is_ascii_whitespace() {
            while next < comments.len() && comments[next].end as usize <= at {
                next += 1;
            }
            let commented = next < comments.len() && comments[next].start as usize <= at;
            has_comment |= commented;
            has_code |= !commented;
        }
    }
    (total, code, comment_lines, blank)
}

/// What a function is called, or is kept as.
#[inline(never)]
pub fn name<'t>(all: &'t Analysis<'t>, node: u32) -> &'t [u8] {
    let parent = all.parent(node);
    let mut named = 0;
    if all.is_function(node) {
        named = all.f(node, field::ID);
    }
    if named == 0 {
        named = match all.kind(parent) {
            ast::DECLARATOR | ast::ASSIGNMENT | ast::PROPERTY | ast::ASSIGNMENT_PATTERN => all.f(parent, 0),
            ast::METHOD | ast::PROPERTY_DEFINITION | ast::ACCESSOR_PROPERTY => all.f(parent, 1),
            _ => 0,
        };
    }
    match all.kind(named) {
        ast::IDENTIFIER | ast::STRING => all.atom(named),
        ast::PRIVATE_IDENTIFIER | ast::MEMBER | ast::NUMBER => {
            let text = all.text(named);
            if text.len() <= 80 { text } else { b"" }
        }
        _ => b"",
    }
}
