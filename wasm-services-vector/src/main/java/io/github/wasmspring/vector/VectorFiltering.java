package io.github.wasmspring.vector;

/** When a filter is applied in an index that has a graph. */
public enum VectorFiltering {
  /** As is less work, by how many vectors the filter lets through. */
  AUTO,
  /** First: all vectors that it lets through are compared with the query, which is exact. */
  PRE,
  /**
   * Last: more is searched for in the graph, by how few vectors the filter lets through, and
   * filtered then. If that finds fewer than asked for, the filter is applied first after all.
   */
  POST
}
