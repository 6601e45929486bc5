package io.github.wasmspring.memory;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are recalled: those that fit all of this.
 *
 * @param prefix what keys begin with, empty for all
 * @param allTags tags that an entry must have
 * @param anyTags tags of which an entry must have one, if there are any here
 * @param from the earliest time when they were written, {@code null} for any
 * @param before when they must have been written before, {@code null} for any
 * @param order which come first
 * @param limit how many at most, 1 to 10,000
 */
public record MemoryQuery(
    String prefix,
    Set<String> allTags,
    Set<String> anyTags,
    @Nullable Instant from,
    @Nullable Instant before,
    MemoryOrder order,
    int limit) {

  private static final int MOST_RESULTS = 10_000;

  public MemoryQuery {
    MemoryChecks.checkPrefix(prefix);
    allTags = MemoryChecks.checkedTags(allTags);
    anyTags = MemoryChecks.checkedTags(anyTags);
    Objects.requireNonNull(order, "A query needs an order");
    requireMillis(from);
    requireMillis(before);
    if (limit < 1 || limit > MOST_RESULTS) {
      throw new IllegalArgumentException("The limit must be 1 to 10000, not " + limit);
    }
  }

  private static void requireMillis(@Nullable Instant time) {
    try {
      if (time != null) {
        millis(time);
      }
    } catch (ArithmeticException | DateTimeException beyond) {
      throw new IllegalArgumentException(
          "A time of a query must be one that has milliseconds, leave it out for any; not " + time,
          beyond);
    }
  }

  /** The first millisecond that is not before a time: entries have whole ones. */
  static long millis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  /** The hundred newest entries, unless something else is said. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what a query is to be. */
  public static final class Builder {

    private String prefix = "";
    private Set<String> allTags = Set.of();
    private Set<String> anyTags = Set.of();
    private @Nullable Instant from;
    private @Nullable Instant before;
    private MemoryOrder order = MemoryOrder.NEWEST;
    private int limit = 100;

    private Builder() {}

    /** What keys begin with. */
    public Builder prefix(String prefix) {
      this.prefix = prefix;
      return this;
    }

    /** Tags that an entry must have, all of them. */
    public Builder allTags(String... tags) {
      return allTags(Set.of(tags));
    }

    /** Tags that an entry must have, all of them. */
    public Builder allTags(Collection<String> tags) {
      this.allTags = Set.copyOf(tags);
      return this;
    }

    /** Tags of which an entry must have at least one. */
    public Builder anyTags(String... tags) {
      return anyTags(Set.of(tags));
    }

    /** Tags of which an entry must have at least one. */
    public Builder anyTags(Collection<String> tags) {
      this.anyTags = Set.copyOf(tags);
      return this;
    }

    /** The earliest time when they were written. */
    public Builder from(@Nullable Instant time) {
      this.from = time;
      return this;
    }

    /** When they must have been written before. */
    public Builder before(@Nullable Instant time) {
      this.before = time;
      return this;
    }

    public Builder order(MemoryOrder order) {
      this.order = order;
      return this;
    }

    /** How many at most. */
    public Builder limit(int count) {
      this.limit = count;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be
     */
    public MemoryQuery build() {
      return new MemoryQuery(
          this.prefix, this.allTags, this.anyTags, this.from, this.before, this.order, this.limit);
    }
  }
}
