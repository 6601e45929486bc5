package io.github.wasmspring.autoconfigure.plugin.endpoint;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be done to a plug-in through the endpoint. */
public enum WasmPluginAction {
  /** Adds it. */
  INSTALL,
  /** Has it run other bytes. */
  UPDATE,
  /** Goes back to another revision. */
  ROLLBACK,
  /** Switches it on again. */
  ENABLE,
  /** Switches it off. */
  DISABLE,
  /** Takes it away. */
  REMOVE;

  /** As it is written in requests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> ids() {
    return Stream.of(values()).map(WasmPluginAction::id).toList();
  }

  static @Nullable WasmPluginAction of(String id) {
    return Stream.of(values()).filter(action -> action.id().equals(id)).findFirst().orElse(null);
  }
}
