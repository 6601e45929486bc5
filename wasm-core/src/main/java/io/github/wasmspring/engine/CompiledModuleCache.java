package io.github.wasmspring.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiled modules by digest, so that the same bytes are compiled once, whatever they are called.
 */
public final class CompiledModuleCache {

  /** The bytes that cached code may take where nobody says otherwise. */
  public static final long DEFAULT_WEIGHT = 256L << 20;

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
  private final long maximumWeight;
  private final LongSupplier metaspace;

  /** 0 until a class is weighed: asking takes a cold JVM some milliseconds. */
  private volatile long roomForClasses;

  /**
   * @param maximumWeight the most bytes that the cached code may take; where the metaspace of the
   *     JVM is limited, classes take at most half of it
   */
  public CompiledModuleCache(long maximumWeight) {
    this(maximumWeight, MetaspaceLimit::find);
  }

  /**
   * @param metaspace how many bytes the JVM has for classes, asked once
   */
  CompiledModuleCache(long maximumWeight, LongSupplier metaspace) {
    this.maximumWeight = maximumWeight;
    this.metaspace = metaspace;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maximumWeight)
            .<Key, WasmCode>weigher((key, code) -> weigh(code))
            .recordStats()
            .build();
  }

  /** By what the code takes most of, in proportion: heap and all, or metaspace. */
  private int weigh(WasmCode code) {
    double share = code.metaspace() == 0 ? 0 : code.metaspace() / (double) roomForClasses();
    return (int)
        Math.min(Integer.MAX_VALUE, Math.max(code.weight(), share * this.maximumWeight) + 1);
  }

  private long roomForClasses() {
    long known = this.roomForClasses;
    if (known == 0) {
      known = Math.max(1, this.metaspace.getAsLong() / 2);
      this.roomForClasses = known;
    }
    return known;
  }

  public @Nullable WasmCode compiledIfPresent(
      WasmBinary binary, WasmEngineMode mode, boolean split) {
    return this.cache.getIfPresent(new Key(binary.digest(), mode, split, ANY_LOADER));
  }

  /** The same without being counted as a look-up. */
  public @Nullable WasmCode peek(WasmBinary binary, WasmEngineMode mode, boolean split) {
    return this.cache.asMap().get(new Key(binary.digest(), mode, split, ANY_LOADER));
  }

  /** Code is compiled outside of the cache's locks, for that may take minutes. */
  public void put(WasmBinary binary, WasmEngineMode mode, boolean split, WasmCode code) {
    this.cache.put(new Key(binary.digest(), mode, split, ANY_LOADER), code);
  }

  /** Forgets what the interpreter runs of a module, which takes much more heap than the module. */
  public void forgetInterpreted(WasmBinary binary, boolean split) {
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

  /** Forgets build-time compiled code; modules that use it keep it. */
  public void invalidatePrecompiled(String className, ClassLoader classLoader) {
    this.cache.invalidate(new Key(className, WasmEngineMode.COMPILED, false, classLoader));
  }

  public void invalidateAll() {
    this.cache.invalidateAll();
  }

  /** Look-ups that found code, ever. */
  public long hits() {
    return this.cache.stats().hitCount();
  }

  /** Look-ups that found none, ever. */
  public long misses() {
    return this.cache.stats().missCount();
  }

  /** How many modules had to make room for others, ever. */
  public long evictions() {
    return this.cache.stats().evictionCount();
  }

  public long size() {
    this.cache.cleanUp();
    return this.cache.estimatedSize();
  }

  /** The bytes that the cached code takes, about. */
  public long weight() {
    return this.cache.asMap().values().stream().mapToLong(WasmCode::weight).sum();
  }
}
