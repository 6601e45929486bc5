//! Why an operation ends without a report.

#[derive(Clone, Copy, PartialEq)]
pub enum Code {
    Schema,
    Json,
    Depth,
    Pattern,
    Limit,
    Memory,
    Handle,
}

pub struct Stop {
    pub code: Code,
    pub message: String,
    pub offset: Option<usize>,
}

impl Stop {
    #[cold]
    #[inline(never)]
    pub fn memory() -> Self {
        stop(Code::Memory, &["the document does not fit into the memory that the module may have"])
    }

    #[inline(never)]
    pub fn report(&self) -> u64 {
        let code = match self.code {
            Code::Schema => "validation.schema",
            Code::Json => "validation.json",
            Code::Depth => "validation.depth",
            Code::Pattern => "validation.pattern",
            Code::Limit => "validation.limit",
            Code::Memory => "validation.memory",
            Code::Handle => "validation.handle",
        };
        abi::error(code, &self.message, self.offset)
    }
}

#[cold]
#[inline(never)]
pub fn stop(code: Code, parts: &[&str]) -> Stop {
    Stop { code, message: parts.concat(), offset: None }
}
