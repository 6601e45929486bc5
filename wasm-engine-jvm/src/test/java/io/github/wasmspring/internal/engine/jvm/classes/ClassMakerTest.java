package io.github.wasmspring.internal.engine.jvm.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Types at labels are written down where that pays. */
class ClassMakerTest {

  private static final int JAVA_5 = 49;
  private static final int JAVA_17 = 61;

  private static final String LOOP = "03 40 20 00 41 01 6b 22 00 0d 00 0b ";

  private static byte[] functions(String body, boolean lasting) {
    byte[] bytes = new ModuleMaker().type("60 01 7f 00").function(0, body + "0b").bytes();
    GuestModule module =
        GuestModule.of(
            bytes,
            ModuleFacts.of(bytes),
            true,
            false,
            false,
            VectorUse.HALVES,
            ClassNames.GENERATED);
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

  /** Calls by index are what they were where no other instance has a say in them. */
  @Test
  void onlyModulesThatExchangeFunctionsReckonWithThoseOfOthers() {
    ModuleMaker alone =
        new ModuleMaker().type("60 01 7f 00").function(0, "00 0b").table("70 00 01");
    assertThat(methodsOfCalls(alone)).containsExactly("call");
    assertThat(methodsOfCalls(alone.export("table", ModuleMaker.TABLE, 0)))
        .containsExactly("foreign", "call");
  }

  private static List<String> methodsOfCalls(ModuleMaker maker) {
    byte[] bytes = maker.bytes();
    GuestModule module =
        GuestModule.of(
            bytes,
            ModuleFacts.of(bytes),
            true,
            false,
            false,
            VectorUse.HALVES,
            ClassNames.GENERATED);
    FunctionMaker functions = new FunctionMaker(module, true, big -> {});
    byte[] made = new ClassMaker(module, new int[] {0}, functions, false).make("Indirect0");
    List<String> methods = new ArrayList<>();
    new ClassReader(made)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                methods.add(name);
                return null;
              }
            },
            0);
    return methods;
  }
}
