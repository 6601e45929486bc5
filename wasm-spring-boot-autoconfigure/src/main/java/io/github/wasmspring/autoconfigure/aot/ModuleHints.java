package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.module.WasmModuleDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;

/** What a native image must keep of a module: its file, and the classes compiled from it. */
final class ModuleHints {

  private static final String CLASSPATH = "classpath:";

  private ModuleHints() {}

  static void register(WasmModuleDescriptor module, RuntimeHints hints) {
    registerLocation(module.location(), hints);
    registerCompiledClass(module.compiledClass(), hints);
    module.types().forEach(type -> InterfaceHints.register(type, hints));
  }

  /** Files and servers are there at run time as well. */
  static void registerLocation(@Nullable String location, RuntimeHints hints) {
    if (location != null && location.startsWith(CLASSPATH)) {
      String path = location.substring(CLASSPATH.length());
      hints.resources().registerPattern(path.startsWith("/") ? path.substring(1) : path);
    }
  }

  /** Beside the class is what the compiler left over of the module; older classes are static. */
  static void registerCompiledClass(@Nullable String className, RuntimeHints hints) {
    if (className != null) {
      hints
          .reflection()
          .registerType(
              TypeReference.of(className),
              MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
              MemberCategory.INVOKE_PUBLIC_METHODS);
      hints.resources().registerPattern(className.replace('.', '/') + ".meta");
    }
  }
}
