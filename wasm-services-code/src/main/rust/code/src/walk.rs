//! What is in a node, for those who look at whole trees. Trees can be deep, so who walks keeps what is left in a list, and calls
//! itself for nothing that code can nest.

use crate::ast::{Tree, KINDS, SIZES};

/// Kinds that the table has, at most.
const MOST: usize = 256;

/// A field that is a node.
const NODE: u8 = 1;
/// A field that is a list of nodes.
const LIST: u8 = 2;

/// What the fields of each kind are.
static FIELDS: [[u8; 8]; MOST] = fields();

const fn fields() -> [[u8; 8]; MOST] {
    let mut table = [[0; 8]; MOST];
    let mut kind = 0;
    while kind < KINDS.len() {
        let text = KINDS[kind].1.as_bytes();
        let mut at = 0;
        let mut word = 0;
        while at + 1 < text.len() {
            if text[at] == b':' {
                match text[at + 1] {
                    b'n' | b'o' => {
                        table[kind][word] = NODE;
                        word += 1;
                    }
                    b'l' | b'L' => {
                        table[kind][word] = LIST;
                        word += 1;
                    }
                    b's' | b'S' | b'_' => word += 1,
                    _ => {}
                }
            }
            at += 1;
        }
        kind += 1;
    }
    table
}

/// Calls for all nodes in a node, in the order of its fields.
#[inline(always)]
pub fn each<F: FnMut(u32)>(tree: &Tree, node: u32, mut call: F) {
    let kind = tree.kind(node) as usize;
    let count = SIZES[kind] as usize - crate::ast::HEAD;
    for (field, what) in FIELDS[kind][..count].iter().enumerate() {
        let value = tree.field(node, field);
        if value == 0 {
            continue;
        }
        if *what == NODE {
            call(value);
        } else if *what == LIST {
            for &item in tree.list(value) {
                if item != 0 {
                    call(item);
                }
            }
        }
    }
}

/// The parents of all nodes, by the number of the node; 0 for the root and for what is not in the tree.
#[inline(never)]
pub fn parents(tree: &Tree) -> Vec<u32> {
    let mut parents = vec![0; tree.nodes.len()];
    let mut left = vec![tree.root];
    while let Some(node) = left.pop() {
        each(tree, node, |child| {
            parents[child as usize] = node;
            left.push(child);
        });
    }
    parents
}

/// Numbers by pairs of numbers.
pub struct Table {
    keys: Vec<u64>,
    values: Vec<u32>,
    used: usize,
}

impl Table {
    pub fn new() -> Table {
        Table { keys: vec![u64::MAX; 256], values: vec![0; 256], used: 0 }
    }

    fn place(&self, key: u64) -> usize {
        let mask = self.keys.len() - 1;
        let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while self.keys[at] != u64::MAX && self.keys[at] != key {
            at = (at + 1) & mask;
        }
        at
    }

    pub fn get(&self, first: u32, second: u32) -> Option<u32> {
        let key = (first as u64) << 32 | second as u64;
        let at = self.place(key);
        if self.keys[at] == key {
            Some(self.values[at])
        } else {
            None
        }
    }

    #[inline(never)]
    pub fn put(&mut self, first: u32, second: u32, value: u32) {
        if self.used * 2 > self.keys.len() {
            self.grow();
        }
        let key = (first as u64) << 32 | second as u64;
        let at = self.place(key);
        self.used += (self.keys[at] == u64::MAX) as usize;
        self.keys[at] = key;
        self.values[at] = value;
    }

    #[inline(never)]
    fn grow(&mut self) {
        let size = self.keys.len() * 2;
        let keys = std::mem::replace(&mut self.keys, vec![u64::MAX; size]);
        let values = std::mem::replace(&mut self.values, vec![0; size]);
        for (key, value) in keys.into_iter().zip(values) {
            if key != u64::MAX {
                let at = self.place(key);
                self.keys[at] = key;
                self.values[at] = value;
            }
        }
    }
}
