package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmOperations;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A {@link WasmImport} method as a host function. */
final class ImportMethod implements WasmHostFunction {

  /** What can cross, as functions and globals have it. */
  static final Map<Class<?>, WasmValueType> TYPES =
      Map.of(
          int.class, WasmValueType.I32,
          boolean.class, WasmValueType.I32,
          long.class, WasmValueType.I64,
          float.class, WasmValueType.F32,
          double.class, WasmValueType.F64);

  private static final long[] NOTHING = {};

  private final ModuleMethod method;
  private final boolean wantsCaller;
  private final Class<?>[] parameters;

  private ImportMethod(Method method, Supplier<Object> bean) {
    this.method = new ModuleMethod(method, bean);
    Class<?>[] types = method.getParameterTypes();
    this.wantsCaller = types.length > 0 && types[0] == WasmCaller.class;
    this.parameters = this.wantsCaller ? Arrays.copyOfRange(types, 1, types.length) : types;
  }

  /**
   * @throws WasmModuleDefinitionException if WebAssembly has no such types
   */
  static WasmImportDefinition definition(Method method, WasmImport marker, Supplier<Object> bean) {
    ImportMethod function = new ImportMethod(method, bean);
    List<WasmValueType> params = new ArrayList<>();
    for (Class<?> parameter : function.parameters) {
      params.add(type(method, parameter));
    }
    Class<?> result = method.getReturnType();
    List<WasmValueType> results = result == void.class ? List.of() : List.of(type(method, result));
    return new WasmImportDefinition(
        marker.module(),
        marker.value().isEmpty() ? WasmOperations.snakeCase(method.getName()) : marker.value(),
        new WasmFunctionType(params, results),
        function);
  }

  private static WasmValueType type(Method method, Class<?> type) {
    WasmValueType known = TYPES.get(type);
    if (known == null) {
      throw new WasmModuleDefinitionException(
          "The @WasmImport method '%s' has the type %s, which WebAssembly can't pass."
              .formatted(method.toGenericString(), type.getTypeName()),
          "Use int, long, float, double or boolean for parameters, the same or void for the result, and WasmCaller for a first parameter that gives access to the memory of the calling instance. Text and bytes cross as two ints, an address and a length: read them with caller.memory().readString(address, length).");
    }
    return known;
  }

  @Override
  public long[] call(WasmCaller caller, long[] arguments) throws Exception {
    int shift = this.wantsCaller ? 1 : 0;
    @Nullable Object[] values = new Object[arguments.length + shift];
    if (this.wantsCaller) {
      values[0] = caller;
    }
    for (int i = 0; i < arguments.length; i++) {
      values[i + shift] = toJava(this.parameters[i], arguments[i]);
    }
    return toWasm(call(values));
  }

  private @Nullable Object call(@Nullable Object[] values) throws Exception {
    try {
      return this.method.call(values);
    } catch (Exception | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new UndeclaredThrowableException(failure);
    }
  }

  private static Object toJava(Class<?> type, long value) {
    if (type == int.class) {
      return (int) value;
    }
    if (type == boolean.class) {
      return (int) value != 0;
    }
    if (type == float.class) {
      return Float.intBitsToFloat((int) value);
    }
    return type == double.class ? (Object) Double.longBitsToDouble(value) : (Object) value;
  }

  static long[] toWasm(@Nullable Object result) {
    if (result == null) {
      return NOTHING;
    }
    if (result instanceof Boolean flag) {
      return new long[] {flag ? 1 : 0};
    }
    if (result instanceof Float number) {
      return new long[] {Float.floatToRawIntBits(number)};
    }
    return new long[] {
      result instanceof Double number
          ? Double.doubleToRawLongBits(number)
          : ((Number) result).longValue()
    };
  }
}
