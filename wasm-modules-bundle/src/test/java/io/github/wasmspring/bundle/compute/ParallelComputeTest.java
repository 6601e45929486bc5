package io.github.wasmspring.bundle.compute;

import static io.github.wasmspring.bundle.compute.ComputeSides.WASM;
import static io.github.wasmspring.bundle.compute.ComputeSides.doubles;
import static io.github.wasmspring.bundle.compute.ComputeSides.floats;
import static io.github.wasmspring.bundle.compute.ComputeSides.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products on several threads beside those on one, which ComputeMatrixTest holds to exact ones. */
class ParallelComputeTest {

  @WasmModule("compute-parallel")
  interface WasmParallelCompute {

    float[] matmulF32(
        float[] a, float[] b, int m, int k, int n, int threads, WasmCallOptions options);

    double[] matmulF64(
        double[] a, double[] b, int m, int k, int n, int threads, WasmCallOptions options);
  }

  private static ComputeSides sides;
  private static WasmParallelCompute wasm;
  private static final ParallelCompute JAVA = new ParallelCompute() {};

  @BeforeAll
  static void start() {
    sides = new ComputeSides();
    wasm = sides.manager().bind(WasmParallelCompute.class);
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 300, 1",
    "3, 5, 7",
    "64, 64, 16",
    "65, 3, 17",
    "130, 31, 5",
    "5, 131, 127",
    "1, 257, 300",
    "300, 257, 1",
    "200, 200, 200"
  })
  void anyNumberOfThreadsAnswersWithTheSameBits(int m, int k, int n) {
    Random random = new Random(m + k + n);
    float[] a = floats(random, m * k);
    float[] b = floats(random, k * n);
    double[] c = doubles(random, m * k);
    double[] d = doubles(random, k * n);
    float[] product = sides.java.matmulF32(a, b, m, k, n);
    double[] doubles = sides.java.matmulF64(c, d, m, k, n);
    for (int threads : new int[] {1, 2, 3, 64, Integer.MAX_VALUE}) {
      same(wasm.matmulF32(a, b, m, k, n, threads, WASM), product);
      same(wasm.matmulF64(c, d, m, k, n, threads, WASM), doubles);
      same(JAVA.matmulF32(a, b, m, k, n, threads), product);
      same(JAVA.matmulF64(c, d, m, k, n, threads), doubles);
    }
  }

  @Test
  void nothingIsLostOverManyCallsAtTheSameTime() {
    Random random = new Random(7);
    float[] a = floats(random, 96 * 96);
    float[] b = floats(random, 96 * 96);
    float[] product = sides.java.matmulF32(a, b, 96, 96, 96);

    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(each -> wasm.matmulF32(a, b, 96, 96, 96, 2, WASM)))
        .allSatisfy(each -> same(each, product));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 2, compute.shape",
    "1, 0, 1, 2, compute.shape",
    "1, 1, -1, 2, compute.shape",
    "2, 1, 1, 2, compute.shape",
    "1, 1, 2, 2, compute.shape",
    "1, 1, 1, 0, compute.shape",
    "65536, 65536, 65536, 2, compute.shape"
  })
  void moduleAndFallbackRefuseTheSame(int m, int k, int n, int threads, String code) {
    float[] one = {1};
    WasmOperationException module =
        catchThrowableOfType(
            WasmOperationException.class, () -> wasm.matmulF32(one, one, m, k, n, threads, WASM));
    WasmOperationException fallback =
        catchThrowableOfType(
            WasmOperationException.class, () -> JAVA.matmulF32(one, one, m, k, n, threads));

    assertThat(module.code()).isEqualTo(code).isEqualTo(fallback.code());
    assertThat(module.detail()).isEqualTo(fallback.detail());
  }

  @Test
  void aProductThatIsTooLargeIsRefused() {
    float[] column = new float[4097];

    assertThat(
            catchThrowableOfType(
                    WasmOperationException.class,
                    () -> wasm.matmulF32(column, column, 4097, 1, 4097, 2, WASM))
                .code())
        .isEqualTo("compute.limit");
    double[] line = new double[4000];
    assertThat(
            catchThrowableOfType(
                    WasmOperationException.class,
                    () -> wasm.matmulF64(line, line, 4000, 1, 4000, 2, WASM))
                .code())
        .isEqualTo("compute.memory");
  }

  /** A session shows what threads leave behind: a heap that grows from call to call. */
  @Test
  void callsLeaveNothingBehind() {
    WasmModuleManager manager = sides.manager();
    try (WasmSession session = manager.open("compute-parallel")) {
      WasmParallelCompute pinned = session.bind(WasmParallelCompute.class);
      float[] matrix = floats(new Random(3), 128 * 128);
      pinned.matmulF32(matrix, matrix, 128, 128, 128, 3, WASM);
      int size = session.memory().size();
      for (int round = 0; round < 50; round++) {
        pinned.matmulF32(matrix, matrix, 128, 128, 128, 3, WASM);
      }
      assertThat(session.memory().size()).isLessThanOrEqualTo(size + (3 << 16));
    }
  }
}
