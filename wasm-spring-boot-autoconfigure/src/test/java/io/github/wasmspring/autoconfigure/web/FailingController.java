package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Fails in every way that a module can. */
@RestController
class FailingController {

  @GetMapping("/category/{category}")
  String category(@PathVariable WasmErrorCategory category) {
    throw failure(category);
  }

  @GetMapping("/of/{module}/{category}")
  String of(@PathVariable String module, @PathVariable WasmErrorCategory category) {
    throw failure(module, category);
  }

  @GetMapping("/elsewhere/{module}/{category}")
  String elsewhere(@PathVariable String module, @PathVariable WasmErrorCategory category) {
    throw new WasmExecutionException(category, "another bug", null)
        .locate(new WasmErrorContext(module, "1.0.0", "open", "jvm-compiled"));
  }

  @GetMapping("/code/{code}")
  String code(@PathVariable String code) {
    throw new WasmOperationException(code, "unexpected ']' at line 1", 17L, 3);
  }

  @GetMapping("/input")
  String input() {
    throw new WasmInvalidInputException("indent must be at most 16");
  }

  @GetMapping(path = "/text", produces = "text/plain")
  String text() {
    throw failure(WasmErrorCategory.TIMEOUT);
  }

  @GetMapping("/later")
  CompletableFuture<String> later() {
    return CompletableFuture.failedFuture(failure(WasmErrorCategory.TIMEOUT));
  }

  @GetMapping("/mono")
  Mono<String> mono() {
    return Mono.error(failure(WasmErrorCategory.TIMEOUT));
  }

  @GetMapping("/other")
  String other() {
    throw new IllegalStateException("nothing to do with modules");
  }

  private static WasmException failure(WasmErrorCategory category) {
    return failure("vault", category);
  }

  private static WasmException failure(String module, WasmErrorCategory category) {
    return new WasmExecutionException(category, "secret of the machine", null)
        .locate(new WasmErrorContext(module, "1.0.0", "open", "jvm-compiled"));
  }
}
