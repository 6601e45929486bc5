//! Words and JSON for the host.

use crate::errors::{Problem, PROBLEMS};
use crate::lexer::Lexer;
use crate::places::Places;

/// Problems by place, each once.
#[inline(never)]
pub fn sort_problems(problems: &mut Vec<Problem>) {
    // They are nearly in order.
    for at in 1..problems.len() {
        let problem = problems[at];
        let mut to = at;
        while to > 0 && problems[to - 1].start > problem.start && at - to < 4096 {
            problems[to] = problems[to - 1];
            to -= 1;
        }
        problems[to] = problem;
    }
    problems.dedup_by(|second, first| second.start == first.start && second.code == first.code);
}

/// What a problem says.
#[inline(never)]
pub fn message(lex: &Lexer, problem: &Problem, out: &mut Vec<u8>) {
    let text = PROBLEMS[problem.code as usize].1;
    match text.find("{}") {
        None => out.extend_from_slice(text.as_bytes()),
        Some(at) => {
            out.extend_from_slice(text[..at].as_bytes());
            let value = lex.atoms.text(lex.source, problem.atom);
            if value.len() <= 80 {
                out.extend_from_slice(value);
            } else {
                let mut end = 80;
                while value[end] & 0xc0 == 0x80 {
                    end -= 1;
                }
                out.extend_from_slice(&value[..end]);
                out.extend_from_slice("…".as_bytes());
            }
            out.extend_from_slice(text[at + 2..].as_bytes());
        }
    }
}

/// A text as a JSON string; halves of surrogate pairs as escapes.
#[inline(never)]
pub fn quote(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0..=0x1f => escape(out, byte as u32),
            0xed if at + 2 < text.len() && text[at + 1] >= 0xa0 => {
                escape(out, 0xd000 | (text[at + 1] as u32 & 0x3f) << 6 | (text[at + 2] as u32 & 0x3f));
                at += 2;
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, unit: u32) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(b"0123456789abcdef"[(unit >> shift & 15) as usize]);
    }
}

/// A number in decimal.
#[inline(never)]
pub fn decimal(out: &mut Vec<u8>, number: u32) {
    let mut digits = [0; 10];
    let mut first = digits.len();
    let mut number = number;
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

/// Problems as a JSON list.
#[inline(never)]
pub fn problems_as_json(lex: &Lexer, places: &Places, out: &mut Vec<u8>) {
    out.push(b'[');
    let mut text = Vec::new();
    for (index, problem) in lex.problems.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        text.clear();
        message(lex, problem, &mut text);
        let start = places.convert(problem.start);
        let (line, column) = places.line(start);
        out.extend_from_slice(b"{\"code\":");
        quote(out, PROBLEMS[problem.code as usize].0.as_bytes());
        out.extend_from_slice(b",\"message\":");
        quote(out, &text);
        for (name, number) in [("start", start), ("end", places.convert(problem.end)), ("line", line), ("column", column)] {
            out.extend_from_slice(b",\"");
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"\":");
            decimal(out, number);
        }
        out.push(b'}');
    }
    out.push(b']');
}
