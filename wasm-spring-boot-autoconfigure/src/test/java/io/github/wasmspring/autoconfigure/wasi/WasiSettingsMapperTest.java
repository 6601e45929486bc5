package io.github.wasmspring.autoconfigure.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.scan.WasmModuleScan;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasiSettings.Access;
import io.github.wasmspring.module.WasiSettings.Directory;
import io.github.wasmspring.module.WasiSettings.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What properties open of WASI, and commands as beans. */
class WasiSettingsMapperTest {

  @WasmModule("command")
  interface Command {

    String run(String input);

    @WasmExport("run")
    default String orElse(String input) {
      return "in Java";
    }
  }

  @Configuration(proxyBeanMethods = false)
  @WasmModuleScan(basePackageClasses = WasiSettingsMapperTest.class)
  static class Scan {}

  @TempDir private Path folder;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.command.location=classpath:wasm/command.wasm");

  private void run(Consumer<WasmModuleManager> test, String... properties) {
    this.runner
        .withPropertyValues(properties)
        .run(context -> test.accept(context.getBean(WasmModuleManager.class)));
  }

  private static WasiSettings wasi(WasmModuleManager manager) {
    return manager.registry().get("command", "*").settings().wasi();
  }

  @Test
  void everythingIsClosedByDefault() {
    run(
        manager -> {
          assertThat(wasi(manager)).isEqualTo(WasiSettings.CLOSED);
          assertThat(manager.bind(Command.class).run("in")).isEqualTo("in");
        });
  }

  @Test
  void itCanBeSwitchedOff() {
    run(
        manager ->
            assertThatThrownBy(() -> manager.bind(Command.class))
                .isInstanceOf(WasmLinkException.class)
                .hasMessageContaining("wasi.enabled"),
        "wasm.defaults.wasi.enabled=false");
    run(
        manager -> assertThat(manager.bind(Command.class).run("in")).isEqualTo("in"),
        "wasm.defaults.wasi.enabled=false",
        "wasm.modules.command.wasi.enabled=true");
  }

  @Test
  void variablesAreThoseOfTheDefaultsAndOfTheModule() {
    run(
        manager ->
            assertThat(manager.bind(Command.class).run("in"))
                .isEqualTo("TZ=UTC\0LANG=de\0MY_NAME=Ada\0in"),
        "wasm.defaults.wasi.environment.TZ=UTC",
        "wasm.defaults.wasi.environment.LANG=en",
        "wasm.modules.command.wasi.environment.LANG=de",
        "wasm.modules.command.wasi.environment.[MY_NAME]=Ada");
  }

  @Test
  void directoriesAreReadOnlyUnlessSaidOtherwise() {
    run(
        manager ->
            assertThat(wasi(manager).directories())
                .containsExactly(
                    new Directory("/data", this.folder, Access.READ_ONLY),
                    new Directory("/work", this.folder, Access.READ_WRITE)),
        "wasm.modules.command.wasi.directories[0].guest=/data",
        "wasm.modules.command.wasi.directories[0].host=" + this.folder,
        "wasm.modules.command.wasi.directories[1].guest=/work",
        "wasm.modules.command.wasi.directories[1].host=" + this.folder,
        "wasm.modules.command.wasi.directories[1].mode=read-write");
  }

  @Test
  void aDirectoryThatDoesNotExistIsNamed() {
    run(
        manager ->
            assertThatThrownBy(() -> manager.warmUp("command"))
                .isInstanceOf(WasmException.class)
                .hasMessageContaining("wasi.directories")
                .hasMessageContaining("missing"),
        "wasm.modules.command.wasi.directories[0].guest=/data",
        "wasm.modules.command.wasi.directories[0].host=" + this.folder.resolve("missing"));
  }

  @Test
  void aDirectoryWithoutAPlaceStopsTheStart() {
    this.runner
        .withPropertyValues("wasm.modules.command.wasi.directories[0].guest=/data")
        .run(
            context ->
                assertThat(context)
                    .hasFailed()
                    .getFailure()
                    .rootCause()
                    .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        failure ->
                            assertThat(failure.getName())
                                .isEqualTo("wasm.modules.command.wasi.directories[0].host")));
  }

  @Test
  void argumentsStreamsAndLimits() {
    run(
        manager -> {
          WasiSettings wasi = wasi(manager);
          assertThat(wasi.arguments()).containsExactly("-v", "two words");
          assertThat(wasi.stdout()).isEqualTo(Output.LOG);
          assertThat(wasi.stderr()).isEqualTo(Output.DISCARD);
          assertThat(wasi.logLimit()).isEqualTo(1024);
          assertThat(wasi.writeLimit()).isEqualTo(2 << 20);
          assertThat(wasi.totalWriteLimit()).isEqualTo(3L << 30);
          assertThat(wasi.clockResolution()).isEqualTo(Duration.ofSeconds(1));
          assertThat(wasi.random()).isFalse();
        },
        "wasm.defaults.wasi.stderr=log",
        "wasm.modules.command.wasi.arguments=-v,two words",
        "wasm.modules.command.wasi.stdout=log",
        "wasm.modules.command.wasi.stderr=discard",
        "wasm.modules.command.wasi.log-limit=1KB",
        "wasm.modules.command.wasi.write-limit=2MB",
        "wasm.modules.command.wasi.total-write-limit=3GB",
        "wasm.modules.command.wasi.clock-resolution=1s",
        "wasm.modules.command.wasi.random=false");
  }

  @Test
  void aClockWithoutResolutionStopsTheStart() {
    this.runner
        .withPropertyValues("wasm.modules.command.wasi.clock-resolution=0")
        .run(
            context ->
                assertThat(context)
                    .hasFailed()
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("between 1 ns and a day"));
  }

  @Test
  void aCommandIsABean() {
    this.runner
        .withUserConfiguration(Scan.class)
        .run(
            context -> {
              Command command = context.getBean(Command.class);
              assertThat(command.run("x")).isEqualTo("x");
              assertThat(command.orElse("x")).isEqualTo("x");
              assertThatThrownBy(() -> command.run(""))
                  .isInstanceOfSatisfying(
                      WasmOperationException.class,
                      failure -> assertThat(failure.code()).isEqualTo("exit.4"))
                  .hasMessageContaining("nothing to read");
            });
  }

  @Test
  void javaAnswersForACommandThatIsSwitchedOff() {
    run(
        manager -> assertThat(manager.bind(Command.class).orElse("x")).isEqualTo("in Java"),
        "wasm.enabled=false");
  }
}
