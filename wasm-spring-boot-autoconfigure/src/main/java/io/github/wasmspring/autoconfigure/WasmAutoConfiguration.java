package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.scan.HostFunctionClasses;
import io.github.wasmspring.autoconfigure.scan.WasmModuleBeanRegistrar;
import io.github.wasmspring.client.DefaultWasmModuleManager;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.convention.WasmCallConventions;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngines;
import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmCallObserver;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorStatistics;
import io.github.wasmspring.load.ClasspathLocationResolver;
import io.github.wasmspring.load.DefaultWasmModuleLoader;
import io.github.wasmspring.load.FileLocationResolver;
import io.github.wasmspring.load.HttpLocationResolver;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.DefaultWasmModuleRegistry;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmHostFunctionOffer;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.prepare.ModulePreparer;
import io.github.wasmspring.runtime.WasmModulePreloader;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.sandbox.CallWatchdog;
import io.github.wasmspring.sandbox.MemoryBudget;
import io.github.wasmspring.work.WasmTaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.task.TaskDecorator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration for WebAssembly modules. Its beans are made when somebody needs them, so that
 * an application pays for what it uses; {@link ModulePreloading} needs them at the start where
 * something is to be loaded then.
 */
@AutoConfiguration
@Lazy
@ConditionalOnClass(WasmModuleManager.class)
@EnableConfigurationProperties(WasmProperties.class)
@Import(WasmModuleBeanRegistrar.class)
public final class WasmAutoConfiguration {

  private final WasmProperties properties;

  WasmAutoConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

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
  static BeansWithoutListeners wasmBeansWithoutListeners() {
    return new BeansWithoutListeners();
  }

  @Bean
  @Lazy(false)
  @ConditionalOnBooleanProperty(name = "wasm.events.enabled", matchIfMissing = true)
  static ApplicationEventBridge wasmApplicationEventBridge(ApplicationEventPublisher publisher) {
    return new ApplicationEventBridge(publisher);
  }

  @Bean
  WasmModuleCatalog wasmModuleCatalog(
      ConfigurableListableBeanFactory beanFactory,
      ResourceLoader resourceLoader,
      ObjectProvider<MemoryBudget> budget,
      ObjectProvider<WasmModuleProvider> providers,
      ObjectProvider<WasmModuleCustomizer> customizers,
      OfferedModules offered) {
    return new WasmModuleCatalog(
        this.properties,
        beanFactory,
        classLoader(resourceLoader),
        budget,
        providers,
        customizers,
        offered);
  }

  @Bean
  static OfferedModules wasmOfferedModules() {
    return new OfferedModules();
  }

  @Bean
  static ModuleRegistration wasmModuleRegistration(ObjectProvider<WasmModuleCatalog> catalog) {
    return new ModuleRegistration(catalog);
  }

  @Bean
  @ConditionalOnMissingBean(WasmModuleRegistry.class)
  DefaultWasmModuleRegistry wasmModuleRegistry(WasmEventPublisher events) {
    return new DefaultWasmModuleRegistry(events);
  }

  @Bean
  @ConditionalOnMissingBean(WasmModuleLoader.class)
  DefaultWasmModuleLoader wasmModuleLoader(ObjectProvider<WasmLocationResolver> resolvers) {
    long maxSize = LoaderLimitMapper.maxModuleSize(this.properties.getLoader());
    List<WasmLocationResolver> all = new ArrayList<>(resolvers.orderedStream().toList());
    all.add(new ClasspathLocationResolver());
    all.add(new FileLocationResolver());
    all.add(httpLocationResolver(this.properties.getLoader(), maxSize));
    return new DefaultWasmModuleLoader(all, maxSize);
  }

  private static HttpLocationResolver httpLocationResolver(
      WasmProperties.Loader loader, long maxSize) {
    List<String> hosts = loader.getRedirectHosts();
    try {
      return new HttpLocationResolver(LoaderLimitMapper.httpTimeout(loader), maxSize, hosts);
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.loader.redirect-hosts", hosts, unfit.getMessage(), unfit);
    }
  }

  @Bean
  @ConditionalOnMissingBean
  WasmEngine wasmEngine(
      ObjectProvider<CompiledCodeStore> codeStore, ResourceLoader resourceLoader) {
    return WasmEngines.of(classLoader(resourceLoader))
        .find(this.properties.getEngine().getName())
        .create(codeStore.getIfAvailable());
  }

  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnCodeDirectory.class)
  CompiledCodeStore compiledWasmCodeStore() {
    WasmProperties.Cache cache = this.properties.getCache();
    return new CompiledCodeStore(
        Objects.requireNonNull(cache.getDirectory()), cache.getMaxDiskSize().toBytes());
  }

  @Bean
  @ConditionalOnMissingBean
  CompiledModuleCache compiledWasmModuleCache() {
    return new CompiledModuleCache(this.properties.getCache().getMaxWeight().toBytes());
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

  @Bean
  @ConditionalOnMissingBean(WasmErrorHandler.class)
  DefaultWasmErrorHandler wasmErrorHandler() {
    return new DefaultWasmErrorHandler();
  }

  @Bean
  @ConditionalOnMissingBean
  WasmErrorStatistics wasmErrorStatistics() {
    return new WasmErrorStatistics();
  }

  @Bean
  @ConditionalOnMissingBean
  WasmCallConventions wasmCallConventions(
      ObjectProvider<WasmCallConvention> conventions, ObjectProvider<JsonMapper> jsonMapper) {
    return new WasmCallConventions(conventions.orderedStream().toList(), orDefault(jsonMapper));
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
      WasmHostFunctionLibrary hostFunctions) {
    return new ModulePreparer(
        loader,
        engine,
        cache,
        watchdog,
        budget,
        events,
        hostFunctions,
        TierSettingsMapper.of(this.properties.getEngine()));
  }

  @Bean
  @ConditionalOnMissingBean
  WasmHostFunctionLibrary wasmHostFunctionLibrary(
      ConfigurableListableBeanFactory beanFactory,
      ObjectProvider<WasmHostFunctionOffer> offers,
      ObjectProvider<WasmImportDefinition> functions) {
    WasmHostFunctionLibrary library = new WasmHostFunctionLibrary(offers.orderedStream().toList());
    functions.orderedStream().forEach(library::add);
    HostFunctionClasses.functions(beanFactory).forEach(library::add);
    return library;
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
      WasmErrorStatistics statistics,
      WasmEventPublisher events,
      ObjectProvider<JsonMapper> jsonMapper,
      WasmTaskExecutor tasks) {
    return new DefaultWasmModuleManager(
        registry,
        preparer,
        conventions,
        errorHandler,
        statistics,
        events,
        orDefault(jsonMapper),
        tasks,
        this.properties.isEnabled());
  }

  @Bean(initMethod = "begin")
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "wasm.enabled", matchIfMissing = true)
  WasmModulePreloader wasmModulePreloader(WasmModuleManager manager) {
    Integer threads = this.properties.getLoader().getPreloadThreads();
    return SettingsMapper.put(
        "wasm.loader.preload-threads",
        new WasmModulePreloader(manager, WasmModulePreloader.defaultThreads()),
        threads,
        (byDefault, wanted) -> new WasmModulePreloader(manager, wanted));
  }

  @Bean
  @Lazy(false)
  static ModulePreloading wasmModulePreloading(
      ObjectProvider<WasmModuleManager> manager,
      ObjectProvider<WasmModulePreloader> preloader,
      ModuleRegistration registration,
      ConfigurableListableBeanFactory beanFactory,
      Environment environment,
      ResourceLoader resourceLoader) {
    return new ModulePreloading(
        manager,
        preloader,
        registration,
        new StartDemand(beanFactory, environment, classLoader(resourceLoader)));
  }

  @Bean
  @Lazy(false)
  @ConditionalOnBooleanProperty("wasm.warm-up")
  static InitializingBean wasmWarmUp() {
    return WasmRuntime::warmUpInBackground;
  }

  private static ClassLoader classLoader(ResourceLoader resourceLoader) {
    ClassLoader classLoader = resourceLoader.getClassLoader();
    return classLoader != null ? classLoader : WasmAutoConfiguration.class.getClassLoader();
  }

  private static JsonMapper orDefault(ObjectProvider<JsonMapper> jsonMapper) {
    return jsonMapper.getIfUnique(() -> JsonMapper.builder().build());
  }
}
