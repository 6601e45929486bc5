package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every name that ECMA-262 has for a general category, judged by the JDK's own table. */
class SchemaCategoriesTest {

  /** Every name of a category, and the letters of the JDK's types that it stands for. */
  private static final String NAMES =
      """
      LC Cased_Letter=Lu,Ll,Lt
      Pe Close_Punctuation=Pe
      Pc Connector_Punctuation=Pc
      Cc Control cntrl=Cc
      Sc Currency_Symbol=Sc
      Pd Dash_Punctuation=Pd
      Nd Decimal_Number digit=Nd
      Me Enclosing_Mark=Me
      Pf Final_Punctuation=Pf
      Cf Format=Cf
      Pi Initial_Punctuation=Pi
      L Letter=Lu,Ll,Lt,Lm,Lo
      Nl Letter_Number=Nl
      Zl Line_Separator=Zl
      Ll Lowercase_Letter=Ll
      M Mark Combining_Mark=Mn,Mc,Me
      Sm Math_Symbol=Sm
      Lm Modifier_Letter=Lm
      Sk Modifier_Symbol=Sk
      Mn Nonspacing_Mark=Mn
      N Number=Nd,Nl,No
      Ps Open_Punctuation=Ps
      C Other=Cc,Cf,Cs,Co,Cn
      Lo Other_Letter=Lo
      No Other_Number=No
      Po Other_Punctuation=Po
      So Other_Symbol=So
      Zp Paragraph_Separator=Zp
      Co Private_Use=Co
      P Punctuation punct=Pc,Pd,Ps,Pe,Pi,Pf,Po
      Z Separator=Zs,Zl,Zp
      Zs Space_Separator=Zs
      Mc Spacing_Mark=Mc
      Cs Surrogate=Cs
      S Symbol=Sm,Sc,Sk,So
      Lt Titlecase_Letter=Lt
      Cn Unassigned=Cn
      Lu Uppercase_Letter=Lu
      """;

  /** Assigned for long, so that all versions of Unicode agree, and enough of each category. */
  private static final List<Integer> POINTS =
      IntStream.concat(
              IntStream.rangeClosed(0x20, 0x58f).filter(Character::isDefined),
              IntStream.of(
                  0x0903, 0x0966, 0x1c5, 0x2b0, 0x488, 0x2028, 0x2029, 0x203f, 0x2040, 0x2160,
                  0x2161, 0x2460, 0x3007, 0x4e00, 0xad, 0x200b, 0xe000, 0x1d7ce, 0x1f600, 0x2212,
                  0x20ac, 0x201c, 0x201d, 0xab, 0xbb, 0x2045, 0x2046, 0xffff, 0x10ffff))
          .filter(point -> point != '"' && point != '\\')
          .boxed()
          .toList();

  private static SchemaSides sides;

  @BeforeAll
  static void start() {
    sides = new SchemaSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  static Stream<Arguments> names() {
    return NAMES
        .lines()
        .flatMap(
            line -> {
              String[] parts = line.split("=");
              return Stream.of(parts[0].split(" ")).map(name -> Arguments.of(name, parts[1]));
            });
  }

  private static String category(int point) {
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER -> "Lu";
      case Character.LOWERCASE_LETTER -> "Ll";
      case Character.TITLECASE_LETTER -> "Lt";
      case Character.MODIFIER_LETTER -> "Lm";
      case Character.OTHER_LETTER -> "Lo";
      case Character.NON_SPACING_MARK -> "Mn";
      case Character.COMBINING_SPACING_MARK -> "Mc";
      case Character.ENCLOSING_MARK -> "Me";
      case Character.DECIMAL_DIGIT_NUMBER -> "Nd";
      case Character.LETTER_NUMBER -> "Nl";
      case Character.OTHER_NUMBER -> "No";
      case Character.SPACE_SEPARATOR -> "Zs";
      case Character.LINE_SEPARATOR -> "Zl";
      case Character.PARAGRAPH_SEPARATOR -> "Zp";
      case Character.CONTROL -> "Cc";
      case Character.FORMAT -> "Cf";
      case Character.SURROGATE -> "Cs";
      case Character.PRIVATE_USE -> "Co";
      case Character.CONNECTOR_PUNCTUATION -> "Pc";
      case Character.DASH_PUNCTUATION -> "Pd";
      case Character.START_PUNCTUATION -> "Ps";
      case Character.END_PUNCTUATION -> "Pe";
      case Character.INITIAL_QUOTE_PUNCTUATION -> "Pi";
      case Character.FINAL_QUOTE_PUNCTUATION -> "Pf";
      case Character.OTHER_PUNCTUATION -> "Po";
      case Character.MATH_SYMBOL -> "Sm";
      case Character.CURRENCY_SYMBOL -> "Sc";
      case Character.MODIFIER_SYMBOL -> "Sk";
      case Character.OTHER_SYMBOL -> "So";
      default -> "Cn";
    };
  }

  private static String strings(IntPredicate wanted) {
    List<String> strings = new ArrayList<>();
    for (int point : POINTS) {
      if (wanted.test(point)) {
        strings.add('"' + Character.toString(point) + '"');
      }
    }
    return strings.toString();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNameStandsForItsCategories(String name, String categories) {
    List<String> wanted = List.of(categories.split(","));
    String inside = strings(point -> wanted.contains(category(point)));
    String outside = strings(point -> !wanted.contains(category(point)));
    for (Validation side : List.of(sides.wasm(), SchemaSides.JAVA)) {
      for (String property : List.of(name, "gc=" + name, "General_Category=" + name)) {
        String is = "{\"items\":{\"pattern\":\"^\\\\p{%s}$\"}}".formatted(property);
        String isNot = "{\"items\":{\"pattern\":\"^\\\\P{%s}$\"}}".formatted(property);

        assertThat(side.validateSchema(is, inside).violations()).as(is).isEmpty();
        assertThat(side.validateSchema(isNot, outside).violations()).as(isNot).isEmpty();
        if (!outside.equals("[]")) {
          assertThat(side.validateSchema(is, outside).valid()).as(is).isFalse();
        }
      }
    }
  }
}
