//! The compute module: matrix product, Fourier transform, clustering, similarity and statistics.
//!
//! Arrays are little-endian and row-major. The order of all additions and multiplications is
//! fixed, and nothing but IEEE 754's exactly rounded operations is used, so that the Java side
//! answers with the same bits (only the payload of a NaN is open).

mod benchmark;
mod complex;
mod fft;
mod kmeans;
mod matmul;
mod numbers;
mod random;
mod real;
mod roots;
mod similarity;
mod statistics;

use abi::{buffer, bytes};
use complex::Complex;
use numbers::{answer, input, limit, positive, shape, Fault};

const MAX_FFT: usize = 1 << 20;
const MAX_PRODUCT: usize = 1 << 24;

const CAPABILITIES: &[u8] = br#"{"operations":["matmulF32","matmulF64","fft","inverseFft","realFft","inverseRealFft","kMeans","nearestCentroids","dot","cosine","squaredL2","statistics","benchmark"],"types":["f32","f64"],"fftRadices":[2,3,4,5],"maxFftLength":1048576,"maxProductElements":16777216,"simd":false,"threads":false}"#;

/// What the module offers, as JSON.
#[no_mangle]
pub extern "C" fn capabilities() -> u64 {
    buffer(CAPABILITIES.to_vec())
}

/// `a` (m x k) times `b` (k x n), 32-bit floats.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn matmul_f32(
    a: *const u8,
    a_len: usize,
    b: *const u8,
    b_len: usize,
    m: i32,
    k: i32,
    n: i32,
) -> u64 {
    answer(product::<f32>(input(a, a_len), input(b, b_len), m, k, n))
}

/// `a` (m x k) times `b` (k x n), 64-bit floats.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn matmul_f64(
    a: *const u8,
    a_len: usize,
    b: *const u8,
    b_len: usize,
    m: i32,
    k: i32,
    n: i32,
) -> u64 {
    answer(product::<f64>(input(a, a_len), input(b, b_len), m, k, n))
}

fn product<T: matmul::Number>(
    a: Result<&[T], Fault>,
    b: Result<&[T], Fault>,
    m: i32,
    k: i32,
    n: i32,
) -> Result<Vec<T>, Fault> {
    let (a, b) = (a?, b?);
    let (rows, inner, columns) = match (positive(m), positive(k), positive(n)) {
        (Some(m), Some(k), Some(n)) => (m, k, n),
        _ => return shape("m, k and n must be at least 1"),
    };
    if rows.checked_mul(inner) != Some(a.len()) {
        return shape("a must hold m * k numbers");
    }
    if inner.checked_mul(columns) != Some(b.len()) {
        return shape("b must hold k * n numbers");
    }
    match rows.checked_mul(columns) {
        Some(size) if size <= MAX_PRODUCT => Ok(matmul::multiply(a, b, rows, inner, columns)),
        _ => limit("the product must not hold more than 16777216 numbers"),
    }
}

/// The discrete Fourier transform of complex numbers (real and imaginary parts in turn).
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn fft(ptr: *const u8, len: usize) -> u64 {
    answer(complex(input(ptr, len)).map(fft::forward))
}

/// What `fft` makes of the answer is the argument.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn inverse_fft(ptr: *const u8, len: usize) -> u64 {
    answer(complex(input(ptr, len)).map(fft::inverse))
}

/// The first n / 2 + 1 complex numbers of the transform of n real ones.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn real_fft(ptr: *const u8, len: usize) -> u64 {
    answer(input(ptr, len).and_then(|signal: &[f64]| {
        check_length(signal.len())?;
        Ok(real::forward(signal))
    }))
}

/// The `length` real numbers whose `real_fft` is given.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn inverse_real_fft(ptr: *const u8, len: usize, length: i32) -> u64 {
    answer(input(ptr, len).and_then(|spectrum: &[f64]| {
        let length = positive(length).unwrap_or(0);
        check_length(length)?;
        if spectrum.len() != 2 * (length / 2 + 1) {
            return shape("the spectrum must hold length / 2 + 1 complex numbers");
        }
        Ok(real::inverse(&complex::from_parts(spectrum), length))
    }))
}

fn complex(parts: Result<&[f64], Fault>) -> Result<Vec<Complex>, Fault> {
    let parts = parts?;
    if parts.len() % 2 != 0 {
        return shape("a complex number has a real and an imaginary part");
    }
    check_length(parts.len() / 2)?;
    Ok(complex::from_parts(parts))
}

fn check_length(length: usize) -> Result<(), Fault> {
    match length {
        0 => shape("a transform needs at least one number"),
        1..=MAX_FFT => Ok(()),
        _ => limit("a transform takes at most 1048576 numbers"),
    }
}

/// The centroids (k x dimensions) that Lloyd's algorithm comes to from a k-means++ start.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn k_means(
    points: *const u8,
    points_len: usize,
    dimensions: i32,
    k: i32,
    iterations: i32,
    seed: u64,
) -> u64 {
    answer(input(points, points_len).and_then(|points: &[f64]| {
        let dimensions = check_rows(points, dimensions)?;
        let count = points.len() / dimensions;
        match (positive(k), iterations) {
            (Some(k), 0..) if k <= count => {
                Ok(kmeans::centroids(points, dimensions, k, iterations, seed))
            }
            (Some(_), 0..) => shape("k must not be more than there are points"),
            (None, _) => shape("k must be at least 1"),
            _ => shape("iterations must not be negative"),
        }
    }))
}

/// For each point the number of the centroid that is nearest.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn nearest_centroids(
    points: *const u8,
    points_len: usize,
    centroids: *const u8,
    centroids_len: usize,
    dimensions: i32,
) -> u64 {
    let centroids = input(centroids, centroids_len);
    answer(input(points, points_len).and_then(|points: &[f64]| {
        let centroids: &[f64] = centroids?;
        let dimensions = check_rows(points, dimensions)?;
        if centroids.is_empty() || centroids.len() % dimensions != 0 {
            return shape("the centroids must be one or more rows of that many dimensions");
        }
        Ok(kmeans::nearest_of_all(points, centroids, dimensions))
    }))
}

fn check_rows(points: &[f64], dimensions: i32) -> Result<usize, Fault> {
    match positive(dimensions) {
        None => shape("dimensions must be at least 1"),
        Some(dimensions) if points.len() % dimensions != 0 => {
            shape("the points must be rows of that many dimensions")
        }
        Some(dimensions) => Ok(dimensions),
    }
}

/// The dot product of the query with each row.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn dot(
    query: *const u8,
    query_len: usize,
    rows: *const u8,
    rows_len: usize,
) -> u64 {
    similar(input(query, query_len), input(rows, rows_len), similarity::dot)
}

/// The cosine of the angle between the query and each row.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn cosine(
    query: *const u8,
    query_len: usize,
    rows: *const u8,
    rows_len: usize,
) -> u64 {
    similar(input(query, query_len), input(rows, rows_len), similarity::cosine)
}

/// The squared Euclidean distance between the query and each row.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn squared_l2(
    query: *const u8,
    query_len: usize,
    rows: *const u8,
    rows_len: usize,
) -> u64 {
    similar(input(query, query_len), input(rows, rows_len), similarity::squared_l2)
}

fn similar(
    query: Result<&[f32], Fault>,
    rows: Result<&[f32], Fault>,
    measure: fn(&[f32], &[f32]) -> Vec<f32>,
) -> u64 {
    answer(query.and_then(|query| {
        let rows = rows?;
        if query.is_empty() {
            return shape("the query must hold at least one number");
        }
        if rows.len() % query.len() != 0 {
            return shape("the rows must be as long as the query");
        }
        Ok(measure(query, rows))
    }))
}

/// Count, minimum, maximum, mean and variance.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn statistics(ptr: *const u8, len: usize) -> u64 {
    answer(input(ptr, len).map(statistics::of))
}

/// Runs a kernel on made-up data and answers with a check sum.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn benchmark(
    kernel: *const u8,
    kernel_len: usize,
    size: i32,
    repetitions: i32,
) -> u64 {
    answer(benchmark::run(bytes(kernel, kernel_len), size, repetitions))
}
