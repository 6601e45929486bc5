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

/**
 * The Java method or field that provides an import.
 *
 * @param parameters of a function, {@code null} for a global
 * @param result of a function, or what a global holds
 * @param mutable whether it is a global that can be set
 */
record ImportSnippet(
    String module, String name, @Nullable List<String> parameters, String result, boolean mutable) {

  private static final Pattern FORM =
      Pattern.compile("(.+?)\\.([^ ]+) \\((.*)\\) -> (\\(\\)|\\w+)");

  private static final Pattern GLOBAL =
      Pattern.compile("(.+?)\\.([^ ]+) \\(global (mut )?(\\w+)\\)");

  private static final Map<String, String> JAVA =
      Map.of("i32", "int", "i64", "long", "f32", "float", "f64", "double", "()", "void");

  /**
   * @param described e.g. {@code env.log (i32, i32) -> ()}
   * @return {@code null} if nothing in Java can provide it
   */
  static @Nullable ImportSnippet of(String described) {
    Matcher global = GLOBAL.matcher(described);
    if (global.matches()) {
      return JAVA.containsKey(global.group(4))
          ? new ImportSnippet(
              global.group(1), global.group(2), null, global.group(4), global.group(3) != null)
          : null;
    }
    Matcher matcher = FORM.matcher(described);
    if (!matcher.matches() || !JAVA.containsKey(matcher.group(4))) {
      return null;
    }
    List<String> types =
        Arrays.stream(matcher.group(3).split(", ")).filter(type -> !type.isEmpty()).toList();
    return JAVA.keySet().containsAll(types)
        ? new ImportSnippet(matcher.group(1), matcher.group(2), types, matcher.group(4), false)
        : null;
  }

  boolean isGlobal() {
    return this.parameters == null;
  }

  boolean isWasi() {
    return this.module.equals("wasi_snapshot_preview1");
  }

  /** The marker of the method, e.g. {@code @WasmImport(module = "app")}. */
  String annotation() {
    boolean named = !WasmOperations.snakeCase(javaName()).equals(this.name);
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

  /** The method itself, without what it does, or the field without its value. */
  String member() {
    if (this.parameters == null) {
      return "%s%s %s = …;"
          .formatted(this.mutable ? "" : "final ", JAVA.get(this.result), javaName());
    }
    List<String> types = this.parameters;
    String parameters =
        IntStream.range(0, types.size())
            .mapToObj(i -> JAVA.get(types.get(i)) + " arg" + i)
            .collect(Collectors.joining(", "));
    return "%s %s(%s) { … }".formatted(JAVA.get(this.result), javaName(), parameters);
  }

  private String javaName() {
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
