//! Schemas made ready: checked, their resources and anchors found, references resolved.

use super::canon;
use super::check;
use super::dialect;
use super::keywords::{self as k, Shape, KEYWORDS};
use super::pointer;
use super::regex::Program;
use super::stop::{stop, Code, Stop};
use super::tree::{fault, Kind, Node, Span, Tree};
use super::uri;

/// A schema with a URI of its own, or the root of a document.
pub struct Resource {
    pub uri: Vec<u8>,
    pub node: u32,
    /// The groups of keywords that its dialect leaves out, one bit each.
    pub without: u32,
}

pub struct Anchor {
    pub resource: u32,
    pub name: Span,
    pub node: u32,
    pub dynamic: bool,
}

/// What a reference leads to.
#[derive(Clone, Copy)]
pub struct Target {
    pub node: u32,
    /// The name of the anchor, where the dynamic scope decides.
    pub dynamic: Option<Span>,
}

pub(super) struct Document {
    uri: Vec<u8>,
    root: u32,
}

/// How many bytes the schemas may have together.
const LARGEST: usize = 8 << 20;

/// Nothing is noted about a member.
pub(super) const NONE: u32 = u32::MAX;

pub struct Schemas {
    pub tree: Tree,
    pub root: u32,
    pub resources: Vec<Resource>,
    pub anchors: Vec<Anchor>,
    pub targets: Vec<Target>,
    pub programs: Vec<Program>,
    /// The values of each `enum`, sorted.
    pub constants: Vec<Vec<Vec<u8>>>,
    pub(super) documents: Vec<Document>,
    /// For each member that is a schema, its resource.
    pub(super) resource_of: Vec<u32>,
    /// For each member, the number of its target, program or constants.
    pub(super) side: Vec<u32>,
    pub(super) references: Vec<u32>,
    pub(super) work: Vec<(u32, u32)>,
    pub(super) with_meta: bool,
    pub(super) steps: usize,
}

impl Schemas {
    pub fn new() -> Self {
        Schemas {
            tree: Tree::new(),
            root: 0,
            resources: Vec::new(),
            anchors: Vec::new(),
            targets: Vec::new(),
            programs: Vec::new(),
            constants: Vec::new(),
            documents: Vec::new(),
            resource_of: Vec::new(),
            side: Vec::new(),
            references: Vec::new(),
            work: Vec::new(),
            with_meta: false,
            steps: 0,
        }
    }

    /// Adds a document before [`Schemas::prepare`]; the last one is the schema itself.
    pub fn add(&mut self, source: &[u8], uri: &[u8]) -> Result<(), Stop> {
        if self.tree.text.len() + source.len() > LARGEST {
            return Err(stop(Code::Limit, &["the schemas are larger than 8 MB together"]));
        }
        self.root = self.tree.read(source, "schema")?;
        self.documents.push(Document { uri: uri::resolve(b"", uri), root: self.root });
        Ok(())
    }

    #[inline(never)]
    pub fn prepare(&mut self) -> Result<(), Stop> {
        self.note()?;
        for at in (0..self.documents.len()).rev() {
            self.enter(at)?;
        }
        self.walk()?;
        while let Some(member) = self.references.pop() {
            self.resolve(member)?;
            self.walk()?;
        }
        Ok(())
    }

    /// Makes room for notes about all members.
    pub(super) fn note(&mut self) -> Result<(), Stop> {
        let count = self.tree.members.len();
        let more = count - self.side.len();
        if self.side.try_reserve(more).is_err() || self.resource_of.try_reserve(more).is_err() {
            return Err(Stop::memory());
        }
        self.side.resize(count, NONE);
        self.resource_of.resize(count, NONE);
        Ok(())
    }

    pub(super) fn enter(&mut self, document: usize) -> Result<(), Stop> {
        let Document { uri, root } = &self.documents[document];
        let (uri, root) = (uri.clone(), *root);
        self.resources.push(Resource { uri, node: root, without: 0 });
        self.work.push((root, self.resources.len() as u32 - 1));
        self.walk()
    }

    /// The root of one of the other documents, by a URI that is not empty.
    pub fn document(&self, uri: &[u8]) -> Option<u32> {
        let named = |root: u32| {
            let id = self.tree.get(self.tree.node(root), "$id");
            id.map_or(false, |id| {
                id.kind == Kind::Text && uri::resolve(b"", self.tree.bytes(id.span)) == uri
            })
        };
        let found = self.documents.iter().find(|document| {
            document.root != self.root && (document.uri == uri || named(document.root))
        });
        found.filter(|_| !uri.is_empty()).map(|document| document.root)
    }

    pub fn resource(&self, schema: u32) -> u32 {
        self.resource_of[schema as usize]
    }

    pub fn side(&self, member: u32) -> usize {
        self.side[member as usize] as usize
    }

    pub fn target(&self, member: u32) -> Target {
        self.targets[self.side(member)]
    }

    pub fn program(&self, member: u32) -> &Program {
        &self.programs[self.side(member)]
    }

    /// The node of a dynamic anchor.
    pub fn dynamic_anchor(&self, resource: u32, name: &[u8]) -> Option<u32> {
        let found = self.anchors.iter().find(|anchor| {
            anchor.dynamic && anchor.resource == resource && self.tree.bytes(anchor.name) == name
        });
        found.map(|anchor| anchor.node)
    }

    pub fn malformed(&self, member: u32, reason: &str) -> Stop {
        let roots = self.documents.iter().map(|document| document.root);
        fault(&pointer::of(&self.tree, roots, member), reason)
    }

    #[inline(never)]
    pub(super) fn walk(&mut self) -> Result<(), Stop> {
        while let Some((number, resource)) = self.work.pop() {
            let node = self.tree.node(number);
            match node.kind {
                Kind::True | Kind::False => self.resource_of[number as usize] = resource,
                Kind::Object => self.schema(number, node, resource)?,
                _ => return Err(self.malformed(number, "a schema is an object, true or false")),
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn schema(&mut self, number: u32, node: Node, resource: u32) -> Result<(), Stop> {
        if self.resource_of[number as usize] != NONE {
            return Ok(());
        }
        let resource = self.identify(number, node, resource)?;
        self.resource_of[number as usize] = resource;
        for member in self.tree.children(node) {
            let keyword = k::number(self.tree.name(member));
            self.tree.members[member as usize].keyword = keyword;
            if keyword != 0 {
                self.keyword(member, keyword, number, resource)?;
            }
        }
        Ok(())
    }

    /// The resource of a schema, which is a new one where it has an `$id`.
    #[inline(never)]
    fn identify(&mut self, number: u32, node: Node, parent: u32) -> Result<u32, Stop> {
        let mut resource = parent;
        if let Some(member) = self.tree.find(node, b"$id") {
            let id = self.tree.node(member);
            check::id(self, member, id)?;
            let base = &self.resources[parent as usize];
            let uri = uri::resolve(&base.uri, self.tree.bytes(id.span));
            let without = base.without;
            // The root of a document is known by the URI that it was given under and by its own.
            if base.node != number || uri != base.uri {
                self.resources.push(Resource { uri, node: number, without });
                resource = self.resources.len() as u32 - 1;
            }
        }
        if self.resources[resource as usize].node == number {
            self.spend(self.documents.len())?;
            let without = dialect::without(self, node)?;
            if let Some(without) = without {
                self.resources[resource as usize].without = without;
            }
        }
        Ok(resource)
    }

    #[inline(never)]
    fn keyword(
        &mut self,
        member: u32,
        keyword: u8,
        schema: u32,
        resource: u32,
    ) -> Result<(), Stop> {
        let shape = KEYWORDS[keyword as usize - 1].shape;
        let value = self.tree.node(member);
        check::shape(self, member, value, shape)?;
        match shape {
            Shape::Schema => self.work.push((member, resource)),
            Shape::Schemas | Shape::SchemaMap => self.push_all(value, resource),
            Shape::PatternMap => self.patterns(value, resource)?,
            Shape::Dependencies => self.dependencies(value, resource),
            Shape::Pattern => self.compile(member, value.span)?,
            _ => self.note_keyword(member, keyword, schema, resource)?,
        }
        Ok(())
    }

    fn push_all(&mut self, value: Node, resource: u32) {
        for child in self.tree.children(value) {
            self.work.push((child, resource));
        }
    }

    #[inline(never)]
    fn note_keyword(
        &mut self,
        member: u32,
        keyword: u8,
        schema: u32,
        resource: u32,
    ) -> Result<(), Stop> {
        let name = self.tree.node(member).span;
        match keyword {
            k::REF | k::DYNAMIC_REF => {
                // Until it is resolved, the schema that it stands in.
                self.side[member as usize] = schema;
                self.references.push(member);
            }
            k::ANCHOR | k::DYNAMIC_ANCHOR => {
                let dynamic = keyword == k::DYNAMIC_ANCHOR;
                self.anchors.push(Anchor { resource, name, node: schema, dynamic });
            }
            k::ENUM => {
                let values = self.tree.node(member);
                let mut forms: Vec<Vec<u8>> = Vec::new();
                for child in self.tree.children(values) {
                    forms.push(canon::encoded(&self.tree, self.tree.node(child))?);
                }
                forms.sort();
                self.constant(member, forms);
            }
            k::CONST => {
                let form = canon::encoded(&self.tree, self.tree.node(member))?;
                self.constant(member, vec![form]);
            }
            _ => {}
        }
        Ok(())
    }

    fn constant(&mut self, member: u32, forms: Vec<Vec<u8>>) {
        self.side[member as usize] = self.constants.len() as u32;
        self.constants.push(forms);
    }

    fn dependencies(&mut self, value: Node, resource: u32) {
        for child in self.tree.children(value) {
            if self.tree.node(child).kind != Kind::Array {
                self.work.push((child, resource));
            }
        }
    }

    #[inline(never)]
    fn patterns(&mut self, value: Node, resource: u32) -> Result<(), Stop> {
        for child in self.tree.children(value) {
            self.compile(child, self.tree.members[child as usize].name)?;
            self.work.push((child, resource));
        }
        Ok(())
    }

    fn compile(&mut self, member: u32, pattern: Span) -> Result<(), Stop> {
        match Program::compile(self.tree.bytes(pattern)) {
            Ok(program) => {
                self.side[member as usize] = self.programs.len() as u32;
                self.programs.push(program);
                Ok(())
            }
            Err(mut stop) => {
                let place = self.malformed(member, &stop.message);
                stop.message = place.message;
                Err(stop)
            }
        }
    }
}
