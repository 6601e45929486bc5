package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The product of matrices, by the bundled modules {@code compute} and {@code compute-parallel}, and
 * by Java.
 */
@RestController
@RequestMapping("/api/matrix")
class MatrixController {

  private static final int MOST_ROWS = 384;

  /** Numbers of rows. */
  record Factors(double @Nullable [] @Nullable [] a, double @Nullable [] @Nullable [] b) {}

  record Product(double[][] product) {}

  /**
   * @param who multiplied
   * @param gigaflops multiplications and additions in a nanosecond
   * @param same whether all numbers have the same bits as the first one's
   */
  record Run(String who, double millis, double gigaflops, boolean same) {}

  private final WasmModuleManager modules;
  private final RequestJson requestJson;

  MatrixController(WasmModuleManager modules, RequestJson requestJson) {
    this.modules = modules;
    this.requestJson = requestJson;
  }

  @PostMapping("/product")
  ResponseEntity<Product> product(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Factors factors = this.requestJson.read(request, Factors.class);
    double[][] a = rows("a", factors.a());
    double[][] b = rows("b", factors.b());
    Refusals.refuseIf(
        a[0].length != b.length,
        "'a' has %d columns and 'b' has %d rows: that must be the same number."
            .formatted(a[0].length, b.length));
    int columns = b[0].length;
    WasmResult<double[]> result =
        this.modules
            .module("compute")
            .operation("matmulF64")
            .arguments(flat(a), flat(b), a.length, b.length, columns)
            .mode(mode)
            .retrieve(double[].class);
    double[][] product = new double[a.length][columns];
    for (int row = 0; row < a.length; row++) {
      System.arraycopy(result.value(), row * columns, product[row], 0, columns);
    }
    return Answers.of(result, new Product(product));
  }

  private static double[][] rows(String name, double @Nullable [] @Nullable [] given) {
    List<double[]> rows = new ArrayList<>();
    if (given != null) {
      for (double[] row : given) {
        rows.add(row == null ? new double[0] : row);
      }
    }
    Refusals.refuseIf(
        rows.isEmpty() || rows.size() > MOST_ROWS,
        "'%s' must have 1 to %d rows.".formatted(name, MOST_ROWS));
    int columns = rows.get(0).length;
    Refusals.refuseIf(
        columns == 0 || columns > MOST_ROWS || rows.stream().anyMatch(row -> row.length != columns),
        "The rows of '%s' must have the same length, 1 to %d numbers.".formatted(name, MOST_ROWS));
    return rows.toArray(double[][]::new);
  }

  private static double[] flat(double[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
    }
    return flat;
  }

  /** Multiplies the same two matrices of random numbers in three ways. */
  @PostMapping("/race")
  ResponseEntity<List<Run>> race(@RequestParam(defaultValue = "256") int size) {
    Refusals.refuseIf(size < 1 || size > MOST_ROWS, "'size' must be 1 to %d.".formatted(MOST_ROWS));
    float[] a = random(size, 1);
    float[] b = random(size, 2);
    CallTally tally = new CallTally();
    WasmResult<float[]> one = call(a, b, size).mode(WasmExecutionMode.WASM).retrieve(float[].class);
    float[] expected = tally.count(one);
    WasmResult<float[]> java =
        call(a, b, size).mode(WasmExecutionMode.JAVA).retrieve(float[].class);
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    WasmResult<float[]> several =
        this.modules
            .module("compute-parallel")
            .operation("matmulF32")
            .arguments(a, b, size, size, size, threads)
            .retrieve(float[].class);
    return tally.answer(
        List.of(
            run("the module", one.duration(), size, true),
            run(
                "the module on %d threads".formatted(threads),
                several.duration(),
                size,
                Arrays.equals(expected, several.value())),
            run(
                "its Java fallback",
                java.duration(),
                size,
                Arrays.equals(expected, java.value()))));
  }

  private OperationSpec call(float[] a, float[] b, int size) {
    return this.modules.module("compute").operation("matmulF32").arguments(a, b, size, size, size);
  }

  private static Run run(String who, Duration duration, int size, boolean same) {
    double operations = 2.0 * size * size * size;
    return new Run(
        who, Answers.millis(duration), operations / Math.max(1, duration.toNanos()), same);
  }

  private static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[size * size];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble();
    }
    return numbers;
  }
}
