package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeParser;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for the parser of code. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(CodeParser.class)
@ConditionalOnBean(WasmModuleManager.class)
public final class WasmCodeParserAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  CodeParser wasmCodeParser(WasmModuleManager manager) {
    return CodeParser.of(manager);
  }
}
