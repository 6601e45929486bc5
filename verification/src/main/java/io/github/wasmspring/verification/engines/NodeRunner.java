package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Node, one process of it for all modules. It says first what features it lacks. It is asked by a
 * line for the module, with globals and tables, one for each call and an empty one, and answers by
 * a line for each answer and an empty one.
 */
final class NodeRunner implements ModuleRunner {

  private static final String REFUSED = "refused: ";
  private static final String TRAP = "trap: ";

  private final Path script;
  private final Process node;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private final Set<WasmFeature> missing = EnumSet.noneOf(WasmFeature.class);

  private NodeRunner(Path script, Process node) throws IOException {
    this.script = script;
    this.node = node;
    this.questions = node.outputWriter(StandardCharsets.UTF_8);
    this.answers = node.inputReader(StandardCharsets.UTF_8);
    for (String feature : this.answers.readLine().split(" ")) {
      if (!feature.isEmpty()) {
        this.missing.add(WasmFeature.valueOf(feature));
      }
    }
  }

  /**
   * @return {@code null} if there is no Node
   */
  static @Nullable NodeRunner create() {
    try {
      Path script = Files.createTempFile("node", ".mjs");
      try (InputStream source =
          Objects.requireNonNull(NodeRunner.class.getResourceAsStream("node.mjs"))) {
        Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
      }
      try {
        Process node =
            new ProcessBuilder("node", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new NodeRunner(script, node);
      } catch (IOException none) {
        Files.delete(script);
        return null;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String name() {
    return "node";
  }

  @Override
  public boolean has(Set<WasmFeature> features) {
    return Collections.disjoint(features, this.missing);
  }

  @Override
  public Supplier<List<String>> start(GuestRun run) {
    try {
      for (String line : question(run)) {
        this.questions.write(line);
        this.questions.newLine();
      }
      this.questions.newLine();
      this.questions.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException("Node has ended", gone);
    }
    return this::read;
  }

  private static List<String> question(GuestRun run) {
    StringBuilder globals = new StringBuilder();
    for (Map.Entry<String, GuestType> each : run.globals().entrySet()) {
      globals.append(globals.isEmpty() ? "" : ",").append(each.getKey());
      globals.append(PlannedCall.letters(List.of(each.getValue())));
    }
    List<String> lines = new ArrayList<>();
    String module = Base64.getEncoder().encodeToString(run.module());
    lines.add(
        "%s %d %d %d %s".formatted(module, GuestRun.FUEL, run.tables(), run.memories(), globals));
    for (int i = 0; i < run.calls().size(); i++) {
      lines.add((run.isStateSeen(i) ? "seen " : "call ") + run.calls().get(i));
    }
    return lines;
  }

  private List<String> read() {
    List<String> lines = new ArrayList<>();
    try {
      for (String line = this.answers.readLine();
          line == null || !line.isEmpty();
          line = this.answers.readLine()) {
        if (line == null) {
          throw new IOException("Node has ended");
        }
        lines.add(known(line));
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    return lines;
  }

  private static String known(String line) {
    if (line.startsWith(REFUSED)) {
      return REFUSED + TrapKind.of(line.substring(REFUSED.length()));
    }
    return line.startsWith(TRAP) ? TrapKind.of(line.substring(TRAP.length())) : line;
  }

  @Override
  public void close() {
    this.node.destroy();
    try {
      Files.deleteIfExists(this.script);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
