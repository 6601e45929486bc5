package io.github.wasmspring.verification.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.bundle.BundledModules;
import io.github.wasmspring.engine.jvm.JvmEngine;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.split.BigFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HotSpot compiles the hot functions of the bundle, and makes their accesses a few instructions.
 */
class HotSpotLogTest {

  private static final String CLASSES = "io.github.wasmspring.internal.bundle.compiled.";
  private static final String MILLISECONDS = "1200";

  @TempDir private Path folder;

  static Stream<WasmModuleDescriptor> modules() {
    return new BundledModules().modules().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noFunctionIsTooBigToBeCompiled(WasmModuleDescriptor module) {
    assertThat(
            new JvmEngine()
                .precompiled(module.compiledClass(), module.classLoader())
                .bigFunctions())
        .noneMatch(BigFunction::isTooBig);
  }

  @Test
  void whatIsHotIsCompiledWithItsAccesses() throws Exception {
    CompilerLog log = CompilerLog.read(run(), CLASSES);
    assertThat(log.compiled())
        .hasSizeGreaterThan(30)
        .anyMatch(method -> method.contains(".CompressionCode$"))
        .anyMatch(method -> method.contains(".JsonCode$"))
        .anyMatch(method -> method.contains(".HashCode$"))
        .anyMatch(method -> method.contains(".CryptoCode$"))
        .anyMatch(method -> method.contains(".ComputeCode$"));
    assertThat(log.failures()).isEmpty();
    assertThat(log.accesses()).isGreaterThan(1000);
    assertThat(log.notInlined()).hasSizeLessThanOrEqualTo(mostCalls(log));
  }

  /**
   * Where C2's graph of a function has 18,000 nodes, less than a hundred accesses, or where it has
   * inlined 8,000 bytes, it inlines nothing more: an eighth of the accesses in the bundle's hot
   * functions, most of them in three of {@code compression}. How many differs with how much is
   * compiled in the time.
   */
  private static int mostCalls(CompilerLog log) {
    return log.accesses() / 4;
  }

  private Path run() throws IOException, InterruptedException {
    Path log = this.folder.resolve("compiler.log");
    Path output = this.folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+LogCompilation",
                "-XX:LogFile=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                BundleLoops.class.getName(),
                MILLISECONDS)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> read(output)).isZero();
    return log;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
