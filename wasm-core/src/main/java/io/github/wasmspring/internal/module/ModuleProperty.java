package io.github.wasmspring.internal.module;

import org.jspecify.annotations.Nullable;

/** Names the properties of modules in messages the way that they have to be written. */
public final class ModuleProperty {

  private ModuleProperty() {}

  /**
   * {@code wasm.modules.<id>}; an id with a dot stands in brackets.
   *
   * @param id {@code null} if it is not known which module it is
   */
  public static String of(@Nullable String id) {
    if (id == null) {
      return "wasm.modules.<id>";
    }
    return id.indexOf('.') < 0 ? "wasm.modules." + id : "wasm.modules[" + id + "]";
  }

  /**
   * @param setting such as {@code limits.memory}
   */
  public static String of(@Nullable String id, String setting) {
    return of(id) + "." + setting;
  }
}
