package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowTest {

  @Test
  void writtenRowsAreReadAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.csv");
    Options options = Options.parse(List.of("--quick"));
    Plan.Cell cell = new Plan.Cell("call.scalar", "wasmspring");
    Row row =
        new Row(
            17,
            cell.name(),
            cell.engine(),
            Figures.of("ns", 98, 101.25, 140),
            options.command(17, cell));

    Row.write(List.of(row), file);

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "jdk,case,engine,ns,p10,p90,unit,command",
            "17,call.scalar,wasmspring,101.25,98.00,140.00,ns,"
                + "benchmarks/run compare --quick --jdk 17 --case call.scalar --engine wasmspring");
    assertThat(Row.read(file)).containsExactly(row);
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--fast")))
        .withMessage("there is no option --fast");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--quick", "--case")))
        .withMessage("--case wants a value");
  }

  @Test
  void theCommandOfARowMeasuresThatRow() {
    for (Plan.Cell cell : Plan.cells()) {
      String command = Options.parse(List.of("--quick")).command(25, cell);
      List<String> arguments = List.of(command.split(" "));

      Options options = Options.parse(arguments.subList(2, arguments.size()));

      assertThat(arguments).startsWith("benchmarks/run", "compare");
      assertThat(command).doesNotContain(",");
      assertThat(Plan.cells().stream().filter(options::wants)).containsExactly(cell);
      assertThat(options.isWhole()).isFalse();
    }
  }
}
