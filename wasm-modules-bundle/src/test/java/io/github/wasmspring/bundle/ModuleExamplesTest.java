package io.github.wasmspring.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.compression.CompressionStreams;
import io.github.wasmspring.bundle.compression.StreamingCompression;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.compute.ParallelCompute;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.crypto.IncrementalDigest;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.hash.IncrementalHash;
import io.github.wasmspring.bundle.memory.Memory;
import io.github.wasmspring.bundle.validation.SchemaReport;
import io.github.wasmspring.bundle.validation.SchemaSession;
import io.github.wasmspring.bundle.validation.SchemaViolation;
import io.github.wasmspring.bundle.validation.Validation;
import io.github.wasmspring.bundle.validation.Verdict;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples of docs/modules; that the pages show just these lines is tested in sample-app. */
class ModuleExamplesTest {

  private static final List<byte[]> PIECES =
      List.of("Hello, ".getBytes(UTF_8), "Wasm".getBytes(UTF_8));
  private static final byte[] WHOLE = "Hello, Wasm".getBytes(UTF_8);

  private static WasmRuntime runtime;
  private static WasmModuleManager manager;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    manager = runtime.manager();
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void computeKeepsArraysInASession() {
    double[] matrix = {1, 2, 3, 4};
    Compute java = new Compute() {};
    double[] expected = java.matmulF64(java.matmulF64(matrix, matrix, 2, 2, 2), matrix, 2, 2, 2);
    cube(matrix, 2);
    assertThat(matrix).isEqualTo(expected);
  }

  private static void cube(double[] matrix, int n) {
    try (WasmSession session = manager.open("compute")) {
      int bytes = matrix.length * Double.BYTES;
      long a = session.call("wasm_alloc", bytes)[0];
      session.memory().window((int) a, bytes).asDoubleBuffer().put(matrix);
      long square = session.call("matmul_f64", a, bytes, a, bytes, n, n, n)[0] >>> 32;
      long cube = session.call("matmul_f64", square, bytes, a, bytes, n, n, n)[0] >>> 32;
      session.memory().window((int) cube, bytes).asDoubleBuffer().get(matrix);
      for (long address : new long[] {a, square, cube}) {
        session.call("wasm_free", address, bytes);
      }
    }
  }

  @Test
  void computeMultipliesOnSeveralThreads() {
    float[] matrix = {1, 2, 3, 4};
    assertThat(multiply(matrix, matrix, 2, 2, 2)).containsExactly(7, 10, 15, 22);
  }

  private static float[] multiply(float[] a, float[] b, int m, int k, int n) {
    ParallelCompute compute = manager.bind(ParallelCompute.class);
    float[] product = compute.matmulF32(a, b, m, k, n, Runtime.getRuntime().availableProcessors());
    return product;
  }

  @Test
  void hashTakesPieces() {
    assertThat(blake3(PIECES)).isEqualTo(new Hash() {}.blake3(WHOLE));
  }

  private static byte[] blake3(List<byte[]> pieces) {
    try (WasmSession session = manager.open("hash")) {
      IncrementalHash hash = session.bind(IncrementalHash.class);
      int digest = hash.blake3New();
      for (byte[] piece : pieces) {
        hash.update(digest, piece);
      }
      return hash.finish(digest);
    }
  }

  @Test
  void cryptoTakesPieces() {
    byte[] key = {1, 2, 3};
    assertThat(authenticate(key, PIECES)).isEqualTo(new Crypto() {}.hmacSha256(key, WHOLE));
  }

  private static byte[] authenticate(byte[] key, List<byte[]> pieces) {
    try (WasmSession session = manager.open("crypto")) {
      IncrementalDigest digests = session.bind(IncrementalDigest.class);
      int digest = digests.hmacSha256New(key);
      for (byte[] piece : pieces) {
        digests.update(digest, piece);
      }
      return digests.finish(digest);
    }
  }

  @Test
  void cryptoSealsAndOpens() {
    Crypto crypto = manager.bind(Crypto.class);
    byte[] key = new byte[16];
    byte[] header = {1};
    byte[] message = WHOLE;
    SecureRandom secureRandom = new SecureRandom();

    byte[] nonce = new byte[12];
    secureRandom.nextBytes(nonce);
    byte[] sealed = crypto.aesGcmEncrypt(key, nonce, header, message);
    byte[] opened = crypto.aesGcmDecrypt(key, nonce, header, sealed);

    assertThat(sealed).hasSize(message.length + 16);
    assertThat(opened).isEqualTo(message);
  }

  @Test
  void validationSaysWhereAndWhy() {
    Validation validation = manager.bind(Validation.class);

    Verdict verdict = validation.dateTime("2026-02-29T12:00:00Z");
    assertThat(verdict.valid()).isFalse();
    assertThat(verdict.code()).isEqualTo("date.day");
    assertThat(verdict.offset()).isEqualTo(8);
    assertThat(verdict.message()).isEqualTo("this month has no such day");
  }

  @Test
  void compressionTakesAPieceOfText() {
    Compression compression = manager.bind(Compression.class);
    String text = "text ".repeat(100);

    byte[] small = compression.gzip(text.getBytes(UTF_8), 6);
    byte[] again = compression.gunzip(small, 10_000_000);

    assertThat(small).hasSizeLessThan(50);
    assertThat(again).asString(UTF_8).isEqualTo(text);
  }

  @Test
  void compressionTakesStreams() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    compress(new ByteArrayInputStream(WHOLE), file);
    assertThat(new Compression() {}.lz4Decompress(file.toByteArray(), 0)).isEqualTo(WHOLE);
  }

  private static void compress(InputStream source, OutputStream file) throws IOException {
    try (WasmSession session = manager.open("compression")) {
      StreamingCompression streams = session.bind(StreamingCompression.class);
      int stream = streams.lz4CompressNew(0);
      try (OutputStream out = CompressionStreams.writing(streams, stream, file)) {
        source.transferTo(out);
      }
    }
  }

  @Test
  void memoryFindsWhatDiffers() {
    Memory memory = manager.bind(Memory.class);
    byte[] before = new byte[100];
    byte[] after = before.clone();
    after[10] = 1;
    after[15] = 1;
    after[90] = 1;
    byte[] patched = before.clone();

    int[] ranges = memory.differingRanges(before, after, 8);
    for (int i = 0; i < ranges.length; i += 2) {
      System.arraycopy(after, ranges[i], patched, ranges[i], ranges[i + 1] - ranges[i]);
    }

    assertThat(ranges).containsExactly(10, 16, 90, 91);
    assertThat(Arrays.mismatch(patched, after)).isEqualTo(-1);
  }

  private static final String NAMES =
      "{\"items\":{\"$ref\":\"#/$defs/name\"},\"$defs\":{\"name\":{\"maxLength\":3}}}";

  @Test
  void validationFindsViolationsOfASchema() {
    Validation validation = manager.bind(Validation.class);
    List<String> lines = new ArrayList<>();
    String schema = NAMES;
    String document = "[\"Ada\",\"Grace\"]";

    SchemaReport report = validation.validateSchema(schema, document);
    for (SchemaViolation violation : report.violations()) {
      lines.add(violation.instanceLocation() + ": " + violation.message());
    }

    assertThat(lines).containsExactly("/1: 5 characters, expected at most 3");
  }

  @Test
  void validationKeepsSchemasInASession() {
    List<SchemaReport> reports = validateAll(NAMES, List.of("[]", "[\"Ada\"]", "[\"Grace\"]"));
    assertThat(reports).extracting(SchemaReport::valid).containsExactly(true, true, false);
  }

  private static List<SchemaReport> validateAll(String schema, List<String> documents) {
    List<SchemaReport> reports = new ArrayList<>();
    try (WasmSession session = manager.open("validation")) {
      SchemaSession schemas = session.bind(SchemaSession.class);
      int handle = schemas.compileSchema(schema, List.of()).handle();
      for (String document : documents) {
        reports.add(schemas.validateCompiled(handle, document));
      }
    }
    return reports;
  }
}
