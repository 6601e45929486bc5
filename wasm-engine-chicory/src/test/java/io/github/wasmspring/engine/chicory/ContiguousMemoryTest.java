package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.engine.MemoryCharge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContiguousMemoryTest {

  private static final int PAGE = 65536;

  /** Every way to read or write, given an address and something random. */
  private static final Map<String, BiFunction<Memory, int[], Object>> ACCESSES =
      Map.ofEntries(
          access("read", (m, a) -> m.read(a[0])),
          access("readShort", (m, a) -> m.readShort(a[0])),
          access("readInt", (m, a) -> m.readInt(a[0])),
          access("readLong", (m, a) -> m.readLong(a[0])),
          access("readFloat", (m, a) -> Float.floatToRawIntBits(m.readFloat(a[0]))),
          access("readDouble", (m, a) -> Double.doubleToRawLongBits(m.readDouble(a[0]))),
          access("readI8", (m, a) -> m.readI8(a[0])),
          access("readU8", (m, a) -> m.readU8(a[0])),
          access("readI16", (m, a) -> m.readI16(a[0])),
          access("readU16", (m, a) -> m.readU16(a[0])),
          access("readI32", (m, a) -> m.readI32(a[0])),
          access("readU32", (m, a) -> m.readU32(a[0])),
          access("readI64", (m, a) -> m.readI64(a[0])),
          access("readF32", (m, a) -> m.readF32(a[0])),
          access("readF64", (m, a) -> m.readF64(a[0])),
          access("writeByte", (m, a) -> done(() -> m.writeByte(a[0], (byte) a[1]))),
          access("writeShort", (m, a) -> done(() -> m.writeShort(a[0], (short) a[1]))),
          access("writeI32", (m, a) -> done(() -> m.writeI32(a[0], a[1]))),
          access("writeLong", (m, a) -> done(() -> m.writeLong(a[0], wide(a[1])))),
          access("writeF32", (m, a) -> done(() -> m.writeF32(a[0], a[1] / 7f))),
          access("writeF64", (m, a) -> done(() -> m.writeF64(a[0], a[1] / 7d))));

  private static Map.Entry<String, BiFunction<Memory, int[], Object>> access(
      String name, BiFunction<Memory, int[], Object> access) {
    return Map.entry(name, access);
  }

  private static Object done(Runnable action) {
    action.run();
    return "done";
  }

  private static long wide(int value) {
    return value * 0x9E3779B97F4A7C15L;
  }

  /** What comes of an access: its value, or that it was out of bounds. */
  private static Object outcome(
      Memory memory, BiFunction<Memory, int[], Object> access, int... arguments) {
    try {
      return access.apply(memory, arguments);
    } catch (ChicoryException | IndexOutOfBoundsException outOfBounds) {
      return "out of bounds";
    }
  }

  private static int[] interestingAddresses(int size) {
    List<Integer> addresses = new ArrayList<>();
    for (int edge : new int[] {0, size, Integer.MAX_VALUE, Integer.MIN_VALUE, PAGE}) {
      for (int offset = -9; offset <= 9; offset++) {
        addresses.add(edge + offset);
      }
    }
    return addresses.stream().mapToInt(Integer::intValue).toArray();
  }

  static List<String> accesses() {
    return ACCESSES.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("accesses")
  void anAccessAtEveryEdgeDoesWhatChicorysOwnMemoryDoes(String name) {
    ContiguousMemory ours = new ContiguousMemory(new MemoryLimits(1, 10), MemoryCharge.NONE);
    Memory theirs = new ByteArrayMemory(new MemoryLimits(1, 10));
    for (Memory memory : List.of(ours, theirs)) {
      memory.grow(1);
      byte[] pattern = new byte[2 * PAGE];
      new Random(5).nextBytes(pattern);
      memory.write(0, pattern, 0, pattern.length);
    }

    for (int address : interestingAddresses(2 * PAGE)) {
      assertThat(outcome(ours, ACCESSES.get(name), address, 12345))
          .as("%s at %d", name, address)
          .isEqualTo(outcome(theirs, ACCESSES.get(name), address, 12345));
    }
    assertThat(ours.readBytes(0, 2 * PAGE)).isEqualTo(theirs.readBytes(0, 2 * PAGE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomOperationsDoWhatTheyDoOnChicorysOwnMemory(long seed) {
    Random random = new Random(seed);
    ContiguousMemory ours = new ContiguousMemory(new MemoryLimits(1, 6), MemoryCharge.NONE);
    Memory theirs = new ByteArrayMemory(new MemoryLimits(1, 6));
    List<String> names = accesses();
    for (int step = 0; step < 20_000; step++) {
      int size = ours.size();
      ToIntFunction<Integer> near =
          spread -> random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(size + spread);
      int address = near.applyAsInt(16);
      int other = near.applyAsInt(16);
      int length = random.nextInt(10) == 0 ? random.nextInt(size) : random.nextInt(300);
      int value = random.nextInt();
      BiFunction<Memory, int[], Object> operation;
      String name;
      switch (random.nextInt(12)) {
        case 0 -> {
          name = "fill";
          operation = (m, a) -> done(() -> m.fill((byte) value, address, address + length));
        }
        case 1 -> {
          name = "copy";
          operation = (m, a) -> done(() -> m.copy(address, other, length));
        }
        case 2 -> {
          name = "write";
          byte[] bytes = new byte[length];
          random.nextBytes(bytes);
          operation = (m, a) -> done(() -> m.write(address, bytes, 0, length));
        }
        case 3 -> {
          name = "readBytes";
          operation = (m, a) -> Arrays.hashCode(m.readBytes(address, length));
        }
        case 4 -> {
          name = "grow";
          int delta = random.nextInt(40) == 0 ? random.nextInt(3) : 0;
          operation = (m, a) -> m.grow(delta);
        }
        default -> {
          name = names.get(random.nextInt(names.size()));
          operation = ACCESSES.get(name);
        }
      }
      assertThat(outcome(ours, operation, address, value))
          .as("step %d: %s at %d, other %d, length %d", step, name, address, other, length)
          .isEqualTo(outcome(theirs, operation, address, value));
    }
    assertThat(ours.pages()).isEqualTo(theirs.pages());
    assertThat(ours.readBytes(0, ours.size())).isEqualTo(theirs.readBytes(0, ours.size()));
  }

  /** Chicory's own memories refuse these on a byte array from Java 22 on. */
  @Test
  void atomicOperationsReadChangeAndWrite() {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(1, 1), MemoryCharge.NONE);

    assertThat(memory.atomicAddInt(8, 5)).isZero();
    assertThat(memory.atomicAddInt(8, 5)).isEqualTo(5);
    assertThat(memory.atomicXchgInt(8, 7)).isEqualTo(10);
    assertThat(memory.atomicCmpxchgInt(8, 7, 9)).isEqualTo(7);
    assertThat(memory.atomicCmpxchgInt(8, 7, 11)).isEqualTo(9);
    assertThat(memory.atomicReadInt(8)).isEqualTo(9);
    assertThat(memory.atomicXorLong(16, 3)).isZero();
    assertThat(memory.atomicReadLong(16)).isEqualTo(3);
    assertThat(memory.atomicAddByte(24, (byte) -1)).isZero();
    assertThat(memory.atomicReadByte(24)).isEqualTo((byte) -1);
    assertThat(memory.atomicReadShort(24)).isEqualTo((short) 0xff);
  }

  @ParameterizedTest
  @ValueSource(ints = {PAGE, -8, PAGE - 4 + 8, Integer.MIN_VALUE})
  void atomicOperationsOutsideTheMemoryTrap(int address) {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(1, 1), MemoryCharge.NONE);

    assertThatThrownBy(() -> memory.atomicAddLong(address, 1)).isInstanceOf(ChicoryException.class);
    assertThatThrownBy(() -> memory.atomicReadInt(address)).isInstanceOf(ChicoryException.class);
    assertThatThrownBy(() -> memory.atomicNotify(address, 1)).isInstanceOf(ChicoryException.class);
  }

  private static ContiguousMemory withSpareCapacity() {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(8, 100), MemoryCharge.NONE);
    memory.grow(1);
    assertThat(memory.array().length).isGreaterThan(memory.size());
    return memory;
  }

  @ParameterizedTest
  @MethodSource("accesses")
  void theSpareCapacityBehindTheMemoryCannotBeReached(String name) {
    ContiguousMemory memory = withSpareCapacity();

    for (int address = memory.size(); address < memory.size() + 16; address++) {
      assertThat(outcome(memory, ACCESSES.get(name), address, 1)).isEqualTo("out of bounds");
    }
  }

  @Test
  void bulkOperationsCannotReachTheSpareCapacity() {
    ContiguousMemory memory = withSpareCapacity();
    int end = memory.size();

    assertThatThrownBy(() -> memory.fill((byte) 1, end - 1, end + 1))
        .isInstanceOf(ChicoryException.class);
    assertThatThrownBy(() -> memory.copy(end - 1, 0, 2)).isInstanceOf(ChicoryException.class);
    assertThatThrownBy(() -> memory.copy(0, end - 1, 2)).isInstanceOf(ChicoryException.class);
    assertThatThrownBy(() -> memory.write(end - 1, new byte[2], 0, 2))
        .isInstanceOf(ChicoryException.class);
    assertThatThrownBy(() -> memory.readBytes(end - 1, 2)).isInstanceOf(ChicoryException.class);
  }

  @Test
  void theHostCannotReachTheSpareCapacity() {
    ContiguousMemory memory = withSpareCapacity();
    HostMemory host = new HostMemory(memory);
    int end = memory.size();

    assertThatThrownBy(() -> host.readByte(end)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> host.readInt(end - 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> host.readLong(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> host.window(end - 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> host.read(end - 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> host.read(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> host.write(end, new byte[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(host.window(end - 1, 1).remaining()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 10, Integer.MAX_VALUE})
  void growingPastTheMaximumFailsAndChangesNothing(int delta) {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(1, 10), MemoryCharge.NONE);

    assertThat(memory.grow(delta)).isEqualTo(-1);
    assertThat(memory.pages()).isEqualTo(1);
  }

  @Test
  void aMemoryWithoutPagesCanGrow() {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(0, 2), MemoryCharge.NONE);

    assertThat(memory.grow(2)).isZero();
    assertThat(memory.readLong(2 * PAGE - 8)).isZero();
  }

  @Test
  void growingPageByPageCopiesOnlyWhenTheMemoryHasDoubled() {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(1, 1000), MemoryCharge.NONE);
    List<Integer> lengths = new ArrayList<>();

    while (memory.grow(1) >= 0) {
      if (lengths.isEmpty() || lengths.get(lengths.size() - 1) != memory.array().length) {
        lengths.add(memory.array().length);
      }
    }

    assertThat(lengths.stream().map(length -> length / PAGE))
        .containsExactly(2, 4, 8, 16, 32, 64, 128, 256, 512, 1000);
  }

  @Test
  void whereThereIsNoRoomToDoubleTheMemoryGrowsByWhatIsWanted() {
    long[] left = {5 * PAGE};
    MemoryCharge scarce =
        new MemoryCharge() {
          @Override
          public boolean add(long bytes) {
            boolean enough = bytes <= left[0];
            left[0] -= enough ? bytes : 0;
            return enough;
          }

          @Override
          public void subtract(long bytes) {
            left[0] += bytes;
          }
        };
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(4, 100), scarce);

    assertThat(memory.grow(1)).isEqualTo(4);
    assertThat(left[0]).isEqualTo(PAGE);
    assertThat(memory.grow(4)).isEqualTo(5);
    assertThat(left[0]).isZero();
    assertThat(memory.grow(2)).isEqualTo(-1);
  }

  @Test
  void growingKeepsWhatWasWritten() {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(1, 50), MemoryCharge.NONE);
    memory.writeI32(PAGE - 4, 42);

    for (int i = 0; i < 40; i++) {
      memory.grow(1);
    }

    assertThat(memory.readInt(PAGE - 4)).isEqualTo(42);
    assertThat(memory.pages()).isEqualTo(41);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void memoryIsZeroAfterAResetAndGrowingAgain(int pages) {
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(pages, 100), MemoryCharge.NONE);
    MemoryImage image = MemoryImage.of(memory, MemoryCharge.NONE);
    memory.grow(3);
    memory.fill((byte) 7, 0, memory.size());

    image.restore(memory);

    assertThat(memory.pages()).isEqualTo(pages);
    memory.grow(5);
    assertThat(memory.readBytes(0, memory.size())).containsOnly(0);
  }

  @Test
  void anImageBringsBackEveryByte() {
    Random random = new Random(3);
    ContiguousMemory memory = new ContiguousMemory(new MemoryLimits(4, 100), MemoryCharge.NONE);
    for (int i = 0; i < 200; i++) {
      memory.writeByte(random.nextInt(memory.size()), (byte) random.nextInt());
    }
    memory.writeByte(0, (byte) 1);
    memory.writeByte(memory.size() - 1, (byte) 2);
    byte[] before = memory.readBytes(0, memory.size());
    MemoryImage image = MemoryImage.of(memory, MemoryCharge.NONE);

    for (int round = 0; round < 3; round++) {
      memory.grow(round);
      memory.fill((byte) random.nextInt(), 0, memory.size());
      image.restore(memory);
      assertThat(memory.readBytes(0, memory.size())).isEqualTo(before);
    }
  }
}
