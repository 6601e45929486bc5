package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The bundled module {@code strings}. */
@RestController
@RequestMapping("/api/strings")
class StringsController {

  private static final int LISTED_POSITIONS = 1000;

  /**
   * @param count how often the needle occurs
   * @param first where it occurs first, in UTF-16 units, or -1
   * @param positions where it occurs, the first thousand places
   */
  record Occurrences(int count, int first, int[] positions) {}

  private final WasmModuleManager modules;
  private final RequestText requestText;

  StringsController(WasmModuleManager modules, RequestText requestText) {
    this.modules = modules;
    this.requestText = requestText;
  }

  @PostMapping("/search")
  ResponseEntity<Occurrences> search(
      HttpServletRequest request,
      @RequestParam String needle,
      @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    if (needle.isEmpty()) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "The parameter 'needle' must not be empty.");
    }
    WasmResult<int[]> result =
        this.modules
            .module("strings")
            .operation("searchAll")
            .input(this.requestText.read(request))
            .option("needle", needle)
            .mode(mode)
            .retrieve(int[].class);
    int[] all = result.value();
    return Answers.of(
        result,
        new Occurrences(
            all.length,
            all.length == 0 ? -1 : all[0],
            Arrays.copyOf(all, Math.min(all.length, LISTED_POSITIONS))));
  }

  @PostMapping("/hash")
  ResponseEntity<Map<String, String>> hash(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    WasmResult<Long> result =
        this.modules
            .module("strings")
            .operation("hash")
            .input(this.requestText.read(request))
            .mode(mode)
            .retrieve(long.class);
    return Answers.of(
        result,
        Map.of("algorithm", "xxHash64", "hash", HexFormat.of().toHexDigits(result.value())));
  }
}
