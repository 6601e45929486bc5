package io.github.wasmspring.dashboard.autoconfigure;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The path of the dashboard: what it is matched by must not be anything else than itself. */
final class DashboardPath {

  private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

  private DashboardPath() {}

  /**
   * @throws InvalidConfigurationPropertyValueException if it can be no path
   */
  static String checked(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.dashboard.path",
          path,
          "It has to be a path such as /wasm or /admin/wasm, of letters, digits and hyphens");
    }
    return path;
  }
}
