package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager.LiveModule;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.work.WasmTaskRequest;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects one call and makes it. */
final class DefaultOperationSpec implements OperationSpec {

  private final DefaultWasmModuleManager manager;
  private final LiveModule module;
  private final String operation;
  private final Map<String, @Nullable Object> options = new LinkedHashMap<>();
  private @Nullable Object input;
  private @Nullable Object @Nullable [] arguments;
  private @Nullable Duration timeout;
  private @Nullable WasmExecutionMode mode;
  private @Nullable WasmPriority priority;
  private @Nullable String tenant;

  DefaultOperationSpec(DefaultWasmModuleManager manager, LiveModule module, String operation) {
    this.manager = manager;
    this.module = module;
    this.operation = operation;
  }

  @Override
  public OperationSpec input(@Nullable Object input) {
    this.input = input;
    return this;
  }

  @Override
  public OperationSpec arguments(@Nullable Object... arguments) {
    this.arguments = arguments.clone();
    return this;
  }

  @Override
  public OperationSpec option(String name, @Nullable Object value) {
    this.options.put(name, value);
    return this;
  }

  @Override
  public OperationSpec options(Map<String, ?> options) {
    this.options.putAll(options);
    return this;
  }

  @Override
  public OperationSpec timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  @Override
  public OperationSpec mode(WasmExecutionMode mode) {
    this.mode = mode;
    return this;
  }

  @Override
  public OperationSpec priority(WasmPriority priority) {
    this.priority = priority;
    return this;
  }

  @Override
  public OperationSpec tenant(String key) {
    this.tenant = key;
    return this;
  }

  @Override
  public <T extends @Nullable Object> WasmResult<T> retrieve(Class<T> type) {
    return retrieve((Type) type);
  }

  @Override
  public <T extends @Nullable Object> WasmResult<T> retrieve(Type type) {
    return retrieve(type, new CallRecord(null, true));
  }

  /** Calls the operation for what it declares to answer. */
  <T extends @Nullable Object> WasmResult<T> retrieveDeclared() {
    return retrieve(null, new CallRecord(null, true));
  }

  private <T extends @Nullable Object> WasmResult<T> retrieve(
      @Nullable Type type, CallRecord record) {
    return within(() -> call(type, record));
  }

  /** A failure, be it before anything is called, learns that it is one of this operation. */
  private <R> R within(Supplier<R> work) {
    try {
      this.manager.calls().requireOpen();
      return work.get();
    } catch (WasmException failure) {
      WasmModuleDescriptor called = this.module.handle().descriptor();
      throw failure.locate(
          new WasmErrorContext(called.id(), called.version(), this.operation, null));
    }
  }

  @SuppressWarnings("unchecked")
  private <T extends @Nullable Object> WasmResult<T> call(@Nullable Type type, CallRecord record) {
    OperationHandle declared = this.module.catalog().find(this.operation);
    OperationHandle handle;
    @Nullable Object[] values;
    if (declared != null) {
      handle = declared;
      values =
          this.arguments != null
              ? this.manager.argumentMapper().convert(declared.operation(), this.arguments)
              : this.manager.argumentMapper().map(declared.operation(), this.input, this.options);
    } else {
      values = positional();
      boolean mayLoad = this.manager.mayRun(this.module.handle(), this.mode);
      handle = this.module.catalog().undeclared(this.operation, values, type, mayLoad);
    }
    Object answer = answer(handle, values, record);
    return (WasmResult<T>)
        record.result(
            handle.id(),
            type == null ? answer : this.manager.argumentMapper().answer(answer, type));
  }

  /** Without declared parameters, options count in the order in which they were given. */
  private @Nullable Object[] positional() {
    if (this.arguments != null) {
      return this.arguments;
    }
    int inputs = this.input == null ? 0 : 1;
    @Nullable Object[] values = new @Nullable Object[inputs + this.options.size()];
    if (inputs == 1) {
      values[0] = this.input;
    }
    int index = inputs;
    for (Object value : this.options.values()) {
      values[index++] = value;
    }
    return values;
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<WasmResult<T>> retrieveAsync(
      Class<T> type) {
    TrialTurn turn = TrialTurn.of(this.module.handle());
    return later(
        (cancellation, stay) ->
            retrieve(type, new CallRecord(cancellation, true, stay).with(turn)));
  }

  private <R> CompletableFuture<R> later(
      BiFunction<CallCancellation, @Nullable TenantStay, R> call) {
    WasmModuleDescriptor called = this.module.handle().descriptor();
    WasmCallId id = new WasmCallId(called.id(), called.version(), this.operation);
    return this.manager
        .methodCalls()
        .later(
            WasmTaskRequest.of(id, called.settings(), this.priority, true),
            this.manager.calls().tenants().caller(id, this.tenant),
            call);
  }

  @Override
  public <T extends @Nullable Object> WasmResult<List<T>> batch(List<?> inputs, Class<T> type) {
    refuseFurtherInput();
    return batch(new ArrayList<>(inputs), type, new CallRecord(null, true));
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<WasmResult<List<T>>> batchAsync(
      List<?> inputs, Class<T> type) {
    refuseFurtherInput();
    List<?> copy = new ArrayList<>(inputs);
    TrialTurn turn = TrialTurn.of(this.module.handle());
    return later(
        (cancellation, stay) ->
            batch(copy, type, new CallRecord(cancellation, true, stay).with(turn)));
  }

  private void refuseFurtherInput() {
    if (this.input != null || this.arguments != null) {
      throw new IllegalStateException(
          "a batch takes its inputs from its list; give what all calls share as options");
    }
  }

  private <T extends @Nullable Object> WasmResult<List<T>> batch(
      List<?> inputs, Class<T> type, CallRecord record) {
    return within(() -> callAll(inputs, type, record));
  }

  @SuppressWarnings("unchecked")
  private <T extends @Nullable Object> WasmResult<List<T>> callAll(
      List<?> inputs, Class<T> type, CallRecord record) {
    OperationHandle declared = this.module.catalog().find(this.operation);
    OperationHandle handle;
    @Nullable Object[] values;
    if (declared != null) {
      handle = declared.operation().batch() != null ? declared : declared.inBatch();
      values = this.manager.argumentMapper().map(handle.operation(), inputs, this.options);
    } else {
      handle = undeclaredBatch(inputs, type);
      if (inputs.isEmpty()) {
        // As what they would cross, nobody can tell.
        return record.result(handle.id(), List.of());
      }
      List<@Nullable Object> all = new ArrayList<>();
      all.add(inputs);
      all.addAll(this.options.values());
      values = all.toArray();
    }
    Object answer = answer(handle, values, record);
    List<T> answers = new ArrayList<>();
    if (answer instanceof List<?> list) {
      list.forEach(each -> answers.add((T) this.manager.argumentMapper().answer(each, type)));
    }
    return record.result(handle.id(), answers);
  }

  /** Without declared parameters, options count in the order in which they were given. */
  private OperationHandle undeclaredBatch(List<?> inputs, Type type) {
    List<Type> types = new ArrayList<>();
    types.add(BatchElements.commonType(inputs));
    types.addAll(OperationCatalog.types(this.options.values().toArray()));
    boolean mayLoad = this.manager.mayRun(this.module.handle(), this.mode);
    return this.module.catalog().undeclared(this.operation, types, type, mayLoad).inBatch();
  }

  private @Nullable Object answer(
      OperationHandle handle, @Nullable Object[] values, CallRecord record) {
    Object answer =
        this.manager
            .calls()
            .call(
                handle,
                values,
                new WasmCallOptions(this.mode, this.timeout, this.priority, this.tenant),
                record);
    return BatchResults.areWanted(handle.operation()) ? BatchResults.bare(answer) : answer;
  }
}
