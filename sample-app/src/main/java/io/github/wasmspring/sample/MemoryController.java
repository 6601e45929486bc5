package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code memory}: where two texts differ. */
@RestController
class MemoryController {

  /**
   * @param gap ranges with so many equal bytes between them become one, 0 if {@code null}
   */
  record Texts(@Nullable String before, @Nullable String after, @Nullable Integer gap) {}

  /**
   * @param order -1, 0 or 1, as the bytes of UTF-8 compare
   * @param ranges pairs of bytes: where a range begins, and the one behind its end
   */
  record Differences(int order, int[] ranges) {}

  private final WasmModuleManager modules;
  private final RequestJson requestJson;

  MemoryController(WasmModuleManager modules, RequestJson requestJson) {
    this.modules = modules;
    this.requestJson = requestJson;
  }

  @PostMapping("/api/memory/differences")
  ResponseEntity<Differences> differences(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Texts texts = this.requestJson.read(request, Texts.class);
    byte[] before = utf8(texts.before());
    byte[] after = utf8(texts.after());
    int gap = texts.gap() == null ? 0 : texts.gap();
    CallTally tally = new CallTally();
    int order =
        tally.count(
            this.modules
                .module("memory")
                .operation("compare")
                .arguments(before, after)
                .mode(mode)
                .retrieve(int.class));
    int[] ranges =
        tally.count(
            this.modules
                .module("memory")
                .operation("differingRanges")
                .arguments(before, after, gap)
                .mode(mode)
                .retrieve(int[].class));
    return tally.answer(new Differences(order, ranges));
  }

  private static byte[] utf8(@Nullable String text) {
    return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
  }
}
