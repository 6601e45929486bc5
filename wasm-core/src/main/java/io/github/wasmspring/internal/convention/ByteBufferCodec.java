package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;

/** The bytes between a buffer's position and limit; the caller's position does not move. */
final class ByteBufferCodec implements ValueCodec.Buffer {

  @Override
  public Object prepare(Object value, long most) {
    return ((ByteBuffer) value).duplicate();
  }

  @Override
  public int length(Object prepared) {
    return ((ByteBuffer) prepared).remaining();
  }

  @Override
  public void write(Object prepared, WasmMemory memory, int address) {
    ByteBuffer source = (ByteBuffer) prepared;
    memory.window(address, source.remaining()).put(source);
  }

  @Override
  public void copyBack(Object value, WasmMemory memory, int address) {
    ByteBuffer target = ((ByteBuffer) value).duplicate();
    target.put(memory.window(address, target.remaining()));
  }

  @Override
  public Object read(WasmMemory memory, int address, int length, AnswerRoom room) {
    return ByteBuffer.wrap(memory.read(address, length));
  }
}
