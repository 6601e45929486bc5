package io.github.wasmspring.internal.engine.jvm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/** What HotSpot decides by, as it is in the class file: not every compiler need keep it. */
class MemoryAccessesTest {

  /** {@code C1InlineStackLimit}. */
  private static final int MOST_WORDS_FOR_C1 = 10;

  /** {@code MaxInlineSize}: C2 inlines so much wherever it was called. */
  private static final int MOST_BYTES_FOR_C2 = 35;

  private record Method(String name, int words, int bytes) {}

  @Test
  void areLeftAloneByC1AndInlinedByC2() throws IOException {
    assertThat(methods())
        .hasSize(13)
        .allSatisfy(
            method -> {
              assertThat(method.words()).isGreaterThan(MOST_WORDS_FOR_C1);
              assertThat(method.bytes()).isLessThanOrEqualTo(MOST_BYTES_FOR_C2);
            });
  }

  private static List<Method> methods() throws IOException {
    List<Method> methods = new ArrayList<>();
    try (InputStream file = MemoryAccesses.class.getResourceAsStream("MemoryAccesses.class")) {
      new ClassReader(file)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    String signature,
                    String[] exceptions) {
                  return (access & Opcodes.ACC_PUBLIC) == 0 ? null : measure(name, methods);
                }
              },
              0);
    }
    return methods;
  }

  private static MethodVisitor measure(String name, List<Method> methods) {
    return new CodeSizeEvaluator(Opcodes.ASM9, null) {
      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        methods.add(new Method(name, maxLocals, getMaxSize()));
      }
    };
  }
}
