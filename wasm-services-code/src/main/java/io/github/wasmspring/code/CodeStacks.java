package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the stacks that QuickJS writes. */
final class CodeStacks {

  private static final int MOST_FRAMES = 50;
  private static final int MOST_LINE = 2000;

  /** {@code at total (order.js:3:14)}, or the place alone. */
  private static final Pattern FRAME =
      Pattern.compile("\\s*at (?:(.{0,500}?) \\()?(.{1,500}?)(?::(\\d{1,9}))?(?::(\\d{1,9}))?\\)?");

  /** What the driver is said to be in. */
  private static final String OURS = "<wasm>";

  private static final String TOP = "<eval>";
  private static final String ANONYMOUS = "<anonymous>";

  private CodeStacks() {}

  static List<CodeFrame> read(String stack) {
    List<CodeFrame> frames = new ArrayList<>();
    for (String line : stack.split("\n", MOST_FRAMES + 1)) {
      Matcher frame = line.length() > MOST_LINE ? null : FRAME.matcher(line);
      if (frame != null && frame.matches() && !frame.group(2).equals(OURS)) {
        frames.add(
            new CodeFrame(
                function(frame.group(1)),
                frame.group(2),
                number(frame.group(3)),
                number(frame.group(4))));
      }
    }
    return frames;
  }

  private static String function(@Nullable String name) {
    return name == null || name.equals(TOP) || name.equals(ANONYMOUS) ? "" : name;
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
