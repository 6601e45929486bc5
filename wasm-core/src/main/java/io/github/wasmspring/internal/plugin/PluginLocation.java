package io.github.wasmspring.internal.plugin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a revision of a plug-in are, or its signature, as a location of a module:
 * {@code plugin:prices/3}.
 */
record PluginLocation(String id, int revision, boolean signature) {

  private static final String SCHEME = "plugin:";
  private static final String SIGNATURE = ".minisig";
  private static final Pattern FORM =
      Pattern.compile("plugin:([A-Za-z0-9][A-Za-z0-9._-]{0,99})/(\\d{1,9})(\\.minisig)?");

  static PluginLocation of(String id, int revision) {
    return new PluginLocation(id, revision, false);
  }

  static boolean is(@Nullable String location) {
    return location != null && location.startsWith(SCHEME);
  }

  /** {@code null} if it is none. */
  static @Nullable PluginLocation parse(String location) {
    Matcher form = FORM.matcher(location);
    return form.matches()
        ? new PluginLocation(form.group(1), Integer.parseInt(form.group(2)), form.group(3) != null)
        : null;
  }

  /**
   * A message without the numbers of revisions that never were one, so that the same failure again
   * is told in the same words.
   *
   * @param source where the bytes come from, for people
   */
  static String replacedIn(String message, String id, String source) {
    return message.replaceAll(
        Pattern.quote(SCHEME + id + "/") + "\\d+", Matcher.quoteReplacement(source));
  }

  PluginLocation ofSignature() {
    return new PluginLocation(this.id, this.revision, true);
  }

  String text() {
    return SCHEME + this.id + "/" + this.revision + (this.signature ? SIGNATURE : "");
  }
}
