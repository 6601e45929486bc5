package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.load.WasmLocationResolver;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens {@code plugin:} locations, which nobody but plug-ins has. */
public final class PluginLocationResolver implements WasmLocationResolver {

  private final PluginShelf shelf;

  PluginLocationResolver(PluginShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public boolean supports(String location) {
    return PluginLocation.is(location);
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    PluginLocation parsed = PluginLocation.parse(location);
    if (parsed == null) {
      throw new FileNotFoundException("the location of a plug-in is plugin:<id>/<revision>");
    }
    return this.shelf.open(parsed);
  }

  /** Who names a location may bring the signature of what is there along, and nothing else. */
  @Override
  public InputStream openFromOutside(String location, ClassLoader classLoader) throws IOException {
    PluginLocation parsed = PluginLocation.parse(location);
    @Nullable InputStream signature =
        parsed == null ? null : this.shelf.openArrivingSignature(parsed);
    return signature != null
        ? signature
        : WasmLocationResolver.super.openFromOutside(location, classLoader);
  }

  /** What has a number does not change. */
  @Override
  public boolean mayHaveChanged(String location, ClassLoader classLoader, boolean fromOutside) {
    return false;
  }
}
