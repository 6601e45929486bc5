package io.github.wasmspring.autoconfigure.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmModuleCustomizer;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPlugins;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class WasmPluginAutoConfigurationTest {

  @TempDir private Path parent;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmPluginAutoConfiguration.class));

  private ApplicationContextRunner withPlugins(String... properties) {
    return this.runner
        .withPropertyValues("wasm.plugins.directory=" + this.parent.resolve("plugins"))
        .withPropertyValues(properties);
  }

  private static WasmPluginRequest calc() {
    return WasmPluginRequest.of("prices").bytes(PluginBytes.calc());
  }

  interface Adder {
    int add(int a, int b);
  }

  @Test
  void thereAreNoPlugInsWithoutADirectory() {
    this.runner.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(WasmPlugins.class)
                .doesNotHaveBean(WasmLocationResolver.class));
  }

  @Test
  void aDirectoryIsEnough() {
    withPlugins()
        .run(
            context -> {
              WasmPlugins plugins = context.getBean(WasmPlugins.class);
              plugins.install(calc());
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(manager.bind(Adder.class, "prices", "*").add(2, 3)).isEqualTo(5);
            });
  }

  @Test
  void canBeSwitchedOff() {
    withPlugins("wasm.plugins.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WasmPlugins.class));
  }

  @Test
  void whoEnablesThemSaysWhereTheyAreKept() {
    this.runner
        .withPropertyValues("wasm.plugins.enabled=true")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("wasm.plugins.directory"));
  }

  @Test
  void impossibleValuesStopTheStart() {
    for (String property :
        List.of(
            "wasm.plugins.history=0", "wasm.plugins.max-size=0B", "wasm.plugins.max-size=3GB")) {
      withPlugins(property)
          .run(
              context ->
                  assertThat(context.getStartupFailure())
                      .hasStackTraceContaining(property.substring(0, property.indexOf('='))));
    }
    withPlugins("wasm.plugins.watch=" + this.parent.resolve("plugins"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("can't be within the one that plug-ins are kept in"));
    withPlugins("wasm.plugins.defaults.limits.memory=5GB")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(WasmPlugins.class).install(calc()))
                    .hasMessageContaining("wasm.plugins.defaults.limits.memory"));
  }

  @Test
  void aDirectoryThatCanNotBeUsedStopsTheStart() throws IOException {
    Files.writeString(this.parent.resolve("plugins"), "a file");
    withPlugins()
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("wasm.plugins.directory")
                    .hasStackTraceContaining("it is not a directory"));
  }

  @Test
  void plugInsOfOnesOwnTakeTheirPlace() {
    WasmPlugins own = mock(WasmPlugins.class);
    withPlugins()
        .withBean(WasmPlugins.class, () -> own)
        .run(
            context -> {
              assertThat(context.getBean(WasmPlugins.class)).isSameAs(own);
              assertThat(this.parent.resolve("plugins")).doesNotExist();
            });
  }

  @Test
  void settingsAreThoseOfAllThenOfPlugInsThenOfTheModule() {
    withPlugins(
            "wasm.defaults.limits.memory=32MB",
            "wasm.defaults.limits.timeout=3s",
            "wasm.defaults.limits.payload=3MB",
            "wasm.plugins.defaults.limits.memory=8MB",
            "wasm.plugins.defaults.limits.timeout=1s",
            "wasm.modules.prices.limits.timeout=100ms",
            "wasm.modules.prices.tags=money")
        .withBean(
            WasmModuleCustomizer.class,
            () -> module -> module.toBuilder().description("customized").build())
        .run(
            context -> {
              context.getBean(WasmPlugins.class).install(calc());
              WasmModuleDescriptor module =
                  context
                      .getBean(WasmModuleManager.class)
                      .registry()
                      .get("prices", WasmModuleManager.DEFAULT);
              assertThat(module.settings().limits().memory()).isEqualTo(8 << 20);
              assertThat(module.settings().limits().timeout()).isEqualTo(Duration.ofMillis(100));
              assertThat(module.settings().limits().payload()).isEqualTo(3 << 20);
              assertThat(module.tags()).containsExactly("money");
              assertThat(module.description()).isEqualTo("customized");
            });
  }

  /** Settings for what is installed later are no mistake where something may be. */
  @Test
  void settingsOfAModuleThatIsNotThereAreAMistakeWithoutPlugIns() {
    this.runner
        .withPropertyValues("wasm.modules.prices.limits.timeout=100ms")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOf(WasmModuleNotFoundException.class));
    withPlugins("wasm.modules.prices.limits.timeout=100ms")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @WasmModule("prices")
  interface Prices {
    int add(int a, int b);
  }

  @Test
  void whatIsInstalledCanBeABeanAtTheNextStart() {
    withPlugins().run(context -> context.getBean(WasmPlugins.class).install(calc()));
    withPlugins()
        .withBean("prices", PricesHolder.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(PricesHolder.class).prices.add(2, 3)).isEqualTo(5);
            });
  }

  static class PricesHolder {

    private final Prices prices;

    PricesHolder(WasmModuleManager manager) {
      this.prices = manager.bind(Prices.class);
    }
  }

  /** As DevTools does it. */
  @Test
  void aContextThatIsStartedAgainInAnotherClassLoaderFindsThem() throws IOException {
    withPlugins().run(context -> context.getBean(WasmPlugins.class).install(calc()));
    for (int restart = 0; restart < 3; restart++) {
      try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader())) {
        byte[] next = PluginBytes.calc("restart" + restart);
        int revision = restart + 1;
        withPlugins()
            .withClassLoader(loader)
            .run(
                context -> {
                  WasmPlugins plugins = context.getBean(WasmPlugins.class);
                  assertThat(plugins.find("prices").get().revision()).isEqualTo(revision);
                  WasmModuleManager manager = context.getBean(WasmModuleManager.class);
                  assertThat(manager.bind(Prices.class).add(2, 3)).isEqualTo(5);
                  plugins.update(WasmPluginRequest.of("prices").bytes(next));
                });
      }
    }
  }

  @Test
  void twoContextsDoNotShareADirectory() {
    withPlugins()
        .run(
            first ->
                withPlugins()
                    .run(
                        second ->
                            assertThat(second.getStartupFailure())
                                .hasStackTraceContaining("this process uses it already")
                                .hasStackTraceContaining("give each a directory of its own")));
  }

  @Test
  void whatIsInTheDirectoryThatIsWatchedIsThereWhenTheApplicationIs() throws IOException {
    Path drop = Files.createDirectory(this.parent.resolve("drop"));
    Path file = Files.write(drop.resolve("prices-1.2.0.wasm"), PluginBytes.calc());
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    withPlugins("wasm.plugins.watch=" + drop)
        .run(
            context -> {
              WasmPlugins plugins = context.getBean(WasmPlugins.class);
              assertThat(plugins.find("prices").get().version()).isEqualTo("1.2.0");
            });
    Files.delete(file);
    withPlugins()
        .run(
            context -> {
              WasmPlugins plugins = context.getBean(WasmPlugins.class);
              assertThat(plugins.find("prices").get().state()).isEqualTo(WasmPluginState.ACTIVE);
            });
  }

  static class Listener {

    private final List<WasmEvent> events = new CopyOnWriteArrayList<>();

    @EventListener
    void on(WasmEvent event) {
      this.events.add(event);
    }
  }

  @Test
  void whatHappensIsAnApplicationEvent() {
    withPlugins()
        .withBean(Listener.class)
        .run(
            context -> {
              WasmPlugins plugins = context.getBean(WasmPlugins.class);
              plugins.install(calc());
              assertThatThrownBy(
                      () ->
                          plugins.update(WasmPluginRequest.of("prices").bytes("<html>".getBytes())))
                  .isInstanceOf(WasmException.class);
              plugins.disable("prices");
              plugins.enable("prices");
              plugins.remove("prices");
              assertThat(context.getBean(Listener.class).events)
                  .extracting(event -> event.getClass().getSimpleName())
                  .containsSubsequence(
                      "PluginInstalled",
                      "PluginRefused",
                      "PluginDisabled",
                      "PluginEnabled",
                      "PluginRemoved");
            });
  }
}
