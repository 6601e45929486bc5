package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundled modules on the engine that is not the starter's give the answers of their fallbacks. */
class EnginesAnswerTest {

  private static BeanContender contender;

  @BeforeAll
  static void start() {
    contender = BeanContender.inWasm("jvm");
  }

  @AfterAll
  static void close() {
    contender.close();
  }

  static Collection<String> kernels() {
    return Kernels.names();
  }

  /** Making the task compares the first answer; later ones may come from compiled code. */
  @ParameterizedTest
  @MethodSource("kernels")
  void answersAreThoseOfTheFallback(String kernel) {
    Task task = contender.task("kernel." + kernel);

    long first = task.run(0);
    for (int i = 0; i < 5; i++) {
      assertThat(task.run(0)).isEqualTo(first);
    }
  }
}
