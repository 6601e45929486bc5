package io.github.wasmspring.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.WasmResult;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Fluent calls of one module. */
public interface WasmModuleClient {

  OperationSpec operation(String name);

  /** Collects what one call is given; for one thread and one call. */
  interface OperationSpec {

    /** The first argument. */
    OperationSpec input(@Nullable Object input);

    /** All arguments in order, instead of an input and options. */
    OperationSpec arguments(@Nullable Object... arguments);

    /** Another argument, by the name of the operation's parameter. */
    OperationSpec option(String name, @Nullable Object value);

    /** Other arguments, by the names of the operation's parameters. */
    OperationSpec options(Map<String, ?> options);

    /** How long the guest may run, instead of what the module's settings say. */
    OperationSpec timeout(Duration timeout);

    /** Who is asked, instead of what the module's settings say. */
    OperationSpec mode(WasmExecutionMode mode);

    /** Which of the calls that wait for a thread goes first; for {@link #retrieveAsync}. */
    OperationSpec priority(WasmPriority priority);

    /**
     * Who the call is made for, instead of whom the application's {@link
     * io.github.wasmspring.tenant.WasmTenantResolver} finds; means nothing without tenants.
     */
    OperationSpec tenant(String key);

    /**
     * Calls the operation.
     *
     * @throws WasmException if there is no answer
     */
    <T extends @Nullable Object> WasmResult<T> retrieve(Class<T> type);

    /** Calls the operation; for answers with type arguments. */
    <T extends @Nullable Object> WasmResult<T> retrieve(Type type);

    /**
     * Calls the operation on another thread. Cancelling the future, or completing it in any other
     * way, stops the call; the futures that are derived from it do not pass a cancellation on.
     */
    <T extends @Nullable Object> CompletableFuture<WasmResult<T>> retrieveAsync(Class<T> type);

    /**
     * Calls the operation once for each of the inputs, on one instance and with one deadline; the
     * options are the same for all. See {@link io.github.wasmspring.WasmBatch}.
     *
     * @param inputs the first arguments, none of them {@code null}; where no interface declares the
     *     operation, all of one type
     * @param type of each answer
     * @return as many answers as inputs, in their order
     * @throws WasmException if there is no answer to one of them; a {@code WasmOperationException}
     *     says to which
     * @throws IllegalStateException if an input or arguments were given before
     */
    <T extends @Nullable Object> WasmResult<List<T>> batch(List<?> inputs, Class<T> type);

    /** The same on another thread, as {@link #retrieveAsync} does it. */
    <T extends @Nullable Object> CompletableFuture<WasmResult<List<T>>> batchAsync(
        List<?> inputs, Class<T> type);
  }
}
