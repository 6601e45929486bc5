package io.github.wasmspring.autoconfigure.observe.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.observe.WasmProfiler;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmProfileEndpointAutoConfigurationTest {

  private final ApplicationContextRunner notExposed =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmProfileEndpointAutoConfiguration.class));

  private final ApplicationContextRunner runner =
      this.notExposed.withPropertyValues("management.endpoints.web.exposure.include=wasmprofile");

  @Test
  void nothingIsProfiledUntilSomebodyStartsIt() {
    this.runner.run(
        context -> {
          WasmProfileEndpoint endpoint = context.getBean(WasmProfileEndpoint.class);
          assertThat(endpoint.profile()).isNull();
          assertThat(endpoint.text("folded")).isNull();
          assertThat(endpoint.stop()).isNull();
        });
  }

  @Test
  void startsAndStops() {
    this.runner.run(
        context -> {
          WasmProfileEndpoint endpoint = context.getBean(WasmProfileEndpoint.class);
          assertThat(endpoint.start(null, null, null).rate()).isEqualTo(100);
          assertThat(endpoint.profile().running()).isTrue();
          assertThat(endpoint.text("folded")).isEmpty();
          assertThat(endpoint.text("speedscope")).isNull();
          assertThat(endpoint.stop().running()).isFalse();
        });
  }

  @Test
  void refusesNumbersOutOfRangeAndASecondStart() {
    this.runner.run(
        context -> {
          WasmProfileEndpoint endpoint = context.getBean(WasmProfileEndpoint.class);
          assertThatExceptionOfType(InvalidEndpointRequestException.class)
              .isThrownBy(() -> endpoint.start(5000, null, null))
              .withMessageContaining("from 1 to 1000");
          assertThatExceptionOfType(InvalidEndpointRequestException.class)
              .isThrownBy(() -> endpoint.start(null, 3600, null))
              .withMessageContaining("at most PT10M");
          endpoint.start(1, 60, "calc");
          assertThatExceptionOfType(InvalidEndpointRequestException.class)
              .isThrownBy(() -> endpoint.start(null, null, null))
              .withMessageContaining("stop it first");
        });
  }

  @Test
  void isNotThereUnlessItIsExposed() {
    this.notExposed.run(
        context ->
            assertThat(context)
                .doesNotHaveBean(WasmProfileEndpoint.class)
                .doesNotHaveBean(WasmProfiler.class));
  }

  @Test
  void isNotThereWhereAccessIsDenied() {
    this.runner
        .withPropertyValues("management.endpoint.wasmprofile.access=NONE")
        .run(context -> assertThat(context).doesNotHaveBean(WasmProfileEndpoint.class));
  }

  @Test
  void backsOffForTheUsersOwn() {
    WasmProfiler own = new WasmProfiler(new CallWatchdog());
    this.runner
        .withBean(WasmProfiler.class, () -> own)
        .withBean("ownEndpoint", WasmProfileEndpoint.class, () -> new WasmProfileEndpoint(own))
        .run(
            context -> {
              assertThat(context).hasSingleBean(WasmProfiler.class);
              assertThat(context).hasSingleBean(WasmProfileEndpoint.class);
            });
  }

  @Test
  void needsActuator() {
    this.runner
        .withClassLoader(new FilteredClassLoader(Endpoint.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WasmProfiler.class));
  }
}
