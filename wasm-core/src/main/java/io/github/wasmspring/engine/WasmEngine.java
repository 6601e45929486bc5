package io.github.wasmspring.engine;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns modules into code that runs on the JVM. */
public interface WasmEngine extends AutoCloseable {

  /** Short and stable, e.g. {@code jvm}. */
  String name();

  /**
   * Parses, validates and, in {@link WasmEngineMode#COMPILED}, compiles a module.
   *
   * @param mode {@link WasmEngineMode#INTERPRETER} or {@link WasmEngineMode#COMPILED}; the others
   *     are made of these
   * @throws WasmLoadException if it is no module ({@code MALFORMED}), a wrong one or one that needs
   *     what this engine does not have ({@code INVALID})
   */
  WasmCode compile(WasmBinary binary, WasmEngineMode mode);

  /**
   * Does the same with a say in whether functions that HotSpot would not compile are split first.
   *
   * @param splitBigFunctions of no matter to engines and modes that make no bytecode
   */
  default WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean splitBigFunctions) {
    return compile(binary, mode);
  }

  /**
   * Whether modules can be compiled here, in this process; if not, all are interpreted that the
   * build-time compiler did not compile.
   */
  default boolean compiles() {
    return true;
  }

  /** Whether modules can be run without compiling them; if not, all modes are the same here. */
  default boolean interprets() {
    return true;
  }

  /**
   * What modules may use. A module that uses more is refused.
   *
   * @param mode how it is to be run
   */
  default Set<WasmFeature> features(WasmEngineMode mode) {
    return EnumSet.allOf(WasmFeature.class);
  }

  /**
   * What instances can import from one another, see {@link WasmInstance#external}; nothing by
   * default.
   */
  default Set<WasmExternalKind> linkable() {
    return Set.of();
  }

  /** Those of the imports that are to be provided; the engine has the others itself. */
  default List<WasmImportedItem> hostImports(List<WasmImportedItem> imports) {
    return imports;
  }

  /**
   * Refuses a module that no instance can be made of, before it is parsed or compiled.
   *
   * @param module what was told from its bytes
   * @param limits what its instances may have
   * @throws WasmLoadException {@code MEMORY_LIMIT} if they start with more
   * @throws WasmLinkException if the module imports what the engine has only for modules that are
   *     made otherwise
   */
  default void check(
      ModuleFacts module, Collection<? extends WasmProvidedImport> provided, Limits limits) {
    StartingSize.check(module, limits);
  }

  /**
   * What an earlier {@link #compile} of the same module has kept somewhere, so that it need not be
   * compiled again.
   *
   * @return {@code null} if there is nothing
   */
  default @Nullable WasmCode stored(WasmBinary binary, boolean splitBigFunctions) {
    return null;
  }

  /**
   * Deletes what is {@link #stored} of a module that is gone.
   *
   * @param digest of its bytes
   */
  default void forget(String digest) {}

  /**
   * Whether the engine takes over a class by {@link #precompiled}, or it was made for another one
   * or by a version of its compiler that is not this one's. A module that has a location as well is
   * loaded from there then.
   *
   * @param className of a class that need not be there
   */
  default boolean takesPrecompiled(String className, ClassLoader classLoader) {
    return true;
  }

  /**
   * Takes over what the engine's build-time compiler made of a module.
   *
   * @param className the class it made
   * @throws WasmLoadException if there is no such class ({@code LOAD}) or it is something else
   *     ({@code INVALID})
   */
  WasmCode precompiled(String className, ClassLoader classLoader);

  /** Finishes what the engine does in the background; nothing is called any more. */
  @Override
  default void close() {}
}
