package io.github.wasmspring.verification.hotspot;

import io.github.wasmspring.internal.engine.jvm.run.MemoryAccesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What C2 says in the log of {@code -XX:+LogCompilation} of methods of which it compiled some.
 * Written for the logs of JDK 17 to 25.
 */
final class CompilerLog {

  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z_]+)='([^']*)'");

  private static final String ACCESS = MemoryAccesses.class.getName() + " ";

  /** Of the JDK: what an access to memory is made of. */
  private static final Pattern PART_OF_ACCESS =
      Pattern.compile(
          "java\\.lang\\.invoke\\.VarHandle(ByteArrayAs|Guards).*|jdk\\.internal\\.misc\\.Unsafe (get|put|convEndian).*");

  private static final String NEVER_REACHED = "call site not reached";
  private static final String NO_LONGER_HOT = "stale task";

  private final String prefix;
  private final Set<String> compiled = new TreeSet<>();
  private final Map<String, String> failures = new TreeMap<>();
  private final List<String> notInlined = new ArrayList<>();

  private final Map<String, String> classes = new HashMap<>();
  private final Map<String, String> methods = new HashMap<>();
  private int accesses;
  private @Nullable String task;
  private @Nullable String called;

  private CompilerLog(String prefix) {
    this.prefix = prefix;
  }

  /**
   * @param prefix of the names of the classes that count
   */
  static CompilerLog read(Path file, String prefix) throws IOException {
    CompilerLog log = new CompilerLog(prefix);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.read(line.strip());
      }
    }
    return log;
  }

  /** The methods that C2 has compiled, from their beginning or from a loop. */
  Set<String> compiled() {
    return this.compiled;
  }

  /** What it gave up, with the reason; what it tried again with success left out. */
  Map<String, String> failures() {
    Map<String, String> lasting = new TreeMap<>(this.failures);
    lasting.keySet().removeAll(this.compiled);
    lasting.values().removeIf(NO_LONGER_HOT::equals);
    return lasting;
  }

  /** How many accesses there are, calls or not. */
  int accesses() {
    return this.accesses;
  }

  /** Accesses that became calls, with the reason. */
  List<String> notInlined() {
    return this.notInlined;
  }

  private void read(String line) {
    if (line.startsWith("<task ")) {
      Map<String, String> task = attributes(line);
      boolean byC2 = !task.containsKey("level") || "4".equals(task.get("level"));
      String method = task.getOrDefault("method", "");
      this.task = byC2 && method.startsWith(this.prefix) ? method : null;
      this.classes.clear();
      this.methods.clear();
      this.called = null;
    } else if (this.task != null) {
      readTask(line, this.task);
    }
  }

  private void readTask(String line, String method) {
    if (line.startsWith("<klass ")) {
      Map<String, String> klass = attributes(line);
      this.classes.put(klass.getOrDefault("id", ""), klass.getOrDefault("name", ""));
    } else if (line.startsWith("<method ")) {
      Map<String, String> declared = attributes(line);
      String holder = this.classes.getOrDefault(declared.getOrDefault("holder", ""), "");
      this.methods.put(
          declared.getOrDefault("id", ""), holder + " " + declared.getOrDefault("name", ""));
    } else if (line.startsWith("<call ")) {
      this.called = this.methods.get(attributes(line).getOrDefault("method", ""));
      if (this.called != null && this.called.startsWith(ACCESS)) {
        this.accesses++;
      }
    } else if (line.startsWith("<inline_fail ")) {
      String reason = attributes(line).getOrDefault("reason", "");
      if (this.called != null && isAccess(this.called) && !reason.equals(NEVER_REACHED)) {
        this.notInlined.add("%s in %s: %s".formatted(this.called, method, reason));
      }
      this.called = null;
    } else if (line.startsWith("<failure ")) {
      this.failures.put(method, attributes(line).getOrDefault("reason", ""));
    } else if (line.startsWith("<task_done ")) {
      if ("1".equals(attributes(line).get("success"))) {
        this.compiled.add(method);
      }
      this.task = null;
    }
  }

  private static boolean isAccess(String called) {
    return called.startsWith(ACCESS) || PART_OF_ACCESS.matcher(called).lookingAt();
  }

  private static Map<String, String> attributes(String line) {
    Map<String, String> attributes = new HashMap<>();
    Matcher each = ATTRIBUTE.matcher(line);
    while (each.find()) {
      attributes.put(each.group(1), each.group(2));
    }
    return attributes;
  }
}
