package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What modules leave behind that were unregistered or replaced. */
class PluginsTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  /** In as little room for classes as they must not fill; all that are promised if so wanted. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void manyPlugInsOneAfterAnotherNeedTheRoomOfOne(@TempDir Path directory) throws Exception {
    boolean all = Boolean.getBoolean("wasm.plugins.all");
    int count = all ? 1000 : 250;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                all ? "-XX:MaxMetaspaceSize=80m" : "-XX:MaxMetaspaceSize=40m",
                "-D" + TestEngines.CHOSEN + "=" + TestEngines.NAME,
                "-cp",
                System.getProperty("java.class.path"),
                PluginProcess.class.getName(),
                directory.toString(),
                String.valueOf(count))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).contains(count + " plug-ins, 0 files");
    } finally {
      process.destroyForcibly();
    }
  }

  private void registered(String id, WasmEngineMode mode) {
    this.runtime.with(
        WasmModuleDescriptor.builder(id)
            .location("bytes:plugin")
            .settings(settings -> settings.engineMode(mode)));
    this.runtime.manager.warmUp(id);
  }

  private void plugin(int number) throws IOException {
    this.runtime.bytes.put("plugin", PluginProcess.plugin("scalar", number));
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void codeGoesWithTheLastModuleThatHasIt(WasmEngineMode mode) throws IOException {
    plugin(1);
    registered("one", mode);
    registered("other", mode);

    this.runtime.registry.unregister("one", "1.0.0");
    assertThat(this.runtime.cache.size()).isOne();
    this.runtime.registry.unregister("other", "1.0.0");

    await().until(() -> this.runtime.cache.size() == 0);
  }

  @Test
  void codeThatWasReplacedGoesToo() throws IOException {
    plugin(1);
    registered("one", WasmEngineMode.COMPILED);
    plugin(2);

    this.runtime.manager.reload("one");

    assertThat(this.runtime.cache.size()).isOne();
    assertThat(this.runtime.engine.compilations).hasValue(2);
  }

  @Test
  void codeOfAModuleWhoseInstancesWereLetGoOfStays() throws IOException {
    plugin(1);
    registered("one", WasmEngineMode.COMPILED);

    this.runtime.manager.evict("one");
    assertThat(this.runtime.cache.size()).isOne();
    this.runtime.registry.unregister("one", "1.0.0");

    assertThat(this.runtime.cache.size()).isZero();
  }

  @Test
  void codeOfAModuleThatCouldNotBeLinkedGoesToo() {
    this.runtime.bytes.put("plugin", Guests.bytes("imports"));
    assertThatThrownBy(() -> registered("one", WasmEngineMode.COMPILED))
        .isInstanceOf(WasmLinkException.class);

    this.runtime.registry.unregister("one", "1.0.0");

    assertThat(this.runtime.cache.size()).isZero();
  }

  private static WasmEvent failed(String module) {
    return new WasmEvent.CallFailed(
        module, "1.0.0", "add", WasmErrorCategory.TRAP, "It trapped", false);
  }

  @Test
  void whatIsCountedOfAModuleGoesWithIt() {
    WasmErrorCounters statistics = new WasmErrorCounters();
    statistics.onEvent(failed("one"));
    statistics.onEvent(failed("other"));

    statistics.forget("one");

    assertThat(statistics.of("one")).isEmpty();
    assertThat(statistics.of("other")).hasSize(1);
  }
}
