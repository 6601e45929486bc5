//! How long a label is in the form that the DNS sees, after RFC 3492.

use super::characters::decode;

/// The longest label there is.
const LONGEST: usize = 63;

const PREFIX: usize = "xn--".len();

/// The length of an international label as `xn--…`, or anything above 63 if it is longer.
#[inline(never)]
pub fn length(label: &[u8]) -> usize {
    let mut points = [0; LONGEST];
    let mut count = 0;
    let mut at = 0;
    while at < label.len() {
        if count == LONGEST {
            return LONGEST + 1;
        }
        let (point, len) =
            if label[at] < 0x80 { (label[at] as u32, 1) } else { decode(label, at) };
        points[count] = point;
        count += 1;
        at += len;
    }
    PREFIX + encoded(&points[..count])
}

fn encoded(points: &[u32]) -> usize {
    let basic = points.iter().filter(|&&point| point < 0x80).count();
    let mut len = if basic > 0 { basic + 1 } else { 0 };
    let (mut done, mut bias, mut delta, mut smallest) = (basic as u32, 72, 0, 0x80);
    while (done as usize) < points.len() {
        let next = points.iter().copied().filter(|&point| point >= smallest).min().unwrap_or(0);
        delta += (next - smallest) * (done + 1);
        for &point in points {
            if point < next {
                delta += 1;
            } else if point == next {
                len += digits(delta, bias);
                bias = adapt(delta, done + 1, done as usize == basic);
                delta = 0;
                done += 1;
            }
        }
        delta += 1;
        smallest = next + 1;
    }
    len
}

/// How many digits a number has.
fn digits(number: u32, bias: u32) -> usize {
    let mut rest = number;
    let mut len = 1;
    let mut k = 36;
    loop {
        let threshold = if k <= bias { 1 } else { (k - bias).min(26) };
        if rest < threshold {
            return len;
        }
        rest = (rest - threshold) / (36 - threshold);
        len += 1;
        k += 36;
    }
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 35 * 26 / 2 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}
