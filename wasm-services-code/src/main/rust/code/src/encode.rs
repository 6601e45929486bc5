//! The tree as the host walks it: words, little-endian.
//!
//! | word | what it is |
//! |---|---|
//! | 0 | `MAGIC` |
//! | 1 | the version of the format, 1 |
//! | 2 | the root |
//! | 3 | the length of the source in UTF-16 units |
//! | 4 and on | seven pairs: where a section begins, in words, and how many words (of the last one bytes) it has |
//!
//! Sections: nodes and lists as `ast` describes them, with places in UTF-16 units; atoms, two words each: where a text begins and how
//! long it is, in UTF-16 units of the source or, with the highest bit of the first word set, in bytes of the last section; comments,
//! three words each: kind, start, end; problems, eight each: start, end, line, column, and code and message as pairs of a place in
//! the last section and a length; lines: where each begins; and bytes of texts that are not in the source.

use crate::ast::{Tree, SIZES};
use crate::errors::PROBLEMS;
use crate::lexer::Lexer;
use crate::output;
use crate::parser::Parser;
use crate::places::Places;

const MAGIC: u32 = 0x4544_4f43;
const VERSION: u32 = 1;
const SECTIONS: usize = 7;
const HEADER: usize = 4 + 2 * SECTIONS;

/// The words of a tree, whose places become those of UTF-16.
#[inline(never)]
pub fn encode(parser: &mut Parser, places: &Places) -> Vec<u8> {
    if !places.is_ascii() {
        convert_nodes(&mut parser.tree, places);
    }
    let atoms = atoms(&parser.lex, places);
    let comments = comments(&parser.lex, places);
    let mut extra = std::mem::take(&mut parser.lex.atoms.extra);
    // Problems name atoms: their texts are needed once more.
    let problems = problems(&mut parser.lex, places, &mut extra);
    let tree = &parser.tree;
    let sections: [&[u32]; SECTIONS - 1] = [&tree.nodes, &tree.lists, &atoms, &comments, &problems, &places.lines];
    let words: usize = sections.iter().map(|section| section.len()).sum();
    let mut out = Vec::with_capacity((HEADER + words) * 4 + extra.len());
    for word in [MAGIC, VERSION, tree.root, places.length] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    let mut at = HEADER;
    for section in sections {
        out.extend_from_slice(&(at as u32).to_le_bytes());
        out.extend_from_slice(&(section.len() as u32).to_le_bytes());
        at += section.len();
    }
    out.extend_from_slice(&(at as u32).to_le_bytes());
    out.extend_from_slice(&(extra.len() as u32).to_le_bytes());
    for section in sections {
        append(&mut out, section);
    }
    out.extend_from_slice(&extra);
    out
}

/// Words as they lie in memory, which is little-endian.
fn append(out: &mut Vec<u8>, words: &[u32]) {
    let bytes = unsafe { std::slice::from_raw_parts(words.as_ptr() as *const u8, words.len() * 4) };
    out.extend_from_slice(bytes);
}

#[inline(never)]
fn convert_nodes(tree: &mut Tree, places: &Places) {
    let mut at = 1;
    while at < tree.nodes.len() {
        let size = SIZES[tree.nodes[at] as u8 as usize] as usize;
        tree.nodes[at + 1] = places.convert(tree.nodes[at + 1]);
        tree.nodes[at + 2] = places.convert(tree.nodes[at + 2]);
        at += size;
    }
}

#[inline(never)]
fn atoms(lex: &Lexer, places: &Places) -> Vec<u32> {
    let mut words = Vec::with_capacity(lex.atoms.list.len() * 2);
    let behind = lex.source.len() as u32;
    for atom in &lex.atoms.list {
        if atom.start >= behind {
            words.push(1 << 31 | (atom.start - behind));
            words.push(atom.length);
        } else {
            let start = places.convert(atom.start);
            words.push(start);
            words.push(places.convert(atom.start + atom.length) - start);
        }
    }
    words
}

fn comments(lex: &Lexer, places: &Places) -> Vec<u32> {
    let mut words = Vec::with_capacity(lex.comments.len() * 3);
    for comment in &lex.comments {
        words.extend_from_slice(&[comment.kind, places.convert(comment.start), places.convert(comment.end)]);
    }
    words
}

#[inline(never)]
fn problems(lex: &mut Lexer, places: &Places, extra: &mut Vec<u8>) -> Vec<u32> {
    let mut words = Vec::with_capacity(lex.problems.len() * 8);
    let mut text = Vec::new();
    for index in 0..lex.problems.len() {
        let problem = lex.problems[index];
        let code = PROBLEMS[problem.code as usize].0.as_bytes();
        text.clear();
        std::mem::swap(&mut lex.atoms.extra, extra);
        output::message(lex, &problem, &mut text);
        std::mem::swap(&mut lex.atoms.extra, extra);
        let start = places.convert(problem.start);
        let (line, column) = places.line(start);
        words.extend_from_slice(&[start, places.convert(problem.end), line, column]);
        for piece in [code, &text] {
            words.extend_from_slice(&[extra.len() as u32, piece.len() as u32]);
            extra.extend_from_slice(piece);
        }
    }
    words
}
