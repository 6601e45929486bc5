//! What is declared where, as far as the grammar asks: names declared twice, names exported, private names, labels.

/// A name is declared like `let`.
pub const LEXICAL: u8 = 1;
/// By a function declaration.
pub const FUNCTION: u8 = 2;
/// By `var`, or as a parameter.
pub const VAR: u8 = 4;
/// As the one name that a `catch` takes.
pub const CATCH: u8 = 8;
/// In TypeScript, by what may come again: a namespace, an enumeration, an interface.
pub const MERGED: u8 = 16;

/// A scope of a function.
pub const OF_FUNCTION: u8 = 1;
/// The outermost scope.
pub const OF_FILE: u8 = 2;
/// A static block of a class.
pub const OF_STATIC_BLOCK: u8 = 4;
/// The cases of a switch.
pub const OF_SWITCH: u8 = 8;
const OF_VAR: u8 = OF_FUNCTION | OF_FILE | OF_STATIC_BLOCK;

/// Scopes that are open, the innermost last.
#[derive(Clone, Copy)]
pub struct Scope {
    pub number: u32,
    pub kind: u8,
}

/// Numbers of sets that are no scopes.
pub const EXPORTS: u32 = u32::MAX;
/// Where no arrow function begins, as was tried.
pub const NO_ARROW: u32 = u32::MAX - 1;
/// Where no type arguments begin, as was tried.
pub const NO_TYPES: u32 = u32::MAX - 2;

pub struct Scopes {
    pub open: Vec<Scope>,
    next: u32,
    /// Pairs of a scope and a name with their flags; a key of 0 is a free place.
    keys: Vec<u64>,
    flags: Vec<u8>,
    used: usize,
    /// Functions at the top of a module are lexical.
    pub module: bool,
}

impl Scopes {
    pub fn new(module: bool) -> Scopes {
        Scopes { open: Vec::with_capacity(64), next: 1, keys: vec![0; 1024], flags: vec![0; 1024], used: 0, module }
    }

    pub fn enter(&mut self, kind: u8) {
        let number = self.fresh();
        self.open.push(Scope { number, kind });
    }

    pub fn leave(&mut self) {
        self.open.pop();
    }

    /// A number for a set of names.
    pub fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    #[inline(never)]
    fn place(&self, scope: u32, atom: u32) -> usize {
        let key = (scope as u64) << 32 | atom as u64;
        let mask = self.keys.len() - 1;
        let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & mask;
        while self.keys[at] != 0 && self.keys[at] != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// The flags of a name in a scope, 0 if it is not there.
    pub fn get(&self, scope: u32, atom: u32) -> u8 {
        self.flags[self.place(scope, atom)]
    }

    /// Adds flags to a name in a scope.
    #[inline(never)]
    pub fn put(&mut self, scope: u32, atom: u32, flags: u8) {
        if self.used * 2 > self.keys.len() {
            self.grow();
        }
        let at = self.place(scope, atom);
        if self.keys[at] == 0 {
            self.keys[at] = (scope as u64) << 32 | atom as u64;
            self.used += 1;
        }
        self.flags[at] |= flags;
    }

    #[inline(never)]
    fn grow(&mut self) {
        let size = self.keys.len() * 2;
        let keys = std::mem::replace(&mut self.keys, vec![0; size]);
        let flags = std::mem::replace(&mut self.flags, vec![0; size]);
        for (key, flags) in keys.into_iter().zip(flags) {
            if key != 0 {
                let at = self.place((key >> 32) as u32, key as u32);
                self.keys[at] = key;
                self.flags[at] = flags;
            }
        }
    }

    fn functions_are_var(&self, scope: Scope) -> bool {
        scope.kind & OF_FUNCTION != 0 || (scope.kind & OF_FILE != 0 && !self.module) || scope.kind & OF_STATIC_BLOCK != 0
    }

    /// Whether functions of the current scope are declared like `var`.
    pub fn function_is_var(&self) -> bool {
        self.functions_are_var(self.current())
    }

    pub fn current(&self) -> Scope {
        self.open[self.open.len() - 1]
    }

    /// Declares a name in the current scope, or through it; whether that is allowed.
    #[inline(never)]
    pub fn declare(&mut self, atom: u32, how: u8) -> bool {
        if how == VAR {
            return self.declare_var(atom);
        }
        let scope = self.current();
        let there = self.get(scope.number, atom);
        let against = match how {
            FUNCTION if self.functions_are_var(scope) => LEXICAL | CATCH,
            FUNCTION => LEXICAL | VAR | CATCH,
            MERGED => 0,
            _ => LEXICAL | FUNCTION | VAR | CATCH,
        };
        self.put(scope.number, atom, how);
        there & against == 0
    }

    #[inline(never)]
    fn declare_var(&mut self, atom: u32) -> bool {
        let mut allowed = true;
        for at in (0..self.open.len()).rev() {
            let scope = self.open[at];
            let there = self.get(scope.number, atom);
            allowed &= there & LEXICAL == 0 && (there & FUNCTION == 0 || self.functions_are_var(scope));
            self.put(scope.number, atom, VAR);
            if scope.kind & OF_VAR != 0 {
                break;
            }
        }
        allowed
    }
}
