//! `allOf`, `anyOf`, `oneOf`, `not` and `if`.

use super::evaluate::{Evaluation, Segment, Use, Verdict};
use super::keywords as k;
use super::marks::Marks;
use super::tree::Node;

impl Evaluation<'_> {
    #[inline(never)]
    pub fn logic(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        match at.keyword {
            k::ALL_OF => self.all_of(at, value, marks),
            k::ANY_OF => self.any_of(at, value, marks),
            k::ONE_OF => self.one_of(at, value, marks),
            k::NOT => self.not(at, value, marks),
            _ => self.condition(at, value, marks),
        }
    }

    fn branches(&self, at: Use) -> std::ops::Range<u32> {
        self.schemas.tree.children(self.schemas.tree.node(at.member))
    }

    #[inline(never)]
    fn branch(&mut self, index: usize, schema: u32, value: Node, marks: &mut Marks) -> Verdict {
        self.path.push(Segment::Index(index as u32));
        let valid = self.apply(schema, value, marks)?;
        self.path.pop();
        Ok(valid)
    }

    #[inline(never)]
    fn all_of(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let mut valid = true;
        for (index, schema) in self.branches(at).enumerate() {
            valid &= self.branch(index, schema, value, marks)?;
            if !valid && self.quiet > 0 {
                return Ok(false);
            }
        }
        Ok(valid)
    }

    #[inline(never)]
    fn any_of(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let before = self.report.checkpoint();
        let mut valid = false;
        for (index, schema) in self.branches(at).enumerate() {
            valid |= self.branch(index, schema, value, marks)?;
            if valid && !marks.wanted() {
                break;
            }
        }
        if valid {
            self.report.back_to(before);
        }
        Ok(valid)
    }

    #[inline(never)]
    fn one_of(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let before = self.report.checkpoint();
        let count = self.branches(at).len();
        let mut valid = 0;
        for (index, schema) in self.branches(at).enumerate() {
            valid += self.branch(index, schema, value, marks)? as usize;
            if valid > 1 && !marks.wanted() {
                break;
            }
        }
        if valid > 0 {
            self.report.back_to(before);
        }
        Ok(match valid {
            1 => true,
            0 => self.refuse(at.keyword, |out| {
                out.extend_from_slice(b"none of the ");
                abi::decimal(out, count);
                out.extend_from_slice(b" schemas is satisfied, expected exactly one");
            }),
            _ => self.refuse(at.keyword, |out| {
                out.extend_from_slice(b"more than one of the ");
                abi::decimal(out, count);
                out.extend_from_slice(b" schemas is satisfied, expected exactly one");
            }),
        })
    }

    #[inline(never)]
    fn not(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        if self.silently(at.member, value, marks)? {
            let text = b"satisfies the schema that it must not satisfy";
            return Ok(self.refuse(at.keyword, |out| out.extend_from_slice(text)));
        }
        Ok(true)
    }

    #[inline(never)]
    fn condition(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let holds = self.silently(at.member, value, marks)?;
        let name: &[u8] = if holds { b"then" } else { b"else" };
        let tree = &self.schemas.tree;
        match tree.find(tree.node(at.schema), name) {
            Some(member) => {
                self.path.pop();
                self.path.push(Segment::Name(tree.members[member as usize].name));
                self.apply(member, value, marks)
            }
            None => Ok(true),
        }
    }
}
