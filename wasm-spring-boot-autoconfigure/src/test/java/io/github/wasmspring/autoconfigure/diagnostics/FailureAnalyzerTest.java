package io.github.wasmspring.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.WasmEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Fails real contexts and reads what the application would print. */
class FailureAnalyzerTest {

  private static final String CALC = "wasm.modules.calc.location=classpath:wasm/calc.wasm";

  private static final ClassLoader NOTHING = new ClassLoader(null) {};

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class));

  private static FailureAnalysis analyze(ApplicationContextRunner runner) {
    FailureAnalysis[] analysis = new FailureAnalysis[1];
    runner.run(
        context -> {
          assertThat(context).hasFailed();
          analysis[0] = analyze(context.getStartupFailure());
        });
    return analysis[0];
  }

  private static FailureAnalysis analyze(Throwable failure) {
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                FailureAnalyzer.class,
                SpringFactoriesLoader.FailureHandler.handleMessage((m, e) -> {}));
    return analyzers.stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(analysis -> analysis != null)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing explains it", failure));
  }

  private FailureAnalysis bind(Class<?> configuration, String... properties) {
    return analyze(this.runner.withUserConfiguration(configuration).withPropertyValues(properties));
  }

  @Test
  void moduleNotFound() {
    FailureAnalysis analysis = bind(BindClac.class, CALC);
    assertThat(analysis.getDescription())
        .contains("There is no WebAssembly module 'clac'", "Modules that are registered:")
        .containsSubsequence("calc", "provided");
    assertThat(analysis.getAction())
        .contains(
            "If you meant 'calc', correct the name",
            "wasm.modules.clac.location=classpath:wasm/clac.wasm",
            "add the dependency");
  }

  @Test
  void anUnknownEngine() {
    FailureAnalysis analysis = bind(BindClac.class, CALC, "wasm.engine.name=chicry");
    assertThat(analysis.getDescription())
        .isEqualTo(
            "The property wasm.engine.name names the engine 'chicry', and on the class path are:"
                + " jvm, chicory.");
    assertThat(analysis.getAction()).startsWith("Set wasm.engine.name to one of these");
  }

  @Test
  void noEngine() {
    FailureAnalysis analysis =
        analyze(
            this.runner
                .withPropertyValues(CALC)
                .withBean(WasmEngine.class, () -> WasmEngines.of(NOTHING).find(null).create(null))
                .withUserConfiguration(BindClac.class));
    assertThat(analysis.getAction()).contains("io.github.wasmspring:wasm-engine-jvm");
  }

  @Test
  void moduleNotFoundWithoutAnyThatComesNear() {
    FailureAnalysis analysis = bind(BindClac.class, "wasm.providers.enabled=false");
    assertThat(analysis.getDescription()).contains("no module is registered at all");
    assertThat(analysis.getAction()).startsWith("Say where the module is, e.g. wasm.modules.clac");
  }

  @Test
  void settingsForAModuleThatNobodyBrings() {
    FailureAnalysis analysis =
        analyze(this.runner.withPropertyValues(CALC, "wasm.modules.clac.pool.max=2"));
    assertThat(analysis.getDescription())
        .contains("wasm.modules.clac says no location, and no provider brings a module of that id");
    assertThat(analysis.getAction()).contains("If you meant 'calc'");
  }

  @Test
  void noVersionWithinTheRange() {
    FailureAnalysis analysis = bind(BindCalcTwo.class, CALC);
    assertThat(analysis.getDescription())
        .contains("'calc'", "Asked for: ^2.0", "Registered: 1.0.0");
    assertThat(analysis.getAction()).contains("Widen the range", "wasm.modules.calc.location");
  }

  @Test
  void theSameVersionTwice() {
    FailureAnalysis analysis =
        analyze(this.runner.withBean(CalcAgain.class).withBean(CalcOnceMore.class));
    assertThat(analysis.getDescription())
        .contains("two modules have this id and version", "calc.wasm", "host.wasm");
    assertThat(analysis.getAction())
        .contains("Register the module once only", "wasm.modules.calc.version");
  }

  @Test
  void nothingAtTheLocation() {
    FailureAnalysis analysis = eager("classpath:wasm/absent.wasm");
    assertThat(analysis.getDescription())
        .contains("'calc' could not be loaded", "nothing is at classpath:wasm/absent.wasm");
    assertThat(analysis.getAction()).contains("wasm.modules.calc.location", "src/main/resources");
  }

  @Test
  void aLocationThatNothingCanRead() {
    FailureAnalysis analysis = eager("wasm/calc.wasm");
    assertThat(analysis.getDescription())
        .contains("nothing here can read the location 'wasm/calc.wasm'");
    assertThat(analysis.getAction())
        .contains("a location starts with classpath:, webjar:, file:, http://");
  }

  @Test
  void aModuleThatNeedsImportsAndWhatTheEngineDoesNotHave() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.engine.name=chicory",
                "wasm.modules.calc.location=classpath:META-INF/resources/webjars/undici/5.28.4/lib/llhttp/llhttp_simd.wasm",
                "wasm.modules.calc.load=eager"));
    assertThat(analysis.getDescription())
        .contains("'calc' imports what it has not been given:", "env.wasm_on_url")
        .contains(
            "Besides, the module needs SIMD", "the engine jvm has: set wasm.engine.name to jvm")
        .contains("(first in function ")
        .contains("build it without (clang: -mno-simd128, Rust: -C target-feature=-simd128)");
  }

  @Test
  void severalModulesThatCanNotBeLoaded() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.defaults.load=eager",
                "wasm.modules.one.location=classpath:wasm/absent.wasm",
                "wasm.modules.two.location=classpath:wasm/text.wasm",
                "wasm.modules.needy.location=classpath:wasm/needs-import.wasm"));
    assertThat(analysis.getDescription())
        .contains("'one' could not be loaded", "'two' could not be loaded")
        .contains("'needy' imports what it has not been given");
    assertThat(analysis.getAction())
        .contains("wasm.modules.one.location", "wasm.modules.two.location")
        .contains("@WasmModule(id = \"needy\")");
  }

  @Test
  void aServerThatRefuses() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    try {
      FailureAnalysis analysis =
          eager("http://localhost:%d/calc.wasm".formatted(server.getAddress().getPort()));
      assertThat(analysis.getDescription()).contains("can't be read: the server answers 503");
      assertThat(analysis.getAction()).contains("the server has to answer 200");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void textInsteadOfAModule() {
    FailureAnalysis analysis = eager("classpath:wasm/text.wasm");
    assertThat(analysis.getDescription())
        .contains("is not a WebAssembly module: it is WebAssembly text (.wat)", "wat2wasm");
    assertThat(analysis.getAction()).contains("a compiled WebAssembly core module");
  }

  @Test
  void aPageInsteadOfAModule() {
    assertThat(eager("classpath:wasm/page.wasm").getDescription()).contains("it is an HTML page");
  }

  @Test
  void anotherDigest() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                CALC,
                "wasm.modules.calc.load=eager",
                "wasm.modules.calc.digest=" + "0".repeat(64)));
    assertThat(analysis.getDescription())
        .contains("has the digest sha256:c0703b5a", "but sha256:0000");
    assertThat(analysis.getAction()).contains("set wasm.modules.calc.digest");
  }

  @Test
  void otherBytesThanTheRegistryKnows() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String digest = "sha256:" + "0".repeat(64);
    byte[] manifest =
        "{\"layers\":[{\"mediaType\":\"application/wasm\",\"digest\":\"%s\",\"size\":3}]}"
            .formatted(digest)
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              exchange.getRequestURI().getPath().contains("/blobs/") ? new byte[3] : manifest;
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    try {
      FailureAnalysis analysis =
          analyze(
              this.runner.withPropertyValues(
                  "wasm.modules.calc.location=oci:127.0.0.1:%d/calc:1"
                      .formatted(server.getAddress().getPort()),
                  "wasm.modules.calc.load=eager",
                  "wasm.loader.oci.plain-http=true"));
      assertThat(analysis.getDescription())
          .contains("the layer that the registry gives out has the digest", "and not " + digest);
      assertThat(analysis.getAction()).contains("in the registry or on the way from there");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void noRegistry() {
    assertThat(eager("oci:team/plugin:1").getDescription()).contains("it names no registry");
    assertThat(eager("oci:team/plugin:1").getAction())
        .contains("what follows oci: is host, repository and tag or digest");
  }

  @Test
  void noSignature() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                CALC,
                "wasm.modules.calc.load=eager",
                "wasm.signatures.required=always",
                "wasm.signatures.trusted.release.key=RWQcGSJe4HZHULhxVvQcyX5f9tLqwamnhIWMjum3XQnilx2ScucdsMZ6"));
    assertThat(analysis.getDescription())
        .contains("no signature at classpath:wasm/calc.wasm.minisig");
    assertThat(analysis.getAction())
        .contains("a key below wasm.signatures.trusted")
        .doesNotContain("digest");
  }

  @Test
  void tooLittleMemory() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                CALC,
                "wasm.modules.calc.load=eager",
                "wasm.modules.calc.pool.min=1",
                "wasm.modules.calc.limits.memory=1KB"));
    assertThat(analysis.getAction()).contains("Raise wasm.modules.calc.limits.memory");
  }

  @Test
  void tooLittleTimeToCompile() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                CALC,
                "wasm.modules.calc.load=eager",
                "wasm.engine.mode=eager",
                "wasm.modules.calc.limits.compile-timeout=1ns"));
    assertThat(analysis.getAction()).contains("Raise wasm.modules.calc.limits.compile-timeout");
  }

  @Test
  void aConventionThatDoesNotExist() {
    FailureAnalysis analysis = bind(BindMissing.class, CALC, "wasm.modules.calc.convention=pigeon");
    assertThat(analysis.getDescription())
        .contains("there is no calling convention 'pigeon'; there are buffer, quickjs, scalar");
  }

  private FailureAnalysis eager(String location) {
    return analyze(
        this.runner.withPropertyValues(
            "wasm.modules.calc.location=" + location, "wasm.modules.calc.load=eager"));
  }

  @Test
  void aModuleThatMayNotHaveThreads() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.modules.spawns.location=classpath:wasm/spawns.wasm",
                "wasm.modules.spawns.load=eager"));
    assertThat(analysis.getDescription())
        .contains("'spawns'", "wasi.thread-spawn (i32) -> i32 to start threads");
    assertThat(analysis.getAction()).contains("Set wasm.modules.spawns.limits.guest-threads");
  }

  @Test
  void aModuleThatMayNotHaveWasi() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.defaults.wasi.enabled=false",
                "wasm.modules.command.location=classpath:wasm/command.wasm",
                "wasm.modules.command.load=eager"));
    assertThat(analysis.getDescription())
        .contains("'command' imports what it has not been given")
        .contains("wasi_snapshot_preview1.proc_exit (i32) -> ()");
    assertThat(analysis.getAction()).contains("set wasm.modules.command.wasi.enabled to true");
  }

  @Test
  void aDirectoryThatDoesNotExist() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.modules.command.location=classpath:wasm/command.wasm",
                "wasm.modules.command.load=eager",
                "wasm.modules.command.wasi.directories[0].guest=/data",
                "wasm.modules.command.wasi.directories[0].host=/does/not/exist"));
    assertThat(analysis.getDescription()).contains("/does/not/exist", "wasi.directories");
    assertThat(analysis.getAction()).contains("Correct wasm.modules.command in the properties");
  }

  @Test
  void aMissingImport() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.modules.needy.location=classpath:wasm/needs-import.wasm",
                "wasm.modules.needy.load=eager",
                "wasm.modules.needy.pool.min=1"));
    assertThat(analysis.getDescription())
        .contains("'needy' imports what it has not been given", "env.log_all (i32, i32) -> ()")
        .contains("It has been given no host functions");
    assertThat(analysis.getAction())
        .contains("@WasmModule(id = \"needy\")")
        .endsWith(
            String.join(
                System.lineSeparator(),
                "    @WasmModule(id = \"needy\")",
                "    class HostFunctions {",
                "",
                "        @WasmImport",
                "        void logAll(int arg0, int arg1) { … }",
                "    }"));
  }

  @Test
  void anImportThatTheApplicationOffers() {
    FailureAnalysis analysis =
        analyze(
            this.runner
                .withBean(OfferedFunctions.class)
                .withPropertyValues(
                    "wasm.modules.needy.location=classpath:wasm/needs-import.wasm",
                    "wasm.modules.needy.load=eager"));
    assertThat(analysis.getDescription())
        .contains("'needy' imports what it has not been given", "env.log_all (i32, i32) -> ()");
    assertThat(analysis.getAction())
        .contains("add 'env.log_all' to wasm.modules.needy.imports")
        .doesNotContain("class HostFunctions");
  }

  @Test
  void globalsAreMissing() {
    FailureAnalysis analysis =
        analyze(
            this.runner.withPropertyValues(
                "wasm.modules.game.location=classpath:wasm/globals.wasm",
                "wasm.modules.game.load=eager"));
    assertThat(analysis.getDescription())
        .contains("'game'", "env.width (global i32)", "app.volume (global mut f32)");
    assertThat(analysis.getAction())
        .contains("Write the missing functions and globals.", "@WasmModule(id = \"game\")")
        .containsSubsequence(
            "@WasmImport",
            "final int width = …;",
            "@WasmImport",
            "final long maxSize = …;",
            "@WasmImport(module = \"app\")",
            "    float volume = …;");
  }

  @Test
  void someOfTheImportsAreMissing() {
    FailureAnalysis analysis =
        analyze(
            this.runner
                .withBean(SomeHostFunctions.class)
                .withPropertyValues(
                    "wasm.modules.host.load=eager", "wasm.modules.host.pool.min=1"));
    assertThat(analysis.getDescription())
        .contains("app.peek (i32) -> i32")
        .contains("It has been given these host functions:")
        .contains("env.negate (i64) -> i64");
    assertThat(analysis.getAction())
        .contains("double mix(int arg0, int arg1, long arg2, float arg3, double arg4) { … }")
        .containsSubsequence("@WasmImport(module = \"app\")", "int peek(int arg0) { … }")
        .doesNotContain("negate");
  }

  @Test
  void aSignatureThatDoesNotFit() {
    FailureAnalysis analysis = bind(BindWrong.class, CALC);
    assertThat(analysis.getDescription())
        .contains("add", "'calc'", "The method needs: ", "The export has:   (i32, i32) -> i32")
        .contains("The module exports:", "echo (i32, i32) -> i64");
    assertThat(analysis.getAction()).contains("Change the parameters or the result");
  }

  @Test
  void anExportThatIsNotThere() {
    FailureAnalysis analysis = bind(BindMissing.class, CALC);
    assertThat(analysis.getDescription())
        .contains("There is no such export", "add (i32, i32) -> i32");
    assertThat(analysis.getAction()).contains("@WasmExport(\"add\")", "default method");
  }

  @Test
  void anImportOfATypeThatDoesNotExist() {
    FailureAnalysis analysis = analyze(this.runner.withBean(WrongType.class));
    assertThat(analysis.getDescription())
        .contains("WrongType.log(java.lang.String)", "which WebAssembly can't pass");
    assertThat(analysis.getAction()).contains("Use int, long, float, double or boolean");
  }

  @Test
  void anEngineThatDoesNotExist() {
    FailureAnalysis analysis = analyze(this.runner.withPropertyValues("wasm.engine.mode=warp"));
    assertThat(analysis.getDescription()).contains("wasm.engine.mode", "warp");
    assertThat(analysis.getAction()).contains("COMPILED", "INTERPRETER");
  }

  @WasmModule("clac")
  interface Clac {

    int add(int a, int b);
  }

  @WasmModule(value = "calc", version = "^2.0")
  interface CalcTwo {

    int add(int a, int b);
  }

  @WasmModule("calc")
  interface Wrong {

    long add(String text);
  }

  @WasmModule("calc")
  interface Missing {

    int ad(int a, int b);
  }

  private static final String[] PRICES = {
    "wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm",
    "wasm.modules.prices.location=classpath:wasm/prices.wasm"
  };

  private FailureAnalysis bindPrices(String... properties) {
    return analyze(
        this.runner
            .withUserConfiguration(BindPrices.class)
            .withPropertyValues(PRICES)
            .withPropertyValues(properties));
  }

  @Test
  void dependenciesThatCanNotBeHad() {
    FailureAnalysis analysis =
        bindPrices(
            "wasm.modules.prices.dependencies.mathlib=^9",
            "wasm.modules.prices.dependencies.rates=*");

    assertThat(analysis.getDescription())
        .contains(
            "The WebAssembly module 'prices' can't have what it depends on",
            "Prices 1.0.0 needs mathlib ^9, but registered are only 1.0.0.",
            "Prices 1.0.0 needs rates *, and no such module is registered.");
    assertThat(analysis.getAction())
        .contains(
            "within the range (wasm.modules.mathlib.versions[…].location)",
            "Say where the module 'rates' is (wasm.modules.rates.location)");
  }

  @Test
  void aDependencyThatDoesNotHaveWhatIsImported() {
    FailureAnalysis analysis =
        bindPrices(
            CALC,
            "wasm.modules.prices.dependencies.calc=*",
            "wasm.modules.prices.links.mathlib=calc");

    assertThat(analysis.getDescription())
        .contains("The WebAssembly module 'prices' imports what it has not been given:")
        .contains("mathlib.percent (i32, i32) -> i32");
    assertThat(analysis.getAction())
        .contains("the module calc 1.0.0, which it depends on, exports nothing of that name");
  }

  @Test
  void aModuleThatWasNotDeclared() {
    assertThat(bindPrices().getAction())
        .contains("there is a module 'mathlib'", "set wasm.modules.prices.dependencies.mathlib");
  }

  @WasmModule("prices")
  interface PricesOfMathlib {
    int total(int price, int tax);
  }

  @Configuration(proxyBeanMethods = false)
  static class BindPrices {

    @Bean
    PricesOfMathlib prices(WasmModuleManager manager) {
      return manager.bind(PricesOfMathlib.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BindClac {

    @Bean
    Clac clac(WasmModuleManager manager) {
      return manager.bind(Clac.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BindCalcTwo {

    @Bean
    CalcTwo calc(WasmModuleManager manager) {
      return manager.bind(CalcTwo.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BindWrong {

    @Bean
    Wrong wrong(WasmModuleManager manager) {
      return manager.bind(Wrong.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BindMissing {

    @Bean
    Missing missing(WasmModuleManager manager) {
      return manager.bind(Missing.class);
    }
  }

  @WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
  static class CalcAgain {}

  @WasmModule(id = "calc", location = "classpath:wasm/host.wasm")
  static class CalcOnceMore {}

  @WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
  static class WrongType {

    @WasmImport
    void log(String text) {}
  }

  @WasmModule(id = "host", location = "classpath:wasm/host.wasm")
  static class SomeHostFunctions {

    @WasmImport
    long negate(long number) {
      return -number;
    }
  }

  @WasmHostFunctions
  static class OfferedFunctions {

    @WasmImport
    void logAll(int first, int second) {}
  }
}
