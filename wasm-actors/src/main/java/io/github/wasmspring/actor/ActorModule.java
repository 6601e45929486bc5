package io.github.wasmspring.actor;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import java.time.Duration;

/**
 * The module of a type of actors once more, under a name of its own: with the limits of its
 * messages, a pool that has an instance for each actor that is awake, and its own figures. The code
 * of both is the same.
 */
final class ActorModule {

  private static final Duration PATIENCE = Duration.ofMillis(100);

  private ActorModule() {}

  /**
   * @param instances that there may be at a time
   * @throws io.github.wasmspring.WasmException if there is no such module or version
   */
  static WasmModuleDescriptor register(
      WasmModuleManager manager, WasmActorType type, String module, int instances) {
    WasmModuleRegistry registry = manager.registry();
    WasmModuleDescriptor origin = registry.get(module, type.range());
    String id = type.name() + ".actor";
    for (int i = 2; !registry.versions(id).isEmpty(); i++) {
      id = type.name() + ".actor-" + i;
    }
    WasmModuleDescriptor.Builder copy =
        WasmModuleDescriptor.builder(id)
            .version(origin.version())
            .description("Behaviour of actors of type %s".formatted(type.name()))
            .tags("actor")
            .compiledClass(origin.compiledClass())
            .imports(origin.imports().toArray(new WasmImportDefinition[0]))
            .globals(origin.globals().toArray(new WasmGlobalDefinition[0]))
            .classLoader(origin.classLoader())
            .settings(settings(origin.settings(), type.settings(), instances));
    copyBytes(origin, copy);
    origin.dependencies().forEach(copy::dependency);
    origin.links().forEach(copy::link);
    WasmModuleDescriptor made = copy.build();
    registry.register(made);
    return made;
  }

  private static void copyBytes(WasmModuleDescriptor origin, WasmModuleDescriptor.Builder copy) {
    String location = origin.location();
    if (location != null && origin.isFromOutside()) {
      copy.locationFromOutside(location);
    } else if (location != null) {
      copy.location(location);
    }
    if (origin.digest() != null) {
      copy.digest(origin.digest());
    }
    if (origin.signature() != null) {
      copy.signature(origin.signature());
    }
    if (origin.convention() != null) {
      copy.convention(origin.convention());
    }
  }

  private static WasmModuleSettings settings(
      WasmModuleSettings origin, WasmActorSettings wanted, int instances) {
    return origin.with(
        settings -> {
          settings.pool(
              pool ->
                  pool.min(0)
                      .prepared(0)
                      .max(instances)
                      .recycleAfter(0)
                      .maxSessionTime(Duration.ZERO)
                      .traceSessions(false)
                      .borrowTimeout(PATIENCE)
                      .reset(WasmResetPolicy.MEMORY));
          settings.checkInterval(Duration.ZERO).watch(false);
          settings.limits(
              limits -> {
                if (wanted.messageTimeout() != null) {
                  limits.timeout(wanted.messageTimeout());
                }
                if (wanted.memory() != null) {
                  limits.memory(wanted.memory());
                }
              });
        });
  }
}
