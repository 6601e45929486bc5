package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What functions there are, and which instructions they are. */
final class DataFunctions {

  /** The relation {@code >=} of comparisons. */
  private static final int AT_LEAST = 5;

  private final DataCompiler compiler;
  private final DataTimeFunctions times;

  DataFunctions(DataCompiler compiler) {
    this.compiler = compiler;
    this.times = new DataTimeFunctions(compiler);
  }

  DataCode compile(DataNode.Call call) {
    return switch (call.function()) {
      case "if" -> choose(call);
      case "coalesce" -> coalesce(call);
      case "nullif" -> nullIf(call);
      case "try" -> attempt(call);
      case "integer" -> toInteger(call);
      case "double" -> toDouble(call);
      case "decimal" -> toDecimal(call);
      case "text" -> toText(call);
      case "boolean" -> toBoolean(call);
      case "abs" -> signed(call, DataOp.ABSOLUTE);
      case "round" -> round(call);
      case "floor" -> whole(call, DataOp.FLOOR);
      case "ceil" -> whole(call, DataOp.CEILING);
      case "sqrt" -> join(call, DataType.DOUBLE, DataOp.ROOT, 0, DataType.DOUBLE);
      case "upper" -> text(call, DataOp.UPPER, 0);
      case "lower" -> text(call, DataOp.LOWER, 0);
      case "trim" -> text(call, DataOp.TRIM, 3);
      case "ltrim" -> text(call, DataOp.TRIM, 1);
      case "rtrim" -> text(call, DataOp.TRIM, 2);
      case "length" -> join(call, DataType.INTEGER, DataOp.LENGTH, 0, DataType.TEXT);
      case "substr" -> substring(call);
      case "replace" ->
          join(call, DataType.TEXT, DataOp.REPLACE, 0, DataType.TEXT, DataType.TEXT, DataType.TEXT);
      case "||", "concat" -> concatenate(call);
      case "contains" -> find(call, 0);
      case "starts_with" -> find(call, 1);
      case "ends_with" -> find(call, 2);
      case "like" -> join(call, DataType.BOOLEAN, DataOp.LIKE, 0, DataType.TEXT, DataType.TEXT);
      default -> {
        DataCode time = this.times.compile(call);
        if (time == null) {
          throw this.compiler.wrong(call, "there is no function '%s'".formatted(call.function()));
        }
        yield time;
      }
    };
  }

  private void requireCount(DataNode.Call call, int least, int most) {
    this.compiler.requireCount(call, least, most);
  }

  private DataCode operand(DataNode.Call call, int place) {
    return this.compiler.compile(call.arguments().get(place));
  }

  /** A function whose parameters have fixed types. */
  private DataCode join(
      DataNode.Call call, DataType type, int op, int argument, DataType... parameters) {
    requireCount(call, parameters.length, parameters.length);
    List<DataCode> operands = new ArrayList<>();
    for (int place = 0; place < parameters.length; place++) {
      DataNode node = call.arguments().get(place);
      operands.add(this.compiler.cast(operand(call, place), parameters[place], node));
    }
    return DataCode.join(type, operands, op, argument);
  }

  private DataCode text(DataNode.Call call, int op, int argument) {
    return join(call, DataType.TEXT, op, argument, DataType.TEXT);
  }

  private DataCode find(DataNode.Call call, int where) {
    return join(call, DataType.BOOLEAN, DataOp.FIND, where, DataType.TEXT, DataType.TEXT);
  }

  private static int wide(DataCode code) {
    return Objects.requireNonNull(code.type()).isWide() ? 1 : 0;
  }

  private DataCode choose(DataNode.Call call) {
    requireCount(call, 3, 3);
    DataNode condition = call.arguments().get(0);
    DataCode truth = this.compiler.cast(operand(call, 0), DataType.BOOLEAN, condition);
    List<DataCode> values =
        this.compiler.unified(
            call.arguments().subList(1, 3), List.of(operand(call, 1), operand(call, 2)), call);
    DataCode then = values.get(0);
    return DataCode.join(then.type(), List.of(values.get(1), truth, then), DataOp.IF, wide(then));
  }

  private DataCode coalesce(DataNode.Call call) {
    requireCount(call, 2, 100);
    List<DataCode> values =
        this.compiler.unified(call.arguments(), this.compiler.compileAll(call.arguments()), call);
    DataCode first = values.get(0);
    for (DataCode other : values.subList(1, values.size())) {
      first = DataCode.join(first.type(), List.of(first, other), DataOp.COALESCE, wide(first));
    }
    return first;
  }

  private DataCode nullIf(DataNode.Call call) {
    requireCount(call, 2, 2);
    DataNode value = call.arguments().get(0);
    DataNode equal = new DataNode.Call(call.position(), "=", call.arguments());
    DataNode nothing = new DataNode.Literal(call.position(), null);
    return this.compiler.compile(
        new DataNode.Call(call.position(), "if", List.of(equal, nothing, value)));
  }

  private DataCode attempt(DataNode.Call call) {
    requireCount(call, 1, 1);
    DataCode value = operand(call, 0);
    boolean wide = value.type() != null && value.type().isWide();
    return value.then(value.type(), DataOp.TRY, wide ? 1 : 0);
  }

  private DataException noConversion(DataNode.Call call, DataCode from) {
    return this.compiler.wrong(
        call, "there is no '%s' of %s".formatted(call.function(), from.type()));
  }

  private DataCode toInteger(DataNode.Call call) {
    requireCount(call, 1, 1);
    DataCode from = operand(call, 0);
    DataType type = from.type() == null ? DataType.INTEGER : from.type();
    return switch (type.kind()) {
      case INTEGER -> this.compiler.cast(from, DataType.INTEGER, call);
      case DOUBLE -> from.then(DataType.INTEGER, DataOp.DOUBLE_TO_INTEGER);
      case DECIMAL -> from.then(DataType.INTEGER, DataOp.DECIMAL_TO_INTEGER, type.scale());
      case TEXT -> from.then(DataType.INTEGER, DataOp.TEXT_TO_INTEGER);
      default -> throw noConversion(call, from);
    };
  }

  private DataCode toDouble(DataNode.Call call) {
    requireCount(call, 1, 1);
    DataCode from = operand(call, 0);
    return from.kind() == DataType.Kind.TEXT
        ? from.then(DataType.DOUBLE, DataOp.TEXT_TO_DOUBLE)
        : this.compiler.cast(from, DataType.DOUBLE, call);
  }

  /** The digits that a literal says. */
  private int digits(DataNode.Call call) {
    DataNode node = call.arguments().get(1);
    if (this.compiler.constant(node) instanceof Long digits
        && digits >= 0
        && digits <= DataType.MOST_DIGITS) {
      return digits.intValue();
    }
    throw this.compiler.wrong(node, "the digits behind the point are a number of 0 to 38");
  }

  private DataCode toDecimal(DataNode.Call call) {
    requireCount(call, 2, 2);
    DataType to = DataType.decimal(digits(call));
    DataCode from = operand(call, 0);
    if (from.kind() == DataType.Kind.TEXT) {
      return from.then(to, DataOp.TEXT_TO_DECIMAL, to.scale());
    }
    if (from.kind() == DataType.Kind.DOUBLE) {
      return from.then(to, DataOp.DOUBLE_TO_DECIMAL, to.scale());
    }
    return this.compiler.cast(from, to, call);
  }

  private DataCode toText(DataNode.Call call) {
    requireCount(call, 1, 1);
    DataCode from = operand(call, 0);
    DataType type = from.type() == null ? DataType.TEXT : from.type();
    return switch (type.kind()) {
      case TEXT -> this.compiler.cast(from, DataType.TEXT, call);
      case INTEGER -> from.then(DataType.TEXT, DataOp.INTEGER_TO_TEXT);
      case DECIMAL -> from.then(DataType.TEXT, DataOp.DECIMAL_TO_TEXT, type.scale());
      case BOOLEAN -> from.then(DataType.TEXT, DataOp.BOOLEAN_TO_TEXT);
      case DATE -> from.then(DataType.TEXT, DataOp.DATE_TO_TEXT);
      case TIMESTAMP -> from.then(DataType.TEXT, DataOp.TIME_TO_TEXT);
      case DOUBLE ->
          throw this.compiler.wrong(
              call, "there is no 'text' of DOUBLE: say how many digits, as in text(decimal(x, 2))");
    };
  }

  private DataCode toBoolean(DataNode.Call call) {
    requireCount(call, 1, 1);
    DataCode from = operand(call, 0);
    return from.kind() == DataType.Kind.TEXT
        ? from.then(DataType.BOOLEAN, DataOp.TEXT_TO_BOOLEAN)
        : this.compiler.cast(from, DataType.BOOLEAN, call);
  }

  /** {@link DataOp#NEGATE} or {@link DataOp#ABSOLUTE} of any number. */
  DataCode signed(DataNode.Call call, int op) {
    requireCount(call, 1, 1);
    DataCode from = operand(call, 0);
    DataType type = this.compiler.requireNumber(call, from);
    DataCode number = this.compiler.cast(from, type, call);
    int of = op - DataOp.NEGATE;
    return switch (type.kind()) {
      case DOUBLE -> number.then(type, DataOp.DOUBLE_NEGATE + of);
      case DECIMAL -> number.then(type, DataOp.DECIMAL_NEGATE + of);
      default -> number.then(type, op);
    };
  }

  private DataCode round(DataNode.Call call) {
    requireCount(call, 1, 2);
    DataCode from = operand(call, 0);
    DataType type = this.compiler.requireNumber(call, from);
    DataCode number = this.compiler.cast(from, type, call);
    int digits = call.arguments().size() == 2 ? digits(call) : 0;
    return switch (type.kind()) {
      case DOUBLE -> digits == 0 ? number.then(type, DataOp.ROUND) : rounded(number, digits);
      case DECIMAL -> this.compiler.cast(number, DataType.decimal(digits), call);
      default -> number;
    };
  }

  /** What is so large that doubles have no more digits there stays as it is. */
  private static DataCode rounded(DataCode number, int digits) {
    DataType type = DataType.DOUBLE;
    DataCode rounded =
        number
            .then(DataType.decimal(digits), DataOp.DOUBLE_TO_DECIMAL, digits)
            .then(type, DataOp.DECIMAL_TO_DOUBLE, digits);
    DataCode large =
        DataCompiler.number(type, Double.doubleToRawLongBits(0x1p53 / Math.pow(10, digits)));
    DataCode isLarge =
        DataCode.join(
            DataType.BOOLEAN,
            List.of(number.then(type, DataOp.DOUBLE_ABSOLUTE), large),
            DataOp.COMPARE_DOUBLES,
            AT_LEAST);
    return DataCode.join(type, List.of(rounded, isLarge, number), DataOp.IF, 0);
  }

  private DataCode whole(DataNode.Call call, int op) {
    requireCount(call, 1, 1);
    DataCode number = operand(call, 0);
    return number.kind() == DataType.Kind.INTEGER
        ? number
        : this.compiler.cast(number, DataType.DOUBLE, call).then(DataType.DOUBLE, op);
  }

  private DataCode substring(DataNode.Call call) {
    requireCount(call, 2, 3);
    List<DataCode> operands = new ArrayList<>();
    operands.add(this.compiler.cast(operand(call, 0), DataType.TEXT, call.arguments().get(0)));
    operands.add(this.compiler.cast(operand(call, 1), DataType.INTEGER, call.arguments().get(1)));
    operands.add(
        call.arguments().size() == 2
            ? DataCompiler.number(DataType.INTEGER, Long.MAX_VALUE)
            : this.compiler.cast(operand(call, 2), DataType.INTEGER, call.arguments().get(2)));
    return DataCode.join(DataType.TEXT, operands, DataOp.SUBSTRING);
  }

  private DataCode concatenate(DataNode.Call call) {
    requireCount(call, 2, 100);
    DataCode first = this.compiler.cast(operand(call, 0), DataType.TEXT, call.arguments().get(0));
    for (int place = 1; place < call.arguments().size(); place++) {
      DataNode node = call.arguments().get(place);
      DataCode other = this.compiler.cast(operand(call, place), DataType.TEXT, node);
      first = DataCode.join(DataType.TEXT, List.of(first, other), DataOp.CONCATENATE);
    }
    return first;
  }
}
