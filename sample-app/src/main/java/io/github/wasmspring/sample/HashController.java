package io.github.wasmspring.sample;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code hash} and the digests of {@code crypto}: all hashes of one input. */
@RestController
class HashController {

  private static final List<Algorithm> ALGORITHMS =
      List.of(
          new Algorithm("CRC-32", "hash", "crc32", int.class, Use.CHECKSUM),
          new Algorithm("CRC-32C", "hash", "crc32c", int.class, Use.CHECKSUM),
          new Algorithm("Adler-32", "hash", "adler32", int.class, Use.CHECKSUM),
          new Algorithm("FNV-1a 64", "hash", "fnv1a64", long.class, Use.TABLES),
          new Algorithm("xxHash32", "hash", "xxh32", int.class, Use.TABLES),
          new Algorithm("xxHash64", "hash", "xxh64", long.class, Use.TABLES),
          new Algorithm("XXH3", "hash", "xxh3", long.class, Use.TABLES),
          new Algorithm("XXH128", "hash", "xxh128", byte[].class, Use.TABLES),
          new Algorithm("Murmur3 32", "hash", "murmur32", int.class, Use.TABLES),
          new Algorithm("Murmur3 128", "hash", "murmur128", byte[].class, Use.TABLES),
          new Algorithm("MD5", "crypto", "md5", byte[].class, Use.BROKEN),
          new Algorithm("SHA-1", "hash", "sha1", byte[].class, Use.BROKEN),
          new Algorithm("SHA-256", "crypto", "sha256", byte[].class, Use.SECURITY),
          new Algorithm("SHA-512", "hash", "sha512", byte[].class, Use.SECURITY),
          new Algorithm("BLAKE2b", "hash", "blake2b", byte[].class, Use.SECURITY),
          new Algorithm("BLAKE3", "hash", "blake3", byte[].class, Use.SECURITY));

  /** What a hash is good for. */
  enum Use {
    CHECKSUM,
    TABLES,
    BROKEN,
    SECURITY
  }

  private record Algorithm(String name, String module, String operation, Class<?> type, Use use) {}

  /**
   * One hash of the input.
   *
   * @param hex {@code null} if nobody could compute it
   * @param problem why nobody could
   */
  record Hashed(
      String algorithm,
      Use use,
      @Nullable String hex,
      double millis,
      @Nullable WasmSource source,
      @Nullable String problem) {}

  private final WasmModuleManager modules;
  private final RequestText requestText;

  HashController(WasmModuleManager modules, RequestText requestText) {
    this.modules = modules;
    this.requestText = requestText;
  }

  @PostMapping("/api/hashes")
  ResponseEntity<List<Hashed>> hashes(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    byte[] data = this.requestText.read(request);
    CallTally tally = new CallTally();
    return tally.answer(
        ALGORITHMS.stream().map(algorithm -> hash(algorithm, data, mode, tally)).toList());
  }

  /** One hash that can't be had does not spoil the others. */
  private Hashed hash(Algorithm algorithm, byte[] data, WasmExecutionMode mode, CallTally tally) {
    try {
      WasmResult<?> result =
          this.modules
              .module(algorithm.module())
              .operation(algorithm.operation())
              .input(data)
              .mode(mode)
              .retrieve(algorithm.type());
      return new Hashed(
          algorithm.name(),
          algorithm.use(),
          hex(tally.count(result)),
          Answers.millis(result.duration()),
          result.source(),
          null);
    } catch (WasmException refused) {
      return new Hashed(algorithm.name(), algorithm.use(), null, 0, null, refused.detail());
    }
  }

  private static String hex(Object hash) {
    HexFormat format = HexFormat.of();
    if (hash instanceof byte[] bytes) {
      return format.formatHex(bytes);
    }
    return hash instanceof Integer small
        ? format.toHexDigits(small)
        : format.toHexDigits((Long) hash);
  }
}
