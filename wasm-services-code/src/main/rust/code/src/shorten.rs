//! Shorter names in scopes that nobody sees from outside, and what is declared there and never used.

use crate::analysis::Analysis;
use crate::ast;
use crate::bindings::{self, NONE};
use crate::walk::Table;
use crate::words::{t, w};

pub struct Names {
    /// The new name of each binding; empty where it keeps its own.
    pub of_binding: Vec<Vec<u8>>,
    /// The binding of each identifier, by node, plus 1.
    pub of_node: Vec<u32>,
    /// Declarations that can go: functions and declarators.
    pub unused: Vec<bool>,
}

/// Which names a scope may not use: those that code in it means by them.
struct Through {
    of_scope: Vec<Vec<u32>>,
}

#[inline(never)]
pub fn shorten(all: &Analysis, rename: bool) -> Names {
    let bindings = &all.bindings;
    let count = bindings.bindings.len();
    let mut names = Names { of_binding: vec![Vec::new(); count], of_node: vec![0; all.tree.nodes.len()], unused: vec![false; all.tree.nodes.len()] };
    let mut fixed = fixed(all);
    let mut uses = vec![0u32; count];
    for (number, binding) in bindings.bindings.iter().enumerate() {
        let mut at = binding.last;
        while at != NONE {
            let definition = &bindings.definitions[at as usize];
            uses[number] += 1;
            bind(&mut names.of_node, &mut fixed, definition.name, number as u32);
            at = definition.before;
        }
    }
    for reference in &bindings.references {
        if reference.binding != NONE {
            uses[reference.binding as usize] += 1;
            bind(&mut names.of_node, &mut fixed, reference.node, reference.binding);
        }
    }
    find_unused(all, &fixed, &mut names.unused);
    if rename {
        give(all, &fixed, &uses, &mut names);
    }
    names
}

/// The binding of a node; a node with two of them, as the name of a declared class has, keeps its name.
#[inline(never)]
fn bind(of_node: &mut [u32], fixed: &mut [bool], node: u32, binding: u32) {
    let known = of_node[node as usize];
    if known == 0 {
        of_node[node as usize] = binding + 1;
    } else if known != binding + 1 {
        fixed[known as usize - 1] = true;
        fixed[binding as usize] = true;
    }
}

/// Bindings whose names others may see.
#[inline(never)]
fn fixed(all: &Analysis) -> Vec<bool> {
    let bindings = &all.bindings;
    let module = all.parser.options.module;
    let mut fixed: Vec<bool> = bindings
        .bindings
        .iter()
        .map(|binding| {
            let scope = &bindings.scopes[binding.scope as usize];
            let block_function = !module && binding.kind == bindings::FUNCTION_BINDING && matches!(scope.kind, bindings::BLOCK | bindings::SWITCH);
            scope.dynamic || scope.kind == bindings::GLOBAL || binding.kind == bindings::ARGUMENTS || block_function
        })
        .collect();
    for (number, binding) in bindings.bindings.iter().enumerate() {
        let mut at = binding.last;
        while at != NONE {
            let definition = &bindings.definitions[at as usize];
            fixed[number] |= definition.kind != bindings::PARAMETER && exported(all, definition.node);
            at = definition.before;
        }
    }
    for reference in &bindings.references {
        if reference.binding == NONE {
            continue;
        }
        let home = bindings.bindings[reference.binding as usize].scope;
        let mut scope = reference.scope;
        while scope != home && scope != 0 {
            let entry = &bindings.scopes[scope as usize];
            fixed[reference.binding as usize] |= entry.dynamic;
            scope = entry.parent;
        }
    }
    fixed
}

fn exported(all: &Analysis, node: u32) -> bool {
    let mut node = node;
    for _ in 0..2 {
        let parent = all.parent(node);
        match all.kind(parent) {
            ast::EXPORT_NAMED | ast::EXPORT_DEFAULT => return true,
            ast::VARIABLE => node = parent,
            _ => return false,
        }
    }
    false
}

/// Gives names: outer scopes first, in a scope to what is used most.
#[inline(never)]
fn give(all: &Analysis, fixed: &[bool], uses: &[u32], names: &mut Names) {
    let bindings = &all.bindings;
    let through = through(all);
    let taken = taken(all, fixed);
    let mut of_scope: Vec<Vec<u32>> = vec![Vec::new(); bindings.scopes.len()];
    for (number, binding) in bindings.bindings.iter().enumerate() {
        if !fixed[number] {
            of_scope[binding.scope as usize].push(number as u32);
        }
    }
    for scope in order(all) {
        let mut mine = std::mem::take(&mut of_scope[scope as usize]);
        by_use(&mut mine, uses);
        let used = sorted(through.of_scope[scope as usize].iter().map(|&outer| names.of_binding[outer as usize].clone()).collect());
        let mut next = 0;
        for number in mine {
            loop {
                let name = name(next);
                next += 1;
                if taken.binary_search(&name).is_err() && used.binary_search(&name).is_err() && !reserved(&name) {
                    names.of_binding[number as usize] = name;
                    break;
                }
            }
        }
    }
}

/// Names that stay, and those that the file does not bind.
#[inline(never)]
fn taken(all: &Analysis, fixed: &[bool]) -> Vec<Vec<u8>> {
    let bindings = &all.bindings;
    let text = |atom: u32| all.parser.lex.atoms.text(all.source, atom).to_vec();
    let kept = bindings.bindings.iter().zip(fixed).filter(|(_, &fixed)| fixed).map(|(binding, _)| text(binding.atom));
    let outside = bindings.references.iter().filter(|reference| reference.binding == NONE).map(|reference| all.atom(reference.node).to_vec());
    let mut taken = sorted(kept.chain(outside).collect());
    taken.dedup();
    taken
}

#[inline(never)]
fn sorted(mut names: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    names.sort_unstable();
    names
}

/// What is used most comes first.
#[inline(never)]
fn by_use(numbers: &mut [u32], uses: &[u32]) {
    numbers.sort_by_key(|&number| (u32::MAX - uses[number as usize], number));
}

/// Scopes, the outer ones before those in them. They are found in another order where code is nested in code that was put off.
#[inline(never)]
fn order(all: &Analysis) -> Vec<u32> {
    let scopes = &all.bindings.scopes;
    let mut depths = vec![0u32; scopes.len()];
    for at in 1..scopes.len() {
        depths[at] = depths[scopes[at].parent as usize] + 1;
    }
    let mut order: Vec<u32> = (0..scopes.len() as u32).collect();
    order.sort_by_key(|&scope| depths[scope as usize]);
    order
}

/// For each scope the outer bindings that code in it means.
#[inline(never)]
fn through(all: &Analysis) -> Through {
    let bindings = &all.bindings;
    let mut seen = Table::new();
    let mut of_scope = vec![Vec::new(); bindings.scopes.len()];
    for reference in &bindings.references {
        if reference.binding == NONE {
            continue;
        }
        let home = bindings.bindings[reference.binding as usize].scope;
        let mut scope = reference.scope;
        while scope != home {
            if seen.get(scope, reference.binding).is_some() {
                break;
            }
            seen.put(scope, reference.binding, 1);
            of_scope[scope as usize].push(reference.binding);
            if scope == 0 {
                break;
            }
            scope = bindings.scopes[scope as usize].parent;
        }
    }
    Through { of_scope }
}

/// The shortest names, one after the other.
#[inline(never)]
fn name(number: usize) -> Vec<u8> {
    const FIRST: &[u8] = b"etnrisoalcufdphmvgybwxkjqzTSECDIAMRPOLNFUBHVGWXYKJQZ_$";
    const NEXT: &[u8] = b"etnrisoalcufdphmvgybwxkjqzTSECDIAMRPOLNFUBHVGWXYKJQZ_$0123456789";
    let mut name = vec![FIRST[number % FIRST.len()]];
    let mut rest = number / FIRST.len();
    while rest > 0 {
        rest -= 1;
        name.push(NEXT[rest % NEXT.len()]);
        rest /= NEXT.len();
    }
    name
}

#[inline(never)]
fn reserved(name: &[u8]) -> bool {
    name.len() > 1 && crate::words::w::WORDS[..(w::ARGUMENTS as usize).max(t::LAST_RESERVED as usize)].iter().any(|word| word.as_bytes() == name)
}

/// Functions and variables in closed scopes that nobody uses, and whose values do nothing when they are made.
#[inline(never)]
fn find_unused(all: &Analysis, fixed: &[bool], unused: &mut [bool]) {
    let bindings = &all.bindings;
    let mut wanted = vec![false; bindings.bindings.len()];
    for reference in &bindings.references {
        if reference.binding == NONE {
            continue;
        }
        let binding = &bindings.bindings[reference.binding as usize];
        let own = binding.first != NONE && {
            let definition = &bindings.definitions[binding.first as usize];
            let inside = definition.kind == bindings::FUNCTION_BINDING && all.is_inside(reference.node, definition.node) && reference.node != definition.name;
            inside || (reference.flags & bindings::INIT != 0 && all.kind(definition.node) == ast::DECLARATOR)
        };
        wanted[reference.binding as usize] |= !own;
    }
    for (number, binding) in bindings.bindings.iter().enumerate() {
        if wanted[number] || fixed[number] || binding.first == NONE || binding.first != binding.last {
            continue;
        }
        let definition = &bindings.definitions[binding.first as usize];
        let goes = match all.kind(definition.node) {
            ast::FUNCTION => definition.kind == bindings::FUNCTION_BINDING,
            ast::DECLARATOR => {
                let of_loop = matches!(all.kind(all.parent(all.parent(definition.node))), ast::FOR_IN | ast::FOR_OF | ast::FOR);
                all.kind(all.f(definition.node, 0)) == ast::IDENTIFIER && binding.kind <= bindings::CONST && !of_loop && pure(all, all.f(definition.node, 1))
            }
            _ => false,
        };
        unused[definition.node as usize] = goes;
    }
}

/// Whether making a value does nothing else.
pub fn pure(all: &Analysis, node: u32) -> bool {
    node == 0 || matches!(all.kind(node), ast::STRING..=ast::REGEXP | ast::FUNCTION_EXPRESSION | ast::ARROW | ast::THIS)
}
