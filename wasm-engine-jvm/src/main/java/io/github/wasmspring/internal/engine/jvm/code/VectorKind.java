package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import java.util.Set;

/**
 * What a vector is in a method: two {@code long}s, or an object of the JDK's Vector API, of which
 * there are six classes. HotSpot makes registers of the objects as long as they stay in the method.
 * The classes are named only, so that there need be none.
 */
enum VectorKind {
  /** The lower half first. */
  HALVES("", '-', 64),
  BYTE("Byte", 'B', 8),
  SHORT("Short", 'S', 16),
  INT("Int", 'I', 32),
  LONG("Long", 'J', 64),
  FLOAT("Float", 'F', 32),
  DOUBLE("Double", 'D', 64);

  static final String PACKAGE = "jdk/incubator/vector/";

  /** The methods that fail where an array ends. */
  static final Set<String> ACCESSES = Set.of("fromArray", "intoArray");

  static final String SHUFFLE = "L" + PACKAGE + "VectorShuffle;";

  private static final String VECTOR = "L" + PACKAGE + "Vector;";
  private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
  private static final String MASK = "L" + PACKAGE + "VectorMask;";
  private static final String OPERATORS = PACKAGE + "VectorOperators";

  private final String name;
  private final char lane;
  private final int bits;

  VectorKind(String name, char lane, int bits) {
    this.name = name;
    this.lane = lane;
    this.bits = bits;
  }

  boolean isObject() {
    return this != HALVES;
  }

  boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The kind of integers with lanes of the same width. */
  VectorKind ofIntegers() {
    return this == FLOAT ? INT : this == DOUBLE ? LONG : this;
  }

  /** Of a lane, as descriptors have it. */
  char lane() {
    return this.lane;
  }

  int bits() {
    return this.bits;
  }

  private String owner() {
    return PACKAGE + this.name + "Vector";
  }

  private String type() {
    return "L" + owner() + ";";
  }

  Member species() {
    return new Member(owner(), "SPECIES_128", SPECIES);
  }

  /** Of a vector of any kind. */
  Member reinterpret(VectorKind from) {
    return new Member(from.owner(), "reinterpretAs" + this.name + "s", "()" + type());
  }

  /** Static: the class of the objects. */
  Member classField() {
    return new Member(Names.VECTOR_CLASSES, name(), "Ljava/lang/Class;");
  }

  /** Static. */
  Member zero() {
    return new Member(owner(), "zero", "(" + SPECIES + ")" + type());
  }

  /** Static. */
  Member broadcast() {
    return new Member(owner(), "broadcast", "(" + SPECIES + this.lane + ")" + type());
  }

  Member withLane() {
    return new Member(owner(), "withLane", "(I" + this.lane + ")" + type());
  }

  Member extract() {
    return new Member(owner(), "lane", "(I)" + this.lane);
  }

  /** Static. */
  Member load() {
    return new Member(owner(), "fromArray", "(" + SPECIES + "[" + this.lane + "I)" + type());
  }

  Member store() {
    return new Member(owner(), "intoArray", "([" + this.lane + "I)V");
  }

  Member unary(String name) {
    return new Member(owner(), name, "()" + type());
  }

  Member binary(String name) {
    return new Member(owner(), name, "(" + VECTOR + ")" + type());
  }

  Member lanewise() {
    return new Member(owner(), "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")" + type());
  }

  Member lanewiseUnary() {
    return new Member(owner(), "lanewise", "(L" + OPERATORS + "$Unary;)" + type());
  }

  /** All lanes by the same number. */
  Member shift() {
    return new Member(
        owner(), "lanewise", "(L" + OPERATORS + "$Binary;" + this.lane + ")" + type());
  }

  Member compare() {
    return new Member(owner(), "compare", "(L" + OPERATORS + "$Comparison;" + VECTOR + ")" + MASK);
  }

  /** The other vector where a mask is set. */
  Member blend() {
    return new Member(owner(), "blend", "(" + VECTOR + MASK + ")" + type());
  }

  Member selectFrom() {
    return new Member(owner(), "selectFrom", "(" + VECTOR + ")" + type());
  }

  Member rearrange() {
    return new Member(owner(), "rearrange", "(" + SHUFFLE + ")" + type());
  }

  /** To a vector of a kind that is not known. */
  Member convert() {
    return new Member(owner(), "convert", "(L" + OPERATORS + "$Conversion;I)" + VECTOR);
  }

  static Member castMask() {
    return new Member(PACKAGE + "VectorMask", "cast", "(" + SPECIES + ")" + MASK);
  }

  static Member maskToLong() {
    return new Member(PACKAGE + "VectorMask", "toLong", "()J");
  }

  /**
   * @param type what kind of operators it is one of, e.g. {@code Binary}
   */
  static Member operator(String name, String type) {
    return new Member(OPERATORS, name, "L" + OPERATORS + "$" + type + ";");
  }
}
