//! Makes the part of a URL that names an article from its title.

mod guest;

/// `String slug(String title, int maxLength)` in Java. A text arrives as the address and the length
/// of its UTF-8 bytes.
///
/// # Safety
/// See [`guest::text`].
#[no_mangle]
pub unsafe extern "C" fn slug(title: *const u8, len: usize, max_length: i32) -> u64 {
    if max_length < 1 {
        return guest::error("slugs.length", "maxLength must be positive");
    }
    guest::answer(slug_of(guest::text(title, len), max_length as usize))
}

/// Letters and digits of ASCII in lower case, one hyphen for whatever stands between them.
fn slug_of(title: &str, max_length: usize) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut slug = words.join("-");
    slug.truncate(max_length);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// What needs no host is tested without one: `cargo test`.
#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn joins_words_with_hyphens() {
        assert_eq!(slug_of(" Hello,  Wasm & World! ", 80), "hello-wasm-world");
    }

    #[test]
    fn does_not_end_in_a_hyphen_where_it_is_cut() {
        assert_eq!(slug_of("one two three", 8), "one-two");
    }
}
