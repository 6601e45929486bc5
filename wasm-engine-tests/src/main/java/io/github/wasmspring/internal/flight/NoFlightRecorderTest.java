package io.github.wasmspring.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * JVMs that come without a flight recorder, as those that jlink makes, run modules all the same.
 */
class NoFlightRecorderTest {

  @WasmModule("trouble")
  interface Sums {

    int add(int one, int two);
  }

  /** What runs there. */
  static final class Program {

    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        System.out.println(FlightLog.get().getClass().getSimpleName());
        return;
      }
      boolean recorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
      try (TestRuntime runtime = new TestRuntime().with(TestRuntime.guest("trouble"))) {
        Sums sums = runtime.manager.bind(Sums.class);
        int sum = 0;
        for (int i = 0; i < 1000; i++) {
          sum = sums.add(sum, 1);
        }
        System.out.println(recorder + " " + sum);
      }
    }
  }

  private static List<String> run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    String engine = System.getProperty(TestEngines.CHOSEN);
    if (engine != null) {
      command.add("-D%s=%s".formatted(TestEngines.CHOSEN, engine));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Program.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void modulesRunWithoutTheModuleOfTheRecorder() throws Exception {
    assertThat(run(List.of("--limit-modules", "java.se,jdk.unsupported"))).contains("false 1000");
  }

  @Test
  void nothingIsToldInANativeImage() throws Exception {
    assertThat(run(List.of("-Dorg.graalvm.nativeimage.imagecode=runtime"), "which"))
        .containsExactly("FlightLog");
    assertThat(run(List.of(), "which")).containsExactly("JfrLog");
  }
}
