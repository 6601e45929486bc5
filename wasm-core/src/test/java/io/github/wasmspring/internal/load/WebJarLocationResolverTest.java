package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real one is in {@code SourceMapTest}. */
class WebJarLocationResolverTest {

  private final WebJarLocationResolver resolver = new WebJarLocationResolver();

  @TempDir private Path folder;
  private URLClassLoader classLoader;

  @BeforeEach
  void create() throws IOException {
    this.classLoader = new URLClassLoader(new URL[] {this.folder.toUri().toURL()}, null);
  }

  @AfterEach
  void close() throws IOException {
    this.classLoader.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = this.folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void webJar(String group, String artifact, String version) throws IOException {
    write(
        "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact),
        "groupId=%s%nartifactId=%s%nversion=%s%n".formatted(group, artifact, version));
  }

  private String read(String location) throws IOException {
    try (InputStream stream = this.resolver.open(location, this.classLoader)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.webjars.npm", "org.webjars", "org.webjars.bower"})
  void findsTheVersionThatIsThere(String group) throws IOException {
    webJar(group, "prices", "1.2.3-rc.1");
    write("META-INF/resources/webjars/prices/1.2.3-rc.1/dist/prices.wasm", "module");
    assertThat(read("webjar:prices/dist/prices.wasm")).isEqualTo("module");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> read("webjar:prices/dist/prices.wasm"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("there is no WebJar 'prices' on the class path");
    webJar("org.webjars.npm", "prices", "1.0.0");
    assertThatThrownBy(() -> read("webjar:prices/dist/prices.wasm"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("the WebJar 'prices' 1.0.0 has no file dist/prices.wasm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webjar:", "webjar:prices", "webjar:prices/", "webjar:/dist/prices.wasm"})
  void wantsAJarAndAPath(String location) {
    assertThatThrownBy(() -> read(location))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("webjar:source-map/lib/mappings.wasm");
  }

  @Test
  void aDamagedJarIsNoCrash() throws IOException {
    write("META-INF/maven/org.webjars/prices/pom.properties", "version=\\u12");
    assertThatThrownBy(() -> read("webjar:prices/prices.wasm"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("are damaged");
    write("META-INF/maven/org.webjars/prices/pom.properties", "");
    assertThatThrownBy(() -> read("webjar:prices/prices.wasm"))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void isForWebJarsOnly() {
    assertThat(this.resolver.supports("webjar:prices/prices.wasm")).isTrue();
    assertThat(this.resolver.supports("classpath:prices.wasm")).isFalse();
  }
}
