package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.testing.NodeScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another engine finds split modules valid and their answers the same, if there is a Node here. */
class SplitNodeTest {

  private static final int MODULES = Integer.getInteger("split.fuzz.modules", 150);
  private static final long SEED = Long.getLong("split.fuzz.seed", 7_000_000L);

  @Test
  void nodeAnswersTheSameWhenModulesAreSplit(@TempDir Path directory)
      throws IOException, InterruptedException {
    NodeScript.assumeNode();
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < MODULES; i++) {
      long seed = SEED + i;
      Random dice = new Random(seed);
      RandomModule random = new RandomModule(seed, 40 + dice.nextInt(300));
      byte[] whole = random.bytes();
      SplitLimits limits =
          SplitDifferentialTest.LIMITS.get(dice.nextInt(SplitDifferentialTest.LIMITS.size()));
      Files.write(directory.resolve("whole-" + seed + ".wasm"), whole);
      Files.write(directory.resolve("split-" + seed + ".wasm"), Splits.of(whole, limits).bytes());
      calls.add(
          "{\"seed\":%d,\"values\":[%s,%s]}"
              .formatted(seed, arguments(random, dice), arguments(random, dice)));
    }
    Files.writeString(directory.resolve("calls.json"), "[" + String.join(",", calls) + "]");
    String output = NodeScript.run("/split/run.mjs", directory);
    assertThat(output).endsWith("%d runs, 0 differences\n".formatted(2 * MODULES));
  }

  private static String arguments(RandomModule random, Random dice) {
    return random.parameters().stream()
        .map(
            type ->
                switch (type) {
                  case I64 -> (dice.nextLong() >> dice.nextInt(60)) + "n";
                  case I32 -> Integer.toString(dice.nextInt() >> dice.nextInt(30));
                  default -> Double.toString(dice.nextInt(1000) / 8d);
                })
        .map(value -> "\"" + value + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
