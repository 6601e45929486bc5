package io.github.wasmspring.call;

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
     */
    Object prepare(Object value, long most);

    int length(Object prepared);

    void write(Object prepared, WasmMemory memory, int address);

    /** Copies what the guest has made of a value back into it. */
    void copyBack(Object value, WasmMemory memory, int address);

    @Nullable Object read(WasmMemory memory, int address, int length);
  }
}
