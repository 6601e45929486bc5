package io.github.wasmspring.module;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmDependencyException;
import io.github.wasmspring.WasmDependencyProblem;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultWasmModuleRegistryTest {

  interface Json {
    String format(String json, int indent);
  }

  private final List<WasmEvent> events = new CopyOnWriteArrayList<>();
  private DefaultWasmModuleRegistry registry;

  @BeforeEach
  void create() {
    WasmEventPublisher publisher = new WasmEventPublisher();
    publisher.addListener(this.events::add);
    this.registry = new DefaultWasmModuleRegistry(publisher);
  }

  private static WasmModuleDescriptor.Builder module(String id, String version) {
    return WasmModuleDescriptor.builder(id).version(version).location("file:" + id + ".wasm");
  }

  private void register(String id, String... versions) {
    for (String version : versions) {
      this.registry.register(module(id, version).build());
    }
  }

  private static List<String> names(Collection<WasmModuleDescriptor> modules) {
    return modules.stream().map(WasmModuleDescriptor::toString).toList();
  }

  @Test
  void findsTheNewestVersion() {
    register("json", "1.2.0", "1.10.0", "1.9.9");

    assertThat(this.registry.find("json")).map(WasmModuleDescriptor::version).contains("1.10.0");
  }

  @Test
  void prefersAReleaseToANewerPreRelease() {
    register("json", "1.0.0", "2.0.0-beta.1");

    assertThat(this.registry.find("json")).map(WasmModuleDescriptor::version).contains("1.0.0");
  }

  @Test
  void findsAPreReleaseWhereThereIsNothingElse() {
    register("json", "2.0.0-beta.2", "2.0.0-beta.10");

    assertThat(this.registry.find("json"))
        .map(WasmModuleDescriptor::version)
        .contains("2.0.0-beta.10");
  }

  @ParameterizedTest
  @CsvSource({
    "^1.2, 1.9.0",
    "~1.2.0, 1.2.5",
    "1.2.5, 1.2.5",
    "'>=1.0 <2', 1.9.0",
    "*, 2.1.0",
    "'', 2.1.0",
    "^1 || ^2, 2.1.0",
    "3.0.0-rc.1, 3.0.0-rc.1",
    "^3.0.0-rc.0, 3.0.0-rc.1"
  })
  void findsTheNewestVersionWithinARange(String range, String expected) {
    register("json", "1.0.0", "1.2.0", "1.2.5", "1.9.0", "2.1.0", "3.0.0-rc.1");

    assertThat(this.registry.get("json", range).version()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no range", "^^1", ">>2"})
  void refusesARangeThatCannotBeRead(String range) {
    register("json", "1.0.0");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> this.registry.find("json", range))
        .withMessageContaining(range)
        .withMessageContaining("json");
  }

  @Test
  void namesTheVersionsThatExistWhereNoneIsWithinTheRange() {
    register("json", "1.0.0", "1.1.0");

    WasmVersionConflictException conflict =
        failure(WasmVersionConflictException.class, () -> this.registry.get("json", "^2"));

    assertThat(conflict.registered()).containsExactly("1.1.0", "1.0.0");
    assertThat(conflict.requested()).isEqualTo("^2");
    assertThat(conflict).hasMessageContaining("json").hasMessageContaining("1.1.0, 1.0.0");
  }

  @Test
  void namesNearMatchesOfAnUnknownModule() {
    register("json", "1.0.0");
    register("strings", "1.0.0");

    WasmModuleNotFoundException missing =
        failure(WasmModuleNotFoundException.class, () -> this.registry.get("jsno", "*"));

    assertThat(missing.nearMatches()).containsExactly("json");
    assertThat(missing.available()).containsExactly("json", "strings");
    assertThat(missing).hasMessageContaining("did you mean 'json'");
    assertThat(missing.module()).isEqualTo("jsno");
  }

  @Test
  void namesAllModulesWhereNoneIsNear() {
    register("json", "1.0.0");

    WasmModuleNotFoundException missing =
        failure(WasmModuleNotFoundException.class, () -> this.registry.get("compute", "*"));

    assertThat(missing.nearMatches()).isEmpty();
    assertThat(missing).hasMessageContaining("registered are json");
  }

  @Test
  void saysSoWhereNoModuleIsRegisteredAtAll() {
    assertThat(failure(() -> this.registry.get("json", "*")))
        .hasMessageContaining("no module is registered at all");
  }

  @Test
  void refusesASecondModuleOfTheSameIdAndVersion() {
    register("json", "1.0.0");
    WasmModuleDescriptor other =
        WasmModuleDescriptor.builder("json").version("1.0.0").location("file:other.wasm").build();

    WasmVersionConflictException conflict =
        failure(WasmVersionConflictException.class, () -> this.registry.register(other));

    assertThat(conflict)
        .hasMessageContaining("file:json.wasm")
        .hasMessageContaining("file:other.wasm");
  }

  @Test
  void registeringTheSameDescriptorAgainChangesNothing() {
    WasmModuleDescriptor module = module("json", "1.0.0").build();

    this.registry.register(module);
    this.registry.register(module);

    assertThat(this.registry.list()).containsExactly(module);
    assertThat(this.events).hasSize(1);
  }

  @Test
  void listsByIdAndNewestFirst() {
    register("strings", "1.0.0");
    register("json", "1.0.0", "2.0.0");

    assertThat(names(this.registry.list()))
        .containsExactly("json 2.0.0", "json 1.0.0", "strings 1.0.0");
  }

  @Test
  void publishesWhatIsRegisteredAndUnregistered() {
    register("json", "1.0.0");
    this.registry.unregister("json", "1.0.0");

    assertThat(this.events)
        .containsExactly(
            new WasmEvent.ModuleRegistered("json", "1.0.0"),
            new WasmEvent.ModuleUnregistered("json", "1.0.0"));
  }

  @Test
  void anUnregisteredModuleIsGone() {
    register("json", "1.0.0");

    assertThat(this.registry.unregister("json", "1.0.0")).isTrue();
    assertThat(this.registry.find("json")).isEmpty();
    assertThat(this.registry.list()).isEmpty();
  }

  @Test
  void unregisteringPublishesTheVersionAsItWasRegistered() {
    register("json", "1.0.0");

    this.registry.unregister("json", "v1.0.0");

    assertThat(this.events).endsWith(new WasmEvent.ModuleUnregistered("json", "1.0.0"));
  }

  @ParameterizedTest
  @CsvSource({"json, 9.9.9", "json, nonsense", "other, 1.0.0"})
  void unregisteringWhatIsNotThereSaysSo(String id, String version) {
    register("json", "1.0.0");

    assertThat(this.registry.unregister(id, version)).isFalse();
    assertThat(this.events).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "documents", "text fast", "format", "json text", ""})
  void searchesIdDescriptionTagsAndOperations(String query) {
    this.registry.register(
        module("json", "1.0.0")
            .description("Formats documents")
            .tags("text", "fast")
            .type(Json.class)
            .build());

    assertThat(names(this.registry.search(query))).containsExactly("json 1.0.0");
  }

  @Test
  void aSearchNeedsAllItsWords() {
    this.registry.register(module("json", "1.0.0").tags("text").build());

    assertThat(this.registry.search("text slow")).isEmpty();
  }

  @Test
  void describesAModuleForPeople() {
    this.registry.register(
        module("json", "1.0.0")
            .description("Formats documents")
            .tags("text")
            .type(Json.class)
            .imports(
                new WasmImportDefinition(
                    "env", "log", new WasmFunctionType(List.of(), List.of()), (c, a) -> a))
            .dependency("strings", "^1.2")
            .build());

    assertThat(this.registry.describe("json"))
        .contains("json 1.0.0: Formats documents")
        .contains("at file:json.wasm")
        .contains("tags text")
        .contains("String format(String json, int indent)")
        .contains("imports env.log () -> ()")
        .contains("needs strings ^1.2");
  }

  @Test
  void resolvesDependenciesBeforeWhatNeedsThem() {
    this.registry.register(module("app", "1.0.0").dependency("json", "^1").build());
    this.registry.register(module("json", "1.1.0").dependency("strings", "*").build());
    register("strings", "1.0.0", "2.0.0");

    assertThat(names(this.registry.resolve("app", "*")))
        .containsExactly("strings 2.0.0", "json 1.1.0", "app 1.0.0");
  }

  @Test
  void resolvesADiamondOnce() {
    this.registry.register(
        module("app", "1.0.0").dependency("left", "*").dependency("right", "*").build());
    this.registry.register(module("left", "1.0.0").dependency("base", "^1").build());
    this.registry.register(module("right", "1.0.0").dependency("base", ">=1.0 <3").build());
    register("base", "1.5.0");

    assertThat(names(this.registry.resolve("app", "*")))
        .containsExactly("base 1.5.0", "left 1.0.0", "right 1.0.0", "app 1.0.0");
  }

  @Test
  void takesAnOlderVersionWhereOnlyThatSuitsAllWhoNeedIt() {
    this.registry.register(
        module("app", "1.0.0").dependency("left", "*").dependency("right", "*").build());
    this.registry.register(module("left", "1.0.0").dependency("base", "^1").build());
    this.registry.register(module("right", "1.0.0").dependency("base", "~1.2.0").build());
    register("base", "1.2.3", "1.5.0");

    assertThat(names(this.registry.resolve("app", "*")))
        .containsExactly("base 1.2.3", "left 1.0.0", "right 1.0.0", "app 1.0.0");
  }

  @Test
  void whatOnlyARejectedVersionNeedsIsNotNeeded() {
    this.registry.register(
        module("app", "1.0.0").dependency("b", "*").dependency("c", "*").build());
    this.registry.register(module("b", "2.0.0").dependency("d", "^2").build());
    this.registry.register(module("b", "1.0.0").dependency("d", "^1").build());
    this.registry.register(module("c", "1.0.0").dependency("b", "^1").build());
    register("d", "1.0.0", "2.0.0");

    assertThat(names(this.registry.resolve("app", "*")))
        .containsExactly("d 1.0.0", "b 1.0.0", "c 1.0.0", "app 1.0.0");
  }

  @Test
  void choosingAgainAndAgainComesToAnEnd() {
    this.registry.register(
        module("app", "1.0.0")
            .dependency("a", "*")
            .dependency("b", "*")
            .dependency("c", "*")
            .build());
    this.registry.register(module("a", "2.0.0").dependency("c", "^1").build());
    this.registry.register(module("a", "1.0.0").dependency("c", "^2").build());
    this.registry.register(module("b", "2.0.0").dependency("a", "^1").build());
    this.registry.register(module("b", "1.0.0").dependency("a", "^2").build());
    this.registry.register(module("c", "2.0.0").dependency("d", "^2").dependency("e", "*").build());
    this.registry.register(module("c", "1.0.0").dependency("d", "^1").dependency("e", "*").build());
    this.registry.register(module("e", "1.0.0").dependency("d", "~1.5.0").build());
    register("d", "1.0.0", "1.5.0", "2.0.0");

    assertThat(failure(WasmDependencyException.class, () -> this.registry.resolve("app", "*")))
        .hasMessageContaining("no one version of d suits all who need it: ")
        .hasMessageContaining("e 1.0.0 needs ~1.5.0");
  }

  @Test
  void aPreReleaseSuitsWhoeverTakesAnyVersion() {
    this.registry.register(
        module("app", "1.0.0").dependency("left", "*").dependency("right", "*").build());
    this.registry.register(module("left", "1.0.0").dependency("base", "*").build());
    this.registry.register(module("right", "1.0.0").dependency("base", "*").build());
    register("base", "1.0.0-beta.1");

    assertThat(names(this.registry.resolve("app", "*"))).contains("base 1.0.0-beta.1");
  }

  @Test
  void refusesModulesThatNeedEachOtherInACircle() {
    this.registry.register(module("a", "1.0.0").dependency("b", "*").build());
    this.registry.register(module("b", "1.0.0").dependency("c", "*").build());
    this.registry.register(module("c", "1.0.0").dependency("a", "*").build());

    assertThat(failure(WasmDependencyException.class, () -> this.registry.resolve("a", "*")))
        .hasMessageContaining("a -> b -> c -> a");
  }

  @Test
  void namesWhoNeedsWhatWhereNoVersionSuitsAll() {
    this.registry.register(
        module("app", "1.0.0").dependency("left", "*").dependency("right", "*").build());
    this.registry.register(module("left", "1.0.0").dependency("base", "^1").build());
    this.registry.register(module("right", "1.0.0").dependency("base", "^2").build());
    register("base", "1.0.0", "2.0.0");

    assertThat(failure(WasmDependencyException.class, () -> this.registry.resolve("app", "*")))
        .hasMessageContaining("left 1.0.0 needs ^1")
        .hasMessageContaining("right 1.0.0 needs ^2");
  }

  @Test
  void aMissingDependencyIsNotFound() {
    this.registry.register(module("app", "1.0.0").dependency("json", "*").build());

    WasmDependencyException refused =
        failure(WasmDependencyException.class, () -> this.registry.resolve("app", "*"));

    assertThat(refused.category()).isEqualTo(WasmErrorCategory.NOT_FOUND);
    assertThat(refused.module()).isEqualTo("app");
    assertThat(refused.problems())
        .extracting(WasmDependencyProblem::module)
        .containsExactly("json");
  }

  @Test
  void allThatIsWrongWithDependenciesIsInOneException() {
    this.registry.register(
        module("app", "1.0.0")
            .dependency("gone", "*")
            .dependency("base", "^3")
            .dependency("left", "*")
            .build());
    this.registry.register(
        module("left", "1.0.0").dependency("lost", "*").dependency("app", "*").build());
    register("base", "1.0.0");

    assertThat(
            failure(WasmDependencyException.class, () -> this.registry.resolve("app", "*"))
                .problems())
        .extracting(WasmDependencyProblem::kind, WasmDependencyProblem::module)
        .containsExactly(
            tuple(WasmDependencyProblem.Kind.OUT_OF_RANGE, "base"),
            tuple(WasmDependencyProblem.Kind.MISSING, "gone"),
            tuple(WasmDependencyProblem.Kind.CIRCLE, "app"),
            tuple(WasmDependencyProblem.Kind.MISSING, "lost"));
  }

  @Test
  void theDefaultVersionIsForThoseWhoAskForNone() {
    register("json", "1.2.0", "1.3.0", "2.0.0");

    this.registry.useByDefault("json", "^1");

    assertThat(this.registry.find("json").orElseThrow().version()).isEqualTo("1.3.0");
    assertThat(this.registry.get("json", "").version()).isEqualTo("1.3.0");
    assertThat(this.registry.get("json", ">=2").version()).isEqualTo("2.0.0");
    assertThat(names(this.registry.versions("json")))
        .containsExactly("json 2.0.0", "json 1.3.0", "json 1.2.0");

    this.registry.useByDefault("json", "*");

    assertThat(this.registry.find("json").orElseThrow().version()).isEqualTo("2.0.0");
  }

  @Test
  void aDefaultVersionHasToBeThere() {
    register("json", "1.2.0");

    assertThat(
            failure(
                WasmVersionConflictException.class, () -> this.registry.useByDefault("json", "^2")))
        .hasMessageContaining("version ^2 is asked for, but registered are only 1.2.0");
    failure(WasmModuleNotFoundException.class, () -> this.registry.useByDefault("nothing", "^2"));
  }

  @Test
  void anotherVersionDoesNotStandInForTheDefault() {
    register("json", "1.2.0", "2.0.0");
    this.registry.useByDefault("json", "1.2.0");

    this.registry.unregister("json", "1.2.0");

    assertThat(this.registry.find("json")).isEmpty();
    assertThat(failure(WasmVersionConflictException.class, () -> this.registry.get("json", "*")))
        .hasMessageContaining(
            "version 1.2.0 is asked for by default, but registered are only 2.0.0");
  }

  @Test
  void aLinkHasToNameADependency() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> module("app", "1.0.0").link("env", "json").build())
        .withMessageContaining("'env'")
        .withMessageContaining("'json'")
        .withMessageContaining("dependencies.json");
  }

  @Test
  void manyThreadsRegisterAndUnregisterWithoutLosingAnything() throws Exception {
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int major = thread + 1;
        done.add(
            executor.submit(
                () -> {
                  start.await();
                  for (int minor = 0; minor < 50; minor++) {
                    register("json", major + "." + minor + ".0");
                    if (minor % 2 == 0) {
                      this.registry.unregister("json", major + "." + minor + ".0");
                    }
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : done) {
        each.get(30, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(this.registry.versions("json")).hasSize(threads * 25);
    assertThat(this.registry.find("json")).map(WasmModuleDescriptor::version).contains("8.49.0");
  }

  @Test
  void onlyOneOfManyThreadsRegistersTheSameIdAndVersion() throws Exception {
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    int refused = 0;
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        done.add(
            executor.submit(
                () -> {
                  start.await();
                  register("json", "1.0.0");
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : done) {
        try {
          each.get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
          assertThat(failed).hasCauseInstanceOf(WasmVersionConflictException.class);
          refused++;
        }
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(refused).isEqualTo(threads - 1);
  }
}
