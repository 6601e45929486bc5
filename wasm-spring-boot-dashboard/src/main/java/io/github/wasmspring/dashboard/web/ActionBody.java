package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.dashboard.view.DashboardJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What stands in a request that something is done. */
final class ActionBody {

  private static final int LONGEST = 16 << 10;

  private final JsonNode json;

  private ActionBody(JsonNode json) {
    this.json = json;
  }

  /**
   * @throws DashboardRefusal if it is no object of JSON, or too long
   */
  static ActionBody read(HttpServletRequest request) throws IOException {
    String type = request.getContentType();
    // Forms of other sites can't send this type without being asked first.
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw DashboardRefusal.badRequest("The body has to be JSON (Content-Type: application/json)");
    }
    byte[] bytes = request.getInputStream().readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw DashboardRefusal.tooLarge("The body has more than %d bytes".formatted(LONGEST));
    }
    try {
      JsonNode json = DashboardJson.read(bytes);
      if (json != null && json.isObject()) {
        return new ActionBody(json);
      }
    } catch (JacksonException malformed) {
      throw DashboardRefusal.badRequest("The body is no JSON");
    }
    throw DashboardRefusal.badRequest("The body has to be an object");
  }

  /**
   * Whoever asks has to name what this is about, as the page showed it.
   *
   * @throws DashboardRefusal if that is something else
   */
  void requireConfirmed(String subject) {
    if (!subject.equals(text("confirm"))) {
      throw DashboardRefusal.unconfirmed(subject);
    }
  }

  /** {@code null} if there is none. */
  @Nullable String text(String name) {
    JsonNode value = this.json.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw DashboardRefusal.badRequest("%s has to be a text".formatted(name));
    }
    return value.stringValue();
  }

  /**
   * @throws DashboardRefusal if there is none
   */
  String requiredText(String name) {
    String value = text(name);
    if (value == null) {
      throw DashboardRefusal.badRequest("%s is missing".formatted(name));
    }
    return value;
  }

  /** {@code null} if there is none. */
  @Nullable Integer number(String name) {
    JsonNode value = this.json.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isInt()) {
      throw DashboardRefusal.badRequest("%s has to be a whole number".formatted(name));
    }
    return value.intValue();
  }
}
