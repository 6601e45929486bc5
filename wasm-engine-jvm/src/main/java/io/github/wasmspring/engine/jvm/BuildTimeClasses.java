package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.internal.engine.jvm.classes.BuildTimeCompiler;
import io.github.wasmspring.internal.engine.jvm.classes.BuiltModule;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.split.BigFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The classes of one module in the folder of a build. */
public final class BuildTimeClasses {

  private static final Pattern NAME =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");
  private static final String SUFFIX = ".class";

  private final WasmBinary module;
  private final String className;
  private final String path;
  private final @Nullable String resource;

  /**
   * @param location where the bytes are from, for messages
   * @param className of the class that {@code compiled-class} is to name
   * @param resource where the module is from the root of the class path, {@code null} to put it
   *     beside the class
   * @throws IllegalArgumentException if the name is none of a class in a package
   */
  public BuildTimeClasses(
      byte[] module, String location, String className, @Nullable String resource) {
    String[] parts = className.split("\\.", -1);
    if (parts.length < 2 || !Stream.of(parts).allMatch(part -> NAME.matcher(part).matches())) {
      throw new IllegalArgumentException(
          "'%s' is no name of a class in a package, such as com.example.TaxCode"
              .formatted(className));
    }
    this.module = new WasmBinary(module, WasmDigest.of(module), location);
    this.className = className;
    this.path = className.replace('.', '/');
    this.resource = resource;
  }

  /**
   * What a module uses.
   *
   * @throws WasmLoadException if it is no module, an invalid one, or one that needs what the engine
   *     does not have
   */
  public static Set<WasmFeature> check(WasmBinary module) {
    Set<WasmFeature> features =
        FeatureGate.check(new JvmEngine(), WasmEngineMode.COMPILED, module.facts().features());
    module.validate();
    return features;
  }

  private String resource() {
    return this.resource != null ? this.resource : this.path + ".wasm";
  }

  /** Whether the folder has them, of these bytes and of this version of the compiler. */
  public boolean areIn(Path folder) throws IOException {
    try {
      return Files.readString(mark(folder)).equals(stamp())
          && Files.exists(folder.resolve(this.path + SUFFIX));
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  /** Beside the folder, so that it is in no jar. */
  private Path mark(Path folder) {
    return folder.resolveSibling("wasm-classes").resolve(this.className + ".made");
  }

  private String stamp() {
    return "%s %s %d %s"
        .formatted(
            this.module.digest(),
            resource(),
            BuiltModule.FORM,
            getClass().getPackage().getImplementationVersion());
  }

  /**
   * Makes them anew; those that were there are deleted first.
   *
   * @return the functions that HotSpot would not compile, be it that they were split
   * @throws WasmLoadException if it is no module, or one that the engine refuses
   */
  public List<BigFunction> writeTo(Path folder) throws IOException {
    check(this.module);
    BuildTimeCompiler.Result made =
        BuildTimeCompiler.compile(this.module, this.className, resource());
    Files.deleteIfExists(mark(folder));
    delete(folder);
    for (Map.Entry<String, byte[]> each : made.classes().entrySet()) {
      write(folder.resolve(each.getKey() + SUFFIX), each.getValue());
    }
    if (this.resource == null) {
      write(folder.resolve(resource()), this.module.bytes());
    }
    write(mark(folder), stamp().getBytes(StandardCharsets.UTF_8));
    return made.bigFunctions();
  }

  private void delete(Path folder) throws IOException {
    Path main = folder.resolve(this.path + SUFFIX);
    Path directory = main.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    String simpleName = this.className.substring(this.className.lastIndexOf('.') + 1);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SUFFIX)
            && (name.equals(simpleName + SUFFIX) || name.startsWith(simpleName + "$"))) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.write(file, bytes);
  }
}
