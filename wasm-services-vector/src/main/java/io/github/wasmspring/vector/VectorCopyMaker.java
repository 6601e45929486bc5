package io.github.wasmspring.vector;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes copies of what is recorded. */
final class VectorCopyMaker {

  private final WasmModuleManager manager;
  private final VectorIndexSettings settings;
  private final VectorThreads threads;
  private final BiConsumer<VectorCopy, Throwable> onLoss;

  /**
   * @param onLoss told of a copy that broke down and is closed
   */
  VectorCopyMaker(
      WasmModuleManager manager,
      VectorIndexSettings settings,
      VectorThreads threads,
      BiConsumer<VectorCopy, Throwable> onLoss) {
    this.manager = manager;
    this.settings = settings;
    this.threads = threads;
    this.onLoss = onLoss;
  }

  /**
   * Makes as many copies as there are to be, for the one writer, who changes nothing meanwhile.
   *
   * @param links of the entries of the content, {@code null} if they are not known
   * @param stops asked while a graph is made anew, which may take minutes
   * @throws io.github.wasmspring.WasmException if one can't be made; those before it stay
   * @throws CancellationException if it is to stop; the same
   */
  void complete(VectorContent content, @Nullable VectorLinks links, BooleanSupplier stops) {
    List<VectorEntry> entries = content.records.all();
    VectorLinks known = links;
    while (content.copies.all().size() < this.settings.copies()) {
      if (known == null && this.settings.graph() != null) {
        known = linksOf(content, entries);
      }
      content.copies.add(copy(content.records, entries, known, stops));
    }
  }

  private @Nullable VectorLinks linksOf(VectorContent content, List<VectorEntry> entries) {
    for (VectorCopy copy : content.copies.all()) {
      VectorLinks links = linksOf(content, copy, entries);
      if (links != null) {
        return links;
      }
    }
    return null;
  }

  /** {@code null} if there are none, or the copy breaks down. */
  @Nullable VectorLinks linksOf(VectorContent content, VectorCopy copy, List<VectorEntry> entries) {
    if (this.settings.graph() == null || !content.copies.takeToWrite(copy)) {
      return null;
    }
    @Nullable VectorLinks[] links = new VectorLinks[1];
    try {
      this.threads.finish(() -> links[0] = VectorLinks.of(copy.guest, entries));
      content.copies.giveBack(copy);
    } catch (RuntimeException | Error broken) {
      content.copies.lose(copy);
      copy.guest.close();
      this.onLoss.accept(copy, broken);
    }
    return links[0];
  }

  private VectorCopy copy(
      VectorRecords records,
      List<VectorEntry> entries,
      @Nullable VectorLinks links,
      BooleanSupplier stops) {
    if (links == null) {
      return filled(records, guest -> putAll(guest, entries, stops));
    }
    try {
      return filled(records, guest -> storeAll(guest, entries, links));
    } catch (WasmException unfit) {
      // Links that do not fit are no loss: they can be made again from the vectors.
      if (unfit.category() != WasmErrorCategory.TRAP) {
        throw unfit;
      }
      return filled(records, guest -> putAll(guest, entries, stops));
    }
  }

  private VectorCopy filled(VectorRecords records, Consumer<VectorGuest> fill) {
    VectorGuest guest = VectorGuest.open(this.manager, this.settings);
    try {
      this.threads.finish(() -> fill.accept(guest));
    } catch (RuntimeException | Error failure) {
      guest.close();
      throw failure;
    }
    return new VectorCopy(guest, records.version());
  }

  private void putAll(VectorGuest guest, List<VectorEntry> entries, BooleanSupplier stops) {
    reserve(guest, entries, entries.size());
    for (VectorEntry entry : entries) {
      if (stops.getAsBoolean()) {
        throw new CancellationException("Others wait");
      }
      guest.put(entry.slot, entry.document.vector());
    }
  }

  private void storeAll(VectorGuest guest, List<VectorEntry> entries, VectorLinks links) {
    reserve(guest, entries, 0);
    for (VectorEntry entry : entries) {
      guest.store(entry.slot, entry.document.vector());
    }
    links.linkIn(guest, entries);
  }

  private void reserve(VectorGuest guest, List<VectorEntry> entries, int puts) {
    int slots = entries.stream().mapToInt(entry -> entry.slot + 1).max().orElse(0);
    VectorRoom.require(this.settings, slots);
    guest.reserve(Math.max(slots, this.settings.capacity()), puts);
  }
}
