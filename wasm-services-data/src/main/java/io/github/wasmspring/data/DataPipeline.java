package io.github.wasmspring.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is done with rows, step by step. Each method answers with a pipeline of one step more and
 * leaves this one as it is; nothing is read before rows are asked for. A step that can't be is
 * refused at once, with what is wrong and where.
 */
public final class DataPipeline {

  private final DataProcessor processor;
  private final DataOrigin origin;
  private final List<DataStep> steps;
  private final DataSchema schema;

  DataPipeline(DataProcessor processor, DataOrigin origin) {
    this(processor, origin, List.of(), origin.schema());
  }

  private DataPipeline(
      DataProcessor processor, DataOrigin origin, List<DataStep> steps, DataSchema schema) {
    this.processor = processor;
    this.origin = origin;
    this.steps = steps;
    this.schema = schema;
  }

  /** The columns that come out. */
  public DataSchema schema() {
    return this.schema;
  }

  private DataPipeline then(DataStep step) {
    List<DataStep> more = new ArrayList<>(this.steps);
    more.add(step);
    return new DataPipeline(
        this.processor, this.origin, List.copyOf(more), step.schema(this.schema));
  }

  private DataPipeline each(Consumer<DataPlan> change) {
    return then(new DataStep.Each(change));
  }

  /** Only rows of which the condition is true; it is not where it is null. */
  public DataPipeline filter(String condition) {
    return each(plan -> plan.filter(condition));
  }

  /** Another column, or another value for one that there is. */
  public DataPipeline derive(String column, String expression) {
    return each(plan -> plan.derive(column, expression));
  }

  /** Only these columns, in this order. */
  public DataPipeline select(String... columns) {
    return each(plan -> plan.select(List.of(columns)));
  }

  /** All columns but these. */
  public DataPipeline drop(String... columns) {
    return each(plan -> plan.select(plan.schema().without(List.of(columns)).names()));
  }

  public DataPipeline rename(String from, String to) {
    return each(plan -> plan.rename(from, to));
  }

  private DataPipeline change(String function, String... columns) {
    return each(
        plan -> {
          for (String column : columns) {
            plan.schema().place(column);
            plan.derive(column, function.formatted(quoted(column)));
          }
        });
  }

  private static String quoted(String column) {
    return "\"" + column.replace("\"", "\"\"") + "\"";
  }

  /** Texts in upper case. */
  public DataPipeline upper(String... columns) {
    return change("upper(%s)", columns);
  }

  /** Texts in lower case. */
  public DataPipeline lower(String... columns) {
    return change("lower(%s)", columns);
  }

  /** Texts without spaces and control characters at both ends. */
  public DataPipeline trim(String... columns) {
    return change("trim(%s)", columns);
  }

  /**
   * A column as values of another type. Texts are read: numbers with a point, dates as {@code
   * 2026-11-30}, instants as {@code 2026-11-30T13:00:00Z}.
   */
  public DataPipeline parse(String column, DataType type) {
    return change(
        switch (type.kind()) {
          case DECIMAL -> "decimal(%s, " + type.scale() + ")";
          default -> type.kind().name().toLowerCase(java.util.Locale.ROOT) + "(%s)";
        },
        column);
  }

  /** Texts of a form of their own as dates or instants, such as {@code dd.MM.yyyy}. */
  public DataPipeline parse(String column, DataType type, String pattern) {
    if (type.kind() != DataType.Kind.DATE && type.kind() != DataType.Kind.TIMESTAMP) {
      throw new IllegalArgumentException("A pattern is for DATE and TIMESTAMP, not " + type);
    }
    String function = type.kind() == DataType.Kind.DATE ? "date" : "timestamp";
    String escaped = pattern.replace("'", "''").replace("%", "%%");
    return change(function + "(%s, '" + escaped + "')", column);
  }

  /** Rows with the same values in these columns together; without any, all rows. */
  public Grouping groupBy(String... columns) {
    return new Grouping(List.of(columns));
  }

  /** One row for each combination of values of these columns. */
  public DataPipeline distinct(String... columns) {
    return groupBy(columns).aggregate();
  }

  /** In order of these columns, the first being the most important. */
  public DataPipeline sort(DataSort... keys) {
    return then(new DataStep.Sort(List.of(keys)));
  }

  /** The same, ascending. */
  public DataPipeline sort(String... columns) {
    return sort(Arrays.stream(columns).map(DataSort::asc).toArray(DataSort[]::new));
  }

  /** The first rows. */
  public DataPipeline limit(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("There can't be %d rows".formatted(rows));
    }
    return then(new DataStep.Limit(rows));
  }

  /**
   * With the rows of another pipeline that have the same values in these columns; where one is
   * null, there are none. The other columns of the right side are added, which is kept in memory if
   * it fits, so let it be the smaller one. Columns joined by come out once, and have the value of
   * the side that there is.
   */
  public DataPipeline join(DataPipeline right, DataJoin kind, String... columns) {
    return then(new DataStep.Join(right, kind, List.of(columns)));
  }

  /** Runs the pipeline as its rows are asked for. To be closed. */
  public DataRows rows() {
    DataRun run = this.processor.begin();
    try {
      return new DataRows(this.schema, flow(run), run);
    } catch (RuntimeException | Error failure) {
      run.close();
      throw failure;
    }
  }

  /** The stages, from the source on. If one can't be made, those before it are closed. */
  DataFlow flow(DataRun run) {
    DataFlow flow = this.origin.open(run.settings);
    try {
      DataPlan plan = new DataPlan(this.origin.schema());
      for (DataStep step : this.steps) {
        if (step instanceof DataStep.Each each) {
          each.change().accept(plan);
        } else {
          flow = step.apply(run, flow, plan);
          plan = new DataPlan(step.schema(plan.schema()));
        }
      }
      return DataStep.flush(run, flow, plan);
    } catch (RuntimeException | Error failure) {
      flow.close();
      throw failure;
    }
  }

  /** The same as a stream, which is to be closed. */
  public Stream<DataRow> stream() {
    DataRows rows = rows();
    int characteristics = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, characteristics), false)
        .onClose(rows::close);
  }

  /** All rows as maps. */
  public List<Map<String, @Nullable Object>> toMaps() {
    try (Stream<DataRow> rows = stream()) {
      return rows.map(DataRow::toMap).toList();
    }
  }

  /**
   * All rows as records, whose components have the names of columns.
   *
   * @throws IllegalArgumentException if there is no column for a component
   */
  public <R extends Record> List<R> toRecords(Class<R> type) {
    java.util.function.Function<DataRow, R> maker = DataRecords.maker(type, this.schema);
    try (Stream<DataRow> rows = stream()) {
      return rows.map(maker).toList();
    }
  }

  /**
   * Writes all rows to a file, compressed, which {@link DataProcessor#from(Path)} reads. What was
   * there before stays until all is written and on the disk, or if that fails; a name that is in
   * use may so be that of the file that is read.
   *
   * @return how many rows they are
   * @throws DataException if a row can't be processed, or the file not be written
   */
  public long writeTo(Path file) {
    Objects.requireNonNull(file, "There is no file");
    DataRows rows = rows();
    try (DataFileWriter writer = new DataFileWriter(file, this.schema)) {
      return rows.writeTo(writer);
    } finally {
      rows.close();
    }
  }

  /** Rows that are put together; what is computed of them comes next. */
  public final class Grouping {

    private final List<String> keys;

    private Grouping(List<String> keys) {
      this.keys = keys;
    }

    /** One row for each group: its keys, then these, in the order in which groups began. */
    public DataPipeline aggregate(DataAggregate... aggregates) {
      return then(new DataStep.Group(this.keys, List.of(aggregates)));
    }
  }
}
