package io.github.wasmspring.internal.sqlite.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the guest answered to a statement: some rows, to be read one after the other, or what they
 * changed. Columns count from 0.
 */
public final class GuestRows {

  private static final int HEADER = 32;

  private final ByteBuffer bytes;
  private final int count;
  private final int columns;
  private final boolean complete;
  private final long changes;
  private final long rowid;
  private final int[] starts;
  private int read;
  private int next = HEADER;

  /**
   * @param answer with its header
   */
  GuestRows(byte[] answer) {
    this.bytes = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    this.count = this.bytes.getInt(0);
    this.columns = this.bytes.getInt(8);
    this.complete = this.bytes.getInt(12) != 0;
    this.changes = this.bytes.getLong(16);
    this.rowid = this.bytes.getLong(24);
    this.starts = new int[this.columns];
  }

  public int count() {
    return this.count;
  }

  public int columns() {
    return this.columns;
  }

  /** Whether there are no further rows. */
  public boolean isComplete() {
    return this.complete;
  }

  /** How many rows the statement has inserted, updated or deleted, once it is complete. */
  public long changes() {
    return this.changes;
  }

  /** The row id of the row that the connection inserted last. */
  public long rowid() {
    return this.rowid;
  }

  /** Goes to the next row; {@code false} if there is none here. */
  public boolean next() {
    if (this.read == this.count) {
      return false;
    }
    this.read++;
    for (int column = 0; column < this.columns; column++) {
      this.starts[column] = this.next;
      this.next += 1 + size(this.next);
    }
    return true;
  }

  private int size(int start) {
    return switch (SqlType.of(this.bytes.get(start))) {
      case INTEGER, REAL -> Long.BYTES;
      case TEXT, BLOB -> Integer.BYTES + this.bytes.getInt(start + 1);
      case NULL -> 0;
    };
  }

  public SqlType type(int column) {
    return SqlType.of(this.bytes.get(this.starts[column]));
  }

  /** Of a column whose type is {@link SqlType#INTEGER}. */
  public long integer(int column) {
    return this.bytes.getLong(this.starts[column] + 1);
  }

  /** Of a column whose type is {@link SqlType#REAL}. */
  public double real(int column) {
    return this.bytes.getDouble(this.starts[column] + 1);
  }

  /** Of a column whose type is {@link SqlType#TEXT}; what is not UTF-8 in it becomes U+FFFD. */
  public String text(int column) {
    int start = this.starts[column] + 1;
    return new String(
        this.bytes.array(),
        start + Integer.BYTES,
        this.bytes.getInt(start),
        StandardCharsets.UTF_8);
  }

  /** Of a column whose type is {@link SqlType#TEXT} or {@link SqlType#BLOB}. */
  public byte[] bytes(int column) {
    int start = this.starts[column] + 1 + Integer.BYTES;
    return Arrays.copyOfRange(
        this.bytes.array(), start, start + this.bytes.getInt(start - Integer.BYTES));
  }

  static int intAt(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  /** The pairs of changes and row id that a batch answers with. */
  long[] pairs() {
    long[] pairs = new long[2 * this.count];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = this.bytes.getLong(HEADER + i * Long.BYTES);
    }
    return pairs;
  }
}
