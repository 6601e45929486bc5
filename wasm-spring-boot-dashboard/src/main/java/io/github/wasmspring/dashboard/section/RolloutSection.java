package io.github.wasmspring.dashboard.section;

import static io.github.wasmspring.dashboard.DashboardTable.column;
import static io.github.wasmspring.dashboard.DashboardTable.count;
import static io.github.wasmspring.dashboard.DashboardTable.text;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardSectionAction;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.dashboard.DashboardTable.Column;
import io.github.wasmspring.dashboard.DashboardTable.Unit;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.rollout.WasmRollout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Other code of modules that is on trial, beside what it is to replace. */
public final class RolloutSection implements DashboardSection {

  private static final String PROMOTE = "promote";
  private static final String ROLL_BACK = "roll-back";
  private static final double PERCENT = 100;

  private static final List<Column> COLUMNS =
      List.of(
          text("module", "Module"),
          text("from", "Answers"),
          text("to", "On trial"),
          column("share", "Share", Unit.SHARE),
          text("state", "State"),
          count("calls", "Calls, answering"),
          count("failures", "Failures, answering"),
          column("median", "Median, answering", Unit.NANOS),
          count("trial-calls", "Calls, on trial"),
          count("trial-failures", "Failures, on trial"),
          column("trial-median", "Median, on trial", Unit.NANOS));

  private final WasmModuleManager manager;
  private final Map<WasmRollout, Long> numbers = new WeakHashMap<>();
  private long latest;

  public RolloutSection(WasmModuleManager manager) {
    this.manager = manager;
  }

  @Override
  public String id() {
    return "rollouts";
  }

  @Override
  public String title() {
    return "Rollouts";
  }

  @Override
  public int order() {
    return 5;
  }

  @Override
  public List<DashboardSectionAction> actions() {
    return List.of(
        new DashboardSectionAction(
            PROMOTE, "Promote", "The code on trial answers all calls from now on.", true),
        new DashboardSectionAction(
            ROLL_BACK, "Roll back", "The old code answers all calls, as before.", true));
  }

  @Override
  public DashboardTable table() {
    return DashboardTable.of(COLUMNS, underWay().map(this::row).toList());
  }

  private Stream<WasmRollout> underWay() {
    return this.manager.registry().list().stream().map(this::rollout).flatMap(Optional::stream);
  }

  private Optional<WasmRollout> rollout(WasmModuleDescriptor module) {
    try {
      return this.manager.rollout(module.id(), module.version());
    } catch (WasmModuleNotFoundException | WasmVersionConflictException gone) {
      return Optional.empty();
    }
  }

  /**
   * Whoever acts means the one that was shown, and not the next one of the module: reloads have the
   * same versions on both sides, and are told apart by their numbers.
   */
  private synchronized String key(WasmRollout rollout) {
    Long number = this.numbers.computeIfAbsent(rollout, each -> ++this.latest);
    return "%s %s -> %s #%d"
        .formatted(rollout.module(), rollout.from().version(), rollout.to().version(), number);
  }

  private DashboardTable.Row row(WasmRollout rollout) {
    return DashboardTable.row(
            key(rollout),
            rollout.module(),
            rollout.from().version(),
            rollout.to().version(),
            rollout.share() / PERCENT,
            rollout.state().name(),
            rollout.current().calls(),
            rollout.current().failures(),
            rollout.current().median().toNanos(),
            rollout.candidate().calls(),
            rollout.candidate().failures(),
            rollout.candidate().median().toNanos())
        .withActions(PROMOTE, ROLL_BACK);
  }

  @Override
  public String act(String action, String key, @Nullable String principal) {
    WasmRollout rollout = find(key);
    String what = "%s %s".formatted(rollout.module(), rollout.to().version());
    if (action.equals(PROMOTE)) {
      rollout.promote();
      return what + " answers all calls";
    }
    rollout.rollBack(
        principal == null
            ? "somebody gave it up on the dashboard"
            : "%s gave it up on the dashboard".formatted(principal));
    return what + " was given up";
  }

  private WasmRollout find(String key) {
    return underWay()
        .filter(each -> key(each).equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The rollout %s is not under way; look again".formatted(key)));
  }
}
