package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Whether values are in a {@link DataSet}. */
final class JavaSet {

  private final Set<Object> values = new HashSet<>();
  private final boolean hasNull;
  private final boolean ofTexts;

  JavaSet(byte[] bytes, int from, int length, int flags) {
    this.hasNull = (flags & DataSet.HAS_NULL) != 0;
    this.ofTexts = (flags & DataSet.TEXTS) != 0;
    ByteBuffer table = ByteBuffer.wrap(bytes, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    if (this.ofTexts) {
      int count = table.getInt(0);
      int texts = from + (count + 2) * Integer.BYTES;
      for (int each = 0; each < count; each++) {
        int begin = table.getInt((each + 1) * Integer.BYTES);
        int end = table.getInt((each + 2) * Integer.BYTES);
        this.values.add(new String(bytes, texts + begin, end - begin, StandardCharsets.UTF_8));
      }
    } else {
      while (table.hasRemaining()) {
        this.values.add(table.getLong());
      }
    }
  }

  void run(Deque<JavaVector> stack) {
    JavaVector from = stack.pop();
    JavaVector to = JavaVector.ofBits(from.states.length);
    for (int row = 0; row < from.states.length; row++) {
      to.states[row] = from.states[row];
      if (from.states[row] == JavaVector.VALUE) {
        boolean found =
            this.values.contains(this.ofTexts ? from.texts[row] : (Object) from.bits[row]);
        to.set(row, found);
        if (!found && this.hasNull) {
          to.states[row] = JavaVector.NULL;
        }
      }
    }
    stack.push(to);
  }
}
