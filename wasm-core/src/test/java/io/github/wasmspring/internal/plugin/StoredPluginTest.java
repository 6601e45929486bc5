package io.github.wasmspring.internal.plugin;

import static io.github.wasmspring.internal.plugin.StoredPlugins.NOW;
import static io.github.wasmspring.internal.plugin.StoredPlugins.plugin;
import static io.github.wasmspring.internal.plugin.StoredPlugins.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the revisions of a plug-in. */
class StoredPluginTest {

  private static List<Integer> numbers(StoredPlugin plugin) {
    return plugin.revisions().stream().map(StoredRevision::number).toList();
  }

  private static StoredPlugin updated(int times) {
    StoredPlugin plugin = plugin("prices", 1);
    for (int number = 2; number <= times; number++) {
      plugin = plugin.activate(revision(number, number), NOW);
    }
    return plugin;
  }

  @Test
  void whatRanBeforeCanBeGoneBackTo() {
    StoredPlugin plugin = updated(3);
    assertThat(plugin.active()).isEqualTo(3);
    assertThat(plugin.before()).containsExactly(1, 2);
    assertThat(plugin.previous().number()).isEqualTo(2);
    assertThat(plugin.find(2).outcome()).isEqualTo(WasmPluginOutcome.REPLACED);
  }

  @Test
  void whatIsGivenUpIsNotGoneBackTo() {
    StoredPlugin plugin = updated(3);
    plugin = plugin.goBack(plugin.find(2), NOW, "by hand");
    assertThat(plugin.active()).isEqualTo(2);
    assertThat(plugin.before()).containsExactly(1);
    assertThat(plugin.find(3).outcome()).isEqualTo(WasmPluginOutcome.ROLLED_BACK);
    assertThat(plugin.find(3).note()).isEqualTo("by hand");
    assertThat(plugin.find(3).kept()).isTrue();

    plugin = plugin.activate(plugin.find(3), NOW);
    assertThat(plugin.active()).isEqualTo(3);
    assertThat(plugin.before()).containsExactly(1, 2);
    assertThat(plugin.find(3).note()).isNull();

    plugin = plugin.goBack(plugin.find(1), NOW, "by hand");
    assertThat(plugin.previous()).isNull();
    assertThat(plugin.activate(revision(4, 4), NOW).before()).containsExactly(1);
  }

  @Test
  void refusalsAreToldOfWithoutPushingOutWhatCanBeGoneBackTo() {
    StoredPlugin plugin = updated(3);
    for (int i = 0; i < 20; i++) {
      plugin =
          plugin
              .with(revision(plugin.last() + 1, 100 + i).with(WasmPluginOutcome.REFUSED, "no " + i))
              .atMost(3);
    }
    assertThat(numbers(plugin)).containsExactly(1, 2, 3, 21, 22, 23);
    assertThat(plugin.before()).containsExactly(1, 2);
    assertThat(plugin.keptDigests()).hasSize(3);
  }

  @Test
  void theSameRefusalAgainIsOne() {
    StoredPlugin plugin = updated(1);
    for (int i = 0; i < 5; i++) {
      plugin =
          plugin.with(
              new StoredRevision(
                  plugin.last() + 1,
                  "2.0.0",
                  revision(1, 7).digest(),
                  revision(1, 7).size(),
                  "upload",
                  null,
                  null,
                  "",
                  Map.of(),
                  NOW,
                  null,
                  WasmPluginOutcome.REFUSED,
                  "no " + i));
    }
    assertThat(numbers(plugin)).containsExactly(1, 6);
    assertThat(plugin.find(6).note()).isEqualTo("no 4");
  }

  @Test
  void theOldestGoFirstAndTheOneThatRunsNever() {
    StoredPlugin plugin = updated(6);
    plugin = plugin.goBack(plugin.find(1), NOW, "by hand").atMost(3);
    assertThat(numbers(plugin)).containsExactly(1, 5, 6);
    assertThat(plugin.active()).isOne();
    assertThat(plugin.atMost(1).revisions()).extracting(StoredRevision::number).containsExactly(1);
  }

  @Test
  void numbersAreNeverUsedAgain() {
    StoredPlugin plugin = updated(3);
    plugin = plugin.goBack(plugin.find(1), NOW, "by hand").atMost(1);
    assertThat(plugin.last()).isEqualTo(3);
  }
}
