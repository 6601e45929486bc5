package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations of one module: those that Java interfaces declare, and those that it exports. */
final class OperationCatalog {

  /** Signatures of undeclared operations that are remembered; more are planned again each time. */
  private static final int REMEMBERED = 256;

  private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?[0-9]{1,19}\\s*");

  private record Undeclared(String name, List<Type> parameters, Type returnType) {}

  private final ModuleHandle module;
  private final WasmCallConventions conventions;
  private final Map<String, OperationHandle> declared = new ConcurrentHashMap<>();
  private final Map<Undeclared, OperationHandle> undeclared = new ConcurrentHashMap<>();
  private final Set<OperationHandle> bound = Collections.newSetFromMap(new WeakHashMap<>());
  private final Map<String, String> ranges = new ConcurrentHashMap<>();

  OperationCatalog(ModuleHandle module, WasmCallConventions conventions) {
    this.module = module;
    this.conventions = conventions;
  }

  /**
   * The first interface that declares an operation decides what it looks like by name; one input
   * goes before many.
   */
  void declare(OperationHandle operation) {
    synchronized (this.bound) {
      this.bound.add(operation);
    }
    this.declared.merge(
        operation.operation().name(),
        operation,
        (known, other) ->
            known.operation().batch() != null && other.operation().batch() == null ? other : known);
  }

  /** All operations of all interfaces that somebody has, be it that several have the same. */
  List<OperationHandle> bound() {
    synchronized (this.bound) {
      return List.copyOf(this.bound);
    }
  }

  /** An interface has been bound to any version within a range. */
  void bound(Class<?> type, String range) {
    this.ranges.put(range, type.getName());
  }

  /** An interface that was bound to each of these ranges of versions. */
  Map<String, String> ranges() {
    return this.ranges;
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
    PreparedModule code;
    try {
      code = this.module.prepared();
      export = export(code, name);
    } catch (WasmException unknown) {
      if (!hasFallback) {
        throw unknown;
      }
      // The call itself meets this failure again, and the policy decides what it leads to.
      return plan(new Undeclared(name, arguments, Object.class), name);
    }
    Undeclared key = new Undeclared(name, arguments, returnType(code, returnType, export));
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
  private Type returnType(PreparedModule code, @Nullable Type wanted, WasmExportedFunction export) {
    boolean number =
        wanted == void.class
            && export.type().results().size() == 1
            && export.type().results().get(0) != WasmValueType.I64;
    return wanted == null || number ? convention(code).answer(export) : wanted;
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

  /**
   * An operation of code that nobody calls yet, for one input that is written as text.
   *
   * @param input {@code null} for an operation without arguments
   * @param expected what it should answer, {@code null} for anything
   * @throws WasmException if the code has no such operation
   */
  OperationHandle probed(
      PreparedModule code, String name, @Nullable String input, @Nullable String expected) {
    OperationHandle known = find(name);
    if (known != null) {
      return known;
    }
    WasmExportedFunction export = export(code, name);
    List<WasmValueType> taken = export.type().params();
    List<Type> parameters = new ArrayList<>();
    if (input != null) {
      parameters.add(taken.size() == 1 ? boxed(taken.get(0)) : String.class);
    }
    Type answer = convention(code).answer(export);
    boolean text = answer == long.class && expected != null && !NUMBER.matcher(expected).matches();
    return plan(new Undeclared(name, parameters, text ? String.class : answer), export.name());
  }

  private static Type boxed(WasmValueType type) {
    return switch (type) {
      case I32 -> Integer.class;
      case F32 -> Float.class;
      case F64 -> Double.class;
      default -> Long.class;
    };
  }

  private WasmExportedFunction export(PreparedModule module, String name) {
    WasmCode code = module.code();
    WasmExportedFunction export = code.exports().get(name);
    if (export == null) {
      export = code.exports().get(WasmOperations.snakeCase(name));
    }
    if (export == null) {
      export = convention(module).export(code, name);
    }
    if (export == null) {
      throw missing(name, code.exports().keySet());
    }
    return export;
  }

  private WasmCallConvention convention(PreparedModule code) {
    return this.conventions.of(code.descriptor().convention(), code.code());
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
