package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shared.SharedGreetings;
import io.github.wasmspring.autoconfigure.scan.WasmModuleScan;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;

/** An interface of a library becomes a bean where a scan names its package. */
@SpringBootTest
class ScanTest {

  @Autowired private SharedGreetings shared;

  @Autowired private Greeter greeter;

  @Test
  void theInterfaceOfTheLibraryIsABeanBesideThoseOfTheApplication() {
    assertThat(this.shared.greet("Ada", false)).isEqualTo("Hello, Ada! Nice to meet you.");
    assertThat(this.greeter).isNotNull();
  }

  @TestConfiguration
  @WasmModuleScan(basePackageClasses = {SharedGreetings.class, SampleApplication.class})
  static class Modules {}
}
