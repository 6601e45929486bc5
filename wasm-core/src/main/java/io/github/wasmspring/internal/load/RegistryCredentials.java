package io.github.wasmspring.internal.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a registry knows somebody by.
 *
 * @param secret a password, or a token that others are made from
 * @param isToken which of them
 */
record RegistryCredentials(String user, String secret, boolean isToken) {

  String basic() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((this.user + ":" + this.secret).getBytes(StandardCharsets.UTF_8));
  }

  /** Without what nobody may see. */
  @Override
  public String toString() {
    return this.user;
  }
}
