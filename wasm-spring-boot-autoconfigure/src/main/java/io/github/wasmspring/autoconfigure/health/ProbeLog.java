package io.github.wasmspring.autoconfigure.health;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that a module does not work once, however often it is asked for, and that it works again.
 */
final class ProbeLog {

  private static final Logger logger = LoggerFactory.getLogger(WasmHealthContributor.class);

  private final Map<String, Object> failing = new ConcurrentHashMap<>();

  /**
   * @param kind tells this failure from others of the module
   */
  void failed(String module, Object kind, String reason) {
    if (!kind.equals(this.failing.put(module, kind))) {
      logger.warn(
          "The WebAssembly module '{}' is DOWN: {} (logged once, until that changes; /actuator/health/wasm/{} shows it)",
          module,
          reason,
          module);
    }
  }

  void works(String module) {
    if (this.failing.remove(module) != null) {
      logger.info("The WebAssembly module '{}' is UP again", module);
    }
  }
}
