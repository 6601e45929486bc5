package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmFrame;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.split.BigFunction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Code that can be let go of while plans of calls still refer to it. What the interpreter runs of a
 * module takes many times the heap of the module, and a plan that nobody uses any more stays.
 *
 * <p>{@code code} goes once, from the code to {@code null}, by whoever replaces the module. Each
 * method reads it once: it has the code until it returns, or refuses, or answers that it knows
 * nothing. What is asked for all the time is copied beforehand and does not go.
 */
final class ReleasableCode implements WasmCode {

  private final String engine;
  private final WasmCodeKind kind;
  private final Map<String, WasmExportedFunction> exports;
  private final List<WasmImportedItem> imports;
  private final List<WasmImportedItem> hostImports;
  private final List<BigFunction> bigFunctions;
  private final @Nullable ModuleFacts facts;
  private final @Nullable Set<WasmFeature> features;
  private final boolean hasMemory;
  private volatile @Nullable WasmCode code;

  ReleasableCode(WasmCode code) {
    this.engine = code.engine();
    this.kind = code.kind();
    this.exports = code.exports();
    this.imports = code.imports();
    this.hostImports = code.hostImports();
    this.bigFunctions = code.bigFunctions();
    this.facts = code.facts();
    this.features = code.features();
    this.hasMemory = code.hasMemory();
    this.code = code;
  }

  /** From now on there are no more instances of it. Those that there are go on. */
  void release() {
    this.code = null;
  }

  private WasmCode code() {
    WasmCode present = this.code;
    if (present == null) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED, "the module runs on other code by now", null);
    }
    return present;
  }

  @Override
  public String engine() {
    return this.engine;
  }

  @Override
  public WasmCodeKind kind() {
    return this.kind;
  }

  @Override
  public Map<String, WasmExportedFunction> exports() {
    return this.exports;
  }

  @Override
  public List<WasmImportedItem> imports() {
    return this.imports;
  }

  @Override
  public List<WasmImportedItem> hostImports() {
    return this.hostImports;
  }

  @Override
  public List<BigFunction> bigFunctions() {
    return this.bigFunctions;
  }

  @Override
  public int functionAt(StackTraceElement frame) {
    WasmCode present = this.code;
    return present == null ? NO_FUNCTION : present.functionAt(frame);
  }

  @Override
  public boolean isPieceAt(StackTraceElement frame) {
    WasmCode present = this.code;
    return present != null && present.isPieceAt(frame);
  }

  @Override
  public boolean isLinkAt(StackTraceElement frame) {
    WasmCode present = this.code;
    return present != null && present.isLinkAt(frame);
  }

  @Override
  public int offsetAt(StackTraceElement frame) {
    WasmCode present = this.code;
    return present == null ? UNKNOWN_OFFSET : present.offsetAt(frame);
  }

  @Override
  public List<WasmFrame> framesOf(Throwable failure, int most) {
    WasmCode present = this.code;
    return present == null ? List.of() : present.framesOf(failure, most);
  }

  @Override
  public @Nullable String exportOf(int function) {
    WasmCode present = this.code;
    return present == null ? null : present.exportOf(function);
  }

  @Override
  public @Nullable ModuleFacts facts() {
    return this.facts;
  }

  @Override
  public @Nullable Set<WasmFeature> features() {
    return this.features;
  }

  @Override
  public boolean hasMemory() {
    return this.hasMemory;
  }

  @Override
  public long footprint(Limits limits) {
    return code().footprint(limits);
  }

  @Override
  public long footprint(Collection<? extends WasmProvidedImport> imports, Limits limits) {
    return code().footprint(imports, limits);
  }

  @Override
  public int weight() {
    return code().weight();
  }

  @Override
  public void check(Collection<? extends WasmProvidedImport> imports, Limits limits) {
    code().check(imports, limits);
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      boolean resettable,
      ThreadFactory threads) {
    return code().instantiate(imports, limits, charge, resettable, threads);
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      boolean resettable,
      ThreadFactory threads,
      @Nullable String first) {
    return code().instantiate(imports, limits, charge, resettable, threads, first);
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      ThreadFactory threads,
      WasmSnapshot from) {
    return code().instantiate(imports, limits, charge, threads, from);
  }
}
