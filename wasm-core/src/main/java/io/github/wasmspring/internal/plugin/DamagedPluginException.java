package io.github.wasmspring.internal.plugin;

import java.io.IOException;

/** What is stored of a plug-in can't be what was written. */
final class DamagedPluginException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedPluginException(String reason) {
    super(reason);
  }
}
