package io.github.wasmspring.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.testing.ModuleMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types of one module and those of another. */
@Timeout(60)
class ExternalTypeMatchingTest {

  private static final String NOTHING = "60 00 00";
  private static final String GIVES_INT = "60 00 01 7f";
  private static final String TAKES_ITSELF = "60 01 64 00 00";

  private static ModuleFacts module(String... types) {
    ModuleMaker module = new ModuleMaker();
    for (String type : types) {
      module.type(type);
    }
    return ModuleFacts.of(module.bytes());
  }

  private static ExternalTypeMatching matching(ModuleFacts given, ModuleFacts wanted) {
    return new ExternalTypeMatching(new FunctionTypes(given), new FunctionTypes(wanted));
  }

  @Test
  void typesAreTheSameWhereverTheyStand() {
    ModuleFacts given = module(GIVES_INT, "60 01 63 00 01 64 00");
    ModuleFacts wanted = module(NOTHING, GIVES_INT, "60 01 63 01 01 64 01", "60 01 63 00 01 64 00");
    ExternalTypeMatching matching = matching(given, wanted);
    assertThat(matching.areEqual(0, 1)).isTrue();
    assertThat(matching.areEqual(0, 0)).isFalse();
    assertThat(matching.areEqual(1, 2)).isTrue();
    assertThat(matching.areEqual(1, 3)).isFalse();
    assertThat(matching.areEqual(1, 2)).isTrue();
  }

  @Test
  void nullMattersInsideOfTypes() {
    assertThat(
            matching(module(NOTHING, "60 01 63 00 00"), module(NOTHING, "60 01 64 00 00"))
                .areEqual(1, 1))
        .isFalse();
  }

  @Test
  void oneThatRefersToItselfIsNotOneThatRefersToThat() {
    ModuleFacts both = module(TAKES_ITSELF, "60 01 64 00 00");
    ModuleFacts alone = module(TAKES_ITSELF);
    assertThat(matching(alone, both).areEqual(0, 0)).isTrue();
    assertThat(matching(both, alone).areEqual(1, 0)).isFalse();
    assertThat(matching(alone, both).areEqual(0, 1)).isFalse();
  }

  /** Written out, the last of them would have more parameters than there are atoms. */
  @Test
  void chainsOfTypesTakeNoLongerThanTheyAre() {
    int length = 5000;
    String[] chain = new String[length];
    String[] other = new String[length + 1];
    chain[0] = GIVES_INT;
    other[0] = NOTHING;
    other[1] = GIVES_INT;
    for (int i = 1; i < length; i++) {
      chain[i] = "60 02 64 %1$s 64 %1$s 00".formatted(number(i - 1));
      other[i + 1] = "60 02 64 %1$s 64 %1$s 00".formatted(number(i));
    }
    ModuleFacts given = module(chain);
    assertThat(matching(given, module(other)).areEqual(length - 1, length)).isTrue();
    other[1] = "60 00 01 7e";
    assertThat(matching(given, module(other)).areEqual(length - 1, length)).isFalse();
  }

  /** A signed LEB128. */
  private static String number(int value) {
    return "%02x %02x %02x".formatted(value & 0x7f | 0x80, value >> 7 & 0x7f | 0x80, value >> 14);
  }

  @ParameterizedTest
  @CsvSource({
    "64 70, 70, true",
    "70, 64 70, false",
    "64 00, 70, true",
    "64 00, 63 00, true",
    "63 00, 64 00, false",
    "70, 63 00, false",
    "6f, 70, false",
    "7f, 7f, true",
    "7f, 7e, false",
    "7f, 70, false"
  })
  void aConstantMayBeOfANarrowerType(String given, String wanted, boolean matches) {
    assertThat(matches(global(given, 0), global(wanted, 0))).isEqualTo(matches);
    assertThat(matches(global(given, 1), global(wanted, 1))).isEqualTo(given.equals(wanted));
    assertThat(matches(global(given, 0), global(given, 1))).isFalse();
  }

  private static ModuleFacts global(String type, int mutable) {
    return imported("03 %s %02x".formatted(type, mutable));
  }

  @ParameterizedTest
  @CsvSource({
    "02 01 01 03, 02 00 01, true",
    "02 01 01 03, 02 01 01 03, true",
    "02 01 01 03, 02 01 00 04, true",
    "02 01 01 03, 02 01 01 02, false",
    "02 00 01, 02 01 01 03, false",
    "02 01 01 03, 02 00 02, false",
    "02 03 01 03, 02 01 01 03, false",
    "02 05 01 03, 02 01 01 03, false",
    "02 09 01 03 00, 02 01 01 03, false",
    "01 70 01 04 08, 01 70 00 04, true",
    "01 70 01 04 08, 01 70 01 04 07, false",
    "01 70 00 04, 01 6f 00 04, false",
    "01 63 00 00 04, 01 70 00 04, false",
    "01 63 00 00 04, 01 63 00 00 04, true",
    "01 70 05 04 08, 01 70 01 04 08, false",
    "04 00 00, 04 00 00, true",
    "04 00 00, 04 00 01, false",
    "00 00, 00 00, true",
    "00 00, 00 01, false",
    "00 00, 04 00 00, false",
    "02 00 01, 01 70 00 01, false"
  })
  void kindsSizesAndTypesHaveToFit(String given, String wanted, boolean matches) {
    assertThat(matches(imported(given), imported(wanted))).isEqualTo(matches);
  }

  private static ModuleFacts imported(String hex) {
    return ModuleFacts.of(
        new ModuleMaker().type(NOTHING).type("60 01 7f 00").imports("a", "b", hex).bytes());
  }

  private static boolean matches(ModuleFacts given, ModuleFacts wanted) {
    return matching(given, wanted).matches(type(given), type(wanted));
  }

  private static ExternalType type(ModuleFacts module) {
    return module.imports().get(0).type();
  }

  @Test
  void typesAreDescribedAsTheTextFormatWritesThem() {
    assertThat(ExternalTypes.describe(type(imported("02 05 01 03")))).isEqualTo("(memory i64 1 3)");
    assertThat(ExternalTypes.describe(type(imported("02 09 01 03 00"))))
        .isEqualTo("(memory 1 3 (pagesize 1))");
    assertThat(ExternalTypes.describe(type(imported("01 70 00 04"))))
        .isEqualTo("(table 4 funcref)");
    assertThat(ExternalTypes.describe(type(imported("03 7f 01")))).isEqualTo("(global (mut i32))");
    assertThat(ExternalTypes.describe(type(imported("00 01")))).isEqualTo("(i32) -> ()");
    assertThat(ExternalTypes.describe(type(imported("04 00 01")))).isEqualTo("(tag (i32) -> ())");
  }
}
