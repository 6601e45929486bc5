//! One query against many rows, some of them at once. A sum has four lanes, the n-th term going to
//! lane n modulo 4.

const LANES: usize = 4;

type Sums<const TERMS: usize, const ROWS: usize> = [[[f32; LANES]; TERMS]; ROWS];

#[inline(never)]
pub fn dot(query: &[f32], rows: &[f32]) -> Vec<f32> {
    batch::<1, 4>(query, rows, |a, b| [a * b], |[sum]| sum)
}

/// The quotient is taken in 64 bits, so that the product of the norms can't overflow.
#[inline(never)]
pub fn cosine(query: &[f32], rows: &[f32]) -> Vec<f32> {
    let norm = dot(query, query)[0] as f64;
    batch::<2, 2>(
        query,
        rows,
        |a, b| [a * b, b * b],
        |[product, square]| (product as f64 / (norm * square as f64).sqrt()) as f32,
    )
}

#[inline(never)]
pub fn squared_l2(query: &[f32], rows: &[f32]) -> Vec<f32> {
    batch::<1, 4>(query, rows, |a, b| [(a - b) * (a - b)], |[sum]| sum)
}

/// Sums `TERMS` terms for every row, `ROWS` rows at once.
#[inline(always)]
fn batch<const TERMS: usize, const ROWS: usize>(
    query: &[f32],
    rows: &[f32],
    term: impl Fn(f32, f32) -> [f32; TERMS],
    answer: impl Fn([f32; TERMS]) -> f32,
) -> Vec<f32> {
    let length = query.len();
    let mut answers = Vec::with_capacity(rows.len() / length);
    let blocks = rows.chunks_exact(ROWS * length);
    let rest = blocks.remainder();
    for block in blocks {
        // The block holds `ROWS` rows as long as the query.
        let sums: Sums<TERMS, ROWS> = unsafe { sums(query, block.as_ptr(), &term) };
        answers.extend(sums.map(|lanes| answer(lanes.map(total))));
    }
    for row in rest.chunks_exact(length) {
        let [lanes]: Sums<TERMS, 1> = unsafe { sums(query, row.as_ptr(), &term) };
        answers.push(answer(lanes.map(total)));
    }
    answers
}

fn total(lanes: [f32; LANES]) -> f32 {
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

#[inline(always)]
unsafe fn sums<const TERMS: usize, const ROWS: usize>(
    query: &[f32],
    rows: *const f32,
    term: &impl Fn(f32, f32) -> [f32; TERMS],
) -> Sums<TERMS, ROWS> {
    let length = query.len();
    let query = query.as_ptr();
    let mut sums = [[[0.0; LANES]; TERMS]; ROWS];
    let mut at = 0;
    while at + LANES <= length {
        for lane in 0..LANES {
            add(&mut sums, query, rows, length, at + lane, lane, term);
        }
        at += LANES;
    }
    for lane in 0..LANES - 1 {
        if at + lane < length {
            add(&mut sums, query, rows, length, at + lane, lane, term);
        }
    }
    sums
}

#[inline(always)]
unsafe fn add<const TERMS: usize, const ROWS: usize>(
    sums: &mut Sums<TERMS, ROWS>,
    query: *const f32,
    rows: *const f32,
    length: usize,
    at: usize,
    lane: usize,
    term: &impl Fn(f32, f32) -> [f32; TERMS],
) {
    let a = *query.add(at);
    for (row, sums) in sums.iter_mut().enumerate() {
        let terms = term(a, *rows.add(row * length + at));
        for (sum, term) in sums.iter_mut().zip(terms) {
            sum[lane] += term;
        }
    }
}
