package io.github.wasmspring.dashboard.live;

import io.github.wasmspring.dashboard.view.DashboardJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Server-sent events as bytes. */
final class FeedMessage {

  static final byte[] HEARTBEAT = ascii(": hb\n\n");

  private FeedMessage() {}

  static byte[] retry(long millis) {
    return ascii("retry: " + millis + "\n\n");
  }

  static byte[] of(String event, Object data) {
    return ofJson(event, DashboardJson.write(data));
  }

  /**
   * @param json in one line
   */
  static byte[] ofJson(String event, byte[] json) {
    ByteArrayOutputStream message = new ByteArrayOutputStream(json.length + 64);
    message.writeBytes(ascii("event: " + event + "\ndata: "));
    message.writeBytes(json);
    message.writeBytes(ascii("\n\n"));
    return message.toByteArray();
  }

  static byte[] bye(String reason) {
    return of("bye", Map.of("reason", reason));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
