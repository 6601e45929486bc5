package io.github.wasmspring.internal.engine;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngineNotFoundException;
import io.github.wasmspring.engine.WasmEngineProvider;
import io.github.wasmspring.engine.WasmSimdForm;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The engines of a class path. */
public final class WasmEngines {

  private final List<WasmEngineProvider> providers;

  private WasmEngines(List<WasmEngineProvider> providers) {
    this.providers = providers;
  }

  /** Those that a class loader sees. */
  public static WasmEngines of(ClassLoader classLoader) {
    return of(
        ServiceLoader.load(WasmEngineProvider.class, classLoader).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  static WasmEngines of(List<WasmEngineProvider> providers) {
    return new WasmEngines(
        providers.stream().sorted(Comparator.comparingInt(WasmEngineProvider::order)).toList());
  }

  /** In the order in which they would be used. */
  public List<String> names() {
    return this.providers.stream().map(WasmEngineProvider::name).toList();
  }

  /**
   * The engine of this name, or the first one if none is chosen; in a native image with what
   * another one has that the first lacks there.
   *
   * @param name {@code null} for any
   * @param codeStore see {@link WasmEngineProvider#create(CompiledCodeStore)}
   * @throws WasmEngineNotFoundException if there is none
   */
  public WasmEngine create(@Nullable String name, @Nullable CompiledCodeStore codeStore) {
    return create(name, codeStore, WasmSimdForm.ofProperty());
  }

  /**
   * The same, told what to make of vectors.
   *
   * @param simd see {@link WasmEngineProvider#create(CompiledCodeStore, WasmSimdForm)}
   */
  public WasmEngine create(
      @Nullable String name, @Nullable CompiledCodeStore codeStore, WasmSimdForm simd) {
    WasmEngine engine = find(name).create(codeStore, simd);
    if (name != null || engine.compiles() || engine.interprets()) {
      return engine;
    }
    return this.providers.stream()
        .map(provider -> provider.create(codeStore, simd))
        .filter(WasmEngine::interprets)
        .findFirst()
        .<WasmEngine>map(interpreter -> new ImageEngine(engine, interpreter))
        .orElse(engine);
  }

  /**
   * The engine of this name, or the first one if none is chosen.
   *
   * @param name {@code null} for any
   * @throws WasmEngineNotFoundException if there is none
   */
  public WasmEngineProvider find(@Nullable String name) {
    return this.providers.stream()
        .filter(provider -> name == null || provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new WasmEngineNotFoundException(name, names()));
  }
}
