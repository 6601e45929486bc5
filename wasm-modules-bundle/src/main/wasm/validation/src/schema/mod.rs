//! JSON Schema 2020-12.

mod canon;
mod category;
mod check;
mod decimal;
mod dialect;
mod elements;
mod evaluate;
mod keywords;
mod logic;
mod marks;
mod members;
mod meta;
mod pointer;
mod regex;
mod report;
mod resolve;
mod runs;
mod scalars;
mod schemas;
mod session;
mod stop;
mod tree;
mod uri;

use abi::{buffer, bytes as input};
use schemas::Schemas;
use stop::{stop, Code, Stop};
use tree::{Kind, Tree};

/// Validates a document against a schema.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn validate_schema(
    schema_ptr: *const u8,
    schema_len: usize,
    ptr: *const u8,
    len: usize,
) -> u64 {
    let report = prepared(input(schema_ptr, schema_len), b"[]")
        .and_then(|schemas| evaluate::validate(&schemas, input(ptr, len)));
    answer(report)
}

/// The same, with more schemas that the schema may refer to: an array of objects with `uri` and
/// `schema`, both strings.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn validate_schema_with(
    schema_ptr: *const u8,
    schema_len: usize,
    others_ptr: *const u8,
    others_len: usize,
    ptr: *const u8,
    len: usize,
) -> u64 {
    let report = prepared(input(schema_ptr, schema_len), input(others_ptr, others_len))
        .and_then(|schemas| evaluate::validate(&schemas, input(ptr, len)));
    answer(report)
}

/// Keeps a schema, with others, for [`validate_compiled`]; answers `{"handle":…}`.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn compile_schema(
    schema_ptr: *const u8,
    schema_len: usize,
    others_ptr: *const u8,
    others_len: usize,
) -> u64 {
    let schemas = prepared(input(schema_ptr, schema_len), input(others_ptr, others_len));
    answer(schemas.map(|schemas| {
        let mut json = b"{\"handle\":".to_vec();
        abi::decimal(&mut json, session::keep(schemas) as usize);
        json.push(b'}');
        json
    }))
}

/// Validates a document against a schema that was kept.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn validate_compiled(handle: u32, ptr: *const u8, len: usize) -> u64 {
    answer(session::get(handle).and_then(|schemas| evaluate::validate(schemas, input(ptr, len))))
}

/// Forgets a schema that was kept; zero, or an error.
#[no_mangle]
pub extern "C" fn release_schema(handle: u32) -> u64 {
    match session::release(handle) {
        Ok(()) => 0,
        Err(stop) => stop.report(),
    }
}

fn answer(result: Result<Vec<u8>, Stop>) -> u64 {
    match result {
        Ok(json) => buffer(json),
        Err(stop) => stop.report(),
    }
}

#[inline(never)]
fn prepared(schema: &[u8], others: &[u8]) -> Result<Schemas, Stop> {
    let mut schemas = Schemas::new();
    let mut list = Tree::new();
    let root = list.read(others, "list of schemas")?;
    for child in list.children(list.node(root)) {
        let other = list.node(child);
        match (list.get(other, "uri"), list.get(other, "schema")) {
            (Some(uri), Some(text)) if uri.kind == Kind::Text && text.kind == Kind::Text => {
                schemas.add(list.bytes(text.span), list.bytes(uri.span))?;
            }
            _ => return Err(stop(Code::Json, &["another schema needs a 'uri' and a 'schema'"])),
        }
    }
    schemas.add(schema, b"")?;
    schemas.prepare()?;
    Ok(schemas)
}
