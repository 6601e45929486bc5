package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Vectors by chance, the same for the same seed. */
final class RandomVectors {

  private final Random random;
  private final int dimensions;
  private final List<float[]> centres = new ArrayList<>();

  private RandomVectors(long seed, int dimensions, int clusters) {
    this.random = new Random(seed);
    this.dimensions = dimensions;
    for (int each = 0; each < clusters; each++) {
      this.centres.add(around(null));
    }
  }

  static RandomVectors uniform(long seed, int dimensions) {
    return new RandomVectors(seed, dimensions, 0);
  }

  static RandomVectors clustered(long seed, int dimensions, int clusters) {
    return new RandomVectors(seed, dimensions, clusters);
  }

  float[] next() {
    return this.centres.isEmpty()
        ? around(null)
        : around(this.centres.get(this.random.nextInt(this.centres.size())));
  }

  private float[] around(float[] centre) {
    float[] vector = new float[this.dimensions];
    for (int at = 0; at < vector.length; at++) {
      vector[at] =
          centre == null
              ? this.random.nextFloat() * 2 - 1
              : centre[at] + (float) this.random.nextGaussian() * 0.3f;
    }
    return vector;
  }

  List<VectorDocument> documents(String prefix, int count) {
    List<VectorDocument> documents = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      documents.add(new VectorDocument(prefix + each, next()));
    }
    return documents;
  }
}
