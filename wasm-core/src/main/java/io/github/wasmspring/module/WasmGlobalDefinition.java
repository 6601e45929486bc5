package io.github.wasmspring.module;

import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmValueType;
import java.util.function.LongSupplier;

/**
 * A global that a module may import. Each instance has one of its own.
 *
 * @param type of a number; one that is mutable can only be imported as such
 * @param initial what it holds at first, asked for each time an instance is made; {@code f32} and
 *     {@code f64} as their raw bits
 */
public record WasmGlobalDefinition(
    String module, String name, WasmGlobalType type, LongSupplier initial)
    implements WasmProvidedImport {

  /**
   * @throws IllegalArgumentException if it is to hold something other than a number
   */
  public WasmGlobalDefinition {
    if (type.value().ordinal() > WasmValueType.F64.ordinal()) {
      throw new IllegalArgumentException(
          "The global %s.%s is to hold a %s; only numbers can be given"
              .formatted(module, name, type.value()));
    }
  }

  /**
   * One that can't be set.
   *
   * @param value an {@code Integer} for {@code i32}, {@code Long} for {@code i64}, {@code Float}
   *     for {@code f32} or {@code Double} for {@code f64}
   */
  public static WasmGlobalDefinition constant(String module, String name, Number value) {
    return of(module, name, value, false);
  }

  /**
   * One that the guest, sessions and host functions can set.
   *
   * @param initial see {@link #constant}
   */
  public static WasmGlobalDefinition variable(String module, String name, Number initial) {
    return of(module, name, initial, true);
  }

  private static WasmGlobalDefinition of(
      String module, String name, Number value, boolean mutable) {
    if (value instanceof Integer number) {
      return of(module, name, WasmValueType.I32, mutable, number);
    } else if (value instanceof Long number) {
      return of(module, name, WasmValueType.I64, mutable, number);
    } else if (value instanceof Float number) {
      return of(module, name, WasmValueType.F32, mutable, Float.floatToRawIntBits(number));
    } else if (value instanceof Double number) {
      return of(module, name, WasmValueType.F64, mutable, Double.doubleToRawLongBits(number));
    }
    throw new IllegalArgumentException(
        "The global %s.%s is to hold a %s; write an int, long, float or double"
            .formatted(module, name, value.getClass().getName()));
  }

  private static WasmGlobalDefinition of(
      String module, String name, WasmValueType type, boolean mutable, long raw) {
    return new WasmGlobalDefinition(module, name, new WasmGlobalType(type, mutable), () -> raw);
  }

  @Override
  public boolean hasTypeOf(WasmImportedItem item) {
    return this.type.equals(item.global());
  }

  /** For messages, e.g. {@code env.base (global i32)}. */
  @Override
  public String describe() {
    return "%s.%s (global %s)".formatted(this.module, this.name, this.type);
  }
}
