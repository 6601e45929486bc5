//! From the tree of a pattern to its program.

use super::parse::Tree;
use super::Op;
use crate::schema::stop::{stop, Code, Stop};

/// How many instructions a program may have.
const LONGEST: usize = 10_000;

struct Emitter {
    ops: Vec<Op>,
}

type Done = Result<(), Stop>;

pub fn emit(tree: &Tree) -> Result<Vec<Op>, Stop> {
    let mut emitter = Emitter { ops: Vec::new() };
    emitter.tree(tree, false)?;
    emitter.push(Op::Match)?;
    Ok(emitter.ops)
}

impl Emitter {
    fn at(&self) -> u32 {
        self.ops.len() as u32
    }

    fn push(&mut self, op: Op) -> Result<usize, Stop> {
        if self.ops.len() == LONGEST {
            return Err(stop(
                Code::Pattern,
                &["the pattern is too large: its counts are multiplied out"],
            ));
        }
        self.ops.push(op);
        Ok(self.ops.len() - 1)
    }

    #[inline(never)]
    fn tree(&mut self, tree: &Tree, back: bool) -> Done {
        match tree {
            Tree::Empty => {}
            Tree::One(set) => {
                self.push(Op::One { set: *set, back })?;
            }
            Tree::Start => {
                self.push(Op::Start)?;
            }
            Tree::End => {
                self.push(Op::End)?;
            }
            Tree::Word { negate } => {
                self.push(Op::Word { negate: *negate })?;
            }
            Tree::Row(row) => self.row(row, back)?,
            Tree::Choice(rows) => self.choice(rows, back)?,
            Tree::Repeat { tree, least, most } => self.repeat(tree, *least, *most, back)?,
            Tree::Look { tree, behind, negate } => self.look(tree, *behind, *negate)?,
        }
        Ok(())
    }

    fn row(&mut self, row: &[Tree], back: bool) -> Done {
        for index in 0..row.len() {
            self.tree(&row[if back { row.len() - 1 - index } else { index }], back)?;
        }
        Ok(())
    }

    #[inline(never)]
    fn choice(&mut self, rows: &[Tree], back: bool) -> Done {
        let mut jumps = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if index + 1 == rows.len() {
                self.tree(row, back)?;
                break;
            }
            let split = self.push(Op::Match)?;
            self.tree(row, back)?;
            jumps.push(self.push(Op::Match)?);
            self.ops[split] = Op::Split(split as u32 + 1, self.at());
        }
        for jump in jumps {
            self.ops[jump] = Op::Jump(self.at());
        }
        Ok(())
    }

    #[inline(never)]
    fn repeat(&mut self, tree: &Tree, least: u32, most: Option<u32>, back: bool) -> Done {
        if let Tree::Empty = tree {
            return Ok(());
        }
        for _ in 0..least {
            let before = self.at();
            self.tree(tree, back)?;
            if self.at() == before {
                return Ok(());
            }
        }
        match most {
            None => self.star(tree, back),
            Some(most) => self.options(tree, most - least, back),
        }
    }

    fn star(&mut self, tree: &Tree, back: bool) -> Done {
        let split = self.push(Op::Match)?;
        self.tree(tree, back)?;
        self.push(Op::Jump(split as u32))?;
        self.ops[split] = Op::Split(split as u32 + 1, self.at());
        Ok(())
    }

    fn options(&mut self, tree: &Tree, count: u32, back: bool) -> Done {
        let mut splits = Vec::new();
        for _ in 0..count {
            splits.push(self.push(Op::Match)?);
            self.tree(tree, back)?;
        }
        for split in splits {
            self.ops[split] = Op::Split(split as u32 + 1, self.at());
        }
        Ok(())
    }

    fn look(&mut self, tree: &Tree, behind: bool, negate: bool) -> Done {
        let look = self.push(Op::Match)?;
        self.tree(tree, behind)?;
        self.push(Op::Match)?;
        self.ops[look] = Op::Look { next: self.at(), negate };
        Ok(())
    }
}
