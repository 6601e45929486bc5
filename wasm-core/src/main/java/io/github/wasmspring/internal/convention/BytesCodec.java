package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmMemory;
import org.jspecify.annotations.Nullable;

/** Bytes as they are. */
class BytesCodec implements ValueCodec.Buffer {

  @Override
  public Object prepare(Object value, long most) {
    return value;
  }

  @Override
  public int length(Object prepared) {
    return ((byte[]) prepared).length;
  }

  @Override
  public void write(Object prepared, WasmMemory memory, int address) {
    memory.write(address, (byte[]) prepared);
  }

  @Override
  public void copyBack(Object value, WasmMemory memory, int address) {
    byte[] bytes = (byte[]) value;
    memory.read(address, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable Object read(WasmMemory memory, int address, int length, AnswerRoom room) {
    return memory.read(address, length);
  }
}
