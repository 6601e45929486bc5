package io.github.wasmspring.vector;

/** What an index does not take. */
final class VectorChecks {

  private static final int LONGEST_ID = 512;

  /** Above that, the square of a distance might be no number any more. */
  private static final float LONGEST = 1e37f;

  /** Below that, the direction of a vector is lost. */
  private static final float SHORTEST = 1e-30f;

  private final VectorIndexSettings settings;
  private final String index;

  VectorChecks(String index, VectorIndexSettings settings) {
    this.index = index;
    this.settings = settings;
  }

  /** The document as it is kept. */
  VectorDocument checked(VectorDocument document) {
    String id = document.id();
    checkId(id);
    float[] vector = document.vector().clone();
    checkVector("The vector of document '" + id + "'", vector);
    return new VectorDocument(
        id, vector, document.text(), MetadataValues.copy(id, document.metadata()));
  }

  private void checkId(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "Index '%s': an id has 1 to 512 characters, not %d".formatted(this.index, id.length()));
    }
  }

  void checkVector(String what, float[] vector) {
    if (vector.length != this.settings.dimensions()) {
      throw new IllegalArgumentException(
          "Index '%s': %s has %d dimensions, and the index has %d"
              .formatted(this.index, lower(what), vector.length, this.settings.dimensions()));
    }
    for (int at = 0; at < vector.length; at++) {
      if (!Float.isFinite(vector[at])) {
        throw new IllegalArgumentException(
            "Index '%s': number %d of %s is %s, which can't be compared"
                .formatted(this.index, at, lower(what), vector[at]));
      }
    }
    float square = VectorScore.dot(vector, vector);
    if (!(square <= LONGEST)) {
      throw new IllegalArgumentException(
          "Index '%s': %s is too long to be compared; its squared length may be 1e37 at most"
              .formatted(this.index, lower(what)));
    }
    if (this.settings.metric() == VectorMetric.COSINE && square < SHORTEST) {
      throw new IllegalArgumentException(
          "Index '%s': %s is zero, or nearly, and so has no direction to compare"
              .formatted(this.index, lower(what)));
    }
  }

  private static String lower(String what) {
    return Character.toLowerCase(what.charAt(0)) + what.substring(1);
  }
}
