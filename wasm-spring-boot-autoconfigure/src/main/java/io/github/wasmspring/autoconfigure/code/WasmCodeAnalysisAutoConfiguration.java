package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeAnalyzer;
import io.github.wasmspring.code.CodeOptimizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for the analysis and the optimisation of code. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(CodeAnalyzer.class)
@ConditionalOnBean(WasmModuleManager.class)
public final class WasmCodeAnalysisAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "wasm.services.code.analysis.enabled", matchIfMissing = true)
  CodeAnalyzer wasmCodeAnalyzer(WasmModuleManager manager) {
    return CodeAnalyzer.of(manager);
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "wasm.services.code.optimise.enabled", matchIfMissing = true)
  CodeOptimizer wasmCodeOptimizer(WasmModuleManager manager) {
    return CodeOptimizer.of(manager);
  }
}
