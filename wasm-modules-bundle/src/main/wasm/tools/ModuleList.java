import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the artefact list of built modules and checks them against it; see {@code build-modules}.
 *
 * <pre>
 * level  LIST NAME           the optimisation level to build with
 * check  [--accept-growth] [--accept-big-functions] LIST NAME FOLDER
 *                            fails where NAME.wasm in FOLDER breaks a rule for guest modules
 * record LIST NAME FOLDER    brings the list up to date
 * verify LIST NAME FOLDER    fails where the list says something else
 * print  LIST NAME           a line for people
 * </pre>
 */
final class ModuleList {

  /** HotSpot never compiles a larger method, and a function becomes a method. */
  private static final int LARGEST_METHOD = 8_000;

  private static final double GROWTH = 1.10;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * What is known of a module. Sizes are bytes.
   *
   * @param largestFunction the largest method that a function becomes, in bytecode
   * @param imports as {@code module.name}
   */
  record Entry(
      String level,
      String sha256,
      int size,
      int gzipped,
      int functions,
      int largestFunction,
      List<String> imports,
      List<String> exports,
      Map<String, String> toolchain) {

    /** The size after compression depends on the version of zlib that the JDK uses. */
    Entry withoutGzipped() {
      return new Entry(
          this.level,
          this.sha256,
          this.size,
          0,
          this.functions,
          this.largestFunction,
          this.imports,
          this.exports,
          this.toolchain);
    }
  }

  public static void main(String... arguments) throws IOException {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    String command = rest.remove();
    boolean acceptGrowth = rest.remove("--accept-growth");
    boolean acceptBigFunctions = rest.remove("--accept-big-functions");
    Path file = Path.of(rest.remove());
    String name = rest.remove();
    Map<String, Entry> list = read(file);
    Entry known = list.get(name);
    List<String> faults =
        switch (command) {
          case "level" -> {
            System.out.println(known == null ? "O3" : known.level());
            yield List.of();
          }
          case "check" -> {
            Entry built = entry(name, Path.of(rest.remove()));
            List<String> broken = new ArrayList<>();
            if (!acceptBigFunctions) {
              broken.addAll(bigFunctions(known, built));
            }
            if (!acceptGrowth) {
              broken.addAll(growth(known, built));
            }
            yield broken;
          }
          case "verify" -> verify(known, entry(name, Path.of(rest.remove())));
          case "record" -> {
            list.put(name, entry(name, Path.of(rest.remove())));
            Files.writeString(file, JSON.writeValueAsString(list) + "\n");
            yield List.of();
          }
          case "print" -> {
            print(System.out, name, known, file);
            yield List.of();
          }
          default -> throw new IllegalArgumentException("no command " + command);
        };
    faults.forEach(fault -> System.err.println(name + ": " + fault));
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private static Map<String, Entry> read(Path file) throws IOException {
    return Files.exists(file)
        ? JSON.readValue(Files.readString(file), new TypeReference<TreeMap<String, Entry>>() {})
        : new TreeMap<>();
  }

  /** One that was accepted before may stay as large as it was. */
  private static List<String> bigFunctions(Entry known, Entry built) {
    int accepted = known == null ? 0 : known.largestFunction();
    if (built.largestFunction() <= Math.max(LARGEST_METHOD, accepted)) {
      return List.of();
    }
    return List.of(
        "a function becomes "
            + built.largestFunction()
            + " bytes of bytecode; HotSpot compiles none above "
            + LARGEST_METHOD
            + ". Split it, or keep the compiler from inlining into it"
            + " (--accept-big-functions accepts it)");
  }

  private static List<String> growth(Entry known, Entry built) {
    List<String> faults = new ArrayList<>();
    List<String> imports = new ArrayList<>(built.imports());
    imports.removeAll(known == null ? List.of() : known.imports());
    if (!imports.isEmpty()) {
      faults.add("imports " + imports + ", which the list does not have (--accept-growth adds it)");
    }
    if (known != null && built.size() > known.size() * GROWTH) {
      faults.add(
          "has grown from "
              + known.size()
              + " to "
              + built.size()
              + " bytes, more than 10 % (--accept-growth accepts it)");
    }
    return faults;
  }

  private static List<String> verify(Entry known, Entry built) {
    if (known != null && known.withoutGzipped().equals(built.withoutGzipped())) {
      return List.of();
    }
    return List.of("the list says " + known + ", which was built is " + built);
  }

  private static void print(PrintStream out, String name, Entry entry, Path list) {
    if (entry == null) {
      out.printf("%-16s not built yet%n", name);
      return;
    }
    out.printf(
        "%-16s %s %,9d bytes %,8d gzipped %4d functions, largest %,5d of bytecode, %d imports, %s%n",
        name,
        entry.level(),
        entry.size(),
        entry.gzipped(),
        entry.functions(),
        entry.largestFunction(),
        entry.imports().size(),
        Path.of("").toAbsolutePath().relativize(list.resolveSibling(name + ".wasm")));
  }

  private static Entry entry(String name, Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name + ".wasm"));
    WasmModule module = Parser.parse(bytes);
    return new Entry(
        Files.readString(folder.resolve("level")).strip(),
        sha256(bytes),
        bytes.length,
        gzipped(bytes),
        module.codeSection().functionBodyCount(),
        largestFunction(module),
        IntStream.range(0, module.importSection().importCount())
            .mapToObj(module.importSection()::getImport)
            .map(imported -> imported.module() + "." + imported.name())
            .toList(),
        IntStream.range(0, module.exportSection().exportCount())
            .mapToObj(index -> module.exportSection().getExport(index).name())
            .toList(),
        toolchain(folder.resolve("toolchain")));
  }

  private static int largestFunction(WasmModule module) throws IOException {
    Compiler compiler =
        Compiler.builder(module)
            .withClassName("Checked")
            .withInterpreterFallback(InterpreterFallback.FAIL)
            .withClassCollectorFactory(ByteClassCollector::new)
            .build();
    int largest = 0;
    for (byte[] type : compiler.compile().classBytes().values()) {
      largest = Math.max(largest, CodeSizes.largestFunction(type));
    }
    return largest;
  }

  private static Map<String, String> toolchain(Path facts) throws IOException {
    return Files.readAllLines(facts).stream()
        .map(line -> line.split("=", 2))
        .collect(
            Collectors.toMap(
                fact -> fact[0], fact -> fact[1], (first, second) -> second, LinkedHashMap::new));
  }

  private static int gzipped(byte[] bytes) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(buffer)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return buffer.size();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
