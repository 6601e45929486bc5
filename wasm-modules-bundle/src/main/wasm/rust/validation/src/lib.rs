//! The validation module: text against formats, JSON documents against JSON Schemas.

// The scanner of the json module, so that both say the same about what is not JSON.
#[path = "../../json/src/bytes.rs"]
mod bytes;
#[allow(dead_code)]
#[path = "../../json/src/fault.rs"]
mod fault;
#[path = "../../json/src/scan.rs"]
mod scan;
#[allow(dead_code)]
#[path = "../../json/src/unescape.rs"]
mod unescape;

mod formats;
mod schema;
