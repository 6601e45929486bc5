package io.github.wasmspring.bundle.strings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The module against its Java fallback, and both against the JDK and known values. */
class StringsModuleTest {

  /** No fallback: whatever the module does wrong is seen. */
  @io.github.wasmspring.WasmModule("strings")
  interface WasmStrings {

    long hash(String text, WasmCallOptions options);

    int compare(String text, String other, WasmCallOptions options);

    int search(String text, String needle, WasmCallOptions options);

    int[] searchAll(String text, String needle, WasmCallOptions options);

    int count(String text, String needle, WasmCallOptions options);
  }

  private static final WasmCallOptions WASM = WasmCallOptions.mode(WasmExecutionMode.WASM);
  private static final String[] LETTERS = {
    "a", "b", "ab", "é", "ß", "€", "😀", "\ufffd", "\0", " "
  };

  private static WasmRuntime runtime;
  private static WasmStrings wasm;
  private static Strings strings;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    wasm = runtime.manager().bind(WasmStrings.class);
    strings = runtime.manager().bind(Strings.class);
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  /** From the reference implementation of xxHash, XXH64 with seed 0. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "hello, 26c7827d889f6da3",
    "'The quick brown fox jumps over the lazy dog', 0b242d361fda71bc"
  })
  void hashesAsTheReferenceDoes(String text, String expected) {
    assertThat(Long.toHexString(wasm.hash(text, WASM))).isEqualTo(expected.replaceFirst("^0+", ""));
    assertThat(JavaStrings.hash(text)).isEqualTo(wasm.hash(text, WASM));
  }

  @Test
  void agreesWithTheFallbackAndTheJdkOnRandomText() {
    Random random = new Random(20261120);
    for (int i = 0; i < 20_000; i++) {
      String text = text(random, random.nextInt(60));
      String other = random.nextInt(4) == 0 ? text : text(random, random.nextInt(60));
      String needle = text(random, 1 + random.nextInt(3));
      assertThat(wasm.hash(text, WASM)).isEqualTo(JavaStrings.hash(text));
      assertThat(wasm.compare(text, other, WASM))
          .isEqualTo(JavaStrings.compare(text, other))
          .isEqualTo(Integer.signum(compareUtf8(text, other)));
      assertThat(wasm.search(text, needle, WASM))
          .isEqualTo(JavaStrings.search(text, needle))
          .isEqualTo(text.indexOf(needle));
      assertThat(wasm.searchAll(text, needle, WASM))
          .isEqualTo(JavaStrings.searchAll(text, needle))
          .isEqualTo(occurrences(text, needle));
      assertThat(wasm.count(text, needle, WASM))
          .isEqualTo(JavaStrings.count(text, needle))
          .isEqualTo(occurrences(text, needle).length);
    }
  }

  @Test
  void anEmptyNeedleIsFoundNowhere() {
    assertThat(wasm.search("abc", "", WASM)).isEqualTo(JavaStrings.search("abc", "")).isEqualTo(-1);
    assertThat(wasm.searchAll("abc", "", WASM)).isEmpty();
    assertThat(wasm.count("abc", "", WASM)).isEqualTo(JavaStrings.count("abc", "")).isZero();
  }

  @Test
  void aPeriodicNeedleDoesNotTakeQuadraticTime() {
    String text = "a".repeat(2_000_000);
    assertThat(wasm.search(text, "a".repeat(1000) + "b", WASM)).isEqualTo(-1);
    assertThat(wasm.count(text, "aa", WASM)).isEqualTo(1_000_000);
  }

  @Test
  void halfASurrogatePairIsRefused() {
    assertThatExceptionOfType(WasmInvalidInputException.class)
        .isThrownBy(() -> strings.hash("a\udc00"))
        .withMessageContaining("index 1");
  }

  private static String text(Random random, int letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private static int compareUtf8(String text, String other) {
    return Arrays.compareUnsigned(
        text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static int[] occurrences(String text, String needle) {
    Matcher matcher = Pattern.compile(needle, Pattern.LITERAL).matcher(text);
    return matcher.results().mapToInt(result -> result.start()).toArray();
  }
}
