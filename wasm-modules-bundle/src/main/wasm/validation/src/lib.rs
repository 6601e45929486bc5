//! The validation module: text against formats, JSON documents against JSON Schemas.

mod formats;
mod schema;
