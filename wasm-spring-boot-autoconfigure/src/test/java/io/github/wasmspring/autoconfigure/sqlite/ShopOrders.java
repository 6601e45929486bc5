package io.github.wasmspring.autoconfigure.sqlite;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

interface ShopOrders
    extends CrudRepository<ShopOrder, Long>, PagingAndSortingRepository<ShopOrder, Long> {

  Optional<ShopOrder> findByItem(String item);

  List<ShopOrder> findByPlacedAtAfterOrderByPlacedAtDesc(Instant time);

  List<ShopOrder> findByDueAndPaidIsFalse(LocalDate due);

  List<ShopOrder> findByStateAndItemIn(ShopOrder.State state, List<String> items);

  List<ShopOrder> findByItemContaining(String text);

  List<ShopOrder> findByOrderBySent();

  List<ShopOrder> findBySentLessThanEqual(OffsetDateTime time);

  Page<ShopOrder> findByPaid(boolean paid, Pageable page);

  Slice<ShopOrder> findSliceByPaid(boolean paid, Pageable page);

  List<ShopOrder> findByOrderByItem(Limit limit);

  boolean existsByItem(String item);

  long countByPaid(boolean paid);

  @Lock(LockMode.PESSIMISTIC_WRITE)
  Optional<ShopOrder> findByTracking(java.util.UUID tracking);

  Stream<ShopOrder> streamByPaid(boolean paid);

  @Query("SELECT max(placed_at) FROM shop_order WHERE placed_at < :time")
  Instant lastBefore(Instant time);

  @Query("SELECT sum(price) FROM shop_order")
  BigDecimal total();

  @Modifying
  @Query("UPDATE shop_order SET paid = :paid WHERE due = :due")
  int pay(boolean paid, LocalDate due);
}
