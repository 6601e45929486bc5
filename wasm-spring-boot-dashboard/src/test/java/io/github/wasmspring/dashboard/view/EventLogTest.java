package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmEvent;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log = new EventLog();

  private static WasmEvent failed(String operation, String message) {
    return new WasmEvent.CallFailed(
        "json", "1.0.0", operation, WasmErrorCategory.TRAP, message, true);
  }

  private static WasmEvent refused(String tenant, long times) {
    return new WasmEvent.TenantRefused("m", "1.0.0", "f", tenant, "calls", times);
  }

  @Test
  void theNewestIsFirst() {
    this.log.onEvent(new WasmEvent.ModuleRegistered("a", "1.0.0"));
    this.log.onEvent(new WasmEvent.ModuleRegistered("b", "1.0.0"));

    assertThat(this.log.newestFirst()).extracting(EventView::module).containsExactly("b", "a");
  }

  @Test
  void aFailureOfAKindIsOnlyCounted() {
    for (int i = 0; i < 1_000; i++) {
      this.log.onEvent(failed("format", "no " + i));
    }
    this.log.onEvent(failed("minify", "other"));

    assertThat(this.log.newestFirst()).hasSize(2);
    EventView many = this.log.newestFirst().get(1);
    assertThat(many.count()).isEqualTo(1_000);
    assertThat(many.text()).isEqualTo("format failed (TRAP), and Java answered: no 999");
    assertThat(many.severity()).isEqualTo("warning");
    assertThat(many.details()).containsEntry("fallback", true).containsEntry("category", "TRAP");
  }

  @Test
  void aTenantThatIsRefusedPushesNothingOut() {
    this.log.onEvent(new WasmEvent.PluginRefused("m", "1.2.0", WasmErrorCategory.TRAP, "no"));
    for (int i = 0; i < 1_000; i++) {
      this.log.onEvent(refused("acme", 1 + i));
    }
    this.log.onEvent(refused("other", 1));

    assertThat(this.log.newestFirst())
        .extracting(EventView::type, EventView::count, EventView::severity)
        .containsExactly(
            tuple("TenantRefused", 1L, "warning"),
            tuple("TenantRefused", 1_000L, "warning"),
            tuple("PluginRefused", 1L, "warning"));
  }

  @Test
  void thereAreNeverMoreThanTwoHundred() {
    this.log.onEvent(failed("format", "old"));
    for (int i = 0; i < 500; i++) {
      this.log.onEvent(new WasmEvent.ModuleRegistered("m" + i, "1.0.0"));
    }
    this.log.onEvent(failed("format", "new"));

    assertThat(this.log.newestFirst()).hasSize(EventLog.MOST);
    assertThat(this.log.newestFirst().get(0).count()).isEqualTo(1);
    assertThat(this.log.newestFirst()).extracting(EventView::module).doesNotContain("m0");
  }

  @Test
  void whatChangedAfterAMarkIsTold() {
    this.log.onEvent(failed("format", "one"));
    this.log.onEvent(new WasmEvent.ModuleRegistered("a", "1.0.0"));
    long mark = this.log.mark();
    assertThat(this.log.since(mark)).isEmpty();

    this.log.onEvent(failed("format", "two"));
    this.log.action("a", "1.0.0", false, "reload by ada: done", Map.of("by", "ada"));

    assertThat(this.log.since(mark))
        .extracting(EventView::type)
        .containsExactly("CallFailed", EventLog.ACTION);
    assertThat(this.log.since(mark).get(0).count()).isEqualTo(2);
  }

  @Test
  void everyEventHasWordsOfItsOwn() {
    Duration time = Duration.ofMillis(12);
    List<WasmEvent> events =
        List.of(
            new WasmEvent.ModuleRegistered("m", "1.0.0"),
            new WasmEvent.ModuleUnregistered("m", "1.0.0"),
            new WasmEvent.ModuleLoading("m", "1.0.0"),
            new WasmEvent.ModuleReady("m", "1.0.0", "jvm", null, time),
            new WasmEvent.ModuleFailed("m", "1.0.0", WasmErrorCategory.LOAD, "gone", time),
            new WasmEvent.ModuleCompiled("m", "1.0.0", "jvm", true, time),
            new WasmEvent.CompilationFailed(
                "m", "1.0.0", WasmErrorCategory.ENGINE, "no", true, time),
            new WasmEvent.EngineSwapped("m", "1.0.0", "a", "b", time),
            new WasmEvent.InstanceDiscarded("m", "1.0.0", WasmErrorCategory.TRAP),
            failed("format", "no"),
            new WasmEvent.CallRetried("m", "1.0.0", "f", WasmErrorCategory.TIMEOUT, 2),
            new WasmEvent.OperationQuarantined("m", "1.0.0", "f", WasmErrorCategory.TRAP, "no", 10),
            new WasmEvent.OperationReleased("m", "1.0.0", "f", time),
            new WasmEvent.ChoiceSwitched(
                "m",
                "1.0.0",
                "f",
                0,
                null,
                WasmSource.WASM,
                WasmEvent.ChoiceSwitched.Reason.QUICKER,
                1L,
                2L),
            new WasmEvent.MessageDead(
                "m", "1.0.0", "f", "r", "t", WasmErrorCategory.TRAP, "no", 3, 9),
            new WasmEvent.MemoryAlert("m", "1.0.0", true, 80, 81, 100),
            new WasmEvent.SessionReclaimed(
                "m", "1.0.0", WasmEvent.SessionReclaimed.Reason.LEAKED, time),
            refused("acme", 3),
            new WasmEvent.PluginInstalled("m", "1.0.0", 1, "sha256:0", "upload"),
            new WasmEvent.PluginUpdated("m", "1.1.0", "1.0.0", 2, "sha256:1", "upload"),
            new WasmEvent.PluginRefused("m", "1.2.0", WasmErrorCategory.MALFORMED, "no"),
            new WasmEvent.PluginRolledBack("m", "1.0.0", "1.1.0", 1, "no"),
            new WasmEvent.PluginEnabled("m", "1.0.0"),
            new WasmEvent.PluginDisabled("m", "1.0.0"),
            new WasmEvent.PluginRemoved("m", "1.0.0"));

    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(EventTexts.text(event))
                    .doesNotContain("Optional", "[", "PT0", ": revision 1", "plugin ")
                    .matches("[a-zA-Z].*"))
        .extracting(EventTexts::text)
        .doesNotHaveDuplicates()
        .contains("was made ready by jvm in 12 ms");
  }

  /**
   * Also one that is added later, and that nobody has found words for. How far long work has come
   * has a place of its own.
   */
  @Test
  void everyKindOfEventIsShown() throws Exception {
    List<Class<?>> kinds = new ArrayList<>(List.of(WasmEvent.class.getPermittedSubclasses()));
    assertThat(kinds.remove(WasmEvent.ModuleProgressed.class)).isTrue();
    assertThat(kinds).hasSizeGreaterThan(10);
    for (Class<?> kind : kinds) {
      List<Object> values = new ArrayList<>();
      for (RecordComponent component : kind.getRecordComponents()) {
        values.add(some(component.getType()));
      }
      WasmEvent event = (WasmEvent) kind.getDeclaredConstructors()[0].newInstance(values.toArray());

      this.log.onEvent(event);

      EventView view = this.log.newestFirst().get(0);
      assertThat(view.type()).isEqualTo(kind.getSimpleName());
      assertThat(view.text()).isNotBlank();
      assertThat(view.severity()).isIn("info", "warning", "error");
      assertThat(DashboardJson.write(view)).isNotEmpty();
    }
  }

  private static Object some(Class<?> type) {
    if (type == String.class) {
      return "1.0.0";
    }
    if (type == Duration.class) {
      return Duration.ofMillis(5);
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class) {
      return 7;
    }
    if (type == long.class || type == Long.class) {
      return 7L;
    }
    return type.getEnumConstants()[0];
  }

  @Test
  void longTextIsCut() {
    this.log.onEvent(failed("format", "x".repeat(10_000)));

    assertThat(this.log.newestFirst().get(0).text()).hasSize(CutText.LONGEST).endsWith("…");
  }
}
