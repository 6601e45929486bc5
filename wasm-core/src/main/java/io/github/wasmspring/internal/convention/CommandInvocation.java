package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.internal.wasi.WasiStdio;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a command once. */
final class CommandInvocation implements WasmInvocation {

  private final WasmOperation operation;
  private final int start;
  private final Limits limits;
  private final boolean hasInput;
  private final List<ValueCodec.@Nullable Buffer> parameters = new ArrayList<>();
  private final ValueCodec.@Nullable Buffer answer;

  CommandInvocation(WasmOperation operation, int start, ValueCodecs codecs, Limits limits) {
    this.operation = operation;
    this.start = start;
    this.limits = limits;
    for (WasmParameter parameter : operation.parameters()) {
      this.parameters.add(codecs.of(parameter) instanceof ValueCodec.Buffer buffer ? buffer : null);
    }
    this.hasInput =
        !this.parameters.isEmpty()
            && this.parameters.get(0) != null
            && operation.parameters().get(0).type() != String[].class;
    this.answer = answer(operation, codecs);
  }

  /** Numbers are read as JSON, which is how a program would print them. */
  private static ValueCodec.@Nullable Buffer answer(WasmOperation operation, ValueCodecs codecs) {
    Type type = operation.returnType();
    if (type == void.class) {
      return null;
    }
    return codecs.of(type, operation.nullable()) instanceof ValueCodec.Buffer buffer
        ? buffer
        : new JsonCodec(codecs.json(), type);
  }

  @Override
  public @Nullable Object invoke(WasmBorrowedInstance instance, @Nullable Object[] given) {
    byte[] input = this.hasInput && !isNothing(0, given[0]) ? bytes(0, given[0]) : new byte[0];
    List<String> arguments = arguments(given);
    refuseTooMuch(input, arguments);
    if (instance.isSpent()) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED,
          "a WASI command runs once in the life of an instance; open another session for each run",
          null);
    }
    instance.spend();
    WasiStdio stdio = instance.attribute(WasiStdio.class, WasiStdio::new);
    stdio.command(input, arguments, this.answer == null ? -1 : this.limits.output());
    run(instance, stdio);
    if (this.answer == null) {
      return null;
    }
    byte[] output = stdio.output();
    return this.answer.read(new BytesMemory(output), 0, output.length, new AnswerRoom(this.limits));
  }

  private void run(WasmBorrowedInstance instance, WasiStdio stdio) {
    try {
      instance.call(this.start);
    } catch (WasmExecutionException failure) {
      if (stdio.isOverflown()) {
        throw new WasmExecutionException(
            WasmErrorCategory.MEMORY_LIMIT,
            "the answer has more than the %d bytes that are allowed (limits.output)"
                .formatted(this.limits.output()),
            failure);
      }
      if (!(failure.getCause() instanceof WasmGuestExit exit)) {
        throw explained(failure, stdio.errors());
      }
      if (exit.code() != 0) {
        throw refusal(exit, stdio.errors());
      }
    }
  }

  private static WasmException refusal(WasmGuestExit exit, String errors) {
    String code = Integer.toUnsignedString(exit.code());
    return new WasmOperationException(
        "exit." + code,
        errors.isEmpty() ? "the command ended with exit code " + code : errors,
        null);
  }

  /** A program often says why it is about to trap. */
  private static WasmException explained(WasmExecutionException failure, String errors) {
    return failure.category() != WasmErrorCategory.TRAP || errors.isEmpty()
        ? failure
        : new WasmExecutionException(
            failure.category(), failure.detail() + "; before that it said: " + errors, failure);
  }

  private List<String> arguments(@Nullable Object[] given) {
    List<String> arguments = new ArrayList<>();
    for (int i = this.hasInput ? 1 : 0; i < given.length; i++) {
      if (isNothing(i, given[i])) {
        continue;
      }
      Object argument = Arguments.required(this.operation, i, given[i]);
      if (argument instanceof Object[] several) {
        Arrays.stream(several).map(String::valueOf).forEach(arguments::add);
      } else if (argument instanceof Collection<?> several) {
        several.stream().map(String::valueOf).forEach(arguments::add);
      } else if (this.parameters.get(i) != null && !(argument instanceof CharSequence)) {
        arguments.add(new String(bytes(i, argument), StandardCharsets.UTF_8));
      } else {
        arguments.add(argument.toString());
      }
    }
    return arguments;
  }

  /** Whether a program is started without this argument. */
  private boolean isNothing(int index, @Nullable Object given) {
    ValueCodec.Buffer codec = this.parameters.get(index);
    return codec != null && codec.isOptional() && Objects.equals(given, codec.nothing());
  }

  private byte[] bytes(int index, @Nullable Object given) {
    Object argument = Arguments.required(this.operation, index, given);
    ValueCodec.Buffer codec = this.parameters.get(index);
    if (codec == null) {
      return argument.toString().getBytes(StandardCharsets.UTF_8);
    }
    Object prepared;
    try {
      prepared = Objects.requireNonNull(codec.prepare(argument, this.limits.payload()));
    } catch (PayloadTooLarge refused) {
      throw tooLarge("at least ", refused.atLeast());
    }
    BytesMemory memory = new BytesMemory(new byte[codec.length(prepared)]);
    codec.write(prepared, memory, 0);
    return memory.bytes();
  }

  private void refuseTooMuch(byte[] input, List<String> arguments) {
    long payload = input.length;
    for (String argument : arguments) {
      if (argument.indexOf('\0') >= 0) {
        throw new WasmInvalidInputException(
            "an argument of a command must not contain the character U+0000");
      }
      payload += argument.getBytes(StandardCharsets.UTF_8).length + 1L;
    }
    if (payload > this.limits.payload()) {
      throw tooLarge("", payload);
    }
  }

  private WasmInvalidInputException tooLarge(String atLeast, long payload) {
    return new WasmInvalidInputException(
        "the arguments have %s%d bytes, and %d are allowed (limits.payload)"
            .formatted(atLeast, payload, this.limits.payload()));
  }
}
