package io.github.wasmspring.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The specification's test suite as a judge of what is a module. */
@Tag("once")
class SpecificationBinaryTest {

  /** Written before memory64, since when the size of a memory is a number of 64 bits. */
  private static final Set<String> OLDER_THAN_MEMORY64 =
      Set.of("threads/memory:83", "threads/memory:87", "threads/memory:91");

  @Test
  void everyModuleThatRunsIsRead() throws IOException {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (SpecificationCommand command : SpecificationCommand.all()) {
      if (command.isToRun()) {
        try {
          ModuleFacts.of(command.module());
          read++;
        } catch (WasmBinaryException refused) {
          wrong.add(command + " " + refused.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(2_000);
  }

  /** Damage in custom sections is no reason to refuse a module here, but it is noticed. */
  @Test
  void everyMalformedModuleIsRefusedAsMalformed() throws IOException {
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (SpecificationCommand command : SpecificationCommand.all()) {
      if (command.type().equals("assert_malformed")) {
        try {
          ModuleFacts facts = ModuleFacts.of(command.module());
          if (facts.customSections().stream().noneMatch(CustomSection::isDamaged)
              && !OLDER_THAN_MEMORY64.contains(command.toString())) {
            wrong.add(command + " is read");
          }
        } catch (WasmBinaryException expected) {
          if (expected.kind() == Kind.MALFORMED) {
            refused++;
          } else {
            wrong.add(command + " " + expected.kind() + " " + expected.getMessage());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).isGreaterThan(500);
  }

  /** Most invalid modules are for the validation of an engine, but none is malformed. */
  @Test
  void noInvalidModuleIsCalledMalformed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (SpecificationCommand command : SpecificationCommand.all()) {
      if (command.type().equals("assert_invalid")) {
        try {
          ModuleFacts.of(command.module());
        } catch (WasmBinaryException expected) {
          if (expected.kind() != Kind.INVALID) {
            wrong.add(command + " " + expected.kind() + " " + expected.getMessage());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
