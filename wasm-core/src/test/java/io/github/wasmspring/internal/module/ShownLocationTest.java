package io.github.wasmspring.internal.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locations as people see them. */
class ShownLocationTest {

  @ParameterizedTest
  @CsvSource({
    "jar:file:/a/b.jar!/c.wasm, jar:file:/a/b.jar!/c.wasm",
    "jar:jar:https://ada:hush@example.org/b.jar, jar:jar:https://***@example.org/b.jar",
    "ada:hush@example.org, ***@example.org"
  })
  void locationsWithinOthersAreShown(String location, String shown) {
    assertThat(ShownLocation.of(location)).isEqualTo(shown);
  }

  @Test
  @Timeout(10)
  void whatIsNestedWithoutEndIsHidden() {
    assertThat(ShownLocation.of("a:".repeat(100_000) + "//ada:hush@example.org/"))
        .isEqualTo("a:a:a:a:a:a:a:a:***");
  }
}
