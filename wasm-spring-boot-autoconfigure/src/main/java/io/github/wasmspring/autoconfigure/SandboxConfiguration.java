package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What holds guests to their time and memory. */
@Configuration(proxyBeanMethods = false)
@Lazy
class SandboxConfiguration {

  private final WasmProperties properties;

  SandboxConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

  @Bean
  @ConditionalOnMissingBean
  CallWatchdog wasmCallWatchdog() {
    return new CallWatchdog();
  }

  @Bean
  @ConditionalOnMissingBean
  MemoryBudget wasmMemoryBudget() {
    return BudgetSize.of(this.properties.getMemory());
  }
}
