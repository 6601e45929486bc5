package io.github.wasmspring.benchmarks.compare;

/** The guests {@code calls.wat} and {@code megabyte.wat}, which do as little as a guest can. */
public interface Calls {

  default int add(int one, int two) {
    return one + two;
  }

  default String echo(String text) {
    return new String(text.toCharArray());
  }
}
