//! Reads JSON (RFC 8259) and says where and why something is none; for all modules that take JSON.

pub mod bytes;
pub mod fault;
pub mod scan;
pub mod unescape;
