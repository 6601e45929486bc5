package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The module against its fallback. */
class ValidationModuleTest {

  private static final int RANDOM = 10_000;
  private static final Validation JAVA = new Validation() {};

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static Validation wasm;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("validation");
    // Without any fallback, as always in a session.
    wasm = session.bind(Validation.class);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnChangedExamples(Format format) {
    Random random = new Random(20261121);
    int valid = 0;
    for (int i = 0; i < RANDOM; i++) {
      valid += agree(format, format.random(random)).valid() ? 1 : 0;
    }
    assertThat(valid).isBetween(RANDOM / 20, RANDOM * 19 / 20);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnEveryPart(Format format) {
    for (String example : format.examples()) {
      int[] points = example.codePoints().toArray();
      for (int from = 0; from <= points.length; from++) {
        for (int to = from; to <= points.length; to += 1 + points.length / 40) {
          agree(format, new String(points, from, to - from));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnRandomText(Format format) {
    Random random = new Random(20261122);
    for (int i = 0; i < 2_000; i++) {
      int limit = i % 2 == 0 ? 0x80 : 0x30000;
      String text =
          random
              .ints(random.nextInt(40), 0, limit)
              .filter(point -> point < 0xd800 || point > 0xdfff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      agree(format, text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnLongText(Format format) {
    for (String piece :
        new String[] {"1", "a.", ":", "é", "-", "%41", "a@", "1 ", "P1", "日.", "\""}) {
      for (int count : new int[] {1, 13, 19, 60, 64, 127, 253, 254, 255, 1012, 1013, 100_000}) {
        agree(format, piece.repeat(count));
        agree(format, format.examples()[0] + piece.repeat(count));
      }
    }
  }

  /** Labels about as long as they may be, of few scripts or many. */
  @Test
  void agreesWithTheFallbackOnInternationalLabels() {
    Random random = new Random(20261131);
    int valid = 0;
    for (int i = 0; i < 5 * RANDOM; i++) {
      int spread = 1 << random.nextInt(12);
      int first = 0xa1 + random.nextInt(1 << 7 + random.nextInt(10));
      StringBuilder label = new StringBuilder();
      for (int length = 8 + random.nextInt(54); length > 0; length--) {
        int point = random.nextInt(4) == 0 ? 'a' : first + random.nextInt(spread);
        label.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? 'z' : point);
      }
      valid += agree(Format.HOSTNAME_INTERNATIONAL, label.toString()).valid() ? 1 : 0;
    }
    assertThat(valid).isBetween(RANDOM / 2, 4 * RANDOM);
  }

  @Test
  void agreesWithTheFallbackOnBytes() {
    Random random = new Random(20261123);
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 5 * RANDOM; i++) {
      byte[] data = Utf8Samples.random(random);
      Verdict expected = JAVA.utf8(data);
      Verdict answer = wasm.utf8(data);
      if (!answer.equals(expected)) {
        assertThat(answer).as("%s", Utf8Samples.hex(data)).isEqualTo(expected);
      }
      codes.add(String.valueOf(answer.code()));
    }
    assertThat(codes).hasSize(8);
  }

  /** Both lists of what can be wrong are complete, and none of it is out of reach. */
  @Test
  void everyReasonIsFoundByBoth() {
    Random random = new Random(20261124);
    Set<Reason> missing = EnumSet.allOf(Reason.class);
    missing.removeIf(reason -> reason.code().startsWith("utf8."));
    for (int i = 0; i < 200_000 && !missing.isEmpty(); i++) {
      Format format = Format.values()[i % Format.values().length];
      String text = format.random(random);
      if (i % 3 == 0) {
        int at = random.nextInt(text.codePointCount(0, text.length()) + 1);
        int index = text.offsetByCodePoints(0, at);
        text = text.substring(0, index) + "a".repeat(random.nextInt(300)) + text.substring(index);
      }
      Verdict verdict = format.check(JAVA, text);
      if (missing.removeIf(reason -> reason.code().equals(verdict.code()))) {
        assertThat(format.check(wasm, text)).isEqualTo(verdict);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void codesDiffer() {
    assertThat(Stream.of(Reason.values()).map(Reason::code).collect(Collectors.toSet()))
        .hasSameSizeAs(Reason.values());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void refusesAVersionThatThereIsNot(int version) {
    for (Validation side : List.of(wasm, JAVA)) {
      assertThatExceptionOfType(WasmOperationException.class)
          .isThrownBy(() -> side.uuid("", version))
          .withMessageContaining("between 0 and 8")
          .satisfies(failure -> assertThat(failure.code()).isEqualTo("validation.version"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {",", "http,", ",http", "http,,https", "http, https", "1a", "a_b", "é", "a\n"})
  void refusesWhatIsNoListOfSchemes(String schemes) {
    for (Validation side : List.of(wasm, JAVA)) {
      assertThatExceptionOfType(WasmOperationException.class)
          .isThrownBy(() -> side.url("http://a", schemes))
          .withMessageContaining("single commas")
          .satisfies(failure -> assertThat(failure.code()).isEqualTo("validation.schemes"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void halfASurrogatePairIsRefusedByBoth(Format format) {
    Validation pooled = runtime.manager().bind(Validation.class);
    for (Validation side : List.of(pooled, JAVA)) {
      assertThatExceptionOfType(WasmInvalidInputException.class)
          .isThrownBy(() -> format.check(side, "a\udc00"))
          .withMessageContaining("index 1");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreCheckedOnlyAsSuch() {
    byte[] data = "é@b".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(wasm.utf8(data).code()).isEqualTo("utf8.incomplete");
    assertThatExceptionOfType(WasmInvalidInputException.class)
        .isThrownBy(
            () ->
                runtime
                    .manager()
                    .execute("validation", "email", data, Map.of("international", true)));
  }

  interface Raw {

    Verdict email(byte[] text, boolean international);

    Verdict hostname(byte[] text, boolean international);

    Verdict url(byte[] text, byte[] schemes);

    Verdict dateTime(byte[] text);
  }

  /** As a host would that doesn't look at its text. */
  @Test
  void nothingTrapsOnBytesThatAreNotUtf8() {
    Raw raw = session.bind(Raw.class);
    Random random = new Random(20261130);
    Format[] formats = Format.values();
    for (int i = 0; i < 20_000; i++) {
      String text = formats[i % formats.length].random(random) + "é日\ud83d\ude00".repeat(i % 3);
      byte[] data = text.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips > 0 && data.length > 0; flips--) {
        data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] cut = Arrays.copyOf(data, random.nextInt(data.length + 1));
      assertPlaced(raw.email(cut, true), cut);
      assertPlaced(raw.hostname(cut, true), cut);
      assertPlaced(raw.url(cut, new byte[0]), cut);
      assertPlaced(raw.dateTime(cut), cut);
    }
  }

  private static void assertPlaced(Verdict verdict, byte[] data) {
    Integer offset = verdict.offset();
    if (verdict.valid() ? offset != null : offset == null || offset > data.length) {
      assertThat(verdict).as(Utf8Samples.hex(data)).isNull();
    }
  }

  @Test
  void manyMegabytesAreChecked() {
    byte[] data = "aé日\ud83d\ude00".repeat(300_000).getBytes(StandardCharsets.UTF_8);
    assertThat(wasm.utf8(data)).isEqualTo(JAVA.utf8(data)).isEqualTo(Verdict.ofValid());
    data[data.length - 1] = 'x';
    assertThat(wasm.utf8(data)).isEqualTo(JAVA.utf8(data));
    assertThat(wasm.utf8(data).offset()).isEqualTo(data.length - 4);
    String uri = "a:" + "b/%41?".repeat(300_000) + "é";
    assertThat(wasm.uri(uri)).isEqualTo(JAVA.uri(uri));
    assertThat(wasm.uri(uri).offset()).isEqualTo(uri.length() - 1);
  }

  @WasmModule("validation")
  interface Results {

    WasmResult<Verdict> date(String text);
  }

  @Test
  void pooledInstancesAnswerTheSameAgainAndAgain() {
    Results results = runtime.manager().bind(Results.class);
    for (int i = 0; i < 100; i++) {
      WasmResult<Verdict> result = results.date("2026-13-01");
      assertThat(result.source()).hasToString("WASM");
      assertThat(result.value()).isEqualTo(JAVA.date("2026-13-01"));
    }
  }

  @Test
  void canBeCalledByName() {
    WasmResult<Verdict> result =
        runtime
            .manager()
            .module("validation")
            .operation("url")
            .input("http://example.com")
            .option("schemes", "https")
            .mode(WasmExecutionMode.WASM)
            .retrieve(Verdict.class);
    assertThat(result.value().code()).isEqualTo("url.scheme");
  }

  private static Verdict agree(Format format, String text) {
    Verdict expected = format.check(JAVA, text);
    Verdict answer = format.check(wasm, text);
    // An assertion describes itself, which would take longer than the check.
    if (!answer.equals(expected)) {
      assertThat(answer).as("%s: %s", format, text).isEqualTo(expected);
    }
    return answer;
  }
}
