//! Finds what an actor needs in JSON that its host has written, without reading the rest.

/// The value of a field of an object, as it stands there.
pub fn field<'a>(object: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut at = blank(object, 0);
    if object.get(at) != Some(&b'{') {
        return None;
    }
    at = blank(object, at + 1);
    while object.get(at) == Some(&b'"') {
        let key_end = end(object, at);
        let key = &object[at + 1..key_end - 1];
        let from = blank(object, blank(object, key_end) + 1);
        let to = end(object, from);
        if key == name.as_bytes() {
            return Some(&object[from..to]);
        }
        at = blank(object, blank(object, to) + 1);
    }
    None
}

pub fn integer(value: &[u8]) -> Option<i64> {
    std::str::from_utf8(value).ok()?.parse().ok()
}

fn blank(json: &[u8], mut at: usize) -> usize {
    while at < json.len() && json[at].is_ascii_whitespace() {
        at += 1;
    }
    at
}

/// Where the value that begins at `at` ends.
fn end(json: &[u8], mut at: usize) -> usize {
    let mut depth = 0;
    while at < json.len() {
        match json[at] {
            b'"' => {
                at = end_of_text(json, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return if depth == 0 { at } else { at + 1 },
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => return at,
            byte if depth == 0 && byte.is_ascii_whitespace() => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

fn end_of_text(json: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < json.len() && json[at] != b'"' {
        at += if json[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(json.len())
}
