//! BLAKE3 with 256 bits and without a key, after
//! <https://github.com/BLAKE3-team/BLAKE3-specs/blob/master/blake3.pdf>.

use hashing::Hasher;
use hashing::blocks::Blocks;
use hashing::words::le32;

const START: [u32; 8] = [
    0x6A09_E667,
    0xBB67_AE85,
    0x3C6E_F372,
    0xA54F_F53A,
    0x510E_527F,
    0x9B05_688C,
    0x1F83_D9AB,
    0x5BE0_CD19,
];

const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 2;
const PARENT: u32 = 4;
const ROOT: u32 = 8;

const BLOCKS_PER_CHUNK: u32 = 16;

/// The order of the words in each round, every row the permutation of the one before.
#[rustfmt::skip]
static ORDER: [[u8; 16]; 7] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8],
    [3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1],
    [10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6],
    [12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4],
    [9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7],
    [11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13],
];

/// The chunk that is being read, and the roots of the finished subtrees before it.
struct Tree {
    chain: [u32; 8],
    chunk: u64,
    /// Blocks of the chunk so far.
    blocks: u32,
    stack: Vec<[u32; 8]>,
}

pub struct Blake3 {
    tree: Tree,
    blocks: Blocks<64>,
}

impl Blake3 {
    pub fn new() -> Self {
        Blake3 {
            tree: Tree { chain: START, chunk: 0, blocks: 0, stack: Vec::new() },
            blocks: Blocks::new(),
        }
    }
}

impl Hasher for Blake3 {
    fn update(&mut self, input: &[u8]) {
        let tree = &mut self.tree;
        self.blocks.update_but_last(input, |block| tree.block(block));
    }

    fn finish(&mut self) -> Vec<u8> {
        let tree = &mut self.tree;
        let len = self.blocks.rest().len() as u32;
        let words = words(self.blocks.padded());
        let flags = tree.start_flag() | CHUNK_END;
        let (chunk, mut stack) = (tree.chunk, tree.stack.iter().rev().peekable());
        let root = if stack.peek().is_none() { ROOT } else { 0 };
        let mut hash = compress(&tree.chain, &words, chunk, len, flags | root);
        while let Some(left) = stack.next() {
            let root = if stack.peek().is_none() { ROOT } else { 0 };
            hash = parent(left, &hash, root);
        }
        hash.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

impl Tree {
    fn start_flag(&self) -> u32 {
        if self.blocks == 0 {
            CHUNK_START
        } else {
            0
        }
    }

    /// Takes a block, behind which more follows.
    #[inline(never)]
    fn block(&mut self, block: &[u8]) {
        let start = self.start_flag();
        self.blocks += 1;
        if self.blocks < BLOCKS_PER_CHUNK {
            self.chain = compress(&self.chain, &words(block), self.chunk, 64, start);
            return;
        }
        let mut root = compress(&self.chain, &words(block), self.chunk, 64, CHUNK_END);
        self.chain = START;
        self.blocks = 0;
        self.chunk += 1;
        // Each subtree that the chunk completes is one zero bit at the end of the chunks' number.
        for _ in 0..self.chunk.trailing_zeros() {
            if let Some(left) = self.stack.pop() {
                root = parent(&left, &root, 0);
            }
        }
        self.stack.push(root);
    }
}

fn parent(left: &[u32; 8], right: &[u32; 8], root: u32) -> [u32; 8] {
    let mut words = [0; 16];
    words[..8].copy_from_slice(left);
    words[8..].copy_from_slice(right);
    compress(&START, &words, 0, 64, PARENT | root)
}

fn words(block: &[u8]) -> [u32; 16] {
    let mut words = [0; 16];
    for (at, word) in words.iter_mut().enumerate() {
        *word = le32(block, 4 * at);
    }
    words
}

#[inline(never)]
fn compress(chain: &[u32; 8], words: &[u32; 16], number: u64, len: u32, flags: u32) -> [u32; 8] {
    let mut work = [0; 16];
    work[..8].copy_from_slice(chain);
    work[8..12].copy_from_slice(&START[..4]);
    work[12] = number as u32;
    work[13] = (number >> 32) as u32;
    work[14] = len;
    work[15] = flags;
    for order in &ORDER {
        mix_all(&mut work, words, order);
    }
    let mut after = [0; 8];
    for at in 0..8 {
        after[at] = work[at] ^ work[at + 8];
    }
    after
}

#[inline(never)]
fn mix_all(work: &mut [u32; 16], words: &[u32; 16], order: &[u8; 16]) {
    let mut v = *work;
    let word = |at: usize| words[order[at] as usize & 15];
    mix(&mut v, [0, 4, 8, 12], word(0), word(1));
    mix(&mut v, [1, 5, 9, 13], word(2), word(3));
    mix(&mut v, [2, 6, 10, 14], word(4), word(5));
    mix(&mut v, [3, 7, 11, 15], word(6), word(7));
    mix(&mut v, [0, 5, 10, 15], word(8), word(9));
    mix(&mut v, [1, 6, 11, 12], word(10), word(11));
    mix(&mut v, [2, 7, 8, 13], word(12), word(13));
    mix(&mut v, [3, 4, 9, 14], word(14), word(15));
    *work = v;
}

#[inline(always)]
fn mix(v: &mut [u32; 16], [a, b, c, d]: [usize; 4], x: u32, y: u32) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(12);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(8);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(7);
}
