package io.github.wasmspring.internal.client;

import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.adaptive.AdaptiveChoice;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.fallback.Quarantine;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmOperation;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One operation of one module, with the plan by which it is called. */
final class OperationHandle {

  /** What a command exports, whatever it is called by. */
  private static final String PROGRAM = "_start";

  private record Bound(PreparedModule module, WasmInvocation invocation) {}

  private final ModuleHandle module;
  private final WasmOperation operation;
  private final @Nullable WasmJavaFallback fallback;
  private final @Nullable String missingLibrary;
  private final WasmCallConventions conventions;
  private final WasmCallId id;
  private final @Nullable AdaptiveChoice choice;
  private final Quarantine quarantine;
  private final long timeoutTicks;
  private volatile @Nullable Bound bound;
  private volatile boolean timedBefore;
  private volatile @Nullable OperationHandle batch;

  OperationHandle(
      ModuleHandle module,
      WasmOperation operation,
      @Nullable WasmJavaFallback fallback,
      WasmCallConventions conventions) {
    this.module = module;
    this.operation = operation;
    this.fallback = fallback;
    this.missingLibrary = fallback == null ? null : fallback.missingLibrary();
    this.conventions = conventions;
    this.id =
        new WasmCallId(
            module.descriptor().id(),
            module.descriptor().version(),
            operation.name(),
            operation.export().equals(PROGRAM) ? operation.name() : operation.export());
    this.choice = fallback() == null ? null : module.choices().of(choiceName(operation));
    this.quarantine = module.quarantines().of(this.id);
    this.timeoutTicks = CallWatchdog.ticks(module.descriptor().settings().limits().timeout());
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
      current =
          new Bound(
              prepared,
              this.conventions
                  .of(prepared.descriptor().convention(), prepared.code())
                  .plan(
                      prepared.code(), this.operation, prepared.descriptor().settings().limits()));
      this.bound = current;
    }
    return current.invocation();
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
