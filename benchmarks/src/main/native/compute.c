// The kernels of the module compute, plain C for the C compiler of the system. Prints one JSON object a line.
//   compute            all of them
//   compute KERNEL MS  one, in batches of that many milliseconds
#include <math.h>
#include "measure.h"

enum { SIZE = 128, SIGNAL = 1024, POINTS = 1000, CLUSTERS = 8, ROUNDS = 10, DIMENSIONS = 384, ROWS = 10000 };

static float f32[SIZE * SIZE], product32[SIZE * SIZE], query[DIMENSIONS], rows[ROWS * DIMENSIONS], angles[ROWS];
static double f64[SIZE * SIZE], product64[SIZE * SIZE], signal[2 * SIGNAL], spectrum[2 * SIGNAL], roots[SIGNAL];
static double points[POINTS * 3], centroids[CLUSTERS * 3];

static unsigned state;

static void restart(void) { state = 20261121; }

static double uniform(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state / 4294967296.0;
}

#define MATMUL(name, type, a, c)                                       \
  static void name(void) {                                             \
    memset(c, 0, sizeof c);                                            \
    for (int i = 0; i < SIZE; i++)                                     \
      for (int k = 0; k < SIZE; k++) {                                 \
        type factor = a[i * SIZE + k];                                 \
        for (int j = 0; j < SIZE; j++)                                 \
          c[i * SIZE + j] += factor * a[k * SIZE + j];                 \
      }                                                                \
  }
MATMUL(matmul_f32, float, f32, product32)
MATMUL(matmul_f64, double, f64, product64)

static void fft(void) {
  for (int i = 0; i < SIGNAL; i++) {
    int reversed = 0;
    for (int bit = 1, mirrored = SIGNAL / 2; bit < SIGNAL; bit *= 2, mirrored /= 2)
      if (i & bit) reversed |= mirrored;
    spectrum[2 * reversed] = signal[2 * i];
    spectrum[2 * reversed + 1] = signal[2 * i + 1];
  }
  for (int half = 1; half < SIGNAL; half *= 2)
    for (int start = 0; start < SIGNAL; start += 2 * half)
      for (int k = 0; k < half; k++) {
        double re = roots[2 * k * (SIGNAL / 2 / half)], im = roots[2 * k * (SIGNAL / 2 / half) + 1];
        double *a = spectrum + 2 * (start + k), *b = a + 2 * half;
        double x = b[0] * re - b[1] * im, y = b[0] * im + b[1] * re;
        b[0] = a[0] - x;
        b[1] = a[1] - y;
        a[0] += x;
        a[1] += y;
      }
}

static void k_means(void) {
  int owner[POINTS];
  memcpy(centroids, points, sizeof centroids);
  for (int round = 0; round < ROUNDS; round++) {
    double sums[CLUSTERS * 3] = {0};
    int counts[CLUSTERS] = {0};
    for (int p = 0; p < POINTS; p++) {
      double least = INFINITY;
      for (int c = 0; c < CLUSTERS; c++) {
        double distance = 0;
        for (int i = 0; i < 3; i++) {
          double d = points[p * 3 + i] - centroids[c * 3 + i];
          distance += d * d;
        }
        if (distance < least) least = distance, owner[p] = c;
      }
      counts[owner[p]]++;
      for (int i = 0; i < 3; i++) sums[owner[p] * 3 + i] += points[p * 3 + i];
    }
    for (int c = 0; c < CLUSTERS; c++)
      if (counts[c])
        for (int i = 0; i < 3; i++) centroids[c * 3 + i] = sums[c * 3 + i] / counts[c];
  }
}

static void cosine(void) {
  for (int r = 0; r < ROWS; r++) {
    float dot = 0, a = 0, b = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      float x = query[i], y = rows[r * DIMENSIONS + i];
      dot += x * y;
      a += x * x;
      b += y * y;
    }
    angles[r] = dot / sqrtf(a * b);
  }
}

static double product32_at(int i) { return product32[i]; }
static double product64_at(int i) { return product64[i]; }
static double spectrum_at(int i) { return spectrum[i]; }
static double centroid_at(int i) { return centroids[i]; }
static double angle_at(int i) { return angles[i]; }

int main(int count, char **arguments) {
  choose(count, arguments);
  restart();
  for (int i = 0; i < SIZE * SIZE; i++) f64[i] = uniform(), f32[i] = f64[i];
  restart();
  for (int i = 0; i < 2 * SIGNAL; i++) signal[i] = uniform();
  for (int i = 0; i < SIGNAL; i += 2) roots[i] = cos(-M_PI * i / SIGNAL), roots[i + 1] = sin(-M_PI * i / SIGNAL);
  restart();
  for (int i = 0; i < POINTS * 3; i++) points[i] = uniform();
  restart();
  for (int i = 0; i < DIMENSIONS; i++) query[i] = uniform();
  restart();
  for (int i = 0; i < ROWS * DIMENSIONS; i++) rows[i] = uniform();
  measure("compute", "matmulF32", matmul_f32, SIZE * SIZE, product32_at);
  measure("compute", "matmulF64", matmul_f64, SIZE * SIZE, product64_at);
  measure("compute", "fft", fft, 2 * SIGNAL, spectrum_at);
  measure("compute", "kMeans", k_means, CLUSTERS * 3, centroid_at);
  measure("compute", "cosine", cosine, ROWS, angle_at);
  return 0;
}
