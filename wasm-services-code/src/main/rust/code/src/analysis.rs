//! An analysis of a file: what the parts that measure and that look for something suspicious share.

use crate::ast::{self, Tree, OPERATORS};
use crate::bindings::{self, Bindings};
use crate::parser::Parser;
use crate::rules::{Finding, Fix};
use crate::walk;

pub struct Analysis<'t> {
    pub parser: &'t Parser<'t>,
    pub tree: &'t Tree,
    pub source: &'t [u8],
    pub bindings: Bindings<'t>,
    pub parents: Vec<u32>,
    pub findings: Vec<Finding>,
    /// Whether statements can end so that the next runs, as far as it has been asked: 1 yes, 2 no.
    pub endings: Vec<u8>,
}

/// What is known of a file before anything is looked for.
#[inline(never)]
pub fn prepare<'t>(parser: &'t Parser<'t>) -> Analysis<'t> {
    let tree = &parser.tree;
    Analysis {
        parser,
        tree,
        source: parser.lex.source,
        bindings: bindings::find(parser),
        parents: walk::parents(tree),
        findings: Vec::new(),
        endings: vec![0; tree.nodes.len()],
    }
}

/// Looks at all of a file; findings come by place.
#[inline(never)]
pub fn analyse<'t>(parser: &'t Parser<'t>) -> Analysis<'t> {
    let tree = &parser.tree;
    let mut all = prepare(parser);
    all.names();
    let mut left = vec![tree.root];
    while let Some(node) = left.pop() {
        all.look(node);
        walk::each(tree, node, |child| left.push(child));
    }
    all.findings.sort_by_key(|finding| (finding.start, finding.rule));
    all
}

impl<'t> Analysis<'t> {
    #[inline(always)]
    pub fn kind(&self, node: u32) -> u8 {
        self.tree.kind(node)
    }

    #[inline(always)]
    pub fn f(&self, node: u32, field: usize) -> u32 {
        self.tree.field(node, field)
    }

    pub fn parent(&self, node: u32) -> u32 {
        self.parents[node as usize]
    }

    /// The source of a node.
    pub fn text(&self, node: u32) -> &'t [u8] {
        &self.source[self.tree.start(node) as usize..self.tree.end(node) as usize]
    }

    /// The text of a name or a string.
    pub fn atom(&self, node: u32) -> &[u8] {
        self.parser.lex.atoms.text(self.source, self.f(node, 0))
    }

    /// The operator of a node, as it is written.
    pub fn operator(&self, node: u32) -> &'static str {
        OPERATORS[(self.tree.flags(node) & 0x3f) as usize].trim_matches('"')
    }

    pub fn is_name(&self, node: u32, name: &[u8]) -> bool {
        node != 0 && self.kind(node) == ast::IDENTIFIER && self.atom(node) == name
    }

    pub fn find(&mut self, rule: u8, node: u32, detail: &[u8]) {
        self.find_at(rule, self.tree.start(node), self.tree.end(node), detail, Vec::new());
    }

    pub fn find_with(&mut self, rule: u8, node: u32, detail: &[u8], fixes: Vec<Fix>) {
        self.find_at(rule, self.tree.start(node), self.tree.end(node), detail, fixes);
    }

    #[inline(never)]
    pub fn find_at(&mut self, rule: u8, start: u32, end: u32, detail: &[u8], fixes: Vec<Fix>) {
        self.findings.push(Finding { rule, start, end, detail: detail.to_vec(), fixes });
    }

    /// Whether a comment stands between two places.
    pub fn comment_between(&self, start: u32, end: u32) -> bool {
        let comments = &self.parser.lex.comments;
        let at = comments.partition_point(|comment| comment.start < start);
        at < comments.len() && comments[at].end <= end
    }

    pub fn is_function(&self, node: u32) -> bool {
        matches!(self.kind(node), ast::FUNCTION | ast::FUNCTION_EXPRESSION | ast::ARROW)
    }

    pub fn is_statement(&self, node: u32) -> bool {
        matches!(self.kind(node), ast::EXPRESSION_STATEMENT..=ast::VARIABLE | ast::FUNCTION | ast::CLASS) && self.kind(node) != ast::CATCH && self.kind(node) != ast::CASE
    }
}
