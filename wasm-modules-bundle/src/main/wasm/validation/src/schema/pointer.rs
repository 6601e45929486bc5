//! JSON Pointers (RFC 6901): to walk by and to print.

use super::tree::{Kind, Tree};

/// The member or element that a segment names.
pub fn step(tree: &Tree, at: u32, segment: &[u8]) -> Option<u32> {
    let node = tree.node(at);
    if node.kind != Kind::Array {
        return tree.find(node, segment);
    }
    let canonical = segment == b"0" || matches!(segment.first(), Some(b'1'..=b'9'));
    if !canonical || segment.len() > 9 || !segment.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let index = segment.iter().fold(0, |index, &byte| index * 10 + (byte - b'0') as u32);
    if index < node.span.len {
        Some(node.span.from + index)
    } else {
        None
    }
}

/// Appends a segment for a name.
pub fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        match byte {
            b'~' => out.extend_from_slice(b"~0"),
            b'/' => out.extend_from_slice(b"~1"),
            _ => out.push(byte),
        }
    }
}

/// Appends a segment for an index.
pub fn push_index(out: &mut Vec<u8>, index: u32) {
    out.push(b'/');
    abi::decimal(out, index as usize);
}

/// Where a member stands, searched from the roots down.
#[inline(never)]
pub fn of(tree: &Tree, roots: impl Iterator<Item = u32>, wanted: u32) -> String {
    let mut path = Vec::new();
    for root in roots {
        if search(tree, root, wanted, &mut path) {
            break;
        }
    }
    String::from_utf8_lossy(&path).into_owned()
}

fn search(tree: &Tree, root: u32, wanted: u32, path: &mut Vec<u8>) -> bool {
    let mut open = vec![(root, root, 0usize)];
    while let Some((at, parent, len)) = open.pop() {
        path.truncate(len);
        let around = tree.node(parent);
        match around.kind {
            _ if at == parent => {}
            Kind::Array => push_index(path, at - around.span.from),
            _ => push_name(path, tree.name(at)),
        }
        if at == wanted {
            return true;
        }
        let len = path.len();
        open.extend(tree.children(tree.node(at)).map(|child| (child, at, len)));
    }
    path.clear();
    false
}
