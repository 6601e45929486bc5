package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.testing.ModuleMaker;
import org.junit.jupiter.api.Test;

/** Types at labels are written down where that pays. */
class ClassMakerTest {

  private static final int JAVA_5 = 49;
  private static final int JAVA_17 = 61;

  private static final String LOOP = "03 40 20 00 41 01 6b 22 00 0d 00 0b ";

  private static byte[] functions(String body, boolean lasting) {
    byte[] bytes = new ModuleMaker().type("60 01 7f 00").function(0, body + "0b").bytes();
    GuestModule module =
        new GuestModule(bytes, ModuleFacts.of(bytes), true, false, ClassNames.GENERATED);
    FunctionMaker functions = new FunctionMaker(module, true, big -> {});
    return new ClassMaker(module, new int[0], functions, lasting).make("Functions0");
  }

  private static int version(byte[] classFile) {
    return classFile[7];
  }

  @Test
  void theJvmFindsTypesOfClassesThatAreLoadedOnce() {
    assertThat(version(functions("00 " + LOOP, false))).isEqualTo(JAVA_5);
  }

  @Test
  void classesThatAreLoadedAgainSayTypes() {
    assertThat(version(functions("00 " + LOOP, true))).isEqualTo(JAVA_17);
  }

  /** Which would take the JVM as much memory and time as both, multiplied. */
  @Test
  void longMethodsOfManyVariablesSayTypes() {
    assertThat(version(functions("01 d0 0f 7f " + LOOP.repeat(200), false))).isEqualTo(JAVA_17);
    assertThat(version(functions("01 20 7f " + LOOP.repeat(200), false))).isEqualTo(JAVA_5);
  }
}
