package io.github.wasmspring.autoconfigure.memory;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryBuilder;
import io.github.wasmspring.memory.MemoryEmbedder;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration for agent memory, where the properties say what place it has. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(AgentMemory.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.services.memory.enabled", matchIfMissing = true)
@Conditional(WasmAgentMemoryAutoConfiguration.HasAPlace.class)
@EnableConfigurationProperties(WasmAgentMemoryProperties.class)
public final class WasmAgentMemoryAutoConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  AgentMemory wasmAgentMemory(
      WasmModuleManager manager,
      WasmProperties wasm,
      WasmAgentMemoryProperties properties,
      ObjectProvider<MemoryEmbedder> embedder,
      ObjectProvider<AgentMemoryCustomizer> customizers,
      BeanFactory beans) {
    AgentMemoryBuilder memory = AgentMemory.builder(manager);
    Path location = properties.getLocation();
    String source = properties.getDataSource();
    if (location != null && wasm.isEnabled()) {
      memory.location(location);
    } else if (location != null) {
      memory.nativeLocation(location);
    }
    if (source != null) {
      memory.dataSource(beans.getBean(source, DataSource.class));
    }
    new AgentMemoryMapper(properties).map(memory);
    memory.embedder(embedder.getIfAvailable());
    customizers.orderedStream().forEach(customizer -> customizer.customize(memory));
    return memory.open();
  }

  /** Where the entries are. There is no default: a file that nobody has asked for helps nobody. */
  static final class HasAPlace extends AnyNestedCondition {

    HasAPlace() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("wasm.services.memory.location")
    static final class HasALocation {}

    @ConditionalOnProperty("wasm.services.memory.data-source")
    static final class HasADataSource {}
  }
}
