package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.bundle.compute.ArrayStatistics;
import io.github.wasmspring.client.WasmModuleManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bundled module {@code compute}: the spectrum of a signal, and points in clusters. */
@RestController
@RequestMapping("/api/compute")
class ComputeController {

  private static final int MOST_SAMPLES = 1 << 16;
  private static final int MOST_POINTS = 10_000;
  private static final int MOST_CLUSTERS = 32;
  private static final int ITERATIONS = 100;

  record Signal(double @Nullable [] samples) {}

  /**
   * @param amplitudes of the frequencies 0 to n/2, in periods per signal
   */
  record Spectrum(double[] amplitudes, ArrayStatistics statistics) {}

  /**
   * @param points pairs of x and y
   * @param clusters how many there are to be
   * @param seed of the random start, 0 if {@code null}
   */
  record Points(double @Nullable [] points, int clusters, @Nullable Long seed) {}

  /**
   * @param centroids pairs of x and y
   * @param nearest for each point the index of its centroid
   */
  record Clusters(double[] centroids, int[] nearest) {}

  private final WasmModuleManager modules;
  private final RequestJson requestJson;

  ComputeController(WasmModuleManager modules, RequestJson requestJson) {
    this.modules = modules;
    this.requestJson = requestJson;
  }

  @PostMapping("/spectrum")
  ResponseEntity<Spectrum> spectrum(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    double[] samples = orEmpty(this.requestJson.read(request, Signal.class).samples());
    Refusals.refuseIf(
        samples.length == 0 || samples.length > MOST_SAMPLES,
        "'samples' must have 1 to %d numbers.".formatted(MOST_SAMPLES));
    refuseInfinity(samples);
    CallTally tally = new CallTally();
    double[] transformed = tally.count(call("realFft", mode, (Object) samples));
    double[] statistics = tally.count(call("statistics", mode, (Object) samples));
    return tally.answer(
        new Spectrum(amplitudes(transformed, samples.length), ArrayStatistics.of(statistics)));
  }

  /** Of a sine the transform has half at its frequency, and half where nobody looks. */
  private static double[] amplitudes(double[] complex, int samples) {
    double[] amplitudes = new double[complex.length / 2];
    for (int i = 0; i < amplitudes.length; i++) {
      double share = i == 0 || 2 * i == samples ? 1 : 2;
      amplitudes[i] = share * Math.hypot(complex[2 * i], complex[2 * i + 1]) / samples;
    }
    return amplitudes;
  }

  @PostMapping("/clusters")
  ResponseEntity<Clusters> clusters(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException {
    Points asked = this.requestJson.read(request, Points.class);
    double[] points = orEmpty(asked.points());
    Refusals.refuseIf(
        points.length == 0 || points.length % 2 != 0 || points.length > 2 * MOST_POINTS,
        "'points' must have pairs of numbers, 1 to %d of them.".formatted(MOST_POINTS));
    refuseInfinity(points);
    Refusals.refuseIf(
        asked.clusters() < 1 || asked.clusters() > Math.min(MOST_CLUSTERS, points.length / 2),
        "'clusters' must be 1 to %d, and no more than there are points.".formatted(MOST_CLUSTERS));
    long seed = asked.seed() == null ? 0 : asked.seed();
    CallTally tally = new CallTally();
    double[] centroids =
        tally.count(call("kMeans", mode, points, 2, asked.clusters(), ITERATIONS, seed));
    WasmResult<int[]> nearest =
        this.modules
            .module("compute")
            .operation("nearestCentroids")
            .arguments(points, centroids, 2)
            .mode(mode)
            .retrieve(int[].class);
    return tally.answer(new Clusters(centroids, tally.count(nearest)));
  }

  private WasmResult<double[]> call(String operation, WasmExecutionMode mode, Object... arguments) {
    return this.modules
        .module("compute")
        .operation(operation)
        .arguments(arguments)
        .mode(mode)
        .retrieve(double[].class);
  }

  private static void refuseInfinity(double[] numbers) {
    Refusals.refuseIf(
        !Arrays.stream(numbers).allMatch(Double::isFinite),
        "All numbers must be finite: no larger than 1.8e308.");
  }

  private static double[] orEmpty(double @Nullable [] numbers) {
    return numbers == null ? new double[0] : numbers;
  }
}
