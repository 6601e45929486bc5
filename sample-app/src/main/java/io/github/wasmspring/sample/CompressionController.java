package io.github.wasmspring.sample;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code compression}: the same data in each of its formats. */
@RestController
@RequestMapping("/api/compression")
class CompressionController {

  /** The slowest setting takes about a second for this. */
  private static final int MOST_BYTES = 1 << 20;

  private static final List<Format> FORMATS =
      List.of(
          new Format("lz4", "lz4Compress", "lz4Decompress", "level", 0, 3, 12),
          new Format("deflate", "deflate", "inflate", "level", 1, 6, 9),
          new Format("zlib", "zlibCompress", "zlibDecompress", "level", 1, 6, 9),
          new Format("gzip", "gzip", "gunzip", "level", 1, 6, 9),
          new Format("brotli", "brotliCompress", "brotliDecompress", "quality", 1, 5, 9));

  /** How much time may be taken for the sake of size. */
  enum Effort {
    FAST,
    USUAL,
    SMALL
  }

  private record Format(
      String name,
      String compress,
      String decompress,
      String option,
      int fast,
      int usual,
      int small) {

    int level(Effort effort) {
      return switch (effort) {
        case FAST -> this.fast;
        case USUAL -> this.usual;
        case SMALL -> this.small;
      };
    }
  }

  /**
   * What one format made of the data.
   *
   * @param size in bytes
   * @param same whether decompressing gave the data again
   * @param source who compressed; {@code null} if nobody could
   * @param problem why nobody could
   */
  record Compressed(
      String format,
      int level,
      int size,
      boolean same,
      double compressMillis,
      double decompressMillis,
      @Nullable WasmSource source,
      @Nullable String problem) {}

  /**
   * @param size of the data, in bytes
   */
  record Comparison(int size, List<Compressed> formats) {}

  private final WasmModuleManager modules;
  private final RequestText requestText;

  CompressionController(WasmModuleManager modules, RequestText requestText) {
    this.modules = modules;
    this.requestText = requestText;
  }

  @PostMapping("/compare")
  ResponseEntity<Comparison> compare(
      HttpServletRequest request,
      @RequestParam(defaultValue = "USUAL") Effort effort,
      @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    byte[] data = this.requestText.read(request, MOST_BYTES);
    CallTally tally = new CallTally();
    List<Compressed> rows =
        FORMATS.stream().map(format -> tryFormat(format, effort, data, mode, tally)).toList();
    return tally.answer(new Comparison(data.length, rows));
  }

  /** One format that can't be had does not spoil the others. */
  private Compressed tryFormat(
      Format format, Effort effort, byte[] data, WasmExecutionMode mode, CallTally tally) {
    int level = format.level(effort);
    try {
      WasmResult<byte[]> small =
          this.modules
              .module("compression")
              .operation(format.compress())
              .input(data)
              .option(format.option(), level)
              .mode(mode)
              .retrieve(byte[].class);
      WasmResult<byte[]> again =
          this.modules
              .module("compression")
              .operation(format.decompress())
              .input(small.value())
              .option("maxSize", MOST_BYTES)
              .mode(mode)
              .retrieve(byte[].class);
      return new Compressed(
          format.name(),
          level,
          tally.count(small).length,
          Arrays.equals(data, tally.count(again)),
          Answers.millis(small.duration()),
          Answers.millis(again.duration()),
          small.source(),
          null);
    } catch (WasmException refused) {
      return new Compressed(format.name(), level, 0, false, 0, 0, null, refused.detail());
    }
  }
}
