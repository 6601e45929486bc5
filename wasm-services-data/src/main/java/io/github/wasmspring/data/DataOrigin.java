package io.github.wasmspring.data;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Where rows come from. */
interface DataOrigin {

  DataSchema schema();

  /** From the first row on. */
  DataFlow open(DataSettings settings);

  /** The value of a column of a row. */
  interface Reader<R> {
    @Nullable Object read(R row, int column);
  }

  /** Rows one after the other, collected to chunks. */
  final class Rows<R> implements DataFlow {

    private final DataSchema schema;
    private final Iterator<? extends R> rows;
    private final Reader<R> reader;
    private final Runnable onClose;
    private final int chunkRows;
    private final DataChunkBuilder builder;
    private long before;

    Rows(
        DataSchema schema,
        Iterator<? extends R> rows,
        Reader<R> reader,
        Runnable onClose,
        DataSettings settings) {
      this.schema = schema;
      this.rows = rows;
      this.reader = reader;
      this.onClose = onClose;
      this.chunkRows = settings.chunkRows();
      this.builder = new DataChunkBuilder(schema.types(), this.chunkRows);
    }

    @Override
    public @Nullable DataChunk next() {
      while (hasRoom() && this.rows.hasNext()) {
        DataRows.requireNoInterrupt();
        add(this.rows.next());
      }
      if (this.builder.rows() == 0) {
        return null;
      }
      this.before += this.builder.rows();
      return this.builder.build();
    }

    /** Looks at the bytes now and then only, as that is work as well. */
    private boolean hasRoom() {
      int rows = this.builder.rows();
      return rows < this.chunkRows && (rows % 16 != 0 || this.builder.size() < DataRows.MOST_BYTES);
    }

    private void add(R row) {
      long number = this.before + this.builder.rows() + 1;
      if (row == null) {
        throw new DataException(DataException.Reason.VALUE, "Row %d is null".formatted(number));
      }
      for (int column = 0; column < this.schema.size(); column++) {
        DataField field = this.schema.fields().get(column);
        try {
          DataValues.add(
              this.builder.columns.get(column), field.type(), this.reader.read(row, column));
        } catch (IllegalArgumentException | ClassCastException wrong) {
          throw new DataException(
              DataException.Reason.VALUE,
              "Row %d, column '%s': %s".formatted(number, field.name(), wrong.getMessage()),
              wrong);
        }
      }
      this.builder.endRow();
    }

    @Override
    public void close() {
      this.onClose.run();
    }
  }
}
