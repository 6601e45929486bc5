package io.github.wasmspring.autoconfigure;

/** A share, written {@code 80%} or {@code 80} in properties. */
public record Percentage(int value) {

  /** Refuses what is less than nothing or more than everything. */
  public Percentage {
    if (value < 0 || value > 100) {
      throw new IllegalArgumentException("A percentage is from 0% to 100%, not " + value + "%");
    }
  }

  /** Called by the conversion of properties. */
  public static Percentage valueOf(String text) {
    String number = text.strip();
    if (number.endsWith("%")) {
      number = number.substring(0, number.length() - 1).strip();
    }
    try {
      return new Percentage(Integer.parseInt(number));
    } catch (NumberFormatException unfit) {
      throw new IllegalArgumentException(
          "'%s' is no percentage; write it as 80%%".formatted(text), unfit);
    }
  }

  /** Called by the conversion of properties that are numbers already. */
  public static Percentage valueOf(Integer number) {
    return new Percentage(number);
  }

  @Override
  public String toString() {
    return this.value + "%";
  }
}
