package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import io.github.wasmspring.internal.engine.SharedBytes;
import io.github.wasmspring.internal.engine.WaitingThreads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;

/**
 * One instance's view of a shared memory, with atomic operations of all widths. Bytes and shorts
 * are changed within the aligned {@code int} around them, for the JDK has nothing smaller.
 */
final class SharedMemory extends OffHeapMemory {

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BYTE = 0xff;
  private static final int SHORT = 0xffff;

  private static final Change ADD = Integer::sum;
  private static final Change AND = (before, operand) -> before & operand;
  private static final Change OR = (before, operand) -> before | operand;
  private static final Change XOR = (before, operand) -> before ^ operand;
  private static final Change REPLACE = (before, operand) -> operand;

  private interface Change {
    int apply(int before, int operand);
  }

  SharedMemory(SharedBytes bytes, boolean first) {
    super(bytes, first);
  }

  @Override
  public boolean shared() {
    return true;
  }

  /** Needs no lock: what the engine would guard with it is atomic here. */
  @Override
  @SuppressWarnings("removal")
  public Object lock(int address) {
    return bytes();
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeout) {
    return atomicWait(address, expected, timeout);
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    return atomicWait(address, expected, timeout);
  }

  @Override
  @SuppressWarnings("removal")
  public int notify(int address, int maxThreads) {
    return atomicNotify(address, maxThreads);
  }

  @Override
  public int atomicWait(int address, int expected, long timeout) {
    word(address, 4);
    return await(address, () -> atomicReadInt(address) == expected, timeout);
  }

  @Override
  public int atomicWait(int address, long expected, long timeout) {
    word(address, 8);
    return await(address, () -> atomicReadLong(address) == expected, timeout);
  }

  private int await(int address, BooleanSupplier expected, long timeout) {
    int answer = bytes().waiting().await(address, expected, timeout);
    if (answer == WaitingThreads.INTERRUPTED) {
      throw new ChicoryInterruptedException("Thread interrupted");
    }
    return answer;
  }

  @Override
  public int atomicNotify(int address, int maxThreads) {
    word(address, 4);
    return bytes().waiting().wake(address, maxThreads);
  }

  @Override
  public void atomicFence() {
    VarHandle.fullFence();
  }

  /** The buffer that has these bytes; they can be accessed at once. */
  private ByteBuffer word(int address, int length) {
    if ((address & (length - 1)) != 0) {
      throw new WasmRuntimeException(
          "unaligned atomic: %d is no multiple of %d"
              .formatted(Integer.toUnsignedLong(address), length));
    }
    ByteBuffer seen = seen();
    if (address < 0 || address > seen.capacity() - length) {
      require(address, length);
      return seen();
    }
    return seen;
  }

  /**
   * Changes a byte or a short.
   *
   * @param mask its bits, from bit 0 on
   * @return what it was
   */
  private int narrow(int address, int mask, Change change, int operand) {
    ByteBuffer buffer = word(address, mask == BYTE ? 1 : 2);
    int around = address & ~3;
    int shift = (address & 3) << 3;
    while (true) {
      int all = (int) INT.getVolatile(buffer, around);
      int before = all >>> shift & mask;
      int after = change.apply(before, operand) & mask;
      if (INT.compareAndSet(buffer, around, all, all & ~(mask << shift) | after << shift)) {
        return before;
      }
    }
  }

  private int narrowCompare(int address, int mask, int expected, int replacement) {
    return narrow(
        address,
        mask,
        (before, operand) -> before == (expected & mask) ? operand : before,
        replacement);
  }

  private int narrowRead(int address, int mask) {
    ByteBuffer buffer = word(address, mask == BYTE ? 1 : 2);
    return (int) INT.getVolatile(buffer, address & ~3) >>> ((address & 3) << 3) & mask;
  }

  @Override
  public int atomicReadInt(int address) {
    return (int) INT.getVolatile(word(address, 4), address);
  }

  @Override
  public void atomicWriteInt(int address, int value) {
    INT.setVolatile(word(address, 4), address, value);
  }

  @Override
  public int atomicAddInt(int address, int operand) {
    return (int) INT.getAndAdd(word(address, 4), address, operand);
  }

  @Override
  public int atomicAndInt(int address, int operand) {
    return (int) INT.getAndBitwiseAnd(word(address, 4), address, operand);
  }

  @Override
  public int atomicOrInt(int address, int operand) {
    return (int) INT.getAndBitwiseOr(word(address, 4), address, operand);
  }

  @Override
  public int atomicXorInt(int address, int operand) {
    return (int) INT.getAndBitwiseXor(word(address, 4), address, operand);
  }

  @Override
  public int atomicXchgInt(int address, int operand) {
    return (int) INT.getAndSet(word(address, 4), address, operand);
  }

  @Override
  public int atomicCmpxchgInt(int address, int expected, int replacement) {
    return (int) INT.compareAndExchange(word(address, 4), address, expected, replacement);
  }

  @Override
  public long atomicReadLong(int address) {
    return (long) LONG.getVolatile(word(address, 8), address);
  }

  @Override
  public void atomicWriteLong(int address, long value) {
    LONG.setVolatile(word(address, 8), address, value);
  }

  @Override
  public long atomicAddLong(int address, long operand) {
    return (long) LONG.getAndAdd(word(address, 8), address, operand);
  }

  @Override
  public long atomicAndLong(int address, long operand) {
    return (long) LONG.getAndBitwiseAnd(word(address, 8), address, operand);
  }

  @Override
  public long atomicOrLong(int address, long operand) {
    return (long) LONG.getAndBitwiseOr(word(address, 8), address, operand);
  }

  @Override
  public long atomicXorLong(int address, long operand) {
    return (long) LONG.getAndBitwiseXor(word(address, 8), address, operand);
  }

  @Override
  public long atomicXchgLong(int address, long operand) {
    return (long) LONG.getAndSet(word(address, 8), address, operand);
  }

  @Override
  public long atomicCmpxchgLong(int address, long expected, long replacement) {
    return (long) LONG.compareAndExchange(word(address, 8), address, expected, replacement);
  }

  @Override
  public short atomicReadShort(int address) {
    return (short) narrowRead(address, SHORT);
  }

  @Override
  public void atomicWriteShort(int address, short value) {
    narrow(address, SHORT, REPLACE, value);
  }

  @Override
  public short atomicAddShort(int address, short operand) {
    return (short) narrow(address, SHORT, ADD, operand);
  }

  @Override
  public short atomicAndShort(int address, short operand) {
    return (short) narrow(address, SHORT, AND, operand);
  }

  @Override
  public short atomicOrShort(int address, short operand) {
    return (short) narrow(address, SHORT, OR, operand);
  }

  @Override
  public short atomicXorShort(int address, short operand) {
    return (short) narrow(address, SHORT, XOR, operand);
  }

  @Override
  public short atomicXchgShort(int address, short operand) {
    return (short) narrow(address, SHORT, REPLACE, operand);
  }

  @Override
  public short atomicCmpxchgShort(int address, short expected, short replacement) {
    return (short) narrowCompare(address, SHORT, expected, replacement);
  }

  @Override
  public byte atomicReadByte(int address) {
    return (byte) narrowRead(address, BYTE);
  }

  @Override
  public void atomicWriteByte(int address, byte value) {
    narrow(address, BYTE, REPLACE, value);
  }

  @Override
  public byte atomicAddByte(int address, byte operand) {
    return (byte) narrow(address, BYTE, ADD, operand);
  }

  @Override
  public byte atomicAndByte(int address, byte operand) {
    return (byte) narrow(address, BYTE, AND, operand);
  }

  @Override
  public byte atomicOrByte(int address, byte operand) {
    return (byte) narrow(address, BYTE, OR, operand);
  }

  @Override
  public byte atomicXorByte(int address, byte operand) {
    return (byte) narrow(address, BYTE, XOR, operand);
  }

  @Override
  public byte atomicXchgByte(int address, byte operand) {
    return (byte) narrow(address, BYTE, REPLACE, operand);
  }

  @Override
  public byte atomicCmpxchgByte(int address, byte expected, byte replacement) {
    return (byte) narrowCompare(address, BYTE, expected, replacement);
  }
}
