package io.github.wasmspring.internal.debug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.CustomSection;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.SectionId;
import io.github.wasmspring.testing.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of source are those that LLVM reads, and damaged ones do no harm. */
class SourceLinesTest {

  private static final int DAMAGED = 3000;

  private record Row(int address, int line, String file, boolean isEnd) {

    /** See {@code src/main/c/build}. */
    static Row of(String text) {
      String[] parts = text.split(" ");
      return new Row(
          Integer.decode(parts[0]), Integer.parseInt(parts[1]), parts[2], parts.length > 3);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = Guests.class.getResourceAsStream("/lines/" + name)) {
      return Objects.requireNonNull(stream).readAllBytes();
    }
  }

  private static SourceLines read(byte[] module) {
    return SourceLines.read(module, ModuleFacts.of(module));
  }

  private static int code(byte[] module) {
    return ModuleFacts.of(module).section(SectionId.CODE).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dwarf4", "dwarf5"})
  void everyByteOfTheCodeIsOfTheLineThatLlvmSays(String name) throws IOException {
    byte[] module = resource(name + ".wasm");
    List<Row> rows = new String(resource(name + ".txt"), UTF_8).lines().map(Row::of).toList();
    SourceLines lines = read(module);
    int code = code(module);
    int compared = 0;

    for (int i = 0; i + 1 < rows.size(); i++) {
      Row row = rows.get(i);
      for (int at = row.address(); !row.isEnd() && at < rows.get(i + 1).address(); at++) {
        SourceLine expected = row.line() == 0 ? null : new SourceLine(row.file(), row.line());
        assertThat(lines.at(code + at)).as("at 0x%x", at).isEqualTo(expected);
        compared++;
      }
    }

    assertThat(compared).isGreaterThan(4000);
  }

  @Test
  void whatIsNoCodeHasNoLine() throws IOException {
    byte[] module = resource("dwarf5.wasm");
    SourceLines lines = read(module);
    int code = code(module);

    assertThat(lines.at(code)).isNull();
    assertThat(lines.at(0)).isNull();
    assertThat(lines.at(module.length - 1)).isNull();
    assertThat(lines.at(Integer.MAX_VALUE)).isNull();
    // Between two functions stands the length of the second.
    assertThat(lines.at(code + 0x0f)).isNull();
  }

  @Test
  void aModuleWithoutThemHasNone() {
    byte[] module = Guests.bytes("trace");

    assertThat(read(module).at(code(module) + 3)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dwarf4", "dwarf5"})
  @Timeout(60)
  void damagedOnesDoNoHarm(String name) throws IOException {
    byte[] module = resource(name + ".wasm");
    List<CustomSection> sections =
        ModuleFacts.of(module).customSections().stream()
            .filter(each -> each.name().equals(".debug_line") || each.name().endsWith("_str"))
            .toList();
    Random dice = new Random(7);
    int code = code(module);
    int different = 0;
    SourceLines whole = read(module);

    for (int i = 0; i < DAMAGED; i++) {
      byte[] damaged = module.clone();
      for (int k = dice.nextInt(8); k >= 0; k--) {
        CustomSection section = sections.get(dice.nextInt(sections.size()));
        // Half of them in the header, where all else is decided.
        int length = section.end() - section.start();
        int at = section.start() + dice.nextInt(dice.nextBoolean() ? length : Math.min(90, length));
        damaged[at] = (byte) (dice.nextBoolean() ? dice.nextInt() : dice.nextBoolean() ? 0 : 0xff);
      }
      SourceLines lines = read(damaged);
      boolean same = true;
      for (int at = code; at < code + 400; at += 3) {
        same &= Objects.equals(lines.at(at), whole.at(at));
      }
      different += same ? 0 : 1;
    }

    assertThat(different).isBetween(DAMAGED / 10, DAMAGED - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dwarf4", "dwarf5"})
  void thoseThatAreCutOffDoNoHarm(String name) throws IOException {
    byte[] module = resource(name + ".wasm");
    CustomSection lines =
        ModuleFacts.of(module).customSections().stream()
            .filter(each -> each.name().equals(".debug_line"))
            .findFirst()
            .orElseThrow();
    byte[] table = Arrays.copyOfRange(module, lines.start(), lines.end());

    for (int length = 0; length < table.length; length += length < 150 ? 1 : 29) {
      byte[] cut = Arrays.copyOf(table, length);
      assertThat(lineOf(module, cut, 0x11)).isNull();
      if (length >= 4) {
        // The same, and the length of the unit is right.
        cut[0] = (byte) (length - 4);
        cut[1] = (byte) (length - 4 >> 8);
        lineOf(module, cut, 0x11);
      }
    }
    assertThat(lineOf(module, table, 0x11)).isEqualTo(new SourceLine("lines.c", 8));
  }

  private static @Nullable SourceLine lineOf(byte[] module, byte[] table, int address) {
    byte[] other = withLines(module, table);
    return read(other).at(code(other) + address);
  }

  /** The module with another table in front of its own. */
  private static byte[] withLines(byte[] module, byte[] table) {
    ByteWriter section = new ByteWriter().name(".debug_line").bytes(table);
    return new ByteWriter()
        .bytes(module, 0, 8)
        .octet(0)
        .sized(section)
        .bytes(module, 8, module.length)
        .toBytes();
  }

  private static ByteWriter number(ByteWriter out, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      out.octet((int) (value >> 8 * i));
    }
    return out;
  }

  /** A unit of version 5 whose folders and files are given, and its program. */
  private static byte[] unit(byte[] entries, byte[] program) {
    ByteWriter rest = new ByteWriter();
    for (int each : new int[] {1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1}) {
      rest.octet(each);
    }
    rest.bytes(entries);
    ByteWriter unit = number(new ByteWriter(), 2, 5).octet(4).octet(0);
    number(unit, 4, rest.length()).bytes(rest.toBytes()).bytes(program);
    return number(new ByteWriter(), 4, unit.length()).bytes(unit.toBytes()).toBytes();
  }

  private static SourceLines withUnit(byte[] entries, byte[] program) throws IOException {
    return read(withLines(resource("dwarf5.wasm"), unit(entries, program)));
  }

  /** Sets an address, and makes as many rows as there are. */
  private static byte[] rows(int count, int opcode) {
    ByteWriter program = new ByteWriter().octet(0).octet(5).octet(2);
    number(program, 4, 3);
    byte[] rows = new byte[count];
    Arrays.fill(rows, (byte) opcode);
    return program.bytes(rows).octet(2).unsigned(1).octet(0).octet(1).octet(1).toBytes();
  }

  @Test
  void unitsThatAreMadeUpAreRead() throws IOException {
    byte[] module = withLines(resource("dwarf5.wasm"), new byte[0]);
    byte[] oneFile = {0, 0, 1, 1, 8, 1, '/', 'a', '/', 'b', '.', 'c', 0};

    SourceLines lines =
        read(
            withLines(
                resource("dwarf5.wasm"),
                unit(oneFile, new byte[] {4, 0, 0, 5, 2, 3, 0, 0, 0, 3, 41, 1, 2, 9, 0, 1, 1})));

    int shift = unit(oneFile, new byte[17]).length;
    assertThat(lines.at(code(module) + shift + 5)).isEqualTo(new SourceLine("b.c", 42));
    assertThat(lines.at(code(module) + shift + 12)).isNull();
  }

  /** A million files in no bytes at all, and others that are long and have most bytes in common. */
  @Test
  @Timeout(20)
  void hugeTablesOfFilesEndSoon() throws IOException {
    byte[] nothing = new ByteWriter().octet(0).unsigned(0).octet(0).unsigned(1 << 30).toBytes();
    assertThat(withUnit(nothing, new byte[0])).hasToString("0 rows of []");
    byte[] folders = new ByteWriter().octet(0).unsigned(1 << 30).octet(0).unsigned(0).toBytes();
    assertThat(withUnit(folders, new byte[0])).hasToString("0 rows of []");

    ByteWriter shared = new ByteWriter().octet(0).unsigned(0).octet(1).octet(1).octet(0x1f);
    int files = 2_000_000;
    shared.unsigned(files);
    for (int i = 0; i < files; i++) {
      number(shared, 4, i);
    }
    byte[] text = new byte[files];
    Arrays.fill(text, (byte) 'x');
    ByteWriter strings = new ByteWriter().name(".debug_line_str").bytes(text);
    byte[] module =
        new ByteWriter()
            .bytes(withLines(resource("dwarf4.wasm"), unit(shared.toBytes(), new byte[0])))
            .octet(0)
            .sized(strings)
            .toBytes();
    assertThat(read(module).toString()).hasSizeLessThan(200);
  }

  /** Each of its bytes is a row. */
  @Test
  @Timeout(20)
  void programsWithoutEndEndSoon() throws IOException {
    byte[] none = {0, 0, 0, 0};
    int special = 13 + 14 + 1;

    assertThat(withUnit(none, rows(5_000_000, special)).toString()).startsWith("0 rows");
    assertThat(withUnit(none, rows(1_000, special)).toString()).doesNotStartWith("0 rows");
    assertThat(withUnit(none, rows(3_000_000, 1)).toString()).doesNotStartWith("0 rows");
  }

  @Test
  void sequencesThatGoBackAreLeftOut() throws IOException {
    byte[] back = {0, 5, 2, 100, 0, 0, 0, 1, 0, 5, 2, 50, 0, 0, 0, 1, 2, 90, 0, 1, 1};

    assertThat(withUnit(new byte[] {0, 0, 0, 0}, back)).hasToString("0 rows of []");
  }

  @Test
  void namesOfFilesAreCutAndHaveNothingButWhatCanBeSeen() throws IOException {
    ByteWriter entries = new ByteWriter().octet(0).unsigned(0).octet(1).octet(1).octet(8);
    List<String> names = new ArrayList<>();
    names.add("a\u202eb\n\u001b[2J c.rs");
    names.add("x".repeat(100_000));
    entries.unsigned(names.size());
    names.forEach(name -> entries.bytes(name.getBytes(UTF_8)).octet(0));

    assertThat(withUnit(entries.toBytes(), new byte[0]))
        .hasToString("0 rows of [a_b__[2J_c.rs, " + "x".repeat(100) + "]");
  }

  @Test
  void readingTakesNoLongerThanTheTableIsLong() throws IOException {
    long start = System.nanoTime();

    withUnit(new byte[] {0, 0, 0, 0}, rows(10_000_000, 1));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }
}
