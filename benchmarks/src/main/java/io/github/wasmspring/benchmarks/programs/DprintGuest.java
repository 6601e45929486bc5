package io.github.wasmspring.benchmarks.programs;

import java.nio.charset.StandardCharsets;

/** A formatter of the npm packages {@code @dprint}. */
public final class DprintGuest {

  private static final int CONFIGURATION = 1;
  private static final int CHANGED = 1;
  private static final int FAILED = 2;

  private final Guest guest;

  /** Configured with the formatter's defaults. */
  public DprintGuest(Guest guest) {
    this.guest = guest;
    send("{\"global\":{},\"plugin\":{}}");
    guest.call("register_config", CONFIGURATION);
  }

  /**
   * @param file a name, whose ending tells the language
   * @return the text as it is to be
   * @throws IllegalStateException if the formatter can't read it
   */
  public String format(String file, String text) {
    send(file);
    this.guest.call("set_file_path");
    send(text);
    return switch (this.guest.call("format", CONFIGURATION)) {
      case CHANGED -> receive(this.guest.call("get_formatted_text"));
      case FAILED -> throw new IllegalStateException(receive(this.guest.call("get_error_text")));
      default -> text;
    };
  }

  private void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    this.guest.write(this.guest.call("clear_shared_bytes", bytes.length), bytes);
  }

  private String receive(int length) {
    return new String(
        this.guest.read(this.guest.call("get_shared_bytes_ptr"), length), StandardCharsets.UTF_8);
  }
}
