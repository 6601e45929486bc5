package io.github.wasmspring.autoconfigure.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that Spring Boot DevTools restarts when its classes change. */
@Tag("once")
@Timeout(240)
class DevToolsRestartTest {

  private static final int RESTARTS = 3;
  private static final String TRIGGER = ".restart";

  @TempDir private Path parent;

  private Process process;
  private BufferedReader output;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    layOut();
    this.process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-Xmx256m",
                "-cp",
                classPath(),
                DevToolsApplication.class.getName(),
                "--server.port=0",
                // The class path of the tests has a pool, and this application no database.
                "--spring.autoconfigure.exclude="
                    + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                // The hooks keep the first class loader, and the client has a thread that never
                // ends.
                "--spring.main.register-shutdown-hook=false",
                "--logging.register-shutdown-hook=false",
                "--management.prometheus.metrics.export.enabled=false",
                "--server.address=127.0.0.1",
                "--spring.devtools.restart.trigger-file=" + TRIGGER,
                "--spring.devtools.restart.poll-interval=100ms",
                "--spring.devtools.restart.quiet-period=50ms",
                "--wasm.modules.calc.location=classpath:wasm/calc.wasm",
                "--wasm.modules.calc.load=prefetch",
                "--wasm.modules.watched.location=file:" + application().resolve("wasm/calc.wasm"),
                "--wasm.modules.watched.watch=true",
                "--wasm.cache.directory=" + this.parent.resolve("code"),
                "--wasm.plugins.watch=" + Files.createDirectory(this.parent.resolve("drop")),
                "--wasm.plugins.directory=" + this.parent.resolve("plugins"))
            .redirectErrorStream(true)
            .start();
    this.output = this.process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() throws InterruptedException {
    this.process.destroyForcibly().waitFor();
  }

  private Path application() {
    return this.parent.resolve("application");
  }

  /** As a project's own classes, in a directory; what else is there is as good as in jars. */
  private void layOut() throws Exception {
    Path classes =
        Path.of(
            DevToolsApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = DevToolsApplication.class.getPackageName().replace('.', '/');
    Files.createDirectories(application().resolve(folder));
    try (Stream<Path> files = Files.list(classes.resolve(folder))) {
      for (Path file : files.filter(each -> !each.toString().contains("Test")).toList()) {
        Files.copy(file, application().resolve(folder).resolve(file.getFileName().toString()));
      }
    }
    Files.createDirectory(application().resolve("wasm"));
    Files.copy(classes.resolve("wasm/calc.wasm"), application().resolve("wasm/calc.wasm"));
    Files.createDirectory(application().resolve("META-INF"));
    Files.writeString(
        application().resolve("META-INF/spring-devtools.properties"),
        "restart.exclude.libraries=/target/");
    Files.writeString(application().resolve(TRIGGER), "0");
  }

  private String classPath() {
    return Stream.concat(
            Stream.of(application().toString()),
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !Path.of(each).endsWith("test-classes")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void everythingIsThereAfterEachRestartAndNothingOfTheApplicationBeforeIsLeft()
      throws IOException {
    assertThat(ready()).isEqualTo(expected(1));
    for (int start = 2; start <= RESTARTS + 1; start++) {
      change(start);
      assertThat(ready()).as("%s", this.said).isEqualTo(expected(start));
    }
  }

  private static String expected(int start) {
    return "ready %d in RestartClassLoader: calc 9, of this loader true, plug-in ACTIVE in revision 1: 3, left are 0 loaders and the threads []"
        .formatted(start);
  }

  /** As a compiler does. */
  private void change(int start) throws IOException {
    Path file =
        application().resolve(DevToolsApplication.class.getName().replace('.', '/') + ".class");
    Files.write(file, Files.readAllBytes(file));
    Files.writeString(application().resolve(TRIGGER), "start ".repeat(start));
  }

  private String ready() throws IOException {
    for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
      this.said.add(line);
      if (line.startsWith("ready ")) {
        return line;
      }
    }
    throw new IOException("The process has ended: " + String.join("\n", this.said));
  }
}
