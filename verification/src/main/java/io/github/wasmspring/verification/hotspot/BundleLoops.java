package io.github.wasmspring.verification.hotspot;

import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Calls what is hot in the bundled modules until HotSpot has compiled it. */
public final class BundleLoops {

  private static final int BYTES = 100_000;

  private BundleLoops() {}

  /**
   * @param arguments for how many milliseconds each operation is called
   */
  public static void main(String... arguments) {
    long each = Duration.ofMillis(Long.parseLong(arguments[0])).toNanos();
    try (WasmRuntime runtime = WasmRuntime.builder().engine("jvm").installedModules().build()) {
      operations(runtime.manager())
          .forEach(
              (name, operation) -> {
                long end = System.nanoTime() + each;
                do {
                  operation.run();
                } while (System.nanoTime() < end);
              });
    }
  }

  private static Map<String, Runnable> operations(WasmModuleManager manager) {
    Compression compression = manager.bind(Compression.class);
    Json json = manager.bind(Json.class);
    Crypto crypto = manager.bind(Crypto.class);
    Hash hash = manager.bind(Hash.class);
    Compute compute = manager.bind(Compute.class);
    String text = text();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] packed = compression.gzip(bytes, 6);
    byte[] block = compression.lz4Compress(bytes, 1);
    float[] matrix = new float[128 * 128];
    double[] signal = new double[2048];
    double[] points = new double[3000];
    float[] rows = new float[1000 * 384];
    float[] query = new float[384];
    Map<String, Runnable> operations = new LinkedHashMap<>();
    operations.put("gzip", () -> compression.gzip(bytes, 6));
    operations.put("gunzip", () -> compression.gunzip(packed, BYTES * 2));
    operations.put("brotli", () -> compression.brotliCompress(bytes, 5));
    operations.put("lz4", () -> compression.lz4Compress(bytes, 1));
    operations.put("lz4 back", () -> compression.lz4Decompress(block, BYTES * 2));
    operations.put("format", () -> json.format(text, 2, true));
    operations.put("minify", () -> json.minify(text));
    operations.put("sha256", () -> crypto.sha256(bytes));
    operations.put("blake3", () -> hash.blake3(bytes));
    operations.put("xxh64", () -> hash.xxh64(bytes, 1));
    operations.put("matmul", () -> compute.matmulF32(matrix, matrix, 128, 128, 128));
    operations.put("fft", () -> compute.fft(signal));
    operations.put("k-means", () -> compute.kMeans(points, 3, 8, 10, 1));
    operations.put("cosine", () -> compute.cosine(query, rows));
    return operations;
  }

  /** JSON, the same each time. */
  private static String text() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("[");
    while (text.length() < BYTES) {
      text.append(
          "{\"id\": %d, \"name\": \"n%d\", \"tags\": [true, null, 1.5e3]},\n"
              .formatted(random.nextInt(1_000_000), random.nextInt(1000)));
    }
    return text.append("{}]").toString();
  }
}
