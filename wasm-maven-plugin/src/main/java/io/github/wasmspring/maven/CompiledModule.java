package io.github.wasmspring.maven;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** A module that classes are to be made of. */
public class CompiledModule {

  /** The module, a {@code .wasm} file. */
  private @Nullable File file;

  /** The name of the class to make, which {@code compiled-class} names. */
  private @Nullable String className;

  public CompiledModule() {}

  CompiledModule(File file, String className) {
    this.file = file;
    this.className = className;
  }

  @Nullable File file() {
    return this.file;
  }

  @Nullable String className() {
    return this.className;
  }
}
