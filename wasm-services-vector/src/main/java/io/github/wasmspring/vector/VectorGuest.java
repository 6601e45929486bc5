package io.github.wasmspring.vector;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import java.nio.ByteBuffer;

/** The vectors in one instance of the module, by slot. For one thread at a time. */
final class VectorGuest implements AutoCloseable {

  private static final int NO_ROOM = -1;
  private static final int NUMBERS_AT_ONCE = 4096;
  private static final int RESERVED_AT_ONCE = 8192;

  private final WasmSession session;
  private final int dimensions;
  private final int input;
  private final int results;
  private int reserved;
  private boolean closed;

  private VectorGuest(WasmSession session, VectorIndexSettings settings) {
    this.session = session;
    this.dimensions = settings.dimensions();
    VectorIndexSettings.Graph graph = settings.graph();
    check(
        "configure",
        (int)
            session
                .call(
                    "configure",
                    settings.dimensions(),
                    settings.metric().ordinal(),
                    settings.storage() == VectorStorage.INT8 ? 1 : 0,
                    graph == null ? 0 : graph.m(),
                    graph == null ? 0 : graph.construction(),
                    graph == null ? 0 : graph.seed())[0]);
    this.input = (int) session.call("input")[0];
    this.results = (int) session.call("results")[0];
  }

  /**
   * @throws WasmException if there is no instance to be had
   */
  static VectorGuest open(WasmModuleManager manager, VectorIndexSettings settings) {
    WasmSession session = manager.open(VectorModule.ID);
    try {
      return new VectorGuest(session, settings);
    } catch (RuntimeException | Error failure) {
      session.close();
      throw failure;
    }
  }

  /**
   * Makes room for all slots below {@code slots}, and for {@code puts} more nodes.
   *
   * @throws WasmExecutionException {@code MEMORY_LIMIT} if there is none; nothing is broken
   */
  void reserve(int slots, int puts) {
    // In steps, each of which has the time of a call, on a machine with other work to do as well.
    while (slots - this.reserved > RESERVED_AT_ONCE) {
      check("reserve", call("reserve", this.reserved + RESERVED_AT_ONCE, 0));
      this.reserved += RESERVED_AT_ONCE;
    }
    check("reserve", call("reserve", slots, puts));
    this.reserved = Math.max(this.reserved, slots);
  }

  void put(int slot, float[] vector) {
    write(vector);
    check("put", call("put", slot));
  }

  void store(int slot, float[] vector) {
    write(vector);
    check("store", call("store", slot));
  }

  void remove(int slot) {
    check("remove", call("remove", slot));
  }

  /**
   * Says which slots may be found.
   *
   * @param bits a bit for each slot, the lowest of the first byte for slot 0
   * @param slots how many bits there are
   */
  void filter(byte[] bits, int slots) {
    int address = call("filter", slots);
    if (address == 0) {
      throw noRoom("filter");
    }
    this.session.memory().write(address, bits);
  }

  /** Compares with all, and takes those that are among the best {@code k}, or as good. */
  void scan(float[] query, int k, boolean filtered, float threshold, VectorFindings findings) {
    write(query);
    long filter = filtered ? 1 : 0;
    long score =
        this.session.call("scan", k, filter, Float.floatToRawIntBits(threshold))[0] & 0xFFFFFFFFL;
    int from = 0;
    int count;
    do {
      count = (int) this.session.call("collect", from, filter, score)[0];
      read(count, findings);
      from = call("collected");
    } while (count == VectorIndexSettings.MOST_CANDIDATES);
  }

  /** Looks in the graph. */
  void search(float[] query, int breadth, boolean filtered, VectorFindings findings) {
    write(query);
    int count =
        (int)
            this.session
                .call(
                    "search",
                    breadth,
                    filtered ? 1 : 0,
                    Float.floatToRawIntBits(Float.NEGATIVE_INFINITY) & 0xFFFFFFFFL)[0];
    check("search", count);
    read(count, findings);
  }

  private void read(int count, VectorFindings findings) {
    ByteBuffer pairs = this.session.memory().window(this.results, count * 2 * Integer.BYTES);
    for (int each = 0; each < count; each++) {
      findings.add(pairs.getInt(), pairs.getFloat());
    }
  }

  /** The links of a node, as {@link #link} takes them. */
  int[] links(int slot) {
    int count = call("links", slot);
    check("links", count);
    int[] links = new int[count];
    window(count).asIntBuffer().get(links);
    return links;
  }

  /** Gives a stored vector links. */
  void link(int slot, int[] links) {
    if (links.length > NUMBERS_AT_ONCE) {
      throw new IllegalArgumentException("A node has fewer links than " + links.length);
    }
    window(links.length).asIntBuffer().put(links);
    check("link", call("link", slot, links.length));
  }

  private ByteBuffer window(int numbers) {
    return this.session.memory().window(this.results, numbers * Integer.BYTES);
  }

  /** Where searches begin, -1 for nowhere. */
  int entry() {
    return call("entry");
  }

  long made() {
    return this.session.call("made")[0];
  }

  void goOn(int entry, long made) {
    if (entry >= 0) {
      check("enter_at", call("enter_at", entry));
    }
    this.session.call("go_on_from", made);
  }

  long bytes() {
    return this.session.memory().size();
  }

  private void write(float[] vector) {
    this.session
        .memory()
        .window(this.input, this.dimensions * Float.BYTES)
        .asFloatBuffer()
        .put(vector);
  }

  private int call(String export, long... arguments) {
    return (int) this.session.call(export, arguments)[0];
  }

  private static void check(String operation, int answer) {
    if (answer == NO_ROOM) {
      throw noRoom(operation);
    }
    if (answer < 0) {
      throw (WasmExecutionException)
          new WasmExecutionException(
                  WasmErrorCategory.TRAP, "the module was asked for what can't be", null)
              .locate(context(operation));
    }
  }

  private static WasmExecutionException noRoom(String operation) {
    return noRoom(operation, "there is no memory left for more vectors");
  }

  static WasmExecutionException noRoom(String operation, String detail) {
    WasmExecutionException failure =
        new WasmExecutionException(WasmErrorCategory.MEMORY_LIMIT, detail, null);
    failure.advise(
        "raise limits.memory of the module 'vector', the memory budget or the limit of the index, or keep fewer copies");
    failure.locate(context(operation));
    return failure;
  }

  private static WasmErrorContext context(String operation) {
    return new WasmErrorContext(VectorModule.ID, null, operation, null);
  }

  @Override
  public void close() {
    if (!this.closed) {
      this.closed = true;
      this.session.close();
    }
  }
}
