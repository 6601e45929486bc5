package io.github.wasmspring.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.prepare.WasmLink;
import io.github.wasmspring.prepare.WasmTier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A module as it is now.
 *
 * @param engine what runs it, {@code null} while it is not loaded
 * @param kind of its code, {@code null} while it is not loaded
 * @param tier whether that will change, and why; {@code null} while it is not loaded
 * @param digest of its bytes, {@code null} while it is not known
 * @param signedBy the name of the key or identity that has signed its bytes, {@code null} if they
 *     need not be signed or are not loaded
 * @param exports the exported functions with their types, empty while it is not loaded
 * @param imports what it imports, empty while it is not loaded
 * @param dependencies the ranges of versions of the modules that it depends on, by their ids
 * @param links the modules that its instances are linked with, each after those that it imports
 *     from itself; empty while it is not loaded
 * @param bigFunctions functions of so much code that HotSpot would not compile them, with what
 *     splitting has left of them
 * @param features what it uses of what has been added to WebAssembly since its first version,
 *     {@code null} while it is not loaded or if there are no bytes of it to tell it from
 * @param operations what can be called, with Java types
 * @param fallbacks the operations that have a Java fallback
 * @param adaptive what adaptive execution knows, by operation; empty where it is not used
 * @param failure why it could not be loaded, {@code null} if it could
 * @param quarantined operations that the module is not asked for just now, for they failed again
 *     and again
 * @param errors failures so far, of all versions of the module
 */
public record WasmModuleStatus(
    String id,
    String version,
    String description,
    Set<String> tags,
    WasmModuleState state,
    @Nullable String location,
    @Nullable String engine,
    @Nullable WasmCodeKind kind,
    @Nullable WasmTier tier,
    @Nullable String digest,
    @Nullable String signedBy,
    List<String> exports,
    List<String> imports,
    Map<String, String> dependencies,
    List<WasmLink> links,
    List<String> bigFunctions,
    @Nullable Set<WasmFeature> features,
    List<String> operations,
    Set<String> fallbacks,
    PoolStats pool,
    Calls calls,
    Map<String, List<WasmAdaptiveRow>> adaptive,
    List<WasmQuarantine> quarantined,
    Map<WasmErrorCategory, Long> errors,
    @Nullable String failure) {

  /**
   * Calls so far.
   *
   * @param total all of them
   * @param wasm those that the module answered
   * @param fallback those that Java answered instead of the module
   * @param java those that Java answered because it is the quicker one
   * @param failed those that nobody answered
   * @param mean how long a call took on average, of one call in 256 where nobody asks how long each
   *     takes
   */
  public record Calls(
      long total, long wasm, long fallback, long java, long failed, Duration mean) {}
}
