package io.github.wasmspring.autoconfigure.actor;

import io.github.wasmspring.actor.WasmActorType;
import io.github.wasmspring.actor.WasmActors;
import io.github.wasmspring.actor.WasmActorsBuilder;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for actors. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(WasmActors.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.actors.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmActorsProperties.class)
public final class WasmActorsAutoConfiguration {

  @Bean(destroyMethod = "close")
  @Lazy
  @ConditionalOnMissingBean
  WasmActors wasmActors(
      WasmModuleManager manager,
      WasmActorsProperties properties,
      ObjectProvider<WasmActorType> types,
      ObjectProvider<WasmActorsCustomizer> customizers) {
    WasmActorsBuilder actors = WasmActors.builder(manager);
    new ActorsMapper(properties).map(actors, types.orderedStream().toList());
    customizers.orderedStream().forEach(customizer -> customizer.customize(actors));
    return actors.build();
  }
}
