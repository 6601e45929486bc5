package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint.ActionDescriptor;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator can do to all modules. */
enum WasmApplicationAction {
  CHECK,
  CLEAN_UP,
  CLEAR_CACHE;

  /** {@code null} if there is none of that id. */
  static @Nullable WasmApplicationAction of(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(WasmApplicationAction::id).toList();
  }

  /** As requests name it, e.g. {@code clean-up}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  ActionDescriptor perform(WasmModuleManager manager, SharedResources shared) {
    return switch (this) {
      case CHECK -> new ActionDescriptor(id(), manager.check(), null);
      case CLEAN_UP -> new ActionDescriptor(id(), null, manager.cleanUp());
      case CLEAR_CACHE -> {
        shared.forgetAllCode();
        yield new ActionDescriptor(id(), null, null);
      }
    };
  }
}
