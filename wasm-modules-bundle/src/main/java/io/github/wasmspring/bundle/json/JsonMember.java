package io.github.wasmspring.bundle.json;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A member of an object: where its decoded key stands, where the member begins, and how many
 * objects that are not empty begin before it.
 */
record JsonMember(byte[] text, int from, int to, int at, int objects)
    implements Comparable<JsonMember> {

  /** By the code points of the keys. */
  @Override
  public int compareTo(JsonMember other) {
    return Arrays.compareUnsigned(text, from, to, other.text, other.from, other.to);
  }

  /** The key in a form to look it up by. */
  ByteBuffer key() {
    return ByteBuffer.wrap(text, from, to - from);
  }
}
