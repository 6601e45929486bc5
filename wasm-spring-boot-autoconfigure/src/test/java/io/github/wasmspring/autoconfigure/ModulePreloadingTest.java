package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.autoconfigure.scan.interfaces.ScannedCalc;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.runtime.WasmModulePreloader;
import io.github.wasmspring.runtime.WasmPreloadException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

@Timeout(60)
class ModulePreloadingTest {

  /** Opens {@code slow:…}, once it may, as the module {@code calc}. */
  private static final class SlowResolver implements WasmLocationResolver {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public boolean supports(String location) {
      return location.startsWith("slow:");
    }

    @Override
    public InputStream open(String location, ClassLoader classLoader) throws IOException {
      this.threads.add(Thread.currentThread());
      this.entered.countDown();
      try {
        this.gate.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      if (location.endsWith("absent")) {
        throw new FileNotFoundException("not there");
      }
      return new ClassPathResource("wasm/calc.wasm").getInputStream();
    }
  }

  /** Opens {@code meet:…} when two ask for it at the same time. */
  private static final class MeetingResolver implements WasmLocationResolver {

    private final CyclicBarrier both = new CyclicBarrier(2);

    @Override
    public boolean supports(String location) {
      return location.startsWith("meet:");
    }

    @Override
    public InputStream open(String location, ClassLoader classLoader) throws IOException {
      try {
        this.both.await(30, TimeUnit.SECONDS);
      } catch (Exception alone) {
        throw new IOException("nobody else came", alone);
      }
      return new ClassPathResource("wasm/calc.wasm").getInputStream();
    }
  }

  @AutoConfigurationPackage(basePackageClasses = ScannedCalc.class)
  static class ScansInterfaces {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class));

  private static WasmModuleState state(WasmModuleManager manager, String id) {
    return manager.status(id).get(0).state();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc.load=prefetch", "wasm.defaults.load=prefetch"})
  void theStartDoesNotWaitForAPrefetchedModuleButACallDoes(String property)
      throws InterruptedException {
    SlowResolver slow = new SlowResolver();
    this.runner
        .withBean(WasmLocationResolver.class, () -> slow)
        .withPropertyValues("wasm.modules.calc.location=slow:calc", property)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(slow.entered.await(30, TimeUnit.SECONDS)).isTrue();
              assertThat(state(manager, "calc")).isEqualTo(WasmModuleState.LOADING);
              slow.gate.countDown();
              assertThat(manager.bind(Calc.class).add(40, 2)).isEqualTo(42);
            });
    assertThat(slow.threads).hasSize(1).noneMatch(Thread.currentThread()::equals);
  }

  @Test
  void aPrefetchThatFailsDoesNotStopTheStart() {
    SlowResolver slow = new SlowResolver();
    slow.gate.countDown();
    this.runner
        .withBean(WasmLocationResolver.class, () -> slow)
        .withPropertyValues(
            "wasm.modules.calc.location=slow:absent", "wasm.modules.calc.load=prefetch")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              while (state(manager, "calc") != WasmModuleState.FAILED) {
                Thread.onSpinWait();
              }
            });
  }

  @Test
  void nothingIsLeftBehindWhenTheApplicationEndsMeanwhile() throws InterruptedException {
    SlowResolver slow = new SlowResolver();
    this.runner
        .withBean(WasmLocationResolver.class, () -> slow)
        .withPropertyValues(
            "wasm.modules.calc.location=slow:calc", "wasm.modules.calc.load=prefetch")
        .run(context -> assertThat(slow.entered.await(30, TimeUnit.SECONDS)).isTrue());

    assertThat(slow.threads).hasSize(1).noneMatch(Thread::isAlive);
  }

  @Test
  void modulesOfInterfacesAreLoadedAtTheSameTimeAsOthers() {
    this.runner
        .withBean(WasmLocationResolver.class, MeetingResolver::new)
        .withUserConfiguration(ScansInterfaces.class)
        .withPropertyValues(
            "wasm.loader.preload-threads=2",
            "wasm.defaults.load=eager",
            "wasm.modules.calc.location=meet:calc",
            "wasm.modules.more.location=meet:more")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeanDefinitionNames()).contains("scannedCalc.Adder");
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(state(manager, "more")).isEqualTo(WasmModuleState.READY);
            });
  }

  @Test
  void allEagerModulesThatFailAreTold() {
    this.runner
        .withPropertyValues(
            "wasm.defaults.load=eager",
            "wasm.modules.one.location=classpath:wasm/absent.wasm",
            "wasm.modules.two.location=classpath:wasm/calc.wasm",
            "wasm.modules.three.location=classpath:wasm/absent.wasm")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isInstanceOfSatisfying(
                        WasmPreloadException.class,
                        failure ->
                            assertThat(failure.failures())
                                .extracting(each -> ((WasmException) each).module())
                                .containsExactlyInAnyOrder("one", "three")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void loadPriority(String prefix) {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/calc.wasm", prefix + ".load-priority=high")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleRegistry.class)
                            .get("calc", "*")
                            .settings()
                            .loadPriority())
                    .isEqualTo(WasmPriority.HIGH));
  }

  @Test
  void loaderThreadsMustBePositive() {
    this.runner
        .withPropertyValues("wasm.loader.preload-threads=0")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasStackTraceContaining("wasm.loader.preload-threads")
                    .hasStackTraceContaining(
                        InvalidConfigurationPropertyValueException.class.getSimpleName()));
  }

  @Test
  void whereModulesAreSwitchedOffNothingIsLoadedAhead() {
    this.runner
        .withPropertyValues("wasm.enabled=false", "wasm.defaults.load=prefetch")
        .run(context -> assertThat(context).doesNotHaveBean(WasmModulePreloader.class));
  }

  @Test
  void aPreloaderOfTheUserIsUsed() {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "wasm.modules.calc.load=eager",
            "wasm.loader.preload-threads=0")
        .withBean(
            WasmModulePreloader.class,
            () ->
                new WasmModulePreloader(
                    org.mockito.Mockito.mock(
                        WasmModuleManager.class, org.mockito.Answers.RETURNS_DEEP_STUBS),
                    1))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(state(context.getBean(WasmModuleManager.class), "calc"))
                  .isEqualTo(WasmModuleState.REGISTERED);
            });
  }
}
