package io.github.wasmspring.vector;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for.
 *
 * @param vector not copied; must not change until the answer is there
 * @param maxResults at least 1
 * @param threshold the lowest score of a result
 * @param filter {@code null} for all documents
 * @param filtering when the filter is applied
 * @param exact whether all vectors are to be compared, although the index has a graph
 * @param breadth how many candidates a search in the graph keeps, 0 for as many as the settings of
 *     the index say
 */
public record VectorSearch(
    float[] vector,
    int maxResults,
    float threshold,
    @Nullable VectorFilter filter,
    VectorFiltering filtering,
    boolean exact,
    int breadth) {

  public VectorSearch {
    Objects.requireNonNull(vector, "A search needs a vector");
    if (maxResults < 1) {
      throw new IllegalArgumentException("maxResults must be at least 1, not " + maxResults);
    }
    if (Float.isNaN(threshold)) {
      throw new IllegalArgumentException("The threshold must be a number");
    }
    if (breadth < 0) {
      throw new IllegalArgumentException("The breadth must not be negative, but it is " + breadth);
    }
  }

  /** The ten nearest documents. */
  public static VectorSearch nearest(float[] vector) {
    return of(vector).build();
  }

  /** Looks for the ten nearest documents, unless something else is said. */
  public static Builder of(float[] vector) {
    return new Builder(vector);
  }

  /** Collects what a search is to be. */
  public static final class Builder {

    private final float[] vector;
    private int maxResults = 10;
    private float threshold = Float.NEGATIVE_INFINITY;
    private @Nullable VectorFilter filter;
    private VectorFiltering filtering = VectorFiltering.AUTO;
    private boolean exact;
    private int breadth;

    private Builder(float[] vector) {
      this.vector = vector;
    }

    /** How many documents at most. */
    public Builder maxResults(int count) {
      this.maxResults = count;
      return this;
    }

    /** The lowest score of a result. */
    public Builder threshold(float score) {
      this.threshold = score;
      return this;
    }

    /** Which documents may be found, {@code null} for all. */
    public Builder filter(@Nullable VectorFilter filter) {
      this.filter = filter;
      return this;
    }

    public Builder filtering(VectorFiltering filtering) {
      this.filtering = filtering;
      return this;
    }

    /** Compares with all vectors. */
    public Builder exact() {
      this.exact = true;
      return this;
    }

    /** How many candidates a search in the graph keeps: more find better ones, and take longer. */
    public Builder breadth(int candidates) {
      this.breadth = candidates;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be
     */
    public VectorSearch build() {
      return new VectorSearch(
          this.vector,
          this.maxResults,
          this.threshold,
          this.filter,
          this.filtering,
          this.exact,
          this.breadth);
    }
  }
}
