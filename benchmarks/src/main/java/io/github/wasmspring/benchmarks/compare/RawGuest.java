package io.github.wasmspring.benchmarks.compare;

/** An instance on some engine, as one uses it by hand. */
public interface RawGuest extends AutoCloseable {

  RawFunction function(String export);

  void write(int address, byte[] bytes);

  byte[] read(int address, int length);

  @Override
  default void close() {}
}
