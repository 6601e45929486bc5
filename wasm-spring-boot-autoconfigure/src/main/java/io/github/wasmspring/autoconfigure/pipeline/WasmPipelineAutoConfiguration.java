package io.github.wasmspring.autoconfigure.pipeline;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.pipeline.WasmPipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration for pipelines. What is wrong with one of them stops the start. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnBean(WasmModuleManager.class)
@Conditional(OnPipelines.class)
@EnableConfigurationProperties(WasmPipelineProperties.class)
public final class WasmPipelineAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmPipelines wasmPipelines(
      WasmModuleManager manager, WasmPipelineProperties properties, BeanFactory beans) {
    Map<String, WasmPipeline<?, Object>> pipelines = new LinkedHashMap<>();
    properties
        .getPipelines()
        .forEach(
            (name, said) ->
                pipelines.put(name, new PipelineAssembly(manager, beans, name).of(said)));
    return new WasmPipelines(pipelines);
  }
}
