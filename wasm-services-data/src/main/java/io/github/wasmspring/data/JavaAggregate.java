package io.github.wasmspring.data;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Java knows of one group for one aggregate. Which fields it uses depends on which it is. */
final class JavaAggregate {

  private static final DataAggregate.Function[] FUNCTIONS = DataAggregate.Function.values();
  private static final DataType.Kind[] KINDS = DataType.Kind.values();
  private static final int MOST_BITS = 127;

  private final DataAggregate.Function function;
  private final DataType.Kind kind;
  private final double share;
  private long count;
  private double first;
  private double second;
  private BigInteger sum = BigInteger.ZERO;
  private boolean tooLarge;
  private @Nullable JavaVector best;
  private double[] numbers = new double[0];
  private @Nullable Set<Object> distinct;

  JavaAggregate(JavaMachine.Item item) {
    this.function = FUNCTIONS[item.kind()];
    this.kind = KINDS[item.flags()];
    this.share = item.share();
  }

  /** Answers with about how many bytes more it takes now. */
  int take(JavaMachine.Item item, int row) {
    if (this.function == DataAggregate.Function.COUNT_ROWS) {
      this.count++;
      return 0;
    }
    JavaVector vector = Objects.requireNonNull(item.vector());
    if (vector.states[row] != JavaVector.VALUE) {
      return 0;
    }
    switch (this.function) {
      case SUM, AVERAGE -> add(vector, row);
      case MIN, MAX -> {
        int before = this.best == null ? 0 : textBytes(this.best, 0);
        extreme(vector, row, this.function == DataAggregate.Function.MIN ? -1 : 1);
        this.count++;
        return textBytes(Objects.requireNonNull(this.best), 0) - before;
      }
      case PERCENTILE -> {
        return addNumber(vector.number(row));
      }
      case COUNT_DISTINCT -> {
        return addDistinct(item, row);
      }
      case VARIANCE, VARIANCE_OF_ALL, DEVIATION, DEVIATION_OF_ALL -> spread(vector.number(row));
      default -> {}
    }
    this.count++;
    return 0;
  }

  private int textBytes(JavaVector vector, int row) {
    return this.kind == DataType.Kind.TEXT ? 2 * vector.texts[row].length() : 0;
  }

  private void add(JavaVector vector, int row) {
    switch (this.kind) {
      case DOUBLE -> {
        double value = vector.number(row);
        double total = this.first + value;
        this.second +=
            Math.abs(this.first) >= Math.abs(value)
                ? (this.first - total) + value
                : (value - total) + this.first;
        this.first = total;
      }
      case DECIMAL -> this.sum = this.sum.add(vector.wides[row]);
      default -> this.sum = this.sum.add(BigInteger.valueOf(vector.bits[row]));
    }
    this.tooLarge |= this.sum.bitLength() > MOST_BITS;
  }

  private void spread(double value) {
    double distance = value - this.first;
    this.first += distance / (this.count + 1);
    this.second += distance * (value - this.first);
  }

  private void extreme(JavaVector vector, int row, int sign) {
    JavaVector known = this.best;
    if (known == null) {
      known = vector.like(1);
      known.copy(0, vector, row);
      this.best = known;
    } else if (compare(vector, row, known) * sign > 0) {
      known.copy(0, vector, row);
    }
  }

  private int compare(JavaVector vector, int row, JavaVector known) {
    return switch (this.kind) {
      case DOUBLE -> Double.compare(vector.number(row), known.number(0));
      case DECIMAL -> vector.wides[row].compareTo(known.wides[0]);
      case TEXT -> Integer.signum(JavaTexts.compare(vector.texts[row], known.texts[0]));
      default -> Long.compare(vector.bits[row], known.bits[0]);
    };
  }

  private int addNumber(double value) {
    if (this.count == this.numbers.length) {
      this.numbers = Arrays.copyOf(this.numbers, Math.max(4, 2 * this.numbers.length));
    }
    this.numbers[(int) this.count++] = value;
    return 2 * Double.BYTES;
  }

  private int addDistinct(JavaMachine.Item item, int row) {
    Set<Object> known = this.distinct;
    if (known == null) {
      known = new HashSet<>();
      this.distinct = known;
    }
    JavaMachine.Item value = new JavaMachine.Item(item.vector(), item.flags(), 0, 0);
    byte[] key = new JavaKeys().of(List.of(value), row);
    if (!known.add(java.nio.ByteBuffer.wrap(key))) {
      return 0;
    }
    this.count++;
    return 96 + key.length;
  }

  /**
   * @throws DataValueException if it does not fit its type
   */
  void addTo(DataColumnBuilder column) {
    switch (this.function) {
      case COUNT_ROWS, COUNT, COUNT_DISTINCT -> column.add(this.count);
      case MIN, MAX -> {
        if (this.best == null) {
          column.addNull();
        } else {
          this.best.addTo(column, 0);
        }
      }
      default -> {
        if (this.count == 0) {
          column.addNull();
        } else {
          addNumberTo(column);
        }
      }
    }
  }

  private void addNumberTo(DataColumnBuilder column) {
    switch (this.function) {
      case SUM -> {
        if (this.kind == DataType.Kind.DOUBLE) {
          add(column, total());
        } else {
          addSumTo(column);
        }
      }
      case AVERAGE -> add(column, total() / this.count);
      case VARIANCE -> add(column, this.second / (this.count - 1));
      case VARIANCE_OF_ALL -> add(column, this.second / this.count);
      case DEVIATION -> add(column, Math.sqrt(this.second / (this.count - 1)));
      case DEVIATION_OF_ALL -> add(column, Math.sqrt(this.second / this.count));
      default -> add(column, percentile());
    }
  }

  private static void add(DataColumnBuilder column, double value) {
    if (Double.isNaN(value)) {
      column.addNull();
    } else {
      column.add(Double.doubleToRawLongBits(value + 0.0));
    }
  }

  private double total() {
    double total = this.first + this.second;
    return Double.isNaN(total) ? this.first : total;
  }

  private void addSumTo(DataColumnBuilder column) {
    if (this.tooLarge) {
      throw DataNumbers.overflow();
    }
    if (this.kind == DataType.Kind.DECIMAL) {
      column.addWide(DataNumbers.fitting(this.sum));
    } else if (this.sum.bitLength() >= Long.SIZE) {
      throw DataNumbers.overflow();
    } else {
      column.add(this.sum.longValue());
    }
  }

  private double percentile() {
    double[] sorted = Arrays.copyOf(this.numbers, (int) this.count);
    Arrays.sort(sorted);
    double place = this.share * (sorted.length - 1);
    int whole = Math.min((int) Math.floor(place), sorted.length - 1);
    double between = place - whole;
    double lower = sorted[whole];
    if (between <= 0 || whole == sorted.length - 1 || lower == sorted[whole + 1]) {
      return lower;
    }
    return lower + (sorted[whole + 1] - lower) * between;
  }
}
