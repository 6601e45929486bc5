//! Applies schemas to values.
//!
//! This recurses, once for each schema applied inside another, up to a limit. Keywords are taken in
//! the order of their names, in which those for what is unevaluated come behind all that evaluate.

use super::dialect::bit;
use super::keywords::{self as k, KEYWORDS};
use super::marks::Marks;
use super::pointer;
use super::report::{Report, Violation};
use super::schemas::Schemas;
use super::stop::{stop, Code, Stop};
use super::tree::{Kind, Node, Span, Tree};

/// How many schemas may be applied inside one another.
const DEEPEST: u32 = 200;

/// How much work one validation may take: a schema applied, a member looked up, a few bytes compared.
const STEPS: u64 = 20_000_000;

/// How many bytes the locations of all violations may have, which names make long.
const LARGEST: usize = 8 << 20;

#[derive(Clone, Copy)]
pub enum Segment {
    Name(Span),
    Index(u32),
}

pub type Verdict = Result<bool, Stop>;

/// A keyword of a schema, on its way to be applied.
#[derive(Clone, Copy)]
pub struct Use {
    pub keyword: u8,
    /// The member that holds it.
    pub member: u32,
    /// The schema that it stands in.
    pub schema: u32,
}

pub struct Evaluation<'a> {
    pub schemas: &'a Schemas,
    pub document: &'a Tree,
    /// Where we are in the document, named by its text.
    pub place: Vec<Segment>,
    /// How we came here in the schema, named by the text of the schemas.
    pub path: Vec<Segment>,
    pub report: Report,
    /// Above zero, violations are not told.
    pub quiet: u32,
    scope: Vec<u32>,
    depth: u32,
    steps: u64,
    /// How many bytes of locations have been told.
    told: usize,
}

/// Validates a document; answers the report as JSON.
#[inline(never)]
pub fn validate(schemas: &Schemas, source: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut document = Tree::new();
    let root = document.read(source, "document")?;
    let mut evaluation = Evaluation {
        schemas,
        document: &document,
        place: Vec::new(),
        path: Vec::new(),
        report: Report::default(),
        quiet: 0,
        scope: Vec::new(),
        depth: 0,
        steps: 0,
        told: 0,
    };
    let valid = evaluation.apply(schemas.root, document.node(root), &mut Marks::new(false))?;
    Ok(evaluation.report.json(valid))
}

impl Evaluation<'_> {
    /// Whether a value satisfies a schema; if so, what it evaluated is added to the marks.
    #[inline(never)]
    pub fn apply(&mut self, schema: u32, value: Node, marks: &mut Marks) -> Verdict {
        self.spend(1)?;
        let node = self.schemas.tree.node(schema);
        match node.kind {
            Kind::True => Ok(true),
            Kind::False => {
                Ok(self.refuse(0, |out| out.extend_from_slice(b"nothing is allowed here")))
            }
            _ => self.descend(schema, node, value, marks),
        }
    }

    #[inline(never)]
    fn descend(&mut self, schema: u32, node: Node, value: Node, marks: &mut Marks) -> Verdict {
        if self.depth == DEEPEST {
            let message = "more than 200 schemas are applied inside one another; does a '$ref' lead back to itself?";
            return Err(stop(Code::Depth, &[message]));
        }
        let resource = self.schemas.resource(schema);
        let entered = self.scope.last() != Some(&resource);
        if entered {
            self.scope.push(resource);
        }
        self.depth += 1;
        let valid = self.object(schema, node, value, marks)?;
        self.depth -= 1;
        if entered {
            self.scope.pop();
        }
        Ok(valid)
    }

    #[inline(never)]
    fn object(&mut self, schema: u32, node: Node, value: Node, marks: &mut Marks) -> Verdict {
        let asks = self.schemas.tree.find(node, b"unevaluatedItems").is_some()
            || self.schemas.tree.find(node, b"unevaluatedProperties").is_some();
        let without = self.schemas.resources[self.schemas.resource(schema) as usize].without;
        let mut own = Marks::new(asks || marks.wanted());
        let mut valid = true;
        for member in self.schemas.tree.children(node) {
            let keyword = self.schemas.tree.members[member as usize].keyword;
            if keyword == 0 || without & bit(KEYWORDS[keyword as usize - 1].group) != 0 {
                continue;
            }
            self.path.push(Segment::Name(self.schemas.tree.members[member as usize].name));
            let holds = self.keyword(Use { keyword, member, schema }, value, &mut own)?;
            self.path.pop();
            valid &= holds;
            if !valid && self.quiet > 0 {
                return Ok(false);
            }
        }
        if valid {
            marks.merge(&own);
        }
        Ok(valid)
    }

    #[inline(never)]
    fn keyword(&mut self, at: Use, value: Node, marks: &mut Marks) -> Verdict {
        match at.keyword {
            k::REF => self.apply(self.schemas.target(at.member).node, value, marks),
            k::DYNAMIC_REF => self.dynamic(at.member, value, marks),
            k::ALL_OF | k::ANY_OF | k::ONE_OF | k::NOT | k::IF => self.logic(at, value, marks),
            _ => match value.kind {
                Kind::Object if self.about_objects(at.keyword) => self.members(at, value, marks),
                Kind::Array if self.about_arrays(at.keyword) => self.elements(at, value, marks),
                _ => self.scalar(at, value),
            },
        }
    }

    fn about_objects(&self, keyword: u8) -> bool {
        matches!(
            keyword,
            k::PROPERTIES
                | k::PATTERN_PROPERTIES
                | k::ADDITIONAL_PROPERTIES
                | k::UNEVALUATED_PROPERTIES
                | k::PROPERTY_NAMES
                | k::DEPENDENT_SCHEMAS
                | k::DEPENDENT_REQUIRED
                | k::DEPENDENCIES
                | k::REQUIRED
                | k::MAX_PROPERTIES
                | k::MIN_PROPERTIES
        )
    }

    fn about_arrays(&self, keyword: u8) -> bool {
        matches!(
            keyword,
            k::ITEMS
                | k::PREFIX_ITEMS
                | k::CONTAINS
                | k::UNEVALUATED_ITEMS
                | k::UNIQUE_ITEMS
                | k::MAX_ITEMS
                | k::MIN_ITEMS
        )
    }

    /// Follows a `$dynamicRef`: of the dynamic anchors of that name the outermost one counts.
    #[inline(never)]
    fn dynamic(&mut self, member: u32, value: Node, marks: &mut Marks) -> Verdict {
        let target = self.schemas.target(member);
        let mut node = target.node;
        if let Some(name) = target.dynamic {
            let name = self.schemas.tree.bytes(name);
            self.spend((self.scope.len() * self.schemas.anchors.len()) as u64)?;
            for &resource in &self.scope {
                if let Some(outer) = self.schemas.dynamic_anchor(resource, name) {
                    node = outer;
                    break;
                }
            }
        }
        self.apply(node, value, marks)
    }

    /// Counts work, and stops where it is too much.
    pub fn spend(&mut self, steps: u64) -> Result<(), Stop> {
        self.steps += steps;
        if self.steps > STEPS {
            return Err(stop(Code::Limit, &["the validation takes too many steps"]));
        }
        Ok(())
    }

    /// Applies a schema to a part of the value.
    #[inline(never)]
    pub fn inside(&mut self, segment: Segment, schema: u32, value: Node) -> Verdict {
        self.place.push(segment);
        let valid = self.apply(schema, value, &mut Marks::new(false))?;
        self.place.pop();
        Ok(valid)
    }

    /// Applies a schema without telling violations.
    #[inline(never)]
    pub fn silently(&mut self, schema: u32, value: Node, marks: &mut Marks) -> Verdict {
        self.quiet += 1;
        let (place, path) = (self.place.len(), self.path.len());
        let valid = self.apply(schema, value, marks)?;
        self.place.truncate(place);
        self.path.truncate(path);
        self.quiet -= 1;
        Ok(valid)
    }

    /// Tells a violation, unless nobody listens; always false.
    #[inline(never)]
    pub fn refuse(&mut self, keyword: u8, message: impl FnOnce(&mut Vec<u8>)) -> bool {
        if self.quiet > 0 {
            return false;
        }
        self.told += length(&self.place) + length(&self.path);
        if self.report.full() || self.told > LARGEST {
            self.report.truncated = true;
            return false;
        }
        let instance = pointer(&self.place, self.document);
        let path = pointer(&self.path, &self.schemas.tree);
        let mut text = Vec::new();
        message(&mut text);
        self.report.violations.push(Violation { instance, path, keyword, message: text });
        false
    }
}

fn length(segments: &[Segment]) -> usize {
    let length = |segment: &Segment| match segment {
        Segment::Name(name) => name.len as usize + 1,
        Segment::Index(_) => 11,
    };
    segments.iter().map(length).sum()
}

#[inline(never)]
fn pointer(segments: &[Segment], tree: &Tree) -> Vec<u8> {
    let mut out = Vec::new();
    for segment in segments {
        match segment {
            Segment::Name(name) => pointer::push_name(&mut out, tree.bytes(*name)),
            Segment::Index(index) => pointer::push_index(&mut out, *index),
        }
    }
    out
}
