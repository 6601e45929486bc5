package io.github.wasmspring.autoconfigure.sigstore;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate must say of something: this text, or one that a pattern matches from beginning
 * to end.
 *
 * @param pattern {@code null} for the text itself
 */
record TrustedClaim(String text, @Nullable Pattern pattern) {

  static TrustedClaim exactly(String text) {
    return new TrustedClaim(text, null);
  }

  /**
   * @throws java.util.regex.PatternSyntaxException if it is no regular expression
   */
  static TrustedClaim matching(String pattern) {
    return new TrustedClaim(pattern, Pattern.compile(pattern));
  }

  boolean matches(String claimed) {
    return this.pattern == null
        ? this.text.equals(claimed)
        : this.pattern.matcher(claimed).matches();
  }

  @Override
  public String toString() {
    return this.pattern == null ? this.text : "/" + this.text + "/";
  }
}
