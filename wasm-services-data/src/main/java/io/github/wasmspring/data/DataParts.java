package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows on disk that are set apart by some bits of the hashes of their keys. */
final class DataParts {

  static final int COUNT = 16;

  /** How often rows can be set apart before all bits are used. */
  static final int MOST_LEVELS = 8;

  private static final int BITS = 4;
  private static final int WRITTEN_ROWS = 1024;

  private final DataRun run;
  private final List<DataType> types;
  private final int level;
  private final @Nullable DataChunkBuilder[] rows = new DataChunkBuilder[COUNT];
  private final DataSpill.@Nullable Run[] files = new DataSpill.Run[COUNT];

  /**
   * @param types of the columns of the rows
   * @param level how often they have been set apart before
   */
  DataParts(DataRun run, List<DataType> types, int level) {
    this.run = run;
    this.types = types;
    this.level = level;
  }

  /**
   * @param seed so that nobody can choose keys whose rows all come to one part
   */
  static int hash(long seed, byte[] key, int from, int to) {
    long hash = seed;
    for (int at = from; at < to; at++) {
      hash = (hash ^ key[at]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> Integer.SIZE);
  }

  void add(DataChunk chunk, int row, int hash) {
    int part = hash >>> this.level * BITS & (COUNT - 1);
    DataChunkBuilder builder = this.rows[part];
    if (builder == null) {
      builder = new DataChunkBuilder(this.types, WRITTEN_ROWS);
      this.rows[part] = builder;
    }
    builder.addFrom(chunk, row);
    if (builder.rows() == WRITTEN_ROWS || builder.size() >= this.run.pieceBytes(COUNT)) {
      write(part, builder);
    }
  }

  private void write(int part, DataChunkBuilder builder) {
    DataSpill.Run file = this.files[part];
    if (file == null) {
      file = this.run.spill.create(this.types);
      this.files[part] = file;
    }
    file.write(builder.build());
  }

  /** The files, {@code null} for a part without rows. */
  List<DataSpill.@Nullable Run> end() {
    List<DataSpill.@Nullable Run> all = new ArrayList<>();
    for (int part = 0; part < COUNT; part++) {
      DataChunkBuilder builder = this.rows[part];
      if (builder != null && builder.rows() > 0) {
        write(part, builder);
      }
      this.rows[part] = null;
      all.add(this.files[part]);
    }
    return all;
  }
}
