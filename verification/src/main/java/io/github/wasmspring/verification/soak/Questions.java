package io.github.wasmspring.verification.soak;

import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.bundle.validation.SchemaReport;
import io.github.wasmspring.bundle.validation.Validation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** Questions to five bundled modules, answered in advance by their Java peers. */
final class Questions {

  private static final int VARIANTS = 16;

  private static final Json JSON = new Json() {};
  private static final Hash HASH = new Hash() {};
  private static final Compression COMPRESSION = new Compression() {};
  private static final Compute COMPUTE = new Compute() {};
  private static final Validation VALIDATION = new Validation() {};

  private static final String SCHEMA =
      """
      {"type": "object", "required": ["id", "tags"],
       "properties": {"id": {"type": "integer", "minimum": 10},
                      "tags": {"type": "array", "items": {"type": "string", "maxLength": 5}}}}
      """;

  private final Random random = new Random(20261121);
  private final List<Question<?>> all = new ArrayList<>();

  private Questions() {}

  static List<Question<?>> create() {
    Questions questions = new Questions();
    for (int i = 0; i < VARIANTS; i++) {
      questions.addJson();
      questions.addHashes();
      questions.addCompression();
      questions.addCompute();
      questions.addValidation();
    }
    return List.copyOf(questions.all);
  }

  private <T> void add(String name, Class<T> type, T java, Function<T, Object> call) {
    this.all.add(Question.of(name, type, java, call));
  }

  private <T> void addAsync(String name, Class<T> type, Function<T, Object> call, Object expected) {
    this.all.add(new Question<>(name + ", asynchronous", type, call, expected));
  }

  private void addJson() {
    String document = document(1 + this.random.nextInt(100));
    String broken = this.random.nextBoolean() ? document + "]" : document.substring(1);
    add("json.format", Json.class, JSON, json -> json.format(document, 2, true));
    add("json.minify", Json.class, JSON, json -> json.minify(document));
    add("json.query", Json.class, JSON, json -> json.query(document, "/m0/1"));
    add("json.validate", Json.class, JSON, json -> json.validate(broken));
    addAsync("json.minify", AsyncJson.class, json -> json.minify(document), JSON.minify(document));
    add("json.format of a broken document", Json.class, JSON, json -> json.format(broken, 2, true));
  }

  private String document(int members) {
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < members; i++) {
      document
          .append(" \"m%d\" : [%d, \"%s\"],".formatted(i, this.random.nextLong(), word()))
          .append("\n");
    }
    return document.append("\"z\":{}}").toString();
  }

  private String word() {
    return this.random
        .ints(1 + this.random.nextInt(12), 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .append(this.random.nextBoolean() ? "" : "ä€😀")
        .toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[this.random.nextInt(4_000)];
    this.random.nextBytes(bytes);
    return bytes;
  }

  private void addHashes() {
    byte[] data = bytes();
    long seed = this.random.nextLong();
    add("hash.xxh64", Hash.class, HASH, hash -> hash.xxh64(data, seed));
    add("hash.murmur128", Hash.class, HASH, hash -> hash.murmur128(data, (int) seed));
    add("hash.sha512", Hash.class, HASH, hash -> hash.sha512(data));
    add("hash.blake3", Hash.class, HASH, hash -> hash.blake3(data));
    addAsync("hash.sha512", AsyncHash.class, hash -> hash.sha512(data), HASH.sha512(data));
    addAsync("hash.xxh3", AsyncHash.class, hash -> hash.xxh3(data, seed), HASH.xxh3(data, seed));
    add("hash.crc32", Hash.class, HASH, hash -> hash.crc32(data));
  }

  private void addCompression() {
    byte[] data = document(1 + this.random.nextInt(50)).getBytes(StandardCharsets.UTF_8);
    byte[] gzip = COMPRESSION.gzip(data, 6);
    byte[] lz4 = COMPRESSION.lz4Compress(data, 1);
    byte[] brotli = COMPRESSION.brotliCompress(data, 5);
    Class<Compression> type = Compression.class;
    add("compression.gunzip", type, COMPRESSION, module -> module.gunzip(gzip, data.length));
    add("compression.gunzip of a bomb", type, COMPRESSION, module -> module.gunzip(gzip, 10));
    add("compression.gunzip of anything", type, COMPRESSION, module -> module.gunzip(lz4, 10));
    add("compression.unlz4", type, COMPRESSION, module -> module.lz4Decompress(lz4, data.length));
    add(
        "compression.unbrotli",
        type,
        COMPRESSION,
        module -> module.brotliDecompress(brotli, data.length));
    // Compressed bytes may differ; what is in them must not.
    this.all.add(
        new Question<>(
            "compression.gzip",
            type,
            module -> COMPRESSION.gunzip(module.gzip(data, 6), data.length),
            data));
    this.all.add(
        new Question<>(
            "compression.lz4",
            type,
            module -> COMPRESSION.lz4Decompress(module.lz4Compress(data, 1), data.length),
            data));
  }

  private double[] numbers(int count) {
    return this.random.doubles(count, -1, 1).toArray();
  }

  private void addCompute() {
    double[] a = numbers(256);
    double[] b = numbers(256);
    add("compute.matmulF64", Compute.class, COMPUTE, module -> module.matmulF64(a, b, 16, 16, 16));
    add("compute.fft", Compute.class, COMPUTE, module -> module.fft(a));
    add("compute.statistics", Compute.class, COMPUTE, module -> module.statistics(b));
    add("compute.kMeans", Compute.class, COMPUTE, module -> module.kMeans(a, 2, 3, 5, 7));
    add(
        "compute.fft of half a number",
        Compute.class,
        COMPUTE,
        module -> module.fft(new double[3]));
  }

  private void addValidation() {
    String word = word();
    String uuid = new UUID(this.random.nextLong(), this.random.nextLong()).toString();
    String document =
        "{\"id\": %d, \"tags\": [\"%s\", 1]}".formatted(this.random.nextInt(20), word);
    Class<Validation> type = Validation.class;
    add("validation.email", type, VALIDATION, module -> module.email(word + "@example.org", true));
    add("validation.uuid", type, VALIDATION, module -> module.uuid(uuid, 4));
    add("validation.dateTime", type, VALIDATION, module -> module.dateTime("2026-02-29T10:00:00Z"));
    add(
        "validation.validateSchema",
        type,
        VALIDATION,
        module -> violations(module.validateSchema(SCHEMA, document)));
  }

  /** Where and what; the words for people differ. */
  private static List<String> violations(SchemaReport report) {
    return report.violations().stream()
        .map(violation -> violation.instanceLocation() + " " + violation.keywordLocation())
        .sorted()
        .toList();
  }
}
