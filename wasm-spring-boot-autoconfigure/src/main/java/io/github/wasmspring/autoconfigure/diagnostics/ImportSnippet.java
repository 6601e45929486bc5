package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.module.WasmOperations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** The Java method that provides an import. */
record ImportSnippet(String module, String name, List<String> parameters, String result) {

  private static final Pattern FORM =
      Pattern.compile("(.+?)\\.([^ ]+) \\((.*)\\) -> (\\(\\)|\\w+)");

  private static final Map<String, String> JAVA =
      Map.of("i32", "int", "i64", "long", "f32", "float", "f64", "double", "()", "void");

  /**
   * @param described e.g. {@code env.log (i32, i32) -> ()}
   * @return {@code null} if no method can provide it
   */
  static @Nullable ImportSnippet of(String described) {
    Matcher matcher = FORM.matcher(described);
    if (!matcher.matches() || !JAVA.containsKey(matcher.group(4))) {
      return null;
    }
    List<String> types =
        Arrays.stream(matcher.group(3).split(", ")).filter(type -> !type.isEmpty()).toList();
    return JAVA.keySet().containsAll(types)
        ? new ImportSnippet(matcher.group(1), matcher.group(2), types, matcher.group(4))
        : null;
  }

  boolean isWasi() {
    return this.module.equals("wasi_snapshot_preview1");
  }

  /** The marker of the method, e.g. {@code @WasmImport(module = "app")}. */
  String annotation() {
    boolean named = !WasmOperations.snakeCase(methodName()).equals(this.name);
    boolean elsewhere = !this.module.equals("env");
    if (!named && !elsewhere) {
      return "@WasmImport";
    }
    if (!elsewhere) {
      return "@WasmImport(\"" + this.name + "\")";
    }
    return "@WasmImport(module = \"%s\"%s)"
        .formatted(this.module, named ? ", value = \"" + this.name + "\"" : "");
  }

  /** The method itself, without what it does. */
  String method() {
    String parameters =
        IntStream.range(0, this.parameters.size())
            .mapToObj(i -> JAVA.get(this.parameters.get(i)) + " arg" + i)
            .collect(Collectors.joining(", "));
    return "%s %s(%s) { … }".formatted(JAVA.get(this.result), methodName(), parameters);
  }

  private String methodName() {
    StringBuilder camelCase = new StringBuilder();
    for (String word : this.name.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        camelCase.append(
            camelCase.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
      }
    }
    String candidate = camelCase.toString();
    return SourceVersion.isIdentifier(candidate) && !SourceVersion.isKeyword(candidate)
        ? candidate
        : "import" + Texts.capitalized(candidate);
  }
}
