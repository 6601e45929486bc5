package io.github.wasmspring.sample;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.sample.DiscountPlugin.Installed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A plug-in that visitors upload, break and roll back. */
@RestController
@RequestMapping("/api/plugin")
class DiscountController {

  private static final int MOST_BYTES = 1 << 20;

  /**
   * @param version of the plug-in that said so
   */
  record Price(double price, String version) {}

  private final DiscountPlugin plugin;
  private final RequestText requestText;
  private final PluginChanges changes;

  DiscountController(DiscountPlugin plugin, RequestText requestText, PluginChanges changes) {
    this.plugin = plugin;
    this.requestText = requestText;
    this.changes = changes;
  }

  @GetMapping
  Installed installed() {
    return this.plugin.installed();
  }

  @PostMapping
  Installed upload(HttpServletRequest request, @RequestParam String version) throws IOException {
    this.changes.make(
        request,
        () -> {
          byte[] module = this.requestText.read(request, MOST_BYTES);
          Refusals.refuseIf(module.length == 0, "Choose a .wasm file first.");
          this.plugin.put(module, version(version));
        });
    return this.plugin.installed();
  }

  private static String version(String version) {
    Refusals.refuseIf(
        !version.matches("\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}"),
        "The version must be three numbers, as 1.4.0.");
    return version;
  }

  @PostMapping("/examples/{example}")
  Installed example(HttpServletRequest request, @PathVariable DiscountExample example)
      throws IOException {
    this.changes.make(
        request,
        () ->
            this.plugin.put(
                new ClassPathResource(example.resource()).getContentAsByteArray(),
                example.version()));
    return this.plugin.installed();
  }

  @PostMapping("/rollback")
  Installed rollBack(HttpServletRequest request) throws IOException {
    this.changes.make(request, this.plugin::rollBack);
    return this.plugin.installed();
  }

  @DeleteMapping
  Installed remove(HttpServletRequest request) throws IOException {
    this.changes.make(request, this.plugin::remove);
    return this.plugin.installed();
  }

  @GetMapping("/price")
  ResponseEntity<Price> price(@RequestParam(defaultValue = "100") double amount) {
    WasmResult<Double> price = this.plugin.price(amount);
    return Answers.of(price, new Price(price.value(), price.version()));
  }

  /** Who brings a plug-in is told what is wrong with it. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(WasmException failure) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, failure.getMessage());
    problem.setProperty("category", failure.category());
    return ResponseEntity.of(problem).build();
  }
}
