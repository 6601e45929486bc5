package io.github.wasmspring.sample;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The application's own module, called through its interface. */
@RestController
class GreeterController {

  private final Greeter greeter;

  GreeterController(Greeter greeter) {
    this.greeter = greeter;
  }

  /**
   * @param fail makes the guest panic, to see the fallback take over
   */
  @GetMapping("/api/greeter")
  ResponseEntity<Map<String, String>> greet(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "false") boolean fail,
      @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode) {
    WasmResult<String> result = this.greeter.greet(name, fail, WasmCallOptions.mode(mode));
    return Answers.of(result, Map.of("greeting", result.value()));
  }
}
