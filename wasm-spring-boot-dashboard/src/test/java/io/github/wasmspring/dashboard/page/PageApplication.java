package io.github.wasmspring.dashboard.page;

import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An application as many are: people sign in, and its modules are called. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PageApplication {

  static final String FAILING = "failing";

  /** A name that turns text around, opens tags and rings a bell. */
  static final String HOSTILE =
      "\u202Egnp.exe <img src=x onerror=\"document.title='owned'\"> \u200B\u0007 <script>x</script>";

  @Bean
  SecurityFilterChain people(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("ada").password("{noop}secret").roles("WASM", "WASM_ACTIONS").build(),
        User.withUsername("eve").password("{noop}secret").roles("WASM").build());
  }

  @Bean
  WasmModuleProvider failing() throws IOException {
    Path file = Files.createTempFile("failing", ".wasm");
    file.toFile().deleteOnExit();
    Files.write(file, trap());
    return () ->
        List.of(
            WasmModuleDescriptor.builder(FAILING)
                .description(HOSTILE)
                .tags(HOSTILE)
                .location(file.toUri().toString())
                .settings(settings -> settings.quarantineFailures(0))
                .build());
  }

  /** {@code (module (func (export "fail") (export "…") unreachable))} */
  private static byte[] trap() {
    ByteArrayOutputStream exports = new ByteArrayOutputStream();
    exports.write(2);
    for (String name : new String[] {"fail", HOSTILE}) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      exports.write(bytes.length);
      exports.writeBytes(bytes);
      exports.write(0);
      exports.write(0);
    }
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(HexFormat.of().parseHex("0061736d0100000001040160000003020100"));
    module.write(7);
    module.write(exports.size());
    module.writeBytes(exports.toByteArray());
    module.writeBytes(HexFormat.of().parseHex("0a05010300000b"));
    return module.toByteArray();
  }
}
