package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.bundle.json.JsonValidation;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code json}, called by name through the fluent interface. */
@RestController
@RequestMapping("/api/json")
class JsonController {

  private final WasmModuleManager modules;
  private final RequestText requestText;

  JsonController(WasmModuleManager modules, RequestText requestText) {
    this.modules = modules;
    this.requestText = requestText;
  }

  @PostMapping("/format")
  ResponseEntity<byte[]> format(
      HttpServletRequest request,
      @RequestParam(defaultValue = "2") int indent,
      @RequestParam(defaultValue = "false") boolean sortKeys,
      @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    return Answers.json(
        operation("format", request, mode)
            .option("indent", indent)
            .option("sortKeys", sortKeys)
            .retrieve(String.class));
  }

  @PostMapping("/minify")
  ResponseEntity<byte[]> minify(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    return Answers.json(operation("minify", request, mode).retrieve(String.class));
  }

  @PostMapping("/validate")
  ResponseEntity<JsonValidation> validate(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    WasmResult<JsonValidation> result =
        operation("validate", request, mode).retrieve(JsonValidation.class);
    return Answers.of(result);
  }

  @PostMapping("/query")
  ResponseEntity<byte[]> query(
      HttpServletRequest request,
      @RequestParam String pointer,
      @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    return Answers.json(
        operation("query", request, mode).option("pointer", pointer).retrieve(String.class));
  }

  private OperationSpec operation(String name, HttpServletRequest request, WasmExecutionMode mode)
      throws IOException {
    return this.modules
        .module("json")
        .operation(name)
        .input(this.requestText.read(request))
        .mode(mode);
  }
}
