package io.github.wasmspring.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.ModuleMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMojoTest {

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  private CheckMojo mojo(
      byte[] module,
      String maxSize,
      String maxMemory,
      List<String> allowedImports,
      List<String> allowedFeatures)
      throws IOException {
    Path file = this.folder.resolve("checked.wasm");
    Files.write(file, module);
    CheckMojo mojo =
        new CheckMojo(
            List.of(new CompiledModule(file.toFile(), "com.example.Code")),
            maxSize,
            maxMemory,
            allowedImports,
            allowedFeatures);
    mojo.setLog(
        new SystemStreamLog() {
          @Override
          public void info(CharSequence content) {
            CheckMojoTest.this.lines.add(content.toString());
          }
        });
    return mojo;
  }

  private static byte[] module() {
    return new ModuleMaker()
        .type("60 00 00")
        .imports("env", "log", "00 00")
        .imports("clock", "now", "00 00")
        .function(0, "00 41 00 c0 1a 0b")
        .memory("01 02 03")
        .export("run", 0, 2)
        .bytes();
  }

  @Test
  void saysWhatAModuleIs() throws Exception {
    byte[] module = module();
    mojo(module, null, null, null, null).execute();
    assertThat(this.lines)
        .containsExactly(
            "checked.wasm: %d bytes, 1 function, 1 export".formatted(module.length),
            "  features: SIGN_EXTENSION",
            "  memory: 2 pages (131,072 bytes) at first, at most 3 pages",
            "  imports: env.log, clock.now");
  }

  @Test
  void saysWhatTheDocumentationShows() throws Exception {
    Path root = Path.of("").toAbsolutePath().getParent();
    Path slugs = root.resolve("templates/rust-module/src/main/resources/wasm/slugs.wasm");
    ModuleReport report =
        ModuleReport.of(new WasmBinary(Files.readAllBytes(slugs), "digest", "slugs.wasm"));
    assertThat(Files.readString(root.resolve("docs/build-plugin.md")))
        .contains(String.join("\n", report.lines("slugs.wasm")));
  }

  @Test
  void passesWhatIsAllowed() throws Exception {
    CheckMojo mojo =
        mojo(module(), "1KB", "128KB", List.of("env.*", " clock.now"), List.of("sign_extension"));
    assertThatCode(mojo::execute).doesNotThrowAnyException();
  }

  @Test
  void failsForAllThatIsNot() throws Exception {
    CheckMojo mojo = mojo(module(), "16", "64KB", List.of("env.lo*", "clock.*"), List.of());
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(mojo::execute)
        .withMessageContaining("maxSize is 16")
        .withMessageContaining("131,072 bytes at first, and maxMemory is 65,536")
        .withMessageContaining("imports env.log")
        .withMessageContaining("uses SIGN_EXTENSION")
        .withMessageNotContaining("clock");
  }

  @Test
  void failsForWhatTheEngineRefuses() throws Exception {
    byte[] collected = new ModuleMaker().type("60 00 00").function(0, "00 d0 6e 1a 0b").bytes();
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(mojo(collected, null, null, null, null)::execute)
        .withMessageContaining("checked.wasm")
        .withMessageContainingAll("garbage collection");
    byte[] cut = Arrays.copyOf(Guests.bytes("scalar"), 60);
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(mojo(cut, null, null, null, null)::execute);
  }

  @Test
  void aMemoryOfEveryPossibleSizeIsCounted() throws Exception {
    byte[] huge = new ModuleMaker().memory("04 80 80 80 80 80 80 40").bytes();
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(mojo(huge, null, "1GB", null, null)::execute)
        .withMessageContaining("maxMemory");
  }

  @Test
  void wrongSizesAreToldFromTheirParameters() throws Exception {
    assertThatExceptionOfType(MojoExecutionException.class)
        .isThrownBy(mojo(module(), null, "much", null, null)::execute)
        .withMessage("<maxMemory> is 'much', which is no size such as 512KB or 16MB");
  }
}
