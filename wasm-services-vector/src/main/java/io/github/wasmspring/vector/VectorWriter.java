package io.github.wasmspring.vector;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Changes the records and all copies, a piece at a time. For one thread at a time. */
final class VectorWriter {

  /** So that readers of the only copy get their turn. */
  private static final int IN_PIECE = 256;

  private final VectorIndexSettings settings;
  private final VectorThreads threads;
  private final VectorContent content;
  private final BiConsumer<VectorCopy, Throwable> onLoss;

  /**
   * @param onLoss told of a copy that broke down and is closed
   */
  VectorWriter(
      VectorIndexSettings settings,
      VectorThreads threads,
      VectorContent content,
      BiConsumer<VectorCopy, Throwable> onLoss) {
    this.settings = settings;
    this.threads = threads;
    this.content = content;
    this.onLoss = onLoss;
  }

  /**
   * @throws io.github.wasmspring.WasmExecutionException {@code MEMORY_LIMIT} if there is no room;
   *     nothing has changed
   */
  void write(List<VectorChange> changes) {
    int entering = (int) changes.stream().filter(change -> change.entering() != null).count();
    int[] slots = this.content.records.freeSlots(entering);
    if (entering > 0) {
      reserve(slots[entering - 1] + 1, entering);
    }
    int used = 0;
    for (int from = 0; from < changes.size(); from += IN_PIECE) {
      List<VectorChange> piece = changes.subList(from, Math.min(changes.size(), from + IN_PIECE));
      used = writePiece(piece, slots, used);
    }
  }

  private void reserve(int end, int entering) {
    VectorRoom.require(this.settings, end);
    for (VectorCopy copy : this.content.copies.all()) {
      if (this.content.copies.takeToWrite(copy)) {
        change(copy, copy.version, () -> copy.guest.reserve(end, entering));
      }
    }
  }

  /** Whatever breaks the copy loses it, but for want of room, which is thrown. */
  private boolean change(VectorCopy copy, long version, Runnable work) {
    try {
      this.threads.finish(work);
      copy.bytes = copy.guest.bytes();
      this.content.copies.giveBack(copy, version);
      return true;
    } catch (RuntimeException | Error failure) {
      if (failure instanceof RuntimeException known && isWantOfRoom(known)) {
        this.content.copies.giveBack(copy, copy.version);
        throw known;
      }
      lose(copy, failure);
      return false;
    }
  }

  static boolean isWantOfRoom(RuntimeException failure) {
    return failure instanceof WasmException known
        && known.category() == WasmErrorCategory.MEMORY_LIMIT;
  }

  private void lose(VectorCopy copy, Throwable failure) {
    this.content.copies.lose(copy);
    copy.guest.close();
    this.onLoss.accept(copy, failure);
  }

  private int writePiece(List<VectorChange> piece, int[] slots, int used) {
    VectorRecords records = this.content.records;
    long next = records.version() + 1;
    int taken = used;
    List<VectorEntry> entering = new ArrayList<>();
    List<VectorEntry> leaving = new ArrayList<>();
    for (VectorChange change : piece) {
      VectorDocument document = change.entering();
      if (document != null) {
        double factor = VectorScore.factor(this.settings.metric(), document.vector());
        entering.add(new VectorEntry(document, slots[taken++], factor, next));
      }
      if (change.leaving() != null) {
        leaving.add(change.leaving());
      }
    }
    records.enter(entering);
    boolean published = false;
    for (VectorCopy copy : this.content.copies.all()) {
      if (this.content.copies.takeToWrite(copy)
          && changeAll(copy, next, entering, leaving)
          && !published) {
        publish(next, entering, leaving);
        published = true;
      }
    }
    if (!published) {
      publish(next, entering, leaving);
    }
    records.empty(leaving);
    return taken;
  }

  private boolean changeAll(
      VectorCopy copy, long next, List<VectorEntry> entering, List<VectorEntry> leaving) {
    try {
      return change(
          copy,
          next,
          () -> {
            entering.forEach(entry -> copy.guest.put(entry.slot, entry.document.vector()));
            leaving.forEach(entry -> copy.guest.remove(entry.slot));
          });
    } catch (WasmException noRoom) {
      // Room had been reserved: whatever took it, this copy is not what it should be.
      if (this.content.copies.takeToWrite(copy)) {
        lose(copy, noRoom);
      }
      return false;
    }
  }

  private void publish(long next, List<VectorEntry> entering, List<VectorEntry> leaving) {
    this.content.records.publish(entering, leaving);
    this.content.copies.publish(next);
  }
}
