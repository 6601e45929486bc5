//! Kernels on made-up data, so that nothing but the kernel is measured. The clock is the host's.

use crate::complex::from_parts;
use crate::numbers::{kernel as unknown, limit, positive, shape, Fault};
use crate::random::Random;
use crate::{fft, kmeans, matmul, similarity};

const MAX_SIZE: usize = 1 << 16;

/// One number: the sum of the first number of the result of each repetition.
pub fn run(kernel: &[u8], size: i32, repetitions: i32) -> Result<Vec<f64>, Fault> {
    let once = match kernel {
        b"matmul" => multiply,
        b"fft" => transform,
        b"kmeans" => cluster,
        b"cosine" => compare,
        _ => return unknown("the kernels are matmul, fft, kmeans and cosine"),
    };
    let (size, repetitions) = match (positive(size), positive(repetitions)) {
        (Some(size), Some(repetitions)) => (size, repetitions),
        _ => return shape("size and repetitions must be at least 1"),
    };
    let most = if kernel == b"matmul" { 1024 } else { MAX_SIZE };
    if size > most {
        return limit("the size must not be more than 65536, for matmul 1024");
    }
    Ok(vec![once(size, repetitions)])
}

/// Two square matrices of 32-bit floats.
#[inline(never)]
fn multiply(size: usize, repetitions: usize) -> f64 {
    let mut random = Random(1);
    let (a, b) = (floats(&mut random, size * size), floats(&mut random, size * size));
    (0..repetitions).map(|_| matmul::multiply(&a, &b, size, size, size)[0] as f64).sum()
}

/// That many complex numbers.
#[inline(never)]
fn transform(size: usize, repetitions: usize) -> f64 {
    let data = from_parts(&doubles(&mut Random(1), 2 * size));
    (0..repetitions).map(|_| fft::forward(data.clone())[0].re).sum()
}

/// That many points of three dimensions, at most eight clusters, ten rounds.
#[inline(never)]
fn cluster(size: usize, repetitions: usize) -> f64 {
    let points = doubles(&mut Random(1), 3 * size);
    (0..repetitions)
        .map(|seed| kmeans::centroids(&points, 3, size.min(8), 10, seed as u64)[0])
        .sum()
}

/// That many rows of 128 dimensions.
#[inline(never)]
fn compare(size: usize, repetitions: usize) -> f64 {
    let mut random = Random(1);
    let (query, rows) = (floats(&mut random, 128), floats(&mut random, 128 * size));
    (0..repetitions).map(|_| similarity::cosine(&query, &rows)[0] as f64).sum()
}

fn doubles(random: &mut Random, count: usize) -> Vec<f64> {
    (0..count).map(|_| random.next_f64()).collect()
}

fn floats(random: &mut Random, count: usize) -> Vec<f32> {
    (0..count).map(|_| random.next_f64() as f32).collect()
}
