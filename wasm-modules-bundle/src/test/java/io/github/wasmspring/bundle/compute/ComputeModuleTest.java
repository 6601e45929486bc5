package io.github.wasmspring.bundle.compute;

import static io.github.wasmspring.bundle.compute.ComputeSides.WASM;
import static io.github.wasmspring.bundle.compute.ComputeSides.doubles;
import static io.github.wasmspring.bundle.compute.ComputeSides.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, what the module says of itself, and how data stays in it. */
class ComputeModuleTest {

  private static ComputeSides sides;

  @BeforeAll
  static void start() {
    sides = new ComputeSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  private static double[] f64(int count) {
    return new double[count];
  }

  private static float[] f32(int count) {
    return new float[count];
  }

  /** A call that is refused, for the module with its fallback and for the fallback alone. */
  private record Refused(String code, String message, Function<Compute, Object> call) {

    @Override
    public String toString() {
      return this.message;
    }

    static Refused shape(String message, Function<Compute, Object> call) {
      return new Refused("compute.shape", message, call);
    }

    static Refused limit(String message, Function<Compute, Object> call) {
      return new Refused("compute.limit", message, call);
    }
  }

  static Stream<Refused> refused() {
    int large = (1 << 12) + 1;
    return Stream.of(
        Refused.shape("m, k and n must", c -> c.matmulF32(f32(0), f32(1), 0, 1, 1)),
        Refused.shape("m, k and n must", c -> c.matmulF64(f64(1), f64(1), 1, 1, -1)),
        Refused.shape("a must hold", c -> c.matmulF32(f32(5), f32(6), 2, 3, 2)),
        Refused.shape("a must hold", c -> c.matmulF32(f32(0), f32(6), 1 << 30, 4, 2)),
        Refused.shape("b must hold", c -> c.matmulF64(f64(6), f64(5), 2, 3, 2)),
        Refused.limit(
            "the product must", c -> c.matmulF32(f32(large), f32(large), large, 1, large)),
        Refused.shape("a complex number has", c -> c.fft(f64(3))),
        Refused.shape("a complex number has", c -> c.inverseFft(f64(3))),
        Refused.shape("a transform needs", c -> c.fft(f64(0))),
        Refused.shape("a transform needs", c -> c.realFft(f64(0))),
        Refused.shape("a transform needs", c -> c.inverseRealFft(f64(2), 0)),
        Refused.shape("a transform needs", c -> c.inverseRealFft(f64(2), -4)),
        Refused.shape("the spectrum must", c -> c.inverseRealFft(f64(4), 4)),
        Refused.limit("a transform takes", c -> c.fft(f64(2 * (1 << 20) + 2))),
        Refused.limit("a transform takes", c -> c.realFft(f64((1 << 20) + 1))),
        Refused.shape("dimensions must", c -> c.kMeans(f64(4), 0, 1, 1, 1)),
        Refused.shape("the points must", c -> c.kMeans(f64(4), 3, 1, 1, 1)),
        Refused.shape("k must be at least", c -> c.kMeans(f64(4), 2, 0, 1, 1)),
        Refused.shape("k must not", c -> c.kMeans(f64(4), 2, 3, 1, 1)),
        Refused.shape("k must not", c -> c.kMeans(f64(0), 2, 1, 1, 1)),
        Refused.shape("iterations must", c -> c.kMeans(f64(4), 2, 1, -1, 1)),
        Refused.shape("dimensions must", c -> c.nearestCentroids(f64(4), f64(4), -1)),
        Refused.shape("the points must", c -> c.nearestCentroids(f64(5), f64(4), 2)),
        Refused.shape("the centroids must", c -> c.nearestCentroids(f64(4), f64(3), 2)),
        Refused.shape("the centroids must", c -> c.nearestCentroids(f64(4), f64(0), 2)),
        Refused.shape("the query must", c -> c.dot(f32(0), f32(4))),
        Refused.shape("the rows must", c -> c.cosine(f32(3), f32(4))),
        Refused.shape("the rows must", c -> c.squaredL2(f32(3), f32(4))),
        new Refused("compute.kernel", "the kernels are", c -> c.benchmark("sort", 1, 1)),
        Refused.shape("size and repetitions", c -> c.benchmark("fft", 0, 1)),
        Refused.shape("size and repetitions", c -> c.benchmark("fft", 1, -1)),
        Refused.limit("the size must", c -> c.benchmark("matmul", 1025, 1)),
        Refused.limit("the size must", c -> c.benchmark("kmeans", 65_537, 1)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void bothRefuseWithTheSameWords(Refused refused) {
    WasmOperationException fromModule =
        failure(refused, sides.manager().bind(Compute.class), "the module");
    WasmOperationException fromJava = failure(refused, sides.java, "the fallback");
    assertThat(fromModule.getMessage()).contains(String.valueOf(fromJava.getMessage()));
  }

  private static WasmOperationException failure(Refused refused, Compute side, String name) {
    WasmOperationException failure =
        assertThatExceptionOfType(WasmOperationException.class)
            .as(name)
            .isThrownBy(() -> refused.call().apply(side))
            .withMessageContaining(refused.message())
            .actual();
    assertThat(failure.code()).as(name).isEqualTo(refused.code());
    return failure;
  }

  @Test
  void theModuleAndNotTheFallbackAnswers() {
    WasmResult<double[]> result =
        sides
            .manager()
            .module("compute")
            .operation("fft")
            .input(new double[] {1, 0, 1, 0})
            .retrieve(double[].class);
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
    assertThat(result.value()).containsExactly(2, 0, 0, 0);
  }

  @Test
  void saysWhatItCanDo() {
    ComputeCapabilities capabilities = sides.wasm.capabilities(WASM);
    assertThat(capabilities).isEqualTo(sides.java.capabilities());
    assertThat(capabilities.operations())
        .containsExactlyInAnyOrderElementsOf(
            WasmOperations.methods(Compute.class).stream()
                .map(WasmOperations::of)
                .map(WasmOperation::name)
                .filter(name -> !name.equals("capabilities"))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "matmul, 1, 3",
    "matmul, 33, 2",
    "fft, 1000, 3",
    "fft, 17, 1",
    "kmeans, 3, 2",
    "kmeans, 500, 3",
    "cosine, 10, 4"
  })
  void bothSidesDoTheSameWorkInABenchmark(String kernel, int size, int repetitions) {
    double[] sum =
        same(
            sides.wasm.benchmark(kernel, size, repetitions, WASM),
            sides.java.benchmark(kernel, size, repetitions));
    assertThat(sum).hasSize(1).doesNotContain(0);
  }

  @Test
  void refusesThroughASessionWhatIsNotAnArrayOfNumbers() {
    try (WasmSession session = sides.manager().open("compute")) {
      for (long[] array : new long[][] {{8, 12}, {12, 16}}) {
        assertThat(session.call("statistics", array)[0]).isNegative();
      }
    }
  }

  /** The matrices cross once; every product stays where it is and is multiplied again. */
  @Test
  void matricesStayInTheModuleOverManyProducts() {
    int n = 16;
    double[] matrix = doubles(new Random(7), n * n);
    double[] expected = matrix;
    double[] power;
    try (WasmSession session = sides.manager().open("compute")) {
      WasmMemory memory = session.memory();
      int bytes = matrix.length * Double.BYTES;
      long factor = session.call("wasm_alloc", bytes)[0];
      memory.window((int) factor, bytes).asDoubleBuffer().put(matrix);
      long product = factor;
      for (int exponent = 2; exponent <= 10; exponent++) {
        // A result is address and length in one number, which is negative for an error.
        long next = session.call("matmul_f64", product, bytes, factor, bytes, n, n, n)[0];
        assertThat(next).isPositive();
        if (product != factor) {
          session.call("wasm_free", product, bytes);
        }
        product = next >>> 32;
        expected = sides.java.matmulF64(expected, matrix, n, n, n);
      }
      power = new double[n * n];
      session.memory().window((int) product, bytes).asDoubleBuffer().get(power);
      session.call("wasm_free", product, bytes);
      session.call("wasm_free", factor, bytes);
    }
    same(power, expected);
  }

  @Test
  void memoryIsGivenBack() {
    try (WasmSession session = sides.manager().open("compute")) {
      Compute compute = session.bind(Compute.class);
      int size = 0;
      for (int round = 0; round < 200; round++) {
        compute.fft(f64(2 * 1021));
        compute.realFft(f64(1000));
        compute.matmulF32(f32(50 * 50), f32(50 * 50), 50, 50, 50);
        compute.kMeans(f64(300), 3, 5, 10, round);
        if (round == 0) {
          size = session.memory().size();
        }
      }
      assertThat(session.memory().size()).isEqualTo(size);
    }
  }
}
