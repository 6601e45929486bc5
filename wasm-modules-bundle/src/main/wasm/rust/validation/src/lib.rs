//! The validation module.

mod formats;
