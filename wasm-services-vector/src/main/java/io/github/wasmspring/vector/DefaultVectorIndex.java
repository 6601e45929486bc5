package io.github.wasmspring.vector;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in Java, copies of them in guests, and one writer at a time. */
final class DefaultVectorIndex implements VectorIndex {

  private static final Logger logger = LoggerFactory.getLogger(VectorIndex.class);

  /** How long a copy that can't be made is not tried again. */
  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final String name;
  private final VectorIndexSettings settings;
  private final WasmModuleManager manager;
  private final VectorThreads threads;
  private final VectorChecks checks;
  private final VectorCopyMaker maker;
  private final ReentrantLock writing = new ReentrantLock(true);

  /** Those who wait for the lock and should not wait until a graph has been made again. */
  private final AtomicInteger hurried = new AtomicInteger();

  /** From what is taken to the file that has it, so that no older snapshot replaces a newer. */
  private final ReentrantLock keeping = new ReentrantLock(true);

  private final LongAdder wasmSearches = new LongAdder();
  private final LongAdder javaSearches = new LongAdder();
  private final LongAdder lostCopies = new LongAdder();
  private volatile VectorContent content = new VectorContent();
  private volatile boolean closed;
  private volatile long nextTry;

  DefaultVectorIndex(
      String name, VectorIndexSettings settings, WasmModuleManager manager, VectorThreads threads) {
    this.name = name;
    this.settings = settings;
    this.manager = manager;
    this.threads = threads;
    this.checks = new VectorChecks(name, settings);
    this.maker = new VectorCopyMaker(manager, settings, threads, this::lost);
    this.nextTry = System.nanoTime();
    this.writing.lock();
    try {
      complete(this.content);
    } catch (RuntimeException | Error failure) {
      this.content.close();
      throw failure;
    } finally {
      this.writing.unlock();
    }
  }

  @Override
  public String name() {
    return this.name;
  }

  @Override
  public VectorIndexSettings settings() {
    return this.settings;
  }

  private WasmExecutionMode mode() {
    WasmExecutionMode own = this.settings.executionMode();
    if (own != null) {
      return own;
    }
    return this.manager
        .registry()
        .find(VectorModule.ID)
        .map(WasmModuleDescriptor::settings)
        .map(module -> module.executionMode())
        .orElse(WasmExecutionMode.AUTO);
  }

  /** Whether Java may answer where the module does not. */
  private boolean mayFallBack() {
    return mode() != WasmExecutionMode.WASM;
  }

  private void requireOpen() {
    if (this.closed) {
      throw new IllegalStateException("The vector index '%s' is closed".formatted(this.name));
    }
  }

  @Override
  public void addAll(Collection<VectorDocument> documents) {
    Map<String, VectorDocument> checked = new LinkedHashMap<>();
    for (VectorDocument document : documents) {
      if (checked.put(document.id(), this.checks.checked(document)) != null) {
        throw new IllegalArgumentException(
            "Index '%s': two of the documents have the id '%s'"
                .formatted(this.name, document.id()));
      }
    }
    write(
        records -> {
          for (String id : checked.keySet()) {
            if (records.find(id) != null) {
              throw new IllegalArgumentException(
                  "Index '%s' has a document '%s' already; upsert replaces it"
                      .formatted(this.name, id));
            }
          }
          return checked.values().stream().map(each -> new VectorChange(each, null)).toList();
        });
  }

  @Override
  public void upsertAll(Collection<VectorDocument> documents) {
    Map<String, VectorDocument> checked = new LinkedHashMap<>();
    for (VectorDocument document : documents) {
      checked.put(document.id(), this.checks.checked(document));
    }
    write(
        records ->
            checked.values().stream()
                .map(each -> new VectorChange(each, records.find(each.id())))
                .toList());
  }

  @Override
  public int removeAll(Collection<String> ids) {
    Set<String> distinct = new HashSet<>();
    ids.forEach(id -> distinct.add(Objects.requireNonNull(id, "An id must not be null")));
    return write(
        records ->
            distinct.stream()
                .map(records::find)
                .filter(Objects::nonNull)
                .map(entry -> new VectorChange(null, entry))
                .toList());
  }

  @Override
  public int removeAll(VectorFilter filter) {
    return write(
        records ->
            records.all().stream()
                .filter(entry -> filter.test(entry.document.metadata()))
                .map(entry -> new VectorChange(null, entry))
                .toList());
  }

  private void lockSoon() {
    this.hurried.incrementAndGet();
    try {
      this.writing.lock();
    } finally {
      this.hurried.decrementAndGet();
    }
  }

  /** What a writer wants to change, of what there is when it is its turn. */
  private interface Plan {
    List<VectorChange> of(VectorRecords records);
  }

  private int write(Plan plan) {
    this.writing.lock();
    try {
      requireOpen();
      VectorContent now = this.content;
      List<VectorChange> changes = plan.of(now.records);
      new VectorWriter(this.settings, this.threads, now, this::lost).write(changes);
      repairIfDue(now);
      return changes.size();
    } finally {
      this.writing.unlock();
    }
  }

  @Override
  public List<VectorMatch> search(VectorSearch search) {
    this.checks.checkVector("The query", search.vector());
    requireOpen();
    if (mode() == WasmExecutionMode.JAVA) {
      return searchInJava(this.content, search);
    }
    try {
      for (; ; ) {
        VectorContent now = this.content;
        VectorCopy copy = now.copies.takeToRead();
        if (copy != null) {
          repairIfDue(now);
          return searchInGuest(now, copy, search);
        }
        requireOpen();
        if (now == this.content) {
          return searchWithoutGuest(now, search);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw VectorThreads.interrupted(interrupted);
    }
  }

  private List<VectorMatch> searchInGuest(VectorContent now, VectorCopy copy, VectorSearch search) {
    try {
      List<VectorMatch> matches =
          this.threads.answer(() -> searchIn(now, copy, search), () -> now.copies.giveBack(copy));
      this.wasmSearches.increment();
      return matches;
    } catch (WasmException failure) {
      if (failure.category() == WasmErrorCategory.INTERRUPTED || !mayFallBack()) {
        throw failure;
      }
      return searchInJava(now, search);
    } catch (IllegalStateException takenAway) {
      requireOpen();
      if (!mayFallBack()) {
        throw takenAway;
      }
      return searchInJava(now, search);
    }
  }

  private List<VectorMatch> searchIn(VectorContent now, VectorCopy copy, VectorSearch search) {
    boolean broken = false;
    try {
      GuestVectorSearch inGuest = new GuestVectorSearch(this.settings, now.records, copy, search);
      inGuest.filter();
      try {
        inGuest.find();
      } catch (RuntimeException | Error failure) {
        broken = !(failure instanceof RuntimeException known && VectorWriter.isWantOfRoom(known));
        if (broken) {
          now.copies.lose(copy);
          copy.guest.close();
          lost(copy, failure);
        }
        throw failure;
      }
      return inGuest.ranked();
    } finally {
      if (!broken) {
        now.copies.giveBack(copy);
      }
    }
  }

  private List<VectorMatch> searchWithoutGuest(VectorContent now, VectorSearch search) {
    repairIfDue(now);
    if (!mayFallBack()) {
      throw new IllegalStateException(
          "No instance of the module '%s' has the index '%s' now, and Java may not answer"
              .formatted(VectorModule.ID, this.name));
    }
    return searchInJava(now, search);
  }

  private List<VectorMatch> searchInJava(VectorContent now, VectorSearch search) {
    this.javaSearches.increment();
    return JavaVectorSearch.run(this.settings, now.records, search);
  }

  @Override
  public List<VectorMatch> similar(String id, int maxResults) {
    requireOpen();
    VectorEntry entry = this.content.records.find(Objects.requireNonNull(id, "There is no id"));
    if (entry == null) {
      throw new NoSuchElementException("Index '%s' has no document '%s'".formatted(this.name, id));
    }
    VectorSearch.Builder search = VectorSearch.of(entry.document.vector());
    // One more for the document itself, but at most as many as there can be.
    int asked = Math.min(maxResults, VectorIndexSettings.MOST_VECTORS);
    List<VectorMatch> matches = search(search.maxResults(asked < 1 ? asked : asked + 1).build());
    return matches.stream().filter(match -> !match.id().equals(id)).limit(asked).toList();
  }

  @Override
  public Optional<VectorDocument> get(String id) {
    requireOpen();
    return Optional.ofNullable(this.content.records.find(id))
        .map(
            entry ->
                new VectorDocument(
                    entry.document.id(),
                    entry.document.vector().clone(),
                    entry.document.text(),
                    entry.document.metadata()));
  }

  @Override
  public void clear() {
    lockSoon();
    try {
      requireOpen();
      VectorContent old = this.content;
      this.content = new VectorContent();
      old.close();
      complete(this.content);
    } finally {
      this.writing.unlock();
    }
  }

  @Override
  public int size() {
    return this.content.records.size();
  }

  @Override
  public VectorIndexStats stats() {
    VectorContent now = this.content;
    List<VectorCopy> copies = now.copies.all();
    int size = now.records.size();
    return new VectorIndexStats(
        size,
        copies.size(),
        copies.stream().mapToLong(copy -> copy.bytes).sum(),
        (long) size * this.settings.dimensions() * Float.BYTES,
        this.wasmSearches.sum(),
        this.javaSearches.sum(),
        this.lostCopies.sum());
  }

  @Override
  public void snapshot(Path file) {
    this.keeping.lock();
    try {
      VectorSnapshot.write(file, snapshot());
    } finally {
      this.keeping.unlock();
    }
  }

  private VectorSnapshot snapshot() {
    List<VectorEntry> entries;
    VectorLinks links = null;
    lockSoon();
    try {
      requireOpen();
      VectorContent now = this.content;
      entries = now.records.all();
      for (VectorCopy copy : now.copies.all()) {
        links = links == null ? this.maker.linksOf(now, copy, entries) : links;
      }
    } finally {
      this.writing.unlock();
    }
    return new VectorSnapshot(this.settings, entries, links);
  }

  @Override
  public void restore(Path file) {
    requireOpen();
    VectorSnapshot snapshot = VectorSnapshot.read(file);
    snapshot.requireFor(file, this.settings);
    List<VectorEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (VectorEntry entry : snapshot.entries()) {
      VectorDocument document = this.checks.checked(entry.document);
      if (!ids.add(document.id())) {
        throw VectorSnapshot.corrupted(file, null);
      }
      double factor = VectorScore.factor(this.settings.metric(), document.vector());
      entries.add(new VectorEntry(document, entry.slot, factor, 0));
    }
    lockSoon();
    try {
      requireOpen();
      VectorContent next = new VectorContent();
      next.records.begin(entries);
      try {
        complete(next, snapshot.linksFor(this.settings), () -> false);
      } catch (RuntimeException | Error failure) {
        next.close();
        throw failure;
      }
      VectorContent old = this.content;
      this.content = next;
      old.close();
    } finally {
      this.writing.unlock();
    }
  }

  private void complete(VectorContent next) {
    complete(next, null, () -> false);
  }

  /** As many copies as there are to be, or fewer where Java answers as well. */
  private void complete(VectorContent next, @Nullable VectorLinks links, BooleanSupplier stops) {
    if (mode() == WasmExecutionMode.JAVA || this.closed) {
      return;
    }
    try {
      this.maker.complete(next, links, stops);
    } catch (WasmException failure) {
      this.nextTry = System.nanoTime() + PAUSE_NANOS;
      if (!mayFallBack() || VectorWriter.isWantOfRoom(failure)) {
        throw failure;
      }
      // Where modules are switched off that is what is asked for.
      if (failure.category() != WasmErrorCategory.REJECTED) {
        logger.warn(
            "Vector index '{}' has {} of {} copies in the module, Java answers where there is none: {}",
            this.name,
            next.copies.all().size(),
            this.settings.copies(),
            failure.getMessage());
      }
    }
  }

  private void lost(VectorCopy copy, Throwable failure) {
    this.lostCopies.increment();
    logger.warn(
        "Vector index '{}' has lost a copy, which is made again: {}",
        this.name,
        failure.getMessage());
    repairLater();
  }

  /** Where a copy could not be made again, it may be possible later on. */
  private void repairIfDue(VectorContent now) {
    if (System.nanoTime() - this.nextTry > 0
        && now.copies.count() < this.settings.copies()
        && mode() != WasmExecutionMode.JAVA) {
      repairLater();
    }
  }

  private void repairLater() {
    this.nextTry = System.nanoTime() + PAUSE_NANOS;
    this.threads.later(this::repair);
  }

  void repair() {
    this.writing.lock();
    try {
      if (!this.closed) {
        complete(this.content, null, () -> this.hurried.get() > 0);
      }
    } catch (CancellationException givenUp) {
      logger.debug("A copy of vector index '{}' is made later, as others wait", this.name);
    } catch (RuntimeException failure) {
      logger.warn(
          "A copy of vector index '{}' could not be made: {}", this.name, failure.getMessage());
    } finally {
      this.writing.unlock();
    }
  }

  /** For tests: the instances of all copies are gone. */
  void breakCopies() {
    this.content.copies.all().forEach(copy -> copy.guest.close());
  }

  /** For tests: all copies are lost, and nothing is done about it. */
  void loseCopies() {
    this.content.close();
  }

  /** For tests: what could not be done may be tried again. */
  void endPause() {
    this.nextTry = System.nanoTime() - 1;
  }

  /** For tests: an entry that nobody checked. */
  void enter(VectorEntry entry) {
    this.content.records.enter(List.of(entry));
  }

  /** For tests: the instance of one copy is gone. */
  void breakCopy() {
    this.content.copies.all().get(0).guest.close();
  }

  @Override
  public void close() {
    lockSoon();
    try {
      this.closed = true;
      this.content.close();
    } finally {
      this.writing.unlock();
    }
  }
}
