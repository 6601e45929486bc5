//! References between schemas: resolution of URIs after RFC 3986, section 5, and fragments.

/// The parts of a URI reference; what is absent differs from what is empty.
struct Parts<'a> {
    scheme: Option<&'a [u8]>,
    authority: Option<&'a [u8]>,
    path: &'a [u8],
    query: Option<&'a [u8]>,
}

/// What stands before the first `#`, and what behind it.
pub fn split(reference: &[u8]) -> (&[u8], Option<&[u8]>) {
    match reference.iter().position(|&byte| byte == b'#') {
        Some(at) => (&reference[..at], Some(&reference[at + 1..])),
        None => (reference, None),
    }
}

fn parts(uri: &[u8]) -> Parts {
    let (uri, _) = split(uri);
    let (scheme, rest) = scheme(uri);
    let (rest, query) = match rest.iter().position(|&byte| byte == b'?') {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    if !rest.starts_with(b"//") {
        return Parts { scheme, authority: None, path: rest, query };
    }
    let rest = &rest[2..];
    let end = rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len());
    Parts { scheme, authority: Some(&rest[..end]), path: &rest[end..], query }
}

fn scheme(uri: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let end = uri.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte)));
    match end {
        Some(end) if end > 0 && uri[end] == b':' && uri[0].is_ascii_alphabetic() => {
            (Some(&uri[..end]), &uri[end + 1..])
        }
        _ => (None, uri),
    }
}

/// The URI, without its fragment, that a reference stands for where `base` is the base.
#[inline(never)]
pub fn resolve(base: &[u8], reference: &[u8]) -> Vec<u8> {
    let (base, mut to) = (parts(base), parts(reference));
    let mut path = Vec::new();
    if to.scheme.is_none() {
        to.scheme = base.scheme;
        if to.authority.is_none() {
            to.authority = base.authority;
            if to.path.is_empty() {
                path.extend_from_slice(base.path);
                to.query = to.query.or(base.query);
            } else {
                path = merge(&base, to.path);
            }
            return compose(&to, &path);
        }
    }
    if to.path.starts_with(b"/") {
        path = without_dots(to.path);
    } else {
        path.extend_from_slice(to.path);
    }
    compose(&to, &path)
}

#[inline(never)]
fn merge(base: &Parts, path: &[u8]) -> Vec<u8> {
    if path.starts_with(b"/") {
        return without_dots(path);
    }
    let mut merged = Vec::new();
    if base.authority.is_some() && base.path.is_empty() {
        merged.push(b'/');
    } else if let Some(end) = base.path.iter().rposition(|&byte| byte == b'/') {
        merged.extend_from_slice(&base.path[..end + 1]);
    }
    merged.extend_from_slice(path);
    without_dots(&merged)
}

#[inline(never)]
fn without_dots(path: &[u8]) -> Vec<u8> {
    let mut kept: Vec<&[u8]> = Vec::new();
    let rooted = path.starts_with(b"/");
    let mut trailing = false;
    for segment in path[rooted as usize..].split(|&byte| byte == b'/') {
        trailing = false;
        match segment {
            b"." => trailing = true,
            b".." => {
                kept.pop();
                trailing = true;
            }
            _ => kept.push(segment),
        }
    }
    if trailing {
        kept.push(b"");
    }
    let mut out = Vec::with_capacity(path.len());
    if rooted {
        out.push(b'/');
    }
    out.extend_from_slice(&kept.join(&b'/'));
    out
}

#[inline(never)]
fn compose(parts: &Parts, path: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(scheme) = parts.scheme {
        out.extend_from_slice(scheme);
        out.push(b':');
    }
    if let Some(authority) = parts.authority {
        out.extend_from_slice(b"//");
        out.extend_from_slice(authority);
    }
    out.extend_from_slice(path);
    if let Some(query) = parts.query {
        out.push(b'?');
        out.extend_from_slice(query);
    }
    out
}

/// Decodes percent signs; those that encode nothing stay.
#[inline(never)]
pub fn decode(fragment: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(fragment.len());
    let mut at = 0;
    while at < fragment.len() {
        let hex = |at: usize| scanner::bytes::hex(scanner::bytes::peek(fragment, at));
        match (fragment[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// A segment of a JSON Pointer with its escapes undone.
pub fn unescaped(segment: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(segment.len());
    let mut tilde = false;
    for &byte in segment {
        match (tilde, byte) {
            (true, b'0') => out.push(b'~'),
            (true, b'1') => out.push(b'/'),
            (true, _) => out.extend_from_slice(&[b'~', byte]),
            (false, b'~') => {}
            (false, _) => out.push(byte),
        }
        tilde = !tilde && byte == b'~';
    }
    if tilde {
        out.push(b'~');
    }
    out
}
