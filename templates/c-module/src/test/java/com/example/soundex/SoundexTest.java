package com.example.soundex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** With {@code mode=wasm} no fallback hides what is wrong with the module. */
@SpringBootTest(properties = "wasm.execution.mode=wasm")
class SoundexTest {

  private static final Soundex JAVA = new Soundex() {};

  @Autowired private Soundex soundex;

  @ParameterizedTest
  @CsvSource({
    "Robert, R163",
    "Rupert, R163",
    "Rubin, R150",
    "Ashcraft, A261",
    "Tymczak, T522",
    "Pfister, P236",
    "Honeyman, H555",
    "O'Hara, O600",
    "Lee, L000",
    "'', ''",
    "123, ''"
  })
  void knowsTheCodesOfNames(String name, String code) {
    assertThat(this.soundex.soundex(name)).isEqualTo(code);
  }

  @Test
  void moduleAndFallbackAgree() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      String name =
          random
              .ints(random.nextInt(12), 'A', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(this.soundex.soundex(name)).as(name).isEqualTo(JAVA.soundex(name));
    }
  }
}
