package io.github.wasmspring.actor;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of actor: what it is called, and what behaves.
 *
 * @param name that of its actors, see {@link WasmActorRef}
 * @param module the id of the module that behaves, {@code null} if Java does
 * @param range which version of it
 * @param behavior makes a behaviour in Java, which has the turn where there is no module or it
 *     can't be made ready; {@code null} if there is none
 * @param settings how they are run
 */
public record WasmActorType(
    String name,
    @Nullable String module,
    String range,
    @Nullable Supplier<WasmBehavior> behavior,
    WasmActorSettings settings) {

  /**
   * @throws IllegalArgumentException if the name can't be one, or nothing behaves
   */
  public WasmActorType {
    if (module == null && behavior == null) {
      throw new IllegalArgumentException(
          "The actor type '%s' has neither a module nor a behaviour in Java".formatted(name));
    }
    new WasmActorRef(name, "any");
  }

  /** Actors that a module of the same name behaves for. */
  public static WasmActorType ofModule(String id) {
    return ofModule(id, id);
  }

  public static WasmActorType ofModule(String name, String module) {
    return new WasmActorType(
        name, module, WasmModuleManager.DEFAULT, null, WasmActorSettings.DEFAULTS);
  }

  public static WasmActorType ofJava(String name, Supplier<WasmBehavior> behavior) {
    return new WasmActorType(
        name, null, WasmModuleManager.DEFAULT, behavior, WasmActorSettings.DEFAULTS);
  }

  /** The same of a version within a range. */
  public WasmActorType withRange(String range) {
    return new WasmActorType(this.name, this.module, range, this.behavior, this.settings);
  }

  /** The same with Java in the place of a module that is not there. */
  public WasmActorType withFallback(Supplier<WasmBehavior> behavior) {
    return new WasmActorType(this.name, this.module, this.range, behavior, this.settings);
  }

  /** The same with other settings. */
  public WasmActorType with(Consumer<WasmActorSettings.Builder> change) {
    return new WasmActorType(
        this.name, this.module, this.range, this.behavior, this.settings.with(change));
  }

  /** The same with other settings. */
  public WasmActorType withSettings(WasmActorSettings settings) {
    return new WasmActorType(this.name, this.module, this.range, this.behavior, settings);
  }
}
