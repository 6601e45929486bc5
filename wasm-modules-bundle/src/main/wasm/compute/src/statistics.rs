/// Count, minimum, maximum, mean and variance (that of the population), in two passes.
#[inline(never)]
pub fn of(values: &[f64]) -> Vec<f64> {
    let count = values.len() as f64;
    let mut least = f64::INFINITY;
    let mut most = f64::NEG_INFINITY;
    let mut sum = 0.0;
    for &value in values {
        // Once there is a NaN, it stays.
        if value < least || value.is_nan() {
            least = value;
        }
        if value > most || value.is_nan() {
            most = value;
        }
        sum += value;
    }
    let mean = sum / count;
    let mut squares = 0.0;
    for &value in values {
        squares += (value - mean) * (value - mean);
    }
    vec![count, least, most, mean, squares / count]
}
