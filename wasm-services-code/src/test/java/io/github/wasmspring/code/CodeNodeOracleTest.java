package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random scripts come to the same as in Node, another implementation of the language ({@code
 * wasm.code.scripts} of them). Skipped where there is no Node of version 20 or above.
 */
@Tag("once")
class CodeNodeOracleTest {

  private static final int SCRIPTS = Integer.getInteger("wasm.code.scripts", 150);
  private static final int EXPRESSIONS = 40;

  private static final String JUDGE =
      """
      const vm = require('vm'), fs = require('fs');
      const scripts = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
      process.env.TZ = 'UTC';
      fs.writeFileSync(process.argv[3], JSON.stringify(scripts.map(s => {
        try { return String(vm.runInNewContext(s, {}, { timeout: 10000 })) } catch (e) { return '!!' + e.name }
      })));
      """;

  private static WasmRuntime runtime;
  private static CodeExecutor executor;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    executor =
        CodeExecutor.of(
            runtime.manager(),
            CodeExecutorSettings.DEFAULTS
                .withTimeout(Duration.ofSeconds(30))
                .withMemory(64 << 20)
                .withStack(128 << 10)
                .withOutput(4 << 20)
                .withConsole(0));
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static boolean hasNode() {
    try {
      Process asked = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      String version = new String(asked.getInputStream().readAllBytes()).strip();
      return asked.waitFor() == 0
          && version.matches("v\\d+\\..*")
          && Integer.parseInt(version.substring(1, version.indexOf('.'))) >= 20;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> judged(Path folder, List<String> scripts) throws Exception {
    CodeJson json = CodeExecutorSettings.DEFAULTS.json();
    Path judge = Files.writeString(folder.resolve("judge.js"), JUDGE);
    Path in = Files.writeString(folder.resolve("scripts.json"), json.write(scripts));
    Path out = folder.resolve("answers.json");
    ProcessBuilder node =
        new ProcessBuilder("node", judge.toString(), in.toString(), out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    node.environment().put("TZ", "UTC");
    assertThat(node.start().waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
    String[] answers = json.read(Files.readString(out), String[].class);
    return Arrays.asList(Objects.requireNonNull(answers));
  }

  @Test
  void scriptsComeToTheSame(@TempDir Path folder) throws Exception {
    assumeTrue(hasNode(), "There is no Node of version 20 or above");
    long seed = Long.getLong("wasm.code.seed", 20261130);
    List<String> scripts = new ArrayList<>();
    for (int i = 0; i < SCRIPTS; i++) {
      scripts.add(new RandomScripts(seed + i).next(EXPRESSIONS));
    }
    List<String> expected = judged(folder, scripts);

    List<String> different = new ArrayList<>();
    for (int i = 0; i < SCRIPTS; i++) {
      String answer = executor.javascript(scripts.get(i)).run().as(String.class);
      compare(scripts.get(i), expected.get(i), Objects.requireNonNull(answer), different);
    }

    assertThat(different).isEmpty();
  }

  private static void compare(
      String script, String expected, String answer, List<String> different) {
    List<String> expressions =
        script.lines().filter(line -> line.startsWith("try { out.push")).toList();
    String[] theirs = expected.split("\n", -1);
    String[] ours = answer.split("\n", -1);
    if (theirs.length != ours.length) {
      different.add(script + " => " + expected + " / " + answer);
      return;
    }
    for (int i = 0; i < theirs.length; i++) {
      if (!theirs[i].equals(ours[i])) {
        String expression = i < expressions.size() ? expressions.get(i) : "t";
        different.add("%s%n  Node: %s%n  ours: %s".formatted(expression, theirs[i], ours[i]));
      }
    }
  }
}
