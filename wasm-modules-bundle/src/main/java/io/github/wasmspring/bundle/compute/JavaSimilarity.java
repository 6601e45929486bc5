package io.github.wasmspring.bundle.compute;

/** One query against many rows. A sum has four lanes, the n-th term going to lane n modulo 4. */
final class JavaSimilarity {

  private JavaSimilarity() {}

  static float[] dot(float[] query, float[] rows) {
    float[] answer = answerFor(query, rows);
    for (int row = 0; row < answer.length; row++) {
      answer[row] = product(query, 0, rows, row * query.length, query.length);
    }
    return answer;
  }

  /** The quotient is taken in 64 bits, so that the product of the norms can't overflow. */
  static float[] cosine(float[] query, float[] rows) {
    float[] answer = answerFor(query, rows);
    double norm = product(query, 0, query, 0, query.length);
    for (int row = 0; row < answer.length; row++) {
      int from = row * query.length;
      double norms = norm * product(rows, from, rows, from, query.length);
      answer[row] = (float) (product(query, 0, rows, from, query.length) / Math.sqrt(norms));
    }
    return answer;
  }

  static float[] squaredL2(float[] query, float[] rows) {
    float[] answer = answerFor(query, rows);
    for (int row = 0; row < answer.length; row++) {
      answer[row] = squaredDistance(query, rows, row * query.length, query.length);
    }
    return answer;
  }

  private static float[] answerFor(float[] query, float[] rows) {
    Shapes.require(query.length > 0, "the query must hold at least one number");
    Shapes.require(rows.length % query.length == 0, "the rows must be as long as the query");
    return new float[rows.length / query.length];
  }

  private static float product(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float one = 0;
    float two = 0;
    float three = 0;
    float four = 0;
    int at = 0;
    for (; at <= length - 4; at += 4) {
      one += a[aFrom + at] * b[bFrom + at];
      two += a[aFrom + at + 1] * b[bFrom + at + 1];
      three += a[aFrom + at + 2] * b[bFrom + at + 2];
      four += a[aFrom + at + 3] * b[bFrom + at + 3];
    }
    if (at < length) {
      one += a[aFrom + at] * b[bFrom + at];
    }
    if (at + 1 < length) {
      two += a[aFrom + at + 1] * b[bFrom + at + 1];
    }
    if (at + 2 < length) {
      three += a[aFrom + at + 2] * b[bFrom + at + 2];
    }
    return (one + two) + (three + four);
  }

  private static float squaredDistance(float[] query, float[] rows, int from, int length) {
    float one = 0;
    float two = 0;
    float three = 0;
    float four = 0;
    int at = 0;
    for (; at <= length - 4; at += 4) {
      one += squared(query[at] - rows[from + at]);
      two += squared(query[at + 1] - rows[from + at + 1]);
      three += squared(query[at + 2] - rows[from + at + 2]);
      four += squared(query[at + 3] - rows[from + at + 3]);
    }
    if (at < length) {
      one += squared(query[at] - rows[from + at]);
    }
    if (at + 1 < length) {
      two += squared(query[at + 1] - rows[from + at + 1]);
    }
    if (at + 2 < length) {
      three += squared(query[at + 2] - rows[from + at + 2]);
    }
    return (one + two) + (three + four);
  }

  private static float squared(float number) {
    return number * number;
  }
}
