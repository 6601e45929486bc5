package io.github.wasmspring.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.jvm.JvmEngine;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileMojoTest {

  private static final String NAME = "com.example.ScalarCode";
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir private Path folder;

  private final MavenProject project = new MavenProject();
  private Path module;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    this.module = this.folder.resolve("modules/scalar.wasm");
    this.output = this.folder.resolve("target/classes");
    Files.createDirectories(this.module.getParent());
    Files.write(this.module, Guests.bytes("scalar"));
  }

  private void compile(Path file, String name) throws Exception {
    new CompileMojo(
            List.of(new CompiledModule(file.toFile(), name)), this.output.toFile(), this.project)
        .execute();
  }

  private long add() throws Exception {
    try (URLClassLoader classes =
        new URLClassLoader(new URL[] {this.output.toUri().toURL()}, getClass().getClassLoader())) {
      WasmCode code = new JvmEngine().precompiled(NAME, classes);
      assertThat(code.kind()).isEqualTo(WasmCodeKind.PRECOMPILED);
      try (WasmInstance instance =
          code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)) {
        return instance.call(code.exports().get("add").index(), 3, 4)[0];
      }
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(this.output.resolve("com/example"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void makesClassesAndPutsTheModuleBesideThem() throws Exception {
    compile(this.module, NAME);
    assertThat(files()).contains("ScalarCode.class", "ScalarCode$Context.class", "ScalarCode.wasm");
    assertThat(add()).isEqualTo(7);
  }

  @Test
  void aModuleInResourcesStaysThere() throws Exception {
    Resource resources = new Resource();
    resources.setDirectory(this.folder.resolve("modules").toString());
    resources.setTargetPath("META-INF/wasm");
    this.project.getBuild().addResource(resources);
    compile(this.module, NAME);
    assertThat(files()).doesNotContain("ScalarCode.wasm");
    Path copied = this.output.resolve("META-INF/wasm/scalar.wasm");
    Files.createDirectories(copied.getParent());
    Files.copy(this.module, copied);
    assertThat(add()).isEqualTo(7);
  }

  @Test
  void whatIsThereAlreadyIsLeftAsItIs() throws Exception {
    compile(this.module, NAME);
    Path made = this.output.resolve("com/example/ScalarCode.class");
    Files.setLastModifiedTime(made, LONG_AGO);
    compile(this.module, NAME);
    assertThat(Files.getLastModifiedTime(made)).isEqualTo(LONG_AGO);

    Files.write(this.module, Guests.bytes("buffer"));
    compile(this.module, NAME);
    assertThat(Files.getLastModifiedTime(made)).isNotEqualTo(LONG_AGO);
  }

  @Test
  void classesOfAnEarlierModuleAreDeletedAndNoOthers() throws Exception {
    compile(this.module, NAME);
    Path left = this.output.resolve("com/example/ScalarCode$Functions77.class");
    Path other = this.output.resolve("com/example/ScalarCodes.class");
    Files.createFile(left);
    Files.createFile(other);
    Files.write(this.module, Guests.bytes("buffer"));
    compile(this.module, NAME);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThatExceptionOfType(MojoExecutionException.class)
        .isThrownBy(() -> compile(this.folder.resolve("missing.wasm"), NAME))
        .withMessageContaining("There is no module")
        .withMessageContaining("missing.wasm");
    assertThatExceptionOfType(MojoExecutionException.class)
        .isThrownBy(() -> compile(this.module, null))
        .withMessageContaining("<className>");
    for (String name : List.of("Code", "com..Code", "com/example/Code", "", "com.1.Code")) {
      assertThatExceptionOfType(MojoExecutionException.class)
          .isThrownBy(() -> compile(this.module, name))
          .withMessageContaining("is no name of a class in a package");
    }
    Files.write(this.module, new byte[] {0, 'a', 's', 'm', 1});
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(() -> compile(this.module, NAME))
        .withMessageContaining("scalar.wasm");
    assertThat(this.output.resolve("com")).doesNotExist();
  }

  @Test
  void aFolderThatCanNotBeWrittenToIsNamed() throws IOException {
    Files.createDirectories(this.output.getParent());
    Files.createFile(this.output);
    assertThatExceptionOfType(MojoExecutionException.class)
        .isThrownBy(() -> compile(this.module, NAME))
        .withMessageContaining("can't be written to")
        .withMessageContaining("classes");
  }
}
