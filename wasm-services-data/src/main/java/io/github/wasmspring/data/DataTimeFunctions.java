package io.github.wasmspring.data;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Functions of dates and instants, and the time zones that they may name. */
final class DataTimeFunctions {

  private final DataCompiler compiler;

  DataTimeFunctions(DataCompiler compiler) {
    this.compiler = compiler;
  }

  /** {@code null} if there is no such function. */
  @Nullable DataCode compile(DataNode.Call call) {
    return switch (call.function()) {
      case "date" -> toDate(call);
      case "timestamp" -> toTime(call);
      case "year" -> ofDate(call, DataType.INTEGER, 0);
      case "month" -> ofDate(call, DataType.INTEGER, 1);
      case "day" -> ofDate(call, DataType.INTEGER, 2);
      case "day_of_week" -> ofDate(call, DataType.INTEGER, 3);
      case "quarter" -> ofDate(call, DataType.INTEGER, 4);
      case "year_start" -> ofDate(call, DataType.DATE, 5);
      case "month_start" -> ofDate(call, DataType.DATE, 6);
      case "hour" -> ofTime(call, 0);
      case "minute" -> ofTime(call, 1);
      case "second" -> ofTime(call, 2);
      default -> null;
    };
  }

  private DataCode operand(DataNode.Call call) {
    return this.compiler.compile(call.arguments().get(0));
  }

  private DataCode toDate(DataNode.Call call) {
    this.compiler.requireCount(call, 1, 2);
    DataCode from = operand(call);
    boolean second = call.arguments().size() == 2;
    if (from.kind() == DataType.Kind.TIMESTAMP) {
      DataCode local = second ? shifted(from, call, 1, DataOp.TO_ZONE) : from;
      return local.then(DataType.DATE, DataOp.TIME_TO_DATE);
    }
    if (second) {
      return read(from, call, DataType.DATE);
    }
    return from.kind() == DataType.Kind.TEXT
        ? this.compiler.textToTime(from, DataTimePattern.isoDate(), DataType.DATE)
        : this.compiler.cast(from, DataType.DATE, call);
  }

  private DataCode toTime(DataNode.Call call) {
    this.compiler.requireCount(call, 1, 3);
    DataCode from = operand(call);
    int count = call.arguments().size();
    if (count == 2 && from.kind() == DataType.Kind.DATE) {
      DataCode begin = this.compiler.cast(from, DataType.TIMESTAMP, call);
      return shifted(begin, call, 1, DataOp.FROM_ZONE);
    }
    if (count >= 2) {
      DataCode read = read(from, call, DataType.TIMESTAMP);
      return count == 2 ? read : shifted(read, call, 2, DataOp.FROM_ZONE);
    }
    return from.kind() == DataType.Kind.TEXT
        ? this.compiler.textToTime(from, DataTimePattern.isoTime(), DataType.TIMESTAMP)
        : this.compiler.cast(from, DataType.TIMESTAMP, call);
  }

  /** What a text says in the form of a pattern, which is the second argument. */
  private DataCode read(DataCode from, DataNode.Call call, DataType to) {
    DataNode node = call.arguments().get(1);
    if (!(this.compiler.constant(node) instanceof String pattern)) {
      throw this.compiler.wrong(node, "the pattern is a text, such as 'dd.MM.yyyy'");
    }
    DataCode text = this.compiler.cast(from, DataType.TEXT, call);
    byte[] pairs;
    try {
      pairs = DataTimePattern.of(pattern);
    } catch (IllegalArgumentException noPattern) {
      throw this.compiler.wrong(node, String.valueOf(noPattern.getMessage()));
    }
    if (call.arguments().size() == 3 && DataTimePattern.hasOffset(pairs)) {
      throw this.compiler.wrong(
          node, "the pattern has an offset, X, so there can't be a time zone as well");
    }
    return this.compiler.textToTime(text, pairs, to);
  }

  /** In local time instead of UTC, or the other way. */
  private DataCode shifted(DataCode time, DataNode.Call call, int place, int op) {
    DataNode node = call.arguments().get(place);
    if (!(this.compiler.constant(node) instanceof String name)) {
      throw this.compiler.wrong(node, "the time zone is a text, such as 'Europe/Berlin'");
    }
    int[] table = this.compiler.texts().add(DataZone.table(zone(node, name).getRules()));
    return time.then(DataType.TIMESTAMP, op, table[0], table[1]);
  }

  private ZoneId zone(DataNode node, String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw this.compiler.wrong(
          node,
          "there is no time zone '%s'; name one of IANA's, such as 'Europe/Berlin', or an offset"
              .formatted(name));
    }
  }

  /** An instant, in local time if a zone is named. */
  private DataCode local(DataNode.Call call, DataCode from) {
    if (call.arguments().size() == 1) {
      return from;
    }
    if (from.type() != null && from.kind() != DataType.Kind.TIMESTAMP) {
      throw this.compiler.wrong(
          call, "only instants are in a time zone, but there is %s".formatted(from.type()));
    }
    DataCode instant = this.compiler.cast(from, DataType.TIMESTAMP, call);
    return shifted(instant, call, 1, DataOp.TO_ZONE);
  }

  private DataCode ofDate(DataNode.Call call, DataType type, int field) {
    this.compiler.requireCount(call, 1, 2);
    DataCode from = local(call, operand(call));
    DataCode date =
        from.kind() == DataType.Kind.TIMESTAMP
            ? from.then(DataType.DATE, DataOp.TIME_TO_DATE)
            : this.compiler.cast(from, DataType.DATE, call);
    return date.then(type, DataOp.OF_DATE, field);
  }

  private DataCode ofTime(DataNode.Call call, int field) {
    this.compiler.requireCount(call, 1, 2);
    DataNode node = call.arguments().get(0);
    DataCode instant = this.compiler.cast(operand(call), DataType.TIMESTAMP, node);
    return local(call, instant).then(DataType.INTEGER, DataOp.OF_TIME, field);
  }
}
