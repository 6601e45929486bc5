package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.dashboard.view.CutText;
import io.github.wasmspring.dashboard.view.RefusalView;
import org.jspecify.annotations.Nullable;

/** A request is not answered, or something is not done. */
final class DashboardRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String category;
  private boolean audited;

  private DashboardRefusal(int status, String code, String message, @Nullable String category) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.category = category;
  }

  static DashboardRefusal unauthenticated() {
    return new DashboardRefusal(401, "unauthenticated", "Sign in to see the dashboard", null);
  }

  static DashboardRefusal forbidden(String message) {
    return new DashboardRefusal(403, "forbidden", message, null);
  }

  static DashboardRefusal readOnly(String message) {
    return new DashboardRefusal(403, "read_only", message, null);
  }

  static DashboardRefusal notFound(String message) {
    return new DashboardRefusal(404, "not_found", message, null);
  }

  static DashboardRefusal wrongMethod(String allowed) {
    return new DashboardRefusal(405, "bad_request", "Only " + allowed + " is allowed here", null);
  }

  static DashboardRefusal badRequest(String message) {
    return new DashboardRefusal(400, "bad_request", message, null);
  }

  static DashboardRefusal unconfirmed(String expected) {
    return new DashboardRefusal(
        400, "unconfirmed", "Confirm with the name of what this is about: " + expected, null);
  }

  static DashboardRefusal changed(String message) {
    return new DashboardRefusal(409, "changed", message, null);
  }

  static DashboardRefusal busy() {
    return new DashboardRefusal(
        429, "busy", "Too much is being done already; wait for some of it to end", null);
  }

  static DashboardRefusal tooLarge(String message) {
    return new DashboardRefusal(413, "too_large", message, null);
  }

  static DashboardRefusal tooManyClients(int most) {
    return new DashboardRefusal(
        503,
        "too_many_clients",
        "%d people look at this dashboard already (wasm.dashboard.clients), or it is closing"
            .formatted(most),
        null);
  }

  static DashboardRefusal unavailable(String message) {
    return new DashboardRefusal(503, "unavailable", message, null);
  }

  /** An action failed. */
  static DashboardRefusal failed(Throwable failure) {
    if (failure instanceof DashboardRefusal refusal) {
      return refusal;
    }
    if (failure instanceof IllegalArgumentException) {
      return badRequest(String.valueOf(failure.getMessage()));
    }
    String category = failure instanceof WasmException known ? known.category().name() : null;
    String message = failure.getMessage();
    return new DashboardRefusal(
        409, "failed", message == null ? failure.getClass().getSimpleName() : message, category);
  }

  /** The same, of which the audit knows already. */
  DashboardRefusal audited() {
    this.audited = true;
    return this;
  }

  boolean isAudited() {
    return this.audited;
  }

  int status() {
    return this.status;
  }

  String code() {
    return this.code;
  }

  RefusalView view() {
    return new RefusalView(
        this.status, this.code, CutText.of(String.valueOf(getMessage())), this.category);
  }
}
