//! Clears what a call leaves on the stack. The heap is wiped where memory is given back (feature
//! `wipe` of `abi`), arguments and answers included.

/// 8 KB; GCM, the deepest, takes 6. The test that compares memories sees what would be left.
const WORDS: usize = 1024;

/// Runs `work` and overwrites the stack that it has used.
#[inline(always)]
pub fn leaving_none<T>(work: impl FnOnce() -> T) -> T {
    let answer = run(work);
    clear();
    answer
}

/// Not inlined: its frame must be where that of [`clear`] will be.
#[inline(never)]
fn run<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn clear() {
    let mut stack = [0u64; WORDS];
    for word in &mut stack {
        unsafe { std::ptr::write_volatile(word, 0) };
    }
}
