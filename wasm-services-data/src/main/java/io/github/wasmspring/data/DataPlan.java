package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done with rows one by one, collected until something else is done with them. */
final class DataPlan implements DataScope {

  /** From here on the numbers of columns that the program itself makes. */
  private static final int MADE = 1 << 20;

  /**
   * Where a column is.
   *
   * @param number of the column of the chunk, or from {@link #MADE} on of one that is made
   */
  record Slot(DataType type, int number) {
    boolean isMade() {
      return this.number >= MADE;
    }
  }

  private final Map<String, Slot> columns = new LinkedHashMap<>();
  private final DataTexts texts = new DataTexts();
  private final List<int[]> instructions = new ArrayList<>();
  private final List<DataProgram.Label> labels = new ArrayList<>();
  private final List<DataType> inputTypes;
  private int made;
  private boolean filtered;

  DataPlan(DataSchema schema) {
    this.inputTypes = schema.types();
    for (DataField field : schema.fields()) {
      this.columns.put(field.name(), new Slot(field.type(), this.columns.size()));
    }
  }

  DataSchema schema() {
    Map<String, DataType> types = new LinkedHashMap<>();
    this.columns.forEach((name, slot) -> types.put(name, slot.type));
    return DataSchema.ofNames(types);
  }

  @Override
  public @Nullable DataCode load(String name) {
    Slot slot = this.columns.get(name);
    return slot == null ? null : DataCode.of(slot.type, DataOp.LOAD, slot.number);
  }

  @Override
  public List<String> names() {
    return List.copyOf(this.columns.keySet());
  }

  @Override
  public DataTexts texts() {
    return this.texts;
  }

  boolean isFiltered() {
    return this.filtered;
  }

  /** Whether there is nothing to compute. */
  boolean isProjection() {
    return this.instructions.isEmpty();
  }

  /** Whether rows are to stay as they are. */
  boolean isUnchanged() {
    int place = 0;
    for (Slot slot : this.columns.values()) {
      if (slot.number != place++) {
        return false;
      }
    }
    return isProjection() && place == this.inputTypes.size();
  }

  /** Of the columns that come in. */
  List<DataType> inputTypes() {
    return this.inputTypes;
  }

  List<Slot> slots() {
    return List.copyOf(this.columns.values());
  }

  private void add(DataCode code, String label, int op, int... arguments) {
    this.instructions.addAll(code.instructions());
    this.instructions.add(DataCode.instruction(op, arguments));
    this.labels.add(new DataProgram.Label(this.instructions.size() - 1, label));
  }

  void filter(String expression) {
    DataCode code =
        DataCompiler.compile(expression, this, DataType.BOOLEAN, "the condition of a filter");
    add(code, expression, DataOp.FILTER);
    this.filtered = true;
  }

  void derive(String name, String expression) {
    DataCode code = DataCompiler.compile(expression, this);
    if (code.type() == null) {
      throw DataParser.wrong(
          expression, 1, "null has no type; say which, as in text(null) or integer(null)");
    }
    if (code.instructions().size() == 1 && code.instructions().get(0)[0] == DataOp.LOAD) {
      this.columns.put(name, new Slot(code.type(), code.instructions().get(0)[1]));
      return;
    }
    Slot slot = new Slot(code.type(), MADE + this.made++);
    add(code, expression, DataOp.STORE, slot.number, code.type().kind().ordinal());
    this.columns.put(name, slot);
  }

  void select(List<String> names) {
    Map<String, Slot> all = new HashMap<>(this.columns);
    DataSchema selected = schema().select(names);
    this.columns.clear();
    selected.names().forEach(name -> this.columns.put(name, all.get(name)));
  }

  void rename(String from, String to) {
    Map<String, Slot> all = new LinkedHashMap<>(this.columns);
    schema().renamed(from, to);
    this.columns.clear();
    all.forEach((name, slot) -> this.columns.put(name.equals(from) ? to : name, slot));
  }

  /** Makes the columns that it derives, and says which rows are left if it filters. */
  DataProgram transform() {
    List<DataType> outputs = new ArrayList<>();
    for (Map.Entry<String, Slot> column : this.columns.entrySet()) {
      Slot slot = column.getValue();
      if (slot.isMade()) {
        DataCode load = DataCode.of(slot.type, DataOp.LOAD, slot.number);
        add(load, column.getKey(), DataOp.OUT, slot.type.kind().ordinal(), slot.type.scale());
        outputs.add(slot.type);
      }
    }
    if (this.filtered) {
      // Numbers of 32 bits, as days are.
      outputs.add(DataType.DATE);
    }
    return program(outputs, List.of(), DataOp.TRANSFORM, this.filtered ? 1 : 0);
  }

  /** Puts rows into groups. */
  DataProgram group(List<String> keys, List<DataAggregate> aggregates) {
    List<DataType> types = new ArrayList<>();
    keys.forEach(key -> types.add(addKey(key, 0)));
    List<DataType> outputs = new ArrayList<>(types);
    aggregates.forEach(aggregate -> outputs.add(addAggregate(aggregate)));
    return program(outputs, types, DataOp.GROUP, 0);
  }

  private DataType addKey(String name, int flags) {
    DataType type = schema().type(name);
    Slot slot = this.columns.get(name);
    DataCode load = DataCode.of(type, DataOp.LOAD, slot == null ? 0 : slot.number);
    add(load, name, DataOp.KEY, type.kind().ordinal(), flags);
    return type;
  }

  private DataType addAggregate(DataAggregate aggregate) {
    int function = aggregate.function().ordinal();
    String expression = aggregate.expression();
    if (expression == null) {
      this.instructions.add(DataCode.instruction(DataOp.COUNT_ROWS, function, 0));
      return DataType.INTEGER;
    }
    DataCode code = operand(aggregate, expression);
    DataType type = code.type() == null ? DataType.INTEGER : code.type();
    int[] share = DataCode.bits(Double.doubleToRawLongBits(aggregate.share()));
    add(code, expression, DataOp.AGGREGATE, function, type.kind().ordinal(), share[0], share[1]);
    return aggregate.type(type);
  }

  private DataCode operand(DataAggregate aggregate, String expression) {
    DataCode code = DataCompiler.compile(expression, this);
    switch (aggregate.function()) {
      case SUM -> {
        if (code.type() == null || !code.type().isNumber()) {
          throw DataParser.wrong(
              expression, 1, "a sum is of numbers, but this is %s".formatted(code.type()));
        }
        return code;
      }
      case COUNT_ROWS, COUNT, MIN, MAX, COUNT_DISTINCT -> {
        return code;
      }
      default -> {
        return DataCompiler.compileDouble(expression, this);
      }
    }
  }

  /**
   * Computes keys of columns as they are.
   *
   * @param end what is done with them
   */
  DataProgram keys(List<DataSort> keys, int end, int argument) {
    List<DataType> types = new ArrayList<>();
    keys.forEach(key -> types.add(addKey(key.column(), key.flags())));
    return program(List.of(), types, end, argument);
  }

  private DataProgram program(List<DataType> outputs, List<DataType> keys, int end, int argument) {
    this.instructions.add(DataCode.instruction(DataOp.END, end, argument));
    Map<Integer, Integer> inputs = new LinkedHashMap<>();
    for (int[] each : this.instructions) {
      if (each[0] == DataOp.LOAD && each[1] < MADE) {
        inputs.putIfAbsent(each[1], inputs.size());
      }
    }
    int[] words = new int[this.instructions.size() * DataProgram.INSTRUCTION];
    for (int place = 0; place < this.instructions.size(); place++) {
      int[] each = this.instructions.get(place).clone();
      if (each[0] == DataOp.LOAD || each[0] == DataOp.STORE) {
        Integer input = inputs.get(each[1]);
        each[1] = input == null ? each[1] - MADE + inputs.size() : input;
      }
      System.arraycopy(each, 0, words, place * each.length, each.length);
    }
    int[] columns = inputs.keySet().stream().mapToInt(Integer::intValue).toArray();
    return new DataProgram(
        words, this.texts.bytes(), columns, outputs, keys, List.copyOf(this.labels));
  }
}
