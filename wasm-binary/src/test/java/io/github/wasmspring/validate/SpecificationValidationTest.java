package io.github.wasmspring.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.CustomSection;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.SpecificationCommand;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The specification's test suite as a judge of what is valid. */
class SpecificationValidationTest {

  /** Rules of the threads proposal's suite from before several memories and tables were allowed. */
  private static final Set<String> LIFTED = Set.of("multiple memories", "multiple tables");

  /** Written before memory64, since when the size of a memory is a number of 64 bits. */
  private static final Set<String> OLDER_THAN_MEMORY64 =
      Set.of("threads/memory:83", "threads/memory:87", "threads/memory:91");

  private static @Nullable WasmBinaryException refusal(byte[] module) {
    try {
      ModuleValidator.validate(module, ModuleFacts.of(module));
      return null;
    } catch (WasmBinaryException refused) {
      return refused;
    }
  }

  private static String told(SpecificationCommand command, @Nullable WasmBinaryException refusal) {
    return refusal == null
        ? command + " is valid (" + command.text() + ")"
        : command
            + " is "
            + refusal.kind()
            + ": "
            + refusal.getMessage()
            + " ("
            + command.text()
            + ")";
  }

  @Test
  void everyModuleThatRunsIsValid() throws IOException {
    List<String> wrong = new ArrayList<>();
    int valid = 0;
    int unsupported = 0;
    for (SpecificationCommand command : SpecificationCommand.all()) {
      if (command.isToRun()) {
        WasmBinaryException refusal = refusal(command.module());
        if (refusal == null) {
          valid++;
        } else if (refusal.kind() == Kind.UNSUPPORTED) {
          unsupported++;
        } else {
          wrong.add(told(command, refusal));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(valid).isGreaterThan(2_500);
    assertThat(unsupported).isLessThan(150);
  }

  @Test
  void everyInvalidModuleIsRefusedAsInvalid() throws IOException {
    List<String> wrong = new ArrayList<>();
    int invalid = 0;
    int unsupported = 0;
    for (SpecificationCommand command : SpecificationCommand.all()) {
      if (command.type().equals("assert_invalid") && !LIFTED.contains(command.text())) {
        WasmBinaryException refusal = refusal(command.module());
        if (refusal != null && refusal.kind() == Kind.INVALID) {
          invalid++;
        } else if (refusal != null && refusal.kind() == Kind.UNSUPPORTED) {
          unsupported++;
        } else {
          wrong.add(told(command, refusal));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(invalid).isGreaterThan(2_700);
    assertThat(unsupported).isLessThan(70);
  }

  /** Damage in custom sections is no reason to refuse a module here. */
  @Test
  void everyMalformedModuleIsRefusedAsMalformed() throws IOException {
    List<String> wrong = new ArrayList<>();
    int malformed = 0;
    for (SpecificationCommand command : SpecificationCommand.all()) {
      if (command.type().equals("assert_malformed")) {
        WasmBinaryException refusal = refusal(command.module());
        if (refusal != null && refusal.kind() == Kind.MALFORMED) {
          malformed++;
        } else if (!OLDER_THAN_MEMORY64.contains(command.toString())
            && (refusal != null || !hasDamagedSection(command.module()))) {
          wrong.add(told(command, refusal));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(malformed).isGreaterThan(600);
  }

  private static boolean hasDamagedSection(byte[] module) {
    return ModuleFacts.of(module).customSections().stream().anyMatch(CustomSection::isDamaged);
  }
}
