package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.internal.engine.WaitingThreads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;

/**
 * Atomic instructions, at the index that compiled code makes of an address. Values are of one to
 * eight bytes, filled up with zeros. Public for generated code, not for applications.
 *
 * @see <a href="https://github.com/WebAssembly/threads">The proposal for threads</a>
 */
public final class AtomicInstructions {

  /** What a read-modify-write makes of a value, in the order in which the opcodes stand. */
  static final int ADD = 0;

  static final int SUBTRACT = 1;
  static final int AND = 2;
  static final int OR = 3;
  static final int XOR = 4;
  static final int EXCHANGE = 5;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private AtomicInstructions() {}

  private static LinearMemory checked(int address, int width, GuestContext context, int memory) {
    LinearMemory all = context.memories[memory];
    all.check(address, width);
    if ((address & width - 1) != 0) {
      throw new Trap("unaligned atomic");
    }
    return all;
  }

  private static long mask(int width) {
    return width == Long.BYTES ? -1 : (1L << Byte.SIZE * width) - 1;
  }

  public static long read(int address, GuestContext context, int memory, int width) {
    LinearMemory all = checked(address, width, context, memory);
    return all instanceof SharedLinearMemory shared
        ? read(shared.range(address, width), address, width)
        : plain(all, address, width);
  }

  private static long read(ByteBuffer buffer, int address, int width) {
    if (width == Long.BYTES) {
      return (long) LONG.getVolatile(buffer, address);
    }
    long around = (int) INT.getVolatile(buffer, address & ~3);
    return around >>> shift(address) & mask(width);
  }

  /** Where a value is in the {@code int} around it: the JDK has nothing smaller that is atomic. */
  private static int shift(int address) {
    return (address & 3) << 3;
  }

  private static long plain(LinearMemory memory, int address, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (memory.bytes[address + i] & 0xffL) << Byte.SIZE * i;
    }
    return value;
  }

  private static void setPlain(LinearMemory memory, int address, int width, long value) {
    for (int i = 0; i < width; i++) {
      memory.bytes[address + i] = (byte) (value >>> Byte.SIZE * i);
    }
  }

  public static void write(int address, int value, GuestContext context, int memory, int width) {
    change(address, EXCHANGE, value, context, memory, width);
  }

  public static void write(int address, long value, GuestContext context, int memory, int width) {
    change(address, EXCHANGE, value, context, memory, width);
  }

  /** What was there before. */
  public static int change(
      int address, int operand, GuestContext context, int memory, int width, int operation) {
    return (int) change(address, operation, operand, context, memory, width);
  }

  /** What was there before. */
  public static long change(
      int address, long operand, GuestContext context, int memory, int width, int operation) {
    return change(address, operation, operand, context, memory, width);
  }

  private static long change(
      int address, int operation, long operand, GuestContext context, int memory, int width) {
    LinearMemory all = checked(address, width, context, memory);
    if (all instanceof SharedLinearMemory shared) {
      ByteBuffer buffer = shared.range(address, width);
      while (true) {
        long before = read(buffer, address, width);
        long after = apply(operation, before, operand);
        if (replace(buffer, address, width, before, after)) {
          return before;
        }
      }
    }
    long before = plain(all, address, width);
    setPlain(all, address, width, apply(operation, before, operand));
    return before;
  }

  private static long apply(int operation, long before, long operand) {
    return switch (operation) {
      case ADD -> before + operand;
      case SUBTRACT -> before - operand;
      case AND -> before & operand;
      case OR -> before | operand;
      case XOR -> before ^ operand;
      default -> operand;
    };
  }

  /** Whether the value was what it was taken for. */
  private static boolean replace(
      ByteBuffer buffer, int address, int width, long before, long after) {
    if (width == Long.BYTES) {
      return LONG.compareAndSet(buffer, address, before, after);
    }
    int around = (int) INT.getVolatile(buffer, address & ~3);
    int shift = shift(address);
    int mask = (int) mask(width) << shift;
    return (around & mask) == ((int) before << shift & mask)
        && INT.compareAndSet(
            buffer, address & ~3, around, around & ~mask | (int) after << shift & mask);
  }

  public static int compareExchange(
      int address, int expected, int replacement, GuestContext context, int memory, int width) {
    return (int) compareExchange(address, (long) expected, replacement, context, memory, width);
  }

  /** What was there before, which is replaced if it is what was expected, as far as it is wide. */
  public static long compareExchange(
      int address, long expected, long replacement, GuestContext context, int memory, int width) {
    LinearMemory all = checked(address, width, context, memory);
    long wanted = expected & mask(width);
    if (all instanceof SharedLinearMemory shared) {
      ByteBuffer buffer = shared.range(address, width);
      while (true) {
        long before = read(buffer, address, width);
        if (before != wanted || replace(buffer, address, width, before, replacement)) {
          return before;
        }
      }
    }
    long before = plain(all, address, width);
    if (before == wanted) {
      setPlain(all, address, width, replacement);
    }
    return before;
  }

  public static int notify(int address, int count, GuestContext context, int memory) {
    return checked(address, Integer.BYTES, context, memory) instanceof SharedLinearMemory shared
        ? shared.shared().waiting().wake(address, count)
        : 0;
  }

  public static int await(int address, int expected, long nanos, GuestContext context, int memory) {
    return await(address, expected & 0xffff_ffffL, nanos, context, memory, Integer.BYTES);
  }

  public static int await(
      int address, long expected, long nanos, GuestContext context, int memory) {
    return await(address, expected, nanos, context, memory, Long.BYTES);
  }

  private static int await(
      int address, long expected, long nanos, GuestContext context, int memory, int width) {
    if (!(checked(address, width, context, memory) instanceof SharedLinearMemory shared)) {
      throw new Trap("expected shared memory");
    }
    ByteBuffer buffer = shared.range(address, width);
    BooleanSupplier unchanged = () -> read(buffer, address, width) == expected;
    int answer = shared.shared().waiting().await(address, unchanged, nanos);
    if (answer == WaitingThreads.INTERRUPTED) {
      throw GuestStop.now();
    }
    return answer;
  }

  public static void fence() {
    VarHandle.fullFence();
  }
}
