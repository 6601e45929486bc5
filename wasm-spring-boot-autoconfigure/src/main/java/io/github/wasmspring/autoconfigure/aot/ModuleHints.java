package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;

/** What a native image must keep of a module: its file, and the classes compiled from it. */
final class ModuleHints {

  private ModuleHints() {}

  static void register(WasmModuleDescriptor module, RuntimeHints hints) {
    registerLocation(module.location(), hints);
    registerCompiledClass(module.compiledClass(), hints);
    module.types().forEach(type -> InterfaceHints.register(type, hints));
  }

  /** Files and servers are there at run time as well. */
  static void registerLocation(@Nullable String text, RuntimeHints hints) {
    WasmLocation location = WasmLocation.of(text);
    if (location != null && location.isOnClassPath()) {
      hints.resources().registerPattern(location.resourceName());
    } else if (location != null && location.isInWebJar()) {
      registerWebJarFile(location.webJarFile(), hints);
    }
  }

  /** With what tells its version. */
  private static void registerWebJarFile(String file, RuntimeHints hints) {
    int slash = file.indexOf('/');
    if (slash > 0) {
      String artifact = file.substring(0, slash);
      hints
          .resources()
          .registerPattern(
              "META-INF/resources/webjars/%s/*%s".formatted(artifact, file.substring(slash)));
      hints.resources().registerPattern("META-INF/maven/*/%s/pom.properties".formatted(artifact));
    }
  }

  /**
   * Beside the class is the module, or what Chicory's compiler left over of it, whose older classes
   * are static.
   */
  static void registerCompiledClass(@Nullable String className, RuntimeHints hints) {
    if (className != null) {
      hints
          .reflection()
          .registerType(
              TypeReference.of(className),
              MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
              MemberCategory.INVOKE_PUBLIC_METHODS);
      String path = className.replace('.', '/');
      hints.resources().registerPattern(path + ".wasm");
      hints.resources().registerPattern(path + ".meta");
    }
  }
}
