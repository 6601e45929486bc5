package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The operations of one module: those that Java interfaces declare, and those that it exports. */
final class OperationCatalog {

  /** Signatures of undeclared operations that are remembered; more are planned again each time. */
  private static final int REMEMBERED = 256;

  private record Undeclared(String name, List<Type> parameters, Type returnType) {}

  private final ModuleHandle module;
  private final WasmCallConventions conventions;
  private final Map<String, OperationHandle> declared = new ConcurrentHashMap<>();
  private final Map<Undeclared, OperationHandle> undeclared = new ConcurrentHashMap<>();

  OperationCatalog(ModuleHandle module, WasmCallConventions conventions) {
    this.module = module;
    this.conventions = conventions;
  }

  /**
   * The first interface that declares an operation decides what it looks like by name; one input
   * goes before many.
   */
  void declare(OperationHandle operation) {
    this.declared.merge(
        operation.operation().name(),
        operation,
        (known, other) ->
            known.operation().batch() != null && other.operation().batch() == null ? other : known);
  }

  @Nullable OperationHandle find(String name) {
    return this.declared.get(name);
  }

  Collection<OperationHandle> declared() {
    return this.declared.values();
  }

  /**
   * An operation known only from what the module exports, for arguments of these types.
   *
   * @param returnType {@code null} for the number that the export returns
   * @param mayLoad whether the module may be asked for its exports; its Java fallbacks are known
   *     without
   */
  OperationHandle undeclared(
      String name, @Nullable Object[] arguments, @Nullable Type returnType, boolean mayLoad) {
    return undeclared(name, types(arguments), returnType, mayLoad);
  }

  /** The same for arguments of which only the types are known. */
  OperationHandle undeclared(
      String name, List<Type> arguments, @Nullable Type returnType, boolean mayLoad) {
    boolean hasFallback = this.module.descriptor().fallbacks().containsKey(name);
    if (hasFallback && (!mayLoad || this.module.disabled())) {
      return plan(new Undeclared(name, arguments, Object.class), name);
    }
    WasmExportedFunction export;
    try {
      export = export(name);
    } catch (WasmException unknown) {
      if (!hasFallback) {
        throw unknown;
      }
      // The call itself meets this failure again, and the policy decides what it leads to.
      return plan(new Undeclared(name, arguments, Object.class), name);
    }
    Undeclared key = new Undeclared(name, arguments, returnType(returnType, export));
    OperationHandle known = this.undeclared.get(key);
    if (known != null) {
      return known;
    }
    OperationHandle planned = plan(key, export.name());
    if (this.undeclared.size() < REMEMBERED) {
      this.undeclared.put(key, planned);
    }
    return planned;
  }

  /** Who does not want the answer gets none, also from an export that returns a number. */
  private Type returnType(@Nullable Type wanted, WasmExportedFunction export) {
    boolean number =
        wanted == void.class
            && export.type().results().size() == 1
            && export.type().results().get(0) != WasmValueType.I64;
    return wanted == null || number ? convention().answer(export) : wanted;
  }

  static List<Type> types(@Nullable Object[] arguments) {
    List<Type> types = new ArrayList<>();
    for (Object argument : arguments) {
      types.add(argument == null ? Object.class : argument.getClass());
    }
    return types;
  }

  private OperationHandle plan(Undeclared key, String export) {
    List<WasmParameter> parameters = new ArrayList<>();
    for (Type type : key.parameters()) {
      parameters.add(new WasmParameter("argument" + (parameters.size() + 1), type));
    }
    return new OperationHandle(
        this.module,
        new WasmOperation(key.name(), export, parameters, key.returnType()),
        this.module.descriptor().fallbacks().get(key.name()),
        this.conventions);
  }

  private WasmExportedFunction export(String name) {
    WasmCode code = this.module.prepared().code();
    WasmExportedFunction export = code.exports().get(name);
    if (export == null) {
      export = code.exports().get(WasmOperations.snakeCase(name));
    }
    if (export == null) {
      export = convention().export(code, name);
    }
    if (export == null) {
      throw missing(name, code.exports().keySet());
    }
    return export;
  }

  private WasmCallConvention convention() {
    return this.conventions.of(
        this.module.descriptor().convention(), this.module.prepared().code());
  }

  private RuntimeException missing(String name, Collection<String> exports) {
    TreeSet<String> known = new TreeSet<>(exports);
    known.addAll(this.declared.keySet());
    List<String> near = NearMatches.of(name, known);
    return new WasmModuleNotFoundException(
        near.isEmpty()
            ? "there is no such operation; there are " + String.join(", ", known)
            : "there is no such operation; did you mean '" + String.join("' or '", near) + "'?",
        name,
        near,
        List.copyOf(known));
  }
}
