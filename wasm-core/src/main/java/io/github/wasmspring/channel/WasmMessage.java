package io.github.wasmspring.channel;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way. The payload is not copied: nobody may change it.
 *
 * @param topic what it is about
 * @param payload what it says
 * @param sender the id of the module that published it, {@code null} if it was Java
 * @param hops how many messages came before it, each published while the one before was delivered
 */
public record WasmMessage(String topic, byte[] payload, @Nullable String sender, int hops) {

  /** The payload as UTF-8; what is not UTF-8 in it becomes U+FFFD. */
  public String text() {
    return new String(this.payload, StandardCharsets.UTF_8);
  }
}
