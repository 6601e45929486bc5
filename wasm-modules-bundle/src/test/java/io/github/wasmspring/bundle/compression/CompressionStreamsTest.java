package io.github.wasmspring.bundle.compression;

import static io.github.wasmspring.bundle.compression.CompressionModuleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Compression in pieces, in a session. */
@Tag("once")
class CompressionStreamsTest {

  private static WasmRuntime runtime;

  private WasmSession session;
  private StreamingCompression streams;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @BeforeEach
  void open() {
    this.session = runtime.manager().open("compression");
    this.streams = this.session.bind(StreamingCompression.class);
  }

  @AfterEach
  void close() {
    this.session.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void piecesOfAnySizeGoThroughBothWays(CompressionCodec codec) {
    Random random = new Random(20261121);
    for (int i = 0; i < 60; i++) {
      byte[] data = CompressionData.any(random, random.nextInt(i % 10 == 0 ? 50_000 : 500));
      int level = random.nextInt(7);
      byte[] compressed = pass(codec.encoder(this.streams, level), data, random);
      assertThat(codec.judgeDecompresses(compressed)).isEqualTo(data);
      assertThat(pass(codec.decoder(this.streams, 0), compressed, random)).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void pieceByPieceIsReadWhatAnotherWrote(CompressionCodec codec) {
    Random random = new Random(20261122);
    byte[] data = CompressionData.text(random, 150_000);
    byte[] compressed = codec.judgeCompresses(data);
    assertThat(pass(codec.decoder(this.streams, 0), compressed, random)).isEqualTo(data);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void memoryIsBoundedHoweverMuchGoesThrough(CompressionCodec codec) {
    Random random = new Random(5);
    int encoder = codec.encoder(this.streams, 5);
    int decoder = codec.decoder(this.streams, Long.MAX_VALUE);
    long through = 0;
    long size = 0;
    for (int i = 0; i < 100; i++) {
      this.streams.write(encoder, CompressionData.noise(random, 60_000));
      byte[] compressed = this.streams.read(encoder, 50_000);
      while (compressed.length > 0) {
        this.streams.write(decoder, compressed);
        byte[] back = this.streams.read(decoder, 50_000);
        while (back.length > 0) {
          through += back.length;
          back = this.streams.read(decoder, 50_000);
        }
        compressed = this.streams.read(encoder, 50_000);
      }
      if (i == 60) {
        size = this.session.memory().size();
      }
    }
    assertThat(through).isGreaterThan(5_000_000);
    assertThat(this.session.memory().size()).isEqualTo((int) size).isLessThan(48 << 20);
  }

  /** Twenty megabytes, and never more of them at once than asked for. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void aBombComesOutInPiecesUpToTheLimit(CompressionCodec codec) {
    byte[] bomb = codec.compress(new Compression() {}, new byte[20_000_000], 4);
    int before = this.session.memory().size();
    int decoder = codec.decoder(this.streams, 16_000_000);
    this.streams.write(decoder, bomb);
    refused(
        "limit",
        () -> {
          while (this.streams.read(decoder, 60_000).length > 0) {
            assertThat(this.session.memory().size()).isLessThan(before + (10 << 20));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void damageIsAnErrorThatStays(CompressionCodec codec) {
    Random random = new Random(20261123);
    for (int i = 0; i < 200; i++) {
      byte[] input = codec.judgeCompresses(CompressionData.any(random, 1 + random.nextInt(1_000)));
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
      int decoder = codec.decoder(this.streams, 100_000);
      try {
        pass(decoder, i % 2 == 0 ? input : Arrays.copyOf(input, input.length / 2), random);
      } catch (WasmOperationException refusal) {
        String code = refusal.code().substring("compression.".length());
        refused(code, () -> this.streams.read(decoder, 10));
        refused(code, () -> this.streams.finish(decoder));
        this.streams.close(decoder);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void anEarlyEndIsTold(CompressionCodec codec) {
    byte[] compressed = codec.judgeCompresses(new byte[1000]);
    int decoder = codec.decoder(this.streams, 0);
    this.streams.write(decoder, Arrays.copyOf(compressed, compressed.length - 1));
    read(decoder, 100);
    this.streams.finish(decoder);
    refused("truncated", () -> this.streams.read(decoder, 10));
  }

  @Test
  void theLastPieceMustBeReadBeforeTheNextIsWritten() {
    int encoder = this.streams.deflateNew(0);
    this.streams.write(encoder, new byte[1000]);
    refused("pending", () -> this.streams.write(encoder, new byte[1]));
    read(encoder, 100);
    this.streams.write(encoder, new byte[1]);
    this.streams.finish(encoder);
    read(encoder, 100);
    refused("finished", () -> this.streams.write(encoder, new byte[1]));
  }

  @Test
  void whatIsWrongWithLevelOrLimitIsToldByTheNextCall() {
    refused("level", () -> this.streams.write(this.streams.gzipNew(10), new byte[1]));
    refused("level", () -> this.streams.read(this.streams.brotliCompressNew(-1), 1));
    refused("size", () -> this.streams.finish(this.streams.gunzipNew(-1)));
    refused("size", () -> this.streams.read(this.streams.gzipNew(6), 0));
  }

  @Test
  void aHandleThatMeansNothingIsRefused() {
    int closed = this.streams.gzipNew(6);
    this.streams.close(closed);
    for (int handle : new int[] {0, -1, 77, closed, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refused("handle", () -> this.streams.write(handle, new byte[1]));
      refused("handle", () -> this.streams.read(handle, 1));
      refused("handle", () -> this.streams.finish(handle));
      refused("handle", () -> this.streams.close(handle));
    }
  }

  @Test
  void aThousandStreamsNeedNoMoreMemoryThanOne() {
    long size = 0;
    for (int i = 0; i < 1_000; i++) {
      int encoder = this.streams.brotliCompressNew(5);
      this.streams.write(encoder, new byte[1000]);
      this.streams.finish(encoder);
      if (i % 2 == 0) {
        read(encoder, 100);
      }
      this.streams.close(encoder);
      if (i == 10) {
        size = this.session.memory().size();
      }
    }
    assertThat(this.session.memory().size()).isEqualTo((int) size);
  }

  @Test
  void noMemoryIsAnErrorToo() {
    refused("memory", () -> this.streams.read(this.streams.gzipNew(6), Integer.MAX_VALUE));
    int encoders = 0;
    try {
      while (encoders < 100_000) {
        int encoder = this.streams.gzipNew(6);
        this.streams.write(encoder, new byte[1]);
        encoders++;
      }
    } catch (WasmOperationException refusal) {
      assertThat(refusal.code()).isEqualTo("compression.memory");
    }
    assertThat(encoders).isBetween(100, 99_999);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LZ4_BLOCK")
  void thereAreStreamsOfJavaIo(CompressionCodec codec) throws IOException {
    byte[] data = CompressionData.text(new Random(6), 300_000);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out =
        CompressionStreams.writing(this.streams, codec.encoder(this.streams, 5), compressed)) {
      out.write(data[0]);
      out.write(data, 1, data.length - 1);
    }
    assertThat(codec.judgeDecompresses(compressed.toByteArray())).isEqualTo(data);
    try (InputStream in = reading(codec, compressed.toByteArray())) {
      assertThat(in.read()).isEqualTo(data[0]);
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(data, 1, data.length));
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void damageInAStreamOfJavaIoIsAnIoException() {
    InputStream in = reading(CompressionCodec.GZIP, new byte[100]);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(in::read)
        .withCauseInstanceOf(WasmOperationException.class);
  }

  private InputStream reading(CompressionCodec codec, byte[] data) {
    return CompressionStreams.reading(
        this.streams, codec.decoder(this.streams, 0), new ByteArrayInputStream(data));
  }

  private byte[] pass(int handle, byte[] data, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int most = 1 + random.nextInt(data.length / 5 + 10);
    for (int at = 0; at < data.length; ) {
      int end = Math.min(data.length, at + random.nextInt(most + 1));
      this.streams.write(handle, Arrays.copyOfRange(data, at, end));
      out.writeBytes(read(handle, 1 + random.nextInt(data.length + 20)));
      at = end;
    }
    this.streams.finish(handle);
    out.writeBytes(read(handle, 1 + random.nextInt(data.length + 20)));
    this.streams.close(handle);
    return out.toByteArray();
  }

  private byte[] read(int handle, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = this.streams.read(handle, most);
    while (piece.length > 0) {
      assertThat(piece.length).isLessThanOrEqualTo(most);
      out.writeBytes(piece);
      piece = this.streams.read(handle, most);
    }
    return out.toByteArray();
  }
}
