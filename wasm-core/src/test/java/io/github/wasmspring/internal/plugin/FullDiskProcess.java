package io.github.wasmspring.internal.plugin;

import static io.github.wasmspring.internal.plugin.StoredPlugins.bytes;
import static io.github.wasmspring.internal.plugin.StoredPlugins.plugin;
import static io.github.wasmspring.internal.plugin.StoredPlugins.revision;

import io.github.wasmspring.internal.plugin.PluginStore.HeldBlob;
import io.github.wasmspring.module.WasmDigest;
import java.io.IOException;
import java.nio.file.Path;

/** Stores more than there is room for; started by {@link PluginStoreTest}. */
final class FullDiskProcess {

  private FullDiskProcess() {}

  /** {@code directory}. */
  public static void main(String[] arguments) throws IOException {
    try (PluginStore store = PluginStore.open(Path.of(arguments[0]))) {
      byte[] large = new byte[1 << 20];
      try {
        store.hold(WasmDigest.of(large), large);
        System.out.println("There is room for all of it");
      } catch (IOException full) {
        System.out.println("refused: " + full.getMessage());
      }
      HeldBlob held = store.hold(revision(1, 1).digest(), bytes(1));
      store.save(plugin("small", 1));
      held.close();
      System.out.println("stored: " + store.plugins().keySet());
    }
  }
}
