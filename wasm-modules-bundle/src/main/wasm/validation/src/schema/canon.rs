//! Values as bytes that are the same exactly where JSON Schema calls the values equal.

use super::decimal::Decimal;
use super::stop::Stop;
use super::tree::{Kind, Node, Tree};

/// The members of an array or an object that are still to be written.
struct Rest {
    next: u32,
    end: u32,
    object: bool,
}

/// The form of a value.
#[inline(never)]
pub fn encoded(tree: &Tree, node: Node) -> Result<Vec<u8>, Stop> {
    let mut out = Vec::new();
    let mut open = Vec::new();
    begin(tree, node, &mut open, &mut out)?;
    while let Some(rest) = open.last_mut() {
        let member = rest.next;
        if member == rest.end {
            open.pop();
            continue;
        }
        rest.next += 1;
        if rest.object {
            text(b'k', tree.name(member), &mut out)?;
        }
        begin(tree, tree.node(member), &mut open, &mut out)?;
    }
    Ok(out)
}

/// Writes a value, or what an array or an object begins with.
#[inline(never)]
fn begin(tree: &Tree, node: Node, open: &mut Vec<Rest>, out: &mut Vec<u8>) -> Result<(), Stop> {
    match node.kind {
        Kind::Null => start(b'n', 0, 0, out),
        Kind::False => start(b'f', 0, 0, out),
        Kind::True => start(b't', 0, 0, out),
        Kind::Number => number(tree.bytes(node.span), out),
        Kind::Text => text(b's', tree.bytes(node.span), out),
        Kind::Array | Kind::Object => {
            let object = node.kind == Kind::Object;
            let members = tree.children(node);
            open.push(Rest { next: members.start, end: members.end, object });
            start(if object { b'{' } else { b'[' }, node.span.len, 0, out)
        }
    }
}

#[inline(never)]
fn number(lexeme: &[u8], out: &mut Vec<u8>) -> Result<(), Stop> {
    let number = Decimal::read(lexeme);
    let len = number.digits.len();
    start(if number.negative { b'-' } else { b'+' }, len as u32, len + 8, out)?;
    out.extend_from_slice(&number.exponent.to_le_bytes());
    out.extend_from_slice(&number.digits);
    Ok(())
}

fn text(tag: u8, text: &[u8], out: &mut Vec<u8>) -> Result<(), Stop> {
    start(tag, text.len() as u32, text.len(), out)?;
    out.extend_from_slice(text);
    Ok(())
}

/// Begins a form, and makes room for the bytes that follow.
fn start(tag: u8, len: u32, follow: usize, out: &mut Vec<u8>) -> Result<(), Stop> {
    if out.try_reserve(5 + follow).is_err() {
        return Err(Stop::memory());
    }
    out.push(tag);
    out.extend_from_slice(&len.to_le_bytes());
    Ok(())
}
