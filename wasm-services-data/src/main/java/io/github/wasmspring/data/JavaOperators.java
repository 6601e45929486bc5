package io.github.wasmspring.data;

import static io.github.wasmspring.data.JavaVector.NULL;
import static io.github.wasmspring.data.JavaVector.VALUE;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Deque;
import java.util.function.IntFunction;

/** What instructions do with the vectors on the stack. */
final class JavaOperators {

  /** Computes the value of one row. */
  private interface One {
    void at(JavaVector to, int row, JavaVector from);
  }

  /** Computes the value of one row of two operands. */
  private interface Two {
    void at(JavaVector to, int row, JavaVector left, JavaVector right);
  }

  void run(Deque<JavaVector> stack, int op, int a, int b) {
    if (op < DataOp.COMPARE_INTEGERS) {
      compute(stack, op, a, b);
    } else if (op < DataOp.AND) {
      two(stack, JavaVector::ofBits, comparison(op, a));
    } else if (op < DataOp.INTEGER_TO_DOUBLE) {
      JavaLogic.run(stack, op);
    } else if (op < DataOp.UPPER) {
      convert(stack, op, a);
    } else if (op < DataOp.OF_DATE) {
      text(stack, op, a);
    } else {
      time(stack, op, a);
    }
  }

  private static void guarded(JavaVector to, int row, Runnable compute) {
    to.states[row] = VALUE;
    try {
      compute.run();
    } catch (DataValueException wrong) {
      to.states[row] = wrong.state;
    } catch (ArithmeticException tooLarge) {
      to.states[row] = JavaVector.OVERFLOW;
    }
  }

  private static void one(Deque<JavaVector> stack, IntFunction<JavaVector> room, One compute) {
    JavaVector from = stack.pop();
    JavaVector to = room.apply(from.states.length);
    for (int row = 0; row < from.states.length; row++) {
      int at = row;
      to.states[row] = from.states[row];
      if (from.states[row] == VALUE) {
        guarded(to, row, () -> compute.at(to, at, from));
      }
    }
    stack.push(to);
  }

  private static void two(Deque<JavaVector> stack, IntFunction<JavaVector> room, Two compute) {
    JavaVector right = stack.pop();
    JavaVector left = stack.pop();
    JavaVector to = room.apply(left.states.length);
    for (int row = 0; row < left.states.length; row++) {
      int at = row;
      to.states[row] = JavaVector.both(left.states[row], right.states[row]);
      if (to.states[row] == VALUE) {
        guarded(to, row, () -> compute.at(to, at, left, right));
      }
    }
    stack.push(to);
  }

  private interface OfLongs {
    long of(long left, long right);
  }

  private interface OfDoubles {
    double of(double left, double right);
  }

  private interface OfWides {
    BigInteger of(BigInteger left, BigInteger right);
  }

  private static void longs(Deque<JavaVector> stack, OfLongs compute) {
    two(
        stack,
        JavaVector::ofBits,
        (to, row, left, right) -> to.set(row, compute.of(left.bits[row], right.bits[row])));
  }

  private static void division(Deque<JavaVector> stack, OfLongs compute) {
    two(
        stack,
        JavaVector::ofBits,
        (to, row, left, right) -> {
          if (right.bits[row] == 0) {
            to.states[row] = NULL;
          } else {
            to.set(row, compute.of(left.bits[row], right.bits[row]));
          }
        });
  }

  private static long quotient(long left, long right) {
    return right == -1 ? Math.negateExact(left) : left / right;
  }

  private static void doubles(Deque<JavaVector> stack, OfDoubles compute) {
    two(
        stack,
        JavaVector::ofBits,
        (to, row, left, right) -> to.set(row, compute.of(left.number(row), right.number(row))));
  }

  private static void wides(Deque<JavaVector> stack, OfWides compute) {
    two(
        stack,
        JavaVector::ofWides,
        (to, row, left, right) -> to.set(row, compute.of(left.wides[row], right.wides[row])));
  }

  private static void aDouble(
      Deque<JavaVector> stack, java.util.function.DoubleUnaryOperator compute) {
    one(
        stack,
        JavaVector::ofBits,
        (to, row, from) -> to.set(row, compute.applyAsDouble(from.number(row))));
  }

  private static void compute(Deque<JavaVector> stack, int op, int a, int b) {
    switch (op) {
      case DataOp.ADD -> longs(stack, Math::addExact);
      case DataOp.SUBTRACT -> longs(stack, Math::subtractExact);
      case DataOp.MULTIPLY -> longs(stack, Math::multiplyExact);
      case DataOp.DIVIDE -> division(stack, JavaOperators::quotient);
      case DataOp.REMAINDER -> division(stack, (left, right) -> left % right);
      case DataOp.NEGATE ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, Math.negateExact(from.bits[row])));
      case DataOp.ABSOLUTE ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) ->
                  to.set(
                      row, from.bits[row] < 0 ? Math.negateExact(from.bits[row]) : from.bits[row]));
      case DataOp.DOUBLE_ADD -> doubles(stack, (left, right) -> left + right);
      case DataOp.DOUBLE_SUBTRACT -> doubles(stack, (left, right) -> left - right);
      case DataOp.DOUBLE_MULTIPLY -> doubles(stack, (left, right) -> left * right);
      case DataOp.DOUBLE_DIVIDE ->
          doubles(stack, (left, right) -> right == 0 ? Double.NaN : left / right);
      case DataOp.DOUBLE_NEGATE -> aDouble(stack, value -> -value);
      case DataOp.DOUBLE_ABSOLUTE -> aDouble(stack, Math::abs);
      case DataOp.FLOOR -> aDouble(stack, Math::floor);
      case DataOp.CEILING -> aDouble(stack, Math::ceil);
      case DataOp.ROUND -> aDouble(stack, DataNumbers::round);
      case DataOp.ROOT -> aDouble(stack, Math::sqrt);
      case DataOp.DECIMAL_ADD -> wides(stack, BigInteger::add);
      case DataOp.DECIMAL_SUBTRACT -> wides(stack, BigInteger::subtract);
      case DataOp.DECIMAL_MULTIPLY -> wides(stack, BigInteger::multiply);
      case DataOp.DECIMAL_NEGATE ->
          one(stack, JavaVector::ofWides, (to, row, from) -> to.set(row, from.wides[row].negate()));
      case DataOp.DECIMAL_ABSOLUTE ->
          one(stack, JavaVector::ofWides, (to, row, from) -> to.set(row, from.wides[row].abs()));
      case DataOp.RESCALE ->
          one(
              stack,
              JavaVector::ofWides,
              (to, row, from) -> to.set(row, DataNumbers.rescale(from.wides[row], a, b)));
      default -> throw unknown(op);
    }
  }

  static IllegalStateException unknown(int op) {
    return new IllegalStateException("There is no instruction " + op);
  }

  private static Two comparison(int op, int relation) {
    return (to, row, left, right) -> {
      int order =
          switch (op) {
            case DataOp.COMPARE_INTEGERS -> Long.compare(left.bits[row], right.bits[row]);
            case DataOp.COMPARE_DOUBLES -> Double.compare(left.number(row), right.number(row));
            case DataOp.COMPARE_DECIMALS -> left.wides[row].compareTo(right.wides[row]);
            default -> JavaTexts.compare(left.texts[row], right.texts[row]);
          };
      to.set(
          row,
          switch (relation) {
            case 0 -> order == 0;
            case 1 -> order != 0;
            case 2 -> order < 0;
            case 3 -> order <= 0;
            case 4 -> order > 0;
            default -> order >= 0;
          });
    };
  }

  private static void convert(Deque<JavaVector> stack, int op, int scale) {
    switch (op) {
      case DataOp.INTEGER_TO_DOUBLE ->
          one(stack, JavaVector::ofBits, (to, row, from) -> to.set(row, (double) from.bits[row]));
      case DataOp.INTEGER_TO_DECIMAL ->
          one(
              stack,
              JavaVector::ofWides,
              (to, row, from) ->
                  to.set(row, DataNumbers.rescale(BigInteger.valueOf(from.bits[row]), 0, scale)));
      case DataOp.DECIMAL_TO_DOUBLE -> {
        double factor = DataNumbers.power(scale);
        one(
            stack,
            JavaVector::ofBits,
            (to, row, from) -> to.set(row, from.wides[row].doubleValue() / factor));
      }
      case DataOp.DOUBLE_TO_INTEGER ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, DataNumbers.integer(from.number(row))));
      case DataOp.DOUBLE_TO_DECIMAL ->
          one(
              stack,
              JavaVector::ofWides,
              (to, row, from) -> to.set(row, DataNumbers.decimal(from.number(row), scale)));
      case DataOp.DECIMAL_TO_INTEGER ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, DataNumbers.integer(from.wides[row], scale)));
      case DataOp.TEXT_TO_INTEGER ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, DataNumbers.integer(from.texts[row])));
      case DataOp.TEXT_TO_DOUBLE ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, DataNumbers.number(from.texts[row])));
      case DataOp.TEXT_TO_DECIMAL ->
          one(
              stack,
              JavaVector::ofWides,
              (to, row, from) -> to.set(row, DataNumbers.decimal(from.texts[row], scale)));
      case DataOp.TEXT_TO_BOOLEAN ->
          one(stack, JavaVector::ofBits, (to, row, from) -> to.set(row, truth(from.texts[row])));
      case DataOp.DATE_TO_TIME ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, from.bits[row] * DataTimeReader.MICROS_OF_DAY));
      case DataOp.TIME_TO_DATE ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) ->
                  to.set(row, Math.floorDiv(from.bits[row], DataTimeReader.MICROS_OF_DAY)));
      default -> write(stack, op, scale);
    }
  }

  private static boolean truth(String text) {
    String trimmed = text.trim();
    boolean isTrue = trimmed.equals("1") || isWord(trimmed, "true");
    if (!isTrue && !trimmed.equals("0") && !isWord(trimmed, "false")) {
      throw new DataValueException(JavaVector.NO_BOOLEAN);
    }
    return isTrue;
  }

  /** In whatever case, of the letters of ASCII only. */
  private static boolean isWord(String text, String word) {
    return text.length() == word.length()
        && text.chars().allMatch(each -> each < 0x80)
        && text.equalsIgnoreCase(word);
  }

  private static void write(Deque<JavaVector> stack, int op, int scale) {
    one(
        stack,
        JavaVector::ofTexts,
        (to, row, from) ->
            to.set(
                row,
                switch (op) {
                  case DataOp.INTEGER_TO_TEXT -> Long.toString(from.bits[row]);
                  case DataOp.DECIMAL_TO_TEXT ->
                      new BigDecimal(from.wides[row], scale).toPlainString();
                  case DataOp.BOOLEAN_TO_TEXT -> from.bits[row] != 0 ? "true" : "false";
                  case DataOp.DATE_TO_TEXT -> LocalDate.ofEpochDay(from.bits[row]).toString();
                  case DataOp.TIME_TO_TEXT -> DataColumn.instant(from.bits[row]).toString();
                  default -> throw unknown(op);
                }));
  }

  void readTimes(Deque<JavaVector> stack, byte[] pattern, boolean isDate) {
    one(
        stack,
        JavaVector::ofBits,
        (to, row, from) -> to.set(row, new DataTimeReader(from.texts[row], pattern).read(isDate)));
  }

  void shift(Deque<JavaVector> stack, JavaZone zone, boolean toLocal) {
    one(
        stack,
        JavaVector::ofBits,
        (to, row, from) ->
            to.set(row, toLocal ? zone.toLocal(from.bits[row]) : zone.fromLocal(from.bits[row])));
  }

  private static void text(Deque<JavaVector> stack, int op, int a) {
    switch (op) {
      case DataOp.UPPER, DataOp.LOWER ->
          one(
              stack,
              JavaVector::ofTexts,
              (to, row, from) ->
                  to.set(row, JavaTexts.changeCase(from.texts[row], op == DataOp.UPPER)));
      case DataOp.TRIM ->
          one(
              stack,
              JavaVector::ofTexts,
              (to, row, from) -> to.set(row, JavaTexts.trim(from.texts[row], a)));
      case DataOp.LENGTH ->
          one(
              stack,
              JavaVector::ofBits,
              (to, row, from) -> to.set(row, (long) JavaTexts.length(from.texts[row])));
      case DataOp.CONCATENATE ->
          two(
              stack,
              JavaVector::ofTexts,
              (to, row, left, right) -> to.set(row, left.texts[row].concat(right.texts[row])));
      case DataOp.FIND ->
          two(
              stack,
              JavaVector::ofBits,
              (to, row, left, right) ->
                  to.set(row, JavaTexts.find(left.texts[row], right.texts[row], a)));
      case DataOp.LIKE ->
          two(
              stack,
              JavaVector::ofBits,
              (to, row, left, right) ->
                  to.set(row, JavaTexts.like(left.texts[row], right.texts[row])));
      case DataOp.SUBSTRING -> {
        JavaVector length = stack.pop();
        three(
            stack,
            length,
            (to, row, text, begin) ->
                to.set(row, JavaTexts.part(text.texts[row], begin.bits[row], length.bits[row])));
      }
      case DataOp.REPLACE -> {
        JavaVector by = stack.pop();
        three(
            stack,
            by,
            (to, row, text, what) ->
                to.set(row, JavaTexts.replace(text.texts[row], what.texts[row], by.texts[row])));
      }
      default -> throw unknown(op);
    }
  }

  /** The third operand has been taken from the stack already. */
  private static void three(Deque<JavaVector> stack, JavaVector third, Two compute) {
    JavaVector second = stack.pop();
    JavaVector first = stack.pop();
    JavaVector to = JavaVector.ofTexts(first.states.length);
    for (int row = 0; row < first.states.length; row++) {
      byte state = JavaVector.both(first.states[row], second.states[row]);
      to.states[row] = JavaVector.both(state, third.states[row]);
      if (to.states[row] == VALUE) {
        compute.at(to, row, first, second);
      }
    }
    stack.push(to);
  }

  private static void time(Deque<JavaVector> stack, int op, int field) {
    one(
        stack,
        JavaVector::ofBits,
        (to, row, from) ->
            to.set(
                row,
                switch (op) {
                  case DataOp.OF_DATE -> ofDate(LocalDate.ofEpochDay(from.bits[row]), field);
                  case DataOp.OF_TIME -> ofTime(from.bits[row], field);
                  case DataOp.CHECK_DATE -> DataTimeReader.checkedDays(from.bits[row]);
                  default -> throw unknown(op);
                }));
  }

  private static long ofDate(LocalDate date, int field) {
    return switch (field) {
      case 0 -> date.getYear();
      case 1 -> date.getMonthValue();
      case 2 -> date.getDayOfMonth();
      case 3 -> date.getDayOfWeek().getValue();
      case 4 -> (date.getMonthValue() + 2) / 3;
      case 5 -> date.withDayOfYear(1).toEpochDay();
      default -> date.withDayOfMonth(1).toEpochDay();
    };
  }

  private static long ofTime(long micros, int field) {
    long second = Math.floorMod(micros, DataTimeReader.MICROS_OF_DAY) / DataColumn.MICROS;
    return switch (field) {
      case 0 -> second / 3600;
      case 1 -> second / 60 % 60;
      default -> second % 60;
    };
  }
}
