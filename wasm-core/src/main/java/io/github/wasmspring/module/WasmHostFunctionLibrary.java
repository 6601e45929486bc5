package io.github.wasmspring.module;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The host functions that an application offers to its modules. Offering is not giving: a module
 * gets those that its settings name.
 */
public final class WasmHostFunctionLibrary {

  private final List<WasmHostFunctionOffer> offers = new CopyOnWriteArrayList<>();

  public WasmHostFunctionLibrary() {
    this(List.of());
  }

  /**
   * @throws IllegalArgumentException if two offers have the same names
   */
  public WasmHostFunctionLibrary(Collection<? extends WasmHostFunctionOffer> offers) {
    offers.forEach(this::add);
  }

  /**
   * Offers a function to modules that are loaded from now on.
   *
   * @throws IllegalArgumentException if one of the same names is offered already
   */
  public synchronized void add(WasmHostFunctionOffer offer) {
    if (find(offer.module(), offer.name()) != null) {
      throw new IllegalArgumentException(
          "Two host functions are offered as '%s.%s'".formatted(offer.module(), offer.name()));
    }
    this.offers.add(offer);
  }

  /** Offers a function to the modules whose {@code imports} name it. */
  public void add(WasmImportDefinition function) {
    add(WasmHostFunctionOffer.of(function));
  }

  /** {@code null} if nothing is offered under these names. */
  public @Nullable WasmHostFunctionOffer find(String module, String name) {
    for (WasmHostFunctionOffer offer : this.offers) {
      if (offer.module().equals(module) && offer.name().equals(name)) {
        return offer;
      }
    }
    return null;
  }
}
