package io.github.wasmspring.verification.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of an exported function. As text it is {@code name results arguments}, with letters for
 * types: {@code f3 il i-1 fffc00000} gives an i32 and an i64, and takes an i32 and the bits of a
 * NaN.
 *
 * @param arguments the bits of one number each
 */
record PlannedCall(
    String export, List<GuestType> results, List<GuestType> parameters, List<Long> arguments) {

  private static final String NOTHING = "-";
  private static final String LETTERS = "ilfd";

  static String letters(List<GuestType> types) {
    return types.isEmpty()
        ? NOTHING
        : types.stream()
            .map(type -> LETTERS.substring(type.ordinal(), type.ordinal() + 1))
            .collect(Collectors.joining());
  }

  /** Integers as decimals, the bits of others in hexadecimal; all NaNs are the same. */
  static String text(GuestType type, long bits) {
    return switch (type) {
      case I32 -> "i" + (int) bits;
      case I64 -> "l" + bits;
      case F32 ->
          Float.isNaN(Float.intBitsToFloat((int) bits))
              ? "fnan"
              : "f" + Integer.toHexString((int) bits);
      case F64 ->
          Double.isNaN(Double.longBitsToDouble(bits)) ? "dnan" : "d" + Long.toHexString(bits);
      default -> throw new IllegalArgumentException(type + " is no number");
    };
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>(List.of(this.export, letters(this.results)));
    for (int i = 0; i < this.parameters.size(); i++) {
      words.add(text(this.parameters.get(i), this.arguments.get(i)));
    }
    return String.join(" ", words);
  }

  /** Reads what {@link #toString} writes. */
  static PlannedCall parse(String text) {
    List<String> words = List.of(text.split(" "));
    List<GuestType> results =
        words.get(1).equals(NOTHING)
            ? List.of()
            : words.get(1).chars().mapToObj(PlannedCall::type).toList();
    List<String> arguments = words.subList(2, words.size());
    return new PlannedCall(
        words.get(0),
        results,
        arguments.stream().map(each -> type(each.charAt(0))).toList(),
        arguments.stream().map(PlannedCall::bits).toList());
  }

  private static GuestType type(int letter) {
    return GuestType.NUMBERS.get(LETTERS.indexOf(letter));
  }

  private static long bits(String argument) {
    GuestType type = type(argument.charAt(0));
    String value = argument.substring(1).toLowerCase(Locale.ROOT);
    if (!type.isFloat()) {
      return Long.parseLong(value);
    }
    return value.equals("nan") ? Constants.nan(type) : Long.parseUnsignedLong(value, 16);
  }

  /** All functions of a module that the host can call, so many times each with other arguments. */
  static List<PlannedCall> some(Dice dice, ModulePlan plan, int rounds) {
    return Stream.generate(plan::functions)
        .limit(rounds)
        .flatMap(List::stream)
        .filter(PlannedFunction::isExported)
        .map(function -> of(dice, function))
        .toList();
  }

  private static PlannedCall of(Dice dice, PlannedFunction function) {
    GuestSignature signature = function.signature();
    return new PlannedCall(
        function.export(),
        signature.results(),
        signature.parameters(),
        signature.parameters().stream().map(type -> NastyNumbers.of(type, dice)).toList());
  }
}
