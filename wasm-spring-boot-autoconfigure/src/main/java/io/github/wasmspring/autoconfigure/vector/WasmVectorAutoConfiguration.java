package io.github.wasmspring.autoconfigure.vector;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.vector.VectorIndexes;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for vector search. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(VectorIndexes.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.services.vector.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmVectorProperties.class)
public final class WasmVectorAutoConfiguration {

  @Bean(destroyMethod = "close")
  @Lazy
  @ConditionalOnMissingBean
  VectorIndexes wasmVectorIndexes(WasmModuleManager manager, WasmVectorProperties properties) {
    VectorIndexes indexes = VectorIndexes.of(manager);
    try {
      properties
          .getIndexes()
          .forEach((name, index) -> indexes.create(name, VectorSettingsMapper.of(name, index)));
      // Here, so that whoever gets the indexes finds what was kept, and adds to that.
      if (properties.getSnapshotDirectory() != null) {
        indexes.restore(properties.getSnapshotDirectory());
      }
    } catch (RuntimeException | Error failure) {
      indexes.close();
      throw failure;
    }
    return indexes;
  }

  @Bean
  @Lazy(false)
  @ConditionalOnBean(name = "wasmVectorIndexes")
  @ConditionalOnMissingBean
  @ConditionalOnProperty("wasm.services.vector.snapshot-directory")
  VectorSnapshots wasmVectorSnapshots(VectorIndexes indexes, WasmVectorProperties properties) {
    return new VectorSnapshots(indexes, Objects.requireNonNull(properties.getSnapshotDirectory()));
  }
}
