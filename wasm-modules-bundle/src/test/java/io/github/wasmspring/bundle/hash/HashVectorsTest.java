package io.github.wasmspring.bundle.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.bundle.ResponseFile;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known values, of the module and of its fallback. */
class HashVectorsTest {

  private static final Hash JAVA = new Hash() {};

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static Hash wasm;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("hash");
    // Without any fallback, as always in a session.
    wasm = session.bind(Hash.class);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  /** What xxHash's own xxhsum checks itself against (cli/xsum_sanity_check.c), on its input. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          XXH32, 0, 0, 02cc5d05
          XXH32, 0, 9e3779b1, 36b78ae7
          XXH32, 1, 0, cf65b03e
          XXH32, 1, 9e3779b1, b4545aa4
          XXH32, 14, 0, 1208e7e2
          XXH32, 14, 9e3779b1, 6af1d1fe
          XXH32, 222, 0, 5bd11dbd
          XXH32, 222, 9e3779b1, 58803c5f
          XXH64, 0, 0, ef46db3751d8e999
          XXH64, 0, 9e3779b1, ac75fda2929b17ef
          XXH64, 1, 0, e934a84adb052768
          XXH64, 1, 9e3779b1, 5014607643a9b4c3
          XXH64, 4, 0, 9136a0dca57457ee
          XXH64, 14, 0, 8282dcc4994e35c8
          XXH64, 14, 9e3779b1, c3bd6bf63deb6df0
          XXH64, 222, 0, b641ae8cb691c174
          XXH64, 222, 9e3779b1, 20cb8ab7ae10c14a
          XXH3, 0, 0, 2d06800538d394c2
          XXH3, 0, 9e3779b185ebca8d, a8a6b918b2f0364a
          XXH3, 1, 0, c44bdff4074eecdb
          XXH3, 1, 9e3779b185ebca8d, 032be332dd766ef8
          XXH3, 6, 0, 27b56a84cd2d7325
          XXH3, 6, 9e3779b185ebca8d, 84589c116ab59ab9
          XXH3, 12, 0, a713daf0dfbb77e7
          XXH3, 12, 9e3779b185ebca8d, e7303e1b2336de0e
          XXH3, 24, 0, a3fe70bf9d3510eb
          XXH3, 24, 9e3779b185ebca8d, 850e80fc35bdd690
          XXH3, 48, 0, 397da259ecba1f11
          XXH3, 48, 9e3779b185ebca8d, adc2cbaa44acc616
          XXH3, 80, 0, bcdefbbb2c47c90a
          XXH3, 80, 9e3779b185ebca8d, c6dd0cb699532e73
          XXH3, 195, 0, cd94217ee362ec3a
          XXH3, 195, 9e3779b185ebca8d, ba68003d370cb3d9
          XXH3, 403, 0, cdeb804d65c6dea4
          XXH3, 403, 9e3779b185ebca8d, 6259f6ecfd6443fd
          XXH3, 512, 0, 617e49599013cb6b
          XXH3, 512, 9e3779b185ebca8d, 3ce457de14c27708
          XXH3, 2048, 0, dd59e2c3a5f038e0
          XXH3, 2048, 9e3779b185ebca8d, 66f81670669ababc
          XXH3, 2240, 0, 6e73a90539cf2948
          XXH3, 2240, 9e3779b185ebca8d, 757ba8487d1b5247
          XXH3, 2367, 0, cb37aeb9e5d361ed
          XXH3, 2367, 9e3779b185ebca8d, d2db3415b942b42a
          XXH128, 0, 0, 99aa06d3014798d86001c324468d497f
          XXH128, 0, 9e3779b1, 92220ae55e14ab505444f7869c671ab0
          XXH128, 1, 0, a6cd5e9392000f6ac44bdff4074eecdb
          XXH128, 1, 9e3779b1, 89b99554ba22467cb53d5557e7f76f8d
          XXH128, 6, 0, 082afe0b8162d12a3e7039bdda43cfc6
          XXH128, 6, 9e3779b1, 5a865b5389abd2b1269d8f70be98856e
          XXH128, 12, 0, 6e3efd8fc7802b18061a192713f69ad9
          XXH128, 12, 9e3779b1, d7e09d518a3405d39be9f9a67f3c7dfb
          XXH128, 24, 0, 0ce966e4678d37611e7044d28b1b901d
          XXH128, 24, 9e3779b1, 3162026714a6a243d7304c54ebad40a9
          XXH128, 48, 0, a002ac4e5478227ef942219aed80f67b
          XXH128, 48, 9e3779b1, 163adde36c0722957ba3c3e453a1934e
          XXH128, 81, 0, 4952f58181ab00425e8bafb9f95fb803
          XXH128, 81, 9e3779b1, 2724ec7adc750fb6703fbb3d7a5f755c
          XXH128, 222, 0, 337e09641b948717f1aebd597cec6b3a
          XXH128, 222, 9e3779b1, 91820016621e97f1ae995bb8af917a8d
          XXH128, 403, 0, 1b6de21e332dd73dcdeb804d65c6dea4
          XXH128, 403, 9e3779b185ebca8d, bed311971e0be8f26259f6ecfd6443fd
          XXH128, 512, 0, 18d2d110dcc9bca1617e49599013cb6b
          XXH128, 512, 9e3779b185ebca8d, 925d06b8ec5b80403ce457de14c27708
          XXH128, 2048, 0, f736557fd47073a5dd59e2c3a5f038e0
          XXH128, 2048, 9e3779b1, 7fb03f7e7186c3ea230d43f30206260b
          XXH128, 2240, 0, ccb134fbfa7ce49d6e73a90539cf2948
          XXH128, 2240, 9e3779b1, 50a1fe17b338995fed385111126fba6f
          XXH128, 2367, 0, e89c0f6ff369b427cb37aeb9e5d361ed
          XXH128, 2367, 9e3779b1, d23aae4b76c31ecb6f5360ae69c2f406
          """)
  void xxHashAnswersAsItsReference(
      HashAlgorithm algorithm, int length, String seed, String expected) {
    byte[] data = new byte[length];
    long generator = 2654435761L;
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (generator >>> 56);
      generator *= 0x9E3779B185EBCA8DL;
    }
    check(algorithm, data, Long.parseUnsignedLong(seed, 16), expected);
  }

  /** BLAKE3's test_vectors.json, of each output the first 32 bytes. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262
          1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213
          1023, 10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11
          1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7
          1025, d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444
          2048, e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a
          2049, 5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030
          3072, b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2
          3073, 7124b49501012f81cc7f11ca069ec9226cecb8a2c850cfe644e327d22d3e1cd3
          4096, 015094013f57a5277b59d8475c0501042c0b642e531b0a1c8f58d2163229e969
          4097, 9b4052b38f1c5fc8b1f9ff7ac7b27cd242487b3d890d15c96a1c25b8aa0fb995
          5120, 9cadc15fed8b5d854562b26a9536d9707cadeda9b143978f319ab34230535833
          5121, 628bd2cb2004694adaab7bbd778a25df25c47b9d4155a55f8fbd79f2fe154cff
          6144, 3e2e5b74e048f3add6d21faab3f83aa44d3b2278afb83b80b3c35164ebeca205
          6145, f1323a8631446cc50536a9f705ee5cb619424d46887f3c376c695b70e0f0507f
          7168, 61da957ec2499a95d6b8023e2b0e604ec7f6b50e80a9678b89d2628e99ada77a
          7169, a003fc7a51754a9b3c7fae0367ab3d782dccf28855a03d435f8cfe74605e7817
          8192, aae792484c8efe4f19e2ca7d371d8c467ffb10748d8a5a1ae579948f718a2a63
          8193, bab6c09cb8ce8cf459261398d2e7aef35700bf488116ceb94a36d0f5f1b7bc3b
          16384, f875d6646de28985646f34ee13be9a576fd515f76b5b0a26bb324735041ddde4
          31744, 62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47
          102400, bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085
          """)
  void blake3AnswersAsItsReference(int length, String expected) {
    check(HashAlgorithm.BLAKE3, counting(length), 0, expected);
  }

  /**
   * From the RFCs and drafts of the algorithms, the catalogue of CRCs and the examples of FIPS 180.
   */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CRC32, 123456789, cbf43926
          CRC32C, 123456789, e3069283
          ADLER32, 123456789, 091e01de
          ADLER32, Wikipedia, 11e60398
          CRC32, '', 00000000
          CRC32C, '', 00000000
          ADLER32, '', 00000001
          FNV1A32, '', 811c9dc5
          FNV1A32, a, e40c292c
          FNV1A32, foobar, bf9cf968
          FNV1A64, '', cbf29ce484222325
          FNV1A64, a, af63dc4c8601ec8c
          FNV1A64, foobar, 85944171f73967e8
          MURMUR32, '', 00000000
          MURMUR128, '', 00000000000000000000000000000000
          SHA1, '', da39a3ee5e6b4b0d3255bfef95601890afd80709
          SHA1, abc, a9993e364706816aba3e25717850c26c9cd0d89d
          SHA1, abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, 84983e441c3bd26ebaae4aa1f95129e5e54670f1
          SHA512, '', cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e
          SHA512, abc, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
          SHA512, abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu, 8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909
          BLAKE2B, '', 786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce
          BLAKE2B, abc, ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923
          """)
  void answersWithThePublishedValue(HashAlgorithm algorithm, String text, String expected) {
    check(algorithm, text.getBytes(UTF_8), 0, expected);
  }

  /** RFC 3720, B.4. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 8a9136aa",
    "255, 0, 62a8ab43",
    "0, 1, 46dd794e",
    "31, -1, 113fdb5c",
  })
  void crc32cAnswersAsIscsiSays(int first, int step, String expected) {
    byte[] data = new byte[32];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (first + i * step);
    }
    check(HashAlgorithm.CRC32C, data, 0, expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 514e28b7", "ffffffff, 81f16f39"})
  void murmur32OfNothingDependsOnTheSeed(String seed, String expected) {
    check(HashAlgorithm.MURMUR32, new byte[0], Long.parseLong(seed, 16), expected);
  }

  /**
   * The verification values of SMHasher: the hash of the hashes of 0, 0 1, 0 1 2, … with falling
   * seeds, its first four bytes read as a little-endian number.
   */
  @ParameterizedTest
  @CsvSource({
    "MURMUR32, b0f57ee3",
    "MURMUR128, 6384ba69",
    "XXH32, ba88b743",
    "XXH64, 024b7cf4",
  })
  void hasTheVerificationValueOfSmhasher(HashAlgorithm algorithm, String expected) {
    assertThat(verification(algorithm, wasm)).isEqualTo(expected);
    assertThat(verification(algorithm, JAVA)).isEqualTo(expected);
  }

  private static String verification(HashAlgorithm algorithm, Hash hash) {
    byte[] keys = new byte[256];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) i;
    }
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (int i = 0; i < 256; i++) {
      hashes.writeBytes(inMemory(algorithm, algorithm.hash(hash, Arrays.copyOf(keys, i), 256 - i)));
    }
    byte[] last = inMemory(algorithm, algorithm.hash(hash, hashes.toByteArray(), 0));
    return HexFormat.of()
        .toHexDigits(ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  /** As x86-64 has it in memory. */
  private static byte[] inMemory(HashAlgorithm algorithm, byte[] hash) {
    if (algorithm == HashAlgorithm.MURMUR128) {
      return hash;
    }
    byte[] reversed = hash.clone();
    for (int i = 0; i < hash.length; i++) {
      reversed[i] = hash[hash.length - 1 - i];
    }
    return reversed;
  }

  /** The digest of the digests of 0, 0 1, … up to 600 bytes, computed with CPython's hashlib. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SHA1, 77574db63e2fd63dcd0cc481be1f6ec8e5fc8283
          SHA512, b5d94ec821750aed9f52c5d0218a6338cf5b591dc9206ec3ba2b8e9586fda5228fabd85834c6c5aeabe176eee2e171d4eab98aeaacfc272b82ba2857bc7f00f1
          BLAKE2B, 8ae61e9ddb8c4b3375506a7be6825e0a6da5bc24a416b4b983feaaed511855924f456b42abd05cbe3662c7b53328651085ebd9ec5bc2c505f1c65a01c35eccee
          """)
  void digestsAsCpythonDoes(HashAlgorithm algorithm, String expected) {
    assertThat(digestOfDigests(algorithm, wasm)).isEqualTo(expected);
    assertThat(digestOfDigests(algorithm, JAVA)).isEqualTo(expected);
  }

  /** NIST CAVP; of the long messages some. */
  @ParameterizedTest
  @CsvSource({
    "SHA1, SHA1ShortMsg.rsp, 65",
    "SHA1, SHA1LongMsg.rsp, 17",
    "SHA512, SHA512ShortMsg.rsp, 129",
    "SHA512, SHA512LongMsg.rsp, 9"
  })
  void shaAnswersAsNistSays(HashAlgorithm algorithm, String file, int count) {
    List<ResponseFile.Vector> vectors = ResponseFile.read(file, "Msg");
    assertThat(vectors).hasSize(count);
    for (ResponseFile.Vector vector : vectors) {
      byte[] message = Arrays.copyOf(vector.bytes("Msg"), vector.number("Len") / 8);
      check(algorithm, message, 0, HexFormat.of().formatHex(vector.bytes("MD")));
    }
  }

  private static String digestOfDigests(HashAlgorithm algorithm, Hash hash) {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (int i = 0; i <= 600; i++) {
      digests.writeBytes(algorithm.hash(hash, counting(i), 0));
    }
    return HexFormat.of().formatHex(algorithm.hash(hash, digests.toByteArray(), 0));
  }

  private static void check(HashAlgorithm algorithm, byte[] data, long seed, String expected) {
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(algorithm.hash(wasm, data, seed))).isEqualTo(expected);
    assertThat(hex.formatHex(algorithm.hash(JAVA, data, seed))).isEqualTo(expected);
  }

  /** 0, 1, … 250, 0, 1, … */
  private static byte[] counting(int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (i % 251);
    }
    return data;
  }
}
