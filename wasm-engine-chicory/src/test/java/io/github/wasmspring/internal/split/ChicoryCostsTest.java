package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.Parser;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.chicory.ChicoryEngine;
import io.github.wasmspring.real.NpmPackage;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/** The estimate of what Chicory makes of a function is near what it really makes. */
class ChicoryCostsTest {

  private static final String FUNCTION = "func_";

  @ParameterizedTest
  @ValueSource(strings = {"quickjs", "sqlite"})
  void sizesAreEstimatedWell(String name) {
    byte[] whole = (name.equals("quickjs") ? NpmPackage.QUICKJS : NpmPackage.SQLITE).bytes();
    SplitModule split = Splits.of(whole);
    compare(whole, compiled(whole));
    Map<Integer, Integer> sizes = compiled(split.bytes());
    compare(split.bytes(), sizes);
    assertThat(split.functions()).isNotEmpty();
    assertThat(split.stillTooBig()).isEmpty();
    assertThat(sizes.values()).allMatch(size -> size <= SplitLimits.HOTSPOT);
  }

  private static void compare(byte[] bytes, Map<Integer, Integer> sizes) {
    ModuleBytes module = new ModuleBytes(bytes, ModuleFacts.of(bytes));
    ModuleContext context = module.context();
    int compared = 0;
    for (int i = 0; i < module.bodyCount(); i++) {
      int size = sizes.getOrDefault(module.imported() + i, 0);
      if (size > 4_000) {
        FunctionShape shape = FunctionShape.of(module.decode(i, context), context);
        assertThat((double) ChicoryEngine.COSTS.total(shape) / size)
            .as("function %d", module.imported() + i)
            .isCloseTo(1.02, within(0.08));
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private static Map<Integer, Integer> compiled(byte[] module) {
    Map<Integer, Integer> sizes = new HashMap<>();
    Compiler.builder(Parser.parse(module))
        .withClassName("compiled.Module")
        .withInterpreterFallback(InterpreterFallback.SILENT)
        .withClassCollectorFactory(ByteClassCollector::new)
        .build()
        .compile()
        .collector()
        .classBytes()
        .forEach((name, code) -> new ClassReader(code).accept(new Sizes(sizes), 0));
    return sizes;
  }

  private static final class Sizes extends ClassVisitor {

    private final Map<Integer, Integer> sizes;

    Sizes(Map<Integer, Integer> sizes) {
      super(Opcodes.ASM9);
      this.sizes = sizes;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new CodeSizeEvaluator(Opcodes.ASM9, null) {
        @Override
        public void visitEnd() {
          if (name.startsWith(FUNCTION)) {
            Sizes.this.sizes.put(Integer.parseInt(name.substring(FUNCTION.length())), getMinSize());
          }
        }
      };
    }
  }
}
