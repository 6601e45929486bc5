package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which module uses which code, so that code goes with the last of its users: caches would keep it,
 * and with it the classes, until they need the room.
 */
final class CodeUsers {

  /**
   * @param classLoader {@code null} for code that was compiled from bytes
   */
  private record Code(String digestOrClass, @Nullable ClassLoader classLoader) {}

  /**
   * @param module whose code it is: the user itself, or one that it imports from
   */
  private record Use(WasmModuleDescriptor user, WasmModuleDescriptor module) {}

  private final CompiledModuleCache cache;
  private final WasmEngine engine;
  private final Map<Use, Code> used = new HashMap<>();

  CodeUsers(CompiledModuleCache cache, WasmEngine engine) {
    this.cache = cache;
    this.engine = engine;
  }

  /** The user has the code of these bytes of a module from now on, and no other. */
  void use(WasmModuleDescriptor user, WasmModuleDescriptor module, String digest) {
    use(new Use(user, module), new Code(digest, null));
  }

  void useClass(WasmModuleDescriptor user, WasmModuleDescriptor module, String className) {
    use(new Use(user, module), new Code(className, module.classLoader()));
  }

  private synchronized void use(Use use, Code code) {
    Code before = this.used.put(use, code);
    if (before != null) {
      forgetUnlessUsed(before);
    }
  }

  /** The module is gone. */
  synchronized void forget(WasmModuleDescriptor user) {
    List<Use> uses = this.used.keySet().stream().filter(use -> use.user() == user).toList();
    for (Use use : uses) {
      Code code = this.used.remove(use);
      if (code != null) {
        forgetUnlessUsed(code);
      }
    }
  }

  /** For code that was ready only after its module had gone. */
  synchronized void forgetUnlessUsed(String digest) {
    forgetUnlessUsed(new Code(digest, null));
  }

  private void forgetUnlessUsed(Code code) {
    if (this.used.containsValue(code)) {
      return;
    }
    if (code.classLoader() != null) {
      this.cache.invalidatePrecompiled(code.digestOrClass(), code.classLoader());
    } else {
      this.cache.invalidate(code.digestOrClass());
      this.engine.forget(code.digestOrClass());
    }
  }
}
