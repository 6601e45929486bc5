package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmOperations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** The Java method or field that provides an import. */
record ImportSnippet(WasmImportedItem item) {

  private static final Map<WasmValueType, String> JAVA =
      Map.of(
          WasmValueType.I32, "int",
          WasmValueType.I64, "long",
          WasmValueType.F32, "float",
          WasmValueType.F64, "double");

  /**
   * @return {@code null} if nothing in Java can provide it
   */
  static @Nullable ImportSnippet of(WasmImportedItem item) {
    WasmFunctionType function = item.type();
    WasmGlobalType global = item.global();
    boolean possible =
        function != null
            ? JAVA.keySet().containsAll(function.params())
                && function.results().size() <= 1
                && JAVA.keySet().containsAll(function.results())
            : global != null && JAVA.containsKey(global.value());
    return possible ? new ImportSnippet(item) : null;
  }

  boolean isGlobal() {
    return this.item.global() != null;
  }

  /** The marker of the method, e.g. {@code @WasmImport(module = "app")}. */
  String annotation() {
    boolean named = !WasmOperations.snakeCase(javaName()).equals(this.item.name());
    boolean elsewhere = !this.item.module().equals("env");
    if (!named && !elsewhere) {
      return "@WasmImport";
    }
    if (!elsewhere) {
      return "@WasmImport(\"" + this.item.name() + "\")";
    }
    return "@WasmImport(module = \"%s\"%s)"
        .formatted(this.item.module(), named ? ", value = \"" + this.item.name() + "\"" : "");
  }

  /** The method itself, without what it does, or the field without its value. */
  String member() {
    WasmGlobalType global = this.item.global();
    if (global != null) {
      return "%s%s %s = …;"
          .formatted(global.mutable() ? "" : "final ", JAVA.get(global.value()), javaName());
    }
    WasmFunctionType function = Objects.requireNonNull(this.item.type());
    List<WasmValueType> types = function.params();
    String parameters =
        IntStream.range(0, types.size())
            .mapToObj(i -> JAVA.get(types.get(i)) + " arg" + i)
            .collect(Collectors.joining(", "));
    String result = function.results().isEmpty() ? "void" : JAVA.get(function.results().get(0));
    return "%s %s(%s) { … }".formatted(result, javaName(), parameters);
  }

  private String javaName() {
    StringBuilder camelCase = new StringBuilder();
    for (String word : this.item.name().split("[^A-Za-z0-9]+")) {
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
