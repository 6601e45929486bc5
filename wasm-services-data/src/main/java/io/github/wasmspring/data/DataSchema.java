package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of rows, in their order. Names are case-sensitive, and each is that of one. */
public final class DataSchema {

  private static final int MOST_COLUMNS = 1000;

  private final List<DataField> fields;
  private final Map<String, Integer> places = new HashMap<>();

  private DataSchema(List<DataField> fields) {
    this.fields = List.copyOf(fields);
    if (this.fields.size() > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "There can be 1000 columns at most, not " + this.fields.size());
    }
    for (int place = 0; place < this.fields.size(); place++) {
      String name = this.fields.get(place).name();
      if (this.places.put(name, place) != null) {
        throw new IllegalArgumentException("Two columns have the name '%s'".formatted(name));
      }
    }
  }

  /**
   * @throws IllegalArgumentException if two have one name, or there are more than 1,000
   */
  public static DataSchema of(List<DataField> fields) {
    return new DataSchema(fields);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Columns by their names, in the order of the map. */
  static DataSchema ofNames(Map<String, DataType> types) {
    Builder builder = builder();
    types.forEach(builder::add);
    return builder.build();
  }

  public List<DataField> fields() {
    return this.fields;
  }

  public List<String> names() {
    return this.fields.stream().map(DataField::name).toList();
  }

  List<DataType> types() {
    return this.fields.stream().map(DataField::type).toList();
  }

  int size() {
    return this.fields.size();
  }

  /** The place of a column, {@code null} if there is none of that name. */
  @Nullable Integer find(String name) {
    return this.places.get(name);
  }

  /**
   * @throws IllegalArgumentException if there is no such column; the message names those there are
   */
  int place(String name) {
    Integer place = find(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "There is no column '%s'; there are %s".formatted(name, names()));
    }
    return place;
  }

  DataType type(String name) {
    return this.fields.get(place(name)).type();
  }

  DataSchema select(List<String> names) {
    List<DataField> selected = new ArrayList<>();
    names.forEach(name -> selected.add(this.fields.get(place(name))));
    return new DataSchema(selected);
  }

  DataSchema without(List<String> names) {
    names.forEach(this::place);
    Set<String> gone = new HashSet<>(names);
    return new DataSchema(
        this.fields.stream().filter(field -> !gone.contains(field.name())).toList());
  }

  DataSchema renamed(String from, String to) {
    List<DataField> renamed = new ArrayList<>(this.fields);
    int place = place(from);
    renamed.set(place, new DataField(to, this.fields.get(place).type()));
    return new DataSchema(renamed);
  }

  /** With another column, in place of the one of that name if there is one, else at the end. */
  DataSchema with(String name, DataType type) {
    Map<String, DataType> types = new LinkedHashMap<>();
    this.fields.forEach(field -> types.put(field.name(), field.type()));
    types.put(name, type);
    return ofNames(types);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataSchema that && this.fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return this.fields.hashCode();
  }

  @Override
  public String toString() {
    return this.fields.stream().map(field -> field.name() + " " + field.type()).toList().toString();
  }

  /** Collects columns. */
  public static final class Builder {

    private final List<DataField> fields = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, DataType type) {
      this.fields.add(new DataField(name, type));
      return this;
    }

    public Builder bool(String name) {
      return add(name, DataType.BOOLEAN);
    }

    public Builder integer(String name) {
      return add(name, DataType.INTEGER);
    }

    public Builder number(String name) {
      return add(name, DataType.DOUBLE);
    }

    /** A column of decimals with so many digits behind the point. */
    public Builder decimal(String name, int scale) {
      return add(name, DataType.decimal(scale));
    }

    public Builder text(String name) {
      return add(name, DataType.TEXT);
    }

    public Builder date(String name) {
      return add(name, DataType.DATE);
    }

    public Builder timestamp(String name) {
      return add(name, DataType.TIMESTAMP);
    }

    /**
     * @throws IllegalArgumentException if two columns have one name
     */
    public DataSchema build() {
      return new DataSchema(this.fields);
    }
  }
}
