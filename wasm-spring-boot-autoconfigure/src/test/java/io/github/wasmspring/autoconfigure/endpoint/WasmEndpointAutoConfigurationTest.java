package io.github.wasmspring.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.chicory.ChicoryEngine;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.work.WasmTask;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import io.github.wasmspring.work.WasmTasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmEndpointAutoConfigurationTest {

  private final ApplicationContextRunner notExposed =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmEndpointAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private final ApplicationContextRunner runner =
      this.notExposed.withPropertyValues("management.endpoints.web.exposure.include=wasm");

  @Test
  void listsTheModulesAndTheCache() {
    this.runner.run(
        context -> {
          context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
          WasmEndpoint.ModulesDescriptor all = context.getBean(WasmEndpoint.class).modules();
          assertThat(all.enabled()).isTrue();
          assertThat(all.modules())
              .extracting(each -> each.id())
              .contains("calc", "provided")
              .isSorted();
          assertThat(all.modules().get(0).calls().wasm()).isOne();
          assertThat(all.cache().size()).isOne();
          assertThat(all.cache().misses()).isOne();
          assertThat(all.cache().disk()).isNull();
          assertThat(all.memory().used()).isPositive().isLessThan(all.memory().budget());
          assertThat(all.memory().modules()).containsOnlyKeys("calc");
          assertThat(all.memory().linear().committed()).isPositive();
          assertThat(all.modules().get(0).pool().memory().committed())
              .isEqualTo(all.memory().linear().committed());
        });
  }

  @Test
  void showsAndClearsWhatIsKeptOnDisk(@TempDir Path directory) {
    this.runner
        .withPropertyValues("wasm.cache.directory=" + directory.resolve("code"))
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              await().until(() -> endpoint.modules().cache().disk().entries() == 1);
              assertThat(endpoint.modules().cache().disk().bytes()).isPositive();
              assertThat(endpoint.modules().cache().disk().misses()).isOne();

              endpoint.act("calc", "clear-cache", null);

              assertThat(endpoint.modules().cache().disk().entries()).isZero();
              assertThat(endpoint.modules().cache().size()).isZero();
              assertThat(context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2))
                  .isEqualTo(3);
            });
  }

  private record OfTheApplication(String name) implements WasmEndpointContributor {

    @Override
    public Object contribute() {
      return List.of(1, 2);
    }
  }

  @Test
  void showsWhatOthersContribute() {
    this.runner
        .withBean(OfTheApplication.class, () -> new OfTheApplication("plugins"))
        .run(
            context ->
                assertThat(context.getBean(WasmEndpoint.class).modules().contributions())
                    .containsEntry("plugins", List.of(1, 2)));
  }

  @Test
  void showsOneModuleWithItsSettings() {
    this.runner
        .withPropertyValues("wasm.modules.calc.pool.max=2")
        .run(
            context -> {
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              assertThat(endpoint.module("calc", null).module().id()).isEqualTo("calc");
              assertThat(endpoint.module("calc", null).settings().pool().max()).isEqualTo(2);
              assertThat(endpoint.module("calc", null).otherVersions()).isEmpty();
              assertThat(endpoint.module("clac", null)).isNull();
            });
  }

  @Test
  void showsAndChangesOneOfSeveralVersions() {
    this.runner
        .withPropertyValues(
            "wasm.modules.mathlib.default-version=^1",
            "wasm.modules.mathlib.versions[1.4.0].location=classpath:wasm/mathlib.wasm",
            "wasm.modules.mathlib.versions[1.4.0].pool.max=3",
            "wasm.modules.mathlib.versions[2.0.0].location=classpath:wasm/mathlib-2.wasm")
        .run(
            context -> {
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              assertThat(endpoint.module("mathlib", null).module().version()).isEqualTo("1.4.0");
              assertThat(endpoint.module("mathlib", null).settings().pool().max()).isEqualTo(3);
              assertThat(endpoint.module("mathlib", "^2").module().version()).isEqualTo("2.0.0");
              assertThat(endpoint.module("mathlib", "^2").otherVersions())
                  .extracting(WasmModuleStatus::version)
                  .containsExactly("1.4.0");
              assertThat(endpoint.act("mathlib", "warm-up", "2.0.0").module().state())
                  .isEqualTo(WasmModuleState.READY);
              assertThat(endpoint.module("mathlib", null).module().state())
                  .isEqualTo(WasmModuleState.REGISTERED);
              assertThatThrownBy(() -> endpoint.act("mathlib", "warm-up", "^3"))
                  .isInstanceOf(InvalidEndpointRequestException.class)
                  .hasMessageContaining("registered are only 2.0.0, 1.4.0");
            });
  }

  @Test
  void showsWhatAModuleIsLinkedWith() {
    this.runner
        .withPropertyValues(
            "wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm",
            "wasm.modules.prices.location=classpath:wasm/prices.wasm",
            "wasm.modules.prices.dependencies.mathlib=^1")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmEndpoint.class)
                            .act("prices", "warm-up", null)
                            .module()
                            .links())
                    .singleElement()
                    .satisfies(
                        link -> {
                          assertThat(link.module()).isEqualTo("mathlib");
                          assertThat(link.imports()).containsExactly("percent", "share");
                        }));
  }

  @Test
  void showsWhatAdaptiveExecutionKnowsAndForgetsIt() {
    this.runner
        .withPropertyValues("wasm.execution.mode=adaptive")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).trap();
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              assertThat(endpoint.module("calc", null).module().adaptive().get("trap"))
                  .singleElement()
                  .satisfies(
                      row -> {
                        assertThat(row.fromBytes()).isZero();
                        assertThat(row.toBytes()).isZero();
                        assertThat(row.chosen()).isEqualTo(WasmSource.WASM);
                        assertThat(row.calls()).isOne();
                      });

              assertThat(endpoint.act("calc", "relearn", null).module().adaptive()).isEmpty();
            });
  }

  @Test
  void showsWhatIsInQuarantineAndReleasesIt() {
    this.runner
        .withPropertyValues("wasm.modules.calc.quarantine.failures=1")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).trap();
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              assertThat(endpoint.module("calc", null).module().quarantined())
                  .singleElement()
                  .satisfies(
                      row -> {
                        assertThat(row.operation()).isEqualTo("trap");
                        assertThat(row.category()).isEqualTo(WasmErrorCategory.TRAP);
                        assertThat(row.failures()).isOne();
                      });

              assertThat(endpoint.act("calc", "release", null).module().quarantined()).isEmpty();
            });
  }

  @Test
  void doesNotTellTheVariablesAndArgumentsOfGuests() {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.wasi.environment.TOKEN=secret",
            "wasm.modules.calc.wasi.arguments=--password=secret")
        .run(
            context -> {
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              assertThat(endpoint.module("calc", null).settings().wasi().environment())
                  .containsOnlyKeys("TOKEN");
              assertThat(endpoint.module("calc", null).toString()).doesNotContain("secret");
            });
  }

  @Test
  void actionsDoWhatTheySay() {
    this.runner.run(
        context -> {
          WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
          assertThat(endpoint.act("calc", "warm-up", null).module().state())
              .isEqualTo(WasmModuleState.READY);
          assertThat(endpoint.act("calc", "disable", null).module().state())
              .isEqualTo(WasmModuleState.DISABLED);
          assertThat(endpoint.act("calc", "enable", null).module().state())
              .isEqualTo(WasmModuleState.READY);
          assertThat(endpoint.act("calc", "evict", null).module().state())
              .isEqualTo(WasmModuleState.REGISTERED);
          assertThat(endpoint.act("calc", "reload", null).module().state())
              .isEqualTo(WasmModuleState.READY);
          assertThat(endpoint.act("clac", "reload", null)).isNull();
          assertThatThrownBy(() -> endpoint.act("calc", "explode", null))
              .isInstanceOf(InvalidEndpointRequestException.class)
              .hasMessageContaining(
                  "[reload, refresh, evict, warm-up, check, enable, disable, release, clear-cache, relearn, promote, rollback]");
        });
  }

  @Test
  void showsAndEndsARollout() {
    this.runner
        .withPropertyValues("wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm")
        .run(
            context -> {
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              manager.warmUp("mathlib");
              assertThat(endpoint.module("mathlib", null).rollout()).isNull();
              assertThatThrownBy(() -> endpoint.act("mathlib", "promote", null))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("'mathlib'");

              manager.update("mathlib", "*", next("2.0.0"));
              manager.module("mathlib").operation("percent").arguments(101, 10).retrieve(int.class);
              RolloutDescriptor shown = endpoint.module("mathlib", null).rollout();
              assertThat(shown.from()).isEqualTo("1.0.0");
              assertThat(shown.to()).isEqualTo("2.0.0");
              assertThat(shown.share()).isEqualTo(100);
              assertThat(shown.candidate().calls()).isOne();
              assertThat(endpoint.act("mathlib", "rollback", null).rollout()).isNull();

              manager.update("mathlib", "*", next("3.0.0"));
              assertThat(endpoint.act("mathlib", "promote", "1.0.0").module().version())
                  .isEqualTo("3.0.0");
            });
  }

  private static WasmModuleDescriptor next(String version) {
    return WasmModuleDescriptor.builder("mathlib")
        .version(version)
        .location("classpath:wasm/mathlib-2.wasm")
        .settings(settings -> settings.rollout(it -> it.canaryShare(100)))
        .build();
  }

  @Test
  void showsCallsThatAnswerLaterAndCancelsThem() {
    this.runner
        .withPropertyValues(
            "wasm.threads.max=1", "wasm.defaults.limits.timeout=10m", "wasm.defaults.pool.max=4")
        .run(
            context -> {
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              List<CompletableFuture<WasmResult<Integer>>> answers = new ArrayList<>();
              for (int i = 0; i < 200; i++) {
                answers.add(
                    context
                        .getBean(WasmModuleManager.class)
                        .module("calc")
                        .operation("spin")
                        .retrieveAsync(int.class));
              }

              WasmTasks all = endpoint.modules().tasks();
              assertThat(all.running()).isOne();
              assertThat(all.queued()).isEqualTo(199);
              assertThat(all.tasks()).hasSize(100);
              assertThat(endpoint.module("provided", null).tasks().queued()).isZero();
              WasmTask first = endpoint.module("calc", null).tasks().tasks().get(0);
              assertThat(first.state()).isEqualTo(WasmTask.State.RUNNING);
              assertThat(first.operation()).isEqualTo("spin");

              assertThat(endpoint.cancel("provided", first.id())).isNull();
              assertThat(endpoint.cancel("calc", first.id()).tasks().cancelled()).isOne();
              assertThat(endpoint.cancel("calc", first.id())).isNull();
              assertThat(answers.get(0)).isCancelled();
              assertThat(answers.get(1)).isNotDone();
            });
  }

  @Test
  void nothingIsLoadedWhileModulesAreSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(
            context -> {
              WasmEndpoint endpoint = context.getBean(WasmEndpoint.class);
              assertThat(endpoint.modules().enabled()).isFalse();
              assertThatThrownBy(() -> endpoint.act("calc", "warm-up", null))
                  .hasMessageContaining("wasm.enabled is false");
            });
  }

  @Test
  void givesWayToAnEndpointOfTheUsersOwn() {
    this.runner
        .withBean("own", OwnEndpoint.class)
        .run(
            context -> assertThat(context).getBeanNames(WasmEndpoint.class).containsExactly("own"));
  }

  @Test
  void isAbsentUnlessExposed() {
    this.notExposed.run(context -> assertThat(context).doesNotHaveBean(WasmEndpoint.class));
  }

  @Test
  void isAbsentWhenSwitchedOff() {
    this.runner
        .withPropertyValues("management.endpoint.wasm.access=NONE")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(WasmEndpoint.class)
                    .doesNotHaveBean(WasmEndpointWebExtension.class));
  }

  @Test
  void worksWithoutActuatorOnTheClassPath() {
    this.runner
        .withClassLoader(new FilteredClassLoader(Endpoint.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(WasmModuleManager.class)
                    .doesNotHaveBean("wasmEndpoint"));
  }

  static class OwnEndpoint extends WasmEndpoint {

    OwnEndpoint(WasmModuleManager manager, CompiledModuleCache cache) {
      super(
          manager,
          new SharedResources(new ChicoryEngine(), cache, null, new MemoryBudget(1)),
          new WasmTaskExecutor(WasmTaskSettings.DEFAULTS),
          List.of(),
          true);
    }
  }
}
