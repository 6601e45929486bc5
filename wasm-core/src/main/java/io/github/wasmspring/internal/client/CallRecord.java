package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.tenant.TenantStay;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call came to its answer, noted while it runs. */
final class CallRecord {

  static final String JAVA = "java";

  private final @Nullable CallCancellation cancellation;
  private final boolean timed;
  private @Nullable TenantStay tenant;
  private WasmSource source = WasmSource.WASM;
  private String engine = JAVA;
  private @Nullable WasmException hidden;
  private @Nullable String shown;
  private @Nullable TrialTurn turn;
  private @Nullable String version;
  private @Nullable InstancePool pool;
  private long nanos;
  private long instance;

  /**
   * @param cancellation what can stop the call, {@code null} for nothing but its own thread
   * @param timed whether somebody will ask how long it took
   */
  CallRecord(@Nullable CallCancellation cancellation, boolean timed) {
    this(cancellation, timed, null);
  }

  /**
   * @param tenant whose call it is if that has been admitted already
   */
  CallRecord(@Nullable CallCancellation cancellation, boolean timed, @Nullable TenantStay tenant) {
    this.cancellation = cancellation;
    this.timed = timed;
    this.tenant = tenant;
  }

  /** Whose call it is, {@code null} without tenants or before it is admitted. */
  @Nullable TenantStay tenant() {
    return this.tenant;
  }

  void admitted(TenantStay tenant) {
    this.tenant = tenant;
  }

  /** The side of a rollout that was chosen when the call was submitted. */
  CallRecord with(@Nullable TrialTurn turn) {
    this.turn = turn;
    return this;
  }

  /** The side of a rollout that the call is for, chosen now if it was not before. */
  boolean isForNew(ModuleRollout rollout) {
    TrialTurn chosen = this.turn;
    if (chosen == null || chosen.rollout() != rollout) {
      chosen = new TrialTurn(rollout, rollout.choose(null));
      this.turn = chosen;
    }
    return chosen.isNew();
  }

  boolean isTimed() {
    return this.timed;
  }

  @Nullable CallCancellation cancellation() {
    return this.cancellation;
  }

  boolean isCancelled() {
    return this.cancellation != null && this.cancellation.isCancelled();
  }

  /** Failures name the operation in this way, more exactly than figures do. */
  void shownAs(String operation) {
    this.shown = operation;
  }

  /** The same failure, which knows that it is one of the call. */
  WasmException located(WasmException failure, WasmCallId call) {
    return failure.locate(
        new WasmErrorContext(
            call.module(),
            versionOf(call),
            this.shown != null ? this.shown : call.operation(),
            this.engine));
  }

  void ranOn(PreparedModule code) {
    ranOn(code.code().engine());
    this.pool = code.pool();
  }

  void ranOn(String engine) {
    this.source = WasmSource.WASM;
    this.engine = engine;
  }

  /** Whether the code that was asked last is not that of the module any more. */
  boolean ranOnOld() {
    InstancePool asked = this.pool;
    return asked != null && asked.isClosed();
  }

  /**
   * Another version than the module has, for it is on trial; {@code null} for that of the module.
   */
  void ranOnVersion(@Nullable String version) {
    this.version = version;
  }

  private String versionOf(WasmCallId call) {
    return this.version != null ? this.version : call.version();
  }

  /** The number of the instance among those of its module. */
  void ranIn(long instance) {
    this.instance = instance;
  }

  /** 0 if none has been asked. */
  long instance() {
    return this.instance;
  }

  void fellBack(@Nullable WasmException why) {
    this.source = WasmSource.FALLBACK;
    this.engine = JAVA;
    this.hidden = why;
  }

  void choseJava() {
    this.source = WasmSource.JAVA;
    this.engine = JAVA;
    this.hidden = null;
  }

  void took(long nanos) {
    this.nanos = nanos;
  }

  WasmSource source() {
    return this.source;
  }

  String engine() {
    return this.engine;
  }

  /** What a fallback answered in place of. */
  @Nullable WasmException hidden() {
    return this.hidden;
  }

  <T extends @Nullable Object> WasmResult<T> result(WasmCallId call, T value) {
    return result(call, value, this.hidden);
  }

  /** For an element of a batch that has no answer. */
  WasmResult<@Nullable Object> refusal(WasmCallId call, WasmException failure) {
    return result(call, null, located(failure, call));
  }

  private <T extends @Nullable Object> WasmResult<T> result(
      WasmCallId call, T value, @Nullable WasmException failure) {
    return new WasmResult<>(
        value,
        this.source,
        call.module(),
        versionOf(call),
        call.operation(),
        this.engine,
        Duration.ofNanos(this.nanos),
        failure);
  }
}
