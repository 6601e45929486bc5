package io.github.wasmspring.autoconfigure.aot.application;

import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.autoconfigure.scan.WasmModuleScan;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/** Has every kind of definition that there is. */
@Configuration(proxyBeanMethods = false)
@WasmModuleScan
public class ProcessedApplication {

  /** A super-interface; its default method is called by reflection. */
  public interface Doubling {

    int add(int a, int b);

    default int twice(int number) {
      return add(number, number);
    }
  }

  @Primary
  @WasmModule("${adder.module:calc}")
  public interface PublicAdder extends Doubling {}

  @WasmModule("calc")
  interface PackagePrivateAdder extends Doubling {}

  @WasmModule("calc")
  private interface PrivateAdder extends Doubling {}

  @Lazy
  @WasmModule("nowhere")
  public interface LazyAdder extends Doubling {}

  /** What crosses as JSON. */
  public record Place(String name, List<Point> corners) {}

  /** Is reached through the other only. */
  public record Point(double x, double y) {}

  /** Crosses in an array. */
  public record Mark(int number) {}

  /** One of a closed set. */
  public sealed interface Shape permits Circle {}

  /** The only one. */
  public record Circle(double radius) implements Shape {}

  @WasmModule("geo")
  @Lazy
  public interface Geo {

    WasmResult<Place> find(String name);

    void mark(Mark[] marks, Map<String, Point> points);

    Shape outline();
  }

  @WasmModule(
      id = "needs-import",
      location = "classpath:wasm/${import.file:needs-import}.wasm",
      version = "${import.version}")
  static class Logging {

    @WasmImport private final int level = 3;

    private int seen;

    @WasmImport
    void logAll(int first, int second) {
      this.seen = first + second;
    }

    @WasmFallback
    int run(int number) {
      return -number;
    }
  }

  @WasmHostFunctions
  record Offered(Logging logging) {

    @WasmImport(module = "offered")
    int seen() {
      return this.logging.seen;
    }
  }

  @Bean
  AddersUser addersUser(
      PublicAdder open,
      PackagePrivateAdder closed,
      @Qualifier("processedApplication.PrivateAdder") Doubling hidden) {
    return new AddersUser(open, List.of(open, closed, hidden));
  }

  /** Gets what other packages can't name. */
  public record AddersUser(Doubling primary, List<Doubling> all) {

    public List<Integer> twice(int number) {
      return this.all.stream().map(adder -> adder.twice(number)).toList();
    }
  }
}
