package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.chicory.ChicoryEngine;
import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;

class WasmAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class));

  private final ApplicationContextRunner withCalc =
      this.runner.withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  static Stream<Class<?>> beans() {
    return Stream.of(
        WasmEventPublisher.class,
        WasmModuleRegistry.class,
        WasmModuleLoader.class,
        WasmEngine.class,
        CompiledModuleCache.class,
        CallWatchdog.class,
        WasmErrorHandler.class,
        WasmErrorCounters.class,
        WasmCallConventions.class,
        ModulePreparer.class,
        WasmModuleManager.class);
  }

  @ParameterizedTest
  @MethodSource("beans")
  void everyBeanIsThere(Class<?> type) {
    this.runner.run(context -> assertThat(context).hasSingleBean(type));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void everyBeanIsThereWhenModulesAreSwitchedOff(Class<?> type) {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(context -> assertThat(context).hasSingleBean(type));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void nothingIsThereWithoutTheCore(Class<?> type) {
    this.runner
        .withClassLoader(new FilteredClassLoader(WasmModuleManager.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(type));
  }

  static Stream<Arguments> usersOwn() {
    WasmEventPublisher events = new WasmEventPublisher();
    return Stream.of(
        Arguments.of(WasmEventPublisher.class, (Supplier<?>) WasmEventPublisher::new),
        Arguments.of(
            WasmModuleRegistry.class, (Supplier<?>) () -> WasmModuleRegistry.create(events)),
        Arguments.of(
            WasmModuleLoader.class,
            (Supplier<?>) () -> new DefaultWasmModuleLoader(List.of(), 1000)),
        Arguments.of(WasmEngine.class, (Supplier<?>) ChicoryEngine::new),
        Arguments.of(CompiledModuleCache.class, (Supplier<?>) () -> new CompiledModuleCache(1000)),
        Arguments.of(CallWatchdog.class, (Supplier<?>) CallWatchdog::new),
        Arguments.of(MemoryBudget.class, (Supplier<?>) MemoryBudget::ofDefaultSize),
        Arguments.of(WasmErrorHandler.class, (Supplier<?>) DefaultWasmErrorHandler::new),
        Arguments.of(WasmErrorCounters.class, (Supplier<?>) WasmErrorCounters::new),
        Arguments.of(
            WasmCallConventions.class,
            (Supplier<?>)
                () ->
                    new WasmCallConventions(
                        List.of(), tools.jackson.databind.json.JsonMapper.builder().build())),
        Arguments.of(
            ModulePreparer.class,
            (Supplier<?>)
                () ->
                    new ModulePreparer(
                        new DefaultWasmModuleLoader(List.of(), 1000),
                        new EngineSetup(
                            new ChicoryEngine(),
                            new CompiledModuleCache(1000),
                            TierSettings.DEFAULTS),
                        new Sandbox(new CallWatchdog(), MemoryBudget.ofDefaultSize()),
                        new WasmHostFunctionLibrary(),
                        new WasmCallConventions(
                            List.of(), tools.jackson.databind.json.JsonMapper.builder().build()),
                        events,
                        WasmModuleRegistry.create(events))),
        Arguments.of(
            WasmModuleManager.class,
            (Supplier<?>)
                () -> {
                  WasmModuleManager manager = Mockito.mock(WasmModuleManager.class);
                  Mockito.when(manager.registry()).thenReturn(WasmModuleRegistry.create(events));
                  return manager;
                }));
  }

  @ParameterizedTest
  @MethodSource("usersOwn")
  <T> void everyBeanGivesWayToTheUsersOwn(Class<T> type, Supplier<T> own) {
    this.runner
        .withBean("usersOwn", type, own)
        .run(context -> assertThat(context).getBeanNames(type).containsExactly("usersOwn"));
  }

  @Test
  void aRegistryOfTheUsersIsFilledBeforeAnybodySeesIt() {
    this.withCalc
        .withBean(
            "usersOwn",
            WasmModuleRegistry.class,
            () -> WasmModuleRegistry.create(new WasmEventPublisher()))
        .run(
            context ->
                assertThat(context.getBean(WasmModuleRegistry.class).list())
                    .extracting(WasmModuleDescriptor::id)
                    .contains("calc", "provided"));
  }

  @Test
  void modulesOfThePropertiesCanBeCalled() {
    this.withCalc.run(
        context ->
            assertThat(context.getBean(WasmModuleManager.class).bind(Calc.class).add(2, 3))
                .isEqualTo(5));
  }

  @Test
  void modulesOfProviderBeansAreRegistered() {
    this.runner
        .withBean(
            WasmModuleProvider.class,
            () ->
                () ->
                    List.of(
                        WasmModuleDescriptor.builder("calc")
                            .location("classpath:wasm/calc.wasm")
                            .build()))
        .run(
            context ->
                assertThat(context.getBean(WasmModuleRegistry.class).find("calc")).isPresent());
  }

  @Test
  void interfacesOfProvidersOnTheClassPathAreBeans() {
    this.runner.run(
        context -> assertThat(context.getBean(Provided.class).add(20, 22)).isEqualTo(42));
  }

  @Test
  void aModuleThatNobodyUsesIsNotLoaded() {
    this.withCalc.run(
        context ->
            assertThat(context.getBean(WasmModuleManager.class).status())
                .allSatisfy(
                    module -> assertThat(module.state()).isEqualTo(WasmModuleState.REGISTERED)));
  }

  @Test
  void anInterfaceOfAProviderGivesWayToTheUsersOwn() {
    Provided own = Mockito.mock(Provided.class);
    this.runner
        .withBean("usersOwn", Provided.class, () -> own)
        .run(context -> assertThat(context.getBean(Provided.class)).isSameAs(own));
  }

  @Test
  void anInterfaceWhoseNameIsTakenHasItsFullName() {
    this.runner
        .withBean("provided", String.class, () -> "something else")
        .run(
            context ->
                assertThat(context)
                    .getBeanNames(Provided.class)
                    .containsExactly(Provided.class.getName()));
  }

  @Test
  void providersOnTheClassPathCanBeSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.providers.enabled=false")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(Provided.class);
              assertThat(context.getBean(WasmModuleRegistry.class).list()).isEmpty();
            });
  }

  @Test
  void switchedOffMeansThatJavaAnswersAndNothingIsLoaded() {
    this.withCalc
        .withPropertyValues("wasm.enabled=false", "wasm.modules.calc.load=eager")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(manager.bind(Calc.class).trap()).isEqualTo(-1);
              assertThat(manager.status("calc").get(0).state())
                  .isEqualTo(WasmModuleState.REGISTERED);
            });
  }

  @Test
  void customizersHaveTheLastWord() {
    this.withCalc
        .withPropertyValues("wasm.modules.calc.execution-mode=wasm")
        .withBean(
            WasmModuleCustomizer.class,
            () -> module -> module.toBuilder().executionMode(WasmExecutionMode.JAVA).build())
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleRegistry.class)
                            .get("calc", "*")
                            .settings()
                            .executionMode())
                    .isEqualTo(WasmExecutionMode.JAVA));
  }

  @Test
  void locationResolversOfTheUserAreAskedFirst() {
    this.runner
        .withPropertyValues("wasm.modules.calc.location=classpath:somewhere/else.wasm")
        .withBean(WasmLocationResolver.class, CalcResolver::new)
        .run(
            context ->
                assertThat(context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 1))
                    .isEqualTo(2));
  }

  @Test
  void conventionsOfTheUserAreKnownByName() {
    WasmCallConvention own = Mockito.mock(WasmCallConvention.class);
    Mockito.when(own.name()).thenReturn("own");
    this.runner
        .withBean(WasmCallConvention.class, () -> own)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmCallConventions.class)
                            .of("own", Mockito.mock(WasmCode.class)))
                    .isSameAs(own));
  }

  @Test
  void listenersOfTheUserAreTold() {
    RecordingListener listener = new RecordingListener();
    this.withCalc
        .withBean(RecordingListener.class, () -> listener)
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
              assertThat(listener.events).anyMatch(WasmEvent.ModuleReady.class::isInstance);
              assertThat(listener.calls).containsExactly("add");
            });
  }

  @Test
  void failuresAreCountedOnce() {
    this.withCalc.run(
        context -> {
          context.getBean(WasmModuleManager.class).bind(Calc.class).trap();
          assertThat(context.getBean(WasmErrorCounters.class).of("calc").values())
              .containsExactly(1L);
        });
  }

  @Test
  void eventsAreApplicationEventsThoseOfTheStartIncluded() {
    this.withCalc
        .withPropertyValues("wasm.modules.calc.load=eager")
        .withUserConfiguration(ApplicationEvents.class)
        .run(
            context ->
                assertThat(context.getBean(ApplicationEvents.class).seen)
                    .contains(new WasmEvent.ModuleRegistered("calc", "1.0.0"))
                    .anyMatch(WasmEvent.ModuleReady.class::isInstance));
  }

  @Test
  void applicationEventsCanBeSwitchedOff() {
    this.withCalc
        .withPropertyValues("wasm.modules.calc.load=eager", "wasm.events.enabled=false")
        .withUserConfiguration(ApplicationEvents.class)
        .run(context -> assertThat(context.getBean(ApplicationEvents.class).seen).isEmpty());
  }

  @Test
  void theExecutorOfBootIsNotKeptBack() {
    this.withCalc
        .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
        .run(context -> assertThat(context).hasBean("applicationTaskExecutor"));
  }

  @Test
  void worksWithTheJsonMapperOfTheApplication() {
    this.withCalc
        .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
        .run(
            context -> assertThat(context).hasNotFailed().hasSingleBean(WasmCallConventions.class));
  }

  @Test
  void everythingIsClosedWithTheContext() {
    this.withCalc.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          Calc calc = manager.bind(Calc.class);
          calc.add(1, 2);
          context.close();
          assertThat(manager.status("calc").get(0).pool().idle()).isZero();
        });
  }

  private static final class RecordingListener implements WasmEventListener, WasmCallListener {

    private final List<WasmEvent> events = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @Override
    public void onEvent(WasmEvent event) {
      this.events.add(event);
    }

    @Override
    public void onCall(
        io.github.wasmspring.event.WasmCallId call,
        String engine,
        io.github.wasmspring.WasmSource source,
        io.github.wasmspring.WasmException failure,
        long nanos) {
      this.calls.add(call.operation());
    }
  }

  private static final class CalcResolver implements WasmLocationResolver {

    @Override
    public boolean supports(String location) {
      return true;
    }

    @Override
    public InputStream open(String location, ClassLoader classLoader) throws java.io.IOException {
      return new ClassPathResource("wasm/calc.wasm").getInputStream();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ApplicationEvents {

    private final List<WasmEvent> seen = new ArrayList<>();

    @EventListener
    void on(WasmEvent event) {
      this.seen.add(event);
    }
  }
}
