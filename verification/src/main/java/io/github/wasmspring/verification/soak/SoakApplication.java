package io.github.wasmspring.verification.soak;

import io.github.wasmspring.verification.hostile.HostileModules;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What is put under load: an application on the starter, with hostile modules besides. */
@SpringBootApplication(proxyBeanMethods = false)
class SoakApplication {

  /** Thousands of callers wait for a handful of instances, and nobody is to be turned away. */
  private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(90);

  static ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(SoakApplication.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .properties(
            Map.of(
                // No fallback may hide a failure.
                "wasm.execution.mode",
                "wasm",
                "wasm.defaults.pool.borrow-timeout",
                BORROW_TIMEOUT.toSeconds() + "s",
                // What is hostile fails all the time, and is to reach the module each time.
                "wasm.defaults.quarantine.failures",
                "0",
                "wasm.defaults.limits.timeout",
                "60s",
                "spring.threads.virtual.enabled",
                "true"))
        .run();
  }

  @Bean
  HostileModules hostileModules() {
    return new HostileModules(BORROW_TIMEOUT);
  }
}
