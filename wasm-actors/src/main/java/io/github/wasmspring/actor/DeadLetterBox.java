package io.github.wasmspring.actor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages that nobody has dealt with. */
final class DeadLetterBox {

  private static final Logger logger = LoggerFactory.getLogger(DeadLetterBox.class);

  private final int kept;
  private final Deque<WasmActorDeadLetter> last = new ArrayDeque<>();
  private final LongAdder count = new LongAdder();
  private final List<Consumer<WasmActorDeadLetter>> listeners = new CopyOnWriteArrayList<>();

  DeadLetterBox(int kept) {
    this.kept = kept;
  }

  void add(WasmActorRef to, WasmActorMessage message, WasmActorDeadLetter.Reason reason) {
    this.count.increment();
    WasmActorDeadLetter letter =
        new WasmActorDeadLetter(Instant.now(), to, message.name(), message.sender(), reason);
    synchronized (this.last) {
      this.last.addLast(letter);
      if (this.last.size() > this.kept) {
        this.last.pollFirst();
      }
    }
    for (Consumer<WasmActorDeadLetter> listener : this.listeners) {
      try {
        listener.accept(letter);
      } catch (RuntimeException failure) {
        logger.warn("A listener of dead letters failed", failure);
      }
    }
  }

  List<WasmActorDeadLetter> last() {
    synchronized (this.last) {
      return List.copyOf(this.last);
    }
  }

  long count() {
    return this.count.sum();
  }

  Runnable listen(Consumer<WasmActorDeadLetter> listener) {
    this.listeners.add(listener);
    return () -> this.listeners.remove(listener);
  }
}
