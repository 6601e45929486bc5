package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.compare.ComparisonReport.Results;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A line of the table of ratios.
 *
 * @param wanted the goal, or nothing
 */
record Ratio(String title, String wanted, Function<Results, String> value) {

  private static final String NOT_MEASURED = "";
  private static final String DEFAULT = "chicory-default";
  private static final String TUNED = "chicory-tuned";
  private static final String BEAN = "wasmspring";
  private static final String JIT = "graalwasm-jit";
  private static final String CHICORY_BEAN = "wasmspring-chicory";
  private static final String NODE = "node-wasm";

  String of(Results results) {
    return this.value.apply(results);
  }

  static List<Ratio> all() {
    return List.of(
        new Ratio(
            "scalar call: bean less tuned Chicory by hand, ns",
            "5 or less",
            results -> difference(results, "call.scalar")),
        times(
            "text of 1 KB: bean to tuned Chicory by hand",
            "1.1 or less",
            List.of("call.string-1k"),
            BEAN,
            TUNED),
        times(
            "a megabyte: bean to tuned Chicory by hand", "", List.of("call.bytes-1m"), BEAN, TUNED),
        kernels("Chicory's defaults to bean", "4 or more", DEFAULT, BEAN),
        kernels("bean on the engine chicory to bean", "", CHICORY_BEAN, BEAN),
        new Ratio(
            "kernels on which the bean is ahead of GraalWasm with its JIT", "most", Ratio::ahead),
        kernels("GraalWasm with its JIT to bean", "", JIT, BEAN),
        kernels("bean to tuned Chicory by hand", "", BEAN, TUNED),
        kernels("bean to Java", "", BEAN, "java"),
        kernels("bean to the same module on Node", "1.25 or less", BEAN, NODE),
        kernels("bean to JavaScript on Node", "", BEAN, "node-js"),
        kernels("bean to native code", "", BEAN, "native"),
        times(
            "JPEG decoder: bean to the same module on Node",
            "1.6 or less",
            List.of(Results.JPEG),
            BEAN,
            NODE),
        times("JPEG decoder: Chicory's defaults to bean", "", List.of(Results.JPEG), DEFAULT, BEAN),
        group("program", "bean on the engine chicory to bean", "2 or more", CHICORY_BEAN, BEAN),
        group("program", "bean to the same module on Node", "", BEAN, NODE),
        group("warm-up", "Chicory's defaults to bean", "", DEFAULT, BEAN),
        group("warm-up", "bean to the same module on Node", "", BEAN, NODE),
        new Ratio(
            "processor time to the first line formatted by a module of 4 MB, s",
            "1.2 or less",
            Ratio::firstLine),
        times(
            "first call of bundled modules: Chicory's defaults to bean",
            "3 or more",
            List.of("first-call.json", "first-call.compression"),
            DEFAULT,
            BEAN),
        times(
            "first call of modules that are compiled first: Chicory's defaults to bean",
            "",
            List.of("first-call.dprint-json", "first-call.dprint-typescript"),
            DEFAULT,
            BEAN),
        new Ratio(
            "first call of a module of 4 MB: first start to second start",
            "10 or more",
            results ->
                quotient(
                    results, "first-call.dprint-typescript", "first-call.dprint-typescript-again")),
        new Ratio(
            "calls a second: 1,000 callers to 64",
            "1 or more",
            results -> quotient(results, "throughput.64", "throughput.1000")),
        new Ratio(
            "calls a second: 2 callers to 1",
            "",
            results -> quotient(results, "throughput.1", "throughput.2")),
        times(
            "new instance: Chicory's defaults to bean",
            "",
            List.of("instantiate.calls", "instantiate.json"),
            DEFAULT,
            BEAN),
        times(
            "heap of an instance: Chicory's defaults to bean",
            "",
            List.of("memory.calls", "memory.json"),
            DEFAULT,
            BEAN));
  }

  private static Ratio kernels(String title, String wanted, String dividend, String divisor) {
    return new Ratio(
        "kernels, geometric mean: " + title,
        wanted,
        results -> mean(results.quotients(results.kernels(), dividend, divisor)));
  }

  private static Ratio group(
      String kind, String title, String wanted, String dividend, String divisor) {
    return new Ratio(
        kind + ", geometric mean: " + title,
        wanted,
        results -> mean(results.quotients(results.all(kind), dividend, divisor)));
  }

  private static Ratio times(
      String title, String wanted, List<String> names, String dividend, String divisor) {
    return new Ratio(
        names.size() > 1 ? title + ", geometric mean" : title,
        wanted,
        results -> mean(results.quotients(names, dividend, divisor)));
  }

  private static String mean(List<Double> quotients) {
    return quotients.isEmpty()
        ? NOT_MEASURED
        : ComparisonReport.rounded(ComparisonReport.geometricMean(quotients));
  }

  private static String difference(Results results, String name) {
    Double bean = results.value(name, BEAN);
    Double tuned = results.value(name, TUNED);
    return bean == null || tuned == null
        ? NOT_MEASURED
        : String.format(Locale.ROOT, "%.1f", bean - tuned);
  }

  private static String firstLine(Results results) {
    Double nanos = results.value("first-answer.dprint-line", BEAN);
    return nanos == null ? NOT_MEASURED : ComparisonReport.rounded(nanos / 1e9);
  }

  private static String quotient(Results results, String dividend, String divisor) {
    Double one = results.value(dividend, BEAN);
    Double two = results.value(divisor, BEAN);
    return one == null || two == null ? NOT_MEASURED : ComparisonReport.rounded(one / two);
  }

  private static String ahead(Results results) {
    List<Double> quotients = results.quotients(results.kernels(), JIT, BEAN);
    return quotients.isEmpty()
        ? NOT_MEASURED
        : quotients.stream().filter(quotient -> quotient > 1).count() + " of " + quotients.size();
  }
}
