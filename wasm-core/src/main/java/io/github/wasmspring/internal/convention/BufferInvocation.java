package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes, allocates, copies, calls, copies back, decodes and frees. */
final class BufferInvocation implements WasmInvocation {

  private final WasmOperation operation;
  private final ExportCall export;
  private final int slotCount;
  private final ValueCodec.@Nullable Scalar[] scalars;
  private final ValueCodec.@Nullable Buffer[] buffers;
  private final ResultReader result;
  private final BufferAllocator allocator;
  private final long payloadLimit;

  BufferInvocation(WasmOperation operation, BufferPlan plan, long payloadLimit) {
    this.operation = operation;
    this.export = plan.export();
    this.slotCount = plan.slotCount();
    List<ValueCodec> parameters = plan.parameters();
    // Asking a codec for its kind in every call is slow: HotSpot looks through all its interfaces.
    this.scalars = new ValueCodec.Scalar[parameters.size()];
    this.buffers = new ValueCodec.Buffer[parameters.size()];
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) instanceof ValueCodec.Buffer buffer) {
        this.buffers[i] = buffer;
      } else if (parameters.get(i) instanceof ValueCodec.Scalar scalar) {
        this.scalars[i] = scalar;
      }
    }
    this.result = plan.result();
    this.allocator = Objects.requireNonNull(plan.allocator());
    this.payloadLimit = payloadLimit;
  }

  @Override
  public @Nullable Object invoke(WasmBorrowedInstance instance, @Nullable Object[] arguments) {
    @Nullable Object[] prepared = prepare(arguments);
    long[] slots = new long[this.slotCount];
    pass(instance, prepared, slots);
    long returned = this.export.callAll(instance, slots);
    try {
      Object answer = this.result.read(instance, this.allocator, returned);
      copyBack(instance, arguments, slots);
      freeArguments(instance, slots);
      return answer;
    } catch (WasmOperationException answer) {
      freeArguments(instance, slots);
      throw answer;
    }
  }

  /** Everything that can fail on the host's side happens here, before any guest code runs. */
  private @Nullable Object[] prepare(@Nullable Object[] arguments) {
    @Nullable Object[] prepared = new Object[this.buffers.length];
    long payload = 0;
    for (int i = 0; i < prepared.length; i++) {
      ValueCodec.Buffer buffer = this.buffers[i];
      if (buffer != null && arguments[i] == null && isNullable(i)) {
        continue;
      }
      Object argument = Arguments.required(this.operation, i, arguments[i]);
      if (buffer != null) {
        refuseReadOnly(i, argument);
        prepared[i] = prepare(buffer, argument, payload);
        payload += prepared[i] == null ? 0 : buffer.length(prepared[i]);
      } else {
        prepared[i] = argument;
      }
    }
    if (payload > this.payloadLimit) {
      throw tooLarge("", payload);
    }
    return prepared;
  }

  private boolean isNullable(int parameter) {
    return this.operation.parameters().get(parameter).nullable();
  }

  private @Nullable Object prepare(ValueCodec.Buffer buffer, Object argument, long before) {
    try {
      return buffer.prepare(argument, this.payloadLimit - before);
    } catch (PayloadTooLarge refused) {
      throw tooLarge("at least ", before + refused.atLeast());
    }
  }

  private WasmInvalidInputException tooLarge(String atLeast, long payload) {
    return new WasmInvalidInputException(
        "the arguments have %s%d bytes, and %d are allowed (limits.payload)"
            .formatted(atLeast, payload, this.payloadLimit));
  }

  private void refuseReadOnly(int index, Object argument) {
    if (argument instanceof ByteBuffer buffer
        && buffer.isReadOnly()
        && this.operation.parameters().get(index).inOut()) {
      throw new WasmInvalidInputException(
          "the buffer '%s' is read-only, and the module changes it in place"
              .formatted(this.operation.parameters().get(index).name()));
    }
  }

  private void pass(WasmBorrowedInstance instance, @Nullable Object[] prepared, long[] slots) {
    int slot = 0;
    for (int i = 0; i < prepared.length; i++) {
      Object value = prepared[i];
      ValueCodec.Scalar scalar = this.scalars[i];
      ValueCodec.Buffer buffer = this.buffers[i];
      if (value == null) {
        slot += 2;
      } else if (scalar != null) {
        slots[slot++] = scalar.toWasm(value);
      } else if (buffer != null) {
        int length = buffer.length(value);
        int address = this.allocator.allocate(instance, buffer.room(length));
        buffer.write(value, BufferAllocator.memory(instance), address);
        slots[slot++] = address;
        slots[slot++] = length;
      }
    }
  }

  private void copyBack(WasmBorrowedInstance instance, @Nullable Object[] arguments, long[] slots) {
    int slot = 0;
    for (int i = 0; i < this.buffers.length; i++) {
      Object argument = arguments[i];
      ValueCodec.Buffer buffer = this.buffers[i];
      if (buffer != null) {
        if (argument != null && this.operation.parameters().get(i).inOut()) {
          WasmMemory memory = BufferAllocator.memory(instance);
          buffer.copyBack(argument, memory, (int) slots[slot]);
        }
        slot++;
      }
      slot++;
    }
  }

  private void freeArguments(WasmBorrowedInstance instance, long[] slots) {
    int slot = 0;
    for (ValueCodec.Buffer buffer : this.buffers) {
      if (buffer != null) {
        int address = (int) slots[slot++];
        if (address != 0 || !buffer.isOptional()) {
          this.allocator.free(instance, address, buffer.room((int) slots[slot]));
        }
      }
      slot++;
    }
  }
}
