package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.WasmDependencyException;
import io.github.wasmspring.WasmDependencyProblem;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.prepare.WasmLink;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Modules that import from other modules of the registry. */
class FederationTest {

  private static final long PAGE = 1 << 16;

  private final TestRuntime runtime = new TestRuntime();
  private final List<Long> notes = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static void assumeLinks(WasmExternalKind kind) {
    assumeThat(TestEngines.create().linkable()).contains(kind);
  }

  private WasmModuleDescriptor.Builder library() {
    return guest("library").version("1.2.0").imports(note());
  }

  private WasmImportDefinition note() {
    return new WasmImportDefinition(
        "env",
        "note",
        new WasmFunctionType(List.of(WasmValueType.I32), List.of()),
        (caller, arguments) -> {
          this.notes.add(arguments[0]);
          return new long[0];
        });
  }

  private static WasmModuleDescriptor.Builder importer(String guest) {
    return guest(guest).dependency("library", "^1.2");
  }

  private int call(String module, String operation, Object... arguments) {
    return this.runtime
        .manager
        .module(module)
        .operation(operation)
        .arguments(arguments)
        .<Integer>retrieve(int.class)
        .value();
  }

  private WasmModuleStatus status(String id) {
    return this.runtime.manager.status(id).get(0);
  }

  @Test
  void aModuleCallsWhatAnotherOneExports() {
    this.runtime.with(library()).with(importer("importer"));

    assertThat(call("importer", "sum", 1, 2, 3)).isEqualTo(6);
    assertThat(call("importer", "answer")).isEqualTo(42);
  }

  @ParameterizedTest
  @EnumSource
  void inWhateverModeItRuns(WasmEngineMode mode) {
    this.runtime
        .with(library().settings(settings -> settings.engineMode(mode)))
        .with(importer("importer").settings(settings -> settings.engineMode(mode)));

    for (int i = 0; i < 300; i++) {
      assertThat(call("importer", "sum", i, 2, 3)).isEqualTo(i + 5);
    }
  }

  @Test
  void theLibraryHasItsOwnHostFunctions() {
    this.runtime.with(library()).with(importer("importer"));

    call("importer", "number");

    assertThat(this.notes).containsExactly(1L);
  }

  @Test
  void eachInstanceHasALibraryOfItsOwn() {
    this.runtime.with(library()).with(importer("importer"));

    try (WasmSession one = this.runtime.manager.open("importer");
        WasmSession other = this.runtime.manager.open("importer")) {
      assertThat(one.call("number")).containsExactly(1);
      assertThat(one.call("number")).containsExactly(2);
      assertThat(other.call("number")).containsExactly(1);
    }
  }

  @Test
  void manyCallersAtATimeSeeNothingOfEachOther() throws Exception {
    this.runtime.with(library()).with(importer("importer"));
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        done.add(
            callers.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    assertThat(call("importer", "number")).isEqualTo(1);
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void theLibraryIsResetWithItsImporter() {
    this.runtime.with(library()).with(importer("importer"));

    assertThat(call("importer", "number")).isEqualTo(1);
    assertThat(call("importer", "number")).isEqualTo(1);
    assertThat(status("importer").pool().created()).isEqualTo(1);
  }

  @Test
  void theLibraryKeepsItsStateWhereItsImporterDoes() {
    this.runtime
        .with(library())
        .with(
            importer("importer")
                .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE))));

    assertThat(call("importer", "number")).isEqualTo(1);
    assertThat(call("importer", "number")).isEqualTo(2);
  }

  @Test
  void bothHaveOneMemoryAndOneGlobal() {
    this.runtime.with(library()).with(importer("importer-of-state"));

    assertThat(call("importer-of-state", "counted")).isEqualTo(12);
    try (WasmSession session = this.runtime.manager.open("importer-of-state")) {
      session.call("poke", 8, 77);
      assertThat(session.call("peek", 8)).containsExactly(77);
    }
  }

  @Test
  void whoSharesStateIsMadeAnewForTheNextBorrower() {
    this.runtime.with(library()).with(importer("importer-of-state"));

    assertThat(call("importer-of-state", "counted")).isEqualTo(12);
    assertThat(call("importer-of-state", "counted")).isEqualTo(12);
    assertThat(status("importer-of-state").pool().created()).isEqualTo(2);
  }

  @Test
  void whoSharesStateKeepsItIfNothingIsToBeReset() {
    this.runtime
        .with(library())
        .with(
            importer("importer-of-state")
                .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE))));

    assertThat(call("importer-of-state", "counted")).isEqualTo(12);
    assertThat(call("importer-of-state", "counted")).isEqualTo(24);
    assertThat(status("importer-of-state").pool().created()).isEqualTo(1);
  }

  @Test
  void functionsAreCalledThroughTheTableOfAnother() {
    assumeLinks(WasmExternalKind.TABLE);
    this.runtime.with(library()).with(importer("importer-of-table"));

    assertThat(call("importer-of-table", "apply", 3, 4)).isEqualTo(7);
  }

  @Test
  void anEngineThatCanNotLinkSaysSoWhenTheModuleIsLoaded() {
    assumeThat(TestEngines.create().linkable()).doesNotContain(WasmExternalKind.TABLE);
    this.runtime.with(library()).with(importer("importer-of-table"));

    assertThat(
            failure(
                WasmLinkException.class, () -> this.runtime.manager.warmUp("importer-of-table")))
        .hasMessageContaining("module 'importer-of-table' 1.0.0")
        .hasMessageContaining("library.table (table)")
        .hasMessageContaining("of the module library 1.2.0")
        .hasMessageContaining("the engine chicory links no table of one module with another")
        .hasMessageContaining("jvm (wasm.engine.name)");
  }

  @Test
  void aModuleThatTwoImportFromIsThereOnce() {
    this.runtime
        .with(library())
        .with(
            WasmModuleDescriptor.builder("between")
                .location("classpath:wasm/importer-between.wasm")
                .dependency("library", "*"))
        .with(importer("importer-of-both").dependency("between", "*"));

    assertThat(call("importer-of-both", "number")).isEqualTo(23);
    assertThat(status("importer-of-both").links())
        .extracting(WasmLink::module, WasmLink::version, WasmLink::imports)
        .containsExactly(
            tuple("library", "1.2.0", List.of("next")),
            tuple("between", "1.0.0", List.of("twice")));
  }

  @Test
  void theStatusTellsWhatIsNeededAndWhatItIsLinkedWith() {
    this.runtime.with(library()).with(importer("importer"));

    assertThat(status("importer").dependencies()).containsEntry("library", "^1.2");
    assertThat(status("importer").links()).isEmpty();

    this.runtime.manager.warmUp("importer");

    assertThat(status("importer").links())
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.module()).isEqualTo("library");
              assertThat(link.version()).isEqualTo("1.2.0");
              assertThat(link.digest()).startsWith("sha256:");
              assertThat(link.imports())
                  .containsExactly("add", "divide", "next", "spin", "grow", "answer");
            });
  }

  @Test
  void whatIsImportedFromAnotherNameIsLinkedByIt() {
    this.runtime
        .with(
            WasmModuleDescriptor.builder("mathematics")
                .location("classpath:wasm/library.wasm")
                .imports(note()))
        .with(guest("importer").dependency("mathematics", "*").link("library", "mathematics"));

    assertThat(call("importer", "sum", 1, 2, 3)).isEqualTo(6);
  }

  @Test
  void theNewestVersionWithinTheRangeIsTaken() {
    this.runtime
        .with(library())
        .with(library().version("1.3.0"))
        .with(library().version("2.0.0"))
        .with(importer("importer"));

    this.runtime.manager.warmUp("importer");

    assertThat(status("importer").links()).extracting(WasmLink::version).containsExactly("1.3.0");
  }

  @Test
  void nothingComesFromAModuleThatIsNotDeclared() {
    this.runtime.with(library()).with(guest("importer"));

    WasmLinkException refused =
        failure(WasmLinkException.class, () -> this.runtime.manager.warmUp("importer"));

    assertThat(refused.missing()).extracting(WasmImportedItem::name).contains("add", "answer");
    assertThat(refused)
        .hasMessageContaining("there is a module 'library'")
        .hasMessageContaining("wasm.modules.importer.dependencies.library")
        .hasMessageContaining("^1.2.0");
  }

  @Test
  void hostFunctionsThatAreWrittenForAModuleComeFirst() {
    this.runtime
        .with(library())
        .with(
            importer("importer")
                .imports(
                    new WasmImportDefinition(
                        "library",
                        "add",
                        new WasmFunctionType(
                            List.of(WasmValueType.I32, WasmValueType.I32),
                            List.of(WasmValueType.I32)),
                        (caller, arguments) -> new long[] {arguments[0] * arguments[1]})));

    assertThat(call("importer", "sum", 2, 3, 4)).isEqualTo(24);
    assertThat(status("importer").links().get(0).imports()).doesNotContain("add");
  }

  @Test
  void allThatDoesNotFitIsNamedWithBothModulesAndTypes() {
    this.runtime.with(library()).with(importer("importer-of-others"));

    WasmLinkException refused =
        failure(WasmLinkException.class, () -> this.runtime.manager.warmUp("importer-of-others"));

    assertThat(refused.unmet())
        .extracting(WasmUnmetImport::item)
        .extracting(WasmImportedItem::name)
        .containsExactly("ad", "divide", "memory");
    assertThat(refused)
        .hasMessageContaining("module 'importer-of-others' 1.0.0")
        .hasMessageContaining("the module library 1.2.0")
        .hasMessageContaining("did you mean 'add'")
        .hasMessageContaining("(i64, i64) -> i64")
        .hasMessageContaining("(i32, i32) -> i32 of the module library 1.2.0")
        .hasMessageContaining("(memory 1 3) of the module library 1.2.0")
        .hasMessageContaining("it needs (memory 2)")
        .hasMessageContaining("wasm.modules.importer-of-others.dependencies.library");
  }

  @Test
  void allDependenciesThatCanNotBeHadAreNamed() {
    this.runtime
        .with(library())
        .with(
            importer("importer")
                .dependency("libary", "*")
                .dependency("circle", "*")
                .dependency("late", "^3"))
        .with(guest("library").version("0.9.0"))
        .with(
            WasmModuleDescriptor.builder("circle")
                .location("bytes:circle")
                .dependency("circle-too", "*"))
        .with(
            WasmModuleDescriptor.builder("circle-too")
                .location("bytes:circle")
                .dependency("circle", "*")
                .dependency("library", "~0.9.0"))
        .with(WasmModuleDescriptor.builder("late").location("bytes:late"));

    WasmDependencyException refused =
        failure(WasmDependencyException.class, () -> call("importer", "sum", 1, 2, 3));

    assertThat(refused.category()).isEqualTo(WasmErrorCategory.VERSION_CONFLICT);
    assertThat(refused.module()).isEqualTo("importer");
    assertThat(refused.problems())
        .extracting(WasmDependencyProblem::kind)
        .containsExactlyInAnyOrder(
            WasmDependencyProblem.Kind.CIRCLE,
            WasmDependencyProblem.Kind.CONFLICT,
            WasmDependencyProblem.Kind.MISSING,
            WasmDependencyProblem.Kind.OUT_OF_RANGE);
    assertThat(refused)
        .hasMessageContaining("circle -> circle-too -> circle")
        .hasMessageContaining("no one version of library suits all who need it")
        .hasMessageContaining("circle-too 1.0.0 needs ~0.9.0")
        .hasMessageContaining("importer 1.0.0 needs libary *, and no such module is registered")
        .hasMessageContaining("did you mean 'library'?")
        .hasMessageContaining("importer 1.0.0 needs late ^3, but registered are only 1.0.0");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aTrapSaysInWhichModuleItWas(WasmEngineMode mode) {
    this.runtime
        .with(library().settings(settings -> settings.engineMode(mode)))
        .with(importer("importer").settings(settings -> settings.engineMode(mode)));

    WasmExecutionException trap =
        (WasmExecutionException)
            failure(WasmErrorCategory.TRAP, () -> call("importer", "ratio", 1, 0));

    assertThat(trap.module()).isEqualTo("importer");
    assertThat(trap.guestStack()).containsExactly("library.divide", "ratio");
    assertThat(trap).hasMessageContaining("(in divide of library").hasMessageContaining("ratio");
    assertThat(trap.getStackTrace()[0].getClassName()).isEqualTo("wasm.library");
    assertThat(trap.getStackTrace())
        .extracting(frame -> frame.getClassName() + "." + frame.getMethodName())
        .filteredOn(frame -> frame.startsWith("wasm."))
        .containsExactly("wasm.library.divide", "wasm.importer.ratio");
  }

  @Test
  void anInstanceWhoseLibraryTrappedIsThrownAway() {
    this.runtime.with(library()).with(importer("importer"));

    failure(WasmErrorCategory.TRAP, () -> call("importer", "ratio", 1, 0));

    assertThat(call("importer", "ratio", 6, 2)).isEqualTo(3);
    assertThat(status("importer").pool().created()).isEqualTo(2);
  }

  @Test
  void theDeadlineOfTheCallIsThatOfTheLibrary() {
    this.runtime
        .with(library())
        .with(
            importer("importer")
                .settings(
                    settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(200)))));

    failure(
        WasmErrorCategory.TIMEOUT,
        () -> this.runtime.manager.module("importer").operation("hang").retrieve((Type) null));
  }

  @Test
  void theMemoriesOfBothCountForTheLimitOfTheImporter() {
    this.runtime
        .with(library())
        .with(
            importer("importer")
                .settings(settings -> settings.limits(limits -> limits.memory(3 * PAGE))));

    try (WasmSession session = this.runtime.manager.open("importer")) {
      assertThat((int) session.call("grow_library", 2)[0]).isEqualTo(-1);
      assertThat(session.call("grow_library", 1)).containsExactly(1);
      assertThat((int) session.call("grow", 1)[0]).isEqualTo(-1);
      assertThat(this.runtime.budget.usedByModule()).containsOnlyKeys("importer");
      assertThat(this.runtime.budget.used()).isGreaterThanOrEqualTo(3 * PAGE);
    }
  }

  @Test
  void thereHasToBeRoomForAllOfThem() {
    try (TestRuntime small = new TestRuntime(new MemoryBudget(PAGE + PAGE / 2))) {
      small
          .with(library())
          .with(
              importer("importer")
                  .settings(
                      settings -> settings.pool(pool -> pool.borrowTimeout(Duration.ofMillis(1)))));

      failure(
          WasmErrorCategory.BUDGET,
          () -> small.manager.module("importer").operation("number").<Integer>retrieve(int.class));
    }
  }

  @Test
  void theLibraryKeepsItsOwnLimitsToo() {
    this.runtime
        .with(library().settings(settings -> settings.limits(limits -> limits.memory(2 * PAGE))))
        .with(importer("importer"));

    try (WasmSession session = this.runtime.manager.open("importer")) {
      assertThat((int) session.call("grow_library", 2)[0]).isEqualTo(-1);
      assertThat((int) session.call("grow", 2)[0]).isEqualTo(1);
    }
  }

  @Test
  void modulesThatStartWithTooMuchTogetherAreRefused() {
    this.runtime
        .with(library())
        .with(
            importer("importer")
                .settings(settings -> settings.limits(limits -> limits.memory(PAGE))));

    assertThat(
            failure(WasmErrorCategory.MEMORY_LIMIT, () -> this.runtime.manager.warmUp("importer")))
        .hasMessageContaining("library 1.2.0")
        .hasMessageContaining("131072 bytes")
        .hasMessageContaining("limits.memory");
  }

  @Test
  void nothingIsLeftWhenTheImporterIsEvicted() {
    this.runtime.with(library()).with(importer("importer"));
    call("importer", "number");
    assertThat(this.runtime.budget.used()).isPositive();

    this.runtime.manager.evict("importer");

    assertThat(this.runtime.budget.used()).isZero();
    assertThat(call("importer", "number")).isEqualTo(1);
  }

  @Test
  void importersGoOnWhenTheirLibraryIsEvictedOrGone() {
    this.runtime.with(library()).with(importer("importer"));
    call("importer", "number");

    this.runtime.manager.evict("library");
    assertThat(call("importer", "number")).isEqualTo(1);

    this.runtime.registry.unregister("library", "1.2.0");
    assertThat(call("importer", "number")).isEqualTo(1);
    assertThat(status("importer").state()).isEqualTo(WasmModuleState.READY);

    this.runtime.manager.evict("importer");
    failure(WasmErrorCategory.NOT_FOUND, () -> call("importer", "number"));
  }

  /** Gives a number, and has another name for it if asked. */
  private static byte[] numbers(int number, String export) {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .function(0, "00 41 %02x 0b".formatted(number))
        .export(export, ModuleMaker.FUNCTION, 0)
        .bytes();
  }

  private static byte[] asking() {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .imports("numbers", "get", "00 00")
        .function(0, "00 10 00 0b")
        .export("ask", ModuleMaker.FUNCTION, 1)
        .bytes();
  }

  private void registerNumbers() {
    this.runtime
        .with(
            WasmModuleDescriptor.builder("numbers")
                .location(this.runtime.bytes.put("numbers", numbers(1, "get"))))
        .with(
            WasmModuleDescriptor.builder("asking")
                .location(this.runtime.bytes.put("asking", asking()))
                .dependency("numbers", "*"));
  }

  @Test
  void importersGetTheCodeOfALibraryThatIsReloaded() {
    registerNumbers();
    assertThat(call("asking", "ask")).isEqualTo(1);
    this.runtime.bytes.put("numbers", numbers(2, "get"));

    try (WasmSession session = this.runtime.manager.open("asking")) {
      this.runtime.manager.reload("numbers");

      assertThat(session.call("ask")).as("a session keeps its instance").containsExactly(1);
      assertThat(call("asking", "ask")).isEqualTo(2);
    }
  }

  @Test
  void importersThatCanNotBeLinkedWithTheNewCodeGoOnWithTheOld() {
    registerNumbers();
    assertThat(call("asking", "ask")).isEqualTo(1);
    this.runtime.bytes.put("numbers", numbers(2, "other"));

    this.runtime.manager.reload("numbers");

    assertThat(call("asking", "ask")).isEqualTo(1);
    assertThat(call("numbers", "other")).isEqualTo(2);
    assertThat(status("asking").failure()).contains("exports nothing of that name");
  }

  @Test
  void aLibraryThatCanNotBeLoadedIsNamedWithWhoNeedsIt() {
    registerNumbers();
    this.runtime.bytes.put("numbers", new byte[] {1, 2, 3, 4});

    WasmException refused = failure(WasmErrorCategory.MALFORMED, () -> call("asking", "ask"));

    assertThat(refused.module()).isEqualTo("numbers");
    assertThat(refused).hasMessageContaining("the module asking 1.0.0 imports from it");
  }

  @Test
  void aLibraryWhoseInstancesCanNotBeMadeIsNamed() {
    this.runtime
        .with(
            WasmModuleDescriptor.builder("numbers")
                .location(
                    this.runtime.bytes.put(
                        "numbers",
                        new ModuleMaker()
                            .type("60 00 01 7f")
                            .type("60 00 00")
                            .function(0, "00 41 01 0b")
                            .function(1, "00 00 0b")
                            .export("get", ModuleMaker.FUNCTION, 0)
                            .start(1)
                            .bytes())))
        .with(
            WasmModuleDescriptor.builder("asking")
                .location(this.runtime.bytes.put("asking", asking()))
                .dependency("numbers", "*"));

    assertThat(failure(WasmErrorCategory.INSTANTIATION, () -> call("asking", "ask")))
        .hasMessageContaining("module 'asking'")
        .hasMessageContaining("there is no instance of numbers 1.0.0, which it imports from")
        .hasMessageContaining("start function");
    assertThat(this.runtime.budget.used()).isZero();
  }

  /** Calls without arrays go to the instance itself. */
  interface Sums {
    int sum(int a, int b, int c);
  }

  @Test
  void methodsOfBeansCallAcrossModulesOftenAndAtOnce() {
    this.runtime.with(library()).with(importer("importer"));
    Sums sums = this.runtime.manager.bind(Sums.class, "importer", "*");

    for (int i = 0; i < 1000; i++) {
      assertThat(sums.sum(i, 1, 1)).isEqualTo(i + 2);
    }
  }
}
