package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.internal.module.ShownText;
import java.util.HashMap;
import java.util.Map;

/** Sees to it that each section has an id of its own: the page and its actions go by that. */
final class SectionIds {

  private static final String PLUGINS = "plugins";

  private SectionIds() {}

  /**
   * @param sections by the names of their beans
   * @param plugins whether plug-ins are shown, too
   * @throws IllegalStateException if two have the same; the message names both
   */
  static void check(Map<String, DashboardSection> sections, boolean plugins) {
    Map<String, String> known = new HashMap<>();
    if (plugins) {
      known.put(PLUGINS, "the table of plug-ins");
    }
    sections.forEach(
        (bean, section) -> {
          String name =
              "the bean '%s' (%s, %s)"
                  .formatted(bean, ShownText.of(section.title()), section.getClass().getName());
          String other = known.putIfAbsent(section.id(), name);
          if (other != null) {
            throw new IllegalStateException(
                "Two sections of the WebAssembly dashboard have the id '%s': %s and %s. Give one of them another id"
                    .formatted(ShownText.of(section.id()), other, name));
          }
        });
  }
}
