//! Checks a built module: `inspect LIMIT FILE` fails where the module imports anything or holds a
//! function of more than LIMIT bytes of code. HotSpot never compiles a method above 8,000 bytes of
//! bytecode, and one function becomes one method.

use std::process::ExitCode;

const IMPORT: u8 = 2;
const EXPORT: u8 = 7;
const CODE: u8 = 10;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn number(&mut self) -> usize {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            number |= ((byte & 0x7f) as usize) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn take(&mut self, len: usize) -> Reader<'a> {
        self.at += len;
        Reader { bytes: &self.bytes[self.at - len..self.at], at: 0 }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (limit, file) = match &arguments[..] {
        [limit, file] => (limit.parse().expect("LIMIT must be a number"), file),
        _ => {
            eprintln!("usage: inspect LIMIT FILE");
            return ExitCode::from(2);
        }
    };
    let bytes = std::fs::read(file).expect("FILE must be readable");
    let mut module = Reader { bytes: &bytes, at: 8 };
    let mut imports = 0;
    let mut exports = Vec::new();
    let mut sizes = Vec::new();
    while module.at < bytes.len() {
        let id = module.byte();
        let len = module.number();
        let mut section = module.take(len);
        match id {
            IMPORT => imports = section.number(),
            EXPORT => {
                for _ in 0..section.number() {
                    let len = section.number();
                    exports.push(String::from_utf8_lossy(section.take(len).bytes).into_owned());
                    section.byte();
                    section.number();
                }
            }
            CODE => {
                for _ in 0..section.number() {
                    let size = section.number();
                    section.take(size);
                    sizes.push(size);
                }
            }
            _ => {}
        }
    }
    let largest = sizes.iter().copied().max().unwrap_or(0);
    println!(
        "{file}: {} bytes, {} functions, largest {largest}, {imports} imports, exports {}",
        bytes.len(),
        sizes.len(),
        exports.join(" ")
    );
    if imports > 0 {
        eprintln!("{file}: imports are not allowed");
    }
    if largest > limit {
        eprintln!("{file}: a function of {largest} bytes is above the limit of {limit}");
    }
    if imports > 0 || largest > limit {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
