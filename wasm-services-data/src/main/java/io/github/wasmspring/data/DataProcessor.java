package io.github.wasmspring.data;

import io.github.wasmspring.client.WasmModuleManager;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Begins pipelines over rows, run by the module of one manager, or by Java with the same results
 * where it may not run. For many threads.
 */
public final class DataProcessor {

  private final WasmModuleManager manager;
  private final DataSettings settings;
  private final LongAdder wasmStages = new LongAdder();
  private final LongAdder javaStages = new LongAdder();

  private DataProcessor(WasmModuleManager manager, DataSettings settings) {
    this.manager = manager;
    this.settings = settings;
  }

  /**
   * @param manager to whose modules the one of {@link DataModule} belongs
   */
  public static DataProcessor of(WasmModuleManager manager) {
    return of(manager, DataSettings.DEFAULTS);
  }

  public static DataProcessor of(WasmModuleManager manager, DataSettings settings) {
    return new DataProcessor(
        Objects.requireNonNull(manager, "There is no manager"),
        Objects.requireNonNull(settings, "There are no settings"));
  }

  public DataSettings settings() {
    return this.settings;
  }

  /**
   * Rows as maps, by the names of the columns; what is missing is {@code null}, and what the schema
   * does not have is left out.
   *
   * @param rows read anew whenever the pipeline runs
   */
  public DataPipeline from(DataSchema schema, Iterable<? extends Map<String, ?>> rows) {
    Objects.requireNonNull(rows, "There are no rows");
    return from(schema, settings -> maps(schema, rows.iterator(), () -> {}, settings));
  }

  /** The same of a stream, which is closed with the rows; the pipeline can run once. */
  public DataPipeline from(DataSchema schema, Stream<? extends Map<String, ?>> rows) {
    return from(
        schema, once("a stream", settings -> maps(schema, rows.iterator(), rows::close, settings)));
  }

  /** The same of streams, one for each run. */
  DataPipeline fromStreams(DataSchema schema, Supplier<Stream<Map<String, ?>>> streams) {
    return from(
        schema,
        settings -> {
          Stream<Map<String, ?>> rows = streams.get();
          return maps(schema, rows.iterator(), rows::close, settings);
        });
  }

  private static DataFlow maps(
      DataSchema schema,
      Iterator<? extends Map<String, ?>> rows,
      Runnable onClose,
      DataSettings settings) {
    List<String> names = schema.names();
    return new DataOrigin.Rows<Map<String, ?>>(
        schema, rows, (row, column) -> row.get(names.get(column)), onClose, settings);
  }

  /**
   * Rows as records, whose components are the columns.
   *
   * @param rows read anew whenever the pipeline runs
   * @throws IllegalArgumentException if a component is of a type that no column has
   */
  public <R extends Record> DataPipeline from(Class<R> type, Iterable<? extends R> rows) {
    DataRecords<R> records = DataRecords.of(type);
    return from(
        records.schema(),
        settings ->
            new DataOrigin.Rows<>(
                records.schema(), rows.iterator(), records::read, () -> {}, settings));
  }

  /**
   * The rows of a result set from where it is, not closed. The pipeline can run once.
   *
   * @throws DataException if its columns are of types that are not known here
   */
  public DataPipeline from(ResultSet rows) {
    DataResultSet results = DataResultSet.of(rows);
    return from(
        results.schema(),
        once(
            "a result set",
            settings ->
                new DataOrigin.Rows<ResultSet>(
                    results.schema(), results, results::read, () -> {}, settings)));
  }

  /**
   * The rows of a file that {@link DataPipeline#writeTo(Path)} has made, read anew whenever the
   * pipeline runs. Whoever made it: it is checked before anything else is done with it.
   *
   * @throws DataException if there is no such file or it is damaged; what follows the columns is
   *     known when rows are read
   */
  public DataPipeline from(Path file) {
    DataSchema schema = DataFileReader.schema(Objects.requireNonNull(file, "There is no file"));
    return from(schema, settings -> open(file, schema));
  }

  private static DataFlow open(Path file, DataSchema schema) {
    DataFileReader reader = new DataFileReader(file);
    if (!reader.schema().equals(schema)) {
      reader.close();
      throw new DataException(
          DataException.Reason.DAMAGED,
          "%s has other columns than when the pipeline was made: %s in place of %s"
              .formatted(file, reader.schema(), schema));
    }
    return reader;
  }

  /** Rows that are gone when they have been read must not seem to be none. */
  private static Function<DataSettings, DataFlow> once(
      String source, Function<DataSettings, DataFlow> open) {
    AtomicBoolean opened = new AtomicBoolean();
    return settings -> {
      if (opened.getAndSet(true)) {
        throw new IllegalStateException(
            "A pipeline over %s runs once, and is on one side of a join; read it anew for another run"
                .formatted(source));
      }
      return open.apply(settings);
    };
  }

  private DataPipeline from(DataSchema schema, Function<DataSettings, DataFlow> open) {
    return new DataPipeline(
        this,
        new DataOrigin() {
          @Override
          public DataSchema schema() {
            return schema;
          }

          @Override
          public DataFlow open(DataSettings settings) {
            return open.apply(settings);
          }
        });
  }

  DataRun begin() {
    return new DataRun(this.manager, this.settings, this.wasmStages, this.javaStages);
  }

  /** How many stages of pipelines the module has run. */
  public long wasmStages() {
    return this.wasmStages.sum();
  }

  /** How many stages Java has run in its place. */
  public long javaStages() {
    return this.javaStages.sum();
  }
}
