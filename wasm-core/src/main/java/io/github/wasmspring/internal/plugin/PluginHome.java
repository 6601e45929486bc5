package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.file.FileFailure;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.plugin.WasmPluginSettings;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plug-ins of an application as they are stored, before anything can call them. */
public final class PluginHome implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(PluginHome.class);

  private final WasmPluginSettings settings;
  private final PluginStore store;
  private final PluginShelf shelf;
  private final PluginModules modules;
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  private PluginHome(WasmPluginSettings settings, PluginStore store) {
    this.settings = settings;
    this.store = store;
    this.shelf = new PluginShelf(store);
    this.modules = new PluginModules(settings.modules());
    store.damaged().forEach(this::failed);
  }

  /**
   * @throws WasmException if the directory can't be used, or is in use; the message says what to do
   */
  public static PluginHome open(WasmPluginSettings settings) {
    try {
      return new PluginHome(settings, PluginStore.open(settings.directory()));
    } catch (IOException | UnsupportedOperationException | SecurityException failure) {
      throw PluginFailures.unusable(settings.directory(), failure);
    }
  }

  /** Reads what plug-ins have. */
  public WasmLocationResolver resolver() {
    return new PluginLocationResolver(this.shelf);
  }

  /**
   * Registers all plug-ins that are enabled. What is wrong with one is logged and told by its
   * status; the others are registered all the same.
   */
  public void registerAll(WasmModuleRegistry registry) {
    for (StoredPlugin plugin : this.store.plugins().values()) {
      if (plugin.enabled()) {
        register(plugin, registry);
      }
    }
  }

  private void register(StoredPlugin plugin, WasmModuleRegistry registry) {
    try {
      requireBytes(plugin.current());
      if (!registry.versions(plugin.id()).isEmpty()) {
        throw new IOException(
            "the application has a module of this id itself; give that another id, or remove the plug-in");
      }
      registry.register(this.modules.module(plugin.id(), plugin.current()));
    } catch (IOException failure) {
      failed(plugin.id(), FileFailure.reason(failure));
    } catch (WasmException | IllegalArgumentException | IllegalStateException failure) {
      failed(plugin.id(), String.valueOf(failure.getMessage()));
    }
  }

  private void requireBytes(StoredRevision revision) throws IOException {
    String digest = revision.digest();
    if (digest == null || !this.store.has(digest, revision.size())) {
      throw new IOException(
          "the bytes of its revision %d (blobs/%s.wasm) are missing or damaged; restore them from a backup, go back to another revision, or install it again"
              .formatted(revision.number(), String.valueOf(digest).replaceFirst("^sha256:", "")));
    }
  }

  private void failed(String id, String reason) {
    this.failures.put(id, reason);
    logger.warn("The WebAssembly plug-in '{}' is not started: {}", id, reason);
  }

  /** Why a plug-in could not be started, {@code null} if it could. */
  @Nullable String failure(String id) {
    return this.failures.get(id);
  }

  /** It runs now, or is gone. */
  void mended(String id) {
    this.failures.remove(id);
  }

  WasmPluginSettings settings() {
    return this.settings;
  }

  PluginStore store() {
    return this.store;
  }

  PluginShelf shelf() {
    return this.shelf;
  }

  WasmModuleDescriptor module(String id, StoredRevision revision) {
    return this.modules.module(id, revision);
  }

  /** Lets go of the directory. */
  @Override
  public void close() {
    try {
      this.store.close();
    } catch (IOException failure) {
      logger.warn(
          "Could not let go of the plug-in directory {}", this.settings.directory(), failure);
    }
  }
}
