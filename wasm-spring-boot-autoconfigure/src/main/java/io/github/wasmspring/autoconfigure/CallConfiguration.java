package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmCircuitBreakers;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.client.CallPolicy;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.work.WasmTaskExecutor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import tools.jackson.databind.json.JsonMapper;

/** What calls modules, and what becomes of calls that fail. */
@Configuration(proxyBeanMethods = false)
@Lazy
class CallConfiguration {

  private final WasmProperties properties;

  CallConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

  @Bean
  @ConditionalOnMissingBean(WasmErrorHandler.class)
  DefaultWasmErrorHandler wasmErrorHandler(ListableBeanFactory beans) {
    RetryPolicyBeans policies = new RetryPolicyBeans(beans);
    new NamedBeans(this.properties)
        .require(
            "retry.policy",
            settings -> settings.getRetry().getPolicy(),
            policies::exists,
            "There is no bean of that name of type RetryPolicy or WasmRetryPolicy; there are: "
                + policies.names());
    return new DefaultWasmErrorHandler(policies);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmErrorCounters wasmErrorCounters() {
    return new WasmErrorCounters();
  }

  @Bean
  @ConditionalOnMissingBean
  WasmCallConventions wasmCallConventions(
      ObjectProvider<WasmCallConvention> conventions, ObjectProvider<JsonMapper> jsonMapper) {
    return new WasmCallConventions(
        conventions.orderedStream().toList(),
        jsonMapper.getIfUnique(() -> JsonMapper.builder().build()));
  }

  @Bean
  @ConditionalOnMissingBean
  ModulePreparer wasmModulePreparer(
      WasmModuleLoader loader,
      WasmEngine engine,
      CompiledModuleCache cache,
      CallWatchdog watchdog,
      MemoryBudget budget,
      WasmEventPublisher events,
      WasmHostFunctionLibrary hostFunctions,
      WasmCallConventions conventions,
      WasmModuleRegistry registry) {
    return new ModulePreparer(
        loader,
        new EngineSetup(engine, cache, TierSettingsMapper.of(this.properties.getEngine())),
        new Sandbox(watchdog, budget),
        hostFunctions,
        conventions,
        events,
        registry);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmTaskExecutor wasmTaskExecutor(
      Environment environment, ObjectProvider<TaskDecorator> decorators) {
    return CallTaskExecutors.create(
        this.properties.getThreads(), environment, decorators.orderedStream().toList());
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean(WasmModuleManager.class)
  DefaultWasmModuleManager wasmModuleManager(
      WasmModuleRegistry registry,
      ModulePreparer preparer,
      WasmCallConventions conventions,
      WasmErrorHandler errorHandler,
      WasmErrorCounters errors,
      WasmTaskExecutor tasks,
      ObjectProvider<WasmCircuitBreakers> breakers,
      ObjectProvider<TenantTable> tenants,
      WasmEventPublisher events,
      ObjectProvider<WasmCanarySelector> canary) {
    WasmCircuitBreakers found = breakers.getIfAvailable(() -> WasmCircuitBreakers.NONE);
    new NamedBeans(this.properties)
        .require(
            "quarantine.circuit-breaker",
            settings -> settings.getQuarantine().getCircuitBreaker(),
            name -> found.find(name) != null,
            "There is no such circuit breaker: that takes a bean of type CircuitBreakerRegistry, which io.github.resilience4j:resilience4j-spring-boot4 brings, or one of type WasmCircuitBreakers");
    return new DefaultWasmModuleManager(
        registry,
        preparer,
        conventions,
        new CallPolicy(
            errorHandler,
            errors,
            this.properties.isEnabled(),
            found,
            canary.getIfAvailable(() -> WasmCanarySelector.SHARE),
            tenants.getIfAvailable()),
        tasks,
        events);
  }
}
