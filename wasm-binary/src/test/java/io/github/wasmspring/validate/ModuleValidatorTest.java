package io.github.wasmspring.validate;

import static io.github.wasmspring.binary.ModuleBuilder.content;
import static io.github.wasmspring.binary.ModuleBuilder.module;
import static io.github.wasmspring.binary.ModuleBuilder.withFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.binary.ModuleBuilder;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.SpecificationCommand;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of an invalid module, and that no module makes it slow or break. */
class ModuleValidatorTest {

  private static final int MUTATIONS = 100_000;

  private static void validate(byte[] module) {
    ModuleValidator.validate(module, ModuleFacts.of(module));
  }

  private static void assertRefused(Kind kind, String message, ModuleBuilder module) {
    assertThatExceptionOfType(WasmBinaryException.class)
        .isThrownBy(() -> validate(module.build()))
        .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind))
        .withMessage(message);
  }

  private static ModuleBuilder body(int... octets) {
    return withFunction().code(content().add(0).add(octets));
  }

  @Test
  void functionOffsetAndTypesAreTold() {
    assertRefused(
        Kind.INVALID,
        "function 0: type mismatch: expected i32, found f32 (offset 0x1d)",
        body(0x43, 0, 0, 0, 0, 0x0b));
  }

  @Test
  void whatIsNotThereIsTold() {
    assertRefused(
        Kind.INVALID,
        "function 0: unknown local 7: there are 0 (offset 0x18)",
        body(0x20, 7, 0x0b));
    assertRefused(
        Kind.INVALID,
        "function 0: unknown memory 0: there are 0 (offset 0x1a)",
        body(0x41, 0, 0x28, 2, 0, 0x0b));
  }

  @Test
  void whatIsTooMuchOnTheStackIsTold() {
    assertRefused(
        Kind.INVALID,
        "function 0: type mismatch: 1 values too many at the end of a block, on top i64 (offset 0x1c)",
        body(0x42, 0, 0x41, 0, 0x0b));
  }

  @Test
  void whatIsWrongOutsideOfFunctionsHasItsPlace() {
    assertRefused(
        Kind.INVALID,
        "size minimum must not be greater than maximum: a memory from 2 to 1 pages (offset 0xa)",
        module().section(5, content().add(1, 1, 2, 1)));
    assertRefused(
        Kind.INVALID,
        "unknown global 0: there are 0 (offset 0xd)",
        module().section(6, content().add(1, 0x7f, 0, 0x23, 0, 0x0b)));
  }

  @Test
  void garbageCollectionIsRefusedByName() {
    assertRefused(
        Kind.UNSUPPORTED,
        "it uses garbage collection (structs, arrays, i31 and their references) (offset 0x1a)",
        body(0x41, 0, 0xfb, 28, 0xfb, 30, 0x0b));
  }

  /** The targets of each are as many as there may be, and each label carries a thousand values. */
  @Test
  @Timeout(20)
  void wideTablesOfBranchesTakeNoLongTime() {
    ModuleBuilder code = content().add(0);
    int blocks = 50;
    for (int i = 0; i < blocks; i++) {
      code.add(0x02, 1);
    }
    code.add(0x00);
    for (int i = 0; i < 50; i++) {
      code.add(0x0e).number(60_000).repeat(60_001, 3);
    }
    for (int i = 0; i < blocks; i++) {
      code.add(0x0b);
    }
    code.repeat(1_000, 0x1a);
    byte[] module =
        module()
            .section(1, content().add(2, 0x60, 0, 0, 0x60, 0).number(1_000).repeat(1_000, 0x7f))
            .section(3, content().add(1, 0))
            .code(code.add(0x0b))
            .build();

    validate(module);
  }

  @Test
  @Timeout(20)
  void aStackWithoutEndIsRefused() {
    ModuleBuilder code = content().add(0).repeat(2_000, 0x10, 0);
    assertRefused(
        Kind.LIMIT,
        "function 0: more than 1000000 values on the stack (offset 0xbd3)",
        module()
            .section(1, content().add(1, 0x60, 0).number(1_000).repeat(1_000, 0x7f))
            .section(3, content().add(1, 0))
            .code(code.add(0x0b)));
  }

  /** Of the specification's modules, which have every instruction. */
  @Test
  void noByteMakesItThrowAnythingElse() throws IOException {
    List<byte[]> modules =
        SpecificationCommand.all().stream()
            .filter(SpecificationCommand::isToRun)
            .map(SpecificationCommand::module)
            .filter(module -> module.length > 8 && module.length < 4_096)
            .toList();
    Random dice = new Random(35);
    int valid = 0;
    int invalid = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] module = modules.get(dice.nextInt(modules.size())).clone();
      for (int changes = 1 + dice.nextInt(3); changes > 0; changes--) {
        module[8 + dice.nextInt(module.length - 8)] = (byte) dice.nextInt();
      }
      try {
        validate(module);
        valid++;
      } catch (WasmBinaryException refused) {
        invalid += refused.kind() == Kind.INVALID ? 1 : 0;
      }
    }
    assertThat(valid).isGreaterThan(1_000);
    assertThat(invalid).isGreaterThan(1_000);
  }
}
