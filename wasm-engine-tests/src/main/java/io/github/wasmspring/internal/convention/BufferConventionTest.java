package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.InOut;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BufferConventionTest {

  record Point(int x, double y, String name) {}

  record Path(String id, List<Point> points, Map<String, List<Integer>> marks) {}

  /** One guest, seen with all types that can cross. */
  interface Guest {

    String echo(String text);

    @WasmExport("echo")
    byte[] bytes(byte[] bytes);

    @WasmExport("echo")
    ByteBuffer buffer(ByteBuffer bytes);

    @WasmExport("echo")
    short[] shorts(short[] values);

    @WasmExport("echo")
    int[] ints(int[] values);

    @WasmExport("echo")
    long[] longs(long[] values);

    @WasmExport("echo")
    float[] floats(float[] values);

    @WasmExport("echo")
    double[] doubles(double[] values);

    @WasmExport("echo")
    int[] intsOf(byte[] bytes);

    @WasmExport("echo")
    short[] shortsOf(byte[] bytes);

    @WasmExport("echo")
    double[] doublesOf(byte[] bytes);

    @WasmExport("echo")
    String textOf(byte[] bytes);

    @WasmExport("echo")
    Point point(Point point);

    @WasmExport("echo")
    Point pointOf(String json);

    @WasmExport("echo")
    Path path(Path path);

    @WasmExport("echo")
    Map<String, Integer> map(Map<String, Integer> map);

    @WasmExport("echo")
    List<Point> points(List<Point> points);

    @WasmExport("echo")
    Map<String, Map<Integer, List<Point>>> nested(Map<String, Map<Integer, List<Point>>> value);

    @WasmExport("echo")
    String[] strings(String[] strings);

    @WasmExport("echo")
    CharSequence chars(CharSequence text);

    @WasmExport("echo")
    Object any(Object value);

    String concat(String first, String second);

    String skip(String text, int bytes);

    int length(String text);

    int firstByte(byte[] bytes);

    void increment(@InOut byte[] bytes);

    @WasmExport("increment")
    void incrementInts(@InOut int[] values);

    @WasmExport("increment")
    void incrementBuffer(@InOut ByteBuffer buffer);

    @WasmExport("increment")
    void incrementCopy(byte[] bytes);

    int idInt(int value);

    @WasmExport("id_int")
    boolean bool(boolean value);

    @WasmExport("id_int")
    byte oneByte(byte value);

    @WasmExport("id_int")
    byte byteOf(int value);

    @WasmExport("id_int")
    short oneShort(short value);

    @WasmExport("id_int")
    short shortOf(int value);

    @WasmExport("id_int")
    char oneChar(char value);

    @WasmExport("id_int")
    boolean boolOf(int value);

    @WasmExport("id_int")
    Integer boxed(Integer value);

    long idLong(long value);

    float idFloat(float value);

    double idDouble(double value);

    void check(String error);

    String failWith(String error);

    @WasmExport("raw")
    String lie(long packed);

    @WasmExport("raw")
    void lieAboutError(long packed);

    String fillText(int length);

    int allocs();

    int frees();

    int liveBytes();

    void lieAboutAlloc(int address);

    void failHard(String text);
  }

  private final TestRuntime runtime = new TestRuntime().with(guest("buffer"));
  private WasmSession session;
  private Guest guest;

  @BeforeEach
  void open() {
    this.session = this.runtime.manager.open("buffer");
    this.guest = this.session.bind(Guest.class);
  }

  @AfterEach
  void close() {
    this.session.close();
    this.runtime.close();
  }

  private void assertAllFreed() {
    assertThat(this.guest.frees()).isEqualTo(this.guest.allocs());
    assertThat(this.guest.liveBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä€𝄞😀", "nul\0inside", "\uFFFD", "\uFEFFbom", "?", "日本語"})
  void aStringCrosses(String text) {
    assertThat(this.guest.echo(text)).isEqualTo(text);
    assertAllFreed();
  }

  @Test
  void aStringOfSeveralMegabytesCrosses() {
    String text = "äb€".repeat(1_000_000);

    assertThat(this.guest.echo(text)).isEqualTo(text);
    assertAllFreed();
  }

  @Test
  void theLengthOfAStringIsItsUtf8Length() {
    assertThat(this.guest.length("ä€😀")).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00b", "\ud800\ud800\udc00", "?\udfff", "\udc00\ud800"})
  void halfASurrogatePairIsRefusedBeforeTheGuestRuns(String text) {
    assertThat(failure(WasmInvalidInputException.class, () -> this.guest.echo(text)))
        .hasMessageContaining("half a surrogate pair")
        .hasMessageContaining("module 'buffer'");
    assertThat(this.guest.allocs()).isZero();
  }

  @Test
  void twoStringsCross() {
    assertThat(this.guest.concat("häl", "lo")).isEqualTo("hällo");
    assertAllFreed();
  }

  @Test
  void aStringAndANumberCross() {
    assertThat(this.guest.skip("abcdef", 2)).isEqualTo("cdef");
    assertAllFreed();
  }

  @Test
  void aCharSequenceCrosses() {
    assertThat(this.guest.chars(new StringBuilder("abc")).toString()).isEqualTo("abc");
  }

  @Test
  void bytesCross() {
    byte[] bytes = new byte[70_000];
    new Random(7).nextBytes(bytes);

    assertThat(this.guest.bytes(bytes)).isEqualTo(bytes);
    assertAllFreed();
  }

  @Test
  void noBytesCross() {
    assertThat(this.guest.bytes(new byte[0])).isEmpty();
    assertAllFreed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "direct", "sliced", "read-only", "big-endian"})
  void theRemainingBytesOfABufferCross(String kind) {
    ByteBuffer buffer =
        kind.equals("direct") ? ByteBuffer.allocateDirect(8) : ByteBuffer.allocate(8);
    buffer.put(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}).position(2).limit(6);
    ByteBuffer given =
        switch (kind) {
          case "sliced" -> buffer.slice();
          case "read-only" -> buffer.asReadOnlyBuffer();
          case "big-endian" -> buffer.order(ByteOrder.BIG_ENDIAN);
          default -> buffer;
        };
    int position = given.position();

    ByteBuffer answer = this.guest.buffer(given);

    assertThat(answer).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3, 4, 5}));
    assertThat(given.position()).isEqualTo(position);
    assertAllFreed();
  }

  @Test
  void shortsCross() {
    short[] values = {0, 1, -1, Short.MIN_VALUE, Short.MAX_VALUE};
    assertThat(this.guest.shorts(values)).isEqualTo(values);
  }

  @Test
  void intsCross() {
    int[] values = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};
    assertThat(this.guest.ints(values)).isEqualTo(values);
  }

  @Test
  void longsCross() {
    long[] values = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};
    assertThat(this.guest.longs(values)).isEqualTo(values);
  }

  @Test
  void floatsCross() {
    float[] values = {0, -0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    assertThat(this.guest.floats(values)).isEqualTo(values);
  }

  @Test
  void doublesCross() {
    double[] values = {0, -0d, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY};
    assertThat(this.guest.doubles(values)).isEqualTo(values);
    assertAllFreed();
  }

  @Test
  void arraysCrossInLittleEndianOrder() {
    assertThat(this.guest.intsOf(new byte[] {1, 2, 0, 0})).containsExactly(0x201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ints", "shorts", "doubles"})
  void anAnswerOfOddLengthIsNoArray(String type) {
    byte[] odd = new byte[7];

    assertThat(
            failure(
                WasmErrorCategory.TRAP,
                () -> {
                  switch (type) {
                    case "ints" -> this.guest.intsOf(odd);
                    case "shorts" -> this.guest.shortsOf(odd);
                    default -> this.guest.doublesOf(odd);
                  }
                }))
        .hasMessageContaining("7 bytes");
  }

  @Test
  void anInOutArrayIsCopiedBack() {
    byte[] bytes = {1, 2, 3};

    this.guest.increment(bytes);

    assertThat(bytes).containsExactly(2, 3, 4);
    assertAllFreed();
  }

  @Test
  void anInOutArrayOfNumbersIsCopiedBack() {
    int[] values = {0, 0x01010101};

    this.guest.incrementInts(values);

    assertThat(values).containsExactly(0x01010101, 0x02020202);
  }

  @Test
  void anInOutBufferIsCopiedBackBetweenPositionAndLimit() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

    this.guest.incrementBuffer(buffer);

    assertThat(buffer.array()).containsExactly(1, 3, 4, 4);
    assertThat(buffer.position()).isEqualTo(1);
  }

  @Test
  void aReadOnlyInOutBufferIsRefused() {
    ByteBuffer buffer = ByteBuffer.allocate(4).asReadOnlyBuffer();

    assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> this.guest.incrementBuffer(buffer)))
        .hasMessageContaining("read-only");
  }

  @Test
  void anArrayThatIsNotInOutStaysAsItIs() {
    byte[] bytes = {1, 2, 3};

    this.guest.incrementCopy(bytes);

    assertThat(bytes).containsExactly(1, 2, 3);
  }

  @Test
  void aRecordCrossesAsJson() {
    Point point = new Point(-3, 1.5, "ä");
    assertThat(this.guest.point(point)).isEqualTo(point);
    assertAllFreed();
  }

  @Test
  void aNestedRecordCrossesAsJson() {
    Path path =
        new Path("p", List.of(new Point(1, 2, "a"), new Point(3, 4, "b")), Map.of("m", List.of(1)));
    assertThat(this.guest.path(path)).isEqualTo(path);
  }

  @Test
  void aMapCrossesAsJson() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", 2);
    assertThat(this.guest.map(map)).containsExactlyEntriesOf(map);
  }

  @Test
  void aListOfRecordsCrossesAsJson() {
    List<Point> points = List.of(new Point(1, 2, "a"));
    assertThat(this.guest.points(points)).isEqualTo(points);
  }

  @Test
  void nestedGenericsCrossAsJson() {
    Map<String, Map<Integer, List<Point>>> value =
        Map.of("a", Map.of(1, List.of(new Point(1, 2, "x"))));
    assertThat(this.guest.nested(value)).isEqualTo(value);
  }

  @Test
  void anArrayOfStringsCrossesAsJson() {
    assertThat(this.guest.strings(new String[] {"a", "b"})).containsExactly("a", "b");
  }

  @Test
  void jsonOfAnotherShapeIsAFaultOfTheModule() {
    assertThat(failure(WasmErrorCategory.TRAP, () -> this.guest.pointOf("{\"x\":\"no\"}")))
        .hasMessageContaining("Point");
  }

  @Test
  void whatJacksonCannotWriteIsRefusedBeforeTheGuestRuns() {
    Map<String, Object> itself = new LinkedHashMap<>();
    itself.put("me", itself);

    failure(WasmErrorCategory.INVALID_INPUT, () -> this.guest.any(itself));

    assertThat(this.guest.allocs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void anIntCrosses(int value) {
    assertThat(this.guest.idInt(value)).isEqualTo(value);
    assertThat(this.guest.boxed(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void aLongCrosses(long value) {
    assertThat(this.guest.idLong(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1.5f, Float.NaN, Float.MIN_VALUE, Float.POSITIVE_INFINITY})
  void aFloatCrosses(float value) {
    assertThat(Float.floatToRawIntBits(this.guest.idFloat(value)))
        .isEqualTo(Float.floatToRawIntBits(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0d, 1.5, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY})
  void aDoubleCrosses(double value) {
    assertThat(Double.doubleToRawLongBits(this.guest.idDouble(value)))
        .isEqualTo(Double.doubleToRawLongBits(value));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBooleanCrosses(boolean value) {
    assertThat(this.guest.bool(value)).isEqualTo(value);
  }

  @Test
  void everyNumberButZeroIsTrue() {
    assertThat(this.guest.boolOf(256)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE})
  void aByteCrosses(byte value) {
    assertThat(this.guest.oneByte(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, 1, -1, Short.MIN_VALUE, Short.MAX_VALUE})
  void aShortCrosses(short value) {
    assertThat(this.guest.oneShort(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(chars = {'a', '\0', '\uffff', '€'})
  void aCharCrosses(char value) {
    assertThat(this.guest.oneChar(value)).isEqualTo(value);
  }

  @Test
  void aVoidOperationWithoutAnErrorAnswersNothing() {
    this.guest.check("");
    assertAllFreed();
  }

  @Test
  void aVoidOperationThrowsTheErrorThatItReports() {
    WasmOperationException error =
        failure(
            WasmOperationException.class,
            () -> this.guest.check("{\"code\":\"bad\",\"message\":\"it is bad\"}"));

    assertThat(error.code()).isEqualTo("bad");
    assertThat(error.offset()).isNull();
    assertThat(error.detail()).isEqualTo("it is bad");
    assertAllFreed();
  }

  @Test
  void anErrorCarriesCodeMessageAndOffset() {
    WasmOperationException error =
        failure(
            WasmOperationException.class,
            () ->
                this.guest.failWith(
                    "{\"code\":\"syntax\",\"message\":\"ä is wrong\",\"offset\":4294967296}"));

    assertThat(error.code()).isEqualTo("syntax");
    assertThat(error.offset()).isEqualTo(4294967296L);
    assertThat(error)
        .hasMessage(
            "module 'buffer' 1.0.0, operation 'failWith' (%s): ä is wrong", TestEngines.COMPILED);
    assertAllFreed();
  }

  @Test
  void anErrorDoesNotBreakTheInstance() {
    failure(
        WasmOperationException.class,
        () -> this.guest.failWith("{\"code\":\"a\",\"message\":\"b\"}"));

    assertThat(this.guest.echo("still here")).isEqualTo("still here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{}",
        "{\"code\":1,\"message\":\"a\"}",
        "{\"code\":\"a\"}",
        "{\"message\":\"a\"}"
      })
  void anErrorOfAnotherFormIsAFaultOfTheModule(String error) {
    failure(WasmErrorCategory.TRAP, () -> this.guest.failWith(error));
  }

  @ParameterizedTest
  @CsvSource({
    "131072, 1", // just beyond the two pages
    "131071, 2",
    "0, 131073",
    "0, 4294967295",
    "0, 2147483648",
    "2147483647, 1",
    "2147483647, 2147483647",
    "1, 4294967295",
    "100000, 100000"
  })
  void anAnswerThatIsNotInsideTheMemoryIsAFaultOfTheModule(long address, long length) {
    assertThat(failure(WasmErrorCategory.TRAP, () -> this.guest.lie(address << 32 | length)))
        .hasMessageContaining("not inside the");
  }

  @ParameterizedTest
  @CsvSource({"131072, 1", "0, 4294967295", "2147483647, 2147483647"})
  void anErrorThatIsNotInsideTheMemoryIsAFaultOfTheModule(long address, long length) {
    failure(
        WasmErrorCategory.TRAP,
        () -> this.guest.lieAboutError(Long.MIN_VALUE | address << 32 | length));
  }

  @Test
  void anEmptyAnswerAtTheVeryEndOfTheMemoryIsInside() {
    assertThat(this.guest.lie(131072L << 32)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 131072, Integer.MIN_VALUE, 131070})
  void anAllocatorThatAnswersOutsideTheMemoryIsAFaultOfTheModule(int address) {
    this.guest.lieAboutAlloc(address);

    assertThat(failure(WasmErrorCategory.TRAP, () -> this.guest.echo("abc")))
        .hasMessageContaining("wasm_alloc returned");
  }

  @Test
  void anAllocatorThatAnswersZeroHasNoRoom() {
    this.guest.lieAboutAlloc(0);

    assertThat(failure(WasmErrorCategory.MEMORY_LIMIT, () -> this.guest.length("abc")))
        .hasMessageContaining("no room for 3 bytes");
  }

  @Test
  void anAnswerThatIsNotUtf8IsAFaultOfTheModule() {
    assertThat(
            failure(WasmErrorCategory.TRAP, () -> this.guest.textOf(new byte[] {'a', (byte) 0xff})))
        .hasMessageContaining("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c080", "eda080", "f4908080", "e282", "80"})
  void malformedUtf8IsNeverReplacedSilently(String hex) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);

    failure(WasmErrorCategory.TRAP, () -> this.guest.textOf(bytes));
  }

  @Test
  void aNullArgumentIsRefusedByName() {
    assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> this.guest.concat("a", null)))
        .hasMessageContaining("'second' is null");
    assertThat(this.guest.allocs()).isZero();
  }

  @Test
  void argumentsAreFreedExactlyOnceOverManyCalls() {
    for (int i = 0; i < 100; i++) {
      this.guest.concat("a".repeat(i), "b");
      this.guest.increment(new byte[i]);
      this.guest.length("x");
    }

    assertThat(this.guest.allocs()).isEqualTo(100 * (3 + 1 + 1));
    assertAllFreed();
  }

  @Test
  void growingDuringACallDoesNotLoseTheAnswer() {
    String text = this.guest.fillText(1_000_000);

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(1_000_000).containsOnly('x');
  }
}
