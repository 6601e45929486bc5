package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.plugin.PluginStore.HeldBlob;
import io.github.wasmspring.load.WasmBinary;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is stored of plug-ins; what can't be read or written fails for people. */
final class PluginBooks {

  private final PluginHome home;
  private final PluginStore store;

  PluginBooks(PluginHome home) {
    this.home = home;
    this.store = home.store();
  }

  /** Of all plug-ins, those included that can't be read. */
  Set<String> ids() {
    Set<String> ids = new TreeSet<>(this.store.plugins().keySet());
    ids.addAll(this.store.damaged().keySet());
    return ids;
  }

  @Nullable StoredPlugin find(String id) {
    return this.store.find(id);
  }

  /**
   * @throws WasmException if there is none, or what is stored of it can't be read
   */
  StoredPlugin require(String id) {
    StoredPlugin plugin = find(id);
    if (plugin != null) {
      return plugin;
    }
    String damage = this.store.damaged().get(id);
    throw damage != null ? PluginFailures.damaged(id, damage) : PluginFailures.unknown(id, ids());
  }

  /**
   * @throws WasmException if nothing has changed, because it can't be written
   */
  void save(StoredPlugin plugin) {
    try {
      this.store.save(plugin.atMost(this.home.settings().history()));
    } catch (IOException failure) {
      throw PluginFailures.notStored(
          plugin.id(), "what is to become of the plug-in", this.store.path(), failure);
    }
  }

  /**
   * @throws WasmException if nothing has changed
   */
  void delete(String id) {
    try {
      this.store.delete(id);
    } catch (IOException failure) {
      throw PluginFailures.notStored(id, "that the plug-in is gone", this.store.path(), failure);
    }
    this.home.mended(id);
  }

  /**
   * @throws WasmException if the bytes can't be written
   */
  HeldBlob hold(String id, WasmBinary binary) {
    try {
      return this.store.hold(binary.digest(), binary.bytes());
    } catch (IOException failure) {
      throw PluginFailures.notStored(id, "its module", this.store.path(), failure);
    }
  }
}
