package io.github.wasmspring.data;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** An instance of the module. */
final class GuestKernel implements DataKernel {

  private static final int NO_ROOM = -1;
  private static final int TOO_MUCH = -3;
  private static final int FAILURE = -16;
  private static final int PAIRS = 1 << 15;
  private static final int CHARACTERS = 1 << 16;

  private final WasmSession session;
  private final DataProgram program;
  private final DataProgram buildProgram;

  private GuestKernel(WasmSession session, DataProgram program, DataProgram buildProgram) {
    this.session = session;
    this.program = program;
    this.buildProgram = buildProgram;
  }

  /**
   * @param buildProgram of the rows that are looked up, the same where there are none
   * @throws WasmException if there is no instance to be had
   */
  static GuestKernel open(
      WasmModuleManager manager, DataProgram program, DataProgram buildProgram, long limit) {
    WasmSession session = manager.open(DataModule.ID);
    try {
      GuestKernel kernel = new GuestKernel(session, program, buildProgram);
      session.call("limit", limit, ThreadLocalRandom.current().nextLong());
      kernel.give(0, program);
      if (buildProgram != program) {
        kernel.give(1, buildProgram);
      }
      kernel.giveCases();
      return kernel;
    } catch (RuntimeException | Error failure) {
      session.close();
      throw failure;
    }
  }

  private void give(int number, DataProgram given) {
    int[] words = given.words();
    byte[] texts = given.texts();
    ByteBuffer input = input((long) words.length * Integer.BYTES + texts.length);
    input.asIntBuffer().put(words);
    input.position(words.length * Integer.BYTES);
    input.put(texts);
    check("program", call("program", number, words.length, texts.length));
  }

  /** Which character becomes which is what this JDK says. */
  private void giveCases() {
    for (int upper = 0; upper < 2; upper++) {
      int op = upper == 1 ? DataOp.UPPER : DataOp.LOWER;
      if (this.program.uses(op) || this.buildProgram.uses(op)) {
        int at = call("cases", upper);
        if (at == 0) {
          throw DataMemory.chunk();
        }
        char[] cases = new char[CHARACTERS];
        for (int each = 0; each < CHARACTERS; each++) {
          cases[each] = JavaTexts.changeCase((char) each, upper == 1);
        }
        this.session.memory().window(at, CHARACTERS * Character.BYTES).asCharBuffer().put(cases);
      }
    }
  }

  private int call(String export, long... arguments) {
    return (int) this.session.call(export, arguments)[0];
  }

  private ByteBuffer input(long size) {
    int at = size > Integer.MAX_VALUE ? 0 : call("input", size);
    if (at == 0) {
      throw DataMemory.chunk();
    }
    return this.session.memory().window(at, (int) size);
  }

  private int run(int number, DataProgram run, DataChunk chunk) {
    DataChunk inputs = run.inputs(chunk);
    ByteBuffer input = input(DataChunkFormat.size(inputs));
    DataChunkFormat.write(inputs, input);
    return check("run", call("run", number));
  }

  private int check(String operation, int answer) {
    if (answer >= 0) {
      return answer;
    }
    if (answer <= FAILURE) {
      throw new DataFailure(FAILURE - answer, call("failed_row"), call("failed_at"));
    }
    switch (answer) {
      case NO_ROOM -> throw DataMemory.chunk();
      case TOO_MUCH -> {
        throw this.program == this.buildProgram ? DataMemory.groups() : DataMemory.join();
      }
      default ->
          throw (WasmExecutionException)
              new WasmExecutionException(
                      WasmErrorCategory.TRAP, "the module was asked for what can't be", null)
                  .locate(new WasmErrorContext(DataModule.ID, null, operation, null));
    }
  }

  private ByteBuffer output() {
    int size = call("output_size");
    return this.session.memory().window(call("output"), size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public DataChunk transform(DataChunk chunk) {
    run(0, this.program, chunk);
    return DataChunkFormat.read(output(), this.program.outputs());
  }

  private static int[] numbers(ByteBuffer from, int begin, int count) {
    int[] numbers = new int[count];
    from.position(begin * Integer.BYTES);
    from.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    return numbers;
  }

  @Override
  public Rest group(DataChunk chunk) {
    int left = run(0, this.program, chunk);
    ByteBuffer output = output();
    return new Rest(numbers(output, 0, left), numbers(output, left, left));
  }

  @Override
  public int groups() {
    return call("grouped");
  }

  @Override
  public DataChunk groups(int from, int count) {
    check("groups", call("groups", from, count));
    return DataChunkFormat.read(output(), this.program.outputs());
  }

  @Override
  public void clear() {
    check("clear", call("clear"));
  }

  @Override
  public Order sort(DataChunk chunk) {
    int rows = run(0, this.program, chunk);
    ByteBuffer output = output();
    int[] order = numbers(output, 0, rows);
    int[] offsets = new int[rows + 1];
    System.arraycopy(numbers(output, rows, rows), 0, offsets, 1, rows);
    byte[] keys = new byte[offsets[rows]];
    output.get(2 * rows * Integer.BYTES, keys);
    return new Order(order, DataColumn.ofTexts(rows, null, offsets, keys));
  }

  @Override
  public void build(DataChunk chunk) {
    run(1, this.buildProgram, chunk);
  }

  @Override
  public Pairs probe(DataChunk chunk) {
    return pairs(run(0, this.program, chunk));
  }

  @Override
  public Pairs more() {
    return pairs(check("more", call("more")));
  }

  private Pairs pairs(int count) {
    if (count == 0) {
      return new Pairs(new int[0], new int[0]);
    }
    ByteBuffer output = output();
    return new Pairs(numbers(output, 0, count), numbers(output, PAIRS, count));
  }

  @Override
  public void close() {
    this.session.close();
  }
}
