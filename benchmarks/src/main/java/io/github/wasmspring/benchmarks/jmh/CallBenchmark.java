package io.github.wasmspring.benchmarks.jmh;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a call through an interface costs beside the same call written against Chicory by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {

  /** The guest of calls.wat. */
  public interface Calls {

    int add(int one, int two);

    String echo(String text);
  }

  private static final String RESOURCE = "wasm/calls.wasm";

  private final WasmRuntime runtime = WasmRuntime.create();
  private String text = "";
  private int one = 20;
  private int two = 22;
  private Calls kept;
  private Calls reset;
  private Calls onOwnStack;
  private Memory memory;
  private ExportFunction add;
  private ExportFunction echo;
  private ExportFunction alloc;
  private ExportFunction free;

  @Setup
  public void setUp() {
    this.text = "A kilobyte of text, 64 characters a line, sixteen lines of it.. ".repeat(16);
    this.kept = bind("kept", WasmResetPolicy.NONE, 0);
    this.reset = bind("reset", WasmResetPolicy.MEMORY, 0);
    this.onOwnStack = bind("on-own-stack", WasmResetPolicy.NONE, 1 << 20);
    WasmModule module = Parser.parse(bytes());
    Instance instance =
        Instance.builder(module).withMachineFactory(MachineFactoryCompiler.compile(module)).build();
    this.memory = instance.memory();
    this.add = instance.export("add");
    this.echo = instance.export("echo");
    this.alloc = instance.export("wasm_alloc");
    this.free = instance.export("wasm_free");
  }

  private Calls bind(String id, WasmResetPolicy reset, long stack) {
    this.runtime.register(
        WasmModuleDescriptor.builder(id)
            .location("classpath:" + RESOURCE)
            .settings(
                settings ->
                    settings.pool(pool -> pool.reset(reset)).limits(limits -> limits.stack(stack)))
            .build());
    return this.runtime.manager().bind(Calls.class, id, "*");
  }

  private static byte[] bytes() {
    try (InputStream stream = CallBenchmark.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @TearDown
  public void tearDown() {
    this.runtime.close();
  }

  @Benchmark
  public int scalarChicory() {
    return (int) this.add.apply(this.one, this.two)[0];
  }

  @Benchmark
  public int scalarBean() {
    return this.kept.add(this.one, this.two);
  }

  @Benchmark
  public int scalarBeanWithReset() {
    return this.reset.add(this.one, this.two);
  }

  @Benchmark
  public int scalarBeanOnOwnStack() {
    return this.onOwnStack.add(this.one, this.two);
  }

  @Benchmark
  public String stringChicory() {
    byte[] bytes = this.text.getBytes(StandardCharsets.UTF_8);
    int address = (int) this.alloc.apply(bytes.length)[0];
    this.memory.write(address, bytes);
    long packed = this.echo.apply(address, bytes.length)[0];
    int answer = (int) (packed >>> 32);
    String result = this.memory.readString(answer, (int) packed);
    this.free.apply(answer, (int) packed);
    this.free.apply(address, bytes.length);
    return result;
  }

  @Benchmark
  public String stringBean() {
    return this.kept.echo(this.text);
  }

  @Benchmark
  public String stringBeanWithReset() {
    return this.reset.echo(this.text);
  }
}
