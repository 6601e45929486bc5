package io.github.wasmspring.bundle.validation;

import static java.util.Map.entry;

import java.util.Map;

/** The names of Unicode properties that patterns may use, and what {@code Pattern} calls them. */
final class JavaSchemaPatternProperties {

  private static final Map<String, String> BINARY =
      Map.of(
          "ASCII", "ASCII",
          "Alphabetic", "IsAlphabetic",
          "Alpha", "IsAlphabetic",
          "Uppercase", "IsUppercase",
          "Upper", "IsUppercase",
          "Lowercase", "IsLowercase",
          "Lower", "IsLowercase",
          "White_Space", "IsWhite_Space",
          "space", "IsWhite_Space");

  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          entry("Uppercase_Letter", "Lu"),
          entry("Lowercase_Letter", "Ll"),
          entry("Titlecase_Letter", "Lt"),
          entry("Modifier_Letter", "Lm"),
          entry("Other_Letter", "Lo"),
          entry("Nonspacing_Mark", "Mn"),
          entry("Spacing_Mark", "Mc"),
          entry("Enclosing_Mark", "Me"),
          entry("Decimal_Number", "Nd"),
          entry("Letter_Number", "Nl"),
          entry("Other_Number", "No"),
          entry("Space_Separator", "Zs"),
          entry("Line_Separator", "Zl"),
          entry("Paragraph_Separator", "Zp"),
          entry("Control", "Cc"),
          entry("Format", "Cf"),
          entry("Surrogate", "Cs"),
          entry("Private_Use", "Co"),
          entry("Unassigned", "Cn"),
          entry("Connector_Punctuation", "Pc"),
          entry("Dash_Punctuation", "Pd"),
          entry("Open_Punctuation", "Ps"),
          entry("Close_Punctuation", "Pe"),
          entry("Initial_Punctuation", "Pi"),
          entry("Final_Punctuation", "Pf"),
          entry("Other_Punctuation", "Po"),
          entry("Math_Symbol", "Sm"),
          entry("Currency_Symbol", "Sc"),
          entry("Modifier_Symbol", "Sk"),
          entry("Other_Symbol", "So"),
          entry("Letter", "L"),
          entry("Mark", "M"),
          entry("Number", "N"),
          entry("Separator", "Z"),
          entry("Other", "C"),
          entry("Punctuation", "P"),
          entry("Symbol", "S"),
          entry("Cased_Letter", "LC"),
          entry("Combining_Mark", "M"),
          entry("cntrl", "Cc"),
          entry("digit", "Nd"),
          entry("punct", "P"));

  private JavaSchemaPatternProperties() {}

  /** The name that {@code Pattern} has for a property, or the empty text. */
  static String translate(String name) {
    if (name.equals("Any")) {
      return "all";
    }
    if (BINARY.containsKey(name)) {
      return BINARY.get(name);
    }
    String value = name.replaceFirst("^(General_Category|gc)=", "");
    if (CATEGORIES.containsValue(value)) {
      return "gc=" + value;
    }
    String category = CATEGORIES.get(value);
    return category == null ? "" : "gc=" + category;
  }
}
