package io.github.wasmspring.internal.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A JVM that can't write the names of files says so when a directory is mapped. */
@Timeout(120)
class FileNameEncodingTest {

  @ParameterizedTest
  @ValueSource(strings = {"ANSI_X3.4-1968", "ISO-8859-1", "windows-1252", "x-no-such-charset"})
  void whatHasNotAllLettersLosesNames(String name) {
    assertThat(new FileNameEncoding(name).hasEveryName()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030"})
  void whatHasThemLosesNone(String name) {
    assertThat(new FileNameEncoding(name).hasEveryName()).isTrue();
  }

  @Test
  void aJvmWithoutALocaleWarns(@TempDir Path directory) throws Exception {
    assertThat(outputWith("C", directory))
        .containsOnlyOnce("WARN")
        .contains("module 'wasi'")
        .contains(directory.toString())
        .contains("wasi.directories")
        .contains("LC_ALL=C.UTF-8");
  }

  @Test
  void aJvmWithALocaleOfUtf8DoesNot(@TempDir Path directory) throws Exception {
    assertThat(outputWith("C.UTF-8", directory)).contains("mapped").doesNotContain("WARN");
  }

  private static String outputWith(String locale, Path directory)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Mapping.class.getName(),
            directory.toString());
    builder.environment().put("LC_ALL", locale);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program of its own that maps a directory. */
  static final class Mapping {

    public static void main(String[] arguments) {
      ((Logger) LoggerFactory.getLogger(FileNameEncoding.class)).setLevel(Level.WARN);
      try (WasmRuntime runtime = WasmRuntime.create()) {
        runtime.register(
            TestRuntime.guest("wasi")
                .settings(
                    settings ->
                        settings.wasi(
                            wasi ->
                                wasi.directories(
                                    List.of(
                                        new WasiSettings.Directory(
                                            "/data",
                                            Path.of(arguments[0]),
                                            WasiSettings.Access.READ_ONLY)))))
                .build());
        runtime.manager().open("wasi").close();
        System.out.println("mapped");
      }
    }
  }
}
