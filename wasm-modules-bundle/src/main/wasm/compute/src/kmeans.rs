//! k-means: Lloyd's algorithm from a k-means++ start (Arthur and Vassilvitskii 2007).

use crate::random::Random;

const NOBODY: u32 = u32::MAX;
const ANY: usize = 0;

/// At most `iterations` rounds of assigning and averaging, fewer if nothing changes any more. A
/// cluster without points keeps its centroid.
pub fn centroids(
    points: &[f64],
    dimensions: usize,
    k: usize,
    iterations: i32,
    seed: u64,
) -> Vec<f64> {
    let mut centroids = start(points, dimensions, k, &mut Random(seed));
    let mut owners = vec![NOBODY; points.len() / dimensions];
    for _ in 0..iterations {
        if !assign(points, &centroids, dimensions, &mut owners) {
            break;
        }
        average(points, &owners, dimensions, &mut centroids);
    }
    centroids
}

pub fn nearest_of_all(points: &[f64], centroids: &[f64], dimensions: usize) -> Vec<u32> {
    let mut owners = vec![NOBODY; points.len() / dimensions];
    assign(points, centroids, dimensions, &mut owners);
    owners
}

/// Each centroid is a point, taken with a chance in proportion to its squared distance from those
/// that were taken before.
#[inline(never)]
fn start(points: &[f64], dimensions: usize, k: usize, random: &mut Random) -> Vec<f64> {
    let count = points.len() / dimensions;
    let mut distances = vec![f64::INFINITY; count];
    let mut centroids = Vec::with_capacity(k * dimensions);
    let mut next = (random.next_f64() * count as f64) as usize;
    loop {
        let chosen = &points[next * dimensions..][..dimensions];
        centroids.extend_from_slice(chosen);
        if centroids.len() == k * dimensions {
            return centroids;
        }
        let mut total = 0.0;
        for (point, distance) in points.chunks_exact(dimensions).zip(&mut distances) {
            let to_chosen = squared_distance(point, chosen);
            if to_chosen < *distance {
                *distance = to_chosen;
            }
            total += *distance;
        }
        next = pick(&distances, random.next_f64() * total);
    }
}

/// The first place where the sum of the distances is more than `threshold`, else the last place.
fn pick(distances: &[f64], threshold: f64) -> usize {
    let mut sum = 0.0;
    for (at, &distance) in distances.iter().enumerate() {
        sum += distance;
        if sum > threshold {
            return at;
        }
    }
    distances.len() - 1
}

/// Whether any point has another owner than before. In few dimensions the loops over them are
/// unrolled, which makes it almost twice as fast.
fn assign(points: &[f64], centroids: &[f64], dimensions: usize, owners: &mut [u32]) -> bool {
    match dimensions {
        1 => assign_in::<1>(points, centroids, dimensions, owners),
        2 => assign_in::<2>(points, centroids, dimensions, owners),
        3 => assign_in::<3>(points, centroids, dimensions, owners),
        4 => assign_in::<4>(points, centroids, dimensions, owners),
        _ => assign_in::<ANY>(points, centroids, dimensions, owners),
    }
}

#[inline(never)]
fn assign_in<const DIMENSIONS: usize>(
    points: &[f64],
    centroids: &[f64],
    dimensions: usize,
    owners: &mut [u32],
) -> bool {
    let dimensions = if DIMENSIONS == ANY { dimensions } else { DIMENSIONS };
    let mut changed = false;
    for (point, owner) in points.chunks_exact(dimensions).zip(owners) {
        let nearest = nearest(point, centroids, dimensions);
        changed |= nearest != *owner;
        *owner = nearest;
    }
    changed
}

/// The first of the nearest centroids, four of which are measured at once.
#[inline(always)]
fn nearest(point: &[f64], centroids: &[f64], dimensions: usize) -> u32 {
    let mut nearest = 0;
    let mut least = f64::INFINITY;
    let mut number = 0;
    let mut consider = |distance: f64| {
        if distance < least {
            least = distance;
            nearest = number;
        }
        number += 1;
    };
    let blocks = centroids.chunks_exact(4 * dimensions);
    let rest = blocks.remainder();
    for block in blocks {
        // The block holds four rows as long as the point.
        for distance in unsafe { four_distances(point, block.as_ptr(), dimensions) } {
            consider(distance);
        }
    }
    for centroid in rest.chunks_exact(dimensions) {
        consider(squared_distance(point, centroid));
    }
    nearest
}

#[inline(always)]
unsafe fn four_distances(point: &[f64], rows: *const f64, dimensions: usize) -> [f64; 4] {
    let mut sums = [0.0; 4];
    for at in 0..dimensions {
        let value = *point.get_unchecked(at);
        for (row, sum) in sums.iter_mut().enumerate() {
            let gap = value - *rows.add(row * dimensions + at);
            *sum += gap * gap;
        }
    }
    sums
}

#[inline(always)]
fn squared_distance(one: &[f64], other: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in one.iter().zip(other) {
        let gap = a - b;
        sum += gap * gap;
    }
    sum
}

#[inline(never)]
fn average(points: &[f64], owners: &[u32], dimensions: usize, centroids: &mut [f64]) {
    let mut sums = vec![0.0; centroids.len()];
    let mut counts = vec![0u32; centroids.len() / dimensions];
    for (point, &owner) in points.chunks_exact(dimensions).zip(owners) {
        counts[owner as usize] += 1;
        let sum = &mut sums[owner as usize * dimensions..][..dimensions];
        for (sum, value) in sum.iter_mut().zip(point) {
            *sum += value;
        }
    }
    let rows = centroids.chunks_exact_mut(dimensions).zip(sums.chunks_exact(dimensions));
    for ((centroid, sum), &count) in rows.zip(&counts) {
        if count > 0 {
            for (value, sum) in centroid.iter_mut().zip(sum) {
                *value = sum / count as f64;
            }
        }
    }
}
