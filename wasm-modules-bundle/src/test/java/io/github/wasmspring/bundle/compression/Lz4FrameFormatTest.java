package io.github.wasmspring.bundle.compression;

import static io.github.wasmspring.bundle.compression.CompressionModuleTest.refused;
import static io.github.wasmspring.bundle.compression.Lz4Frames.BLOCK_CHECKSUM;
import static io.github.wasmspring.bundle.compression.Lz4Frames.CONTENT_CHECKSUM;
import static io.github.wasmspring.bundle.compression.Lz4Frames.CONTENT_SIZE;
import static io.github.wasmspring.bundle.compression.Lz4Frames.DICTIONARY_ID;
import static io.github.wasmspring.bundle.compression.Lz4Frames.INDEPENDENT;
import static io.github.wasmspring.bundle.compression.Lz4Frames.LINKED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the frame format of LZ4 knows, from frames that are put together by hand. */
class Lz4FrameFormatTest {

  private static final byte[] FIRST = "abcdefghijklmnop".getBytes(US_ASCII);

  /** 16 bytes from 16 bytes ago, then five literals. */
  private static final byte[] SECOND = {0x0c, 16, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};

  private static final byte[] BOTH = "abcdefghijklmnopabcdefghijklmnopvwxyz".getBytes(US_ASCII);

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static List<Compression> sides;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("compression");
    sides = List.of(session.bind(Compression.class), new Compression() {});
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        BLOCK_CHECKSUM,
        CONTENT_CHECKSUM,
        CONTENT_SIZE,
        DICTIONARY_ID,
        BLOCK_CHECKSUM | CONTENT_CHECKSUM | CONTENT_SIZE | DICTIONARY_ID
      })
  void aBlockMayReachIntoTheOneBefore(int flags) {
    answers(
        BOTH,
        new Lz4Frames(LINKED | flags, Lz4Frames.BLOCKS_OF_64_KB, BOTH.length)
            .stored(FIRST)
            .compressed(SECOND)
            .end(BOTH));
  }

  @Test
  void anIndependentBlockMayNot() {
    refuses("data", Lz4Frames.of(INDEPENDENT).stored(FIRST).compressed(SECOND).end(BOTH));
  }

  @Test
  void noBlockReachesIntoTheFrameBefore() {
    byte[] frame = Lz4Frames.of(LINKED).stored(FIRST).end(FIRST);
    refuses("data", joined(frame, Lz4Frames.of(LINKED).compressed(SECOND).end(BOTH)));
  }

  @Test
  void framesFollowEachOtherAndSkippableOnesAreSkipped() {
    byte[] frame = Lz4Frames.of(INDEPENDENT | CONTENT_CHECKSUM).stored(FIRST).end(FIRST);
    for (int number = 0; number < 16; number++) {
      byte[] skippable = Lz4Frames.skippable(number, new byte[number]);
      answers(joined(FIRST, FIRST), joined(skippable, frame, skippable, frame, skippable));
      answers(new byte[0], skippable);
    }
  }

  @Test
  void aSkippableFrameMayBeTruncated() {
    refuses("truncated", Lz4Frames.skippable(0, new byte[0]), 7);
    refuses("truncated", Lz4Frames.skippable(3, new byte[20]), 27);
  }

  @Test
  void anEmptyFrameIsEmpty() {
    answers(new byte[0], Lz4Frames.of(INDEPENDENT).end(new byte[0]));
    answers(new byte[0], Lz4Frames.of(INDEPENDENT | CONTENT_CHECKSUM).end(new byte[0]));
    answers(new byte[0], Lz4Frames.of(LINKED).stored(new byte[0]).end(new byte[0]));
  }

  @Test
  void checksumsOfHeaderBlockAndContentAreChecked() {
    byte[] header = Lz4Frames.of(INDEPENDENT).stored(FIRST).end(FIRST);
    header[6] ^= 1;
    refuses("checksum", header);
    byte[] block = Lz4Frames.of(INDEPENDENT | BLOCK_CHECKSUM).stored(FIRST).end(FIRST);
    block[11] ^= 1;
    refuses("checksum", block);
    byte[] linked =
        Lz4Frames.of(LINKED | BLOCK_CHECKSUM).stored(FIRST).compressed(SECOND).end(BOTH);
    linked[linked.length - 5] ^= 1;
    refuses("checksum", linked);
    refuses("checksum", Lz4Frames.of(INDEPENDENT | CONTENT_CHECKSUM).stored(FIRST).end(BOTH));
  }

  @Test
  void aContentSizeThatIsWrongIsRefused() {
    for (long size : new long[] {1, 15, 17, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      refuses(
          "data",
          new Lz4Frames(INDEPENDENT | CONTENT_SIZE, Lz4Frames.BLOCKS_OF_64_KB, size)
              .stored(FIRST)
              .end(FIRST));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x10, 0x20, 0x30, 0xc0, 0x41, 0x48})
  void aBlockSizeThatTheFormatDoesNotHaveIsRefused(int sizes) {
    refuses("data", new Lz4Frames(INDEPENDENT, sizes, 0).stored(FIRST).end(FIRST));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x20, 0xa0, 0xe0, 0x62})
  void aVersionOrFlagThatTheFormatDoesNotHaveIsRefused(int flags) {
    refuses("data", Lz4Frames.of(flags).stored(FIRST).end(FIRST));
  }

  @Test
  void aBlockLargerThanTheHeaderSaysIsRefused() {
    refuses("data", Lz4Frames.of(INDEPENDENT).stored(new byte[65_537]).end(new byte[65_537]));
    byte[] large = sides.get(1).lz4BlockCompress(new byte[65_537], 0);
    refuses("data", Lz4Frames.of(INDEPENDENT).compressed(large).end(new byte[65_537]));
  }

  /** The library takes it for valid, the format does not. */
  @Test
  void anOffsetOfZeroIsRefused() {
    byte[] block = {0x10, 'a', 0, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};
    refuses("data", Lz4Frames.of(INDEPENDENT).compressed(block).end(FIRST));
    for (Compression side : sides) {
      refused("data", () -> side.lz4BlockDecompress(block, 0));
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void answers(byte[] expected, byte[] frames) {
    for (Compression side : sides) {
      assertThat(side.lz4Decompress(frames, 0)).isEqualTo(expected);
    }
  }

  private static void refuses(String code, byte[] frames) {
    for (Compression side : sides) {
      refused(code, () -> side.lz4Decompress(frames, 0));
    }
  }

  private static void refuses(String code, byte[] frames, int length) {
    refuses(code, Arrays.copyOf(frames, length));
  }
}
