package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmValueType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Numbers, characters and truth values. */
final class ScalarCodec implements ValueCodec.Scalar {

  private static final Map<Class<?>, ScalarCodec> BY_TYPE =
      Map.ofEntries(
          Map.entry(int.class, number(WasmValueType.I32, Number::intValue, raw -> (int) raw)),
          Map.entry(long.class, number(WasmValueType.I64, Number::longValue, raw -> raw)),
          Map.entry(
              short.class,
              number(
                  WasmValueType.I32,
                  Number::shortValue,
                  raw -> (short) NarrowResults.exact(short.class, raw))),
          Map.entry(
              byte.class,
              number(
                  WasmValueType.I32,
                  Number::byteValue,
                  raw -> (byte) NarrowResults.exact(byte.class, raw))),
          Map.entry(
              float.class,
              number(
                  WasmValueType.F32,
                  value -> Float.floatToRawIntBits(value.floatValue()),
                  raw -> Float.intBitsToFloat((int) raw))),
          Map.entry(
              double.class,
              number(
                  WasmValueType.F64,
                  value -> Double.doubleToRawLongBits(value.doubleValue()),
                  Double::longBitsToDouble)),
          Map.entry(
              boolean.class,
              new ScalarCodec(
                  WasmValueType.I32, value -> ((Boolean) value) ? 1 : 0, raw -> (int) raw != 0)),
          Map.entry(
              char.class,
              new ScalarCodec(
                  WasmValueType.I32,
                  value -> (Character) value,
                  raw -> (char) NarrowResults.exact(char.class, raw))));

  private static final Map<Class<?>, Class<?>> PRIMITIVES =
      Map.of(
          Integer.class, int.class,
          Long.class, long.class,
          Short.class, short.class,
          Byte.class, byte.class,
          Float.class, float.class,
          Double.class, double.class,
          Boolean.class, boolean.class,
          Character.class, char.class);

  private final WasmValueType type;
  private final ToLongFunction<Object> toWasm;
  private final LongFunction<Object> fromWasm;

  private ScalarCodec(
      WasmValueType type, ToLongFunction<Object> toWasm, LongFunction<Object> fromWasm) {
    this.type = type;
    this.toWasm = toWasm;
    this.fromWasm = fromWasm;
  }

  private static ScalarCodec number(
      WasmValueType type, ToLongFunction<Number> toWasm, LongFunction<Object> fromWasm) {
    return new ScalarCodec(type, value -> toWasm.applyAsLong((Number) value), fromWasm);
  }

  /** {@code null} if values of the type are not scalars. */
  static @Nullable ScalarCodec of(Type type) {
    if (!(type instanceof Class<?> raw)) {
      return null;
    }
    return BY_TYPE.get(PRIMITIVES.getOrDefault(raw, raw));
  }

  @Override
  public WasmValueType type() {
    return this.type;
  }

  @Override
  public long toWasm(Object value) {
    return this.toWasm.applyAsLong(value);
  }

  @Override
  public Object fromWasm(long raw) {
    return this.fromWasm.apply(raw);
  }
}
