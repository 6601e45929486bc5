package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with nothing but a URL: Boot's own auto-configurations do the rest. */
@Timeout(60)
class SqliteDataJdbcTest {

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir static Path folder;
  private static ConfigurableApplicationContext application;
  private static final TimeZone ZONE = TimeZone.getDefault();

  private final ShopOrders orders = application.getBean(ShopOrders.class);
  private final JdbcClient client = application.getBean(JdbcClient.class);

  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage
  @ImportAutoConfiguration({
    WasmSqliteAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    DataJdbcRepositoriesAutoConfiguration.class
  })
  static class Shop {}

  @BeforeAll
  static void start() {
    // Where a local date is another one than in UTC.
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    application =
        SpringApplication.run(
            Shop.class,
            "--spring.autoconfigure.exclude=",
            "--spring.main.web-application-type=none",
            "--spring.datasource.url=jdbc:wasm-sqlite:" + folder.resolve("shop.db"),
            "--spring.flyway.locations=classpath:db/orders");
  }

  @AfterAll
  static void stop() {
    try {
      if (application != null) {
        application.close();
      }
    } finally {
      TimeZone.setDefault(ZONE);
    }
  }

  @BeforeEach
  void empty() {
    this.orders.deleteAll();
  }

  private ShopOrder save(String item) {
    return this.orders.save(ShopOrder.of(item, "12.50", NOON));
  }

  @Test
  void anAggregateComesBackAsItWasSaved() {
    ShopOrder saved = save("tea");
    assertThat(saved.id()).isPositive();
    assertThat(saved.version()).isZero();
    ShopOrder found = this.orders.findById(saved.id()).orElseThrow();
    assertThat(found).usingRecursiveComparison().ignoringFields("sent").isEqualTo(saved);
    assertThat(found.sent()).isEqualTo(saved.sent().withOffsetSameInstant(ZoneOffset.UTC));
    assertThat(found.price()).isEqualTo(new BigDecimal("12.50"));
    assertThat(
            this.client
                .sql("SELECT due || ' ' || opens FROM shop_order")
                .query(String.class)
                .single())
        .isEqualTo("2026-01-02 08:30:00");
  }

  @Test
  void manyAreSavedWithTheirIds() {
    List<ShopOrder> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      many.add(ShopOrder.of("item " + i, "1", NOON.plusSeconds(i)));
    }
    Iterable<ShopOrder> saved = this.orders.saveAll(many);
    assertThat(saved)
        .hasSize(25)
        .extracting(ShopOrder::id)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    for (ShopOrder order : saved) {
      assertThat(this.orders.findById(order.id()).orElseThrow().item()).isEqualTo(order.item());
    }
  }

  @Test
  void queriesAreDerivedFromNames() {
    save("tea");
    this.orders.save(ShopOrder.of("coffee", "3", NOON.plusSeconds(60)).withPaid(true));
    assertThat(this.orders.findByItem("tea")).isPresent();
    assertThat(this.orders.findByPlacedAtAfterOrderByPlacedAtDesc(NOON.minusSeconds(1)))
        .extracting(ShopOrder::item)
        .containsExactly("coffee", "tea");
    assertThat(this.orders.findByPlacedAtAfterOrderByPlacedAtDesc(NOON)).hasSize(1);
    assertThat(this.orders.findByDueAndPaidIsFalse(LocalDate.of(2026, 1, 2))).hasSize(1);
    assertThat(this.orders.findByStateAndItemIn(ShopOrder.State.OPEN, List.of("tea", "milk")))
        .hasSize(1);
    assertThat(this.orders.findByItemContaining("off")).hasSize(1);
    assertThat(this.orders.findByItemContaining("%")).isEmpty();
    assertThat(this.orders.existsByItem("tea")).isTrue();
    assertThat(this.orders.existsByItem("milk")).isFalse();
    assertThat(this.orders.countByPaid(true)).isOne();
    assertThat(this.orders.lastBefore(NOON.plusSeconds(60))).isEqualTo(NOON);
    assertThat(this.orders.total()).isEqualByComparingTo("15.5");
    assertThat(this.orders.pay(true, LocalDate.of(2026, 1, 2))).isEqualTo(2);
    try (Stream<ShopOrder> paid = this.orders.streamByPaid(true)) {
      assertThat(paid).hasSize(2);
    }
  }

  @Test
  void timesWithOffsetsAreInTheOrderOfTheirInstants() {
    ShopOrder morning = save("morning").withSent(OffsetDateTime.parse("2026-01-02T09:00:00+09:00"));
    ShopOrder evening = save("evening").withSent(OffsetDateTime.parse("2026-01-02T01:00:00Z"));
    this.orders.saveAll(List.of(evening, morning));
    assertThat(this.orders.findByOrderBySent())
        .extracting(ShopOrder::item)
        .containsExactly("morning", "evening");
    assertThat(
            this.orders.findBySentLessThanEqual(OffsetDateTime.parse("2026-01-01T19:00:00-05:00")))
        .extracting(ShopOrder::item)
        .containsExactly("morning");
  }

  @Test
  void pagesAndLimits() {
    for (int i = 0; i < 7; i++) {
      save("item " + i);
    }
    var page = this.orders.findByPaid(false, PageRequest.of(1, 3, Sort.by("item").descending()));
    assertThat(page.getTotalElements()).isEqualTo(7);
    assertThat(page.getTotalPages()).isEqualTo(3);
    assertThat(page).extracting(ShopOrder::item).containsExactly("item 3", "item 2", "item 1");
    assertThat(this.orders.findSliceByPaid(false, PageRequest.of(0, 7)).hasNext()).isFalse();
    assertThat(this.orders.findSliceByPaid(false, PageRequest.of(0, 6)).hasNext()).isTrue();
    assertThat(this.orders.findByOrderByItem(Limit.of(2))).hasSize(2);
    assertThat(this.orders.findAll(Sort.by(Sort.Order.asc("item").nullsLast()))).hasSize(7);
    assertThat(this.orders.findAll(PageRequest.of(2, 3))).hasSize(1);
  }

  @Test
  void whoComesLateIsTold() {
    ShopOrder first = save("tea");
    ShopOrder second = this.orders.save(first.withPaid(true));
    assertThat(second.version()).isOne();
    assertThatThrownBy(() -> this.orders.save(first.withPaid(false)))
        .isInstanceOf(OptimisticLockingFailureException.class);
    assertThatThrownBy(() -> save("tea")).isInstanceOf(DuplicateKeyException.class);
    assertThat(this.orders.findById(first.id()).orElseThrow().paid()).isTrue();
  }

  @Test
  void lockingNeedsNoClause() {
    ShopOrder order = save("tea");
    TransactionTemplate transactions = application.getBean(TransactionTemplate.class);
    Optional<ShopOrder> locked =
        transactions.execute(status -> this.orders.findByTracking(order.tracking()));
    assertThat(locked).isPresent();
  }

  @Test
  void whatDataJdbcCanNotWriteForSqliteIsRefused() {
    JdbcAggregateTemplate template = application.getBean(JdbcAggregateTemplate.class);
    ShopOrder order = save("tea");
    assertThatThrownBy(() -> template.upsert(order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not supported by dialect");
  }
}
