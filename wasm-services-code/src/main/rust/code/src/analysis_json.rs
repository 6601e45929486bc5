//! An analysis as JSON, with places in UTF-16 units.

use crate::analysis::Analysis;
use crate::ast::{self, field};
use crate::bindings_json::key;
use crate::metrics::{self, Metrics};
use crate::output::{decimal, problems_as_json, quote};
use crate::places::Places;
use crate::rules::RULES;

fn number(out: &mut Vec<u8>, name: &str, value: u32) {
    key(out, name);
    decimal(out, value);
}

fn text(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    key(out, name);
    quote(out, value);
}

fn begin(out: &mut Vec<u8>) {
    if out.last() == Some(&b'}') {
        out.push(b',');
    }
    out.push(b'{');
}

#[inline(never)]
pub fn write(all: &Analysis, metrics: &Metrics, places: &Places) -> Vec<u8> {
    let mut out = Vec::with_capacity(4096);
    out.push(b'{');
    key(&mut out, "lines");
    out.push(b'{');
    for (name, value) in [("total", metrics.lines), ("code", metrics.code), ("comment", metrics.comments), ("blank", metrics.blank)] {
        number(&mut out, name, value);
    }
    out.push(b'}');
    key(&mut out, "functions");
    out.push(b'[');
    for each in &metrics.functions {
        function(all, each, places, &mut out);
    }
    out.push(b']');
    key(&mut out, "imports");
    out.push(b'[');
    imports(all, places, &mut out);
    out.push(b']');
    key(&mut out, "findings");
    out.push(b'[');
    findings(all, places, &mut out);
    out.push(b']');
    key(&mut out, "problems");
    problems_as_json(&all.parser.lex, places, &mut out);
    out.push(b'}');
    out
}

fn range(places: &Places, out: &mut Vec<u8>, start: u32, end: u32) {
    let (start, end) = (places.convert(start), places.convert(end));
    let (line, column) = places.line(start);
    for (name, value) in [("start", start), ("end", end), ("line", line), ("column", column)] {
        number(out, name, value);
    }
}

fn function(all: &Analysis, function: &metrics::Function, places: &Places, out: &mut Vec<u8>) {
    let node = function.node;
    begin(out);
    text(out, "name", metrics::name(all, node));
    let (kind, params) = match all.kind(node) {
        ast::PROGRAM => ("file", 0),
        ast::FUNCTION | ast::FUNCTION_EXPRESSION => (kind_of(all, node), all.tree.length(all.f(node, field::PARAMS))),
        ast::ARROW if all.kind(all.parent(node)) != ast::PROPERTY_DEFINITION => ("arrow", all.tree.length(all.f(node, field::PARAMS))),
        ast::STATIC_BLOCK => ("static-block", 0),
        ast::ARROW => ("arrow", all.tree.length(all.f(node, field::PARAMS))),
        _ => ("field", 0),
    };
    text(out, "kind", kind.as_bytes());
    range(places, out, all.tree.start(node), all.tree.end(node));
    number(out, "endLine", places.line(places.convert(all.tree.end(node))).0);
    number(out, "parameters", params as u32);
    number(out, "cyclomatic", function.cyclomatic);
    number(out, "cognitive", function.cognitive);
    number(out, "depth", function.depth);
    number(out, "statements", function.statements);
    out.push(b'}');
}

fn kind_of(all: &Analysis, node: u32) -> &'static str {
    let parent = all.parent(node);
    let flags = all.tree.flags(parent);
    match all.kind(parent) {
        ast::METHOD => ["constructor", "method", "getter", "setter"][flags as usize & 3],
        ast::PROPERTY if flags & 3 != 0 => ["", "getter", "setter", ""][flags as usize & 3],
        ast::PROPERTY if flags & 4 != 0 => "method",
        _ => "function",
    }
}

/// What a file takes from others: `import`, `export ... from`, `import()`, `require()`, each with its text.
#[inline(never)]
fn imports(all: &Analysis, places: &Places, out: &mut Vec<u8>) {
    let mut left = vec![all.tree.root];
    let mut found = Vec::new();
    while let Some(node) = left.pop() {
        let (kind, source) = match all.kind(node) {
            ast::IMPORT => (if all.tree.is(node, 1) { "type" } else { "import" }, all.f(node, 1)),
            ast::EXPORT_NAMED => (if all.tree.is(node, 1) { "type" } else { "export" }, all.f(node, 2)),
            ast::EXPORT_ALL => (if all.tree.is(node, 1) { "type" } else { "export" }, all.f(node, 1)),
            ast::IMPORT_EXPRESSION => ("dynamic", all.f(node, 0)),
            ast::TS_EXTERNAL_REFERENCE => ("require", all.f(node, 0)),
            ast::TS_IMPORT_TYPE => ("type", all.f(node, 0)),
            ast::CALL if all.is_name(all.f(node, 0), b"require") && all.tree.length(all.f(node, 2)) == 1 => ("require", all.tree.item(all.f(node, 2), 0)),
            _ => ("", 0),
        };
        if source != 0 && all.kind(source) == ast::STRING {
            found.push((all.tree.start(source), all.tree.end(source), kind, source));
        }
        crate::walk::each(all.tree, node, |child| left.push(child));
    }
    found.sort_unstable();
    for (start, end, kind, source) in found {
        begin(out);
        text(out, "kind", kind.as_bytes());
        text(out, "source", all.atom(source));
        range(places, out, start, end);
        out.push(b'}');
    }
}

#[inline(never)]
fn findings(all: &Analysis, places: &Places, out: &mut Vec<u8>) {
    for finding in &all.findings {
        let (code, severity, message) = RULES[finding.rule as usize];
        begin(out);
        text(out, "code", code.as_bytes());
        number(out, "severity", severity as u32);
        let (before, after) = message.split_once("{}").unwrap_or((message, ""));
        let detail: &[u8] = if message.contains("{}") { &finding.detail } else { b"" };
        text(out, "message", &[before.as_bytes(), detail, after.as_bytes()].concat());
        text(out, "name", detail);
        range(places, out, finding.start, finding.end);
        key(out, "fixes");
        out.push(b'[');
        for fix in &finding.fixes {
            begin(out);
            number(out, "start", places.convert(fix.start));
            number(out, "end", places.convert(fix.end));
            text(out, "text", &fix.text);
            out.push(b'}');
        }
        out.push(b']');
        out.push(b'}');
    }
}
