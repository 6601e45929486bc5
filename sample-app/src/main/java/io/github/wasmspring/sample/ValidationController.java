package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.bundle.validation.SchemaReport;
import io.github.wasmspring.bundle.validation.Verdict;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code validation}: what a text is, and whether JSON fits a schema. */
@RestController
@RequestMapping("/api/validation")
class ValidationController {

  /** Nothing that has one of these formats is longer. */
  private static final int MOST_BYTES = 64 << 10;

  private static final List<Format> FORMATS =
      List.of(
          new Format("e-mail address", "email", Map.of("international", true)),
          new Format("host name", "hostname", Map.of("international", true)),
          new Format("IPv4 address", "ipv4", Map.of()),
          new Format("IPv6 address", "ipv6", Map.of("zone", true)),
          new Format("URL", "url", Map.of("schemes", "")),
          new Format("URI", "uri", Map.of()),
          new Format("UUID", "uuid", Map.of("version", 0)),
          new Format("date", "date", Map.of()),
          new Format("week date", "weekDate", Map.of()),
          new Format("ordinal date", "ordinalDate", Map.of()),
          new Format("time", "time", Map.of()),
          new Format("date and time", "dateTime", Map.of()),
          new Format("local date and time", "localDateTime", Map.of()),
          new Format("duration", "duration", Map.of()),
          new Format("card number", "creditCard", Map.of()));

  private record Format(String name, String operation, Map<String, ?> options) {}

  /** Whether the text has one of the formats. */
  record Checked(String format, Verdict verdict) {}

  record Documents(@Nullable String schema, @Nullable String document) {}

  private final WasmModuleManager modules;
  private final RequestText requestText;
  private final RequestJson requestJson;

  ValidationController(
      WasmModuleManager modules, RequestText requestText, RequestJson requestJson) {
    this.modules = modules;
    this.requestText = requestText;
    this.requestJson = requestJson;
  }

  @PostMapping("/formats")
  ResponseEntity<List<Checked>> formats(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    String text = new String(this.requestText.read(request, MOST_BYTES), StandardCharsets.UTF_8);
    CallTally tally = new CallTally();
    return tally.answer(
        FORMATS.stream()
            .map(format -> new Checked(format.name(), tally.count(check(format, text, mode))))
            .toList());
  }

  private WasmResult<Verdict> check(Format format, String text, WasmExecutionMode mode) {
    return this.modules
        .module("validation")
        .operation(format.operation())
        .input(text)
        .options(format.options())
        .mode(mode)
        .retrieve(Verdict.class);
  }

  @PostMapping("/schema")
  ResponseEntity<SchemaReport> schema(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Documents documents = this.requestJson.read(request, Documents.class);
    Refusals.refuseIf(
        documents.schema() == null || documents.document() == null,
        "The body must have a 'schema' and a 'document', both of them JSON as text.");
    return Answers.of(
        this.modules
            .module("validation")
            .operation("validateSchema")
            .input(documents.schema())
            .option("document", documents.document())
            .mode(mode)
            .retrieve(SchemaReport.class));
  }
}
