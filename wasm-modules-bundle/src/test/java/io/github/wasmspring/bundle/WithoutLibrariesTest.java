package io.github.wasmspring.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A class path without the libraries that only fallbacks need, as the starter has it. */
class WithoutLibrariesTest {

  private static final Pattern LIBRARY =
      Pattern.compile("(hash4j|commons-codec|lz4-java|dec|json-schema-validator)-[0-9].*\\.jar");

  private static final Map<String, String> NEEDS =
      Map.ofEntries(
          Map.entry("hash.xxh3", "com.dynatrace.hash4j:hash4j"),
          Map.entry("hash.xxh128", "com.dynatrace.hash4j:hash4j"),
          Map.entry("hash.murmur32", "com.dynatrace.hash4j:hash4j"),
          Map.entry("hash.murmur128", "com.dynatrace.hash4j:hash4j"),
          Map.entry("hash.blake3", "commons-codec:commons-codec"),
          Map.entry("compression.lz4Compress", "at.yawk.lz4:lz4-java"),
          Map.entry("compression.lz4BlockCompress", "at.yawk.lz4:lz4-java"),
          Map.entry("compression.brotliDecompress", "org.brotli:dec"),
          Map.entry("memory.compressBlock", "at.yawk.lz4:lz4-java"),
          Map.entry("validation.validateSchema", "com.networknt:json-schema-validator"),
          Map.entry("validation.validateSchemaWith", "com.networknt:json-schema-validator"));

  private static URLClassLoader reduced;

  @BeforeAll
  static void leaveOutTheLibraries() {
    List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    List<String> left =
        entries.stream()
            .filter(entry -> !LIBRARY.matcher(Path.of(entry).getFileName().toString()).matches())
            .toList();
    assertThat(left).hasSize(entries.size() - 5);
    reduced =
        new URLClassLoader(
            left.stream().map(WithoutLibrariesTest::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
  }

  @AfterAll
  static void close() throws Exception {
    reduced.close();
  }

  @Test
  void modulesAnswerEverything() throws Exception {
    assertThat(run("Modules")).isEqualTo(true);
  }

  @Test
  void javaAnswersWhatItCanWithoutThem() throws Exception {
    assertThat(run("Fallbacks")).isEqualTo(true);
  }

  @Test
  void whereJavaCannotAnswerTheDependencyIsNamed() throws Exception {
    Map<?, ?> messages = (Map<?, ?>) run("Refusals");

    assertThat(messages.keySet())
        .extracting(Object::toString)
        .containsExactlyInAnyOrderElementsOf(NEEDS.keySet());
    messages.forEach(
        (operation, message) ->
            assertThat(message.toString())
                .contains("only Java may answer here")
                .contains(
                    "needs the library %s, which is not on the class path: add this dependency"
                        .formatted(NEEDS.get(operation.toString())))
                .contains(".execution-mode=auto"));
  }

  @Test
  void theDocumentationNamesEveryLibrary() throws Exception {
    assertThat(Files.readString(Path.of("../docs/modules.md"))).contains(NEEDS.values());
  }

  private static Object run(String part) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(reduced);
    try {
      Class<?> type = reduced.loadClass(WithoutLibraries.class.getName() + "$" + part);
      return ((Callable<?>) type.getDeclaredConstructor().newInstance()).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }
}
