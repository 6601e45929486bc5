package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.module.WasmResetPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Every property does what it says. */
class WasmPropertiesTest {

  private static final String WRONG_DIGEST = "sha256:" + "0".repeat(64);

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private void run(Consumer<WasmModuleManager> test, String... properties) {
    this.runner
        .withPropertyValues(properties)
        .run(context -> test.accept(context.getBean(WasmModuleManager.class)));
  }

  private static void assertFails(WasmErrorCategory category, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WasmException.class, failure -> assertThat(failure.category()).isEqualTo(category));
  }

  private static WasmModuleStatus calc(WasmModuleManager manager) {
    return manager.status("calc").get(0);
  }

  private static WasmModuleDescriptor descriptor(WasmModuleManager manager, String id) {
    return manager.registry().get(id, "*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.execution.mode=java",
        "wasm.defaults.execution-mode=java",
        "wasm.modules.calc.execution-mode=java"
      })
  void executionMode(String property) {
    run(
        manager -> {
          assertThat(manager.bind(Calc.class).spin()).isEqualTo(-2);
          assertThat(calc(manager).state()).isEqualTo(WasmModuleState.REGISTERED);
        },
        property);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.execution.mode=adaptive",
        "wasm.defaults.execution-mode=adaptive",
        "wasm.modules.calc.execution-mode=adaptive"
      })
  void adaptiveExecutionMode(String property) {
    run(
        manager -> {
          Calc calc = manager.bind(Calc.class);
          assertThat(calc.add(1, 2)).isEqualTo(3);
          assertThat(calc.trap()).isEqualTo(-1);
          assertThat(calc(manager).adaptive()).containsOnlyKeys("trap");
          assertThat(calc(manager).calls().fallback()).isOne();
        },
        property);
  }

  @Test
  void executionIsNotAdaptiveByDefault() {
    run(
        manager -> {
          manager.bind(Calc.class).trap();
          assertThat(calc(manager).adaptive()).isEmpty();
        });
  }

  /** The tests' JVM has no Vector API. */
  @Test
  void vectorsThatTheJvmDoesNotHave() {
    this.runner
        .withPropertyValues("wasm.engine.simd=vector", "wasm.modules.calc.load=eager")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("--add-modules jdk.incubator.vector"));
    run(manager -> manager.warmUp("calc"), "wasm.engine.simd=scalar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.engine.mode=interpreter",
        "wasm.defaults.engine=interpreter",
        "wasm.modules.calc.engine=interpreter"
      })
  void engine(String property) {
    run(
        manager -> {
          manager.warmUp("calc");
          assertThat(calc(manager).engine()).isEqualTo("chicory-interpreter");
        },
        property,
        "wasm.engine.name=chicory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.defaults.split-big-functions=false",
        "wasm.modules.calc.split-big-functions=false"
      })
  void splitBigFunctions(String property) {
    run(
        manager -> assertThat(descriptor(manager, "calc").settings().splitBigFunctions()).isFalse(),
        property);
  }

  @Test
  void bigFunctionsAreSplitByDefault() {
    run(manager -> assertThat(descriptor(manager, "calc").settings().splitBigFunctions()).isTrue());
  }

  @Test
  void aModuleOverridesTheDefaultsAndTheDefaultsTheMode() {
    run(
        manager -> {
          manager.warmUp("calc");
          manager.warmUp("provided");
          assertThat(calc(manager).engine()).isEqualTo("chicory-compiled");
          assertThat(manager.status("provided").get(0).engine()).isEqualTo("chicory-interpreter");
        },
        "wasm.engine.name=chicory",
        "wasm.engine.mode=compiled",
        "wasm.defaults.engine=interpreter",
        "wasm.modules.calc.engine=compiled");
  }

  @Test
  void maxModuleSize() {
    run(
        manager -> assertFails(WasmErrorCategory.LOAD, () -> manager.warmUp("calc")),
        "wasm.loader.max-module-size=100B");
  }

  @Test
  void httpTimeout() throws Exception {
    CountDownLatch finished = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> awaitUninterruptibly(finished));
    server.start();
    try {
      run(
          manager ->
              assertThatThrownBy(() -> manager.warmUp("calc"))
                  .hasMessageContaining("did not arrive within 50 ms"),
          "wasm.loader.http-timeout=50ms",
          "wasm.modules.calc.location=http://localhost:%d/calc.wasm"
              .formatted(server.getAddress().getPort()));
    } finally {
      finished.countDown();
      server.stop(0);
    }
  }

  @Test
  void redirectHosts() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://" + address + "/there.wasm");
          boolean there = exchange.getRequestURI().getPath().equals("/there.wasm");
          exchange.sendResponseHeaders(there ? 404 : 302, -1);
          exchange.close();
        });
    server.start();
    String location =
        "wasm.modules.calc.location=http://localhost:%d/calc.wasm"
            .formatted(server.getAddress().getPort());
    try {
      run(
          manager ->
              assertThatThrownBy(() -> manager.warmUp("calc"))
                  .hasMessageContaining("redirects to the host 127.0.0.1")
                  .hasMessageContaining("wasm.loader.redirect-hosts"),
          location);
      run(
          manager ->
              assertThatThrownBy(() -> manager.warmUp("calc"))
                  .hasMessageContaining("the server answers 404"),
          "wasm.loader.redirect-hosts=127.0.0.1",
          location);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void redirectHostsAreNames() {
    this.runner
        .withPropertyValues("wasm.loader.redirect-hosts=https://cdn.example.org/")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("is not the name of a host"));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void cacheMaxWeight() {
    this.runner
        .withPropertyValues("wasm.cache.max-weight=1B")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).warmUp("calc");
              assertThat(context.getBean(CompiledModuleCache.class).size()).isZero();
            });
    this.runner.run(
        context -> {
          context.getBean(WasmModuleManager.class).warmUp("calc");
          assertThat(context.getBean(CompiledModuleCache.class).size()).isOne();
        });
  }

  @Test
  void cacheDirectory(@TempDir Path parent) {
    Path directory = parent.resolve("code");
    for (long start = 0; start < 2; start++) {
      long hits = start;
      this.runner
          .withPropertyValues("wasm.cache.directory=" + directory)
          .run(
              context -> {
                context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
                CompiledCodeStore store = context.getBean(CompiledCodeStore.class);
                await().until(() -> store.status().entries() == 1);
                assertThat(store.status().hits()).isEqualTo(hits);
              });
    }
    this.runner.run(context -> assertThat(context).doesNotHaveBean(CompiledCodeStore.class));
    this.runner
        .withPropertyValues("wasm.cache.directory=")
        .run(context -> assertThat(context).doesNotHaveBean(CompiledCodeStore.class));
  }

  @Test
  void cacheDirectoryThatOthersCanWriteTo(@TempDir Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    this.runner
        .withPropertyValues("wasm.cache.directory=" + directory)
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).warmUp("calc");
              assertThat(context.getBean(CompiledCodeStore.class).status().problem())
                  .contains("can be written by others");
            });
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void cacheMaxDiskSize(@TempDir Path parent) {
    this.runner
        .withPropertyValues(
            "wasm.cache.directory=" + parent.resolve("code"), "wasm.cache.max-disk-size=1B")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).warmUp("calc");
              assertThat(context.getBean(CompiledCodeStore.class).status().entries()).isZero();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc.load=eager", "wasm.defaults.load=eager"})
  void load(String property) {
    run(manager -> assertThat(calc(manager).state()).isEqualTo(WasmModuleState.READY), property);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc.load=eager", "wasm.defaults.load=eager"})
  void anEagerModuleThatCanNotBeLoadedStopsTheStart(String property) {
    this.runner
        .withPropertyValues(property, "wasm.modules.calc.location=classpath:wasm/absent.wasm")
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void memoryLimit(String prefix) {
    run(manager -> assertThat(manager.bind(Calc.class).grow(1)).isEqualTo(1));
    run(
        manager -> assertThat(manager.bind(Calc.class).grow(1)).isEqualTo(-1),
        prefix + ".limits.memory=64KB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void timeout(String prefix) {
    run(
        manager -> assertFails(WasmErrorCategory.TIMEOUT, () -> manager.bind(Calc.class).spin()),
        prefix + ".limits.timeout=20ms",
        prefix + ".execution-mode=wasm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void limitsOfTheModuleItself(String prefix) {
    run(
        manager -> assertFails(WasmErrorCategory.INVALID, () -> manager.warmUp("calc")),
        prefix + ".limits.functions=1");
    run(
        manager -> assertFails(WasmErrorCategory.TIMEOUT, () -> manager.warmUp("calc")),
        prefix + ".limits.compile-timeout=1ns",
        prefix + ".engine=eager");
    run(
        manager ->
            assertThat(descriptor(manager, "calc").settings().limits().tableElements())
                .isEqualTo(7),
        prefix + ".limits.table-elements=7");
    run(
        manager ->
            assertThat(descriptor(manager, "calc").settings().limits().jsonTokens()).isEqualTo(9),
        prefix + ".limits.json-tokens=9");
    run(
        manager ->
            assertThat(descriptor(manager, "calc").settings().limits().guestThreads()).isEqualTo(3),
        prefix + ".limits.guest-threads=3");
    run(
        manager ->
            assertThat(descriptor(manager, "calc").settings().limits().stack()).isEqualTo(1 << 20),
        prefix + ".limits.stack=1MB");
  }

  @Test
  void aStackThatIsTooSmallStopsTheStart() {
    this.runner
        .withPropertyValues("wasm.modules.calc.limits.stack=1KB")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("wasm.modules.calc.limits.stack")
                    .rootCause()
                    .hasMessageContaining("262144 to 1073741824 bytes"));
  }

  @Test
  void memoryBudget() {
    run(
        manager -> {
          manager.warmUp("calc");
          assertFails(WasmErrorCategory.BUDGET, () -> manager.open("calc"));
        },
        "wasm.memory.budget=100B");
    run(manager -> manager.open("calc").close(), "wasm.memory.budget=10MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "perhaps"})
  void aSwitchThatIsNeitherOnNorOffIsNamed(String value) {
    this.runner
        .withPropertyValues("wasm.providers.enabled=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("'wasm.providers.enabled'"));
  }

  @Test
  void theMemoryBudgetIsNoMoreThanHalfOfTheHeap() {
    this.runner
        .withPropertyValues("wasm.memory.budget=1000GB")
        .run(
            context ->
                assertThat(context.getBean(MemoryBudget.class).limit())
                    .isEqualTo(MemoryBudget.mostOfHeap()));
  }

  @Test
  void aMemoryBudgetOfNothingStopsTheStart() {
    this.runner
        .withPropertyValues("wasm.memory.budget=0")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("wasm.memory.budget"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.modules.calc.limits.payload=4B",
        "wasm.defaults.limits.payload=4B",
        "wasm.modules.calc.limits.output=4B",
        "wasm.defaults.limits.output=4B"
      })
  void payloadAndOutput(String property) {
    run(
        manager -> {
          Calc calc = manager.bind(Calc.class);
          assertThat(calc.echo("four")).isEqualTo("four");
          assertThatThrownBy(() -> calc.echo("five!")).isInstanceOf(WasmException.class);
        },
        property);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void poolSize(String prefix) {
    run(
        manager -> {
          manager.warmUp("calc");
          assertThat(calc(manager).pool().idle()).isEqualTo(2);
          assertThat(calc(manager).pool().max()).isEqualTo(3);
        },
        prefix + ".pool.min=2",
        prefix + ".pool.max=3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void poolMinAlone(String prefix) {
    run(
        manager -> {
          manager.warmUp("calc");
          assertThat(calc(manager).pool().idle()).isOne();
        },
        prefix + ".pool.min=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void borrowTimeout(String prefix) {
    run(
        manager -> {
          try (WasmSession held = manager.open("calc")) {
            assertThatThrownBy(() -> manager.open("calc"))
                .isInstanceOf(WasmExecutionException.class)
                .hasMessageContaining("within 15 ms");
            assertThat(held.call("add", 1, 2)).containsExactly(3);
          }
        },
        prefix + ".pool.max=1",
        prefix + ".pool.borrow-timeout=15ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void idleTime(String prefix) {
    run(
        manager -> {
          manager.open("calc").close();
          assertThat(calc(manager).pool().idle()).isZero();
        },
        prefix + ".pool.idle-time=0ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void recycleAfter(String prefix) {
    run(
        manager -> {
          for (int i = 0; i < 6; i++) {
            manager.open("calc").close();
          }
          assertThat(calc(manager).pool().created()).isEqualTo(3);
        },
        prefix + ".pool.recycle-after=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void reset(String prefix) {
    run(
        manager -> {
          Calc calc = manager.bind(Calc.class);
          assertThat(List.of(calc.count(), calc.count())).containsExactly(1, 1);
        });
    run(
        manager -> {
          Calc calc = manager.bind(Calc.class);
          assertThat(List.of(calc.count(), calc.count())).containsExactly(1, 2);
        },
        prefix + ".pool.reset=none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void fallback(String prefix) {
    run(manager -> assertThat(manager.bind(Calc.class).trap()).isEqualTo(-1));
    run(
        manager -> assertFails(WasmErrorCategory.TRAP, () -> manager.bind(Calc.class).trap()),
        prefix + ".fallback.enabled=false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.modules.calc", "wasm.defaults"})
  void retry(String prefix) {
    List<WasmEvent> retries = new ArrayList<>();
    this.runner
        .withBean(
            WasmEventListener.class,
            () ->
                event -> {
                  if (event instanceof WasmEvent.CallRetried) {
                    retries.add(event);
                  }
                })
        .withPropertyValues(
            prefix + ".limits.timeout=10ms",
            prefix + ".retry.max-attempts=3",
            prefix + ".retry.delay=1ms",
            prefix + ".retry.categories=timeout")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(manager.bind(Calc.class).spin()).isEqualTo(-2);
              assertThat(retries).hasSize(2);
              assertThat(descriptor(manager, "calc").settings().retry().delay())
                  .isEqualTo(Duration.ofMillis(1));
            });
  }

  @Test
  void versionDescriptionTagsAndDigest() {
    run(
        manager -> {
          manager.warmUp("calc");
          WasmModuleStatus status = calc(manager);
          assertThat(status.version()).isEqualTo("3.2.1");
          assertThat(status.description()).isEqualTo("Reckons");
          assertThat(status.tags()).containsExactly("numbers", "small");
          assertThat(status.digest()).isEqualTo(TestModuleProvider.DIGEST);
        },
        "wasm.modules.calc.version=3.2.1",
        "wasm.modules.calc.description=Reckons",
        "wasm.modules.calc.tags=small,numbers",
        "wasm.modules.calc.digest=" + TestModuleProvider.DIGEST);
  }

  @Test
  void anotherDigestIsRefused() {
    run(
        manager -> assertFails(WasmErrorCategory.INTEGRITY, () -> manager.warmUp("calc")),
        "wasm.modules.calc.digest=" + WRONG_DIGEST);
  }

  @Test
  void convention() {
    run(
        manager -> assertFails(WasmErrorCategory.INVALID, () -> manager.bind(Calc.class).add(1, 2)),
        "wasm.modules.calc.convention=carrier-pigeon");
  }

  @Test
  void whatAProviderSaysIsKeptWhereNothingElseIsSaid() {
    run(
        manager -> {
          WasmModuleDescriptor provided = descriptor(manager, "provided");
          assertThat(provided.settings().pool().reset()).isEqualTo(WasmResetPolicy.NONE);
          assertThat(provided.settings().pool().max()).isEqualTo(3);
          assertThat(provided.settings().limits().timeout()).isEqualTo(Duration.ofMillis(7));
        },
        "wasm.defaults.limits.timeout=7ms");
  }

  @Test
  void propertiesOverrideWhatAProviderSays() {
    run(
        manager -> {
          WasmModuleDescriptor provided = descriptor(manager, "provided");
          assertThat(provided.settings().pool().reset()).isEqualTo(WasmResetPolicy.FRESH);
          assertThat(provided.settings().pool().max()).isEqualTo(3);
          assertThat(provided.location()).isEqualTo("classpath:wasm/calc.wasm");
          assertThat(provided.tags()).containsExactlyInAnyOrder("library", "mine");
        },
        "wasm.modules.provided.pool.reset=fresh",
        "wasm.modules.provided.tags=mine");
  }

  @Test
  void aLocationReplacesTheProvidersBytesAndTheirDigest() {
    run(
        manager -> {
          WasmModuleDescriptor provided = descriptor(manager, "provided");
          assertThat(provided.location()).isEqualTo("classpath:wasm/needs-import.wasm");
          assertThat(provided.digest()).isNull();
          assertThat(provided.version()).isEqualTo("2.1.0");
          assertThat(provided.types()).containsExactly(Provided.class);
          assertThat(provided.settings().pool().reset()).isEqualTo(WasmResetPolicy.NONE);
        },
        "wasm.modules.provided.location=classpath:wasm/needs-import.wasm");
  }

  @Test
  void aDigestOfTheUsersIsCheckedOnTheProvidersModule() {
    run(
        manager -> assertFails(WasmErrorCategory.INTEGRITY, () -> manager.warmUp("provided")),
        "wasm.modules.provided.digest=" + WRONG_DIGEST);
  }

  @Test
  void codeCompiledAtBuildTimeIsUsedForTheProvidersBytesOnly() {
    ApplicationContextRunner compiled =
        this.runner.withBean(
            WasmModuleProvider.class,
            () ->
                () ->
                    List.of(
                        WasmModuleDescriptor.builder("compiled")
                            .location("classpath:wasm/calc.wasm")
                            .compiledClass("com.example.Calc")
                            .digest(TestModuleProvider.DIGEST)
                            .build()));
    compiled
        .withPropertyValues(
            "wasm.modules.compiled.digest="
                + TestModuleProvider.DIGEST.toUpperCase(Locale.ROOT).replace("SHA256", "sha256"))
        .run(context -> assertThat(compiledClass(context)).isEqualTo("com.example.Calc"));
    compiled
        .withPropertyValues("wasm.modules.compiled.digest=" + WRONG_DIGEST)
        .run(context -> assertThat(compiledClass(context)).isNull());
    compiled
        .withPropertyValues("wasm.modules.compiled.location=classpath:wasm/host.wasm")
        .run(context -> assertThat(compiledClass(context)).isNull());
  }

  @Test
  void compiledClass() {
    this.runner
        .withPropertyValues(
            "wasm.modules.compiled.location=classpath:wasm/calc.wasm",
            "wasm.modules.compiled.compiled-class=com.example.Calc")
        .run(context -> assertThat(compiledClass(context)).isEqualTo("com.example.Calc"));
  }

  @Test
  void aDigestThatNobodyCouldCheckIsRefused() {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.digest=" + WRONG_DIGEST,
            "wasm.modules.calc.compiled-class=com.example.Calc")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasStackTraceContaining("leave out the digest or compiled-class"));
  }

  private static String compiledClass(AssertableApplicationContext context) {
    return context.getBean(WasmModuleRegistry.class).get("compiled", "*").compiledClass();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.modules.calc.version=two",
        "wasm.modules.calc.digest=sha256:123",
        "wasm.modules.calc.limits.memory=0B",
        "wasm.modules.calc.limits.timeout=-1s",
        "wasm.modules.calc.pool.max=0",
        "wasm.modules.calc.pool.min=1000",
        "wasm.modules.calc.pool.recycle-after=-1",
        "wasm.defaults.retry.max-attempts=0"
      })
  void aValueThatMakesNoSenseStopsTheStartWithItsName(String property) {
    this.runner
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .satisfies(
                        root ->
                            assertThat(causes(context.getStartupFailure()))
                                .hasAtLeastOneElementOfType(
                                    InvalidConfigurationPropertyValueException.class)
                                .anyMatch(
                                    cause ->
                                        cause
                                                instanceof
                                                InvalidConfigurationPropertyValueException invalid
                                            && property.startsWith(invalid.getName() + "="))));
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  @Test
  void settingsOfAModuleThatNobodyBringsStopTheStart() {
    this.runner
        .withPropertyValues("wasm.modules.clac.pool.max=2")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("wasm.modules.clac says no location"));
  }

  @Test
  void twoVersionsOfAModuleNeedAVersionToTellThemApart() {
    ApplicationContextRunner two =
        this.runner.withBean(
            WasmModuleProvider.class,
            () ->
                () ->
                    List.of(
                        WasmModuleDescriptor.builder("two")
                            .version("1.0.0")
                            .location("classpath:wasm/calc.wasm")
                            .build(),
                        WasmModuleDescriptor.builder("two")
                            .version("2.0.0")
                            .location("classpath:wasm/calc.wasm")
                            .build()));
    two.withPropertyValues("wasm.modules.two.digest=" + WRONG_DIGEST)
        .run(context -> assertThat(context).hasFailed());
    two.withPropertyValues(
            "wasm.modules.two.version=1.0.0", "wasm.modules.two.digest=" + WRONG_DIGEST)
        .run(
            context -> {
              WasmModuleRegistry registry = context.getBean(WasmModuleRegistry.class);
              assertThat(registry.get("two", "1.0.0").digest()).isEqualTo(WRONG_DIGEST);
              assertThat(registry.get("two", "2.0.0").digest()).isNull();
            });
    two.withPropertyValues("wasm.modules.two.pool.max=1")
        .run(
            context ->
                assertThat(context.getBean(WasmModuleRegistry.class).versions("two"))
                    .allMatch(module -> module.settings().pool().max() == 1));
  }
}
