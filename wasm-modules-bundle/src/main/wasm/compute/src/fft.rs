//! The discrete Fourier transform: Stockham's self-sorting passes of radix 4, 2, 3 and 5, and
//! Bluestein's chirp transform for lengths with other prime factors.

use crate::complex::{Complex, ZERO};
use crate::roots;

const SIN_60: f64 = 0.8660254037844386;
const COS_72: f64 = 0.30901699437494745;
const SIN_72: f64 = 0.9510565162951535;
const COS_144: f64 = -0.8090169943749475;
const SIN_144: f64 = 0.5877852522924731;

pub fn forward(data: Vec<Complex>) -> Vec<Complex> {
    let n = data.len();
    if is_smooth(n) {
        passes(data, &roots::table(n), 1)
    } else {
        chirp(data)
    }
}

/// The forward transform with real and imaginary parts exchanged before and after, and scaled.
#[inline(never)]
pub fn inverse(mut data: Vec<Complex>) -> Vec<Complex> {
    data.iter_mut().for_each(|value| *value = value.swapped());
    let mut data = forward(data);
    let scale = 1.0 / data.len() as f64;
    data.iter_mut().for_each(|value| *value = value.swapped().scaled(scale));
    data
}

/// Whether a length has no prime factors but 2, 3 and 5.
pub fn is_smooth(mut n: usize) -> bool {
    for factor in [2, 3, 5] {
        while n % factor == 0 {
            n /= factor;
        }
    }
    n == 1
}

/// Transforms data of a smooth length n, given a table of at least the n-th roots of unity in which
/// every `step`-th counts.
pub fn passes(data: Vec<Complex>, roots: &[Complex], step: usize) -> Vec<Complex> {
    let mut data = data;
    let mut other = vec![ZERO; data.len()];
    let mut rest = data.len();
    let mut stride = 1;
    while rest > 1 {
        let radix = match rest {
            _ if rest % 4 == 0 => 4,
            _ if rest % 2 == 0 => 2,
            _ if rest % 3 == 0 => 3,
            _ => 5,
        };
        let pass = Pass {
            from: data.as_ptr(),
            to: other.as_mut_ptr(),
            parts: rest / radix,
            stride,
            roots: roots.as_ptr(),
            step: stride * step,
        };
        // The passes read `radix * parts * stride == n` values and write as many, and the largest
        // root they take is the `(radix - 1) * (parts - 1) * stride * step`-th, below `n * step`.
        unsafe {
            match radix {
                4 => pass.radix4(),
                2 => pass.radix2(),
                3 => pass.radix3(),
                _ => pass.radix5(),
            }
        }
        std::mem::swap(&mut data, &mut other);
        rest /= radix;
        stride *= radix;
    }
    data
}

/// One pass: `stride` transforms of length `radix * parts` become `stride * radix` of length
/// `parts`.
struct Pass {
    from: *const Complex,
    to: *mut Complex,
    parts: usize,
    stride: usize,
    roots: *const Complex,
    step: usize,
}

impl Pass {
    #[inline(never)]
    unsafe fn radix2(&self) {
        let (far, stride) = (self.parts * self.stride, self.stride);
        for part in 0..self.parts {
            let w = *self.roots.add(part * self.step);
            let from = self.from.add(part * stride);
            let to = self.to.add(2 * part * stride);
            for q in 0..stride {
                let (a, b) = (*from.add(q), *from.add(q + far));
                *to.add(q) = a + b;
                *to.add(q + stride) = (a - b) * w;
            }
        }
    }

    #[inline(never)]
    unsafe fn radix3(&self) {
        let (far, stride) = (self.parts * self.stride, self.stride);
        for part in 0..self.parts {
            let w1 = *self.roots.add(part * self.step);
            let w2 = *self.roots.add(2 * part * self.step);
            let from = self.from.add(part * stride);
            let to = self.to.add(3 * part * stride);
            for q in 0..stride {
                let (a, b, c) = (*from.add(q), *from.add(q + far), *from.add(q + 2 * far));
                let sum = b + c;
                let middle = a - sum.scaled(0.5);
                let side = (b - c).scaled(SIN_60).turned();
                *to.add(q) = a + sum;
                *to.add(q + stride) = (middle + side) * w1;
                *to.add(q + 2 * stride) = (middle - side) * w2;
            }
        }
    }

    #[inline(never)]
    unsafe fn radix4(&self) {
        let (far, stride) = (self.parts * self.stride, self.stride);
        for part in 0..self.parts {
            let w1 = *self.roots.add(part * self.step);
            let w2 = *self.roots.add(2 * part * self.step);
            let w3 = *self.roots.add(3 * part * self.step);
            let from = self.from.add(part * stride);
            let to = self.to.add(4 * part * stride);
            for q in 0..stride {
                let (a, b) = (*from.add(q), *from.add(q + far));
                let (c, d) = (*from.add(q + 2 * far), *from.add(q + 3 * far));
                let (even, odd) = (a + c, b + d);
                let (flat, steep) = (a - c, (b - d).turned());
                *to.add(q) = even + odd;
                *to.add(q + stride) = (flat + steep) * w1;
                *to.add(q + 2 * stride) = (even - odd) * w2;
                *to.add(q + 3 * stride) = (flat - steep) * w3;
            }
        }
    }

    #[inline(never)]
    unsafe fn radix5(&self) {
        let (far, stride) = (self.parts * self.stride, self.stride);
        for part in 0..self.parts {
            let roots = self.roots;
            let turn = part * self.step;
            let from = self.from.add(part * stride);
            let to = self.to.add(5 * part * stride);
            for q in 0..stride {
                let (a, b, c) = (*from.add(q), *from.add(q + far), *from.add(q + 2 * far));
                let (d, e) = (*from.add(q + 3 * far), *from.add(q + 4 * far));
                let (outer, inner) = (b + e, c + d);
                let (outer_gap, inner_gap) = (b - e, c - d);
                let one = a + outer.scaled(COS_72) + inner.scaled(COS_144);
                let two = a + outer.scaled(COS_144) + inner.scaled(COS_72);
                let one_side = (outer_gap.scaled(SIN_72) + inner_gap.scaled(SIN_144)).turned();
                let two_side = (outer_gap.scaled(SIN_144) - inner_gap.scaled(SIN_72)).turned();
                *to.add(q) = a + outer + inner;
                *to.add(q + stride) = (one + one_side) * *roots.add(turn);
                *to.add(q + 2 * stride) = (two + two_side) * *roots.add(2 * turn);
                *to.add(q + 3 * stride) = (two - two_side) * *roots.add(3 * turn);
                *to.add(q + 4 * stride) = (one - one_side) * *roots.add(4 * turn);
            }
        }
    }
}

/// Bluestein: a transform of any length as a convolution of a power of two.
#[inline(never)]
fn chirp(mut data: Vec<Complex>) -> Vec<Complex> {
    let n = data.len();
    let size = (2 * n - 1).next_power_of_two();
    let roots = roots::table(size);
    let chirp = squares(n);
    let mut signal = vec![ZERO; size];
    let mut filter = vec![ZERO; size];
    filter[0] = chirp[0].conjugate();
    for (at, &turn) in chirp.iter().enumerate() {
        signal[at] = data[at] * turn;
        if at > 0 {
            filter[at] = turn.conjugate();
            filter[size - at] = turn.conjugate();
        }
    }
    let mut signal = passes(signal, &roots, 1);
    let filter = passes(filter, &roots, 1);
    for (value, &factor) in signal.iter_mut().zip(&filter) {
        *value = (*value * factor).swapped();
    }
    let signal = passes(signal, &roots, 1);
    let scale = 1.0 / size as f64;
    for ((target, &value), &turn) in data.iter_mut().zip(&signal).zip(&chirp) {
        *target = value.swapped().scaled(scale) * turn;
    }
    data
}

/// exp(-pi i t^2 / n) for t from 0 to n - 1.
fn squares(n: usize) -> Vec<Complex> {
    let mut square = 0;
    (0..n)
        .map(|t| {
            let root = roots::root(square, 2 * n);
            square += 2 * t + 1;
            if square >= 2 * n {
                square -= 2 * n;
            }
            root
        })
        .collect()
}
