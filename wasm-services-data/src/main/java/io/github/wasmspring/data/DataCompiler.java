package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes instructions of expressions, each of a type that is known before any row is. */
final class DataCompiler {

  private static final int MOST_INSTRUCTIONS = 20_000;
  private static final List<String> RELATIONS = List.of("=", "<>", "<", "<=", ">", ">=");

  private final String expression;
  private final DataScope scope;
  private final DataFunctions functions;

  private DataCompiler(String expression, DataScope scope) {
    this.expression = expression;
    this.scope = scope;
    this.functions = new DataFunctions(this);
  }

  /**
   * @throws DataException if the expression can't be; the message says where
   */
  static DataCode compile(String expression, DataScope scope) {
    DataNode node = DataParser.parse(expression);
    DataCode code = new DataCompiler(expression, scope).compile(node);
    int depth = 0;
    int deepest = 0;
    for (int[] instruction : code.instructions()) {
      depth += DataOp.balance(instruction[0]);
      deepest = Math.max(deepest, depth);
    }
    if (deepest > DataProgram.DEPTH) {
      throw DataParser.wrong(
          expression,
          1,
          "more than 60 values have to be kept at a time; derive a part of it first");
    }
    return code;
  }

  /** The same, of a certain type. */
  static DataCode compile(String expression, DataScope scope, DataType type, String what) {
    DataCode code = compile(expression, scope);
    if (code.type() != null && !code.type().equals(type)) {
      throw DataParser.wrong(expression, 1, "%s is %s, not %s".formatted(what, type, code.type()));
    }
    return new DataCompiler(expression, scope).cast(code, type, new DataNode.Literal(1, null));
  }

  /** The same, as a double that a number is. */
  static DataCode compileDouble(String expression, DataScope scope) {
    DataCompiler compiler = new DataCompiler(expression, scope);
    DataCode code = compile(expression, scope);
    DataNode whole = new DataNode.Literal(1, null);
    compiler.requireNumber(whole, code);
    return compiler.cast(code, DataType.DOUBLE, whole);
  }

  DataException wrong(DataNode node, String what) {
    return DataParser.wrong(this.expression, node.position(), what);
  }

  void requireCount(DataNode.Call call, int least, int most) {
    int count = call.arguments().size();
    if (count < least || count > most) {
      String wanted = least + " or more";
      if (most - least <= 2) {
        wanted = least == most ? String.valueOf(least) : least + " to " + most;
      }
      throw wrong(
          call, "'%s' takes %s arguments, not %d".formatted(call.function(), wanted, count));
    }
  }

  DataTexts texts() {
    return this.scope.texts();
  }

  DataCode compile(DataNode node) {
    if (node instanceof DataNode.Literal literal) {
      return literal(literal);
    }
    if (node instanceof DataNode.Name name) {
      DataCode code = this.scope.load(name.name());
      if (code == null) {
        throw wrong(
            node,
            "there is no column '%s'; there are %s".formatted(name.name(), this.scope.names()));
      }
      return code;
    }
    DataNode.Call call = (DataNode.Call) node;
    DataCode code = compile(call);
    if (code.instructions().size() > MOST_INSTRUCTIONS) {
      throw wrong(node, "this takes more than 20000 instructions; derive a part of it first");
    }
    return code;
  }

  List<DataCode> compileAll(List<DataNode> nodes) {
    List<DataCode> all = new ArrayList<>();
    nodes.forEach(node -> all.add(compile(node)));
    return all;
  }

  private DataCode literal(DataNode.Literal literal) {
    Object value = literal.value();
    if (value == null) {
      return DataCode.of(null, DataOp.NOTHING, 0);
    }
    if (value instanceof Boolean truth) {
      return DataCode.of(DataType.BOOLEAN, DataOp.NUMBER, truth ? 1 : 0, 0);
    }
    if (value instanceof Long number) {
      return number(DataType.INTEGER, number);
    }
    if (value instanceof Double number) {
      return number(DataType.DOUBLE, Double.doubleToRawLongBits(number));
    }
    if (value instanceof BigDecimal number) {
      BigInteger wide = number.unscaledValue();
      int[] low = DataCode.bits(wide.longValue());
      int[] high = DataCode.bits(wide.shiftRight(Long.SIZE).longValue());
      DataType type = DataType.decimal(number.scale());
      return DataCode.of(type, DataOp.WIDE_NUMBER, low[0], low[1], high[0], high[1]);
    }
    String text = (String) value;
    int[] place = texts().add(text.getBytes(StandardCharsets.UTF_8));
    return new DataCode(
        DataType.TEXT, DataCode.of(DataType.TEXT, DataOp.STRING, place).instructions(), text);
  }

  static DataCode number(DataType type, long bits) {
    return DataCode.of(type, DataOp.NUMBER, DataCode.bits(bits));
  }

  private DataCode compile(DataNode.Call call) {
    int relation = RELATIONS.indexOf(call.function());
    if (relation >= 0) {
      return compare(call, relation);
    }
    return switch (call.function()) {
      case "and" -> logic(call, DataOp.AND);
      case "or" -> logic(call, DataOp.OR);
      case "not" -> logic(call, DataOp.NOT);
      case "is null" -> isNull(call);
      case "in" -> new DataMembership(this).compile(call);
      case "+", "-" -> sum(call);
      case "*" -> product(call);
      case "/" -> quotient(call);
      case "%" -> remainder(call);
      case "negative" -> this.functions.signed(call, DataOp.NEGATE);
      default -> this.functions.compile(call);
    };
  }

  private DataCode logic(DataNode.Call call, int op) {
    List<DataCode> operands = new ArrayList<>();
    call.arguments().forEach(each -> operands.add(cast(compile(each), DataType.BOOLEAN, each)));
    return DataCode.join(DataType.BOOLEAN, operands, op);
  }

  private DataCode isNull(DataNode.Call call) {
    DataCode operand = compile(call.arguments().get(0));
    return operand.then(DataType.BOOLEAN, DataOp.IS_NULL);
  }

  private DataCode compare(DataNode.Call call, int relation) {
    List<DataCode> operands = unified(call.arguments(), compileAll(call.arguments()), call);
    DataType type = Objects.requireNonNull(operands.get(0).type());
    int op =
        switch (type.kind()) {
          case DOUBLE -> DataOp.COMPARE_DOUBLES;
          case DECIMAL -> DataOp.COMPARE_DECIMALS;
          case TEXT -> DataOp.COMPARE_TEXTS;
          case BOOLEAN, INTEGER, DATE, TIMESTAMP -> DataOp.COMPARE_INTEGERS;
        };
    return DataCode.join(DataType.BOOLEAN, operands, op, relation);
  }

  private DataCode sum(DataNode.Call call) {
    List<DataCode> operands = compileAll(call.arguments());
    DataCode left = operands.get(0);
    DataCode right = operands.get(1);
    boolean isPlus = call.function().equals("+");
    if (left.kind() == DataType.Kind.DATE && right.kind() == DataType.Kind.INTEGER) {
      return DataCode.join(DataType.DATE, operands, isPlus ? DataOp.ADD : DataOp.SUBTRACT)
          .then(DataType.DATE, DataOp.CHECK_DATE);
    }
    if (!isPlus && left.kind() == DataType.Kind.DATE && right.kind() == DataType.Kind.DATE) {
      return DataCode.join(DataType.INTEGER, operands, DataOp.SUBTRACT);
    }
    List<DataCode> numbers = unified(call.arguments(), operands, call);
    DataType type = requireNumber(call, numbers.get(0));
    int first =
        switch (type.kind()) {
          case DOUBLE -> DataOp.DOUBLE_ADD;
          case DECIMAL -> DataOp.DECIMAL_ADD;
          default -> DataOp.ADD;
        };
    return DataCode.join(type, numbers, isPlus ? first : first + 1);
  }

  DataType requireNumber(DataNode node, DataCode code) {
    DataType type = code.type();
    if (type == null) {
      return DataType.INTEGER;
    }
    if (!type.isNumber()) {
      throw wrong(node, "numbers are needed, but there is %s".formatted(type));
    }
    return type;
  }

  private DataCode product(DataNode.Call call) {
    List<DataCode> operands = compileAll(call.arguments());
    DataCode left = operands.get(0);
    DataCode right = operands.get(1);
    DataType a = requireNumber(call, left);
    DataType b = requireNumber(call, right);
    if (a.kind() == DataType.Kind.DOUBLE || b.kind() == DataType.Kind.DOUBLE) {
      return arithmetic(call, operands, DataType.DOUBLE, DataOp.DOUBLE_MULTIPLY);
    }
    if (!a.isWide() && !b.isWide()) {
      return arithmetic(call, operands, DataType.INTEGER, DataOp.MULTIPLY);
    }
    int scale = a.scale() + b.scale();
    if (scale > DataType.MOST_DIGITS) {
      throw wrong(
          call,
          "the product of %s and %s has more than 38 digits behind the point; round one"
              .formatted(a, b));
    }
    DataNode first = call.arguments().get(0);
    DataNode second = call.arguments().get(1);
    List<DataCode> decimals =
        List.of(
            cast(left, DataType.decimal(a.scale()), first),
            cast(right, DataType.decimal(b.scale()), second));
    return DataCode.join(DataType.decimal(scale), decimals, DataOp.DECIMAL_MULTIPLY);
  }

  /** Of integers an integer, else a double. */
  private DataCode quotient(DataNode.Call call) {
    List<DataCode> operands = compileAll(call.arguments());
    boolean integers = true;
    for (DataCode operand : operands) {
      integers &= requireNumber(call, operand).kind() == DataType.Kind.INTEGER;
    }
    return integers
        ? arithmetic(call, operands, DataType.INTEGER, DataOp.DIVIDE)
        : arithmetic(call, operands, DataType.DOUBLE, DataOp.DOUBLE_DIVIDE);
  }

  private DataCode remainder(DataNode.Call call) {
    return arithmetic(call, compileAll(call.arguments()), DataType.INTEGER, DataOp.REMAINDER);
  }

  private DataCode arithmetic(DataNode.Call call, List<DataCode> operands, DataType type, int op) {
    List<DataCode> casted = new ArrayList<>();
    for (int place = 0; place < operands.size(); place++) {
      casted.add(cast(operands.get(place), type, call.arguments().get(place)));
    }
    return DataCode.join(type, casted, op);
  }

  /** The operands as values of one type, which all of them can be. */
  List<DataCode> unified(List<DataNode> nodes, List<DataCode> operands, DataNode whole) {
    DataCode common = operands.get(0);
    for (DataCode operand : operands) {
      common = common(common, operand, whole);
    }
    DataType type = common.type() == null ? DataType.INTEGER : common.type();
    List<DataCode> unified = new ArrayList<>();
    for (int place = 0; place < operands.size(); place++) {
      unified.add(cast(operands.get(place), type, nodes.get(place)));
    }
    return unified;
  }

  /** A code of the type that both can have. */
  private DataCode common(DataCode left, DataCode right, DataNode whole) {
    DataType a = left.type();
    DataType b = right.type();
    if (a == null || a.equals(b)) {
      return left.text() == null && a != null ? left : right;
    }
    if (b == null || isTime(a) && (right.text() != null || b.kind() == DataType.Kind.DATE)) {
      return left;
    }
    if (isTime(b) && (left.text() != null || a.kind() == DataType.Kind.DATE)) {
      return right;
    }
    if (!a.isNumber() || !b.isNumber()) {
      throw wrong(whole, "%s and %s do not go together; convert one".formatted(a, b));
    }
    if (a.kind() == DataType.Kind.DOUBLE || b.kind() == DataType.Kind.DOUBLE) {
      return a.kind() == DataType.Kind.DOUBLE ? left : right;
    }
    return a.isWide() && a.scale() >= b.scale() ? left : right;
  }

  private static boolean isTime(DataType type) {
    return type.kind() == DataType.Kind.DATE || type.kind() == DataType.Kind.TIMESTAMP;
  }

  /** The value as one of another type, where nothing is lost by it that users would notice. */
  DataCode cast(DataCode code, DataType to, DataNode node) {
    DataType from = code.type();
    if (from == null) {
      return DataCode.of(to, DataOp.NOTHING, form(to));
    }
    if (from.equals(to)) {
      return code;
    }
    DataType.Kind kind = from.kind();
    switch (to.kind()) {
      case DOUBLE -> {
        if (kind == DataType.Kind.INTEGER) {
          return code.then(to, DataOp.INTEGER_TO_DOUBLE);
        }
        if (kind == DataType.Kind.DECIMAL) {
          return code.then(to, DataOp.DECIMAL_TO_DOUBLE, from.scale());
        }
      }
      case DECIMAL -> {
        if (kind == DataType.Kind.INTEGER) {
          return code.then(to, DataOp.INTEGER_TO_DECIMAL, to.scale());
        }
        if (kind == DataType.Kind.DECIMAL) {
          return code.then(to, DataOp.RESCALE, from.scale(), to.scale());
        }
      }
      case DATE, TIMESTAMP -> {
        if (kind == DataType.Kind.DATE) {
          return code.then(to, DataOp.DATE_TO_TIME);
        }
        if (code.text() != null) {
          return time(code, code.text(), to, node);
        }
      }
      default -> {}
    }
    throw wrong(node, "%s is needed, but there is %s".formatted(to, from));
  }

  /** The module asks for wide ones only; Java keeps texts in another way, too. */
  private static int form(DataType type) {
    if (type.kind() == DataType.Kind.TEXT) {
      return 2;
    }
    return type.isWide() ? 1 : 0;
  }

  private DataCode time(DataCode code, String text, DataType to, DataNode node) {
    time(text, to, node);
    return textToTime(code, iso(to), to);
  }

  private static byte[] iso(DataType to) {
    return to.kind() == DataType.Kind.DATE ? DataTimePattern.isoDate() : DataTimePattern.isoTime();
  }

  /** The days or microseconds that a literal says. */
  long time(String text, DataType to, DataNode node) {
    try {
      return new DataTimeReader(text, iso(to)).read(to.kind() == DataType.Kind.DATE);
    } catch (DataValueException noTime) {
      throw wrong(node, "'%s' is no %s".formatted(text, to));
    }
  }

  DataCode textToTime(DataCode code, byte[] pattern, DataType to) {
    int[] place = texts().add(pattern);
    int isDate = to.kind() == DataType.Kind.DATE ? 1 : 0;
    return code.then(to, DataOp.TEXT_TO_TIME, place[0], place[1], isDate);
  }

  @Nullable Object constant(DataNode node) {
    return node instanceof DataNode.Literal literal ? literal.value() : null;
  }
}
