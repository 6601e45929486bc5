package io.github.wasmspring.sample;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.compute.ArrayStatistics;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.compute.ParallelCompute;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.bundle.json.JsonValidation;
import io.github.wasmspring.bundle.memory.Memory;
import io.github.wasmspring.bundle.strings.Strings;
import io.github.wasmspring.bundle.validation.SchemaReport;
import io.github.wasmspring.bundle.validation.SchemaViolation;
import io.github.wasmspring.bundle.validation.Validation;
import io.github.wasmspring.bundle.validation.Verdict;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorMatch;
import io.github.wasmspring.vector.VectorSearch;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the page shows under "In Java", compiled and run by {@link PageTest}. */
class PageExamples {

  private final Json json;
  private final Validation validation;
  private final Compression compression;
  private final Hash hash;
  private final Crypto crypto;
  private final Strings strings;
  private final Memory memory;
  private final Compute compute;
  private final ParallelCompute parallel;
  private final Greeter greeter;
  private final Hostile hostile;
  private final WasmPlugins plugins;
  private final VectorIndexes indexes;
  private final LetterEmbedding embedding = new LetterEmbedding();
  private final SecureRandom secureRandom = new SecureRandom();

  PageExamples(
      Json json,
      Validation validation,
      Compression compression,
      Hash hash,
      Crypto crypto,
      Strings strings,
      Memory memory,
      Compute compute,
      ParallelCompute parallel,
      Greeter greeter,
      Hostile hostile,
      WasmPlugins plugins,
      VectorIndexes indexes) {
    this.json = json;
    this.validation = validation;
    this.compression = compression;
    this.hash = hash;
    this.crypto = crypto;
    this.strings = strings;
    this.memory = memory;
    this.compute = compute;
    this.parallel = parallel;
    this.greeter = greeter;
    this.hostile = hostile;
    this.plugins = plugins;
    this.indexes = indexes;
  }

  List<Object> json(String document) {
    String tidy = json.format(document, 2, true);
    JsonValidation checked = json.validate(document);
    String first = json.query(document, "/languages/0");
    return List.of(tidy, checked.valid(), first);
  }

  List<String> schema(String schema, String document) {
    List<String> lines = new ArrayList<>();
    SchemaReport report = validation.validateSchema(schema, document);
    for (SchemaViolation violation : report.violations()) {
      lines.add(violation.instanceLocation() + ": " + violation.message());
    }
    return lines;
  }

  String documents(List<String> documents, String question) {
    VectorIndex index = indexes.create("documents", VectorIndexSettings.dimensions(512).build());
    for (String document : documents) {
      index.add(new VectorDocument(document, embedding.embed(document)));
    }
    List<VectorMatch> nearest =
        index.search(VectorSearch.of(embedding.embed(question)).maxResults(3).build());
    indexes.drop("documents");
    return nearest.get(0).id();
  }

  List<Object> formats() {
    Verdict verdict = validation.dateTime("2026-02-29T12:00:00Z");
    boolean valid = verdict.valid();
    String reason = verdict.message();
    return List.of(valid, reason);
  }

  List<byte[]> compression(byte[] data) {
    byte[] small = compression.brotliCompress(data, 5);
    byte[] again = compression.brotliDecompress(small, 1 << 20);
    byte[] forBrowsers = compression.gzip(data, 6);
    return List.of(small, again, forBrowsers);
  }

  List<Object> hashes(byte[] data) {
    byte[] digest = hash.blake3(data);
    long quick = hash.xxh3(data, 0);
    byte[] known = crypto.sha256(data);
    return List.of(digest, quick, known);
  }

  byte[] crypto(byte[] key, byte[] label, byte[] text) {
    byte[] nonce = new byte[12];
    secureRandom.nextBytes(nonce);
    byte[] sealed = crypto.aesGcmEncrypt(key, nonce, label, text);
    byte[] opened = crypto.aesGcmDecrypt(key, nonce, label, sealed);
    return opened;
  }

  List<Object> text(String text) {
    int[] places = strings.searchAll(text, "sea");
    int order = strings.compare(text, "She sells");
    long key = strings.hash(text);
    return List.of(places.length, order, key);
  }

  byte[] differences(byte[] before, byte[] after) {
    byte[] patched = before.clone();
    int[] ranges = memory.differingRanges(before, after, 0);
    for (int i = 0; i < ranges.length; i += 2) {
      System.arraycopy(after, ranges[i], patched, ranges[i], ranges[i + 1] - ranges[i]);
    }
    return patched;
  }

  List<Object> spectrum(double[] samples) {
    double[] spectrum = compute.realFft(samples);
    double[] again = compute.inverseRealFft(spectrum, samples.length);
    ArrayStatistics statistics = ArrayStatistics.of(compute.statistics(samples));
    return List.of(again, statistics.count());
  }

  int[] clusters(double[] points, long seed) {
    double[] centroids = compute.kMeans(points, 2, 4, 100, seed);
    int[] nearest = compute.nearestCentroids(points, centroids, 2);
    return nearest;
  }

  boolean matrix(double[] a, double[] b, float[] c, float[] d, int m, int k, int n, int threads) {
    double[] product = compute.matmulF64(a, b, m, k, n);
    float[] quicker = parallel.matmulF32(c, d, m, k, n, threads);
    return Arrays.equals(product, widened(quicker));
  }

  private static double[] widened(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }

  List<Object> greeter() {
    WasmResult<String> result = greeter.greet("Ada", false, WasmCallOptions.DEFAULTS);
    String greeting = result.value();
    WasmSource source = result.source();
    return List.of(greeting, source);
  }

  List<WasmPluginRevision> plugin(byte[] module, byte[] better) {
    plugins.install(WasmPluginRequest.of("discount").version("1.0.0").bytes(module));
    plugins.update(WasmPluginRequest.of("discount").version("1.1.0").bytes(better));
    plugins.rollBack("discount");
    return plugins.history("discount");
  }

  WasmErrorCategory hostile() {
    WasmErrorCategory category = null;
    try {
      hostile.loopForever();
    } catch (WasmException stopped) {
      category = stopped.category(); // TIMEOUT
    }
    return category;
  }
}
