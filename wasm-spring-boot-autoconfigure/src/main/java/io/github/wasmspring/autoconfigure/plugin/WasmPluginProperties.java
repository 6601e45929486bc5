package io.github.wasmspring.autoconfigure.plugin;

import io.github.wasmspring.autoconfigure.WasmProperties;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/** Configuration properties for modules that are installed while the application runs. */
@Lazy
@ConfigurationProperties("wasm.plugins")
public class WasmPluginProperties {

  /** Whether there are plug-ins; if there is a directory for them, unless said otherwise. */
  private @Nullable Boolean enabled;

  /** Directory that plug-ins are kept in. Nobody else may be able to write to it. */
  private @Nullable Path directory;

  /** Size above which a plug-in is refused. */
  private DataSize maxSize = DataSize.ofMegabytes(16);

  /** Number of revisions of each plug-in that are kept, the one that runs included. */
  private int history = 10;

  /** Directory whose files are installed as plug-ins, and disabled when they are gone. */
  private @Nullable Path watch;

  /** What plug-ins may do, over the defaults of all modules. */
  private final WasmProperties.Settings defaults = new WasmProperties.Settings();

  public @Nullable Boolean getEnabled() {
    return this.enabled;
  }

  public void setEnabled(@Nullable Boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable Path getDirectory() {
    return this.directory;
  }

  public void setDirectory(@Nullable Path directory) {
    this.directory = directory;
  }

  public DataSize getMaxSize() {
    return this.maxSize;
  }

  public void setMaxSize(DataSize maxSize) {
    this.maxSize = maxSize;
  }

  public int getHistory() {
    return this.history;
  }

  public void setHistory(int history) {
    this.history = history;
  }

  public @Nullable Path getWatch() {
    return this.watch;
  }

  public void setWatch(@Nullable Path watch) {
    this.watch = watch;
  }

  public WasmProperties.Settings getDefaults() {
    return this.defaults;
  }
}
