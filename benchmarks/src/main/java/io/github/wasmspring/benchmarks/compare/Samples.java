package io.github.wasmspring.benchmarks.compare;

/**
 * What a picture or a sound is made of: numbers of eight bits, which decoders may round otherwise.
 *
 * @param values without sign
 */
record Samples(byte[] values) {

  /** A record of arrays would print their identity. */
  @Override
  public String toString() {
    return this.values.length + " samples";
  }
}
