package io.github.wasmspring.internal.engine.jvm.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.jvm.instance.GuestFunction;
import io.github.wasmspring.internal.engine.jvm.run.Arithmetic;
import io.github.wasmspring.internal.engine.jvm.run.AtomicInstructions;
import io.github.wasmspring.internal.engine.jvm.run.DoubleLanes;
import io.github.wasmspring.internal.engine.jvm.run.FloatLanes;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.GuestException;
import io.github.wasmspring.internal.engine.jvm.run.GuestStop;
import io.github.wasmspring.internal.engine.jvm.run.IntegerLanes;
import io.github.wasmspring.internal.engine.jvm.run.LaneProducts;
import io.github.wasmspring.internal.engine.jvm.run.LaneShapes;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.MemoryAccesses;
import io.github.wasmspring.internal.engine.jvm.run.MemoryInstructions;
import io.github.wasmspring.internal.engine.jvm.run.ReferenceInstructions;
import io.github.wasmspring.internal.engine.jvm.run.SharedInstructions;
import io.github.wasmspring.internal.engine.jvm.run.Table64Instructions;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import io.github.wasmspring.internal.engine.jvm.run.TailCall;
import io.github.wasmspring.module.WasmDigest;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes that were made before go on to find what they use. */
class BuiltFormTest {

  /**
   * What generated code may use or override that is kept, which is never the code for globals of
   * other instances.
   */
  private static final List<Class<?>> USED =
      List.of(
          Arithmetic.class,
          AtomicInstructions.class,
          BuiltModule.class,
          DoubleLanes.class,
          FloatLanes.class,
          GuestContext.class,
          GuestException.class,
          GuestFunction.class,
          GuestStop.class,
          IntegerLanes.class,
          LaneProducts.class,
          LaneShapes.class,
          LinearMemory.class,
          MemoryAccesses.class,
          MemoryInstructions.class,
          ReferenceInstructions.class,
          SharedInstructions.class,
          Table64Instructions.class,
          TableInstructions.class,
          TailCall.class,
          WasmDirectFunction.class,
          WasmInstance.class);

  private static String open() {
    return String.join("\n", USED.stream().flatMap(BuiltFormTest::open).sorted().toList());
  }

  private static Stream<String> open(Class<?> type) {
    Stream<Member> members =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
            .flatMap(Arrays::stream);
    return members
        .filter(member -> !member.isSynthetic())
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .map(BuiltFormTest::describe);
  }

  private static String describe(Member member) {
    if (member instanceof Field field) {
      return field.toString();
    }
    return member instanceof Method method
        ? method.toString()
        : ((Constructor<?>) member).toString();
  }

  @Test
  void aChangeOfWhatGeneratedCodeUsesIsANewForm() {
    assertThat(WasmDigest.of(open().getBytes(StandardCharsets.UTF_8)))
        .as("Raise BuiltModule.FORM, and say here what is open now:%n%s", open())
        .isEqualTo(expected());
  }

  private static String expected() {
    assertThat(BuiltModule.FORM).isEqualTo(6);
    return "sha256:d91adc8f41d9e95ed28f65c73ffe697c77e1b80d910d73db4c614ea9475fa8bc";
  }
}
