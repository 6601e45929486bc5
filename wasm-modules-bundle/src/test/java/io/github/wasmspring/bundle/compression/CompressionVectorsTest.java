package io.github.wasmspring.bundle.compression;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that others wrote. */
class CompressionVectorsTest {

  private static final String SENTENCE =
      "hello hello hello hello, the time of the government and of the international community";

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

  /** Written by Node.js 20; the last one is mostly words of the static dictionary. */
  @ParameterizedTest
  @CsvSource({
    "8b2a8068656c6c6f2068656c6c6f2068656c6c6f2068656c6c6f2c207468652074696d65206f662074686520676f766572"
        + "6e6d656e7420616e64206f662074686520696e7465726e6174696f6e616c20636f6d6d756e69747903",
    "8b2a000080aaaaaaeaff7465b8dbf52260c6662a00222c000a6c06604eb9b59de94e6184016018063760c6a66cb16a605"
        + "f3ee045389b98bb519ef9b8d59411ba9e5b53e65638475138a7fb55fa1f",
    "1b55000004ea64a9deba5a4cb2790a81530ed8ab65a187ed8af794452121b1d70f3b7d83b5f58b5084ab55fe1e532fc62f"
        + "c918dfeb458c749dfb",
    "1b5500e88dd44ef9c3505465680dc2c2f6a60f11061a79c0061c861c448bbfaba1b258be96a4c302"
  })
  void readsBrotliOfNode(String hex) {
    for (Compression side : sides) {
      assertThat(side.brotliDecompress(HexFormat.of().parseHex(hex), 0))
          .asString(US_ASCII)
          .isEqualTo(SENTENCE);
    }
  }

  /** The empty streams that RFC 7932 allows, with window and without. */
  @ParameterizedTest
  @CsvSource({"06", "3b", "3f", "1a", "33"})
  void readsEmptyBrotli(String hex) {
    byte[] stream = HexFormat.of().parseHex(hex);
    byte[] expected = CompressionCodec.BROTLI.judgeDecompresses(stream);
    for (Compression side : sides) {
      assertThat(side.brotliDecompress(stream, 0)).isEqualTo(expected).isEmpty();
    }
  }

  /** Written by GNU gzip 1.12. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1f8b08000000000002034b4c4a0600c241243503000000, abc
          1f8b0808b09c016b0003666f782e747874000bc94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d5228014ae72456552aa4e4a773010038c1936d2c000000, 'The quick brown fox jumps over the lazy dog'
          """)
  void readsGzipOfGnu(String hex, String expected) {
    for (Compression side : sides) {
      assertThat(side.gunzip(HexFormat.of().parseHex(hex), 0))
          .asString(US_ASCII)
          .isEqualToIgnoringNewLines(expected);
    }
  }

  /** Of zlib 1.2.13, RFC 1950 and 1951: a fixed code, and a stored block. */
  @ParameterizedTest
  @CsvSource({"789c4b4c4a0600024d0127, abc", "7801010300fcff616263024d0127, abc"})
  void readsZlib(String hex, String expected) {
    byte[] stream = HexFormat.of().parseHex(hex);
    byte[] raw = Arrays.copyOfRange(stream, 2, stream.length - 4);
    for (Compression side : sides) {
      assertThat(side.zlibDecompress(stream, 0)).asString(US_ASCII).isEqualTo(expected);
      assertThat(side.inflate(raw, 0)).asString(US_ASCII).isEqualTo(expected);
    }
  }

  /**
   * RFC 1952, 2.3: every combination of the optional fields, and members that follow each other.
   */
  @Test
  void readsEveryHeaderOfGzip() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int flags = 0; flags < 32; flags++) {
      byte[] member = member(flags);
      all.writeBytes(member);
      for (Compression side : sides) {
        assertThat(side.gunzip(member, 0)).asString(US_ASCII).isEqualTo("abc");
      }
    }
    for (Compression side : sides) {
      assertThat(side.gunzip(all.toByteArray(), 0)).asString(US_ASCII).isEqualTo("abc".repeat(32));
    }
  }

  @Test
  void checksTheChecksumOfAHeader() {
    byte[] member = member(2);
    member[4] ^= 1;
    for (Compression side : sides) {
      CompressionModuleTest.refused("checksum", () -> side.gunzip(member, 0));
    }
  }

  private static byte[] member(int flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
    if ((flags & 4) != 0) {
      out.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
    }
    if ((flags & 8) != 0) {
      out.writeBytes("name\0".getBytes(US_ASCII));
    }
    if ((flags & 16) != 0) {
      out.writeBytes("a comment\0".getBytes(US_ASCII));
    }
    if ((flags & 2) != 0) {
      CRC32 crc = new CRC32();
      crc.update(out.toByteArray());
      out.write((int) crc.getValue());
      out.write((int) (crc.getValue() >> 8));
    }
    out.writeBytes(HexFormat.of().parseHex("4b4c4a0600c241243503000000"));
    return out.toByteArray();
  }
}
