//! Which members of an object or elements of an array some keyword has evaluated.

pub struct Marks {
    wanted: bool,
    all: bool,
    bits: Vec<u32>,
}

impl Marks {
    pub fn new(wanted: bool) -> Self {
        Marks { wanted, all: false, bits: Vec::new() }
    }

    /// Whether somebody will ask.
    pub fn wanted(&self) -> bool {
        self.wanted
    }

    #[inline(never)]
    pub fn mark(&mut self, index: u32) {
        if self.wanted && !self.all {
            let word = index as usize / 32;
            if word >= self.bits.len() {
                self.bits.resize(word + 1, 0);
            }
            self.bits[word] |= 1 << (index % 32);
        }
    }

    pub fn mark_all(&mut self) {
        self.all = true;
    }

    pub fn has(&self, index: u32) -> bool {
        let word = self.bits.get(index as usize / 32).copied().unwrap_or(0);
        self.all || word >> (index % 32) & 1 == 1
    }

    #[inline(never)]
    pub fn merge(&mut self, other: &Marks) {
        if !self.wanted {
            return;
        }
        self.all |= other.all;
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        for (word, other) in self.bits.iter_mut().zip(&other.bits) {
            *word |= other;
        }
    }
}
