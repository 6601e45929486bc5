package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.internal.engine.SharedBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {

  private static final int PAGE = 65536;
  private static final MemoryLimits LIMITS = new MemoryLimits(1, 3, true);

  /** Everything that is not atomic, given an address, something random and a length. */
  private static final List<BiFunction<Memory, int[], Object>> ACCESSES =
      List.of(
          (m, a) -> m.read(a[0]),
          (m, a) -> m.readShort(a[0]),
          (m, a) -> m.readInt(a[0]),
          (m, a) -> m.readLong(a[0]),
          (m, a) -> Float.floatToRawIntBits(m.readFloat(a[0])),
          (m, a) -> Double.doubleToRawLongBits(m.readDouble(a[0])),
          (m, a) -> m.readU16(a[0]),
          (m, a) -> m.readF32(a[0]),
          (m, a) -> m.readF64(a[0]),
          (m, a) -> done(() -> m.writeByte(a[0], (byte) a[1])),
          (m, a) -> done(() -> m.writeShort(a[0], (short) a[1])),
          (m, a) -> done(() -> m.writeI32(a[0], a[1])),
          (m, a) -> done(() -> m.writeLong(a[0], a[1] * 0x9E3779B97F4A7C15L)),
          (m, a) -> done(() -> m.writeF32(a[0], a[1] / 7f)),
          (m, a) -> done(() -> m.writeF64(a[0], a[1] / 7d)),
          (m, a) -> Arrays.hashCode(m.readBytes(a[0], a[2])),
          (m, a) -> done(() -> m.write(a[0], bytes(a[1], a[2] & 0xffff))),
          (m, a) -> done(() -> m.fill((byte) a[1], a[0], a[0] + a[2])),
          (m, a) -> done(() -> m.fill((byte) 0, a[0], a[0] + a[2])),
          (m, a) -> done(() -> m.copy(a[0], a[1] & 0x1ffff, a[2])),
          (m, a) -> done(() -> m.copy(a[1] & 0x1ffff, a[0], a[2])),
          (m, a) -> done(() -> m.copy(a[0], a[0] + a[1] % 9, a[2])));

  private final SharedBytes bytes = settled(MemoryCharge.NONE);
  private final SharedMemory memory = new SharedMemory(this.bytes, true);
  private final SharedMemory other = new SharedMemory(this.bytes, false);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    this.threads.shutdownNow();
    assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private static SharedBytes settled(MemoryCharge charge) {
    SharedBytes bytes = new SharedBytes(LIMITS.initialPages(), LIMITS.maximumPages(), charge);
    bytes.settle();
    return bytes;
  }

  private static Object done(Runnable action) {
    action.run();
    return "done";
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Object outcome(
      Memory memory, BiFunction<Memory, int[], Object> access, int... arguments) {
    try {
      return access.apply(memory, arguments);
    } catch (ChicoryException outOfBounds) {
      return "out of bounds";
    }
  }

  @Test
  void doesWhatAnUnsharedMemoryDoes() {
    Memory unshared = new ContiguousMemory(new MemoryLimits(1, 3), MemoryCharge.NONE);
    Random random = new Random(1);
    int[] edges = {0, PAGE, 2 * PAGE, 4096, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};
    int[] lengths = {0, 1, 2, 9, 4095, 4096, 5000, PAGE, -1};
    for (int round = 0; round < 60_000; round++) {
      if (round % 20_000 == 10_000) {
        assertThat(this.other.grow(1)).isEqualTo(unshared.grow(1));
      }
      int address = edges[random.nextInt(edges.length)] + random.nextInt(19) - 9;
      int[] arguments = {address, random.nextInt(), lengths[random.nextInt(lengths.length)]};
      BiFunction<Memory, int[], Object> access = ACCESSES.get(random.nextInt(ACCESSES.size()));
      assertThat(outcome(this.memory, access, arguments))
          .as("access %d of %s", ACCESSES.indexOf(access), Arrays.toString(arguments))
          .isEqualTo(outcome(unshared, access, arguments));
    }
    assertThat(this.memory.pages()).isEqualTo(3);
    assertThat(this.other.readBytes(0, 3 * PAGE)).isEqualTo(unshared.readBytes(0, 3 * PAGE));
    assertThat(this.memory.grow(1)).isEqualTo(-1);
    assertThat(this.memory.grow(-1)).isEqualTo(-1);
  }

  @Test
  void whatOneGrowsAllCanUseAtOnce() {
    assertThatThrownBy(() -> this.memory.readInt(PAGE)).isInstanceOf(WasmRuntimeException.class);
    this.other.grow(2);
    this.other.writeI32(PAGE, 5);

    assertThat(this.memory.readInt(PAGE)).isEqualTo(5);
    assertThat(this.memory.atomicAddInt(3 * PAGE - 4, 7)).isZero();
    assertThatThrownBy(() -> this.memory.atomicAddInt(3 * PAGE, 7))
        .isInstanceOf(WasmRuntimeException.class);
  }

  @Test
  void clearingMakesItSmallAndZero() {
    this.memory.grow(2);
    this.memory.fill((byte) 7, 10, 3 * PAGE);
    this.memory.clear(1);

    assertThat(this.memory.size()).isEqualTo(PAGE);
    assertThatThrownBy(() -> this.memory.read(PAGE)).isInstanceOf(WasmRuntimeException.class);
    this.memory.grow(2);
    assertThat(this.memory.isZero(0, 3 * PAGE)).isTrue();
    this.memory.writeByte(3 * PAGE - 1, (byte) 1);
    assertThat(this.memory.isZero(0, 3 * PAGE)).isFalse();
  }

  /** Pays for so many bytes and no more. */
  private static final class Purse implements MemoryCharge {

    private long left;

    Purse(long left) {
      this.left = left;
    }

    @Override
    public boolean add(long bytes) {
      if (bytes > this.left) {
        return false;
      }
      this.left -= bytes;
      return true;
    }

    @Override
    public void subtract(long bytes) {
      this.left += bytes;
    }
  }

  @Test
  void takesWhatItUsesWhileThereAreNoThreads() {
    Purse purse = new Purse(PAGE);
    SharedMemory alone =
        new SharedMemory(
            new SharedBytes(LIMITS.initialPages(), LIMITS.maximumPages(), purse), true);
    alone.writeI32(PAGE - 4, 5);

    assertThat(alone.grow(2)).isEqualTo(-1);
    assertThat(purse.left).isEqualTo(PAGE);
    assertThat(alone.grow(1)).isEqualTo(1);
    assertThat(purse.left).isZero();
    assertThat(alone.readInt(PAGE - 4)).isEqualTo(5);
    alone.writeI32(2 * PAGE - 4, 6);
    assertThat(alone.atomicAddInt(2 * PAGE - 4, 1)).isEqualTo(6);
    assertThat(alone.grow(1)).isEqualTo(-1);
  }

  @Test
  void hasRoomForItsMaximumOnceThereAreThreads() {
    Purse purse = new Purse(3 * PAGE);
    SharedMemory first =
        new SharedMemory(
            new SharedBytes(LIMITS.initialPages(), LIMITS.maximumPages(), purse), true);
    first.writeI32(8, 5);
    first.settle();
    SharedMemory second = new SharedMemory(first.bytes(), false);

    assertThat(purse.left).isEqualTo(PAGE);
    second.writeI32(8, 6);
    assertThat(first.readInt(8)).isEqualTo(6);
    assertThat(first.grow(2)).isEqualTo(1);
    second.writeI32(3 * PAGE - 4, 7);
    assertThat(first.readInt(3 * PAGE - 4)).isEqualTo(7);
  }

  @Test
  void growsNoMoreWithThreadsWhereNobodyPaysForItsMaximum() {
    SharedMemory first =
        new SharedMemory(
            new SharedBytes(LIMITS.initialPages(), LIMITS.maximumPages(), new Purse(PAGE)), true);
    first.settle();

    assertThat(first.grow(1)).isEqualTo(-1);
    assertThat(first.size()).isEqualTo(PAGE);
    first.writeI32(8, 5);
    assertThat(new SharedMemory(first.bytes(), false).readInt(8)).isEqualTo(5);
  }

  private <T> CompletableFuture<T> run(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    this.threads.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable failure) {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  /** Neighbours within one int: each thread must change its own bytes only, and lose nothing. */
  @Test
  void neighboursDoNotDisturbEachOther() {
    int rounds = 30_000;
    List<CompletableFuture<Integer>> workers =
        IntStream.range(0, 4)
            .mapToObj(
                id ->
                    run(
                        () -> {
                          SharedMemory mine = new SharedMemory(this.bytes, false);
                          for (int i = 0; i < rounds; i++) {
                            mine.atomicAddByte(id, (byte) 1);
                            mine.atomicAddShort(4 + id % 2 * 2, (short) 1);
                            mine.atomicAddInt(8, 1);
                            mine.atomicAddLong(16, 1L << 31);
                          }
                          return rounds;
                        }))
            .toList();
    workers.forEach(CompletableFuture::join);

    for (int id = 0; id < 4; id++) {
      assertThat(this.memory.atomicReadByte(id)).isEqualTo((byte) rounds);
    }
    assertThat(this.memory.atomicReadShort(4)).isEqualTo((short) (2 * rounds));
    assertThat(this.memory.atomicReadShort(6)).isEqualTo((short) (2 * rounds));
    assertThat(this.memory.atomicReadInt(8)).isEqualTo(4 * rounds);
    assertThat(this.memory.atomicReadLong(16)).isEqualTo(4L * rounds << 31);
  }

  /** Wakes until somebody was there to be woken: nobody can see when another thread waits. */
  private int wakeOne(int address) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() - deadline < 0) {
      int woken = this.memory.atomicNotify(address, 1);
      if (woken > 0) {
        return woken;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("nobody came to wait");
  }

  @Test
  void thoseWhoWaitAreWokenOneByOneAndElsewhereNot() {
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(run(() -> answers.add(this.other.atomicWait(64, 0, -1))));
    }
    CompletableFuture<Integer> elsewhere = run(() -> this.other.atomicWait(72, 0L, -1));
    for (int i = 0; i < 3; i++) {
      assertThat(wakeOne(64)).isEqualTo(1);
    }
    waiting.forEach(CompletableFuture::join);

    assertThat(answers).containsExactly(0, 0, 0);
    assertThat(this.memory.atomicNotify(64, -1)).isZero();
    assertThat(elsewhere).isNotDone();
    assertThat(wakeOne(72)).isEqualTo(1);
    assertThat(elsewhere.join()).isZero();
  }

  @Test
  void waitingEndsByItself() {
    assertThat(this.memory.atomicWait(64, 1, -1)).isEqualTo(1);
    assertThat(this.memory.atomicWait(64, 1L, -1)).isEqualTo(1);
    long start = System.nanoTime();
    assertThat(this.memory.atomicWait(64, 0, 3_000_000)).isEqualTo(2);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3_000_000);
    assertThat(this.memory.atomicWait(64, 0, 0)).isEqualTo(2);
    assertThat(this.memory.atomicNotify(64, 1)).isZero();
  }

  @Test
  void waitingEndsWhenTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> this.memory.atomicWait(64, 0, -1))
        .isInstanceOf(ChicoryInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(this.memory.atomicNotify(64, 1)).isZero();
  }

  @Test
  void addressesThatAreNotAlignedTrap() {
    assertThatThrownBy(() -> this.memory.atomicNotify(66, 1))
        .isInstanceOf(WasmRuntimeException.class)
        .hasMessageContaining("66 is no multiple of 4");
    assertThatThrownBy(() -> this.memory.atomicWait(68, 0L, 1))
        .isInstanceOf(WasmRuntimeException.class);
  }
}
