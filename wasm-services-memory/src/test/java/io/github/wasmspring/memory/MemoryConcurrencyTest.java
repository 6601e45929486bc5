package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.sqlite.WasmSqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MemoryConcurrencyTest {

  private static final int WRITERS = 64;
  private static final int READERS = 64;
  private static final int ROUNDS = 10;

  @TempDir Path folder;
  private MemoryHome home;

  @BeforeEach
  void move() {
    this.home = new MemoryHome(this.folder);
  }

  @AfterEach
  void leave() {
    this.home.close();
  }

  @Test
  void everyReaderSeesWhatWasAcknowledged() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
    AtomicBoolean writing = new AtomicBoolean(true);
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      List<Future<?>> writers = new ArrayList<>();
      List<Future<Long>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        String key = "key" + reader;
        readers.add(threads.submit(() -> readUntil(writing, notes, key)));
      }
      for (int writer = 0; writer < WRITERS; writer++) {
        String key = "key" + writer;
        writers.add(threads.submit(() -> write(notes, key)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      long reads = 0;
      for (Future<Long> reader : readers) {
        reads += reader.get();
      }
      assertThat(reads).isGreaterThan(READERS);
      assertThat(notes.keys("")).hasSize(WRITERS);
      assertThat(memory.stats().writes()).isEqualTo(WRITERS * ROUNDS);
    } finally {
      writing.set(false);
      threads.shutdownNow();
    }
  }

  private static void write(MemoryNamespace notes, String key) {
    for (int round = 1; round <= ROUNDS; round++) {
      long version = notes.put(MemoryEntry.text(key, key + " " + round).withTags("tag"));
      StoredMemory found = notes.get(key).orElseThrow();
      assertThat(found.version()).isEqualTo(version);
      assertThat(found.text()).isEqualTo(key + " " + round);
    }
  }

  /** What is read never gets older. */
  private static long readUntil(AtomicBoolean writing, MemoryNamespace notes, String key) {
    long last = 0;
    long reads = 0;
    do {
      long version = notes.get(key).map(StoredMemory::version).orElse(0L);
      assertThat(version).isGreaterThanOrEqualTo(last);
      last = version;
      reads++;
    } while (writing.get());
    return reads;
  }

  /** A commit waits for a reader; whoever writes meanwhile shares the next one. */
  @Test
  void writersThatWaitShareACommit() throws Exception {
    this.home.open().close();
    MemoryDatabase database =
        new MemoryDatabase(new WasmSqliteDataSource("jdbc:wasm-sqlite:" + this.home.file));
    ReentrantLock reader = new ReentrantLock();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CountDownLatch begun = new CountDownLatch(1);
    try (MemoryWriter writer =
        new MemoryWriter(
            database, database.writer(), new ExpiryClock(this.home.clock, 0), reader, () -> {})) {
      List<Future<Long>> versions = new ArrayList<>();
      reader.lock();
      try {
        versions.add(
            threads.submit(
                () ->
                    writer.write(
                        transaction -> {
                          begun.countDown();
                          return transaction.nextVersion();
                        })));
        begun.await();
        for (int i = 1; i < WRITERS; i++) {
          versions.add(threads.submit(() -> writer.write(WriteTransaction::nextVersion)));
        }
        while (writer.waiting() < WRITERS - 1) {
          Thread.onSpinWait();
        }
      } finally {
        reader.unlock();
      }
      for (Future<Long> version : versions) {
        assertThat(version.get()).isPositive();
      }
      assertThat(writer.writes()).isEqualTo(WRITERS);
      assertThat(writer.commits()).isEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is written before the commit would else meet readers. */
  @Test
  void aLargeChangeHasTheReadersAwayFromTheBeginning() throws Exception {
    this.home.open().close();
    MemoryDatabase database =
        new MemoryDatabase(new WasmSqliteDataSource("jdbc:wasm-sqlite:" + this.home.file));
    ReentrantLock reader = new ReentrantLock();
    try (MemoryWriter writer =
        new MemoryWriter(
            database, database.writer(), new ExpiryClock(this.home.clock, 0), reader, () -> {})) {
      assertThat(writer.<Boolean>write(transaction -> reader.isHeldByCurrentThread())).isFalse();
      MemoryChange<Boolean> large =
          new MemoryChange<>() {
            @Override
            public Boolean apply(WriteTransaction transaction) {
              return reader.isHeldByCurrentThread();
            }

            @Override
            public long bytes() {
              return 32L << 20;
            }
          };
      assertThat(writer.write(large)).isTrue();
      // Given back after the answer.
      assertThat(reader.tryLock(10, TimeUnit.SECONDS)).isTrue();
      reader.unlock();
    }
  }

  /** Nobody asks for what nobody waits for any more. */
  @Test
  void anInterruptedReaderLeavesNoQueryBehind() throws Exception {
    this.home.open().close();
    MemoryDatabase database =
        new MemoryDatabase(new WasmSqliteDataSource("jdbc:wasm-sqlite:" + this.home.file));
    database.writer().close();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean asked = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try (MemoryReaders readers = new MemoryReaders(database, 1, new ReentrantLock())) {
      Future<Integer> first =
          threads.submit(
              () ->
                  readers.read(
                      session -> {
                        begun.countDown();
                        awaitEnd(end);
                        return 1;
                      }));
      begun.await();
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  readers.read(
                      session -> {
                        asked.set(true);
                        return 2;
                      }))
          .isInstanceOf(AgentMemoryException.class);
      assertThat(Thread.interrupted()).isTrue();
      end.countDown();
      assertThat(first.get()).isEqualTo(1);
      assertThat(readers.<Integer>read(session -> 3)).isEqualTo(3);
      assertThat(asked).isFalse();
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException never) {
      throw new AssertionError(never);
    }
  }

  @Test
  void noChangeIsLostThatIsMadeToTheVersionThatWasRead() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("sum", "0"));
      List<Future<?>> adders = new ArrayList<>();
      for (int adder = 0; adder < 8; adder++) {
        adders.add(threads.submit(() -> add(notes, 10)));
      }
      for (Future<?> adder : adders) {
        adder.get();
      }
      assertThat(notes.get("sum").orElseThrow().text()).isEqualTo("80");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void add(MemoryNamespace notes, int times) {
    int done = 0;
    while (done < times) {
      StoredMemory now = notes.get("sum").orElseThrow();
      String next = Integer.toString(Integer.parseInt(now.text()) + 1);
      try {
        notes.compareAndPut(now.version(), MemoryEntry.text("sum", next));
        done++;
      } catch (MemoryConflictException again) {
        // Another one was faster.
      }
    }
  }

  @Test
  void quotasHoldForAllWritersTogether() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (AgentMemory memory = this.home.open(settings -> settings.maxEntries(20))) {
      MemoryNamespace notes = memory.namespace("notes");
      List<Future<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < 50; writer++) {
        String key = "key" + writer;
        writers.add(threads.submit(() -> kept(notes, key)));
      }
      int kept = 0;
      for (Future<Boolean> writer : writers) {
        kept += writer.get() ? 1 : 0;
      }
      assertThat(kept).isEqualTo(20);
      assertThat(notes.stats().entries()).isEqualTo(20);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean kept(MemoryNamespace notes, String key) {
    try {
      notes.put(MemoryEntry.text(key, "x"));
      return true;
    } catch (MemoryQuotaException full) {
      return false;
    }
  }

  @Test
  void interruptsOfCallersHarmNobodyElse() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      for (int round = 0; round < 20; round++) {
        CountDownLatch begun = new CountDownLatch(1);
        Thread caller =
            new Thread(
                () -> {
                  try {
                    for (int i = 0; true; i++) {
                      notes.put(MemoryEntry.text("interrupted", "x" + i));
                      notes.get("interrupted");
                      begun.countDown();
                    }
                  } catch (RuntimeException interrupted) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                  }
                });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        notes.put(MemoryEntry.text("mine", "round " + round));
        assertThat(notes.get("mine").orElseThrow().text()).isEqualTo("round " + round);
      }
      assertThat(notes.get("interrupted")).isPresent();
    }
  }

  @Test
  void closingWaitsForWritersAndRefusesTheRest() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AgentMemory memory = this.home.open();
    try {
      CountDownLatch begun = new CountDownLatch(8);
      List<Future<Integer>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        String key = "key" + writer;
        writers.add(threads.submit(() -> writeUntilClosed(memory.namespace("notes"), key, begun)));
      }
      begun.await();
      memory.close();
      memory.close();
      try (AgentMemory next = this.home.open()) {
        for (int writer = 0; writer < 8; writer++) {
          assertThat(next.namespace("notes").get("key" + writer).orElseThrow().text())
              .isEqualTo(Integer.toString(acknowledged(writers.get(writer))));
        }
      }
    } finally {
      memory.close();
      threads.shutdownNow();
    }
  }

  private static int acknowledged(Future<Integer> writer)
      throws InterruptedException, ExecutionException {
    return writer.get();
  }

  /** The last that was acknowledged. */
  private static int writeUntilClosed(MemoryNamespace notes, String key, CountDownLatch begun) {
    int last = 0;
    try {
      while (true) {
        notes.put(MemoryEntry.text(key, Integer.toString(last + 1)).withTtl(Duration.ofDays(1)));
        last++;
        begun.countDown();
      }
    } catch (IllegalStateException closed) {
      assertThat(closed).hasMessageContaining("closed");
      return last;
    }
  }
}
