package io.github.wasmspring.data;

/** What runs a program: an instance of the module, or Java. For one thread at a time. */
interface DataKernel extends AutoCloseable {

  /**
   * Filters and derives.
   *
   * @return what the program makes, then the rows of the chunk that are left, if it filters
   */
  DataChunk transform(DataChunk chunk);

  /** Adds rows to groups; those that there is no group for come back. */
  Rest group(DataChunk chunk);

  /** How many groups there are. */
  int groups();

  /** Some groups: the parts of their keys, then the aggregates. */
  DataChunk groups(int from, int count);

  /** Forgets all groups. */
  void clear();

  /** The order of rows. */
  Order sort(DataChunk chunk);

  /** Remembers rows to be looked up, numbered on from those before; whoever calls counts them. */
  void build(DataChunk chunk);

  /** Looks rows up; {@link #more} follows until there are no pairs. */
  Pairs probe(DataChunk chunk);

  Pairs more();

  @Override
  void close();

  /**
   * Rows that are of no group.
   *
   * @param rows of the chunk
   * @param hashes the upper half of the hash of each one's key
   */
  record Rest(int[] rows, int[] hashes) {}

  /**
   * Rows in order.
   *
   * @param rows of the chunk
   * @param keys for each of them, in this order, bytes whose order it is
   */
  record Order(int[] rows, DataColumn keys) {}

  /**
   * Rows with equal keys.
   *
   * @param rows of the chunk that was looked up
   * @param partners their partners, -1 for none
   */
  record Pairs(int[] rows, int[] partners) {}
}
