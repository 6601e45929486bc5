package io.github.wasmspring.autoconfigure.vector;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/** Configuration properties for vector search. */
@Lazy
@ConfigurationProperties("wasm.services.vector")
public class WasmVectorProperties {

  /** Whether there are vector indexes, where their jar is on the class path. */
  private boolean enabled = true;

  /**
   * Directory whose snapshots are restored when the application starts, and written when it ends.
   */
  private @Nullable Path snapshotDirectory;

  /** Indexes that are made when the application starts, by their names. */
  private final Map<String, Index> indexes = new LinkedHashMap<>();

  /** The vector store of Spring AI. */
  private final Store store = new Store();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable Path getSnapshotDirectory() {
    return this.snapshotDirectory;
  }

  public void setSnapshotDirectory(@Nullable Path snapshotDirectory) {
    this.snapshotDirectory = snapshotDirectory;
  }

  public Map<String, Index> getIndexes() {
    return this.indexes;
  }

  public Store getStore() {
    return this.store;
  }

  /** How a query is compared. */
  public enum Metric {
    /** The cosine of the angle. */
    COSINE,
    /** The dot product. */
    DOT,
    /** The square of the Euclidean distance. */
    L2
  }

  /** In what form the module keeps vectors. */
  public enum Storage {
    /** Four bytes for each dimension. */
    FLOAT32,
    /** One byte for each dimension. */
    INT8
  }

  /** The settings of an index. */
  public static class Index {

    /** Dimensions of every vector. */
    private @Nullable Integer dimensions;

    /** How alike two vectors are. */
    private @Nullable Metric metric;

    /** In what form the module keeps vectors. */
    private @Nullable Storage storage;

    /** Instances that have the vectors; with two or more no search waits for a writer. */
    private @Nullable Integer copies;

    /** Number of vectors that there is room for from the beginning on. */
    private @Nullable Integer capacity;

    /** Bytes that the vectors and links of one copy may take. */
    private @Nullable DataSize memoryLimit;

    /** How many times as many vectors as asked for are scored again, with codes of 8 bits. */
    private @Nullable Integer oversampling;

    /** How vectors are linked. */
    private final Graph graph = new Graph();

    public @Nullable Integer getDimensions() {
      return this.dimensions;
    }

    public void setDimensions(@Nullable Integer dimensions) {
      this.dimensions = dimensions;
    }

    public @Nullable Metric getMetric() {
      return this.metric;
    }

    public void setMetric(@Nullable Metric metric) {
      this.metric = metric;
    }

    public @Nullable Storage getStorage() {
      return this.storage;
    }

    public void setStorage(@Nullable Storage storage) {
      this.storage = storage;
    }

    public @Nullable Integer getCopies() {
      return this.copies;
    }

    public void setCopies(@Nullable Integer copies) {
      this.copies = copies;
    }

    public @Nullable Integer getCapacity() {
      return this.capacity;
    }

    public void setCapacity(@Nullable Integer capacity) {
      this.capacity = capacity;
    }

    public @Nullable DataSize getMemoryLimit() {
      return this.memoryLimit;
    }

    public void setMemoryLimit(@Nullable DataSize memoryLimit) {
      this.memoryLimit = memoryLimit;
    }

    public @Nullable Integer getOversampling() {
      return this.oversampling;
    }

    public void setOversampling(@Nullable Integer oversampling) {
      this.oversampling = oversampling;
    }

    public Graph getGraph() {
      return this.graph;
    }
  }

  /** How vectors are linked. */
  public static class Graph {

    /** Whether vectors are linked, so that a search need not compare them all. */
    private boolean enabled;

    /** Links of a vector on each level. */
    private @Nullable Integer m;

    /** Candidates that links are chosen from. */
    private @Nullable Integer construction;

    /** Candidates of a search. */
    private @Nullable Integer search;

    public boolean isEnabled() {
      return this.enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    public @Nullable Integer getM() {
      return this.m;
    }

    public void setM(@Nullable Integer m) {
      this.m = m;
    }

    public @Nullable Integer getConstruction() {
      return this.construction;
    }

    public void setConstruction(@Nullable Integer construction) {
      this.construction = construction;
    }

    public @Nullable Integer getSearch() {
      return this.search;
    }

    public void setSearch(@Nullable Integer search) {
      this.search = search;
    }
  }

  /** The vector store of Spring AI. */
  public static class Store {

    /** Whether there is a vector store of Spring AI, where there is an embedding model. */
    private boolean enabled = true;

    /** Index that the store keeps its documents in; made with a graph if there is none. */
    private String index = "documents";

    public boolean isEnabled() {
      return this.enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    public String getIndex() {
      return this.index;
    }

    public void setIndex(String index) {
      this.index = index;
    }
  }
}
