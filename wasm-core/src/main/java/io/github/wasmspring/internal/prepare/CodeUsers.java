package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
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

  private final CompiledModuleCache cache;
  private final WasmEngine engine;
  private final Map<WasmModuleDescriptor, Set<Code>> used = new IdentityHashMap<>();
  private final Set<Load> loads = Collections.newSetFromMap(new IdentityHashMap<>());

  CodeUsers(CompiledModuleCache cache, WasmEngine engine) {
    this.cache = cache;
    this.engine = engine;
  }

  /**
   * What one attempt to load a module needs: its own code and that of the modules that it imports
   * from. It is in use while the attempt lasts.
   */
  final class Load implements AutoCloseable {

    private final WasmModuleDescriptor user;
    private final Set<Code> codes = new HashSet<>();

    private Load(WasmModuleDescriptor user) {
      this.user = user;
    }

    void use(String digest) {
      use(new Code(digest, null));
    }

    void useClass(String className, ClassLoader classLoader) {
      use(new Code(className, classLoader));
    }

    private void use(Code code) {
      synchronized (CodeUsers.this) {
        this.codes.add(code);
      }
    }

    /** The module has this code from now on, and no other. */
    void succeeded() {
      synchronized (CodeUsers.this) {
        CodeUsers.this.loads.remove(this);
        Set<Code> before = CodeUsers.this.used.put(this.user, this.codes);
        if (before != null) {
          before.forEach(CodeUsers.this::forgetUnlessUsed);
        }
      }
    }

    /**
     * If it has not succeeded, a module that was loaded before keeps the code that it had; for one
     * that never was, the code waits for the next attempt.
     */
    @Override
    public void close() {
      synchronized (CodeUsers.this) {
        if (CodeUsers.this.loads.remove(this)
            && CodeUsers.this.used.putIfAbsent(this.user, this.codes) != null) {
          this.codes.forEach(CodeUsers.this::forgetUnlessUsed);
        }
      }
    }
  }

  /** Begins an attempt to load a module. */
  synchronized Load load(WasmModuleDescriptor user) {
    Load load = new Load(user);
    this.loads.add(load);
    return load;
  }

  /** The module is gone. */
  synchronized void forget(WasmModuleDescriptor user) {
    Set<Code> codes = this.used.remove(user);
    if (codes != null) {
      codes.forEach(this::forgetUnlessUsed);
    }
  }

  /** The module is not loaded any more; what is stored of it on disk stays for the next time. */
  synchronized void dismiss(WasmModuleDescriptor user) {
    Set<Code> codes = this.used.remove(user);
    if (codes != null) {
      codes.stream().filter(code -> !isUsed(code)).forEach(this::removeFromCache);
    }
  }

  /** For code that was ready only after its module had gone. */
  synchronized void forgetUnlessUsed(String digest) {
    forgetUnlessUsed(new Code(digest, null));
  }

  private void forgetUnlessUsed(Code code) {
    if (isUsed(code)) {
      return;
    }
    removeFromCache(code);
    if (code.classLoader() == null) {
      this.engine.forget(code.digestOrClass());
    }
  }

  private void removeFromCache(Code code) {
    if (code.classLoader() != null) {
      this.cache.invalidatePrecompiled(code.digestOrClass(), code.classLoader());
    } else {
      this.cache.invalidate(code.digestOrClass());
    }
  }

  private boolean isUsed(Code code) {
    return this.used.values().stream().anyMatch(codes -> codes.contains(code))
        || this.loads.stream().anyMatch(load -> load.codes.contains(code));
  }
}
