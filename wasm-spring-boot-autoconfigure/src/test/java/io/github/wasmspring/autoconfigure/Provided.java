package io.github.wasmspring.autoconfigure;

/** The interface that {@link TestModuleProvider} brings along; it names no module itself. */
public interface Provided {

  int add(int a, int b);

  int count();
}
