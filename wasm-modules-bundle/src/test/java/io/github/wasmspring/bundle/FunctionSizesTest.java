package io.github.wasmspring.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/** HotSpot never compiles a method of more than 8,000 bytes of bytecode. */
class FunctionSizesTest {

  private static final int LIMIT = 8_000;

  static Stream<WasmModuleDescriptor> modules() {
    return new BundledModules().modules().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyFunctionCanBeCompiled(WasmModuleDescriptor module) throws IOException {
    String group = module.compiledClass().replace('.', '/') + "$Functions";
    List<String> tooLarge = new ArrayList<>();
    int groups = 0;
    while (true) {
      try (InputStream code = module.classLoader().getResourceAsStream(group + groups + ".class")) {
        if (code == null) {
          break;
        }
        new ClassReader(code).accept(new Sizes(tooLarge), 0);
      }
      groups++;
    }
    assertThat(groups).isPositive();
    assertThat(tooLarge).isEmpty();
  }

  private static final class Sizes extends ClassVisitor {

    private final List<String> tooLarge;

    Sizes(List<String> tooLarge) {
      super(Opcodes.ASM9);
      this.tooLarge = tooLarge;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new CodeSizeEvaluator(Opcodes.ASM9, null) {
        @Override
        public void visitEnd() {
          if (getMinSize() > LIMIT) {
            Sizes.this.tooLarge.add(name + ": " + getMinSize());
          }
        }
      };
    }
  }
}
