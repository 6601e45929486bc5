package io.github.wasmspring.bundle.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Module, fallback and a third implementation read what the others wrote. */
class CompressionModuleTest {

  private static final Compression JAVA = new Compression() {};

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static List<Compression> sides;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("compression");
    // Without any fallback, as always in a session.
    sides = List.of(session.bind(Compression.class), JAVA);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  @ParameterizedTest
  @EnumSource
  void everybodyReadsWhatEachSideWritesAtEveryLevel(CompressionCodec codec) {
    Random random = new Random(20261121);
    for (int level = 0; level <= codec.levels; level++) {
      for (Compression side : sides) {
        everybodyReads(codec, new byte[0], codec.compress(side, new byte[0], level));
        byte[] data = CompressionData.text(random, 4_000);
        everybodyReads(codec, data, codec.compress(side, data, level));
        byte[] noise = CompressionData.noise(random, 2_000);
        everybodyReads(codec, noise, codec.compress(side, noise, level));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everybodyReadsManySmallInputs(CompressionCodec codec) {
    Random random = new Random(20261122);
    for (int i = 0; i < 150; i++) {
      byte[] data = CompressionData.any(random, random.nextInt(i % 10 == 0 ? 5_000 : 80));
      int level = random.nextInt(Math.min(codec.levels, 9) + 1);
      everybodyReads(codec, data, codec.compress(sides.get(i % 2), data, level));
      bothRead(codec, data, codec.judgeCompresses(data));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everybodyReadsLongInput(CompressionCodec codec) {
    Random random = new Random(20261123);
    byte[] text = CompressionData.text(random, 400_000);
    byte[] noise = CompressionData.noise(random, 300_000);
    for (byte[] data : List.of(text, noise, new byte[1_000_000])) {
      for (Compression side : sides) {
        everybodyReads(codec, data, codec.compress(side, data, 2));
      }
      bothRead(codec, data, codec.judgeCompresses(data));
    }
  }

  private static void everybodyReads(CompressionCodec codec, byte[] data, byte[] compressed) {
    bothRead(codec, data, compressed);
    assertThat(Arrays.equals(codec.judgeDecompresses(compressed), data)).isTrue();
  }

  private static void bothRead(CompressionCodec codec, byte[] data, byte[] compressed) {
    for (Compression side : sides) {
      // An assertion that describes itself would take longer than the decompression.
      assertThat(Arrays.equals(codec.decompress(side, compressed, 0), data)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void textBecomesSmallerAndNoiseHardlyLarger(CompressionCodec codec) {
    Random random = new Random(20261124);
    byte[] text = CompressionData.text(random, 100_000);
    byte[] noise = CompressionData.noise(random, 100_000);
    for (Compression side : sides) {
      assertThat(codec.compress(side, text, 6)).hasSizeLessThan(45_000);
      assertThat(codec.compress(side, noise, 6)).hasSizeLessThan(100_500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBombIsStoppedAtTheLimit(CompressionCodec codec) {
    byte[] bomb = codec.compress(sides.get(0), new byte[3_000_000], 9);
    for (Compression side : sides) {
      for (int limit : new int[] {1, 1000, 2_999_999}) {
        refused("limit", () -> codec.decompress(side, bomb, limit));
      }
      assertThat(codec.decompress(side, bomb, 3_000_000)).hasSize(3_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLimitIsExact(CompressionCodec codec) {
    Random random = new Random(20261125);
    for (int size : new int[] {1, 2, 100, 1023, 1024, 1025, 65_536, 70_000}) {
      byte[] compressed = codec.compress(JAVA, CompressionData.text(random, size), 3);
      for (Compression side : sides) {
        assertThat(codec.decompress(side, compressed, size)).hasSize(size);
        if (size > 1) {
          refused("limit", () -> codec.decompress(side, compressed, size - 1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LZ4", "LZ4_BLOCK", "DEFLATE"})
  void whereNoLimitIsGivenThereIsOneOf64MiB(CompressionCodec codec) {
    byte[] compressed = codec.compress(JAVA, new byte[(64 << 20) + 1], 1);
    for (Compression side : sides) {
      refused("limit", () -> codec.decompress(side, compressed, 0));
    }
  }

  /** The output would need more than the 256 MiB that an instance gets. */
  @Test
  void moreThanTheMemoryOfTheModuleIsAnError() {
    byte[] member = JAVA.gzip(new byte[64 << 20], 1);
    byte[] bomb = new byte[6 * member.length];
    for (int at = 0; at < bomb.length; at += member.length) {
      System.arraycopy(member, 0, bomb, at, member.length);
    }
    try (WasmSession other = runtime.manager().open("compression")) {
      Compression wasm = other.bind(Compression.class);
      refused("memory", () -> wasm.gunzip(bomb, Integer.MAX_VALUE));
      assertThat(wasm.gunzip(JAVA.gzip(new byte[5], 1), 0)).isEqualTo(new byte[5]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesAfterTheEndAreRefused(CompressionCodec codec) {
    byte[] compressed = codec.compress(JAVA, CompressionData.text(new Random(1), 1000), 6);
    byte[] longer = Arrays.copyOf(compressed, compressed.length + 20);
    Arrays.fill(longer, compressed.length, longer.length, (byte) 'x');
    for (Compression side : sides) {
      refused("data", () -> codec.decompress(side, longer, 0));
    }
  }

  /** But for blocks, which do not say where they end, and brotli, see below. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"LZ4_BLOCK", "BROTLI"})
  void everyBeginningIsTruncated(CompressionCodec codec) {
    byte[] compressed = codec.compress(JAVA, CompressionData.text(new Random(2), 300), 6);
    for (int length = 0; length < compressed.length; length++) {
      byte[] beginning = Arrays.copyOf(compressed, length);
      for (Compression side : sides) {
        refused("truncated", () -> codec.decompress(side, beginning, 0));
      }
    }
  }

  @Test
  void everyBeginningOfBrotliIsCorrupt() {
    byte[] compressed = sides.get(0).brotliCompress(CompressionData.text(new Random(2), 300), 6);
    for (int length = 0; length < compressed.length; length++) {
      byte[] beginning = Arrays.copyOf(compressed, length);
      for (Compression side : sides) {
        refused("data", () -> side.brotliDecompress(beginning, 0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLevelThatThereIsNotIsRefused(CompressionCodec codec) {
    for (Compression side : sides) {
      for (int level : new int[] {-1, codec.levels + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
        refused("level", () -> codec.compress(side, new byte[1], level));
      }
      refused("size", () -> codec.decompress(side, new byte[1], -1));
    }
  }

  @Test
  void checksumsAreChecked() {
    byte[] data = CompressionData.text(new Random(3), 500);
    for (CompressionCodec codec :
        List.of(CompressionCodec.GZIP, CompressionCodec.ZLIB, CompressionCodec.LZ4)) {
      byte[] compressed = codec.compress(JAVA, data, 0);
      compressed[compressed.length - 1] ^= 1;
      for (Compression side : sides) {
        refused("checksum", () -> codec.decompress(side, compressed, 0));
      }
    }
  }

  @Test
  void tellsWhereTheInputIsCorrupt() {
    byte[] compressed = JAVA.gzip(new byte[10], 6);
    compressed[2] = 7;
    for (Compression side : sides) {
      assertThatExceptionOfType(WasmOperationException.class)
          .isThrownBy(() -> side.gunzip(compressed, 0))
          .satisfies(refusal -> assertThat(refusal.offset()).isEqualTo(2));
    }
  }

  @Test
  void canBeCalledByName() {
    byte[] data = CompressionData.text(new Random(4), 500);
    WasmResult<byte[]> result =
        runtime.manager().execute("compression", "gzip", data, Map.of("level", 6));
    assertThat(JAVA.gunzip(result.value(), 0)).isEqualTo(data);
  }

  static void refused(String code, Runnable call) {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("compression." + code));
  }
}
