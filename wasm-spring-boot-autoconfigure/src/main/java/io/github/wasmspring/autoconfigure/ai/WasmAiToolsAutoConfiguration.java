package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeExecutor;
import io.github.wasmspring.code.CodeFormatter;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for operations of modules as tools of AI models. Spring AI's MCP server offers
 * what the provider has.
 */
@AutoConfiguration(
    after = WasmAutoConfiguration.class,
    afterName = {
      "io.github.wasmspring.autoconfigure.code.WasmCodeFormatAutoConfiguration",
      "io.github.wasmspring.autoconfigure.code.WasmCodeExecutorAutoConfiguration"
    },
    beforeName = {
      "org.springframework.ai.mcp.server.common.autoconfigure.ToolCallbackConverterAutoConfiguration",
      "org.springframework.ai.mcp.server.common.autoconfigure.StatelessToolCallbackConverterAutoConfiguration"
    })
@ConditionalOnClass(ToolCallback.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.ai.tools.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmAiToolsProperties.class)
public final class WasmAiToolsAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean(name = "wasmToolCallbackProvider")
  ToolCallbackProvider wasmToolCallbackProvider(
      WasmModuleManager manager,
      WasmAiToolsProperties properties,
      ObjectProvider<WasmToolsCustomizer> customizers) {
    WasmToolCallbacks callbacks = MappedToolCallbacks.of(manager, properties);
    customizers.orderedStream().forEach(customizer -> customizer.customize(callbacks));
    return callbacks.provider();
  }

  /** Formatting is offered where the code services are, and it is asked for. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(CodeFormatter.class)
  @ConditionalOnBean(CodeFormatter.class)
  @ConditionalOnBooleanProperty("wasm.ai.tools.format-code")
  static class FormatCodeConfiguration {

    @Bean
    WasmToolsCustomizer wasmFormatCodeTool(CodeFormatter formatter) {
      return tools -> tools.tool(new CodeFormatTool(formatter));
    }
  }

  /** So is what runs the code that a model writes. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(CodeExecutor.class)
  @ConditionalOnBean(CodeExecutor.class)
  @ConditionalOnBooleanProperty("wasm.ai.tools.execute-code")
  static class ExecuteCodeConfiguration {

    @Bean
    WasmToolsCustomizer wasmExecuteCodeTool(CodeExecutor executor) {
      return tools -> tools.tool(new ExecuteJavaScriptTool(executor));
    }
  }
}
