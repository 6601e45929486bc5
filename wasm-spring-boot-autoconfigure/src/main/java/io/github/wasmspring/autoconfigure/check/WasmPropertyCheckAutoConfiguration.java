package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.autoconfigure.actor.WasmActorsProperties;
import io.github.wasmspring.autoconfigure.ai.WasmAiToolsProperties;
import io.github.wasmspring.autoconfigure.channel.WasmChannelProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeAnalysisProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeExecutorProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeFormatProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeOptimiseProperties;
import io.github.wasmspring.autoconfigure.data.WasmDataProperties;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryProperties;
import io.github.wasmspring.autoconfigure.monitor.WasmMonitorProperties;
import io.github.wasmspring.autoconfigure.observation.WasmObservationProperties;
import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties;
import io.github.wasmspring.autoconfigure.plugin.WasmPluginProperties;
import io.github.wasmspring.autoconfigure.tenant.WasmTenantProperties;
import io.github.wasmspring.autoconfigure.vector.WasmVectorProperties;
import io.github.wasmspring.autoconfigure.web.WasmWebProperties;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Auto-configuration that refuses properties below {@code wasm} that nobody reads. */
@AutoConfiguration
public final class WasmPropertyCheckAutoConfiguration {

  /** All that there are: what a property switches off must not make its others unknown. */
  static final List<Class<?>> PROPERTIES =
      List.of(
          WasmProperties.class,
          WasmActorsProperties.class,
          WasmPipelineProperties.class,
          WasmAgentMemoryProperties.class,
          WasmAiToolsProperties.class,
          WasmChannelProperties.class,
          WasmCodeExecutorProperties.class,
          WasmCodeAnalysisProperties.class,
          WasmCodeFormatProperties.class,
          WasmCodeOptimiseProperties.class,
          WasmDataProperties.class,
          WasmMonitorProperties.class,
          WasmObservationProperties.class,
          WasmPluginProperties.class,
          WasmTenantProperties.class,
          WasmVectorProperties.class,
          WasmWebProperties.class);

  @Bean
  static UnknownPropertyCheck wasmUnknownPropertyCheck(Environment environment) {
    return new UnknownPropertyCheck(environment, PROPERTIES);
  }
}
