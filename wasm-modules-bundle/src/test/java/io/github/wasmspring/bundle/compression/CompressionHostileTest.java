package io.github.wasmspring.bundle.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Input that nobody wrote: module and fallback answer the same bytes or the same code, always. */
class CompressionHostileTest {

  private static final Compression JAVA = new Compression() {};
  private static final int LIMIT = 200_000;

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static Compression wasm;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("compression");
    wasm = session.bind(Compression.class);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  @ParameterizedTest
  @EnumSource
  void randomInputIsAnErrorOrTheSameBytes(CompressionCodec codec) {
    Random random = new Random(20261121);
    byte[] start = Arrays.copyOf(codec.compress(JAVA, new byte[0], 6), 15);
    for (int i = 0; i < 10_000; i++) {
      byte[] input = CompressionData.any(random, random.nextInt(200));
      if (i % 2 == 0) {
        // A header that is sound, so that what is behind it gets looked at.
        System.arraycopy(start, 0, input, 0, Math.min(input.length, random.nextInt(start.length)));
      }
      agree(codec, input);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damagedInputIsAnErrorOrTheSameBytes(CompressionCodec codec) {
    Random random = new Random(20261122);
    byte[][] sound = new byte[60][];
    for (int i = 0; i < sound.length; i++) {
      byte[] data = CompressionData.any(random, random.nextInt(2_000));
      sound[i] = codec.compress(i % 2 == 0 ? wasm : JAVA, data, random.nextInt(9));
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] input = sound[random.nextInt(sound.length)].clone();
      if (i % 3 == 0) {
        input = Arrays.copyOf(input, random.nextInt(input.length));
      } else {
        for (int flips = random.nextInt(3); flips >= 0; flips--) {
          input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      agree(codec, input);
    }
  }

  /** Damage and a limit are reported in the same order, whichever comes first. */
  @ParameterizedTest
  @EnumSource
  void damagedInputThatIsTooLargeHasTheSameCode(CompressionCodec codec) {
    Random random = new Random(20261123);
    for (int i = 0; i < 100; i++) {
      byte[] data = CompressionData.any(random, random.nextInt(i % 10 == 0 ? 100_000 : 3_000));
      byte[] sound = codec.compress(i % 2 == 0 ? wasm : JAVA, data, random.nextInt(9));
      for (int k = 0; k < 10; k++) {
        byte[] input = damage(random, sound);
        agree(codec, input, 1 + random.nextInt(data.length + 2));
        agree(codec, input, 1 + random.nextInt(40));
      }
      agree(codec, sound, Math.max(1, data.length - 1));
    }
  }

  private static byte[] damage(Random random, byte[] sound) {
    byte[] input =
        switch (random.nextInt(4)) {
          case 0 -> Arrays.copyOf(sound, random.nextInt(sound.length));
          case 1 -> Arrays.copyOf(sound, sound.length + 1 + random.nextInt(9));
          default -> sound.clone();
        };
    for (int flips = random.nextInt(3); flips > 0 && input.length > 0; flips--) {
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return input;
  }

  private static void agree(CompressionCodec codec, byte[] input) {
    agree(codec, input, LIMIT);
  }

  private static void agree(CompressionCodec codec, byte[] input, int limit) {
    Object expected = answer(codec, JAVA, input, limit);
    Object answer = answer(codec, wasm, input, limit);
    boolean same =
        expected instanceof byte[] bytes
            ? answer instanceof byte[] others && Arrays.equals(bytes, others)
            : expected.equals(answer);
    if (!same) {
      assertThat(answer)
          .as("at most %d bytes of %s", limit, HexFormat.of().formatHex(input))
          .isEqualTo(expected);
    }
  }

  /** The bytes or the code; anything else that is thrown fails the test. */
  private static Object answer(CompressionCodec codec, Compression side, byte[] input, int limit) {
    try {
      return codec.decompress(side, input, limit);
    } catch (WasmOperationException refusal) {
      return refusal.code();
    }
  }
}
