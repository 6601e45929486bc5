package io.github.wasmspring.bundle.compute;

import static io.github.wasmspring.bundle.compute.ComputeSides.WASM;
import static io.github.wasmspring.bundle.compute.ComputeSides.doubles;
import static io.github.wasmspring.bundle.compute.ComputeSides.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** k-means of the module and its fallback against a plain one, for the same seeds. */
class ComputeClustersTest {

  private static ComputeSides sides;

  @BeforeAll
  static void start() {
    sides = new ComputeSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @Test
  void clustersAsThePlainAlgorithmDoes() {
    Random random = new Random(20261120);
    for (int i = 0; i < 300; i++) {
      int dimensions = 1 + random.nextInt(7);
      int count = 1 + random.nextInt(200);
      int k = 1 + random.nextInt(Math.min(count, 12));
      int iterations = random.nextInt(30);
      long seed = random.nextLong();
      double[] points = doubles(random, count * dimensions);
      double[] centroids =
          same(
              sides.wasm.kMeans(points, dimensions, k, iterations, seed, WASM),
              sides.java.kMeans(points, dimensions, k, iterations, seed));
      Plain plain = new Plain(points, dimensions, seed);
      assertThat(centroids).containsExactly(plain.run(k, iterations));
      int[] owners = sides.wasm.nearestCentroids(points, centroids, dimensions, WASM);
      assertThat(owners)
          .containsExactly(sides.java.nearestCentroids(points, centroids, dimensions))
          .containsExactly(plain.owners());
    }
  }

  @Test
  void findsGroupsThatAreFarApart() {
    Random random = new Random(4);
    double[] points = new double[900 * 2];
    for (int point = 0; point < 900; point++) {
      points[2 * point] = 10 * (point % 3) + random.nextGaussian() / 10;
      points[2 * point + 1] = -5 * (point % 3) + random.nextGaussian() / 10;
    }
    double[] centroids = sides.wasm.kMeans(points, 2, 3, 100, 42, WASM);
    int[] owners = sides.wasm.nearestCentroids(points, centroids, 2, WASM);
    for (int point = 3; point < 900; point++) {
      assertThat(owners[point]).isEqualTo(owners[point % 3]);
    }
    assertThat(owners[0]).isNotEqualTo(owners[1]).isNotEqualTo(owners[2]);
    assertThat(owners[1]).isNotEqualTo(owners[2]);
  }

  @Test
  void theSameSeedGivesTheSameClustersAndAnotherSeedAnotherStart() {
    double[] points = doubles(new Random(5), 3000);
    double[] one = sides.wasm.kMeans(points, 3, 8, 0, 1, WASM);
    assertThat(sides.wasm.kMeans(points, 3, 8, 0, 1, WASM)).containsExactly(one);
    assertThat(sides.wasm.kMeans(points, 3, 8, 0, 2, WASM)).isNotEqualTo(one);
  }

  @Test
  void pointsInOnePlaceAreOneCluster() {
    double[] points = new double[20];
    Arrays.fill(points, 3);
    double[] centroids =
        same(sides.wasm.kMeans(points, 2, 4, 10, 9, WASM), sides.java.kMeans(points, 2, 4, 10, 9));
    assertThat(centroids).containsOnly(3);
    assertThat(sides.wasm.nearestCentroids(points, centroids, 2, WASM)).containsOnly(0);
  }

  @Test
  void nanAndInfinityEndInAnAnswer() {
    double[] points = doubles(new Random(6), 60);
    points[7] = Double.NaN;
    points[20] = Double.POSITIVE_INFINITY;
    for (int k = 1; k <= 20; k++) {
      same(sides.wasm.kMeans(points, 3, k, 10, k, WASM), sides.java.kMeans(points, 3, k, 10, k));
    }
  }

  @Test
  void noPointsHaveNoNearestCentroid() {
    assertThat(sides.wasm.nearestCentroids(new double[0], new double[3], 3, WASM)).isEmpty();
    assertThat(sides.java.nearestCentroids(new double[0], new double[3], 3)).isEmpty();
  }

  /** The algorithm as the books have it, with a SplitMix64 of its own. */
  private static final class Plain {

    private final List<double[]> points = new ArrayList<>();
    private final int dimensions;
    private final List<double[]> centroids = new ArrayList<>();
    private long state;

    Plain(double[] flat, int dimensions, long seed) {
      for (int at = 0; at < flat.length; at += dimensions) {
        this.points.add(Arrays.copyOfRange(flat, at, at + dimensions));
      }
      this.dimensions = dimensions;
      this.state = seed;
    }

    double[] run(int k, int iterations) {
      this.centroids.add(this.points.get((int) (random() * this.points.size())));
      while (this.centroids.size() < k) {
        double total = 0;
        for (double[] point : this.points) {
          total += toNearest(point);
        }
        double threshold = random() * total;
        double sum = 0;
        int chosen = 0;
        for (; chosen < this.points.size() - 1; chosen++) {
          sum += toNearest(this.points.get(chosen));
          if (sum > threshold) {
            break;
          }
        }
        this.centroids.add(this.points.get(chosen));
      }
      for (int round = 0; round < iterations; round++) {
        int[] owners = owners();
        for (int cluster = 0; cluster < k; cluster++) {
          moveToMean(cluster, owners);
        }
      }
      return this.centroids.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    int[] owners() {
      return this.points.stream().mapToInt(this::nearest).toArray();
    }

    private void moveToMean(int cluster, int[] owners) {
      double[] mean = new double[this.dimensions];
      int members = 0;
      for (int point = 0; point < owners.length; point++) {
        if (owners[point] == cluster) {
          members++;
          for (int at = 0; at < this.dimensions; at++) {
            mean[at] += this.points.get(point)[at];
          }
        }
      }
      if (members > 0) {
        int divisor = members;
        this.centroids.set(cluster, Arrays.stream(mean).map(sum -> sum / divisor).toArray());
      }
    }

    private double toNearest(double[] point) {
      return distance(point, this.centroids.get(nearest(point)));
    }

    private int nearest(double[] point) {
      int best = 0;
      for (int at = 1; at < this.centroids.size(); at++) {
        double distance = distance(point, this.centroids.get(at));
        best = distance < distance(point, this.centroids.get(best)) ? at : best;
      }
      return best;
    }

    private static double distance(double[] one, double[] other) {
      double sum = 0;
      for (int at = 0; at < one.length; at++) {
        sum += (one[at] - other[at]) * (one[at] - other[at]);
      }
      return sum;
    }

    private double random() {
      this.state += 0x9e3779b97f4a7c15L;
      long z = (this.state ^ this.state >>> 30) * 0xbf58476d1ce4e5b9L;
      z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
      return ((z ^ z >>> 31) >>> 11) * 0x1p-53;
    }
  }
}
