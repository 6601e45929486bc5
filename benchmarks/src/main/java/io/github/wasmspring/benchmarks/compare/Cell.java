package io.github.wasmspring.benchmarks.compare;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Measures one cell of the comparison in this JVM: a case on an engine. Prints a line that {@link
 * Figures#parse} reads; {@code benchmarks/run compare} starts it.
 */
public final class Cell {

  private final String name;
  private final String engine;
  private final Effort effort;

  private Cell(String name, String engine, Effort effort) {
    this.name = name;
    this.engine = engine;
    this.effort = effort;
  }

  /** The case, the engine, and {@code quick} or {@code full}. */
  public static void main(String[] arguments) throws Exception {
    Figures figures = new Cell(arguments[0], arguments[1], Effort.named(arguments[2])).measure();
    System.out.println(figures.line());
    System.exit(0);
  }

  private Figures measure() throws Exception {
    int dot = this.name.indexOf('.');
    String rest = this.name.substring(dot + 1);
    return switch (this.name.substring(0, dot)) {
      case "first-call" -> firstCall(contender(), rest);
      case "first-answer" -> Programs.firstAnswer(rest, this.engine);
      case "memory" -> {
        Contender contender = contender();
        yield InstanceHeap.measure(() -> contender.instance(rest));
      }
      case "program" -> time(Programs.task(rest, this.engine));
      case "throughput" ->
          new Throughput(this.effort, new Plan.Cell(this.name, this.engine))
              .measure(Integer.parseInt(rest), contender()::caller);
      case "warm-up" ->
          new KernelWarmUp(this.effort).measure(() -> contender().task("kernel." + rest));
      default -> time(contender().task(this.name));
    };
  }

  private Figures time(Task task) {
    Stopwatch stopwatch = new Stopwatch(this.effort, new Plan.Cell(this.name, this.engine));
    Figures figures = stopwatch.time(task);
    // What the calls came to is used at last, so that they have to be made.
    System.err.println(this.name + " on " + this.engine + ": " + stopwatch.result());
    return figures;
  }

  /** Closes it, so that what it keeps for the next process is there. */
  private static Figures firstCall(Contender contender, String module) throws Exception {
    long begin = System.nanoTime();
    contender.firstCall(module);
    long taken = System.nanoTime() - begin;
    contender.close();
    return Figures.of(Figures.NANOSECONDS, taken);
  }

  private Contender contender() {
    return switch (this.engine) {
      case "wasmspring" -> BeanContender.inWasm("jvm");
      case "wasmspring-chicory" -> BeanContender.inWasm("chicory");
      case "java" -> BeanContender.inJava();
      default -> peer();
    };
  }

  private Contender peer() {
    for (Contender contender : ServiceLoader.load(Contender.class)) {
      if (contender.names().contains(this.engine)) {
        return contender;
      }
    }
    List<RawEngine> own = List.of(new DefaultChicory(), new TunedChicory());
    return Stream.concat(
            own.stream(),
            ServiceLoader.load(RawEngine.class).stream().map(ServiceLoader.Provider::get))
        .filter(raw -> raw.names().contains(this.engine))
        .findFirst()
        .map(RawContender::new)
        .orElseThrow(() -> new IllegalArgumentException("There is no engine " + this.engine));
  }
}
