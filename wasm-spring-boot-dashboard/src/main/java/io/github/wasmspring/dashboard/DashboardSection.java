package io.github.wasmspring.dashboard;

import io.github.wasmspring.WasmException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of the application that the dashboard shows beside the modules. Beans of this type are
 * found; they are asked once a second while somebody looks, and never otherwise.
 *
 * <pre>{@code
 * DashboardSection.of("rules", "Rules", () -> DashboardTable.of(
 *     List.of(DashboardTable.text("name", "Rule"), DashboardTable.count("hits", "Hits")),
 *     book.rules().stream().map(rule -> DashboardTable.row(rule.id(), rule.name(), rule.hits())).toList()))
 * }</pre>
 */
public interface DashboardSection {

  /** Tells it from the others, in lower case with hyphens. */
  String id();

  /** For people. */
  String title();

  /** Sections with a small number stand first. */
  default int order() {
    return 0;
  }

  /** What is the case now; quick, for all who look wait for it. */
  DashboardTable table();

  /** What an operator can do to a row. */
  default List<DashboardSectionAction> actions() {
    return List.of();
  }

  /**
   * Does something to a row. Who asks has been checked, and what comes of it is audited.
   *
   * @param action the id of one of the {@linkplain #actions() actions}
   * @param key of a row
   * @param principal who does it, {@code null} where nobody signs in
   * @return what was done, a sentence for people
   * @throws IllegalArgumentException if there is no such row
   * @throws IllegalStateException if it can't be done now
   * @throws WasmException if it fails
   */
  default String act(String action, String key, @Nullable String principal) {
    throw new IllegalArgumentException("Nothing can be done to " + key);
  }

  /** A section without actions. */
  static DashboardSection of(String id, String title, Supplier<DashboardTable> table) {
    return new DashboardSection() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String title() {
        return title;
      }

      @Override
      public DashboardTable table() {
        return table.get();
      }
    };
  }
}
