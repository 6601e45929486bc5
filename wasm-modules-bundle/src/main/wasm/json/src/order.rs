//! Finds the objects whose members must be written in another order than they stand in.

use scanner::scan::Handler;
use scanner::unescape::{unescape, Style};
use std::cmp::Ordering;

#[derive(Clone, Copy, PartialEq)]
pub enum Rule {
    /// Members in the order of their decoded keys; those with the same key as they stand.
    Sort,
    /// Of members with the same decoded key the last, in the place of the first.
    LastWins,
}

/// A member to be written: where its key begins, and how many objects begin before it.
#[derive(Clone, Copy)]
pub struct Slot {
    pub at: u32,
    pub objects: u32,
}

/// An object that is not empty, numbered in the order in which they begin. With no slots it is
/// written as it stands; else `end` is behind its brace, `next` the number of the object there.
#[derive(Clone, Copy)]
pub struct Object {
    pub first: u32,
    pub count: u32,
    pub end: u32,
    pub next: u32,
}

/// The objects of a document and the slots of those to be written in another order.
pub struct Index {
    pub objects: Vec<Object>,
    pub slots: Vec<Slot>,
}

/// A member of an object that is still open.
#[derive(Clone, Copy)]
struct Member {
    /// Where the decoded key begins: in the source, or with the highest bit set in `decoded`.
    key: u32,
    len: u32,
    at: u32,
    objects: u32,
}

impl Member {
    fn slot(&self) -> Slot {
        Slot { at: self.at, objects: self.objects }
    }
}

struct Level {
    object: u32,
    members: u32,
}

const DECODED: u32 = 1 << 31;

const STRUCK_OUT: u32 = u32::MAX;

/// Below this many members, comparing all with all is faster than sorting.
const FEW: usize = 8;

pub struct Indexer<'a> {
    source: &'a [u8],
    rule: Rule,
    index: Index,
    levels: Vec<Level>,
    members: Vec<Member>,
    decoded: Vec<u8>,
}

impl<'a> Indexer<'a> {
    pub fn new(source: &'a [u8], rule: Rule) -> Self {
        Indexer {
            source,
            rule,
            index: Index { objects: Vec::new(), slots: Vec::new() },
            levels: Vec::new(),
            members: Vec::new(),
            decoded: Vec::new(),
        }
    }

    /// Whether any object is to be written in another order.
    pub fn reordered(&self) -> bool {
        !self.index.slots.is_empty()
    }

    pub fn finish(self) -> Index {
        self.index
    }

    #[inline(never)]
    fn member(&mut self, from: usize, to: usize, escaped: bool) {
        let (key, len) = if escaped {
            let key = self.decoded.len();
            unescape(self.source, from + 1, to - 1, Style::Raw, &mut self.decoded);
            (key as u32 | DECODED, self.decoded.len() - key)
        } else {
            (from as u32 + 1, to - from - 2)
        };
        let objects = self.index.objects.len() as u32;
        self.members.push(Member { key, len: len as u32, at: from as u32, objects });
    }

    #[inline(never)]
    fn close_object(&mut self, object: usize, members: usize, end: usize) {
        let keys = Keys { source: self.source, decoded: &self.decoded };
        let open = &mut self.members[members..];
        let first = self.index.slots.len();
        if !keys.in_order(open, self.rule) {
            match self.rule {
                Rule::Sort => sort(&keys, open, &mut self.index.slots),
                Rule::LastWins => last_wins(&keys, open, &mut self.index.slots),
            }
        }
        self.index.objects[object] = Object {
            first: first as u32,
            count: (self.index.slots.len() - first) as u32,
            end: end as u32,
            next: self.index.objects.len() as u32,
        };
        if members == 0 {
            self.decoded.clear();
        }
        self.members.truncate(members);
    }
}

impl Handler for Indexer<'_> {
    fn open(&mut self, _at: usize, object: bool) {
        let number = if object { self.index.objects.len() as u32 } else { u32::MAX };
        self.levels.push(Level { object: number, members: self.members.len() as u32 });
        if object {
            self.index.objects.push(Object { first: 0, count: 0, end: 0, next: 0 });
        }
    }

    fn close(&mut self, at: usize) {
        if let Some(level) = self.levels.pop() {
            if level.object != u32::MAX {
                self.close_object(level.object as usize, level.members as usize, at + 1);
            }
        }
    }

    fn key(&mut self, from: usize, to: usize, escaped: bool) {
        self.member(from, to, escaped);
    }
}

struct Keys<'a> {
    source: &'a [u8],
    decoded: &'a [u8],
}

impl Keys<'_> {
    fn of(&self, member: &Member) -> &[u8] {
        let from = (member.key & !DECODED) as usize;
        let text = if member.key & DECODED == 0 { self.source } else { self.decoded };
        &text[from..from + member.len as usize]
    }

    fn compare(&self, one: &Member, other: &Member) -> Ordering {
        self.of(one).cmp(self.of(other))
    }

    /// Whether the members may stay as they are.
    fn in_order(&self, members: &[Member], rule: Rule) -> bool {
        if rule == Rule::LastWins && members.len() <= FEW {
            return !self.any_equal(members);
        }
        members.windows(2).all(|pair| match self.compare(&pair[0], &pair[1]) {
            Ordering::Less => true,
            Ordering::Equal => rule == Rule::Sort,
            Ordering::Greater => false,
        })
    }

    fn any_equal(&self, members: &[Member]) -> bool {
        members.iter().enumerate().any(|(index, one)| {
            members[..index].iter().any(|other| one.len == other.len && self.of(one) == self.of(other))
        })
    }
}

/// The members by number, in the order of their keys; those with the same key as they stand.
#[inline(never)]
fn by_key(keys: &Keys, members: &[Member]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..members.len() as u32).collect();
    order.sort_by(|&one, &other| keys.compare(&members[one as usize], &members[other as usize]));
    order
}

#[inline(never)]
fn sort(keys: &Keys, members: &[Member], slots: &mut Vec<Slot>) {
    slots.extend(by_key(keys, members).iter().map(|&number| members[number as usize].slot()));
}

/// Adds no slots where all keys differ.
#[inline(never)]
fn last_wins(keys: &Keys, members: &mut [Member], slots: &mut Vec<Slot>) {
    let order = by_key(keys, members);
    let mut repeated = false;
    let mut first = 0;
    for next in 1..order.len() {
        let (head, later) = (order[first] as usize, order[next] as usize);
        if keys.compare(&members[head], &members[later]) == Ordering::Equal {
            // The first member of a group takes what the later ones hold; those are struck out.
            let Member { at, objects, .. } = members[later];
            members[head].at = at;
            members[head].objects = objects;
            members[later].at = STRUCK_OUT;
            repeated = true;
        } else {
            first = next;
        }
    }
    if repeated {
        let left = members.iter().filter(|member| member.at != STRUCK_OUT);
        slots.extend(left.map(Member::slot));
    }
}
