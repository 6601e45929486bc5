package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.adaptive.AdaptiveChoice;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.fallback.Quarantine;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperation;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One operation of one module, with the plan by which it is called. */
final class OperationHandle implements CodeHolder {

  /** What a command exports, whatever it is called by. */
  private static final String PROGRAM = "_start";

  private record Bound(PreparedModule module, WasmInvocation invocation) {}

  private final ModuleHandle module;
  private final WasmOperation operation;
  private final WasmCallConventions conventions;
  private final boolean ownFallback;

  // What the module's descriptor says. It changes with the version of the module, under the monitor
  // of those that are told of it; who reads something older calls it what it was a moment ago.
  private @Nullable WasmJavaFallback fallback;
  private @Nullable String missingLibrary;
  private WasmCallId id;
  private @Nullable AdaptiveChoice choice;
  private Quarantine quarantine;
  private long timeoutTicks;
  private WasmModuleDescriptor described;

  // Plans for the code that is called; two, as other code may be on trial.
  private volatile @Nullable Bound bound;
  private volatile @Nullable Bound boundBefore;
  private volatile boolean timedBefore;
  private volatile @Nullable OperationHandle batch;

  OperationHandle(
      ModuleHandle module,
      WasmOperation operation,
      @Nullable WasmJavaFallback fallback,
      WasmCallConventions conventions) {
    this.module = module;
    this.operation = operation;
    this.conventions = conventions;
    WasmModuleDescriptor descriptor = module.descriptor();
    this.ownFallback = fallback != null && fallback != descriptor.fallbacks().get(operation.name());
    this.described = descriptor;
    this.fallback = fallback;
    this.missingLibrary = fallback == null ? null : fallback.missingLibrary();
    this.id = id(descriptor, operation);
    this.choice = fallback() == null ? null : module.choices().of(choiceName(operation));
    this.quarantine = module.quarantines().of(this.id);
    this.timeoutTicks = CallWatchdog.ticks(descriptor.settings().limits().timeout());
    module.admit(this);
  }

  private static WasmCallId id(WasmModuleDescriptor descriptor, WasmOperation operation) {
    return new WasmCallId(
        descriptor.id(),
        descriptor.version(),
        operation.name(),
        operation.export().equals(PROGRAM) ? operation.name() : operation.export());
  }

  @Override
  public void follow() {
    WasmModuleDescriptor now = this.module.descriptor();
    if (now == this.described) {
      return;
    }
    this.described = now;
    WasmJavaFallback offered = now.fallbacks().get(this.operation.name());
    if (!this.ownFallback && (offered == null || offered.unfitFor(this.operation) == null)) {
      this.fallback = offered;
      this.missingLibrary = offered == null ? null : offered.missingLibrary();
      this.choice =
          fallback() == null ? null : this.module.choices().of(choiceName(this.operation));
    }
    this.id = id(now, this.operation);
    this.quarantine = this.module.quarantines().of(this.id);
    this.timeoutTicks = CallWatchdog.ticks(now.settings().limits().timeout());
    this.batch = null;
  }

  /** One call of a batch costs something else than a call of its own. */
  private static String choiceName(WasmOperation operation) {
    return operation.batch() == null ? operation.name() : operation.name() + "[]";
  }

  /** The same operation for a list of first arguments. */
  OperationHandle inBatch() {
    OperationHandle known = this.batch;
    if (known == null) {
      WasmOperation many = this.operation.inBatch();
      known =
          new OperationHandle(
              this.module,
              many,
              this.fallback == null ? null : new ElementFallback(many, this.fallback),
              this.conventions);
      this.batch = known;
    }
    return known;
  }

  /**
   * The plan for the code that a module has now; made when the code changes.
   *
   * @throws io.github.wasmspring.WasmSignatureException if the operation does not fit the code
   */
  WasmInvocation invocation(PreparedModule prepared) {
    Bound current = this.bound;
    if (current == null || current.module() != prepared) {
      current = other(prepared);
    }
    return current.invocation();
  }

  private Bound other(PreparedModule prepared) {
    Bound other = this.boundBefore;
    if (other != null && other.module() == prepared) {
      return other;
    }
    Bound planned = new Bound(prepared, plan(prepared));
    this.boundBefore = this.bound;
    this.bound = planned;
    forgetClosed(this.bound);
    forgetClosed(this.boundBefore);
    return planned;
  }

  /** Whoever let go of the code may have looked here before it came. */
  private void forgetClosed(@Nullable Bound kept) {
    if (kept != null && kept.module().pool().isClosed()) {
      forget(kept.module());
    }
  }

  /** A plan that is not kept. */
  WasmInvocation plan(PreparedModule prepared) {
    return this.conventions
        .of(prepared.descriptor().convention(), prepared.code())
        .plan(prepared.code(), this.operation, prepared.descriptor().settings().limits());
  }

  @Override
  public void forget(PreparedModule gone) {
    Bound current = this.bound;
    if (current != null && current.module() == gone) {
      this.bound = null;
    }
    Bound other = this.boundBefore;
    if (other != null && other.module() == gone) {
      this.boundBefore = null;
    }
  }

  /**
   * What has worked until now has to work with other code as well.
   *
   * @param before what the module runs, {@code null} if nothing
   * @throws io.github.wasmspring.WasmSignatureException if the operation does not fit the code
   */
  void requireFit(@Nullable PreparedModule before, PreparedModule code) {
    boolean needed = before != null ? fits(before) : this.fallback == null || isOfferedBy(code);
    if (needed) {
      plan(code);
    }
  }

  private boolean fits(PreparedModule code) {
    try {
      plan(code);
      return true;
    } catch (WasmException unfit) {
      return false;
    }
  }

  /** Whether to time a call that nobody asks the time of: the first, and now and then another. */
  boolean isTimedNow() {
    if (!this.timedBefore) {
      this.timedBefore = true;
      return true;
    }
    return (ThreadLocalRandom.current().nextInt() & CallCounters.TIMED_ONE_IN - 1) == 0;
  }

  /** Whether a module has this operation. */
  boolean isOfferedBy(PreparedModule prepared) {
    return this.conventions
            .of(prepared.descriptor().convention(), prepared.code())
            .export(prepared.code(), this.operation.export())
        != null;
  }

  ModuleHandle module() {
    return this.module;
  }

  WasmOperation operation() {
    return this.operation;
  }

  /** {@code null} if there is none, or none that could answer. */
  @Nullable WasmJavaFallback fallback() {
    return this.missingLibrary == null ? this.fallback : null;
  }

  /** What keeps {@link #fallback} from answering, as {@code group:artifact}. */
  @Nullable String missingLibrary() {
    return this.missingLibrary;
  }

  /** Who answers where that is measured; {@code null} if only the module could. */
  @Nullable AdaptiveChoice choice() {
    return this.choice;
  }

  /** Whether the module may be asked. */
  Quarantine quarantine() {
    return this.quarantine;
  }

  WasmCallId id() {
    return this.id;
  }

  long timeoutTicks() {
    return this.timeoutTicks;
  }
}
