package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.dashboard.DashboardPlugin;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardSectionAction;
import io.github.wasmspring.dashboard.DashboardTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other parts of the application what they show. One that fails says so, and harms no other.
 */
final class SectionReader {

  private static final Logger logger = LoggerFactory.getLogger(SectionReader.class);

  private static final String PLUGINS = "plugins";
  private static final int PLUGINS_ORDER = -10;
  private static final List<DashboardSectionAction> PLUGIN_ACTIONS =
      List.of(
          new DashboardSectionAction(
              "roll-back",
              "Roll back",
              "Goes back to the revision before, or to the one chosen.",
              true),
          new DashboardSectionAction("enable", "Enable", "Runs the plug-in again.", false),
          new DashboardSectionAction(
              "disable", "Disable", "Stops the plug-in; what it did is answered no more.", true),
          new DashboardSectionAction(
              "remove", "Remove", "Stops the plug-in and deletes it with its history.", true));

  private final List<DashboardSection> sections;
  private final @Nullable DashboardPlugins plugins;
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  SectionReader(DashboardSources sources) {
    this.sections =
        sources.sections().stream()
            .sorted(
                Comparator.comparingInt(DashboardSection::order)
                    .thenComparing(DashboardSection::id))
            .toList();
    this.plugins = sources.plugins();
  }

  List<SectionView> read() {
    List<SectionView> views = new ArrayList<>();
    DashboardPlugins present = this.plugins;
    if (present != null) {
      views.add(
          new SectionView(
              PLUGINS,
              "Plug-ins",
              PLUGINS_ORDER,
              Map.of("list", plugins(present)),
              PLUGIN_ACTIONS));
    }
    for (DashboardSection section : this.sections) {
      views.add(
          new SectionView(
              section.id(), section.title(), section.order(), table(section), section.actions()));
    }
    return views;
  }

  private List<PluginView> plugins(DashboardPlugins present) {
    try {
      List<PluginView> list = present.list().stream().map(PluginView::of).toList();
      this.failed.remove(PLUGINS);
      return list;
    } catch (RuntimeException | Error failure) {
      failed(PLUGINS, failure);
      return List.of();
    }
  }

  private TableView table(DashboardSection section) {
    try {
      TableView table = TableView.of(section.table());
      this.failed.remove(section.id());
      return table;
    } catch (RuntimeException | Error failure) {
      failed(section.id(), failure);
      String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      return new TableView(List.of(), List.of(), CutText.of("It can't be shown: " + why));
    }
  }

  private void failed(String section, Throwable failure) {
    if (this.failed.add(section)) {
      logger.warn("The section '{}' of the dashboard can't be shown", section, failure);
    }
  }

  /** A table as the page reads it. */
  record TableView(List<ColumnView> columns, List<RowView> rows, @Nullable String note) {

    static TableView of(DashboardTable table) {
      List<ColumnView> columns =
          table.columns().stream()
              .map(each -> new ColumnView(each.id(), each.title(), unit(each.unit())))
              .toList();
      return new TableView(
          columns,
          table.rows().stream().map(row -> RowView.of(row, columns)).toList(),
          CutText.ofNullable(table.note()));
    }

    private static String unit(DashboardTable.Unit unit) {
      return unit == DashboardTable.Unit.PER_SECOND
          ? "perSecond"
          : unit.name().toLowerCase(Locale.ROOT);
    }
  }

  record ColumnView(String id, String title, String unit) {}

  record RowView(String key, Map<String, @Nullable Object> cells, List<String> actions) {

    static RowView of(DashboardTable.Row row, List<ColumnView> columns) {
      Map<String, @Nullable Object> cells = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        cells.put(columns.get(i).id(), cell(row.cells().get(i)));
      }
      return new RowView(row.key(), cells, row.actions());
    }

    private static @Nullable Object cell(@Nullable Object value) {
      return value == null || value instanceof Number || value instanceof Boolean
          ? value
          : CutText.of(value.toString());
    }
  }

  record PluginView(
      String id,
      String version,
      String state,
      int revision,
      @Nullable String digest,
      long sizeBytes,
      @Nullable String source,
      @Nullable String signer,
      @Nullable Long installedAt,
      @Nullable String failure,
      List<RevisionView> history) {

    static PluginView of(DashboardPlugin plugin) {
      return new PluginView(
          plugin.id(),
          plugin.version(),
          plugin.state(),
          plugin.revision(),
          plugin.digest(),
          plugin.size(),
          CutText.ofNullable(plugin.source()),
          CutText.ofNullable(plugin.signer()),
          millis(plugin.installedAt()),
          CutText.ofNullable(plugin.failure()),
          plugin.history().stream().map(RevisionView::of).toList());
    }
  }

  record RevisionView(
      int revision,
      String version,
      @Nullable String digest,
      long sizeBytes,
      @Nullable Long installedAt,
      @Nullable String by,
      String outcome,
      @Nullable String note) {

    static RevisionView of(DashboardPlugin.Revision revision) {
      return new RevisionView(
          revision.revision(),
          revision.version(),
          revision.digest(),
          revision.size(),
          millis(revision.installedAt()),
          CutText.ofNullable(revision.by()),
          revision.outcome(),
          CutText.ofNullable(revision.note()));
    }
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }
}
