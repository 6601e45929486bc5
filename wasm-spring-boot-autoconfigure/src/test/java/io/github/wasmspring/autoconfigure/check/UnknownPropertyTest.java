package io.github.wasmspring.autoconfigure.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.wasmspring.autoconfigure.LogCapture;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.check.UnknownWasmPropertiesException.Unknown;
import io.github.wasmspring.client.WasmModuleManager;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A property below {@code wasm} that nobody reads stops the start, with what was meant. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmPropertyCheckAutoConfiguration.class));

  private static ApplicationContextRunner with(
      ApplicationContextRunner runner, Map<String, Object> environment) {
    return runner.withInitializer(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .replace(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment)));
  }

  private static void assertUnknown(ApplicationContextRunner runner, String name, String advice) {
    runner.run(
        context ->
            assertThat(context)
                .getFailure()
                .asInstanceOf(type(UnknownWasmPropertiesException.class))
                .satisfies(
                    failure ->
                        assertThat(failure.properties())
                            .extracting(Unknown::name, Unknown::advice)
                            .containsExactly(org.assertj.core.groups.Tuple.tuple(name, advice))));
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.enable, wasm.enabled",
    "wasm.defaults.limits.memroy, wasm.defaults.limits.memory",
    "wasm.defaults.limit.memory, wasm.defaults.limits.memory",
    "wasm.default.limits.memory, wasm.defaults.limits.memory",
    "wasm.modules.json.limits.timout, wasm.modules.json.limits.timeout",
    "wasm.modules.json.pool.maximum, wasm.modules.json.pool.max",
    "wasm.module.json.location, wasm.modules.json.location",
    "wasm.modules.json.timeout, wasm.modules.json.limits.timeout",
    "wasm.modules.json.memory, wasm.modules.json.limits.memory",
    "wasm.memory-budget, wasm.memory.budget",
    "wasm.timeout, wasm.defaults.limits.timeout",
    "wasm.memory.alerts[0].treshold, wasm.memory.alerts[0].threshold",
    "wasm.modules.json.wasi.directories[1].gest, wasm.modules.json.wasi.directories[1].guest",
    "wasm.chanels.enabled, wasm.channels.enabled",
    "wasm.channels.routes.orders.topics, wasm.channels.routes.orders.topic",
    "wasm.modules.com.example.location, wasm.modules[com.example].location",
    "wasm.modules.a.b.c.pool.max, wasm.modules[a.b.c].pool.max",
    "wasm.modules.json.quarantine.failure, wasm.modules.json.quarantine.failures",
    "wasm.defaults.quarantine.maxtime2, wasm.defaults.quarantine.max-time",
    "wasm.modules.json.signatur, wasm.modules.json.signature",
    "wasm.signatures.require, wasm.signatures.required",
    "wasm.signatures.trusted.release.kei, wasm.signatures.trusted.release.key",
    "wasm.signatures.sigstore.trust-root, wasm.signatures.sigstore.trusted-root",
    "wasm.signatures.sigstore.identities.release.subjekt, wasm.signatures.sigstore.identities.release.subject",
  })
  void theNearestNameIsSaid(String name, String meant) {
    assertUnknown(this.runner.withPropertyValues(name + "=1"), name, "did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.loader.threads, wasm.loader.preload-threads",
    "wasm.channels.threads, wasm.channels.delivery-threads",
    "wasm.defaults.limits.threads, wasm.defaults.limits.guest-threads",
    "wasm.modules.json.limits.threads, wasm.modules.json.limits.guest-threads",
    "wasm.modules[com.example].limits.threads, wasm.modules[com.example].limits.guest-threads",
    "wasm.engine.auto.small-code, wasm.engine.by-use.small-code",
    "wasm.engine.auto.calls, wasm.engine.by-use.calls",
  })
  void anOldNameIsAnsweredWithTheNewOne(String old, String now) {
    assertUnknown(this.runner.withPropertyValues(old + "=1"), old, "was renamed to " + now);
  }

  @Test
  void soItIsWithAnOldEnvironmentVariable() {
    assertUnknown(
        with(this.runner, Map.of("WASM_MODULES_JSON_LIMITS_THREADS", "1")),
        "WASM_MODULES_JSON_LIMITS_THREADS",
        "was renamed to WASM_MODULES_JSON_LIMITS_GUESTTHREADS");
  }

  @ParameterizedTest
  @CsvSource({
    "WASM_ENABLE, WASM_ENABLED",
    "WASM_DEFAULTS_LIMITS_MEMROY, WASM_DEFAULTS_LIMITS_MEMORY",
    "WASM_DEFAULTS_POOL_BOROW_TIMEOUT, WASM_DEFAULTS_POOL_BORROWTIMEOUT",
    "WASM_MODULES_JSON_TIMEOUT, WASM_MODULES_JSON_LIMITS_TIMEOUT",
    "WASM_MODULES_COMPUTE_PARALLEL_POOL_MAX, WASM_MODULES_COMPUTEPARALLEL_POOL_MAX",
    "WASM_MODULES_JSON_WASI_DIRECTORIES_0_GEST, WASM_MODULES_JSON_WASI_DIRECTORIES_0_GUEST",
  })
  void soItIsOfAnEnvironmentVariable(String variable, String meant) {
    assertUnknown(
        with(this.runner, Map.of(variable, "1")), variable, "did you mean " + meant + "?");
  }

  @Test
  void whereNothingComesNearIsSaidWhatThereIs() {
    assertUnknown(
        this.runner.withPropertyValues("wasm.providers.zzz=1"),
        "wasm.providers.zzz",
        "wasm.providers has enabled");
    assertUnknown(
        this.runner.withPropertyValues("wasm.enabled.zzz=1"),
        "wasm.enabled.zzz",
        "wasm.enabled has nothing below it");
  }

  @Test
  void allAreSaidAtOnce() {
    this.runner
        .withPropertyValues("wasm.enable=1", "wasm.defaults.pool.maxx=1", "wasm.enabled=true")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContainingAll("wasm.enable:", "wasm.defaults.pool.maxx:")
                    .hasMessageNotContaining("wasm.enabled:"));
  }

  @Test
  void everyPropertyOfTheMetadataIsKnown() throws IOException {
    List<String> names =
        metadata().stream()
            .map(property -> property.get("name").asString())
            .filter(name -> name.startsWith("wasm."))
            .toList();
    assertThat(names).hasSizeGreaterThan(40);
    NameCheck check =
        new NameCheck(PropertyNames.of(WasmPropertyCheckAutoConfiguration.PROPERTIES));
    for (String name : names) {
      List<String> elements = Arrays.asList(name.substring(5).split("\\."));
      assertThat(check.isKnown(new WrittenName(elements, false))).as(name).isTrue();
      List<String> words = Arrays.asList(name.substring(5).split("[.-]"));
      assertThat(check.isKnown(new WrittenName(words, true))).as(name).isTrue();
    }
  }

  private static List<JsonNode> metadata() throws IOException {
    for (URL url :
        Collections.list(
            UnknownPropertyTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (var stream = url.openStream()) {
        JsonNode properties = JsonMapper.builder().build().readTree(stream).get("properties");
        List<JsonNode> all = StreamSupport.stream(properties.spliterator(), false).toList();
        if (all.stream().anyMatch(each -> each.get("name").asString().equals("wasm.enabled"))) {
          return all;
        }
      }
    }
    throw new AssertionError("There is no metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.defaults.limits.memory=1MB",
        "wasm.defaults.splitBigFunctions=true",
        "wasm.defaults.split_big_functions=true",
        "wasm.modules.calc.wasi.environment.ANY.NAME=1",
        "wasm.modules[a.b].location=classpath:wasm/calc.wasm",
        "wasm.modules.calc.tags=a,b",
        "wasm.modules.calc.tags[0]=a",
        "wasm.modules.calc.wasi.arguments[3]=a",
        "wasm.memory.alerts[0].threshold=80%",
        "wasm.memory.alerts[0].actions[0]=log",
        "wasm.channels.enabled=false",
        "wasm.channels.routes.a.topic=b"
      })
  void whatThereIsDoesNotStopTheStart(String property) {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "wasm.modules.calc.wasi.arguments[0]=a",
            "wasm.modules.calc.wasi.arguments[1]=a",
            "wasm.modules.calc.wasi.arguments[2]=a",
            "wasm.memory.alerts[0].threshold=70%")
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WASM_DEFAULTS_POOL_BORROWTIMEOUT",
        "WASM_DEFAULTS_POOL_BORROW_TIMEOUT",
        "WASM_MODULES_PROVIDED_POOL_BORROW_TIMEOUT"
      })
  void bothWaysToWriteAnEnvironmentVariableReachTheSetting(String variable) {
    with(this.runner, Map.of(variable, "7s"))
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleManager.class)
                            .registry()
                            .get("provided", "*")
                            .settings()
                            .pool()
                            .borrowTimeout())
                    .hasSeconds(7));
  }

  @Test
  void variablesOfToolsAreLeftAlone() {
    try (LogCapture log = new LogCapture(UnknownProperties.class.getName())) {
      with(this.runner, Map.of("WASM_PACK_CACHE", "/cache", "WASM_BINDGEN_TEST_TIMEOUT", "60"))
          .run(context -> assertThat(context).hasNotFailed());
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("that begin like properties below 'wasm' but are none")
          .contains("WASM_PACK_CACHE")
          .contains("WASM_BINDGEN_TEST_TIMEOUT");
    }
  }

  @Test
  void whatAClassOfTheApplicationReadsIsItsOwn() {
    this.runner
        .withUserConfiguration(Own.class)
        .withPropertyValues("wasm.shop.any.thing=1", "wasm.colour=red")
        .run(context -> assertThat(context).hasNotFailed());
    assertUnknown(
        this.runner
            .withUserConfiguration(Own.class)
            .withPropertyValues("wasm.shop.any=1", "wasm.enable=1"),
        "wasm.enable",
        "did you mean wasm.enabled?");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({Shop.class, Colours.class})
  static class Own {}

  @ConfigurationProperties("wasm.shop")
  record Shop(Map<String, String> any) {}

  @ConfigurationProperties(prefix = "wasm")
  record Colours(String colour) {}

  @Test
  void theFailureSaysWhereThePropertyIsWritten(CapturedOutput output) {
    SpringApplication application = new SpringApplication(Empty.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setRegisterShutdownHook(false);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> application.run("--wasm.defaults.limits.memroy=5MB"))
        .isInstanceOf(UnknownWasmPropertiesException.class);
    assertThat(output.getOut().lines().collect(Collectors.joining("\n")))
        .contains("Nobody reads these properties below 'wasm':")
        .containsPattern(
            "wasm.defaults.limits.memroy \\(.*commandLineArgs.*\\): did you mean wasm.defaults.limits.memory\\?")
        .contains("Correct the names");
  }

  @Configuration(proxyBeanMethods = false)
  @org.springframework.boot.autoconfigure.ImportAutoConfiguration({
    WasmAutoConfiguration.class,
    WasmPropertyCheckAutoConfiguration.class
  })
  static class Empty {}
}
