package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

/** Which modules must be signed, and by whom, as properties say it. */
class SignaturePropertiesTest {

  private static final String KEY = "RWRcDudKkIZI8wFq0sfhINOIbQvlt3JNAsDOwS4Wi8ZpQtcGxx24rZWv";

  /** Of calc.wasm, by minisign -S; whoever changes that makes another key (minisign -G -W). */
  private static final String SIGNATURE =
      """
      untrusted comment: signature from minisign secret key
      RURcDudKkIZI8xOtyKTqQwKOqvJTIOBwJFTtshU53t6m4TJkd39DzHaC7tCcZ0CSSgvCRT/S+lDLnG5VTPM80Pl5OPldU/Nhugo=
      trusted comment: calc.wasm
      PQqEH5HYfnCctW8ihXHHzv8cZljD7S6ZTwjy6MpzsgXPr05jsVvf6CKgDGmWQXmqSel3rFceZ0udhp0IBEwqDg==
      """;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class));

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    Files.write(
        this.directory.resolve("calc.wasm"),
        new ClassPathResource("wasm/calc.wasm").getContentAsByteArray());
  }

  private ApplicationContextRunner outside(String... properties) {
    return this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=file:" + this.directory.resolve("calc.wasm"))
        .withPropertyValues(properties);
  }

  private static void assertSigned(ApplicationContextRunner runner) {
    runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          assertThat(manager.bind(Calc.class).add(1, 2)).isEqualTo(3);
          assertThat(manager.status("calc").get(0).signedBy()).isEqualTo("release");
        });
  }

  private static void assertRefused(ApplicationContextRunner runner, String why) {
    runner.run(
        context ->
            assertThatThrownBy(
                    () -> context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2))
                .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
                .satisfies(
                    failure -> {
                      assertThat(failure.category()).isEqualTo(WasmErrorCategory.INTEGRITY);
                      assertThat(failure).hasMessageContaining(why);
                    }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"outside", "always"})
  void aSignatureIsLookedForBesideTheModule(String required) throws IOException {
    ApplicationContextRunner runner =
        outside(
            "wasm.signatures.required=" + required, "wasm.signatures.trusted.release.key=" + KEY);
    assertRefused(runner, "calc.wasm.minisig");

    Files.writeString(this.directory.resolve("calc.wasm.minisig"), SIGNATURE);
    assertSigned(runner);
  }

  @Test
  void whatIsNotSignedTakesNoPlaceOfWhatIs() throws IOException {
    Files.writeString(this.directory.resolve("calc.wasm.minisig"), SIGNATURE);
    outside(
            "wasm.signatures.required=outside",
            "wasm.signatures.trusted.release.key=" + KEY,
            "wasm.defaults.rollout.canary.share=50")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              Calc calc = manager.bind(Calc.class);
              Files.write(
                  this.directory.resolve("calc.wasm"),
                  new ClassPathResource("wasm/mathlib.wasm").getContentAsByteArray());

              for (ThrowingCallable attempt :
                  List.<ThrowingCallable>of(
                      () -> manager.reload("calc"), () -> manager.refresh("calc"))) {
                assertThatThrownBy(attempt)
                    .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
                    .extracting(WasmException::category)
                    .isEqualTo(WasmErrorCategory.INTEGRITY);
              }

              assertThat(manager.rollout("calc", "*")).isEmpty();
              assertThat(calc.add(1, 2)).isEqualTo(3);
              assertThat(manager.status("calc").get(0).signedBy()).isEqualTo("release");
            });
  }

  @Test
  void orWhereTheModuleSaysThatItIs() throws IOException {
    ApplicationContextRunner runner =
        outside(
            "wasm.signatures.trusted.release.key=" + KEY,
            "wasm.modules.calc.signature=file:" + this.directory.resolve("other.minisig"));
    assertRefused(runner, "the module is said to have one");

    Files.writeString(this.directory.resolve("other.minisig"), SIGNATURE);
    assertSigned(runner);
  }

  @Test
  void aKeyHasAnEnd() throws IOException {
    Files.writeString(this.directory.resolve("calc.wasm.minisig"), SIGNATURE);
    assertRefused(
        outside(
            "wasm.signatures.required=outside",
            "wasm.signatures.trusted.release.key=" + KEY,
            "wasm.signatures.trusted.release.until=2001-02-03"),
        "'release', which was trusted until 2001-02-03");
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "outside"})
  void theClassPathNeedsNone(String required) {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "wasm.signatures.required=" + required,
            "wasm.signatures.trusted.release.key=" + KEY)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(manager.bind(Calc.class).add(1, 2)).isEqualTo(3);
              assertThat(manager.status("calc").get(0).signedBy()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.signatures.required=outside, wasm.signatures.required, no key is trusted",
    "wasm.signatures.trusted.release.key=RWQ, wasm.signatures.trusted.release.key, 'which has 56 characters and begins with RW'",
    "wasm.signatures.trusted.release.key=%%%, wasm.signatures.trusted.release.key, it is not Base64",
    "wasm.signatures.trusted.release.until=2030-01-01, wasm.signatures.trusted.release.key, needs the",
    "wasm.signatures.trusted.release.until=soon, wasm.signatures.trusted.release.until, soon"
  })
  void whatMakesNoSenseStopsTheStart(String setting, String property, String why) {
    outside(setting)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(property)
                    .hasStackTraceContaining(why));
  }

  @Test
  void compiledCodeHasNoBytesThatCouldBeSigned() {
    outside(
            "wasm.modules.calc.signature=file:calc.minisig",
            "wasm.modules.calc.compiled-class=com.example.Calc")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("wasm.modules.calc.signature")
                    .hasStackTraceContaining("leave out the signature or compiled-class"));
  }
}
