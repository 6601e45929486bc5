package io.github.wasmspring.benchmarks.peers;

import io.github.wasmspring.benchmarks.compare.RawFunction;
import io.github.wasmspring.benchmarks.compare.RawGuest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * An instance of GraalWasm, whose context the thread has entered. Memory is written eight bytes at
 * a time, the most that the polyglot interface can.
 */
record GraalGuest(Context context, Value exports) implements RawGuest {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The arguments that are numbers of 64 bits; all others here have 32. */
  private static final Set<String> LONG_AT_THE_END = Set.of("k_means", "xxh64");

  @Override
  public RawFunction function(String export) {
    Value function = this.exports.getMember(export);
    boolean longAtTheEnd = LONG_AT_THE_END.contains(export);
    return arguments -> {
      Object[] boxed = new Object[arguments.length];
      for (int i = 0; i < boxed.length; i++) {
        boxed[i] =
            longAtTheEnd && i == boxed.length - 1 ? arguments[i] : (Object) (int) arguments[i];
      }
      return result(function.execute(boxed));
    };
  }

  private static long result(Value value) {
    return value.isNumber() ? value.asLong() : 0;
  }

  private Value memory() {
    return this.exports.getMember("memory");
  }

  @Override
  public void write(int address, byte[] bytes) {
    Value memory = memory();
    int words = bytes.length & -Long.BYTES;
    for (int i = 0; i < words; i += Long.BYTES) {
      memory.writeBufferLong(ByteOrder.LITTLE_ENDIAN, address + i, (long) LONG.get(bytes, i));
    }
    for (int i = words; i < bytes.length; i++) {
      memory.writeBufferByte(address + i, bytes[i]);
    }
  }

  @Override
  public byte[] read(int address, int length) {
    byte[] bytes = new byte[length];
    memory().readBuffer(address, bytes, 0, length);
    return bytes;
  }

  @Override
  public void close() {
    this.context.leave();
    this.context.close();
  }
}
