package io.github.wasmspring.vector;

import io.github.wasmspring.WasmExecutionMode;
import org.jspecify.annotations.Nullable;

/**
 * What an index is.
 *
 * @param dimensions of every vector, 1 to 16,384
 * @param metric how alike two vectors are
 * @param storage in what form the module keeps vectors
 * @param graph how vectors are linked, {@code null} to compare a query with all of them
 * @param copies how many instances of the module have the vectors, 1 to 16: as many searches run at
 *     the same time, and with two or more none waits for a writer
 * @param capacity for how many vectors there is room from the beginning on
 * @param memoryLimit the most bytes that the vectors and links of one copy may take, 0 for what the
 *     limits of the module allow
 * @param oversampling with {@link VectorStorage#INT8}, how many times as many vectors as asked for
 *     are scored again, at least 1
 * @param executionMode who answers, {@code null} for what the settings of the module say
 */
public record VectorIndexSettings(
    int dimensions,
    VectorMetric metric,
    VectorStorage storage,
    @Nullable Graph graph,
    int copies,
    int capacity,
    long memoryLimit,
    int oversampling,
    @Nullable WasmExecutionMode executionMode) {

  static final int MOST_VECTORS = 1 << 22;
  static final int MOST_CANDIDATES = 4096;
  private static final int MOST_DIMENSIONS = 16384;
  private static final int MOST_COPIES = 16;

  public VectorIndexSettings {
    require(
        dimensions >= 1 && dimensions <= MOST_DIMENSIONS,
        "An index has 1 to 16384 dimensions, not " + dimensions);
    require(copies >= 1 && copies <= MOST_COPIES, "There can be 1 to 16 copies, not " + copies);
    require(
        capacity >= 0 && capacity <= MOST_VECTORS,
        "The capacity must be 0 to 4194304 vectors, not " + capacity);
    require(memoryLimit >= 0, "The memory limit must not be negative, but it is " + memoryLimit);
    require(
        oversampling >= 1 && oversampling <= 100,
        "The oversampling must be 1 to 100, not " + oversampling);
    long reserved = (long) capacity * bytesPerVector(dimensions, storage, graph);
    require(
        memoryLimit == 0 || reserved <= memoryLimit,
        "A capacity of %d vectors takes %d bytes, and the memory limit of the index is %d"
            .formatted(capacity, reserved, memoryLimit));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** An exact index by cosine, unless something else is said. */
  public static Builder dimensions(int dimensions) {
    return new Builder(dimensions);
  }

  /** The bytes that a vector takes in the memory of one copy. */
  public int bytesPerVector() {
    return bytesPerVector(this.dimensions, this.storage, this.graph);
  }

  private static int bytesPerVector(int dimensions, VectorStorage storage, @Nullable Graph graph) {
    int padded = (dimensions + 7) / 8 * 8;
    int row = storage == VectorStorage.INT8 ? padded : padded * Float.BYTES;
    int links = graph == null ? 0 : Integer.BYTES * (1 + 2 * graph.m());
    return row + 2 * Double.BYTES + 4 * Integer.BYTES + links;
  }

  /**
   * How vectors are linked, after Malkov and Yashunin (HNSW).
   *
   * @param m the links of a vector on each level, twice as many on the lowest; 2 to 64
   * @param construction how many candidates are kept to choose these from, 1 to 4,096
   * @param search how many candidates a search keeps, 1 to 4,096
   * @param seed of what chance there is: which vectors are on higher levels
   */
  public record Graph(int m, int construction, int search, long seed) {

    /** 16 links, chosen from 128 candidates; 96 for a search. */
    public static final Graph DEFAULTS = new Graph(16, 128, 96, 42);

    public Graph {
      require(m >= 2 && m <= 64, "A vector has 2 to 64 links on a level, not " + m);
      require(
          construction >= 1 && construction <= MOST_CANDIDATES,
          "1 to 4096 candidates can be kept to choose links from, not " + construction);
      require(
          search >= 1 && search <= MOST_CANDIDATES,
          "A search can keep 1 to 4096 candidates, not " + search);
    }
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private final int dimensions;
    private VectorMetric metric = VectorMetric.COSINE;
    private VectorStorage storage = VectorStorage.FLOAT32;
    private @Nullable Graph graph;
    private int copies = 1;
    private int capacity;
    private long memoryLimit;
    private int oversampling = 4;
    private @Nullable WasmExecutionMode executionMode;

    private Builder(int dimensions) {
      this.dimensions = dimensions;
    }

    public Builder metric(VectorMetric metric) {
      this.metric = metric;
      return this;
    }

    public Builder storage(VectorStorage storage) {
      this.storage = storage;
      return this;
    }

    /** Compares a query with all vectors, as is the default. */
    public Builder flat() {
      this.graph = null;
      return this;
    }

    /** Links vectors, so that a search need not compare them all. */
    public Builder graph() {
      return graph(Graph.DEFAULTS);
    }

    /** The same with parameters of one's own; {@code null} for none. */
    public Builder graph(@Nullable Graph graph) {
      this.graph = graph;
      return this;
    }

    /** How many instances of the module have the vectors, each in memory of its own. */
    public Builder copies(int copies) {
      this.copies = copies;
      return this;
    }

    /** For how many vectors there is room from the beginning on. */
    public Builder capacity(int vectors) {
      this.capacity = vectors;
      return this;
    }

    /**
     * The most bytes that the vectors and links of one copy may take, 0 for no limit of its own.
     */
    public Builder memoryLimit(long bytes) {
      this.memoryLimit = bytes;
      return this;
    }

    /** How many times as many vectors as asked for are scored again. */
    public Builder oversampling(int times) {
      this.oversampling = times;
      return this;
    }

    /** Who answers, {@code null} for what the settings of the module say. */
    public Builder executionMode(@Nullable WasmExecutionMode mode) {
      this.executionMode = mode;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public VectorIndexSettings build() {
      return new VectorIndexSettings(
          this.dimensions,
          this.metric,
          this.storage,
          this.graph,
          this.copies,
          this.capacity,
          this.memoryLimit,
          this.oversampling,
          this.executionMode);
    }
  }
}
