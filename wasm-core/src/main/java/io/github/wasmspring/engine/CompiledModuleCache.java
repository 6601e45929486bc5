package io.github.wasmspring.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import org.jspecify.annotations.Nullable;

/**
 * Compiled modules by digest, so that the same bytes are compiled once, whatever they are called.
 */
public final class CompiledModuleCache {

  private record Key(String digestOrClass, WasmEngineMode mode, boolean split, ClassLoader loader) {

    /** Written out: what the compiler gives a record costs a cold JVM ten milliseconds. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && this.digestOrClass.equals(key.digestOrClass)
          && this.mode == key.mode
          && this.split == key.split
          && this.loader == key.loader;
    }

    @Override
    public int hashCode() {
      return this.digestOrClass.hashCode();
    }
  }

  private static final ClassLoader ANY_LOADER = ClassLoader.getPlatformClassLoader();

  private final Cache<Key, WasmCode> cache;

  /**
   * @param maximumWeight the most bytes that the cached code may take
   */
  public CompiledModuleCache(long maximumWeight) {
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maximumWeight)
            .<Key, WasmCode>weigher((key, code) -> Math.max(1, code.weight()))
            .recordStats()
            .build();
  }

  @Nullable WasmCode compiledIfPresent(WasmBinary binary, WasmEngineMode mode, boolean split) {
    return this.cache.getIfPresent(new Key(binary.digest(), mode, split, ANY_LOADER));
  }

  /** The same without being counted as a look-up. */
  @Nullable WasmCode peek(WasmBinary binary, WasmEngineMode mode, boolean split) {
    return this.cache.asMap().get(new Key(binary.digest(), mode, split, ANY_LOADER));
  }

  /** Code is compiled outside of the cache's locks, for that may take minutes. */
  void put(WasmBinary binary, WasmEngineMode mode, boolean split, WasmCode code) {
    this.cache.put(new Key(binary.digest(), mode, split, ANY_LOADER), code);
  }

  /** Forgets what the interpreter runs of a module, which takes much more heap than the module. */
  void forgetInterpreted(WasmBinary binary, boolean split) {
    this.cache.invalidate(new Key(binary.digest(), WasmEngineMode.INTERPRETER, split, ANY_LOADER));
  }

  public WasmCode precompiled(WasmEngine engine, String className, ClassLoader classLoader) {
    return this.cache.get(
        new Key(className, WasmEngineMode.COMPILED, false, classLoader),
        key -> engine.precompiled(className, classLoader));
  }

  /** Forgets the code of one digest; modules that use it keep it. */
  public void invalidate(String digest) {
    this.cache.asMap().keySet().removeIf(key -> key.digestOrClass().equals(digest));
  }

  public void invalidateAll() {
    this.cache.invalidateAll();
  }

  public CacheStats stats() {
    return this.cache.stats();
  }

  public long size() {
    this.cache.cleanUp();
    return this.cache.estimatedSize();
  }

  /** The bytes that the cached code takes, about. */
  public long weight() {
    return this.cache.asMap().values().stream().mapToLong(WasmCode::weight).sum();
  }

  /** For meter binders. */
  public Cache<?, ?> nativeCache() {
    return this.cache;
  }
}
