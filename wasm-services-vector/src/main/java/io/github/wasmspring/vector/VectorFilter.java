package io.github.wasmspring.vector;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which documents may be found, by their metadata. Numbers are compared by their values, whatever
 * types they have; what is of another kind is equal to nothing and neither less nor more. A key
 * that a document lacks is like a value that is equal to nothing: {@code ne}, {@code notIn} and
 * {@code not} let such documents through.
 *
 * <p>Of filters in filters there may be 200 levels, where {@code and} of {@code and} and {@code or}
 * of {@code or} are one. Numbers are of the types that metadata may have. Anything else is refused
 * with {@code IllegalArgumentException} when the filter is made.
 */
public sealed interface VectorFilter {

  /** Whether a document with these metadata may be found. */
  boolean test(Map<String, Object> metadata);

  static VectorFilter eq(String key, Object value) {
    return new Comparison(key, Operator.EQ, value);
  }

  static VectorFilter ne(String key, Object value) {
    return not(eq(key, value));
  }

  static VectorFilter lt(String key, Object value) {
    return new Comparison(key, Operator.LT, value);
  }

  static VectorFilter lte(String key, Object value) {
    return new Comparison(key, Operator.LTE, value);
  }

  static VectorFilter gt(String key, Object value) {
    return new Comparison(key, Operator.GT, value);
  }

  static VectorFilter gte(String key, Object value) {
    return new Comparison(key, Operator.GTE, value);
  }

  /** One of several values. */
  static VectorFilter in(String key, Collection<?> values) {
    return new In(key, List.copyOf(values));
  }

  static VectorFilter notIn(String key, Collection<?> values) {
    return not(in(key, values));
  }

  /** The document has the key. */
  static VectorFilter exists(String key) {
    return new Exists(key);
  }

  /** All of them; true of none. */
  static VectorFilter and(VectorFilter... filters) {
    return new And(List.of(filters));
  }

  /** At least one of them; false of none. */
  static VectorFilter or(VectorFilter... filters) {
    return new Or(List.of(filters));
  }

  static VectorFilter not(VectorFilter filter) {
    return new Not(filter);
  }

  /** How a value is compared. */
  enum Operator {
    EQ,
    LT,
    LTE,
    GT,
    GTE
  }

  /** Compares the value of a key. */
  record Comparison(String key, Operator operator, Object value) implements VectorFilter {

    public Comparison {
      Objects.requireNonNull(key, "A filter needs a key");
      Objects.requireNonNull(value, "A filter needs a value to compare with, see exists");
      MetadataValues.requireComparable(value);
    }

    @Override
    public boolean test(Map<String, Object> metadata) {
      Object held = metadata.get(this.key);
      if (held == null) {
        return false;
      }
      if (this.operator == Operator.EQ) {
        return MetadataValues.areEqual(held, this.value);
      }
      Integer order = MetadataValues.compare(held, this.value);
      if (order == null) {
        return false;
      }
      return switch (this.operator) {
        case EQ -> order == 0;
        case LT -> order < 0;
        case LTE -> order <= 0;
        case GT -> order > 0;
        case GTE -> order >= 0;
      };
    }
  }

  /** Asks whether the value of a key is one of several. */
  record In(String key, List<?> values) implements VectorFilter {

    public In {
      Objects.requireNonNull(key, "A filter needs a key");
      values = List.copyOf(values);
      values.forEach(MetadataValues::requireComparable);
    }

    @Override
    public boolean test(Map<String, Object> metadata) {
      Object held = metadata.get(this.key);
      return held != null
          && this.values.stream().anyMatch(value -> MetadataValues.areEqual(held, value));
    }
  }

  /** Asks whether there is a key. */
  record Exists(String key) implements VectorFilter {

    public Exists {
      Objects.requireNonNull(key, "A filter needs a key");
    }

    @Override
    public boolean test(Map<String, Object> metadata) {
      return metadata.containsKey(this.key);
    }
  }

  /** Asks whether all are true. */
  record And(List<VectorFilter> filters) implements VectorFilter {

    public And {
      filters = FilterNesting.flat(filters, each -> each instanceof And and ? and.filters : null);
    }

    @Override
    public boolean test(Map<String, Object> metadata) {
      for (VectorFilter filter : this.filters) {
        if (!filter.test(metadata)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Asks whether one is true. */
  record Or(List<VectorFilter> filters) implements VectorFilter {

    public Or {
      filters = FilterNesting.flat(filters, each -> each instanceof Or or ? or.filters : null);
    }

    @Override
    public boolean test(Map<String, Object> metadata) {
      for (VectorFilter filter : this.filters) {
        if (filter.test(metadata)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Asks whether it is not true. */
  record Not(VectorFilter filter) implements VectorFilter {

    public Not {
      Objects.requireNonNull(filter, "There is nothing to negate");
      FilterNesting.requireShallow(filter);
    }

    @Override
    public boolean test(Map<String, Object> metadata) {
      return !this.filter.test(metadata);
    }
  }
}
