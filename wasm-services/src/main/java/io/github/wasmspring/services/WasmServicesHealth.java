package io.github.wasmspring.services;

import io.github.wasmspring.client.WasmModuleHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is used works.
 *
 * @param modules of all modules that are in use
 * @param services of all services, in alphabetical order
 */
public record WasmServicesHealth(List<WasmModuleHealth> modules, List<Service> services) {

  public WasmServicesHealth {
    modules = List.copyOf(modules);
    services = List.copyOf(services);
  }

  /** Whether nothing is down. */
  public boolean isUp() {
    return this.modules.stream().noneMatch(each -> each.state() == WasmModuleHealth.State.DOWN)
        && this.services.stream().noneMatch(each -> each.state() == State.DOWN);
  }

  /** What was found. */
  public enum State {
    /** It has answered. */
    UP,
    /** It has not; the reason says why. */
    DOWN,
    /** Nobody has asked for it yet. */
    NOT_USED
  }

  /**
   * One service.
   *
   * @param name {@code data}, {@code memory} or {@code vectors}
   * @param reason why it is {@code DOWN}, {@code null} if it is not
   */
  public record Service(String name, State state, @Nullable String reason) {}
}
