package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.InetAddressValidator;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The module against the JDK and Commons Validator, on changed examples. Where they differ on
 * purpose, a predicate says so and names who is right by which rule.
 */
class ValidationJudgesTest {

  private static final int RANDOM = 20_000;
  private static final Predicate<String> NEVER = text -> false;

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static Validation wasm;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("validation");
    wasm = session.bind(Validation.class);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  private static DateTimeFormatterBuilder builder() {
    return new DateTimeFormatterBuilder().parseCaseInsensitive();
  }

  private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
    return builder.toFormatter().withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter date() {
    return strict(
        new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendLiteral('-')
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .appendLiteral('-')
            .appendValue(ChronoField.DAY_OF_MONTH, 2));
  }

  private static DateTimeFormatter localTime() {
    return strict(
        new DateTimeFormatterBuilder()
            .appendValue(ChronoField.HOUR_OF_DAY, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true));
  }

  private static DateTimeFormatter time() {
    return strict(builder().append(localTime()).appendOffset("+HH:MM", "Z"));
  }

  @Test
  void datesAreThoseOfJavaTime() {
    agree(Format.DATE, parses(date()), NEVER);
  }

  /** Java has no more than nine digits of a fraction. */
  @Test
  void localTimesAreThoseOfJavaTime() {
    agree(Format.LOCAL_TIME, parses(localTime()), matches(".*\\.[0-9]{10,}"));
    agree(
        Format.LOCAL_DATE_TIME,
        parses(strict(builder().append(date()).appendLiteral('T').append(localTime()))),
        matches(".*\\.[0-9]{10,}"));
  }

  /** Java has no leap seconds, and no offset beyond 18 hours, which RFC 3339 has. */
  @Test
  void timesAreThoseOfJavaTime() {
    Predicate<String> beyondJava = matches(".*(\\.[0-9]{10,}|:60|[+-](1[89]|2[0-3]):[0-5][0-9]).*");
    agree(Format.TIME, parses(time()), beyondJava);
    agree(
        Format.DATE_TIME,
        parses(strict(builder().append(date()).appendLiteral('T').append(time()))),
        beyondJava);
  }

  @Test
  void weekDatesAreThoseOfJavaTime() {
    agree(
        Format.WEEK_DATE,
        parses(
            strict(
                new DateTimeFormatterBuilder()
                    .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
                    .appendLiteral("-W")
                    .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
                    .appendLiteral('-')
                    .appendValue(ChronoField.DAY_OF_WEEK, 1))),
        NEVER);
  }

  @Test
  void ordinalDatesAreThoseOfJavaTime() {
    agree(
        Format.ORDINAL_DATE,
        parses(
            strict(
                new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendLiteral('-')
                    .appendValue(ChronoField.DAY_OF_YEAR, 3))),
        NEVER);
  }

  /** Every year has the weeks and days that java.time knows. */
  @Test
  void everyYearEndsWhereJavaTimeSays() {
    for (int year = 0; year <= 9999; year++) {
      String digits = "%04d".formatted(year);
      boolean leap = Year.isLeap(year);
      assertThat(wasm.ordinalDate(digits + "-366").valid()).isEqualTo(leap);
      assertThat(wasm.date(digits + "-02-29").valid()).isEqualTo(leap);
      long weeks =
          IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(LocalDate.of(year, 7, 1)).getMaximum();
      assertThat(wasm.weekDate(digits + "-W53-1").valid()).isEqualTo(weeks == 53);
    }
  }

  /**
   * Those of XML Schema, which has signs, but no weeks and no fraction except of seconds with a
   * dot.
   */
  @Test
  void durationsAreThoseOfXml() throws DatatypeConfigurationException {
    DatatypeFactory factory = DatatypeFactory.newInstance();
    agree(
        Format.DURATION,
        text -> succeeds(() -> factory.newDuration(text)),
        matches("-.*|.*[W,].*|.*[^0-9]\\..*|.*\\.(S|[0-9]*[^0-9S]).*"));
  }

  /** The JDK reads shorter groups, too, and fills them up. */
  @Test
  void uuidsAreThoseThatTheJdkWrites() {
    agree(
        Format.UUID,
        text -> {
          try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
          } catch (IllegalArgumentException wrong) {
            return false;
          }
        },
        NEVER);
  }

  @Test
  void versionAndVariantAreWhatTheJdkReads() {
    Random random = new Random(20261125);
    for (int i = 0; i < 2_000; i++) {
      UUID uuid = new UUID(random.nextLong(), random.nextLong());
      for (int version = 1; version <= 8; version++) {
        assertThat(wasm.uuid(uuid.toString(), version).valid())
            .isEqualTo(uuid.version() == version && uuid.variant() == 2);
      }
    }
  }

  @Test
  void utf8IsWhatTheJdkDecodesAndFaultsAreWhereItStops() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    Random random = new Random(20261126);
    for (int i = 0; i < 5 * RANDOM; i++) {
      byte[] data = Utf8Samples.random(random);
      ByteBuffer in = ByteBuffer.wrap(data);
      boolean valid = !decoder.reset().decode(in, CharBuffer.allocate(data.length), true).isError();
      Verdict verdict = wasm.utf8(data);
      Integer offset = valid ? null : Integer.valueOf(in.position());
      if (verdict.valid() != valid || !Objects.equals(verdict.offset(), offset)) {
        assertThat(verdict.offset()).as("%s", Utf8Samples.hex(data)).isEqualTo(offset);
      }
    }
  }

  /**
   * RFC 3986 against the JDK's RFC 2396, which lets characters outside of ASCII and brackets pass,
   * and zones in addresses, but wants something after the scheme and in the authority, and knows no
   * addresses of future versions. Where it finds no host and port it takes an authority for a
   * registry's name.
   */
  @Test
  void urisAreThoseOfTheJdk() {
    Predicate<String> otherRules =
        matches(
            "[^\\x00-\\x7f]|[\\[\\]]|^[^/?#]*:(#|$)|//(/|$|\\?|#)|^//|@|//[^/?#]*:(?![0-9]*([/?#]|$))",
            true);
    agree(Format.URI_REFERENCE, ValidationJudgesTest::isUri, otherRules);
    agree(Format.URI, text -> isUri(text) && URI.create(text).isAbsolute(), otherRules);
  }

  private static boolean isUri(String text) {
    try {
      new URI(text);
      return true;
    } catch (URISyntaxException wrong) {
      return false;
    }
  }

  /** The JDK allows a dot at the end and has no limit for the whole name. */
  @Test
  void hostNamesAreThoseOfTheJdk() {
    agree(
        Format.HOSTNAME,
        text -> succeeds(() -> IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES)) && !text.isEmpty(),
        matches("[^\\x00-\\x7f]|\\.$|^.{254}", true));
  }

  /** Chinese characters and a, which IDNA leaves as they are, in labels about as long as may be. */
  @Test
  void internationalLabelsAreAsLongAsTheJdkEncodesThem() {
    Random random = new Random(20261127);
    int tooLong = 0;
    for (int i = 0; i < RANDOM; i++) {
      int spread = 1 << random.nextInt(8);
      int first = 0x4e00 + random.nextInt(0x5000);
      StringBuilder label = new StringBuilder("日");
      for (int length = 8 + random.nextInt(53); length > 0; length--) {
        label.append(random.nextInt(4) == 0 ? 'a' : (char) (first + random.nextInt(spread)));
      }
      boolean valid = wasm.hostname(label.toString(), true).valid();
      if (valid != succeeds(() -> IDN.toASCII(label.toString()))) {
        assertThat(valid).as("%s", label).isEqualTo(!valid);
      }
      tooLong += valid ? 0 : 1;
    }
    assertThat(tooLong).isBetween(RANDOM / 10, RANDOM * 9 / 10);
  }

  @Test
  void ipv4AddressesAreThoseOfCommonsValidator() {
    agree(Format.IPV4, InetAddressValidator.getInstance()::isValidInet4Address, NEVER);
  }

  /** Commons Validator also takes zones, the length of a prefix, and white space for a group. */
  @Test
  void ipv6AddressesAreThoseOfCommonsValidator() {
    agree(
        Format.IPV6,
        InetAddressValidator.getInstance()::isValidInet6Address,
        matches("[%/\\x00-\\x20]", true));
  }

  /** Commons Validator wants a top-level domain that it knows, which only the local part leaves. */
  @Test
  void localPartsAreThoseOfCommonsValidator() {
    EmailValidator judge = EmailValidator.getInstance();
    agree(
        Format.EMAIL,
        text -> judge.isValid(text + "@example.com"),
        text -> wasm.email(text + "@example.com", false).valid(),
        matches("[^\\x00-\\x7f]|[\\x00-\\x20\"\\\\\\x7f]", true));
  }

  /** Luhn of Commons Validator, with digits alone. */
  @Test
  void cardNumbersHaveTheCheckDigitOfCommonsValidator() {
    Random random = new Random(20261128);
    for (int i = 0; i < RANDOM; i++) {
      String digits =
          random
              .ints(13 + random.nextInt(7), 0, 10)
              .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
              .toString();
      boolean zeros = digits.chars().allMatch(digit -> digit == '0');
      if (!zeros
          && wasm.creditCard(digits).valid() != LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits)) {
        assertThat(digits).as("check digit").isNull();
      }
    }
  }

  private static Predicate<String> parses(DateTimeFormatter formatter) {
    return text -> {
      try {
        formatter.parse(text);
        return true;
      } catch (DateTimeException wrong) {
        return false;
      }
    };
  }

  private static boolean succeeds(Supplier<?> call) {
    try {
      return call.get() != null;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  private static Predicate<String> matches(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate();
  }

  private static Predicate<String> matches(String regex, boolean anywhere) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return anywhere ? pattern.asPredicate() : pattern.asMatchPredicate();
  }

  private static void agree(Format format, Predicate<String> judge, Predicate<String> differs) {
    agree(format, judge, text -> format.check(wasm, text).valid(), differs);
  }

  private static void agree(
      Format format, Predicate<String> judge, Predicate<String> module, Predicate<String> differs) {
    Random random = new Random(20261129);
    int judged = 0;
    for (int i = 0; i < RANDOM; i++) {
      String text = format.random(random);
      if (!differs.test(text)) {
        judged++;
        boolean expected = judge.test(text);
        if (module.test(text) != expected) {
          assertThat(text).as("%s: judged to be %s", format, expected).isNull();
        }
      }
    }
    assertThat(judged).isGreaterThan(RANDOM / 8);
  }
}
