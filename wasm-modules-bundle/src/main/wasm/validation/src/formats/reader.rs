//! Reads text of fixed width.

use super::fault::{fault, Check, Fault, Reason};

pub struct Reader<'a> {
    text: &'a [u8],
    pub at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Reader { text, at: 0 }
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Takes `byte`.
    pub fn expect(&mut self, byte: u8, reason: &'static Reason) -> Check {
        if self.peek() != Some(byte) {
            return fault(reason, self.at);
        }
        self.at += 1;
        Ok(())
    }

    /// Takes a number of so many digits.
    #[inline(never)]
    pub fn number(&mut self, digits: usize, reason: &'static Reason) -> Result<u32, Fault> {
        let mut number = 0;
        for _ in 0..digits {
            match self.peek() {
                Some(digit @ b'0'..=b'9') => number = number * 10 + (digit - b'0') as u32,
                _ => return fault(reason, self.at),
            }
            self.at += 1;
        }
        Ok(number)
    }

    /// Takes one digit or more.
    pub fn digits(&mut self, reason: &'static Reason) -> Check {
        self.number(1, reason)?;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    pub fn end(&self, reason: &'static Reason) -> Check {
        if self.at < self.text.len() {
            return fault(reason, self.at);
        }
        Ok(())
    }
}
