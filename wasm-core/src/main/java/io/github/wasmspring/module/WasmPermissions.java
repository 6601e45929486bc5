package io.github.wasmspring.module;

import io.github.wasmspring.WasmTopicPattern;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a module may have of the application beyond what was written for it alone. Nothing, unless
 * it is named.
 *
 * @param imports names of host functions that the application offers, such as {@code env.log}, or
 *     {@code env.*} for all under that module name
 * @param publish patterns of the topics to which the guest may publish messages
 */
public record WasmPermissions(List<String> imports, List<String> publish) {

  private static final String ALL = ".*";
  private static final Pattern IMPORT = Pattern.compile("[^*\\s]+\\.(\\*|[^*\\s]+)");

  /**
   * @throws IllegalArgumentException if a name of an import is neither {@code module.name} nor
   *     {@code module.*}, or a pattern is none
   */
  public WasmPermissions {
    imports = List.copyOf(imports);
    publish = List.copyOf(publish);
    for (String name : imports) {
      if (!IMPORT.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' names no host functions; write module.name, such as env.log, or module.* for all of a module name"
                .formatted(name));
      }
    }
    publish.forEach(WasmTopicPattern::of);
  }

  /** Whether a module may import a host function that the application offers. */
  public boolean mayImport(String module, String name) {
    return this.imports.contains(module + "." + name) || this.imports.contains(module + ALL);
  }
}
