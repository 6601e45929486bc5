package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmCallObserver;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.event.WasmEventPublisher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What tells of events, and who hears of them. */
@Configuration(proxyBeanMethods = false)
@Lazy
class EventConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmEventPublisher wasmEventPublisher(
      ObjectProvider<WasmEventListener> eventListeners,
      ObjectProvider<WasmCallListener> callListeners,
      ObjectProvider<WasmCallObserver> observer) {
    WasmEventPublisher publisher = new WasmEventPublisher();
    eventListeners.orderedStream().forEach(publisher::addListener);
    callListeners.orderedStream().forEach(publisher::addCallListener);
    observer.ifAvailable(publisher::setObserver);
    return publisher;
  }

  @Bean
  static ModuleLoadSteps wasmModuleLoadSteps(ConfigurableBeanFactory beanFactory) {
    return new ModuleLoadSteps(beanFactory.getApplicationStartup());
  }

  @Bean
  static BeansWithoutListeners wasmBeansWithoutListeners() {
    return new BeansWithoutListeners();
  }

  @Bean
  @Lazy(false)
  @ConditionalOnBooleanProperty(name = "wasm.events.enabled", matchIfMissing = true)
  static ApplicationEventBridge wasmApplicationEventBridge(ApplicationEventPublisher publisher) {
    return new ApplicationEventBridge(publisher);
  }
}
