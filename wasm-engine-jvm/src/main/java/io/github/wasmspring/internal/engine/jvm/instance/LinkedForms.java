package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a module for instances that are given globals of other instances: code asks those
 * instances for them. Made when there is the first such instance.
 */
public final class LinkedForms {

  private final @Nullable Function<Boolean, GuestCode> maker;
  private final Map<Boolean, GuestCode> made = new TreeMap<>();
  private volatile List<GuestCode> all = List.of();

  /**
   * @param maker is told whether memories have room to grow; {@code null} where classes can't be
   *     made
   */
  public LinkedForms(@Nullable Function<Boolean, GuestCode> maker) {
    this.maker = maker;
  }

  /**
   * @param roomy whether memories have room to grow
   * @throws WasmLoadException if there can be no such form
   */
  synchronized GuestCode code(boolean roomy) {
    GuestCode known = this.made.get(roomy);
    if (known == null) {
      known = make(roomy);
      this.made.put(roomy, known);
      this.all = List.copyOf(this.made.values());
    }
    return known;
  }

  private GuestCode make(boolean roomy) {
    if (this.maker == null) {
      throw new WasmLoadException(
          WasmErrorCategory.ENGINE,
          "the module imports globals of another instance, for which the engine jvm makes classes while the application runs, which a native image can't; let it call functions instead",
          null);
    }
    return this.maker.apply(roomy);
  }

  /** Those that there are. */
  List<GuestCode> all() {
    return this.all;
  }
}
