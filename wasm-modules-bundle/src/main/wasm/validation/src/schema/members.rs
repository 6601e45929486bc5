//! Keywords for objects.

use super::decimal::Decimal;
use super::evaluate::{Evaluation, Segment, Use, Verdict};
use super::keywords as k;
use super::marks::Marks;
use super::stop::Stop;
use super::tree::{Kind, Node};

impl Evaluation<'_> {
    #[inline(never)]
    pub fn members(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        match at.keyword {
            k::PROPERTIES => self.properties(at, value, marks),
            k::PATTERN_PROPERTIES => self.pattern_properties(at, value, marks),
            k::ADDITIONAL_PROPERTIES => self.additional_properties(at, value, marks),
            k::UNEVALUATED_PROPERTIES => self.unevaluated_properties(at, value, marks),
            k::PROPERTY_NAMES => self.property_names(at, value),
            k::DEPENDENT_SCHEMAS => self.dependent_schemas(at, value, marks),
            k::DEPENDENT_REQUIRED => self.dependent_required(at, value),
            k::DEPENDENCIES => self.dependencies(at, value, marks),
            k::REQUIRED => self.required(at, value),
            _ => self.member_count(at, value),
        }
    }

    /// Whether to go on, now that something may not hold.
    fn enough(&self, valid: bool) -> bool {
        !valid && self.quiet > 0
    }

    /// Applies a schema to a member of the value.
    #[inline(never)]
    fn member(&mut self, schema: u32, member: u32) -> Verdict {
        let name = self.document.members[member as usize].name;
        self.inside(Segment::Name(name), schema, self.document.node(member))
    }

    #[inline(never)]
    fn properties(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let map = self.schemas.tree.node(at.member);
        let by_value = value.span.len < map.span.len;
        let from =
            if by_value { self.document.children(value) } else { self.schemas.tree.children(map) };
        let mut valid = true;
        for one in from {
            self.spend(1)?;
            let pair = if by_value {
                self.schemas.tree.find(map, self.document.name(one)).map(|schema| (schema, one))
            } else {
                self.document.find(value, self.schemas.tree.name(one)).map(|member| (one, member))
            };
            if let Some((schema, member)) = pair {
                marks.mark(member - value.span.from);
                valid &= self.named(schema, member)?;
                if self.enough(valid) {
                    break;
                }
            }
        }
        Ok(valid)
    }

    /// Applies a schema that stands under a name.
    #[inline(never)]
    fn named(&mut self, schema: u32, member: u32) -> Verdict {
        self.path.push(Segment::Name(self.schemas.tree.members[schema as usize].name));
        let valid = self.member(schema, member)?;
        self.path.pop();
        Ok(valid)
    }

    fn matches(&mut self, pattern: u32, member: u32) -> Verdict {
        let mut steps = 0;
        let found = self.schemas.program(pattern).matches(self.document.name(member), &mut steps);
        self.spend(1 + steps / 4)?;
        found
    }

    #[inline(never)]
    fn pattern_properties(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let mut valid = true;
        for schema in self.schemas.tree.children(self.schemas.tree.node(at.member)) {
            for member in self.document.children(value) {
                if self.matches(schema, member)? {
                    if self.named(schema, member)? {
                        marks.mark(member - value.span.from);
                        continue;
                    }
                    valid = false;
                    if self.quiet > 0 {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(valid)
    }

    /// Whether `properties` or `patternProperties` beside `additionalProperties` speak of a member.
    #[inline(never)]
    fn is_additional(&mut self, schema: Node, member: u32) -> Verdict {
        let tree = &self.schemas.tree;
        if let Some(properties) = tree.get(schema, "properties") {
            if tree.find(properties, self.document.name(member)).is_some() {
                return Ok(false);
            }
        }
        if let Some(patterns) = tree.get(schema, "patternProperties") {
            for pattern in tree.children(patterns) {
                if self.matches(pattern, member)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    #[inline(never)]
    fn additional_properties(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let schema = self.schemas.tree.node(at.schema);
        let mut valid = true;
        for member in self.document.children(value) {
            self.spend(1)?;
            if self.is_additional(schema, member)? {
                valid &= self.remaining(
                    at,
                    member,
                    value,
                    marks,
                    b"is not allowed: only listed members are",
                )?;
                if self.enough(valid) {
                    break;
                }
            }
        }
        Ok(valid)
    }

    #[inline(never)]
    fn unevaluated_properties(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let mut valid = true;
        for member in self.document.children(value) {
            self.spend(1)?;
            if !marks.has(member - value.span.from) {
                valid &= self.remaining(
                    at,
                    member,
                    value,
                    marks,
                    b"is not allowed: nothing speaks of it",
                )?;
                if self.enough(valid) {
                    break;
                }
            }
        }
        Ok(valid)
    }

    /// Applies what is for the rest of the members; `false` is told by the object.
    #[inline(never)]
    fn remaining(
        &mut self,
        at: Use,
        member: u32,
        value: Node,
        marks: &mut Marks,
        reason: &[u8],
    ) -> Verdict {
        if self.schemas.tree.node(at.member).kind == Kind::False {
            let name = self.document.name(member);
            return Ok(self.refuse(at.keyword, |out| {
                quoted(out, b"the member ", name);
                out.push(b' ');
                out.extend_from_slice(reason);
            }));
        }
        marks.mark(member - value.span.from);
        self.member(at.member, member)
    }

    #[inline(never)]
    fn property_names(&mut self, at: Use, value: Node) -> Verdict {
        let mut valid = true;
        for member in self.document.children(value) {
            let name = self.document.members[member as usize].name;
            let node = Node { kind: Kind::Text, span: name };
            if !self.silently(at.member, node, &mut Marks::new(false))? {
                let name = self.document.bytes(name);
                valid = self.refuse(at.keyword, |out| {
                    quoted(out, b"the name ", name);
                    out.extend_from_slice(b" is not allowed for a member");
                });
                if self.enough(valid) {
                    break;
                }
            }
        }
        Ok(valid)
    }

    #[inline(never)]
    fn dependent_schemas(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let mut valid = true;
        for schema in self.schemas.tree.children(self.schemas.tree.node(at.member)) {
            self.spend(1)?;
            if self.document.find(value, self.schemas.tree.name(schema)).is_none() {
                continue;
            }
            valid &= self.dependent(schema, value, marks)?;
            if self.enough(valid) {
                break;
            }
        }
        Ok(valid)
    }

    #[inline(never)]
    fn dependent_required(&mut self, at: Use, value: Node) -> Verdict {
        let mut valid = true;
        for list in self.schemas.tree.children(self.schemas.tree.node(at.member)) {
            self.spend(1)?;
            if self.document.find(value, self.schemas.tree.name(list)).is_some() {
                valid &= self.all_there(at, self.schemas.tree.node(list), value)?;
            }
        }
        Ok(valid)
    }

    /// The keyword that the two before have replaced; the draft lets it stay in use.
    #[inline(never)]
    fn dependencies(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        let mut valid = true;
        for child in self.schemas.tree.children(self.schemas.tree.node(at.member)) {
            self.spend(1)?;
            if self.document.find(value, self.schemas.tree.name(child)).is_none() {
                continue;
            }
            let node = self.schemas.tree.node(child);
            valid &= match node.kind {
                Kind::Array => self.all_there(at, node, value)?,
                _ => self.dependent(child, value, marks)?,
            };
        }
        Ok(valid)
    }

    /// Applies a schema that stands under the name of a member to the whole object.
    fn dependent(&mut self, schema: u32, value: Node, marks: &mut Marks) -> Verdict {
        self.path.push(Segment::Name(self.schemas.tree.members[schema as usize].name));
        let valid = self.apply(schema, value, marks)?;
        self.path.pop();
        Ok(valid)
    }

    fn required(&mut self, at: Use, value: Node) -> Verdict {
        self.all_there(at, self.schemas.tree.node(at.member), value)
    }

    #[inline(never)]
    fn all_there(&mut self, at: Use, names: Node, value: Node) -> Verdict {
        let mut valid = true;
        for name in self.schemas.tree.children(names) {
            self.spend(1)?;
            let name = self.schemas.tree.bytes(self.schemas.tree.node(name).span);
            if self.document.find(value, name).is_none() {
                valid = self.refuse(at.keyword, |out| {
                    quoted(out, b"the member ", name);
                    out.extend_from_slice(b" is missing");
                });
                if self.enough(valid) {
                    break;
                }
            }
        }
        Ok(valid)
    }

    fn member_count(&mut self, at: Use, value: Node) -> Verdict {
        self.count(at, k::MAX_PROPERTIES, value.span.len as u64, b" members")
    }

    /// Compares a count with the bound that a keyword gives.
    #[inline(never)]
    pub fn count(&mut self, at: Use, maximum: u8, count: u64, of: &[u8]) -> Result<bool, Stop> {
        let tree = &self.schemas.tree;
        let lexeme = tree.bytes(tree.node(at.member).span);
        let bound = Decimal::read(lexeme).count();
        let most = at.keyword == maximum;
        if if most { count <= bound } else { count >= bound } {
            return Ok(true);
        }
        Ok(self.refuse(at.keyword, |out| {
            abi::decimal(out, count as usize);
            out.extend_from_slice(of);
            out.extend_from_slice(if most {
                b", expected at most "
            } else {
                b", expected at least "
            });
            out.extend_from_slice(&lexeme[..lexeme.len().min(40)]);
        }))
    }
}

/// Appends a name in quotes, cut where it is long.
#[inline(never)]
pub fn quoted(out: &mut Vec<u8>, before: &[u8], name: &[u8]) {
    out.extend_from_slice(before);
    out.push(b'\'');
    let mut end = name.len().min(100);
    while end < name.len() && name[end] & 0xc0 == 0x80 {
        end -= 1;
    }
    out.extend_from_slice(&name[..end]);
    if end < name.len() {
        out.extend_from_slice("…".as_bytes());
    }
    out.push(b'\'');
}
