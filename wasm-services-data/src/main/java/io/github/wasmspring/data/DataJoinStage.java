package io.github.wasmspring.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the left side with those of the right. The right side is kept in memory; where it does
 * not fit, both sides go to disk, apart by the hashes of their keys, and are joined part by part.
 */
final class DataJoinStage implements DataFlow {

  /** About what the module takes for a row, beside its key. */
  private static final int ROW = 48;

  private static final DataKernel.Pairs NO_PAIRS = new DataKernel.Pairs(new int[0], new int[0]);

  private final DataRun run;
  private final DataFlow left;
  private final DataFlow right;
  private final DataJoinPlan plan;
  private final int level;
  private final DataKernel kernel;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private @Nullable DataChunk partners;
  private @Nullable DataUnmatched unmatched;
  private @Nullable DataChunk probed;
  private boolean leftEnded;
  private DataKernel.Pairs pairs = NO_PAIRS;
  private int given;
  private @Nullable Deque<Part> parts;
  private @Nullable DataJoinStage part;

  /** Rows of both sides that can only be partners of each other. */
  private record Part(DataFlow left, DataFlow right) {}

  DataJoinStage(DataRun run, DataFlow left, DataFlow right, DataJoinPlan plan) {
    this(run, left, right, plan, 0);
  }

  /**
   * @param level how often the sides have been set apart before
   */
  private DataJoinStage(DataRun run, DataFlow left, DataFlow right, DataJoinPlan plan, int level) {
    this.run = run;
    this.left = left;
    this.right = right;
    this.plan = plan;
    this.level = level;
    this.kernel = run.kernel(plan.probe(), plan.build());
  }

  @Override
  public @Nullable DataChunk next() {
    if (this.partners == null && this.parts == null) {
      begin();
    }
    if (this.parts != null) {
      return nextOf(this.parts);
    }
    DataChunk others = this.partners;
    return others == null ? null : next(others);
  }

  private @Nullable DataChunk nextOf(Deque<Part> waiting) {
    for (; ; ) {
      DataJoinStage now = this.part;
      DataChunk chunk = now == null ? null : now.next();
      if (chunk != null) {
        return chunk;
      }
      if (now != null) {
        now.close();
        this.part = null;
      }
      Part next = waiting.poll();
      if (next == null) {
        return null;
      }
      this.part = new DataJoinStage(this.run, next.left, next.right, this.plan, this.level + 1);
    }
  }

  private @Nullable DataChunk next(DataChunk others) {
    DataRows.requireNoInterrupt();
    DataChunk mine = this.probed;
    if (mine != null) {
      if (this.given == this.pairs.rows().length) {
        take(this.kernel.more());
      }
      if (this.pairs.rows().length > 0) {
        return joined(mine, others);
      }
    }
    mine = this.leftEnded ? null : this.left.next();
    this.probed = mine == null || mine.rows() == 0 ? null : mine;
    if (mine == null) {
      this.leftEnded = true;
      return this.unmatched == null ? null : this.unmatched.next();
    }
    take(mine.rows() == 0 ? NO_PAIRS : this.kernel.probe(mine));
    return joined(mine, others);
  }

  private void take(DataKernel.Pairs found) {
    this.pairs = found;
    this.given = 0;
    if (this.unmatched != null) {
      this.unmatched.match(found.partners());
    }
  }

  private void begin() {
    List<DataChunk> chunks = new ArrayList<>();
    long size = 0;
    for (DataChunk chunk = this.right.next(); chunk != null; chunk = this.right.next()) {
      if (chunk.rows() > 0) {
        chunks.add(chunk);
        size += 2 * chunk.size() + (long) ROW * chunk.rows();
        if (size > this.run.settings.memoryLimit()) {
          setApart(chunks);
          return;
        }
        this.kernel.build(chunk);
      }
    }
    List<DataType> types = this.plan.right().types();
    DataChunk others =
        chunks.isEmpty() ? new DataChunkBuilder(types, 0).build() : DataChunk.concat(types, chunks);
    this.partners = others;
    if (this.plan.kind().keepsRight()) {
      this.unmatched = new DataUnmatched(this.plan, others, this.run.settings.chunkRows());
    }
  }

  /**
   * @param begun the chunks of the right side that have been read
   */
  private void setApart(List<DataChunk> begun) {
    if (this.level == DataParts.MOST_LEVELS) {
      throw DataMemory.join();
    }
    this.kernel.close();
    DataJoin kind = this.plan.kind();
    List<DataSpill.@Nullable Run> rights =
        sideParts(this.plan.right(), kind.keepsRight()).setApart(begun, this.right);
    List<DataSpill.@Nullable Run> lefts =
        sideParts(this.plan.left(), kind.keepsLeft()).setApart(List.of(), this.left);
    Deque<Part> made = new ArrayDeque<>();
    for (int each = 0; each < DataParts.COUNT; each++) {
      DataSpill.Run mine = lefts.get(each);
      DataSpill.Run others = rights.get(each);
      if (mine != null || others != null && kind.keepsRight()) {
        made.add(new Part(orNone(mine), orNone(others)));
      } else if (others != null) {
        others.close();
      }
    }
    this.parts = made;
  }

  private DataJoinParts sideParts(DataSchema side, boolean keepsNulls) {
    return new DataJoinParts(this.run, this.plan, side, keepsNulls, this.level, this.seed);
  }

  private static DataFlow orNone(@Nullable DataFlow side) {
    return side == null ? DataFlow.none() : side;
  }

  /** As many of the pairs that wait as a chunk has room for. */
  private DataChunk joined(DataChunk mine, DataChunk others) {
    List<DataColumn> added =
        this.plan.added().stream().map(place -> others.columns().get(place)).toList();
    int end = this.given;
    long size = 0;
    while (end < this.pairs.rows().length && size < DataRows.MOST_BYTES) {
      size += size(mine.columns(), this.pairs.rows()[end]);
      size += size(added, this.pairs.partners()[end]);
      end++;
    }
    int count = end - this.given;
    int[] rows = Arrays.copyOfRange(this.pairs.rows(), this.given, end);
    int[] partners = Arrays.copyOfRange(this.pairs.partners(), this.given, end);
    this.given = end;
    List<DataColumn> columns = new ArrayList<>(mine.take(rows, count).columns());
    added.forEach(column -> columns.add(column.take(partners, count)));
    return new DataChunk(count, columns);
  }

  private static long size(List<DataColumn> columns, int row) {
    long size = 0;
    for (DataColumn column : columns) {
      size += column.size(row);
    }
    return size;
  }

  @Override
  public void close() {
    // Files of parts that wait are closed with the run.
    try {
      if (this.part != null) {
        this.part.close();
      }
    } finally {
      try {
        this.kernel.close();
      } finally {
        closeSides();
      }
    }
  }

  private void closeSides() {
    try {
      this.right.close();
    } finally {
      this.left.close();
    }
  }
}
