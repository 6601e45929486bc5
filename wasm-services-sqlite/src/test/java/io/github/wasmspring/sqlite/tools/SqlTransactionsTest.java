package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class SqlTransactionsTest {

  private static final TransactionSettings QUICK =
      new TransactionSettings(3, Duration.ofMillis(1), Duration.ofMillis(2));
  @TempDir static Path folder;
  private static int files;
  private String url = "";
  private TestPool pool;
  private SqliteTools tools;
  private volatile boolean began;

  @BeforeEach
  void open() throws SQLException {
    this.url = "jdbc:wasm-sqlite:" + folder.resolve(++files + ".db") + "?synchronous=off";
    this.pool = new TestPool(this.url + "&busy_timeout=1", 1);
    execute(this.pool.physical(0), "CREATE TABLE t (x INTEGER UNIQUE)");
    this.tools = SqliteTools.of(this.pool);
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(this.pool.idle()).isEqualTo(1);
    assertThat(this.pool.physical(0).getAutoCommit()).isTrue();
    this.pool.close();
  }

  private List<Long> rows() throws SQLException {
    return SqlRows.read(this.pool.physical(0), "SELECT x FROM t ORDER BY x", List.of()).stream()
        .map(row -> row.getLong("x"))
        .toList();
  }

  private static void insert(Connection connection, int x) throws SQLException {
    execute(connection, "INSERT INTO t VALUES (%d)".formatted(x));
  }

  @Test
  void whatReturnsIsCommittedAndWhatThrowsIsNot() throws SQLException {
    int answer =
        this.tools.transaction(
            connection -> {
              insert(connection, 1);
              return 7;
            });
    assertThat(answer).isEqualTo(7);
    assertThatThrownBy(
            () ->
                this.tools.transaction(
                    connection -> {
                      insert(connection, 2);
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                this.tools.transaction(
                    connection -> {
                      insert(connection, 3);
                      insert(connection, 1);
                      return null;
                    }))
        .isInstanceOf(SQLIntegrityConstraintViolationException.class);
    assertThat(rows()).containsExactly(1L);
  }

  @Test
  void oneInsideOfAnotherIsASavepoint() throws SQLException {
    this.tools.transaction(
        outer -> {
          insert(outer, 1);
          assertThatThrownBy(
                  () ->
                      this.tools.transaction(
                          inner -> {
                            insert(inner, 2);
                            throw new SQLException("inner");
                          }))
              .hasMessage("inner");
          this.tools.transaction(
              inner -> {
                insert(inner, 3);
                return null;
              });
          return null;
        });
    assertThat(rows()).containsExactly(1L, 3L);
  }

  @Test
  void ofATransactionThatIsOpenItIsASavepoint() throws SQLException {
    Connection connection = this.pool.physical(0);
    connection.setAutoCommit(false);
    insert(connection, 0);
    this.tools.transaction(
        inner -> {
          insert(inner, 1);
          return null;
        });
    connection.rollback();
    connection.setAutoCommit(true);
    assertThat(rows()).isEmpty();
  }

  @Test
  void whoIsInTheWayIsWaitedForAndThenAllIsRunAgain() throws SQLException {
    AtomicInteger attempts = new AtomicInteger();
    try (Connection other = DriverManager.getConnection(this.url)) {
      execute(other, "BEGIN IMMEDIATE");
      this.tools.transaction(
          QUICK,
          connection -> {
            if (attempts.incrementAndGet() == 2) {
              execute(other, "COMMIT");
            }
            execute(connection, "INSERT INTO t VALUES (5)");
            return null;
          });
      assertThat(attempts).hasValue(2);
      assertThat(rows()).containsExactly(5L);
      execute(other, "BEGIN IMMEDIATE");
      attempts.set(0);
      assertThatThrownBy(
              () ->
                  this.tools.transaction(
                      QUICK,
                      connection -> {
                        attempts.incrementAndGet();
                        insert(connection, 6);
                        return null;
                      }))
          .isInstanceOf(SQLTransientException.class);
      assertThat(attempts).hasValue(3);
    }
  }

  @Test
  void aReaderInTheWayOfTheCommitIsToldAndNothingIsLeft() throws SQLException {
    insert(this.pool.physical(0), 1);
    try (Connection reader = DriverManager.getConnection(this.url)) {
      execute(reader, "BEGIN");
      SqlRows.read(reader, "SELECT * FROM t", List.of());
      assertThatThrownBy(
              () ->
                  this.tools.transaction(
                      QUICK,
                      connection -> {
                        insert(connection, 2);
                        return null;
                      }))
          .isInstanceOf(SQLTransientException.class);
    }
    assertThat(rows()).containsExactly(1L);
  }

  @Test
  void anInterruptEndsTheWaitingForAnotherAttempt() throws SQLException {
    TransactionSettings slow =
        new TransactionSettings(3, Duration.ofMinutes(5), Duration.ofMinutes(5));
    try (Connection other = DriverManager.getConnection(this.url)) {
      execute(other, "BEGIN IMMEDIATE");
      Thread waiting = Thread.currentThread();
      CompletableFuture<Void> interrupting =
          CompletableFuture.runAsync(
              () -> {
                while (!this.began
                    || this.pool.idle() == 0
                    || waiting.getState() != Thread.State.TIMED_WAITING) {
                  Thread.onSpinWait();
                }
                waiting.interrupt();
              });
      assertThatThrownBy(
              () ->
                  this.tools.transaction(
                      slow,
                      connection -> {
                        this.began = true;
                        insert(connection, 1);
                        return null;
                      }))
          .isInstanceOf(SQLTransientException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(interrupting).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void theTransactionCannotBeEndedFromInside() throws SQLException {
    this.tools.transaction(
        connection -> {
          insert(connection, 1);
          for (SqlEnd end :
              List.<SqlEnd>of(
                  Connection::commit,
                  Connection::rollback,
                  Connection::close,
                  each -> each.setAutoCommit(true))) {
            assertThatThrownBy(() -> end.of(connection)).hasMessageContaining("return to commit");
          }
          return null;
        });
    assertThat(rows()).containsExactly(1L);
  }

  /** A way to end a transaction. */
  @FunctionalInterface
  private interface SqlEnd {
    void of(Connection connection) throws SQLException;
  }

  @Test
  void aBatchIsAllOrNothing() throws SQLException {
    List<List<Integer>> many = IntStream.range(0, 2_500).mapToObj(List::of).toList();
    assertThat(this.tools.batch("INSERT INTO t VALUES (?)", many)).isEqualTo(2_500);
    assertThat(rows()).hasSize(2_500);
    List<List<Integer>> wrong = new ArrayList<>();
    IntStream.range(5_000, 7_000).forEach(x -> wrong.add(List.of(x)));
    wrong.set(1_234, List.of(7));
    assertThatThrownBy(() -> this.tools.batch("INSERT INTO t VALUES (?)", wrong))
        .hasMessageContaining("Row 1235 of the batch")
        .hasFieldOrPropertyWithValue("SQLState", "23505");
    assertThat(rows()).hasSize(2_500);
    assertThat(this.tools.batch("INSERT INTO t VALUES (?)", List.of())).isZero();
    assertThat(this.tools.batch("INSERT INTO t VALUES (?)", List.of(Arrays.asList((Object) null))))
        .isEqualTo(1);
    assertThatThrownBy(() -> this.tools.batch("INSERT INTO t VALUES (?)", List.of(List.of(1, 2))))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> this.tools.batch("INSERT INTO t VALUES (?)", List.of(List.of())))
        .hasMessageContaining("Parameter 1");
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new TransactionSettings(0, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new TransactionSettings(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCheckedExceptionThatIsThrownUndeclaredRollsBackToo() throws SQLException {
    SqlWork<Object> outer =
        connection -> {
          insert(connection, 1);
          throw sneaky(new IOException("half"));
        };
    assertThatThrownBy(() -> this.tools.transaction(outer)).isInstanceOf(IOException.class);
    assertThat(rows()).isEmpty();
    this.tools.transaction(
        connection -> {
          insert(connection, 2);
          assertThatThrownBy(() -> this.tools.transaction(outer)).isInstanceOf(IOException.class);
          return null;
        });
    assertThat(rows()).containsExactly(2L);
  }

  @SuppressWarnings("unchecked") // That is the trick: the compiler takes it for another exception.
  private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void aPoolWithoutAutoCommitLosesNothing() throws SQLException {
    try (TestPool plain = TestPool.withoutAutoCommit(this.url)) {
      SqliteTools ofPlain = SqliteTools.of(plain);
      ofPlain.transaction(
          connection -> {
            insert(connection, 1);
            return null;
          });
      assertThat(ofPlain.batch("INSERT INTO t VALUES (?)", List.of(List.of(2)))).isEqualTo(1);
      QueryCache cache = ofPlain.queryCache();
      cache.query("INSERT INTO t VALUES (3)");
      assertThat(cache.query("SELECT x FROM t")).isSameAs(cache.query("SELECT x FROM t"));
      ofPlain.optimise(
          new OptimizeSettings(OptimizeSettings.Analyze.ALL, OptimizeSettings.Vacuum.NONE));
      ofPlain.backup(folder.resolve("plain-" + files + ".db"));
      assertThat(ofPlain.advise(List.of(WorkloadStatement.of("SELECT x FROM t"))).complete())
          .isTrue();
      assertThat(plain.physical(0).getAutoCommit()).isFalse();
    }
    assertThat(rows()).containsExactly(1L, 2L, 3L);
    assertThat(
            SqlRows.read(this.pool.physical(0), "SELECT * FROM sqlite_stat1", List.of()).isEmpty())
        .isFalse();
  }

  @Test
  void aTransactionOfSpringThatHasRunNothingYetIsJoined() throws SQLException {
    SqliteTools ofSpring = SqliteTools.of(new TransactionAwareDataSourceProxy(this.pool));
    TransactionTemplate template =
        new TransactionTemplate(new DataSourceTransactionManager(this.pool));
    for (boolean commits : new boolean[] {false, true}) {
      template.executeWithoutResult(
          status -> {
            try {
              ofSpring.batch("INSERT INTO t VALUES (?)", List.of(List.of(1)));
            } catch (SQLException failure) {
              throw new IllegalStateException(failure);
            }
            if (!commits) {
              status.setRollbackOnly();
            }
          });
      assertThat(rows()).hasSize(commits ? 1 : 0);
    }
    ofSpring.batch("INSERT INTO t VALUES (?)", List.of(List.of(2)));
    assertThat(rows()).containsExactly(1L, 2L);
  }

  @Test
  void onlyItsOwnTransactionIsRunAgainWhoeverHasWrappedTheFailure() throws SQLException {
    SQLException busy = new SQLTransientException("busy", "40001");
    AtomicInteger attempts = new AtomicInteger();
    SqlWork<Object> failing =
        connection -> {
          attempts.incrementAndGet();
          throw new IllegalStateException(busy);
        };
    assertThatThrownBy(() -> this.tools.transaction(QUICK, failing)).hasCause(busy);
    assertThat(attempts).hasValue(3);
    Connection connection = this.pool.physical(0);
    connection.setAutoCommit(false);
    insert(connection, 1);
    assertThatThrownBy(() -> this.tools.transaction(QUICK, failing)).hasCause(busy);
    assertThat(attempts).as("the transaction is somebody else's").hasValue(4);
    connection.commit();
    connection.setAutoCommit(true);
    assertThat(rows()).containsExactly(1L);
  }

  @Test
  void bigRowsOfABatchAreNotAllHeldAtOnce() throws SQLException {
    AtomicInteger sent = new AtomicInteger();
    Connection connection = this.pool.physical(0);
    Connection counting =
        watched(
            Connection.class,
            (method, arguments) -> {
              Object made = method.invoke(connection, arguments);
              return made instanceof PreparedStatement statement
                  ? watched(
                      PreparedStatement.class,
                      (inner, values) -> {
                        if (inner.getName().equals("executeBatch")) {
                          sent.incrementAndGet();
                        }
                        return inner.invoke(statement, values);
                      })
                  : made;
            });
    List<List<byte[]>> rows =
        IntStream.range(0, 10).mapToObj(x -> List.of(new byte[(1 << 20) + x])).toList();
    assertThat(SqlBatch.run(counting, "INSERT INTO t SELECT length(?)", rows)).isEqualTo(10);
    assertThat(sent).hasValueGreaterThan(2);
    assertThat(rows()).hasSize(10);
  }

  private static <T> T watched(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            SqlTransactionsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.make(method, arguments)));
  }

  /** What becomes of a call. */
  @FunctionalInterface
  private interface Call {
    Object make(Method method, Object[] arguments) throws Throwable;
  }
}
