package io.github.wasmspring.bundle.compute;

import java.util.Arrays;
import java.util.SplittableRandom;

/** k-means: Lloyd's algorithm from a k-means++ start (Arthur and Vassilvitskii 2007). */
final class JavaClusters {

  private static final int NOBODY = -1;

  private JavaClusters() {}

  static double[] centroids(double[] points, int dimensions, int k, int iterations, long seed) {
    requireRows(points, dimensions);
    Shapes.require(k > 0, "k must be at least 1");
    Shapes.require(iterations >= 0, "iterations must not be negative");
    Shapes.require(k <= points.length / dimensions, "k must not be more than there are points");
    double[] centroids = start(points, dimensions, k, new SplittableRandom(seed));
    int[] owners = new int[points.length / dimensions];
    Arrays.fill(owners, NOBODY);
    for (int round = 0; round < iterations; round++) {
      if (!assign(points, centroids, dimensions, owners)) {
        break;
      }
      average(points, owners, dimensions, centroids);
    }
    return centroids;
  }

  static int[] nearest(double[] points, double[] centroids, int dimensions) {
    requireRows(points, dimensions);
    Shapes.require(
        centroids.length > 0 && centroids.length % dimensions == 0,
        "the centroids must be one or more rows of that many dimensions");
    int[] owners = new int[points.length / dimensions];
    assign(points, centroids, dimensions, owners);
    return owners;
  }

  private static void requireRows(double[] points, int dimensions) {
    Shapes.require(dimensions > 0, "dimensions must be at least 1");
    Shapes.require(
        points.length % dimensions == 0, "the points must be rows of that many dimensions");
  }

  /**
   * Each centroid is a point, taken with a chance in proportion to its squared distance from those
   * that were taken before.
   */
  private static double[] start(double[] points, int dimensions, int k, SplittableRandom random) {
    int count = points.length / dimensions;
    double[] distances = new double[count];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    double[] centroids = new double[k * dimensions];
    int next = (int) (random.nextDouble() * count);
    for (int at = 0; ; ) {
      System.arraycopy(points, next * dimensions, centroids, at, dimensions);
      if (at + dimensions == centroids.length) {
        return centroids;
      }
      double total = 0;
      for (int point = 0; point < count; point++) {
        double distance = squaredDistance(points, point * dimensions, centroids, at, dimensions);
        if (distance < distances[point]) {
          distances[point] = distance;
        }
        total += distances[point];
      }
      next = pick(distances, random.nextDouble() * total);
      at += dimensions;
    }
  }

  /** The first place where the sum of the distances is more than a threshold, else the last. */
  private static int pick(double[] distances, double threshold) {
    double sum = 0;
    for (int at = 0; at < distances.length; at++) {
      sum += distances[at];
      if (sum > threshold) {
        return at;
      }
    }
    return distances.length - 1;
  }

  /** Whether any point has another owner than before. */
  private static boolean assign(double[] points, double[] centroids, int dimensions, int[] owners) {
    boolean changed = false;
    for (int point = 0; point < owners.length; point++) {
      int nearest = nearest(points, point * dimensions, centroids, dimensions);
      changed |= nearest != owners[point];
      owners[point] = nearest;
    }
    return changed;
  }

  private static int nearest(double[] points, int from, double[] centroids, int dimensions) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int at = 0, row = 0; at < centroids.length; at += dimensions, row++) {
      double distance = squaredDistance(points, from, centroids, at, dimensions);
      if (distance < least) {
        least = distance;
        nearest = row;
      }
    }
    return nearest;
  }

  private static double squaredDistance(
      double[] one, int oneFrom, double[] other, int otherFrom, int dimensions) {
    double sum = 0;
    for (int at = 0; at < dimensions; at++) {
      double gap = one[oneFrom + at] - other[otherFrom + at];
      sum += gap * gap;
    }
    return sum;
  }

  private static void average(double[] points, int[] owners, int dimensions, double[] centroids) {
    double[] sums = new double[centroids.length];
    int[] counts = new int[centroids.length / dimensions];
    for (int point = 0; point < owners.length; point++) {
      counts[owners[point]]++;
      for (int at = 0; at < dimensions; at++) {
        sums[owners[point] * dimensions + at] += points[point * dimensions + at];
      }
    }
    for (int at = 0; at < sums.length; at++) {
      int count = counts[at / dimensions];
      if (count > 0) {
        centroids[at] = sums[at] / count;
      }
    }
  }
}
