package io.github.wasmspring.tenant;

import io.github.wasmspring.internal.module.ShownText;
import java.util.List;
import java.util.Optional;

/** Who calls are made for, and what each has of what it may have. */
public interface WasmTenants {

  /**
   * The key of calls that nobody can tell the tenant of, and of those of the application itself.
   */
  String DEFAULT = "default";

  /** Stands for all tenants together that the settings do not name. */
  String OTHER = "other";

  /**
   * Under which the context of Reactor may have the key, for methods that answer with a {@code
   * Mono}.
   */
  String CONTEXT_KEY = "io.github.wasmspring.tenant";

  /** The most characters that a key has. */
  int LONGEST_KEY = 128;

  /** Whether that can be the key of a tenant: 1 to 128 characters that can be seen. */
  static boolean isKey(String key) {
    return !key.isBlank() && key.length() <= LONGEST_KEY && ShownText.isVisible(key);
  }

  WasmTenantSettings settings();

  /**
   * Those that the settings name and {@link #DEFAULT}, by key; then the others that have been here
   * lately, those with the most refused calls first.
   */
  List<WasmTenantStatus> list();

  /**
   * One of them. A tenant that the settings do not name is forgotten when it has been idle and its
   * place is needed.
   */
  Optional<WasmTenantStatus> find(String key);

  /** All together that the settings do not name, those included that are forgotten. */
  WasmTenantStatus others();
}
