//! JSON values in one arena. Members of objects are sorted by their decoded names.

use super::stop::{stop, Code, Stop};
use scanner::fault::{Fault, Kind as FaultKind};
use scanner::scan::{scan, Handler};
use scanner::unescape::{unescape, Style};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    False,
    True,
    Number,
    Text,
    Array,
    Object,
}

/// A range: of the text for names, strings and numbers, of the members for arrays and objects.
#[derive(Clone, Copy)]
pub struct Span {
    pub from: u32,
    pub len: u32,
}

/// How many characters a number may have.
const LONGEST: usize = 100_000;

pub const NO_SPAN: Span = Span { from: 0, len: 0 };

#[derive(Clone, Copy)]
pub struct Node {
    pub kind: Kind,
    pub span: Span,
}

/// A member of an object, or an element of an array, whose name means nothing then.
#[derive(Clone, Copy)]
pub struct Member {
    pub name: Span,
    pub value: Node,
    /// What the name says in a schema, see [`super::keywords`]; zero elsewhere.
    pub keyword: u8,
}

/// Strings are kept decoded; half a surrogate pair stands as the three bytes of its number.
pub struct Tree {
    pub text: Vec<u8>,
    pub members: Vec<Member>,
}

impl Tree {
    pub fn new() -> Self {
        Tree { text: Vec::new(), members: Vec::new() }
    }

    /// Adds a document; answers the number of its root among the members.
    pub fn read(&mut self, source: &[u8], what: &str) -> Result<u32, Stop> {
        if self.text.try_reserve(source.len()).is_err() {
            return Err(Stop::memory());
        }
        let base = self.text.len() as u32;
        self.text.extend_from_slice(source);
        let mut builder = Builder {
            tree: self,
            source,
            base,
            pending: Vec::new(),
            open: Vec::new(),
            name: NO_SPAN,
            full: false,
            long: false,
        };
        if let Err(fault) = scan(source, &mut builder) {
            return Err(not_json(&fault, source, what));
        }
        builder.finish()
    }

    pub fn bytes(&self, span: Span) -> &[u8] {
        &self.text[span.from as usize..(span.from + span.len) as usize]
    }

    pub fn node(&self, number: u32) -> Node {
        self.members[number as usize].value
    }

    pub fn name(&self, number: u32) -> &[u8] {
        self.bytes(self.members[number as usize].name)
    }

    /// The numbers of a container's members.
    pub fn children(&self, node: Node) -> std::ops::Range<u32> {
        match node.kind {
            Kind::Array | Kind::Object => node.span.from..node.span.from + node.span.len,
            _ => 0..0,
        }
    }

    /// The number of the member with this name.
    #[inline(never)]
    pub fn find(&self, node: Node, name: &[u8]) -> Option<u32> {
        if node.kind != Kind::Object {
            return None;
        }
        let (mut low, mut high) = (node.span.from, node.span.from + node.span.len);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.name(middle).cmp(name) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub fn get(&self, node: Node, name: &str) -> Option<Node> {
        self.find(node, name.as_bytes()).map(|number| self.node(number))
    }
}

#[inline(never)]
fn not_json(fault: &Fault, source: &[u8], what: &str) -> Stop {
    let (line, column) = fault.position(source);
    let message = format!(
        "the {} is not JSON: {} at line {}, column {}",
        what,
        fault.message(source),
        line,
        column
    );
    let code = match fault.kind {
        FaultKind::Depth => Code::Depth,
        _ => Code::Json,
    };
    Stop { code, message, offset: Some(fault.offset) }
}

struct Open {
    pending: u32,
    name: Span,
    object: bool,
}

struct Builder<'a> {
    tree: &'a mut Tree,
    source: &'a [u8],
    base: u32,
    pending: Vec<Member>,
    open: Vec<Open>,
    name: Span,
    full: bool,
    /// Whether there is a number of more digits than we handle.
    long: bool,
}

impl Builder<'_> {
    #[inline(never)]
    fn push(&mut self, name: Span, value: Node) {
        if self.pending.len() == self.pending.capacity() {
            let more = 16.max(self.pending.len());
            self.full |= self.pending.try_reserve(more).is_err();
        }
        if !self.full {
            self.pending.push(Member { name, value, keyword: 0 });
        }
    }

    /// The content of a string; decoded ones are appended to the text.
    #[inline(never)]
    fn content(&mut self, from: usize, to: usize, escaped: bool) -> Span {
        if !escaped {
            return Span { from: self.base + from as u32 + 1, len: (to - from - 2) as u32 };
        }
        let text = &mut self.tree.text;
        let start = text.len();
        if self.full || text.try_reserve(to - from).is_err() {
            self.full = true;
            return NO_SPAN;
        }
        unescape(self.source, from + 1, to - 1, Style::Raw, text);
        Span { from: start as u32, len: (text.len() - start) as u32 }
    }

    #[inline(never)]
    fn end(&mut self, open: Open) {
        let start = open.pending as usize;
        if self.full {
            return;
        }
        if open.object {
            sort(self.tree, &mut self.pending, start);
        }
        let count = self.pending.len() - start;
        let from = self.tree.members.len();
        if self.tree.members.try_reserve(count).is_err() {
            self.full = true;
            return;
        }
        self.tree.members.extend_from_slice(&self.pending[start..]);
        self.pending.truncate(start);
        let kind = if open.object { Kind::Object } else { Kind::Array };
        let span = Span { from: from as u32, len: count as u32 };
        self.push(open.name, Node { kind, span });
    }

    fn finish(self) -> Result<u32, Stop> {
        if self.long {
            let message = "a number has more than 100,000 characters";
            return Err(stop(Code::Limit, &[message]));
        }
        let root = match (self.full, self.pending.first()) {
            (false, Some(root)) => *root,
            _ => return Err(Stop::memory()),
        };
        if self.tree.members.try_reserve(1).is_err() {
            return Err(Stop::memory());
        }
        self.tree.members.push(root);
        Ok(self.tree.members.len() as u32 - 1)
    }
}

/// Sorts the members of an object by name; of those with the same name the last one stays.
#[inline(never)]
fn sort(tree: &Tree, pending: &mut Vec<Member>, start: usize) {
    let members = &mut pending[start..];
    if members.windows(2).all(|pair| tree.bytes(pair[0].name) < tree.bytes(pair[1].name)) {
        return;
    }
    members.sort_by(|one, other| tree.bytes(one.name).cmp(tree.bytes(other.name)));
    let mut kept = start;
    for next in start + 1..pending.len() {
        if tree.bytes(pending[kept].name) != tree.bytes(pending[next].name) {
            kept += 1;
        }
        pending[kept] = pending[next];
    }
    pending.truncate(kept + 1);
}

impl Handler for Builder<'_> {
    fn open(&mut self, _at: usize, object: bool) {
        let pending = self.pending.len() as u32;
        self.open.push(Open { pending, name: self.name, object });
    }

    fn close(&mut self, _at: usize) {
        if let Some(open) = self.open.pop() {
            self.end(open);
        }
    }

    fn empty(&mut self, open: usize, _close: usize) {
        let kind = if self.source[open] == b'{' { Kind::Object } else { Kind::Array };
        self.push(self.name, Node { kind, span: NO_SPAN });
    }

    fn key(&mut self, from: usize, to: usize, escaped: bool) {
        self.name = self.content(from, to, escaped);
    }

    fn text(&mut self, from: usize, to: usize, escaped: bool) {
        let span = self.content(from, to, escaped);
        self.push(self.name, Node { kind: Kind::Text, span });
    }

    fn plain(&mut self, from: usize, to: usize) {
        let kind = match self.source[from] {
            b'n' => Kind::Null,
            b't' => Kind::True,
            b'f' => Kind::False,
            _ => Kind::Number,
        };
        self.long |= to - from > LONGEST;
        let span = Span { from: self.base + from as u32, len: (to - from) as u32 };
        self.push(self.name, Node { kind, span });
    }
}

/// A fault of a schema, told by where it is.
pub fn fault(place: &str, reason: &str) -> Stop {
    stop(Code::Schema, &["the schema is malformed at '", place, "': ", reason])
}
