package io.github.wasmspring.autoconfigure.sqlite;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;

/** An aggregate with a property of each kind. */
record ShopOrder(
    @Id Long id,
    @Version Integer version,
    String item,
    BigDecimal price,
    boolean paid,
    byte[] receipt,
    UUID tracking,
    State state,
    Instant placedAt,
    LocalDate due,
    LocalTime opens,
    LocalDateTime packed,
    OffsetDateTime sent,
    List<OrderLine> lines) {

  enum State {
    OPEN,
    DONE
  }

  record OrderLine(String article, double amount) {}

  static ShopOrder of(String item, String price, Instant placedAt) {
    return new ShopOrder(
        null,
        null,
        item,
        new BigDecimal(price),
        false,
        new byte[] {0, -1, 7},
        UUID.nameUUIDFromBytes(item.getBytes()),
        State.OPEN,
        placedAt,
        LocalDate.of(2026, 1, 2),
        LocalTime.of(8, 30),
        LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000_000),
        OffsetDateTime.parse("2026-01-02T03:04:05.678+09:00"),
        List.of(new OrderLine("leaf", 1.5), new OrderLine("pot", 1)));
  }

  ShopOrder withPaid(boolean now) {
    return new ShopOrder(
        this.id,
        this.version,
        this.item,
        this.price,
        now,
        this.receipt,
        this.tracking,
        this.state,
        this.placedAt,
        this.due,
        this.opens,
        this.packed,
        this.sent,
        this.lines);
  }

  ShopOrder withSent(OffsetDateTime time) {
    return new ShopOrder(
        this.id,
        this.version,
        this.item,
        this.price,
        this.paid,
        this.receipt,
        this.tracking,
        this.state,
        this.placedAt,
        this.due,
        this.opens,
        this.packed,
        time,
        this.lines);
  }
}
