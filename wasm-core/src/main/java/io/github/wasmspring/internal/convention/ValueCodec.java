package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import org.jspecify.annotations.Nullable;

/** How values of one Java type cross. */
sealed interface ValueCodec {

  /** A value that is passed as it is. */
  non-sealed interface Scalar extends ValueCodec {

    WasmValueType type();

    /** The value as an engine takes it. */
    long toWasm(Object value);

    Object fromWasm(long raw);
  }

  /** A value that is passed as the address and length of its bytes. */
  non-sealed interface Buffer extends ValueCodec {

    /**
     * What will be written for a value; encoding is done here, so that it can fail before any guest
     * code has run.
     *
     * @param most the bytes that it may have; what is larger is refused before it is copied, where
     *     that can be told
     * @return {@code null} for nothing, if that may be
     */
    @Nullable Object prepare(Object value, long most);

    int length(Object prepared);

    /** Whether there may be nothing at all, which crosses as address 0 and length 0. */
    default boolean isOptional() {
      return false;
    }

    /** What stands for nothing in Java. */
    default @Nullable Object nothing() {
      return null;
    }

    /** The bytes to ask the guest for, so that what is empty and not nothing has an address. */
    default int room(int length) {
      return length;
    }

    void write(Object prepared, WasmMemory memory, int address);

    /** Copies what the guest has made of a value back into it. */
    void copyBack(Object value, WasmMemory memory, int address);

    /**
     * @param room what is taken of for more than the bytes, which have been taken already
     */
    @Nullable Object read(WasmMemory memory, int address, int length, AnswerRoom room);
  }
}
