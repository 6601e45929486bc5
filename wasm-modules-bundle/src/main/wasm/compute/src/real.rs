//! The transform of real numbers, of an even count by a complex one of half the length.

use crate::complex::{complex, from_parts, Complex, ZERO};
use crate::{fft, roots};

/// The first n / 2 + 1 values; the others are their conjugates.
#[inline(never)]
pub fn forward(signal: &[f64]) -> Vec<Complex> {
    let n = signal.len();
    if n % 2 != 0 {
        let mut all = fft::forward(signal.iter().map(|&value| complex(value, 0.0)).collect());
        all.truncate(n / 2 + 1);
        return all;
    }
    let half = n / 2;
    let roots = roots::table(n);
    let packed = transform(from_parts(signal), &roots);
    (0..=half)
        .map(|k| {
            let value = packed[if k == half { 0 } else { k }];
            let mirror = packed[if k == 0 { 0 } else { half - k }].conjugate();
            let even = (value + mirror).scaled(0.5);
            let odd = (value - mirror).scaled(0.5).turned();
            even + odd * roots[k]
        })
        .collect()
}

/// The real numbers; the imaginary parts of the first value and of an even count's last are zero.
#[inline(never)]
pub fn inverse(spectrum: &[Complex], n: usize) -> Vec<f64> {
    let real = complex(spectrum[0].re, 0.0);
    let half = n / 2;
    if n % 2 != 0 {
        let mut all = vec![ZERO; n];
        all[0] = real;
        for k in 1..=half {
            all[k] = spectrum[k];
            all[n - k] = spectrum[k].conjugate();
        }
        return fft::inverse(all).iter().map(|value| value.re).collect();
    }
    let roots = roots::table(n);
    let last = complex(spectrum[half].re, 0.0);
    let packed = (0..half)
        .map(|k| {
            let value = if k == 0 { real } else { spectrum[k] };
            let mirror = if k == 0 { last } else { spectrum[half - k].conjugate() };
            let even = (value + mirror).scaled(0.5);
            let odd = (value - mirror).scaled(0.5) * roots[k].conjugate();
            (even - odd.turned()).swapped()
        })
        .collect();
    let scale = 1.0 / half as f64;
    let mut signal = Vec::with_capacity(n);
    for value in transform(packed, &roots) {
        signal.push(value.im * scale);
        signal.push(value.re * scale);
    }
    signal
}

/// The transform of half the length that the roots are for.
fn transform(data: Vec<Complex>, roots: &[Complex]) -> Vec<Complex> {
    if fft::is_smooth(data.len()) {
        fft::passes(data, roots, 2)
    } else {
        fft::forward(data)
    }
}
