package io.github.wasmspring.vector;

/**
 * How alike two vectors are, with the same bits as the module has it: a sum has eight lanes, the
 * n-th term going to lane n modulo 8, and all is rounded as IEEE 754 says.
 */
final class VectorScore {

  private final VectorMetric metric;
  private final float[] query;

  /** 1 / the length of the query, where it matters. */
  private final double queryFactor;

  VectorScore(VectorMetric metric, float[] query) {
    this.metric = metric;
    this.query = query;
    this.queryFactor = factor(metric, query);
  }

  /** What {@link #of} wants to know of a vector beforehand. */
  static double factor(VectorMetric metric, float[] vector) {
    return metric == VectorMetric.COSINE ? 1.0 / Math.sqrt((double) dot(vector, vector)) : 1.0;
  }

  float of(float[] vector, double factor) {
    return switch (this.metric) {
      case COSINE -> {
        double cosine = (double) dot(this.query, vector) * (this.queryFactor * factor);
        yield Math.max(-1.0f, Math.min(1.0f, (float) cosine));
      }
      case DOT -> dot(this.query, vector);
      case L2 -> -squaredDistance(this.query, vector);
    };
  }

  static float dot(float[] x, float[] y) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int at = 0;
    for (; at <= x.length - 8; at += 8) {
      a += x[at] * y[at];
      b += x[at + 1] * y[at + 1];
      c += x[at + 2] * y[at + 2];
      d += x[at + 3] * y[at + 3];
      e += x[at + 4] * y[at + 4];
      f += x[at + 5] * y[at + 5];
      g += x[at + 6] * y[at + 6];
      h += x[at + 7] * y[at + 7];
    }
    int rest = x.length - at;
    a += rest > 0 ? x[at] * y[at] : 0;
    b += rest > 1 ? x[at + 1] * y[at + 1] : 0;
    c += rest > 2 ? x[at + 2] * y[at + 2] : 0;
    d += rest > 3 ? x[at + 3] * y[at + 3] : 0;
    e += rest > 4 ? x[at + 4] * y[at + 4] : 0;
    f += rest > 5 ? x[at + 5] * y[at + 5] : 0;
    g += rest > 6 ? x[at + 6] * y[at + 6] : 0;
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }

  private static float squaredDistance(float[] x, float[] y) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int at = 0;
    for (; at <= x.length - 8; at += 8) {
      a += squared(x[at] - y[at]);
      b += squared(x[at + 1] - y[at + 1]);
      c += squared(x[at + 2] - y[at + 2]);
      d += squared(x[at + 3] - y[at + 3]);
      e += squared(x[at + 4] - y[at + 4]);
      f += squared(x[at + 5] - y[at + 5]);
      g += squared(x[at + 6] - y[at + 6]);
      h += squared(x[at + 7] - y[at + 7]);
    }
    int rest = x.length - at;
    a += rest > 0 ? squared(x[at] - y[at]) : 0;
    b += rest > 1 ? squared(x[at + 1] - y[at + 1]) : 0;
    c += rest > 2 ? squared(x[at + 2] - y[at + 2]) : 0;
    d += rest > 3 ? squared(x[at + 3] - y[at + 3]) : 0;
    e += rest > 4 ? squared(x[at + 4] - y[at + 4]) : 0;
    f += rest > 5 ? squared(x[at + 5] - y[at + 5]) : 0;
    g += rest > 6 ? squared(x[at + 6] - y[at + 6]) : 0;
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }

  private static float squared(float number) {
    return number * number;
  }
}
