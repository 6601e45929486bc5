package io.github.wasmspring.bundle.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module against its fallback and the JDK. */
class MemoryModuleTest {

  private static final Memory JAVA = new Memory() {};

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static Memory wasm;
  private static List<Memory> sides;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("memory");
    wasm = session.bind(Memory.class);
    sides = List.of(wasm, JAVA);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  @Test
  void copiesAnyPart() {
    byte[] data = bytes(new Random(1), 1000);
    for (Memory side : sides) {
      assertThat(side.copy(data, 0, 1000)).isEqualTo(data);
      assertThat(side.copy(data, 10, 20)).isEqualTo(Arrays.copyOfRange(data, 10, 30));
      assertThat(side.copy(data, 1000, 0)).isEmpty();
      assertThat(side.copy(new byte[0], 0, 0)).isEmpty();
    }
  }

  @Test
  void refusesToCopyWhatIsNotThere() {
    int[][] ranges = {{0, 11}, {11, 0}, {-1, 1}, {1, -1}, {5, 6}, {Integer.MAX_VALUE, 1}};
    for (Memory side : sides) {
      for (int[] range : ranges) {
        refused("range", () -> side.copy(new byte[10], range[0], range[1]));
      }
      refused("range", () -> side.copy(new byte[10], 1, Integer.MAX_VALUE));
      refused("range", () -> side.fill(-1, 0));
      refused("range", () -> side.differingRanges(new byte[1], new byte[1], -1));
      refused("range", () -> side.decompressBlock(new byte[1], -1));
    }
  }

  @Test
  void fillsWithTheLowestEightBits() {
    for (Memory side : sides) {
      assertThat(side.fill(3, 0x1ff)).containsExactly(-1, -1, -1);
      assertThat(side.fill(0, 1)).isEmpty();
    }
  }

  @Test
  void moreThanTheMemoryLimitIsAnError() {
    refused("memory", () -> wasm.fill(Integer.MAX_VALUE, 1));
    assertThat(wasm.fill(1, 1)).containsExactly(1);
  }

  @Test
  void comparesAsTheJdk() {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      byte[] a = bytes(random, random.nextInt(40));
      byte[] b = random.nextInt(3) == 0 ? bytes(random, random.nextInt(40)) : changed(random, a);
      int order = Integer.signum(Arrays.compareUnsigned(a, b));
      for (Memory side : sides) {
        assertThat(side.compare(a, b)).isEqualTo(order);
        assertThat(side.mismatch(a, b)).isEqualTo(Arrays.mismatch(a, b));
      }
    }
  }

  @Test
  void findsTheRangesThatDiffer() {
    byte[] a = {0, 1, 2, 3, 4, 5, 6, 7};
    byte[] b = {0, 9, 9, 3, 9, 5, 6};
    for (Memory side : sides) {
      assertThat(side.differingRanges(a, b, 0)).containsExactly(1, 3, 4, 5, 7, 8);
      assertThat(side.differingRanges(a, b, 1)).containsExactly(1, 5, 7, 8);
      assertThat(side.differingRanges(a, b, 2)).containsExactly(1, 8);
      assertThat(side.differingRanges(a, a, 5)).isEmpty();
      assertThat(side.differingRanges(new byte[0], a, 0)).containsExactly(0, 8);
      assertThat(side.differingRanges(new byte[0], new byte[0], 0)).isEmpty();
    }
  }

  /** What is outside of the ranges is equal, and each range begins and ends with a difference. */
  @Test
  void moduleAndFallbackFindTheSameRanges() {
    Random random = new Random(20261122);
    for (int i = 0; i < 5_000; i++) {
      byte[] a = bytes(random, random.nextInt(300));
      byte[] b = changed(random, a);
      int gap = random.nextInt(10);
      int[] ranges = wasm.differingRanges(a, b, gap);
      assertThat(ranges).isEqualTo(JAVA.differingRanges(a, b, gap));
      byte[] patched = Arrays.copyOf(a, b.length);
      for (int at = 0; at < ranges.length; at += 2) {
        int end = Math.min(ranges[at + 1], b.length);
        if (ranges[at] < end) {
          System.arraycopy(b, ranges[at], patched, ranges[at], end - ranges[at]);
        }
      }
      assertThat(patched).isEqualTo(b);
    }
  }

  @Test
  void everybodyReadsEverybodysBlocks() {
    Random random = new Random(20261123);
    for (int i = 0; i < 2_000; i++) {
      byte[] data = repetitive(random, random.nextInt(3_000));
      for (Memory writer : sides) {
        byte[] block = writer.compressBlock(data);
        for (Memory reader : sides) {
          assertThat(reader.decompressBlock(block, data.length)).isEqualTo(data);
        }
        byte[] judged = new byte[data.length];
        LZ4Factory.safeInstance().fastDecompressor().decompress(block, judged);
        assertThat(judged).isEqualTo(data);
      }
    }
  }

  @Test
  void damagedBlocksAreAnErrorOrTheSameBytes() {
    Random random = new Random(20261124);
    for (int i = 0; i < 12_000; i++) {
      byte[] block =
          i % 6 == 0
              ? changed(random, JAVA.compressBlock(repetitive(random, random.nextInt(300))))
              : bytes(random, random.nextInt(60));
      assertThat(answer(wasm, block)).isEqualTo(answer(JAVA, block));
    }
  }

  private static Object answer(Memory side, byte[] block) {
    try {
      return side.decompressBlock(block, 10_000);
    } catch (WasmOperationException refusal) {
      return refusal.code() + " " + refusal.offset();
    }
  }

  @Test
  void aBlockThatIsTooLargeIsRefused() {
    for (Memory side : sides) {
      byte[] block = side.compressBlock(new byte[100_000]);
      refused("limit", () -> side.decompressBlock(block, 99_999));
      refused("truncated", () -> side.decompressBlock(Arrays.copyOf(block, 5), 0));
      refused("data", () -> side.decompressBlock(new byte[] {0, 0, 0, 0, 0, 0}, 0));
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] repetitive(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = i > 20 && random.nextInt(9) > 0 ? bytes[i - 20] : (byte) random.nextInt();
    }
    return bytes;
  }

  /** With a few bytes changed, and sometimes shorter or longer. */
  private static byte[] changed(Random random, byte[] bytes) {
    int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 10) : bytes.length;
    byte[] changed = Arrays.copyOf(bytes, length);
    for (int i = random.nextInt(6); i > 0 && length > 0; i--) {
      changed[random.nextInt(length)] ^= (byte) random.nextInt();
    }
    return changed;
  }

  private static void refused(String code, Runnable call) {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("memory." + code));
  }
}
