package io.github.wasmspring.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The youngest dead letters. */
final class DeadLetters {

  private final int capacity;
  private final Deque<WasmDeadLetter> letters = new ArrayDeque<>();

  DeadLetters(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(WasmDeadLetter letter) {
    this.letters.addLast(letter);
    if (this.letters.size() > this.capacity) {
      this.letters.removeFirst();
    }
  }

  /** Youngest first. */
  synchronized List<WasmDeadLetter> list() {
    List<WasmDeadLetter> copy = new ArrayList<>(this.letters);
    Collections.reverse(copy);
    return Collections.unmodifiableList(copy);
  }
}
