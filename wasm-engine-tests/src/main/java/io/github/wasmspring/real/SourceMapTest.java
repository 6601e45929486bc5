package io.github.wasmspring.real;

import static io.github.wasmspring.real.HostFunctions.call;
import static io.github.wasmspring.real.HostFunctions.ints;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mozilla's source-map parser, written in Rust, decodes mappings. */
class SourceMapTest {

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** All counted from 0; {@code -1} for what a mapping does not say. */
  private record Mapping(
      int line, int column, int source, int originalLine, int originalColumn, int name) {}

  private final List<Mapping> found = new ArrayList<>();
  private final TestRuntime runtime = new TestRuntime();
  private WasmSession session;

  @BeforeEach
  void open() {
    this.runtime.with(
        WasmModuleDescriptor.builder("source-map")
            .location("webjar:source-map/lib/mappings.wasm")
            .imports(
                ints(
                    "mapping_callback",
                    10,
                    false,
                    (caller, a) -> {
                      boolean original = (int) a[4] != 0;
                      boolean named = (int) a[8] != 0;
                      this.found.add(
                          new Mapping(
                              (int) a[0],
                              (int) a[1],
                              original ? (int) a[5] : -1,
                              original ? (int) a[6] : -1,
                              original ? (int) a[7] : -1,
                              named ? (int) a[9] : -1));
                      return new long[0];
                    })));
    this.session = this.runtime.manager.open("source-map");
  }

  @AfterEach
  void close() {
    this.session.close();
    this.runtime.close();
  }

  private int parse(String mappings) {
    byte[] bytes = mappings.getBytes(StandardCharsets.US_ASCII);
    int buffer = call(this.session, "allocate_mappings", bytes.length);
    this.session.memory().write(buffer, bytes);
    return call(this.session, "parse_mappings", buffer);
  }

  private List<Mapping> decode(String mappings) {
    int parsed = parse(mappings);
    assertThat(parsed).isNotZero();
    this.found.clear();
    this.session.call("by_generated_location", parsed);
    this.session.call("free_mappings", parsed);
    return List.copyOf(this.found);
  }

  /** Base64 VLQ as the source-map specification describes it. */
  private static List<Mapping> expected(String mappings) {
    List<Mapping> result = new ArrayList<>();
    int[] state = new int[6];
    String[] lines = mappings.split(";", -1);
    for (int line = 0; line < lines.length; line++) {
      state[1] = 0;
      for (String segment : lines[line].split(",")) {
        if (segment.isEmpty()) {
          continue;
        }
        List<Integer> fields = new ArrayList<>();
        int value = 0;
        int shift = 0;
        for (char letter : segment.toCharArray()) {
          int digit = BASE64.indexOf(letter);
          value |= (digit & 31) << shift;
          shift += 5;
          if ((digit & 32) == 0) {
            fields.add((value & 1) == 0 ? value >> 1 : -(value >> 1));
            value = 0;
            shift = 0;
          }
        }
        for (int field = 0; field < fields.size(); field++) {
          state[field + 1] += fields.get(field);
        }
        boolean original = fields.size() >= 4;
        result.add(
            new Mapping(
                line,
                state[1],
                original ? state[2] : -1,
                original ? state[3] : -1,
                original ? state[4] : -1,
                fields.size() == 5 ? state[5] : -1));
      }
    }
    return result;
  }

  private static String vlq(int value) {
    StringBuilder text = new StringBuilder();
    int rest = value < 0 ? -value << 1 | 1 : value << 1;
    do {
      int digit = rest & 31;
      rest >>>= 5;
      text.append(BASE64.charAt(rest > 0 ? digit | 32 : digit));
    } while (rest > 0);
    return text.toString();
  }

  @Test
  void decodesAMappingWrittenOutByHand() {
    assertThat(decode("AAAA;EACAC,GAAIA"))
        .containsExactly(
            new Mapping(0, 0, 0, 0, 0, -1),
            new Mapping(1, 2, 0, 1, 0, 1),
            new Mapping(1, 5, 0, 1, 4, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        ";;;AAAA",
        "AAAA,CAAC",
        "CAAC,IAAI,IAAM,SAAUA,GAClB,OAAOC,IAAID;CCDb,IAAI,IAAM,SAAUE,GAClB,OAAOA",
        "gggBAAAA,+/////DA"
      })
  void decodesWhatAHandWrittenDecoderDecodes(String mappings) {
    if (mappings.startsWith("ggg")) {
      mappings = vlq(1 << 20) + "AAA";
    }

    assertThat(decode(mappings)).isEqualTo(expected(mappings));
  }

  @Test
  void decodesALargeMap() {
    Random random = new Random(11);
    StringBuilder mappings = new StringBuilder();
    int originalLine = 0;
    for (int line = 0; line < 2000; line++) {
      for (int segment = 0; segment < 10; segment++) {
        int step = random.nextInt(5) - Math.min(2, originalLine);
        originalLine += step;
        mappings
            .append(segment == 0 ? "" : ",")
            .append(vlq(1 + random.nextInt(100)))
            .append(vlq(0))
            .append(vlq(step))
            .append(vlq(random.nextInt(3)));
      }
      mappings.append(';');
    }

    assertThat(decode(mappings.toString())).isEqualTo(expected(mappings.toString()));
  }

  @ParameterizedTest
  @CsvSource({"D, 1", "$, 3", "AA, 2", "g, 2"})
  void reportsWhatIsNoMapping(String mappings, int knownCode) {
    assertThat(parse(mappings)).isZero();
    assertThat(call(this.session, "get_last_error")).isPositive();
  }

  @Test
  void findsTheOriginalPlaceOfAGeneratedOne() {
    int parsed = parse("AAAA;EACAC,GAAIA");

    this.session.call("original_location_for", parsed, 1, 4, 1);

    assertThat(this.found).containsExactly(new Mapping(1, 2, 0, 1, 0, 1));
  }

  @Test
  void answersByNameWithoutASession() {
    int address =
        this.runtime
            .manager
            .module("source-map")
            .operation("allocate_mappings")
            .input(100)
            .retrieve(Integer.class)
            .value();

    assertThat(address).isPositive();
    assertThat(this.runtime.manager.status("source-map").get(0).errors())
        .doesNotContainKey(WasmErrorCategory.TRAP);
  }
}
