package io.github.wasmspring.internal.wasi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a guest on their way to the log. Control characters, by which a guest could forge lines
 * or talk to the terminal of whoever reads the log, are replaced.
 */
final class LogStream {

  private static final int MAX_LINE = 8192;
  private static final char REPLACEMENT = '\uFFFD';

  private final @Nullable Consumer<String> log;
  private final LogBudget budget;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param log takes lines, {@code null} to throw everything away
   */
  LogStream(@Nullable Consumer<String> log, LogBudget budget) {
    this.log = log;
    this.budget = budget;
  }

  void write(ByteBuffer bytes) {
    while (this.log != null && bytes.hasRemaining() && !this.budget.isUsedUp()) {
      byte next = bytes.get();
      if (this.budget.take()) {
        flush();
        this.log.accept("(what follows is dropped: wasi.log-limit is reached)");
      } else if (next == '\n') {
        flush();
      } else {
        this.line.write(next);
        if (this.line.size() >= MAX_LINE) {
          flush();
        }
      }
    }
  }

  void flush() {
    if (this.log != null && this.line.size() > 0) {
      this.log.accept(readable(this.line.toString(StandardCharsets.UTF_8)));
      this.line.reset();
    }
  }

  private static String readable(String text) {
    StringBuilder readable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean hidden =
          Character.isISOControl(character) && character != '\t'
              || character == '\u2028'
              || character == '\u2029'
              || Character.getType(character) == Character.FORMAT;
      readable.append(hidden ? REPLACEMENT : character);
    }
    return readable.toString();
  }
}
