package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The definition of an exact search, written down without any regard to speed. */
final class BruteForce {

  private BruteForce() {}

  static List<String> nearest(
      VectorMetric metric, Collection<VectorDocument> documents, float[] query, int count) {
    return ranked(metric, documents, query).stream()
        .limit(count)
        .map(VectorMatch::id)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  static List<VectorMatch> ranked(
      VectorMetric metric, Collection<VectorDocument> documents, float[] query) {
    return documents.stream()
        .map(
            document ->
                new VectorMatch(
                    document.id(),
                    // So that -0 is no other number than 0.
                    score(metric, query, document.vector()) + 0.0f,
                    document.text(),
                    document.metadata()))
        .sorted(
            Comparator.comparing((VectorMatch match) -> -match.score())
                .thenComparing(VectorMatch::id))
        .toList();
  }

  private static float score(VectorMetric metric, float[] x, float[] y) {
    return switch (metric) {
      case DOT -> sum(x, y, false);
      case L2 -> -sum(x, y, true);
      case COSINE -> {
        double lengths =
            (1.0 / Math.sqrt((double) sum(x, x, false)))
                * (1.0 / Math.sqrt((double) sum(y, y, false)));
        yield Math.max(-1f, Math.min(1f, (float) ((double) sum(x, y, false) * lengths)));
      }
    };
  }

  /** Eight lanes, the n-th term going to lane n modulo 8. */
  private static float sum(float[] x, float[] y, boolean ofSquares) {
    float[] lanes = new float[8];
    for (int at = 0; at < x.length; at++) {
      float difference = x[at] - y[at];
      lanes[at % 8] += ofSquares ? difference * difference : x[at] * y[at];
    }
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
        + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
  }
}
