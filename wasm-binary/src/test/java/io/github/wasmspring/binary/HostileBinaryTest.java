package io.github.wasmspring.binary;

import static io.github.wasmspring.binary.ModuleBuilder.content;
import static io.github.wasmspring.binary.ModuleBuilder.module;
import static io.github.wasmspring.binary.ModuleBuilder.withFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a few bytes that promise more than there is, or more than anybody needs. */
@Tag("once")
class HostileBinaryTest {

  private static final long HUGE = 0x7fff_ffffL;
  private static final int I32 = 0x7f;
  private static final int BLOCK = 0x02;
  private static final int IF = 0x04;
  private static final int END = 0x0b;

  /** What reading makes beside a multiple of the module, e.g. a message. */
  private static final long SMALL_CHANGE = 256 * 1024;

  private static final int HEAP_PER_BYTE = 60;

  static Stream<Arguments> refused() {
    return Stream.of(
        bomb(
            "a name of an import",
            Kind.MALFORMED,
            module().section(2, content().number(1).number(HUGE).add('e', 'n', 'v'))),
        bomb(
            "parameters",
            Kind.LIMIT,
            module().section(1, content().add(1, 0x60).number(HUGE).add(I32))),
        bomb(
            "more parameters",
            Kind.LIMIT,
            module().section(1, content().add(1, 0x60).number(0xffff_ffffL).add(I32))),
        bomb(
            "supertypes",
            Kind.LIMIT,
            module().section(1, content().add(1, 0x50).number(HUGE).add(0))),
        bomb(
            "types in a group",
            Kind.LIMIT,
            module().section(1, content().add(1, 0x4e).number(HUGE).add(0))),
        bomb(
            "types",
            Kind.LIMIT,
            module().section(1, content().number(1_000_000).repeat(1_000_000, 0x60, 0, 0))),
        bomb("imports that are not there", Kind.LIMIT, module().section(2, content().number(HUGE))),
        bomb(
            "functions that are not there",
            Kind.MALFORMED,
            module()
                .section(1, ModuleBuilder.ONE_FUNCTION_TYPE)
                .section(3, content().number(999_999))),
        bomb(
            "functions without end",
            Kind.LIMIT,
            module()
                .section(1, ModuleBuilder.ONE_FUNCTION_TYPE)
                .section(3, content().number(HUGE))),
        bomb(
            "elements",
            Kind.MALFORMED,
            module()
                .section(4, content().add(1, 0x70, 0, 1))
                .section(9, content().add(1, 0, 0x41, 0, END).number(HUGE))),
        bomb(
            "data",
            Kind.MALFORMED,
            module()
                .section(5, content().add(1, 0, 1))
                .section(11, content().add(1, 1).number(HUGE).add(0))),
        bomb("a section", Kind.MALFORMED, module().add(1).number(0xffff_ffffL).add(0)),
        bomb(
            "a custom section that takes the code with it",
            Kind.MALFORMED,
            withFunction().add(0).number(0xffff_ffffL)),
        bomb(
            "locals of a group",
            Kind.LIMIT,
            withFunction().code(content().number(1).number(50_001).add(I32, 0x41, 0, END))),
        bomb(
            "locals of many groups",
            Kind.LIMIT,
            withFunction().code(content().number(20_000).add(group(20_000)).add(0x41, 0, END))),
        bomb("locals of many functions", Kind.LIMIT, manyLocals(20_000)),
        bomb(
            "blocks",
            Kind.LIMIT,
            withFunction()
                .code(
                    content()
                        .add(0)
                        .repeat(100_000, BLOCK, 0x40)
                        .repeat(100_000, END)
                        .add(0x41, 0, END))),
        bomb(
            "conditions",
            Kind.LIMIT,
            withFunction()
                .code(content().add(0).repeat(50_000, 0x41, 0, IF, 0x40).repeat(50_001, END))),
        bomb(
            "targets",
            Kind.LIMIT,
            withFunction()
                .code(
                    content()
                        .add(0, 0x41, 0, 0x0e)
                        .number(1_500_000)
                        .repeat(1_500_001, 0)
                        .add(END))),
        bomb(
            "targets that are not there",
            Kind.LIMIT,
            withFunction().code(content().add(0, 0x41, 0, 0x0e).number(HUGE).add(0, END))),
        bomb(
            "handlers",
            Kind.LIMIT,
            withFunction().code(content().add(0, 0x1f, 0x40).number(HUGE).add(0, END))),
        bomb(
            "types of a select",
            Kind.LIMIT,
            withFunction().code(content().add(0, 0x1c).number(HUGE).add(0, END))),
        bomb(
            "tables",
            Kind.LIMIT,
            module().section(4, content().number(300_000).repeat(300_000, 0x70, 0, 0))),
        bomb(
            "memories",
            Kind.LIMIT,
            module().section(5, content().number(100_000).repeat(100_000, 0, 0))),
        bomb(
            "imported memories",
            Kind.LIMIT,
            module().section(2, content().number(2_000).repeat(2_000, 1, 'm', 1, 'x', 2, 0, 0))),
        bomb(
            "globals",
            Kind.LIMIT,
            module()
                .section(6, content().number(1_000_000).repeat(1_000_000, I32, 1, 0x41, 0, END))),
        bomb(
            "tags",
            Kind.LIMIT,
            module()
                .section(1, content().add(1, 0x60, 0, 0))
                .section(13, content().number(99_999).repeat(99_999, 0, 0))),
        bomb("exports", Kind.LIMIT, withFunction().section(7, content().number(HUGE))),
        bomb(
            "segments",
            Kind.LIMIT,
            withFunction().section(9, content().number(2_000_000).repeat(2_000_000, 1, 0, 0))),
        bomb(
            "a second function section",
            Kind.MALFORMED,
            withFunction().section(3, content().number(300_000).repeat(300_000, 0))),
        bomb(
            "a function of eight megabytes",
            Kind.LIMIT,
            withFunction().code(content().add(0).repeat(8_000_000, 1).add(0x41, 0, END))));
  }

  private static Arguments bomb(String name, Kind kind, ModuleBuilder module) {
    return Arguments.of(name, kind, module.build());
  }

  private static byte[] group(int times) {
    ModuleBuilder groups = content();
    for (int i = 0; i < times; i++) {
      groups.number(50_000).add(I32);
    }
    return groups.build();
  }

  private static ModuleBuilder manyLocals(int functions) {
    byte[] body = content().number(1).number(50_000).add(I32, 0x41, 0, END).build();
    ModuleBuilder code = content().number(functions);
    for (int i = 0; i < functions; i++) {
      code.number(body.length).add(body);
    }
    return module()
        .section(1, ModuleBuilder.ONE_FUNCTION_TYPE)
        .section(3, content().number(functions).repeat(functions, 0))
        .section(10, code);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedWithLittleHeap(String name, Kind kind, byte[] module) {
    catchThrowableOfType(WasmBinaryException.class, () -> ModuleFacts.of(module)).getMessage();
    long before = allocated();
    WasmBinaryException refused =
        catchThrowableOfType(WasmBinaryException.class, () -> ModuleFacts.of(module));
    long used = allocated() - before;

    assertThat(refused).isNotNull();
    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.offset()).isBetween(0, module.length);
    assertThat(refused.getMessage()).hasSizeLessThan(300).contains("offset 0x");
    assertThat(used).isLessThan(SMALL_CHANGE + (long) HEAP_PER_BYTE * module.length);
  }

  @Test
  void floodsOfCustomSectionsAreReadOver() {
    byte[] module =
        withFunction().repeat(1_000_000, 0, 1, 0).code(content().add(0, 0x41, 0, END)).build();

    assertThat(ModuleFacts.of(module).customSections()).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void damagedCustomSectionsAreNoReasonToRefuseAModule() {
    byte[] module =
        withFunction()
            .section(0, content().number(HUGE).add('x'))
            .section(0, content().number(2).add(0xff, 0xfe))
            .section(0, content())
            .code(content().add(0, 0x41, 0, END))
            .build();

    assertThat(ModuleFacts.of(module).customSections())
        .hasSize(3)
        .allMatch(CustomSection::isDamaged);
  }

  /** Whatever is done to a module, it is read or refused, and nothing else happens. */
  @Test
  void noByteMakesItThrowAnythingElse() {
    byte[] module = EveryKind.module();
    Random random = new Random(7);
    for (int round = 0; round < 100_000; round++) {
      byte[] changed =
          Arrays.copyOf(module, module.length - random.nextInt(4) * random.nextInt(20));
      for (int change = random.nextInt(4); change >= 0; change--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        ModuleFacts.of(changed);
      } catch (WasmBinaryException refused) {
        assertThat(refused.offset()).isBetween(0, changed.length);
      }
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
