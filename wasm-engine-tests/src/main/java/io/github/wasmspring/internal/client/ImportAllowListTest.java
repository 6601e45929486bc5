package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.channel.WasmGuestPublisher;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmPermissions;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host functions that an application offers, and the modules that may have them. */
class ImportAllowListTest {

  private final TestRuntime runtime = new TestRuntime();
  private final List<Long> logged = new CopyOnWriteArrayList<>();

  @BeforeEach
  void offer() {
    this.runtime.hostFunctions.add(log());
    this.runtime.hostFunctions.add(now(1234));
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmImportDefinition log() {
    return new WasmImportDefinition(
        "env",
        "log",
        new WasmFunctionType(List.of(WasmValueType.I32), List.of()),
        (caller, arguments) -> {
          this.logged.add(arguments[0]);
          return arguments;
        });
  }

  private static WasmImportDefinition now(long time) {
    return new WasmImportDefinition(
        "env",
        "now",
        new WasmFunctionType(List.of(), List.of(WasmValueType.I64)),
        (caller, arguments) -> new long[] {time});
  }

  private static WasmModuleDescriptor.Builder logger(String... imports) {
    return guest("logger").settings(settings -> settings.imports(List.of(imports)));
  }

  private long run() {
    return this.runtime.manager.module("logger").operation("run").retrieve(long.class).value();
  }

  @Test
  void aModuleGetsWhatItsSettingsName() {
    this.runtime.with(logger("env.log", "env.now"));

    assertThat(run()).isEqualTo(1234);
    assertThat(this.logged).containsExactly(7L);
  }

  @Test
  void aStarStandsForAllOfAModuleName() {
    this.runtime.with(logger("env.*"));

    assertThat(run()).isEqualTo(1234);
  }

  @Test
  void withoutBeingNamedItGetsNothing() {
    this.runtime.with(logger());

    WasmLinkException failure = failure(WasmLinkException.class, this::run);

    assertThat(failure.missing())
        .extracting(WasmImportedItem::describe)
        .containsExactly("env.log (i32) -> ()", "env.now () -> i64");
    assertThat(failure.available()).isEmpty();
    assertThat(failure)
        .hasMessageContaining("add 'env.log' to wasm.modules.logger.imports")
        .hasMessageContaining("add 'env.now' to wasm.modules.logger.imports");
    assertThat(failure.unmet()).allMatch(each -> each.remedy() != null);
  }

  @Test
  void onlyWhatIsNotNamedIsMissing() {
    this.runtime.with(logger("env.log", "other.*"));

    WasmLinkException failure = failure(WasmLinkException.class, this::run);

    assertThat(failure.missing())
        .extracting(WasmImportedItem::describe)
        .containsExactly("env.now () -> i64");
    assertThat(failure.available()).containsExactly("env.log (i32) -> ()");
  }

  @Test
  void whatWasWrittenForTheModuleComesFirst() {
    this.runtime.with(logger("env.*").imports(now(42)));

    assertThat(run()).isEqualTo(42);
  }

  @Test
  void anotherModuleDoesNotGetIt() {
    this.runtime.with(logger("env.*"));
    this.runtime.with(WasmModuleDescriptor.builder("copy").location("classpath:wasm/logger.wasm"));

    assertThat(run()).isEqualTo(1234);
    assertThat(failure(WasmLinkException.class, () -> this.runtime.manager.open("copy")))
        .hasMessageContaining("wasm.modules.copy.imports");
  }

  @Test
  void aGuestThatGuessesIsToldOfAllThatItLacksAtOnce() {
    this.runtime.hostFunctions.add(new WasmGuestPublisher());
    this.runtime.with(
        guest("probe")
            .settings(
                settings ->
                    settings.imports(List.of("env.now")).wasi(wasi -> wasi.enabled(false))));

    WasmLinkException failure =
        failure(WasmLinkException.class, () -> this.runtime.manager.warmUp("probe"));

    assertThat(failure.missing())
        .extracting(WasmImportedItem::describe)
        .containsExactly(
            "env.log (i32) -> ()",
            "env.system (i32) -> i32",
            "wasmspring.publish (i32, i32, i32, i32) -> i32",
            "wasi_snapshot_preview1.fd_write (i32, i32, i32, i32) -> i32");
    assertThat(failure)
        .hasMessageContaining("env.system (i32) -> i32, which nothing provides")
        .hasMessageContaining("add 'env.log' to wasm.modules.probe.imports")
        .hasMessageContaining("wasm.modules.probe.channels.publish")
        .hasMessageContaining("it was built for WASI, which is switched off for it");
    assertThat(failure.available()).containsExactly("env.now () -> i64");
  }

  @Test
  void anOfferOfAnotherTypeNamesBoth() {
    this.runtime.hostFunctions.add(
        new WasmImportDefinition(
            "env",
            "answer",
            new WasmFunctionType(List.of(WasmValueType.I64), List.of(WasmValueType.I64)),
            (caller, arguments) -> arguments));
    this.runtime.with(guest("imports").settings(settings -> settings.imports(List.of("env.*"))));

    assertThat(failure(WasmLinkException.class, () -> this.runtime.manager.warmUp("imports")))
        .hasMessageContaining("env.answer (i32) -> i32")
        .hasMessageContaining("it has been given env.answer (i64) -> i64");
  }

  @Test
  void twoOffersOfOneNameAreRefused() {
    assertThatThrownBy(() -> this.runtime.hostFunctions.add(now(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'env.now'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "log", "env.", ".log", "env.l*", "*.log", "env.* ", "e*.*"})
  void aNameThatNamesNothingIsRefused(String name) {
    assertThatThrownBy(() -> new WasmPermissions(List.of(name), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("module.name");
  }
}
