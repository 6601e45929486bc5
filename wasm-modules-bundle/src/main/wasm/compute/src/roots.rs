//! Roots of unity from exactly rounded operations alone: the angle is reduced in integers, sine and
//! cosine are the polynomials of fdlibm (k_sin.c, k_cos.c) for angles up to a quarter of pi.
//!
//! Of fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Permission to use,
//! copy, modify, and distribute this software is freely granted, provided that this notice is
//! preserved.

use crate::complex::{complex, Complex, ZERO};
use std::f64::consts::FRAC_PI_4;

/// exp(-2 pi i t / n) for t from 0 to n - 1.
#[inline(never)]
pub fn table(n: usize) -> Vec<Complex> {
    if n % 8 != 0 {
        return (0..n).map(|t| root(t, n)).collect();
    }
    let mut roots = vec![ZERO; n];
    let quarter = n / 4;
    for t in 0..=n / 8 {
        let root = root(t, n);
        roots[t] = root;
        roots[quarter - t] = complex(-root.im, -root.re);
    }
    let (first, rest) = roots.split_at_mut(quarter);
    let (second, rest) = rest.split_at_mut(quarter);
    let (third, fourth) = rest.split_at_mut(quarter);
    let others = second.iter_mut().zip(third).zip(fourth);
    for (&root, ((second, third), fourth)) in first.iter().zip(others) {
        *second = root.turned();
        *third = complex(-root.re, -root.im);
        *fourth = complex(-root.im, root.re);
    }
    roots
}

/// exp(-2 pi i t / n) for t below n.
#[inline(never)]
pub fn root(t: usize, n: usize) -> Complex {
    let octant = 8 * t / n;
    let rest = 8 * t - octant * n;
    let rest = if octant % 2 == 0 { rest } else { n - rest };
    let angle = rest as f64 * FRAC_PI_4 / n as f64;
    let (sin, cos) = (sin(angle), cos(angle));
    match octant {
        0 => complex(cos, -sin),
        1 => complex(sin, -cos),
        2 => complex(-sin, -cos),
        3 => complex(-cos, -sin),
        4 => complex(-cos, sin),
        5 => complex(-sin, cos),
        6 => complex(sin, cos),
        _ => complex(cos, sin),
    }
}

#[inline(always)]
#[allow(clippy::excessive_precision)]
fn sin(x: f64) -> f64 {
    let z = x * x;
    let r = 8.33333333332248946124e-03
        + z * (-1.98412698298579493134e-04
            + z * (2.75573137070700676789e-06
                + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
    x + z * x * (-1.66666666666666324348e-01 + z * r)
}

#[inline(always)]
#[allow(clippy::excessive_precision)]
fn cos(x: f64) -> f64 {
    let z = x * x;
    let r = z
        * (4.16666666666666019037e-02
            + z * (-1.38888888888741095749e-03
                + z * (2.48015872894767294178e-05
                    + z * (-2.75573143513906633035e-07
                        + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
    let half = 0.5 * z;
    let w = 1.0 - half;
    w + ((1.0 - w - half) + z * r)
}
