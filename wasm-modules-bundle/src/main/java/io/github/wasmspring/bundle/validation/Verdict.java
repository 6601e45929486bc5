package io.github.wasmspring.bundle.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text has its format, and if not where and why.
 *
 * @param valid whether it has; if so the rest is {@code null}
 * @param code the stable name of the first thing wrong, such as {@code date.month}
 * @param offset where that is, from zero: in UTF-16 units as {@link String#charAt} counts, for
 *     {@link Validation#utf8} in bytes; the length of the text if something is missing at its end
 * @param message what is wrong, for people; holds nothing of the text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(
    boolean valid, @Nullable String code, @Nullable Integer offset, @Nullable String message) {

  private static final Verdict VALID = new Verdict(true, null, null, null);

  static Verdict ofValid() {
    return VALID;
  }

  static Verdict of(Reason reason, int offset) {
    return new Verdict(false, reason.code(), offset, reason.message());
  }
}
