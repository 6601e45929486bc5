package io.github.wasmspring.internal.flight;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmHostFunctionOffer;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JDK has of our modules. */
class FlightLogTest {

  private static final String PREFIX = "io.github.wasmspring.";
  private static final String CALL = PREFIX + "Call";
  private static final int MANY = 2560;

  private static final List<String> EVENTS =
      List.of(
          "ModuleLoad",
          "ModuleCompile",
          "Call",
          "CallFailure",
          "MemoryGrowth",
          "MemoryAlert",
          "InstanceDiscard",
          "QuarantineBegin",
          "QuarantineEnd",
          "EngineSwap");

  @WasmModule("trouble")
  interface Trouble {

    int add(int one, int two);

    int grow(int pages);

    int divide(int one, int two);

    @WasmExport("divide")
    default int share(int one, int two) {
      return -1;
    }
  }

  @WasmModule("buffer")
  interface Buffer {

    String echo(String text);
  }

  @TempDir Path folder;

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private List<RecordedEvent> recorded(Consumer<Recording> settings, Runnable work) {
    Path file = this.folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      settings.accept(recording);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith(PREFIX))
          .toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private List<RecordedEvent> recorded(Runnable work) {
    return recorded(recording -> {}, work);
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(PREFIX + name))
        .toList();
  }

  private static RecordedEvent only(String name, List<RecordedEvent> events) {
    List<RecordedEvent> found = named(name, events);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Trouble trouble(WasmResetPolicy reset) {
    this.runtime.with(
        guest("trouble").settings(settings -> settings.pool(pool -> pool.reset(reset))));
    return this.runtime.manager.bind(Trouble.class);
  }

  private String engine(String module) {
    return this.runtime.manager.status(module).get(0).engine();
  }

  @Test
  void aModuleIsLoadedAndCompiled() {
    List<RecordedEvent> events =
        recorded(() -> assertThat(trouble(WasmResetPolicy.NONE).add(1, 2)).isEqualTo(3));

    RecordedEvent load = only("ModuleLoad", events);
    assertThat(load.getString("module")).isEqualTo("trouble");
    assertThat(load.getString("version")).isEqualTo("1.0.0");
    assertThat(load.getString("engine")).isEqualTo(engine("trouble"));
    assertThat(load.getString("digest")).startsWith("sha256:");
    assertThat(load.getString("outcome")).isEqualTo("SUCCESS");
    assertThat(load.getDuration()).isPositive();
    assertThat(load.getStackTrace().getFrames())
        .anyMatch(frame -> frame.getMethod().getType().getName().equals(getClass().getName()));

    RecordedEvent compile = only("ModuleCompile", events);
    assertThat(compile.getString("module")).isEqualTo("trouble");
    assertThat(compile.getString("outcome")).isEqualTo("SUCCESS");
    assertThat(compile.getBoolean("background")).isFalse();
    assertThat(compile.getDuration()).isPositive().isLessThanOrEqualTo(load.getDuration());
    assertThat(compile.getThread().getJavaName()).isEqualTo("wasm-compiler");
  }

  @Test
  void aModuleThatCanNotBeLoadedSaysWhy() {
    this.runtime.with(
        WasmModuleDescriptor.builder("lost").location("classpath:wasm/there-is-none.wasm"));
    List<RecordedEvent> events =
        recorded(
            () ->
                assertThatThrownBy(
                        () -> this.runtime.manager.execute("lost", "run", null, Map.of()))
                    .isInstanceOf(WasmException.class));
    RecordedEvent load = only("ModuleLoad", events);
    assertThat(load.getString("module")).isEqualTo("lost");
    assertThat(load.getString("outcome")).isEqualTo("LOAD");
  }

  @Test
  void aModuleThatFailsInAnUnexpectedWaySaysSoToo() {
    this.runtime.hostFunctions.add(new BrokenOffer());
    this.runtime.with(guest("logger").settings(settings -> settings.imports(List.of("env.*"))));
    List<RecordedEvent> events =
        recorded(
            () ->
                assertThatThrownBy(() -> this.runtime.manager.open("logger"))
                    .hasStackTraceContaining("broken offer"));
    assertThat(only("ModuleLoad", events).getString("outcome")).isEqualTo("ENGINE");
    assertThat(this.runtime.events(WasmEvent.ModuleLoading.class)).hasSize(1);
    assertThat(this.runtime.events(WasmEvent.ModuleFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.category()).isEqualTo(WasmErrorCategory.ENGINE);
              assertThat(failed.message()).contains("broken offer");
            });
  }

  private static final class BrokenOffer implements WasmHostFunctionOffer {

    @Override
    public String module() {
      return "env";
    }

    @Override
    public String name() {
      return "log";
    }

    @Override
    public WasmImportDefinition grant(WasmModuleDescriptor importer) {
      throw new IllegalStateException("broken offer");
    }

    @Override
    public String remedy(WasmModuleDescriptor importer) {
      return "";
    }
  }

  @Test
  void aCallHasADuration() {
    this.runtime.with(guest("buffer"));
    Buffer buffer = this.runtime.manager.bind(Buffer.class);
    buffer.echo("first");
    RecordedEvent call = only("Call", recorded(() -> buffer.echo("second")));
    assertThat(call.getString("module")).isEqualTo("buffer");
    assertThat(call.getString("operation")).isEqualTo("echo");
    assertThat(call.getString("engine")).isEqualTo(engine("buffer"));
    assertThat(call.getString("source")).isEqualTo("WASM");
    assertThat(call.getString("outcome")).isEqualTo("SUCCESS");
    assertThat(call.getDuration()).isPositive();
    assertThat(call.getThread().getJavaName()).isEqualTo(Thread.currentThread().getName());
    assertThat(call.getStackTrace()).isNull();
  }

  @Test
  void failuresAndWhoAnsweredInstead() {
    Trouble trouble = trouble(WasmResetPolicy.MEMORY);
    trouble.add(1, 2);
    List<RecordedEvent> events =
        recorded(
            () -> {
              assertThatThrownBy(() -> trouble.divide(1, 0)).isInstanceOf(WasmException.class);
              assertThat(trouble.share(1, 0)).isEqualTo(-1);
            });
    assertThat(named("Call", events))
        .extracting(call -> call.getString("source") + " " + call.getString("outcome"))
        .containsExactly("WASM TRAP", "FALLBACK SUCCESS");
    assertThat(named("CallFailure", events))
        .extracting(failure -> failure.getString("category") + " " + failure.getBoolean("fallback"))
        .containsExactly("TRAP false", "TRAP true");
    assertThat(named("CallFailure", events).get(0).getString("message")).contains("trouble");
    assertThat(named("InstanceDiscard", events))
        .extracting(gone -> gone.getString("reason"))
        .containsOnly("TRAP");
  }

  @Test
  void quickCallsOfNumbersAreSampled() {
    Trouble trouble = trouble(WasmResetPolicy.NONE);
    for (int i = 0; i < MANY; i++) {
      trouble.add(i, 1);
    }
    List<RecordedEvent> calls =
        recorded(
            recording -> recording.enable(CALL).with("perSecond", "100000"),
            () -> {
              for (int i = 0; i < MANY; i++) {
                assertThat(trouble.add(i, 1)).isEqualTo(i + 1);
              }
            });
    assertThat(calls)
        .hasSizeBetween(MANY / 256 - 1, MANY / 256 + 1)
        .allMatch(call -> call.getString("operation").equals("add"));
    assertThat(this.runtime.manager.status("trouble").get(0).calls().total()).isEqualTo(2L * MANY);
  }

  @Test
  void quickCallsStayQuickOnManyThreads() throws Exception {
    int threads = 8;
    int instances = 2 * threads;
    int callsOfEach = 100 * MANY;
    this.runtime.with(
        guest("trouble")
            .settings(
                settings ->
                    settings.pool(
                        pool -> pool.reset(WasmResetPolicy.NONE).min(instances).max(instances))));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    for (int i = 0; i < MANY; i++) {
      trouble.add(i, 1);
    }
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      List<RecordedEvent> calls =
          recorded(
              recording -> recording.enable(CALL).with("perSecond", "100000000"),
              () ->
                  IntStream.range(0, threads)
                      .mapToObj(
                          any ->
                              callers.submit(
                                  () -> {
                                    for (int i = 0; i < callsOfEach; i++) {
                                      trouble.add(i, 1);
                                    }
                                  }))
                      .toList()
                      .forEach(FlightLogTest::join));
      assertThat(calls).hasSizeLessThanOrEqualTo(threads * callsOfEach / 256 + instances);
    } finally {
      callers.shutdownNow();
    }
  }

  private static void join(Future<?> caller) {
    try {
      caller.get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void otherCallsAreLimitedPerSecond() {
    this.runtime.with(guest("buffer"));
    Buffer buffer = this.runtime.manager.bind(Buffer.class);
    buffer.echo("first");
    long begin = System.nanoTime();
    List<RecordedEvent> calls =
        recorded(
            recording -> recording.enable(CALL).with("perSecond", "5"),
            () -> {
              for (int i = 0; i < MANY; i++) {
                buffer.echo("text");
              }
            });
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    assertThat(calls).hasSizeBetween(5, (int) (5 * (seconds + 2)));
  }

  @Test
  void nothingIsRecordedThatNobodyWants() {
    List<RecordedEvent> events =
        recorded(
            recording -> EVENTS.forEach(name -> recording.disable(PREFIX + name)),
            () -> {
              Trouble trouble = trouble(WasmResetPolicy.MEMORY);
              assertThat(trouble.grow(1)).isEqualTo(1);
              assertThat(trouble.share(1, 0)).isEqualTo(-1);
            });
    assertThat(events).isEmpty();
  }

  @Test
  void onlySlowCallsIfTheRecordingSaysSo() {
    this.runtime.with(guest("buffer"));
    Buffer buffer = this.runtime.manager.bind(Buffer.class);
    buffer.echo("first");
    List<RecordedEvent> events =
        recorded(
            recording -> recording.enable(CALL).withThreshold(Duration.ofMinutes(1)),
            () -> buffer.echo("quick"));
    assertThat(named("Call", events)).isEmpty();
  }

  @Test
  void theJvmTakesTheCommandOfTheDocumentation() throws Exception {
    String command =
        Files.readAllLines(Path.of("..", "docs", "observability.md")).stream()
            .filter(line -> line.startsWith("    jcmd <pid> JFR.start '"))
            .collect(onlyElement());
    String[] arguments =
        Pattern.compile("'([^']+)'")
            .matcher(command)
            .results()
            .map(argument -> argument.group(1))
            .toArray(String[]::new);
    assertThat(arguments).hasSize(2);
    this.runtime.with(guest("buffer"));
    Buffer buffer = this.runtime.manager.bind(Buffer.class);
    buffer.echo("first");

    assertThat(diagnose("jfrStart", arguments))
        .contains("Started recording")
        .doesNotContain("Warning");
    Recording recording =
        FlightRecorder.getFlightRecorder().getRecordings().stream().collect(onlyElement());
    try (recording) {
      Map<String, String> settings = recording.getSettings();
      assertThat(settings.get(CALL + "#perSecond")).isEqualTo("5000");
      assertThat(settings.get(CALL + "#threshold")).matches("20 ?ms");
    }
  }

  private static String diagnose(String command, String... arguments) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                command,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
  }

  private static <T> Collector<T, ?, T> onlyElement() {
    return Collectors.collectingAndThen(
        Collectors.toList(),
        elements -> {
          assertThat(elements).hasSize(1);
          return elements.get(0);
        });
  }

  @Test
  void memoryGrows() {
    Trouble trouble = trouble(WasmResetPolicy.MEMORY);
    trouble.add(1, 2);
    RecordedEvent growth =
        only("MemoryGrowth", recorded(() -> assertThat(trouble.grow(3)).isEqualTo(1)));
    assertThat(growth.getString("module")).isEqualTo("trouble");
    assertThat(growth.getLong("size")).isEqualTo(4L << 16);
    assertThat(growth.getLong("growth")).isEqualTo(3L << 16);
  }

  @Test
  void instancesAreRecycled() {
    this.runtime.with(
        guest("trouble")
            .settings(
                settings -> settings.pool(pool -> pool.recycleAbove(2L << 16).recycleAfter(3))));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    List<RecordedEvent> events =
        recorded(
            () -> {
              trouble.grow(3);
              for (int i = 0; i < 3; i++) {
                trouble.add(i, 1);
              }
              this.runtime.registry.unregister("trouble", "1.0.0");
            });
    assertThat(named("InstanceDiscard", events))
        .extracting(gone -> gone.getString("reason"))
        .contains("USED_UP", "CLOSED");
  }

  @Test
  void quarantineBeginsAndEnds() {
    this.runtime.with(guest("trouble").settings(settings -> settings.quarantineFailures(2)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    List<RecordedEvent> events =
        recorded(
            () -> {
              for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> trouble.divide(1, 0)).isInstanceOf(WasmException.class);
              }
              this.runtime.manager.release("trouble");
            });
    RecordedEvent begin = only("QuarantineBegin", events);
    assertThat(begin.getString("operation")).isEqualTo("divide");
    assertThat(begin.getString("category")).isEqualTo("TRAP");
    assertThat(begin.getInt("failures")).isEqualTo(2);
    assertThat(only("QuarantineEnd", events).getDuration("lasted")).isPositive();
    assertThat(named("CallFailure", events))
        .extracting(failure -> failure.getString("category"))
        .containsExactly("TRAP", "TRAP", "QUARANTINED");
  }

  @Test
  void whatIsRecordedExplainsItself() {
    recorded(() -> trouble(WasmResetPolicy.NONE).add(1, 2));
    FlightRecorder.register(EngineSwapJfrEvent.class);
    FlightRecorder.register(MemoryAlertJfrEvent.class);
    FlightRecorder.register(QuarantineBeginJfrEvent.class);
    FlightRecorder.register(QuarantineEndJfrEvent.class);
    FlightRecorder.register(CallFailureJfrEvent.class);
    FlightRecorder.register(InstanceDiscardJfrEvent.class);
    List<EventType> types =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith(PREFIX))
            .toList();
    assertThat(types)
        .extracting(type -> type.getName().substring(PREFIX.length()))
        .containsExactlyInAnyOrderElementsOf(EVENTS);
    assertThat(types)
        .allSatisfy(
            type -> {
              assertThat(type.getLabel()).isNotBlank();
              assertThat(type.getDescription()).isNotBlank();
              assertThat(type.getAnnotation(Category.class).value()).containsExactly("WebAssembly");
              assertThat(type.getFields()).allSatisfy(FlightLogTest::explainsItself);
            });
  }

  private static void explainsItself(ValueDescriptor field) {
    assertThat(field.getLabel()).isNotBlank();
    if (List.of("size", "growth", "limit").contains(field.getName())) {
      assertThat(field.getAnnotation(DataAmount.class)).isNotNull();
    }
    if (List.of("lasted", "after").contains(field.getName())) {
      assertThat(field.getAnnotation(Timespan.class)).isNotNull();
    }
  }
}
