package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.internal.event.FailureSite;
import io.github.wasmspring.internal.event.Recurrences;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Answers failures of modules as problem details (RFC 9457), in Spring MVC and WebFlux alike. What
 * the client did wrong is told with code and place; of what went wrong here, it learns the status
 * only. Comes after every other advice.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class WasmProblemDetailsAdvice {

  private static final Logger logger = LoggerFactory.getLogger(WasmProblemDetailsAdvice.class);

  private final Duration retryAfter;
  private final Recurrences<Kind> failures = new Recurrences<>();

  private record Kind(
      @Nullable String module,
      @Nullable String operation,
      WasmErrorCategory category,
      FailureSite site) {

    static Kind of(WasmException failure) {
      return new Kind(
          failure.module(), failure.operation(), failure.category(), FailureSite.of(failure));
    }
  }

  /**
   * @param retryAfter what clients are told that were turned away
   */
  WasmProblemDetailsAdvice(Duration retryAfter) {
    this.retryAfter = retryAfter;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(WasmException failure) {
    HttpStatus status = status(failure);
    log(status, failure);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, this.retryAfter.toSeconds())));
    } else if (failure instanceof WasmTenantRefusedException refusal) {
      answer.header(HttpHeaders.RETRY_AFTER, Long.toString(secondsUntil(refusal)));
    }
    return answer.body(problem(status, failure));
  }

  private static long secondsUntil(WasmTenantRefusedException refusal) {
    return Math.max(1, refusal.retryAfter().plusNanos(999_999_999).toSeconds());
  }

  private static HttpStatus status(WasmException failure) {
    if (failure instanceof WasmTenantRefusedException) {
      return HttpStatus.TOO_MANY_REQUESTS;
    }
    return switch (failure.category()) {
      case INVALID_INPUT -> HttpStatus.BAD_REQUEST;
      case OPERATION ->
          failure instanceof WasmOperationException answer && answer.code().endsWith(".not-found")
              ? HttpStatus.NOT_FOUND
              : HttpStatus.BAD_REQUEST;
      case REJECTED, BUDGET, QUARANTINED -> HttpStatus.SERVICE_UNAVAILABLE;
      case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
      default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static ProblemDetail problem(HttpStatus status, WasmException failure) {
    if (!status.is4xxClientError()) {
      return ProblemDetail.forStatus(status);
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail(failure));
    problem.setProperty("category", failure.category());
    if (failure instanceof WasmTenantRefusedException refusal) {
      problem.setProperty("limit", refusal.limit());
      problem.setProperty("retryAfter", secondsUntil(refusal));
    }
    if (failure instanceof WasmOperationException answer) {
      problem.setProperty("code", answer.code());
      if (answer.offset() != null) {
        problem.setProperty("offset", answer.offset());
      }
      if (answer.element() != null) {
        problem.setProperty("element", answer.element());
      }
    }
    return problem;
  }

  /** Figures and properties of a limit are the operator's business. */
  private static String detail(WasmException failure) {
    return failure instanceof WasmTenantRefusedException refusal
        ? "tenant '%s' has reached its limit of %s; try again in %d s"
            .formatted(refusal.tenant(), refusal.limit(), secondsUntil(refusal))
        : failure.detail();
  }

  /**
   * The client is told so little that somebody else has to be told the rest, but not of each of a
   * thousand that are the same.
   */
  private void log(HttpStatus status, WasmException failure) {
    if (!status.is5xxServerError()) {
      logger.debug("Answered with {}: {}", status.value(), failure.getMessage());
      return;
    }
    Recurrences.Turn turn = this.failures.count(Kind.of(failure));
    if (turn == null) {
      logger.debug("Answered with {}: {}", status.value(), failure.getMessage(), failure);
    } else if (!turn.first()) {
      logger
          .atLevel(status == HttpStatus.INTERNAL_SERVER_ERROR ? Level.ERROR : Level.WARN)
          .log(
              "Answered with {} {} more times ({}), the last time: {}",
              status.value(),
              turn.times(),
              failure.category(),
              failure.getMessage());
    } else if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
      logger.error("Answered with {}: {}", status.value(), failure.getMessage(), failure);
    } else {
      logger.warn("Answered with {}: {}", status.value(), failure.getMessage());
    }
  }
}
