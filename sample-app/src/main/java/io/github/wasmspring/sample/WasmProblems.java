package io.github.wasmspring.sample;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmSource;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers failures as problem details (RFC 9457), never with a 500. */
@RestControllerAdvice
class WasmProblems extends ResponseEntityExceptionHandler {

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(WasmException failure, HttpServletRequest request) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(failure), failure.detail());
    problem.setProperty("category", failure.category());
    if (failure instanceof WasmOperationException answer) {
      problem.setProperty("code", answer.code());
      if (answer.offset() != null) {
        problem.setProperty("offset", answer.offset());
      }
    }
    boolean java = "java".equals(failure.engine());
    WasmSource source = java ? AskedMode.of(request).inJava() : WasmSource.WASM;
    return ResponseEntity.status(problem.getStatus())
        .header(Answers.SOURCE_HEADER, source.name())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static HttpStatus status(WasmException failure) {
    return switch (failure.category()) {
      case INVALID_INPUT -> HttpStatus.BAD_REQUEST;
      case OPERATION ->
          failure instanceof WasmOperationException answer && answer.code().endsWith(".not-found")
              ? HttpStatus.NOT_FOUND
              : HttpStatus.BAD_REQUEST;
      case MEMORY_LIMIT -> HttpStatus.CONTENT_TOO_LARGE;
      default -> HttpStatus.SERVICE_UNAVAILABLE;
    };
  }

  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }
}
