package io.github.wasmspring.autoconfigure.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.health.WasmHealthContributorAutoConfiguration;
import io.github.wasmspring.autoconfigure.tenant.endpoint.WasmTenantEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.tenant.metrics.WasmTenantMetrics;
import io.github.wasmspring.autoconfigure.tenant.metrics.WasmTenantMetricsAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.tenant.WasmUnknownTenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class WasmTenantAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(WasmTenantAutoConfiguration.class, WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  private static void logIn(String name) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(name, "", "USER"));
  }

  private static int add(WasmModuleManager manager) {
    return manager.bind(Calc.class).add(1, 2);
  }

  @Test
  void thereAreNoneUnlessSomebodySpeaksOfThem() {
    this.runner.run(context -> assertThat(context).doesNotHaveBean(WasmTenants.class));
    this.runner
        .withPropertyValues("wasm.tenants.enabled=true")
        .run(context -> assertThat(context).hasSingleBean(WasmTenants.class));
    this.runner
        .withPropertyValues("wasm.tenants.defaults.calls=3")
        .run(context -> assertThat(context).hasSingleBean(WasmTenants.class));
    this.runner
        .withPropertyValues("wasm.tenants.defaults.calls=3", "wasm.tenants.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(WasmTenants.class));
  }

  @Test
  void propertiesBecomeSettings() {
    this.runner
        .withPropertyValues(
            "wasm.tenants.required=true",
            "wasm.tenants.interval=10s",
            "wasm.tenants.unknown=together",
            "wasm.tenants.max-unknown=7",
            "wasm.tenants.defaults.calls=8",
            "wasm.tenants.defaults.cpu-time=2s",
            "wasm.tenants.defaults.memory=64MB",
            "wasm.tenants.limits.acme.calls=32",
            "wasm.tenants.limits.acme.share=4",
            "wasm.tenants.limits[globex.com].memory=0")
        .run(
            context ->
                assertThat(context.getBean(WasmTenants.class).settings())
                    .isEqualTo(
                        new WasmTenantSettings(
                            new WasmTenantLimits(8, Duration.ofSeconds(2), 64 << 20, 1),
                            Map.of(
                                "acme",
                                new WasmTenantLimits(32, Duration.ofSeconds(2), 64 << 20, 4),
                                "globex.com",
                                new WasmTenantLimits(8, Duration.ofSeconds(2), 0, 1)),
                            true,
                            Duration.ofSeconds(10),
                            WasmUnknownTenants.TOGETHER,
                            7)));
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.tenants.defaults.calls, -1, must not be negative",
    "wasm.tenants.limits[acme].cpu-time, -1s, between nothing and a year",
    "wasm.tenants.limits[acme].share, 0, between 1 and 1000",
    "wasm.tenants.interval, 1ms, between 10 ms and a day",
    "wasm.tenants.max-unknown, 0, at least must be kept"
  })
  void whatMakesNoSenseIsRefusedByName(String property, String value, String why) {
    this.runner
        .withPropertyValues(property + "=" + value)
        .run(
            context ->
                assertThatThrownBy(() -> add(context.getBean(WasmModuleManager.class)))
                    .hasStackTraceContaining("Property " + property + " with value")
                    .hasStackTraceContaining(why));
  }

  @Test
  void whoHasLoggedInIsTheTenant() {
    this.runner
        .withPropertyValues("wasm.tenants.enabled=true")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              WasmTenants tenants = context.getBean(WasmTenants.class);
              logIn("ada");
              add(manager);
              SecurityContextHolder.getContext()
                  .setAuthentication(
                      new AnonymousAuthenticationToken(
                          "key", "nobody", AuthorityUtils.createAuthorityList("ANONYMOUS")));
              add(manager);
              assertThat(tenants.find("ada").orElseThrow().admitted()).isOne();
              assertThat(tenants.find("nobody")).isEmpty();
              assertThat(tenants.find(WasmTenants.DEFAULT).orElseThrow().admitted()).isOne();
            });
  }

  @Test
  void butNotWhereThatIsTurnedOffOrThereIsNoSpringSecurity() {
    this.runner
        .withPropertyValues("wasm.tenants.enabled=true", "wasm.tenants.principal=false")
        .run(context -> assertThat(context).doesNotHaveBean(WasmTenantResolver.class));
    this.runner
        .withPropertyValues("wasm.tenants.enabled=true")
        .withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(WasmTenantResolver.class);
              assertThat(add(context.getBean(WasmModuleManager.class))).isEqualTo(3);
            });
  }

  @Test
  void aResolverOfTheApplicationIsAskedFirst() {
    logIn("ada");
    this.runner
        .withPropertyValues("wasm.tenants.enabled=true")
        .withBean(WasmTenantResolver.class, () -> call -> "of " + call.module())
        .run(
            context -> {
              add(context.getBean(WasmModuleManager.class));
              WasmTenants tenants = context.getBean(WasmTenants.class);
              assertThat(tenants.find("of calc").orElseThrow().admitted()).isOne();
              assertThat(tenants.find("ada")).isEmpty();
            });
  }

  @Test
  void alsoBeforeAHeader() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("X-Tenant", "of the header");
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    logIn("ada");
    WebApplicationContextRunner web =
        new WebApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    WasmTenantAutoConfiguration.class, WasmAutoConfiguration.class))
            .withPropertyValues(
                "wasm.modules.calc.location=classpath:wasm/calc.wasm",
                "wasm.tenants.header=X-Tenant");
    try {
      web.run(context -> assertThat(tenantOf(context)).isEqualTo("of the header"));
      web.withBean(WasmTenantResolver.class, () -> call -> "of " + call.module())
          .run(context -> assertThat(tenantOf(context)).isEqualTo("of calc"));
      web.withBean(WasmTenantResolver.class, () -> call -> null)
          .run(context -> assertThat(tenantOf(context)).isEqualTo("of the header"));
    } finally {
      RequestContextHolder.resetRequestAttributes();
    }
  }

  private static String tenantOf(ApplicationContext context) {
    add(context.getBean(WasmModuleManager.class));
    return context.getBean(WasmTenants.class).list().stream()
        .filter(status -> status.admitted() > 0)
        .map(WasmTenantStatus::tenant)
        .collect(Collectors.joining());
  }

  @Test
  void healthAndWhatTheApplicationDoesItselfNeedNoTenantOfTheirOwn() {
    this.runner
        .withConfiguration(AutoConfigurations.of(WasmHealthContributorAutoConfiguration.class))
        .withPropertyValues("wasm.tenants.required=true", "wasm.modules.calc.load=eager")
        .run(
            context -> {
              CompositeHealthContributor health = context.getBean(CompositeHealthContributor.class);
              HealthIndicator calc = (HealthIndicator) health.getContributor("calc");
              assertThat(calc.health().getStatus()).isEqualTo(Status.UP);
              assertThatThrownBy(() -> add(context.getBean(WasmModuleManager.class)))
                  .hasMessageContaining("wasm.tenants.required");
            });
  }

  @Test
  void metersHaveTheNamesOfTheSettingsAndNoOthers() {
    this.runner
        .withConfiguration(AutoConfigurations.of(WasmTenantMetricsAutoConfiguration.class))
        .withBean(SimpleMeterRegistry.class)
        .withPropertyValues("wasm.tenants.limits.acme.calls=1")
        .withBean(WasmTenantResolver.class, () -> call -> Thread.currentThread().getName())
        .run(
            context -> {
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              context.getBean(WasmTenantMetrics.class).bindTo(registry);
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              as("acme", () -> refuseOne(manager));
              for (int i = 0; i < 100; i++) {
                as("made-up-" + i, () -> add(manager));
              }
              assertThat(registry.get("wasm.tenant.calls").tag("tenant", "acme").functionCounter())
                  .extracting(counter -> counter.count())
                  .as("a session and a call in it")
                  .isEqualTo(2.0);
              assertThat(
                      registry
                          .get("wasm.tenant.rejected")
                          .tag("tenant", "acme")
                          .tag("limit", "calls")
                          .functionCounter()
                          .count())
                  .isEqualTo(1.0);
              assertThat(registry.get("wasm.tenant.calls").tag("tenant", "other").functionCounter())
                  .extracting(counter -> counter.count())
                  .isEqualTo(100.0);
              assertThat(registry.get("wasm.tenant.calls").functionCounters()).hasSize(3);
              assertThat(registry.get("wasm.tenant.running").tag("tenant", "acme").gauge().value())
                  .isZero();
              assertThat(registry.get("wasm.tenant.memory").gauges()).hasSize(3);
              assertThat(
                      registry
                          .get("wasm.tenant.cpu")
                          .tag("tenant", "other")
                          .functionCounter()
                          .count())
                  .isPositive();
            });
  }

  private static void refuseOne(WasmModuleManager manager) {
    try (WasmSession session = manager.open("calc")) {
      assertThat(session.call("add", 1, 2)).containsExactly(3);
      assertThatThrownBy(() -> add(manager)).isInstanceOf(WasmTenantRefusedException.class);
    }
  }

  private static void as(String thread, Runnable work) {
    Thread current = Thread.currentThread();
    String before = current.getName();
    current.setName(thread);
    try {
      work.run();
    } finally {
      current.setName(before);
    }
  }

  @Test
  void theEndpointShowsThem() {
    this.runner
        .withConfiguration(
            AutoConfigurations.of(
                WasmTenantEndpointAutoConfiguration.class, WasmEndpointAutoConfiguration.class))
        .withPropertyValues(
            "management.endpoints.web.exposure.include=wasm", "wasm.tenants.limits.acme.calls=1")
        .run(
            context -> {
              add(context.getBean(WasmModuleManager.class));
              Map<String, Object> shown =
                  context.getBean(WasmEndpoint.class).modules().contributions();
              assertThat(shown.get("tenants"))
                  .extracting("tenants")
                  .asInstanceOf(InstanceOfAssertFactories.LIST)
                  .extracting("tenant")
                  .isEqualTo(List.of("acme", "default"));
            });
  }
}
