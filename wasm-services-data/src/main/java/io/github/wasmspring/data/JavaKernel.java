package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Java in place of the module, with the same results. */
final class JavaKernel implements DataKernel {

  private static final int MOST_PAIRS = 1 << 15;
  private static final int GROUP = 160;
  private static final int AGGREGATE = 96;

  private final DataProgram program;
  private final DataProgram buildProgram;
  private final long limit;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final JavaKeys keys = new JavaKeys();
  private final Map<ByteBuffer, JavaAggregate[]> groups = new LinkedHashMap<>();
  private @Nullable List<Map.Entry<ByteBuffer, JavaAggregate[]>> listed;
  private long bytes;

  /** What of it grows with rows, not with groups. */
  private long listBytes;

  private boolean full;
  private final Map<ByteBuffer, List<Integer>> partners = new HashMap<>();
  private int built;
  private @Nullable JavaMachine probed;
  private int row;
  private int place;

  /**
   * @param buildProgram of the rows that are looked up, the same where there are none
   */
  JavaKernel(DataProgram program, DataProgram buildProgram, long limit) {
    this.program = program;
    this.buildProgram = buildProgram;
    this.limit = limit;
  }

  @Override
  public DataChunk transform(DataChunk chunk) {
    JavaMachine machine = new JavaMachine(this.program, chunk).run();
    List<DataColumn> columns = new ArrayList<>();
    for (int out = 0; out < machine.outs.size(); out++) {
      DataColumnBuilder column =
          new DataColumnBuilder(this.program.outputs().get(out), machine.rows);
      for (int each = 0; each < machine.rows; each++) {
        machine.outs.get(out).addTo(column, each);
      }
      columns.add(column.build());
    }
    if (machine.endArgument != 0) {
      long[] rows = new long[machine.rows];
      for (int each = 0; each < rows.length; each++) {
        rows[each] = machine.selection[each];
      }
      columns.add(DataColumn.ofValues(DataType.DATE, rows.length, null, rows));
    }
    return new DataChunk(machine.rows, columns);
  }

  @Override
  public Rest group(DataChunk chunk) {
    JavaMachine machine = new JavaMachine(this.program, chunk).run();
    if (machine.keys.isEmpty() && this.groups.isEmpty()) {
      addGroup(ByteBuffer.allocate(0), machine);
    }
    int[] rows = new int[machine.rows];
    int[] hashes = new int[machine.rows];
    int left = 0;
    for (int each = 0; each < machine.rows; each++) {
      ByteBuffer key = ByteBuffer.wrap(this.keys.of(machine.keys, each));
      JavaAggregate[] group = this.groups.get(key);
      if (group == null && !isFull()) {
        group = addGroup(key, machine);
      }
      if (group == null) {
        rows[left] = machine.selection[each];
        hashes[left++] = DataParts.hash(this.seed, key.array(), 0, key.capacity());
      } else {
        for (int index = 0; index < group.length; index++) {
          int more = group[index].take(machine.aggregates.get(index), each);
          this.bytes += more;
          this.listBytes += more;
        }
      }
    }
    if (this.bytes > 2 * this.limit && this.listBytes > this.limit) {
      throw DataMemory.groups();
    }
    return new Rest(Arrays.copyOf(rows, left), Arrays.copyOf(hashes, left));
  }

  private boolean isFull() {
    this.full |= !this.groups.isEmpty() && this.bytes > this.limit;
    return this.full;
  }

  private JavaAggregate[] addGroup(ByteBuffer key, JavaMachine machine) {
    JavaAggregate[] group =
        machine.aggregates.stream().map(JavaAggregate::new).toArray(JavaAggregate[]::new);
    this.groups.put(key, group);
    this.bytes += GROUP + key.capacity() + (long) AGGREGATE * group.length;
    return group;
  }

  @Override
  public int groups() {
    return this.groups.size();
  }

  @Override
  public DataChunk groups(int from, int count) {
    List<Map.Entry<ByteBuffer, JavaAggregate[]>> all = this.listed;
    if (all == null) {
      all = List.copyOf(this.groups.entrySet());
      this.listed = all;
    }
    List<DataColumnBuilder> columns =
        this.program.outputs().stream().map(type -> new DataColumnBuilder(type, count)).toList();
    int parts = this.program.keys().size();
    for (int each = from; each < from + count; each++) {
      JavaKeys.read(all.get(each).getKey().array(), this.program.keys(), columns);
      JavaAggregate[] group = all.get(each).getValue();
      for (int index = 0; index < group.length; index++) {
        try {
          group[index].addTo(columns.get(parts + index));
        } catch (DataValueException wrong) {
          throw new DataFailure(wrong.state, each, index);
        }
      }
    }
    return new DataChunk(count, columns.stream().map(DataColumnBuilder::build).toList());
  }

  @Override
  public void clear() {
    this.groups.clear();
    this.listed = null;
    this.bytes = 0;
    this.listBytes = 0;
    this.full = false;
  }

  @Override
  public Order sort(DataChunk chunk) {
    JavaMachine machine = new JavaMachine(this.program, chunk).run();
    byte[][] made = new byte[machine.rows][];
    Integer[] order = new Integer[machine.rows];
    for (int each = 0; each < machine.rows; each++) {
      made[each] = this.keys.of(machine.keys, each);
      order[each] = each;
    }
    Arrays.sort(order, (left, right) -> Arrays.compareUnsigned(made[left], made[right]));
    int[] rows = new int[machine.rows];
    DataColumnBuilder sorted = new DataColumnBuilder(DataType.TEXT, machine.rows);
    for (int each = 0; each < rows.length; each++) {
      rows[each] = machine.selection[order[each]];
      sorted.addText(made[order[each]]);
    }
    return new Order(rows, sorted.build());
  }

  @Override
  public void build(DataChunk chunk) {
    JavaMachine machine = new JavaMachine(this.buildProgram, chunk).run();
    for (int each = 0; each < machine.rows; each++) {
      byte[] key = this.keys.of(machine.keys, each);
      if (!this.keys.hasNull()) {
        this.partners
            .computeIfAbsent(ByteBuffer.wrap(key), first -> new ArrayList<>())
            .add(this.built);
      }
      this.built++;
    }
  }

  @Override
  public Pairs probe(DataChunk chunk) {
    this.probed = new JavaMachine(this.program, chunk).run();
    this.row = 0;
    this.place = 0;
    return more();
  }

  @Override
  public Pairs more() {
    JavaMachine machine = this.probed;
    JavaPairs pairs = new JavaPairs(MOST_PAIRS);
    while (machine != null && this.row < machine.rows && !pairs.isFull()) {
      byte[] key = this.keys.of(machine.keys, this.row);
      List<Integer> found = this.keys.hasNull() ? null : this.partners.get(ByteBuffer.wrap(key));
      add(machine, found == null ? List.of() : found, pairs);
    }
    return pairs.build();
  }

  private void add(JavaMachine machine, List<Integer> found, JavaPairs pairs) {
    int mine = machine.selection[this.row];
    switch (DataJoin.values()[machine.endArgument]) {
      case SEMI -> pairs.addIf(!found.isEmpty(), mine, found.isEmpty() ? -1 : found.get(0));
      case ANTI -> pairs.addIf(found.isEmpty(), mine, -1);
      default -> {
        boolean alone = machine.endArgument == DataJoin.LEFT.ordinal() && found.isEmpty();
        pairs.addIf(alone, mine, -1);
        while (this.place < found.size() && !pairs.isFull()) {
          pairs.addIf(true, mine, found.get(this.place++));
        }
        if (this.place < found.size()) {
          return;
        }
      }
    }
    this.place = 0;
    this.row++;
  }

  @Override
  public void close() {
    clear();
    this.partners.clear();
  }
}
