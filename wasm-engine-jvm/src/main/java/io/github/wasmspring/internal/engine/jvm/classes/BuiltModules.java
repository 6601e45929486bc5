package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds what the build made. */
public final class BuiltModules {

  private BuiltModules() {}

  /**
   * @throws WasmLoadException {@code LOAD} if there is no such class, or it is something else
   */
  public static BuiltModule load(String className, ClassLoader classLoader) {
    try {
      return Class.forName(className, true, classLoader)
          .asSubclass(BuiltModule.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException missing) {
      throw failure(
          "there is no class %s, which compiled-class names; it must be what wasm-maven-plugin made of the module"
              .formatted(className),
          missing);
    } catch (LinkageError incompatible) {
      throw failure(
          "the class %s, which compiled-class names, can't be loaded (%s); if another version of wasm-maven-plugin made it, build it again with the one of this version"
              .formatted(className, incompatible),
          incompatible);
    } catch (ReflectiveOperationException | ClassCastException other) {
      throw failure(
          "the class %s, which compiled-class names, is not what wasm-maven-plugin makes of a module; name the location of the module, too, or use the engine that made the class (%s)"
              .formatted(className, other),
          other);
    }
  }

  /**
   * The module that a class was made of.
   *
   * @throws WasmLoadException {@code LOAD} if it is not there, or has changed since
   */
  public static WasmBinary binary(BuiltModule built) {
    byte[] bytes;
    try {
      bytes = built.bytes();
    } catch (IOException unreadable) {
      throw failure(
          "the module in %s, which the class %s was made of, can't be read"
              .formatted(built.resource(), built.getClass().getName()),
          unreadable);
    }
    if (bytes == null) {
      throw failure(
          "the class %s was made of the module in %s, which is not in the class path beside it"
              .formatted(built.getClass().getName(), built.resource()),
          null);
    }
    String digest = WasmDigest.of(bytes);
    if (!digest.equals(built.digest())) {
      throw failure(
          "the class %s was made of another module than the one that is in %s; build it again"
              .formatted(built.getClass().getName(), built.resource()),
          null);
    }
    return new WasmBinary(bytes, digest, "classpath:" + built.resource());
  }

  private static WasmLoadException failure(String detail, @Nullable Throwable cause) {
    return new WasmLoadException(WasmErrorCategory.LOAD, detail, cause);
  }
}
