use std::ops::{Add, Mul, Sub};

#[derive(Clone, Copy)]
#[repr(C)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

pub const ZERO: Complex = complex(0.0, 0.0);

pub const fn complex(re: f64, im: f64) -> Complex {
    Complex { re, im }
}

impl Complex {
    #[inline(always)]
    pub fn conjugate(self) -> Self {
        complex(self.re, -self.im)
    }

    /// Times -i.
    #[inline(always)]
    pub fn turned(self) -> Self {
        complex(self.im, -self.re)
    }

    #[inline(always)]
    pub fn swapped(self) -> Self {
        complex(self.im, self.re)
    }

    #[inline(always)]
    pub fn scaled(self, factor: f64) -> Self {
        complex(self.re * factor, self.im * factor)
    }
}

impl Add for Complex {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        complex(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        complex(self.re - other.re, self.im - other.im)
    }
}

impl Mul for Complex {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        complex(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)
    }
}

/// Real and imaginary parts in turn.
pub fn from_parts(parts: &[f64]) -> Vec<Complex> {
    parts.chunks_exact(2).map(|parts| complex(parts[0], parts[1])).collect()
}
