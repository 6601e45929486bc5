package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A step of a pipeline. */
sealed interface DataStep {

  /**
   * What columns come out, of those that come in.
   *
   * @throws IllegalArgumentException if it can't be; also {@link DataException}
   */
  DataSchema schema(DataSchema in);

  /**
   * The stage of it.
   *
   * @param plan what is done with each row before
   */
  DataFlow apply(DataRun run, DataFlow from, DataPlan plan);

  /** What is done with each row so far. */
  static DataFlow flush(DataRun run, DataFlow from, DataPlan plan) {
    return plan.isUnchanged() ? from : new DataTransformStage(run, from, plan);
  }

  /** Something that is done with each row. */
  record Each(Consumer<DataPlan> change) implements DataStep {
    @Override
    public DataSchema schema(DataSchema in) {
      DataPlan plan = new DataPlan(in);
      this.change.accept(plan);
      return plan.schema();
    }

    @Override
    public DataFlow apply(DataRun run, DataFlow from, DataPlan plan) {
      this.change.accept(plan);
      return from;
    }
  }

  record Group(List<String> keys, List<DataAggregate> aggregates) implements DataStep {
    @Override
    public DataSchema schema(DataSchema in) {
      if (new LinkedHashSet<>(this.keys).size() < this.keys.size()) {
        throw new IllegalArgumentException("A key is named twice: " + this.keys);
      }
      DataProgram program = new DataPlan(in).group(this.keys, this.aggregates);
      List<DataField> fields = new ArrayList<>();
      for (int place = 0; place < program.outputs().size(); place++) {
        boolean isKey = place < this.keys.size();
        String name =
            isKey ? this.keys.get(place) : this.aggregates.get(place - this.keys.size()).name();
        fields.add(new DataField(name, program.outputs().get(place)));
      }
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("Neither keys nor aggregates are named");
      }
      return DataSchema.of(fields);
    }

    @Override
    public DataFlow apply(DataRun run, DataFlow from, DataPlan plan) {
      return new DataGroupStage(
          run, from, plan.inputTypes(), plan.group(this.keys, this.aggregates), this.aggregates);
    }
  }

  record Sort(List<DataSort> keys) implements DataStep {
    @Override
    public DataSchema schema(DataSchema in) {
      if (this.keys.isEmpty()) {
        throw new IllegalArgumentException("No column to sort by is named");
      }
      this.keys.forEach(key -> in.place(key.column()));
      return in;
    }

    @Override
    public DataFlow apply(DataRun run, DataFlow from, DataPlan plan) {
      DataSchema in = plan.schema();
      DataFlow rows = flush(run, from, plan);
      try {
        DataProgram program = new DataPlan(in).keys(this.keys, DataOp.SORT, 0);
        return new DataSortStage(run, rows, in.types(), program);
      } catch (RuntimeException | Error failure) {
        rows.close();
        throw failure;
      }
    }
  }

  record Limit(long rows) implements DataStep {
    @Override
    public DataSchema schema(DataSchema in) {
      return in;
    }

    @Override
    public DataFlow apply(DataRun run, DataFlow from, DataPlan plan) {
      return new DataLimitStage(flush(run, from, plan), this.rows);
    }
  }

  record Join(DataPipeline right, DataJoin kind, List<String> columns) implements DataStep {
    @Override
    public DataSchema schema(DataSchema in) {
      if (this.columns.isEmpty()) {
        throw new IllegalArgumentException("No column to join by is named");
      }
      DataSchema others = this.right.schema();
      for (String column : this.columns) {
        if (!in.type(column).equals(others.type(column))) {
          throw new IllegalArgumentException(
              "The column '%s' is %s on the left and %s on the right; convert one"
                  .formatted(column, in.type(column), others.type(column)));
        }
      }
      Map<String, DataType> types = new LinkedHashMap<>();
      in.fields().forEach(field -> types.put(field.name(), field.type()));
      for (int place : added()) {
        DataField field = others.fields().get(place);
        if (types.put(field.name(), field.type()) != null) {
          throw new IllegalArgumentException(
              "Both sides have a column '%s' that they are not joined by; rename or drop one"
                  .formatted(field.name()));
        }
      }
      return DataSchema.ofNames(types);
    }

    private List<Integer> added() {
      if (this.kind == DataJoin.SEMI || this.kind == DataJoin.ANTI) {
        return List.of();
      }
      List<String> names = this.right.schema().names();
      return java.util.stream.IntStream.range(0, names.size())
          .filter(place -> !this.columns.contains(names.get(place)))
          .boxed()
          .toList();
    }

    @Override
    public DataFlow apply(DataRun run, DataFlow from, DataPlan plan) {
      DataSchema in = plan.schema();
      DataFlow rows = flush(run, from, plan);
      DataFlow others = null;
      try {
        others = this.right.flow(run);
        DataJoinPlan joined =
            new DataJoinPlan(in, this.right.schema(), this.kind, this.columns, added());
        return new DataJoinStage(run, rows, others, joined);
      } catch (RuntimeException | Error failure) {
        rows.close();
        if (others != null) {
          others.close();
        }
        throw failure;
      }
    }
  }
}
