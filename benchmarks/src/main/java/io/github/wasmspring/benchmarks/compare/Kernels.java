package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.benchmarks.compare.Kernel.Kind;
import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The work that is compared. Inputs are made only for the kernel that is asked for. */
final class Kernels {

  private static final int SIZE = 128;
  private static final int KILOBYTES_64 = 64 << 10;
  private static final int DOCUMENT = 100_000;

  private static final Map<String, Supplier<Kernel<?>>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("matmul-128", Kernels::matmul);
    ALL.put("fft-1024", Kernels::fft);
    ALL.put("k-means-1000x3", Kernels::kMeans);
    ALL.put("cosine-10000x384", Kernels::cosine);
    ALL.put("sha256-64k", Kernels::sha256);
    ALL.put("blake3-64k", Kernels::blake3);
    ALL.put("xxh64-64k", Kernels::xxh64);
    ALL.put("json-format-100k", Kernels::jsonFormat);
    ALL.put("json-minify-100k", Kernels::jsonMinify);
    ALL.put("gzip-100k", Kernels::gzip);
    ALL.put("gunzip-100k", Kernels::gunzip);
    ALL.put("brotli-100k", Kernels::brotli);
    ALL.put("lz4-100k", Kernels::lz4);
    ALL.put("jpeg-320x240", Kernels::jpeg);
  }

  private Kernels() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  static Kernel<?> named(String name) {
    Supplier<Kernel<?>> kernel = ALL.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(
          "There is no kernel '%s', only %s".formatted(name, names()));
    }
    return kernel.get();
  }

  private static Kernel<Compute> matmul() {
    float[] a = Inputs.floats(SIZE * SIZE);
    return compute(
        "matmul-128",
        "matmul_f32",
        List.of(a, a, SIZE, SIZE, SIZE),
        Kind.FLOATS,
        compute -> compute.matmulF32(a, a, SIZE, SIZE, SIZE));
  }

  private static Kernel<Compute> fft() {
    double[] signal = Inputs.doubles(2 * 1024);
    return compute(
        "fft-1024", "fft", List.of(signal), Kind.DOUBLES, compute -> compute.fft(signal));
  }

  /** Eight clusters, ten rounds. */
  private static Kernel<Compute> kMeans() {
    double[] points = Inputs.doubles(1_000 * 3);
    return compute(
        "k-means-1000x3",
        "k_means",
        List.of(points, 3, 8, 10, 1L),
        Kind.DOUBLES,
        compute -> compute.kMeans(points, 3, 8, 10, 1));
  }

  /** 15 MB, copied in with every call. */
  private static Kernel<Compute> cosine() {
    float[] query = Inputs.floats(384);
    float[] rows = Inputs.floats(10_000 * 384);
    return compute(
        "cosine-10000x384",
        "cosine",
        List.of(query, rows),
        Kind.FLOATS,
        compute -> compute.cosine(query, rows));
  }

  private static Kernel<Compute> compute(
      String name,
      String export,
      List<Object> arguments,
      Kind kind,
      Function<Compute, Object> call) {
    return new Kernel<>(
        name,
        "compute",
        export,
        arguments,
        kind,
        Compute.class,
        new Compute() {},
        call,
        UnaryOperator.identity());
  }

  private static Kernel<Crypto> sha256() {
    byte[] data = Inputs.bytes(KILOBYTES_64);
    return new Kernel<>(
        "sha256-64k",
        "crypto",
        "sha256",
        List.of(data),
        Kind.BYTES,
        Crypto.class,
        new Crypto() {},
        crypto -> crypto.sha256(data),
        UnaryOperator.identity());
  }

  private static Kernel<Hash> blake3() {
    byte[] data = Inputs.bytes(KILOBYTES_64);
    return hash("blake3-64k", "blake3", List.of(data), Kind.BYTES, hash -> hash.blake3(data));
  }

  private static Kernel<Hash> xxh64() {
    byte[] data = Inputs.bytes(KILOBYTES_64);
    return hash("xxh64-64k", "xxh64", List.of(data, 0L), Kind.I64, hash -> hash.xxh64(data, 0));
  }

  private static Kernel<Hash> hash(
      String name, String export, List<Object> arguments, Kind kind, Function<Hash, Object> call) {
    return new Kernel<>(
        name,
        "hash",
        export,
        arguments,
        kind,
        Hash.class,
        new Hash() {},
        call,
        UnaryOperator.identity());
  }

  private static Kernel<Json> jsonFormat() {
    String document = Inputs.json(DOCUMENT);
    return json(
        "json-format-100k",
        "format",
        List.of(document, 2, 0),
        json -> json.format(document, 2, false));
  }

  private static Kernel<Json> jsonMinify() {
    String document = Inputs.json(DOCUMENT);
    return json("json-minify-100k", "minify", List.of(document), json -> json.minify(document));
  }

  private static Kernel<Json> json(
      String name, String export, List<Object> arguments, Function<Json, Object> call) {
    return new Kernel<>(
        name,
        "json",
        export,
        arguments,
        Kind.TEXT,
        Json.class,
        new Json() {},
        call,
        UnaryOperator.identity());
  }

  private static Kernel<Compression> gzip() {
    byte[] data = document();
    return compression(
        "gzip-100k",
        "gzip",
        List.of(data, 6),
        compression -> compression.gzip(data, 6),
        packed -> inJava().gunzip((byte[]) packed, 0));
  }

  private static Kernel<Compression> gunzip() {
    byte[] packed = inJava().gzip(document(), 6);
    return compression(
        "gunzip-100k",
        "gunzip",
        List.of(packed, 0),
        compression -> compression.gunzip(packed, 0),
        UnaryOperator.identity());
  }

  private static Kernel<Compression> brotli() {
    byte[] data = document();
    return compression(
        "brotli-100k",
        "brotli_compress",
        List.of(data, 5),
        compression -> compression.brotliCompress(data, 5),
        packed -> inJava().brotliDecompress((byte[]) packed, 0));
  }

  private static Kernel<Compression> lz4() {
    byte[] data = document();
    return compression(
        "lz4-100k",
        "lz4_compress",
        List.of(data, 0),
        compression -> compression.lz4Compress(data, 0),
        packed -> inJava().lz4Decompress((byte[]) packed, 0));
  }

  /** 19 KB in, 230,400 bytes out. */
  private static Kernel<Jpeg> jpeg() {
    byte[] file = Picture.jpeg();
    return new Kernel<>(
        "jpeg-320x240",
        "jpeg",
        "decode_rgb",
        List.of(file),
        Kind.BYTES,
        Jpeg.class,
        new Jpeg() {},
        jpeg -> jpeg.decodeRgb(file),
        rgb -> new Samples((byte[]) rgb),
        Picture.decoded());
  }

  private static byte[] document() {
    return Inputs.json(DOCUMENT).getBytes(StandardCharsets.UTF_8);
  }

  /** The module's fallbacks. */
  private static Compression inJava() {
    return new Compression() {};
  }

  private static Kernel<Compression> compression(
      String name,
      String export,
      List<Object> arguments,
      Function<Compression, Object> call,
      UnaryOperator<Object> plain) {
    return new Kernel<>(
        name,
        "compression",
        export,
        arguments,
        Kind.BYTES,
        Compression.class,
        inJava(),
        call,
        plain);
  }
}
