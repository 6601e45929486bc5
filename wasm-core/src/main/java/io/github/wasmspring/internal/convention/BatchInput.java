package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.convention.WasmBatchRows;
import io.github.wasmspring.module.WasmOperation;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a batch pass, encoded, with a place for each buffer in a block of the guest's
 * memory: first those that all calls share, then those of one call after the other.
 */
final class BatchInput {

  /** What any type of the guest may be aligned to. */
  private static final int ALIGNMENT = 16;

  private final WasmOperation element;
  private final ValueCodec.@Nullable Buffer[] codecs;
  private final WasmBatchRows rows;
  private final long payloadLimit;

  /** By parameter, then by call or, if all calls share it, once. */
  private final long[][] numbers;

  private final @Nullable Object[][] buffers;
  private final long sharedBytes;
  private long payload;

  /**
   * Everything that can fail on the host's side happens here, before any guest code runs.
   *
   * @param payloadLimit the bytes that all of it may have together
   * @throws WasmInvalidInputException if there are more, or something can't be passed
   */
  BatchInput(
      WasmOperation element, List<ValueCodec> codecs, WasmBatchRows rows, long payloadLimit) {
    this.element = element;
    this.codecs = new ValueCodec.Buffer[codecs.size()];
    this.rows = rows;
    this.payloadLimit = payloadLimit;
    this.numbers = new long[codecs.size()][];
    this.buffers = new Object[codecs.size()][];
    long shared = 0;
    for (int i = 0; i < codecs.size(); i++) {
      int count = rows.isShared(i) ? 1 : rows.size();
      if (codecs.get(i) instanceof ValueCodec.Scalar scalar) {
        this.numbers[i] = numbers(i, count, scalar);
      } else if (codecs.get(i) instanceof ValueCodec.Buffer buffer) {
        this.codecs[i] = buffer;
        this.buffers[i] = buffers(i, count, buffer);
        if (rows.isShared(i)) {
          shared += room(buffer, this.buffers[i][0]);
        }
      }
    }
    this.sharedBytes = shared;
  }

  private long[] numbers(int parameter, int count, ValueCodec.Scalar codec) {
    Class<?> type = (Class<?>) this.element.parameters().get(parameter).type();
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      Object value = argument(i, parameter);
      if (!boxed.isInstance(value)) {
        throw wrongType(i, parameter, value);
      }
      numbers[i] = codec.toWasm(value);
    }
    return numbers;
  }

  private @Nullable Object[] buffers(int parameter, int count, ValueCodec.Buffer codec) {
    @Nullable Object[] prepared = new Object[count];
    for (int i = 0; i < count; i++) {
      Object value = argument(i, parameter);
      try {
        prepared[i] = codec.prepare(value, this.payloadLimit - this.payload);
        this.payload += length(codec, prepared[i]);
      } catch (PayloadTooLarge refused) {
        throw tooLarge(this.payload + refused.atLeast());
      } catch (WasmException unfit) {
        throw this.rows.isShared(parameter) ? unfit : WasmBatchRows.at(i, unfit);
      } catch (ClassCastException unfit) {
        throw wrongType(i, parameter, value);
      }
      if (this.payload > this.payloadLimit) {
        throw tooLarge(this.payload);
      }
    }
    return prepared;
  }

  private Object argument(int call, int parameter) {
    return Arguments.required(this.element, parameter, this.rows.argument(call, parameter));
  }

  private WasmInvalidInputException wrongType(int call, int parameter, Object value) {
    return new WasmInvalidInputException(
        "the element %d of '%s' is a %s, not a %s"
            .formatted(
                call,
                this.element.parameters().get(parameter).name(),
                value.getClass().getName(),
                this.element.parameters().get(parameter).type().getTypeName()));
  }

  private WasmInvalidInputException tooLarge(long payload) {
    return new WasmInvalidInputException(
        "the arguments of the batch have at least %d bytes together, and %d are allowed (limits.payload)"
            .formatted(payload, this.payloadLimit));
  }

  private static int length(ValueCodec.Buffer codec, @Nullable Object prepared) {
    return prepared == null ? 0 : codec.length(prepared);
  }

  /** What a value takes of a block: nothing for nothing. */
  private static long room(ValueCodec.Buffer codec, @Nullable Object prepared) {
    return prepared == null ? 0 : padded(codec.room(codec.length(prepared)));
  }

  private static long padded(int length) {
    return (length + (ALIGNMENT - 1L)) & -ALIGNMENT;
  }

  /** Whether nothing goes through the memory. */
  boolean isScalar() {
    for (ValueCodec.Buffer codec : this.codecs) {
      if (codec != null) {
        return false;
      }
    }
    return true;
  }

  /**
   * @return the first call, at least one after {@code from}, whose buffers do not belong into one
   *     block of about {@code most} bytes with the ones before it
   */
  int endOfBlock(int from, long most) {
    int to = from + 1;
    for (long bytes = bytes(from); to < this.rows.size(); to++) {
      bytes += bytes(to);
      if (bytes > most) {
        break;
      }
    }
    return to;
  }

  /** What a block for some calls has to have. */
  long blockBytes(int from, int to) {
    long bytes = this.sharedBytes;
    for (int i = from; i < to; i++) {
      bytes += bytes(i);
    }
    return bytes - paddingAtEnd(to - 1);
  }

  private long paddingAtEnd(int lastCall) {
    int last = -1;
    for (int i = 0; i < this.codecs.length; i++) {
      if (this.codecs[i] != null
          && (last < 0 || !this.rows.isShared(i) || this.rows.isShared(last))) {
        last = i;
      }
    }
    ValueCodec.Buffer codec = last < 0 ? null : this.codecs[last];
    if (codec == null) {
      return 0;
    }
    Object prepared = this.buffers[last][this.rows.isShared(last) ? 0 : lastCall];
    return prepared == null ? 0 : room(codec, prepared) - codec.room(codec.length(prepared));
  }

  private long bytes(int call) {
    long bytes = 0;
    for (int i = 0; i < this.codecs.length; i++) {
      ValueCodec.Buffer codec = this.codecs[i];
      if (codec != null && !this.rows.isShared(i)) {
        bytes += room(codec, this.buffers[i][call]);
      }
    }
    return bytes;
  }

  /** Copies what each of some calls has for itself. */
  void write(int from, int to, WasmMemory memory, int block) {
    int address = block + (int) this.sharedBytes;
    for (int call = from; call < to; call++) {
      for (int i = 0; i < this.codecs.length; i++) {
        ValueCodec.Buffer codec = this.codecs[i];
        if (codec != null && !this.rows.isShared(i)) {
          Object prepared = this.buffers[i][call];
          if (prepared != null) {
            codec.write(prepared, memory, address);
            address += (int) room(codec, prepared);
          }
        }
      }
    }
  }

  /** Copies what all calls share; before each of them, as the one before may have changed it. */
  void writeShared(WasmMemory memory, int block) {
    int address = block;
    for (int i = 0; i < this.codecs.length; i++) {
      ValueCodec.Buffer codec = this.codecs[i];
      if (codec != null && this.rows.isShared(i)) {
        Object prepared = this.buffers[i][0];
        if (prepared != null) {
          codec.write(prepared, memory, address);
          address += (int) room(codec, prepared);
        }
      }
    }
  }

  boolean hasShared() {
    return this.sharedBytes > 0;
  }

  /**
   * What the export is called with.
   *
   * @param own where the buffers of that call begin in the block
   * @return where those of the next call begin
   */
  int fill(long[] slots, int call, int block, int own) {
    int shared = block;
    int address = own;
    int slot = 0;
    for (int i = 0; i < this.codecs.length; i++) {
      ValueCodec.Buffer codec = this.codecs[i];
      boolean isShared = this.rows.isShared(i);
      if (codec == null) {
        slots[slot++] = this.numbers[i][isShared ? 0 : call];
        continue;
      }
      Object prepared = this.buffers[i][isShared ? 0 : call];
      slots[slot++] = prepared == null ? 0 : isShared ? shared : address;
      slots[slot++] = length(codec, prepared);
      if (isShared) {
        shared += (int) room(codec, prepared);
      } else {
        address += (int) room(codec, prepared);
      }
    }
    return address;
  }

  /** Where the buffers of the first call of a block begin. */
  int firstOwn(int block) {
    return block + (int) this.sharedBytes;
  }
}
