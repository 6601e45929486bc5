import { Guest } from '../guest.mjs';
import { doubles, floats } from '../inputs.mjs';

const SIZE = 128;
const POINTS = 1_000;
const DIMENSIONS = 384;
const ROWS = 10_000;

const guest = new Guest('compute');
const f32 = floats(SIZE * SIZE);
const f64 = doubles(SIZE * SIZE);
const signal = doubles(2 * 1024);
const points = doubles(POINTS * 3);
const query = floats(DIMENSIONS);
const rows = floats(ROWS * DIMENSIONS);

// The plain three loops, in the order that reads all three matrices along their rows.
function matmul(type, a, b, n) {
  const c = new type(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      for (let j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j];
    }
  }
  return c;
}

// Cooley and Tukey's transform of a power of two, roots computed once for each length.
const roots = new Map();

function fft(signal) {
  const n = signal.length / 2;
  const out = new Float64Array(2 * n);
  const shift = 32 - Math.log2(n);
  for (let i = 0; i < n; i++) {
    let reversed = i;
    reversed = ((reversed >>> 1) & 0x55555555) | ((reversed & 0x55555555) << 1);
    reversed = ((reversed >>> 2) & 0x33333333) | ((reversed & 0x33333333) << 2);
    reversed = ((reversed >>> 4) & 0x0f0f0f0f) | ((reversed & 0x0f0f0f0f) << 4);
    reversed = ((reversed >>> 8) & 0x00ff00ff) | ((reversed & 0x00ff00ff) << 8);
    reversed = ((reversed >>> 16) | (reversed << 16)) >>> shift;
    out[2 * reversed] = signal[2 * i];
    out[2 * reversed + 1] = signal[2 * i + 1];
  }
  if (!roots.has(n)) {
    roots.set(n, Float64Array.from({ length: n }, (_, i) => (i & 1 ? Math.sin : Math.cos)((-2 * Math.PI * (i >> 1)) / n)));
  }
  const w = roots.get(n);
  for (let half = 1; half < n; half *= 2) {
    const step = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const re = w[2 * k * step];
        const im = w[2 * k * step + 1];
        const a = 2 * (start + k);
        const b = a + 2 * half;
        const x = out[b] * re - out[b + 1] * im;
        const y = out[b] * im + out[b + 1] * re;
        out[b] = out[a] - x;
        out[b + 1] = out[a + 1] - y;
        out[a] += x;
        out[a + 1] += y;
      }
    }
  }
  return out;
}

// Lloyd's algorithm from the first k points.
function kMeans(points, d, k, iterations) {
  const n = points.length / d;
  const centroids = points.slice(0, k * d);
  const owner = new Int32Array(n);
  for (let round = 0; round < iterations; round++) {
    for (let p = 0; p < n; p++) {
      let best = 0;
      let least = Infinity;
      for (let c = 0; c < k; c++) {
        let distance = 0;
        for (let i = 0; i < d; i++) distance += (points[p * d + i] - centroids[c * d + i]) ** 2;
        if (distance < least) [least, best] = [distance, c];
      }
      owner[p] = best;
    }
    const sums = new Float64Array(k * d);
    const counts = new Int32Array(k);
    for (let p = 0; p < n; p++) {
      counts[owner[p]]++;
      for (let i = 0; i < d; i++) sums[owner[p] * d + i] += points[p * d + i];
    }
    for (let c = 0; c < k; c++) {
      if (counts[c] > 0) for (let i = 0; i < d; i++) centroids[c * d + i] = sums[c * d + i] / counts[c];
    }
  }
  return centroids;
}

function cosine(query, rows) {
  const d = query.length;
  const out = new Float32Array(rows.length / d);
  for (let r = 0; r < out.length; r++) {
    let dot = 0;
    let a = 0;
    let b = 0;
    for (let i = 0; i < d; i++) {
      const x = query[i];
      const y = rows[r * d + i];
      dot += x * y;
      a += x * x;
      b += y * y;
    }
    out[r] = dot / Math.sqrt(a * b);
  }
  return out;
}

export default {
  matmulF32: {
    wasm: () => guest.bytes('matmul_f32', f32, f32, SIZE, SIZE, SIZE),
    js: () => matmul(Float32Array, f32, f32, SIZE),
  },
  matmulF64: {
    wasm: () => guest.bytes('matmul_f64', f64, f64, SIZE, SIZE, SIZE),
    js: () => matmul(Float64Array, f64, f64, SIZE),
  },
  fft: { wasm: () => guest.bytes('fft', signal), js: () => fft(signal) },
  kMeans: { wasm: () => guest.bytes('k_means', points, 3, 8, 10, 1n), js: () => kMeans(points, 3, 8, 10) },
  cosine: { wasm: () => guest.bytes('cosine', query, rows), js: () => cosine(query, rows) },
};
