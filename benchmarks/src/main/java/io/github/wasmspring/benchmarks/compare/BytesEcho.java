package io.github.wasmspring.benchmarks.compare;

/** The guest {@code megabyte.wat}, which gives bytes back. */
public interface BytesEcho {

  default byte[] echo(byte[] bytes) {
    return bytes.clone();
  }
}
