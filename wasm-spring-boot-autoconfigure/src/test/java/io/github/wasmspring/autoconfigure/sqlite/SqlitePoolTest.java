package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** HikariCP, {@link JdbcClient} and transactions of Spring over one file. */
@Timeout(60)
class SqlitePoolTest {

  @TempDir Path folder;
  private HikariDataSource pool;
  private JdbcClient client;
  private JdbcTransactionManager manager;

  @BeforeEach
  void open() {
    this.pool = new HikariDataSource();
    this.pool.setJdbcUrl("jdbc:wasm-sqlite:" + this.folder.resolve("pool.db"));
    this.pool.setMaximumPoolSize(4);
    this.pool.setMinimumIdle(1);
    this.client = JdbcClient.create(this.pool);
    this.manager = new JdbcTransactionManager(this.pool);
    this.client
        .sql(
            "CREATE TABLE account (id INTEGER PRIMARY KEY, owner TEXT UNIQUE, sum INTEGER NOT NULL CHECK (sum >= 0))")
        .update();
  }

  @AfterEach
  void close() {
    this.pool.close();
  }

  private TransactionTemplate transactions(int propagation) {
    TransactionTemplate template = new TransactionTemplate(this.manager);
    template.setPropagationBehavior(propagation);
    return template;
  }

  private long add(String owner, long sum) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    this.client
        .sql("INSERT INTO account (owner, sum) VALUES (:owner, :sum)")
        .param("owner", owner)
        .param("sum", sum)
        .update(key, "id");
    return key.getKeyAs(Long.class);
  }

  private long total() {
    return this.client.sql("SELECT coalesce(sum(sum), 0) FROM account").query(Long.class).single();
  }

  @Test
  void eightThreadsMoveMoneyAndNoneIsLost() throws Exception {
    long from = add("from", 400);
    long to = add("to", 0);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> moves = new ArrayList<>();
    try {
      for (int thread = 0; thread < 8; thread++) {
        moves.add(threads.submit(() -> move(from, to)));
      }
      for (Future<?> each : moves) {
        each.get(50, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(
            this.client
                .sql("SELECT sum FROM account WHERE id = ?")
                .param(to)
                .query(Long.class)
                .single())
        .isEqualTo(80);
    assertThat(total()).isEqualTo(400);
    assertThat(this.client.sql("PRAGMA integrity_check").query(String.class).single())
        .isEqualTo("ok");
  }

  private void move(long from, long to) {
    for (int i = 0; i < 10; i++) {
      transactions(TransactionDefinition.PROPAGATION_REQUIRED)
          .executeWithoutResult(
              status -> {
                long has =
                    this.client
                        .sql("SELECT sum FROM account WHERE id = ?")
                        .param(from)
                        .query(Long.class)
                        .single();
                this.client
                    .sql("UPDATE account SET sum = ? WHERE id = ?")
                    .params(has - 1, from)
                    .update();
                this.client.sql("UPDATE account SET sum = sum + 1 WHERE id = ?").param(to).update();
              });
      assertThat(total()).isEqualTo(400);
    }
  }

  @Test
  void aTransactionThatFailsIsRolledBack() {
    assertThatThrownBy(
            () ->
                transactions(TransactionDefinition.PROPAGATION_REQUIRED)
                    .executeWithoutResult(
                        status -> {
                          add("a", 1);
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    assertThat(total()).isZero();
  }

  @Test
  void aNestedTransactionIsRolledBackAlone() {
    transactions(TransactionDefinition.PROPAGATION_REQUIRED)
        .executeWithoutResult(
            outer -> {
              add("outer", 1);
              assertThatThrownBy(
                      () ->
                          transactions(TransactionDefinition.PROPAGATION_NESTED)
                              .executeWithoutResult(
                                  inner -> {
                                    add("inner", 10);
                                    add("outer", 20);
                                  }))
                  .isInstanceOf(DuplicateKeyException.class);
              transactions(TransactionDefinition.PROPAGATION_NESTED)
                  .executeWithoutResult(inner -> add("second", 100));
            });
    assertThat(total()).isEqualTo(101);
  }

  @Test
  void readOnlyTransactionsWriteNothingAndTheConnectionWritesAfterwards() {
    TransactionTemplate reading = transactions(TransactionDefinition.PROPAGATION_REQUIRED);
    reading.setReadOnly(true);
    assertThatThrownBy(() -> reading.executeWithoutResult(status -> add("a", 1)))
        .isInstanceOf(org.springframework.dao.DataAccessException.class);
    add("b", 2);
    assertThat(total()).isEqualTo(2);
  }

  @Test
  void failuresAreThoseOfSpring() throws SQLException {
    add("a", 1);
    assertThatThrownBy(() -> add("a", 1)).isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> add("b", -1)).isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> this.client.sql("SELEKT 1").query(Long.class).single())
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(() -> this.client.sql("SELECT x FROM missing").query(Long.class).single())
        .isInstanceOf(BadSqlGrammarException.class);
    JdbcTemplate impatient = new JdbcTemplate(this.pool);
    impatient.setQueryTimeout(1);
    assertThatThrownBy(
            () ->
                impatient.queryForObject(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                    Long.class))
        .isInstanceOf(QueryTimeoutException.class);
    try (Connection writer = this.pool.getConnection();
        HikariDataSource other = new HikariDataSource()) {
      other.setJdbcUrl(this.pool.getJdbcUrl() + "?busy_timeout=20");
      other.setMaximumPoolSize(1);
      writer.setAutoCommit(false);
      writer.createStatement().execute("DELETE FROM account");
      assertThatThrownBy(() -> JdbcClient.create(other).sql("DELETE FROM account").update())
          .isInstanceOf(CannotAcquireLockException.class);
      writer.rollback();
    }
    assertThat(total()).isOne();
  }

  @Test
  void aBrokenConnectionIsReplaced() {
    this.pool.close();
    this.pool = new HikariDataSource();
    this.pool.setJdbcUrl("jdbc:wasm-sqlite:" + this.folder.resolve("pool.db") + "?call_limit=300");
    this.pool.setMaximumPoolSize(1);
    this.client = JdbcClient.create(this.pool);
    add("a", 1);
    assertThatThrownBy(
            () ->
                this.client
                    .sql(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
                    .query(Long.class)
                    .single())
        .hasMessageContaining("broken");
    assertThat(total()).isOne();
  }
}
