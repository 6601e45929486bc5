//! Keywords for arrays.

use super::canon;
use super::decimal::Decimal;
use super::dialect::bit;
use super::evaluate::{Evaluation, Segment, Use, Verdict};
use super::keywords::{self as k, Group};
use super::marks::Marks;
use super::stop::Stop;
use super::tree::{Kind, Node};

impl Evaluation<'_> {
    #[inline(never)]
    pub fn elements(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        match at.keyword {
            k::PREFIX_ITEMS => self.prefix_items(at, value, marks),
            k::ITEMS => self.items(at, value, marks),
            k::CONTAINS => self.contains(at, value, marks),
            k::UNEVALUATED_ITEMS => self.unevaluated_items(at, value, marks),
            k::UNIQUE_ITEMS => self.unique_items(at, value),
            _ => self.count(at, k::MAX_ITEMS, value.span.len as u64, b" elements"),
        }
    }

    fn element(&mut self, schema: u32, value: Node, index: u32) -> Verdict {
        self.inside(Segment::Index(index), schema, self.document.node(value.span.from + index))
    }

    #[inline(never)]
    fn prefix_items(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let schemas = self.schemas.tree.node(at.member).span;
        let mut valid = true;
        for index in 0..schemas.len.min(value.span.len) {
            marks.mark(index);
            self.path.push(Segment::Index(index));
            valid &= self.element(schemas.from + index, value, index)?;
            self.path.pop();
            if !valid && self.quiet > 0 {
                break;
            }
        }
        Ok(valid)
    }

    #[inline(never)]
    fn items(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let tree = &self.schemas.tree;
        let prefix =
            tree.get(tree.node(at.schema), "prefixItems").map_or(0, |prefix| prefix.span.len);
        if prefix >= value.span.len {
            return Ok(true);
        }
        marks.mark_all();
        if tree.node(at.member).kind == Kind::False {
            return Ok(self.too_many(at, value, prefix as usize));
        }
        let mut valid = true;
        for index in prefix..value.span.len {
            valid &= self.element(at.member, value, index)?;
            if !valid && self.quiet > 0 {
                break;
            }
        }
        Ok(valid)
    }

    fn too_many(&mut self, at: Use, value: Node, most: usize) -> bool {
        self.refuse(at.keyword, |out| {
            abi::decimal(out, value.span.len as usize);
            out.extend_from_slice(b" elements, expected at most ");
            abi::decimal(out, most);
        })
    }

    /// The count that a keyword beside `contains` gives.
    fn beside(&self, at: Use, name: &str) -> Option<u64> {
        let resource = self.schemas.resource(at.schema) as usize;
        if self.schemas.resources[resource].without & bit(Group::Validation) != 0 {
            return None;
        }
        let tree = &self.schemas.tree;
        let node = tree.get(tree.node(at.schema), name)?;
        Some(Decimal::read(tree.bytes(node.span)).count())
    }

    #[inline(never)]
    fn contains(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let mut found = 0;
        for index in 0..value.span.len {
            let element = self.document.node(value.span.from + index);
            if self.silently(at.member, element, &mut Marks::new(false))? {
                marks.mark(index);
                found += 1;
            }
        }
        let least = self.beside(at, "minContains").unwrap_or(1);
        let most = self.beside(at, "maxContains").unwrap_or(u64::MAX);
        let (bound, text): (u64, &[u8]) = match found {
            _ if found < least => (least, b" elements satisfy the schema, expected at least "),
            _ if found > most => (most, b" elements satisfy the schema, expected at most "),
            _ => return Ok(true),
        };
        Ok(self.refuse(at.keyword, |out| {
            abi::decimal(out, found as usize);
            out.extend_from_slice(text);
            abi::decimal(out, bound.min(usize::MAX as u64) as usize);
        }))
    }

    #[inline(never)]
    fn unevaluated_items(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let refused = self.schemas.tree.node(at.member).kind == Kind::False;
        let mut valid = true;
        for index in 0..value.span.len {
            self.spend(1)?;
            if marks.has(index) {
                continue;
            }
            if refused {
                return Ok(self.refuse(at.keyword, |out| {
                    out.extend_from_slice(b"the element ");
                    abi::decimal(out, index as usize);
                    out.extend_from_slice(b" is not allowed: nothing speaks of it");
                }));
            }
            valid &= self.element(at.member, value, index)?;
        }
        marks.mark_all();
        Ok(valid)
    }

    #[inline(never)]
    fn unique_items(&mut self, at: Use, value: Node) -> Verdict {
        if self.schemas.tree.node(at.member).kind == Kind::False || value.span.len < 2 {
            return Ok(true);
        }
        let mut forms: Vec<(Vec<u8>, u32)> = Vec::new();
        if forms.try_reserve_exact(value.span.len as usize).is_err() {
            return Err(Stop::memory());
        }
        for index in 0..value.span.len {
            let form = canon::encoded(self.document, self.document.node(value.span.from + index))?;
            self.spend(1 + form.len() as u64 / 8)?;
            forms.push((form, index));
        }
        forms.sort();
        let pair = forms.windows(2).find(|pair| pair[0].0 == pair[1].0);
        Ok(match pair {
            None => true,
            Some(pair) => {
                let (first, second) = (pair[0].1 as usize, pair[1].1 as usize);
                self.refuse(at.keyword, |out| {
                    out.extend_from_slice(b"the elements ");
                    abi::decimal(out, first);
                    out.extend_from_slice(b" and ");
                    abi::decimal(out, second);
                    out.extend_from_slice(b" are equal");
                })
            }
        })
    }
}
