package io.github.wasmspring.bundle.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts whose verdict follows from a standard; each is put to the module and to the fallback. */
class ValidationCasesTest {

  private static final Validation JAVA = new Validation() {};

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static List<Validation> sides;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("validation");
    sides = List.of(session.bind(Validation.class), JAVA);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  /** What the RFCs, ISO 8601 and the JSON Schema Test Suite (optional/format) call valid. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EMAIL | joe.bloggs@example.com
          EMAIL | te~st@example.com
          EMAIL | ~test@example.com
          EMAIL | "joe bloggs"@example.com
          EMAIL | "joe..bloggs"@example.com
          EMAIL | "joe@bloggs"@example.com
          EMAIL | joe.bloggs@[127.0.0.1]
          EMAIL | joe.bloggs@[IPv6:::1]
          EMAIL | a@[ipv6:::1]
          EMAIL | test@255.255.255.255
          EMAIL | ""@iana.org
          EMAIL | "\\a"@iana.org
          EMAIL | "\\""@iana.org
          EMAIL | test@c--n.com
          EMAIL | test@io
          EMAIL_INTERNATIONAL | 实例@실례.테스트
          HOSTNAME | www.example.com
          HOSTNAME | xn--4gbwdl.xn--wgbh1c
          HOSTNAME | abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk.com
          HOSTNAME_INTERNATIONAL | 실례.테스트
          IPV4 | 192.168.0.1
          IPV4 | 0.0.0.0
          IPV4 | 255.255.255.255
          IPV6 | ::
          IPV6 | ::abef
          IPV6 | d6::
          IPV6 | 1:d6::42
          IPV6 | 1:2::192.168.0.1
          IPV6 | 1:2:3:4:5:6:7:8
          IPV6 | 1:2:3:4:5:6:7::
          IPV6 | 1000:1000:1000:1000:1000:1000:255.255.255.255
          IPV6_ZONE | fe80::a%eth1
          URI | http://foo.bar/?baz=qux#quux
          URI | http://foo.com/blah_(wikipedia)_blah#cite-1
          URI | http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com
          URI | ldap://[2001:db8::7]/c=GB?objectClass?one
          URI | mailto:John.Doe@example.com
          URI | tel:+1-816-555-1212
          URI | http://999.999.999.999/
          URI | http://a.com:
          URI | http://a.com:999999999
          URI | http://:80
          URI | http://user@
          URI | http://!$&'()*+,;=.com
          URI | http://example.com.
          URI | http://under_score.com/
          URI_REFERENCE | ``
          URI_REFERENCE | //foo.bar/?baz=qux#quux
          URI_REFERENCE | ./this:that
          URL | http://example.com:
          URL_ANY | http://[::ffff:192.0.2.1]/
          UUID | 2eb8aa08-AA98-11ea-B4Aa-73B441D16380
          UUID | ffffffff-ffff-ffff-ffff-ffffffffffff
          UUID | 99c17cbb-656f-f64a-940f-1a4568f03487
          UUID_4 | 98d80576-482e-427f-8434-7f86890ab222
          DATE | 1963-06-19
          DATE | 2020-02-29
          DATE | 0400-02-29
          DATE | 0001-01-01
          WEEK_DATE | 2009-W53-7
          ORDINAL_DATE | 2000-366
          TIME | 08:30:06Z
          TIME | 01:29:60+01:30
          TIME | 23:29:60+23:30
          TIME | 00:29:60-23:30
          TIME | 12:34:56-00:00
          TIME | 08:30:06z
          DATE_TIME | 1998-12-31T15:59:60.123-08:00
          DATE_TIME | 1985-04-12T00:59:59.999999999999999Z
          DURATION | P4DT12H30M5S
          DURATION | P1M2D
          DURATION | PT36H
          DURATION | P01D
          DURATION | P999999999999999999999999999999999999999999999999999999999999999D
          # The next four are ISO 8601 beyond the grammar in RFC 3339, appendix A.
          DURATION | PT0.5S
          DURATION | PT0,5S
          DURATION | P1Y2D
          DURATION | PT1H2S
          CREDIT_CARD | 4111111111111111
          CREDIT_CARD | 3782 822463 10005
          CREDIT_CARD | 6011-1111-1111-1117
          CREDIT_CARD | 4222222222222
          """)
  void isValid(Format format, String text) {
    check(format, text, Verdict.ofValid());
  }

  /** What they call invalid, and where and why we do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EMAIL | 2962 | EMAIL_AT | 4
          EMAIL | `` | EMAIL_LOCAL | 0
          EMAIL | @example.com | EMAIL_LOCAL | 0
          EMAIL | .test@example.com | EMAIL_LOCAL | 0
          EMAIL | test.@example.com | EMAIL_LOCAL | 5
          EMAIL | te..st@example.com | EMAIL_LOCAL | 3
          EMAIL | joe bloggs@example.com | EMAIL_LOCAL | 3
          EMAIL | joe.bloggs@ | HOSTNAME_EMPTY | 11
          EMAIL | joe.bloggs@invalid=domain.com | HOSTNAME_CHARACTER | 18
          EMAIL | joe.bloggs@[127.0.0.300] | IPV4_RANGE | 20
          EMAIL | a@[] | IPV4_NUMBER | 3
          EMAIL | a@[IPv6:::1%1] | IPV6_GROUP | 11
          EMAIL | test@[1.2.3.4 | EMAIL_LITERAL | 5
          EMAIL | test@[RFC-5322-domain-literal] | IPV4_NUMBER | 6
          EMAIL | aé@iana.org | EMAIL_LOCAL | 1
          EMAIL | a@é.org | HOSTNAME_CHARACTER | 2
          EMAIL | `test@iana.org\n` | HOSTNAME_CHARACTER | 13
          EMAIL | "test"test@iana.org | EMAIL_AT | 6
          EMAIL | "test@iana.org | EMAIL_QUOTES | 14
          EMAIL | "test\\ | EMAIL_QUOTES | 6
          EMAIL | a@b@c.org | HOSTNAME_CHARACTER | 3
          EMAIL | test@iana.org. | HOSTNAME_EMPTY | 14
          EMAIL | test(comment)@iana.org | EMAIL_LOCAL | 4
          EMAIL_INTERNATIONAL | 😀 @b.c | EMAIL_LOCAL | 2
          EMAIL_INTERNATIONAL | 😀@b。c | HOSTNAME_CHARACTER | 4
          HOSTNAME | `` | HOSTNAME_EMPTY | 0
          HOSTNAME | -hostname | HOSTNAME_HYPHEN | 0
          HOSTNAME | hostname- | HOSTNAME_HYPHEN | 8
          HOSTNAME | host_name | HOSTNAME_CHARACTER | 4
          HOSTNAME | a..b | HOSTNAME_EMPTY | 2
          HOSTNAME | example.com. | HOSTNAME_EMPTY | 12
          HOSTNAME | com.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl | HOSTNAME_LABEL | 4
          HOSTNAME_INTERNATIONAL | a\u202eb | HOSTNAME_CHARACTER | 1
          IPV4 | 127.0.0.0.1 | IPV4_PARTS | 9
          IPV4 | 256.256.256.256 | IPV4_RANGE | 0
          IPV4 | 127.0 | IPV4_PARTS | 5
          IPV4 | 087.10.0.1 | IPV4_ZERO | 0
          IPV4 | 1২7.0.0.1 | IPV4_PARTS | 1
          IPV4 | 192.168..1 | IPV4_NUMBER | 8
          IPV4 | 4294967297.1.1.1 | IPV4_RANGE | 0
          IPV6 | 12345:: | IPV6_GROUP | 0
          IPV6 | 1:1:1:1:1:1:1:1:1 | IPV6_GROUPS | 16
          IPV6 | ::laptop | IPV6_GROUP | 2
          IPV6 | :2:3:4:5:6:7:8 | IPV6_GROUP | 0
          IPV6 | 1:2:3:4:5:6:7: | IPV6_GROUP | 13
          IPV6 | 1::d6::42 | IPV6_TWICE | 5
          IPV6 | 1:2:3:4:5:::8 | IPV6_GROUP | 11
          IPV6 | 1:2:3:4:5:6:7 | IPV6_GROUPS | 13
          IPV6 | 1:2:3:4::5:6:7:8 | IPV6_GROUPS | 16
          IPV6 | 127.0.0.1 | IPV6_GROUPS | 9
          IPV6 | 1::2:192.168.256.1 | IPV4_RANGE | 13
          IPV6 | 1:2:3:4:1.2.3 | IPV4_PARTS | 13
          IPV6 | fe80::a%eth1 | IPV6_GROUP | 7
          IPV6_ZONE | fe80::a% | IPV6_ZONE | 8
          URI | //foo.bar/ | URI_SCHEME | 0
          URI | abc | URI_SCHEME | 3
          URI | bar,baz:foo | URI_SCHEME | 3
          URI | http:// shouldfail.com | URI_CHARACTER | 7
          URI | https://[@example.org/test.txt | URI_CHARACTER | 8
          URI | https://example.org/foobar®.txt | URI_CHARACTER | 26
          URI | http://example.com/%6G | URI_PERCENT | 19
          URI | http://example.com/% | URI_PERCENT | 19
          URI | http://example.com:abc/path | URI_PORT | 19
          URI | http://a.com:8:0 | URI_PORT | 14
          URI | a://[::1 | URI_HOST | 4
          URI | a://[::1]b | URI_HOST | 9
          URI | a:#b#c | URI_CHARACTER | 4
          URI_REFERENCE | 1a:b | URI_SCHEME | 0
          URI_REFERENCE | \\\\WINDOWS\\fileshare | URI_CHARACTER | 0
          URL | ftp://example.com | URL_SCHEME | 0
          URL | http:example.com | URL_HOST | 5
          URL | http:///etc | URL_HOST | 7
          URL | http://@:80 | URL_HOST | 8
          URL | http://example.com:65536 | URL_PORT | 19
          URL | http://a%41.com | HOSTNAME_CHARACTER | 8
          URL | http://2130706433/ | IPV4_RANGE | 7
          URL | http://0x7f000001/ | IPV4_PARTS | 8
          URL | http://127.0.0.1.5 | IPV4_PARTS | 16
          UUID | 2eb8aa08-aa98-11ea-b4aa-73b441d1638 | UUID_LENGTH | 35
          UUID | 2eb8aa08-aa98-11ea-b4ga-73b441d16380 | UUID_DIGIT | 21
          UUID | 2eb8aa08aa9811eab4aa73b441d16380 | UUID_HYPHEN | 8
          UUID | urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380 | UUID_DIGIT | 0
          UUID_4 | 99c17cbb-656f-564a-940f-1a4568f03487 | UUID_VERSION | 14
          UUID_4 | 99c17cbb-656f-464a-c40f-1a4568f03487 | UUID_VARIANT | 19
          DATE | 2020-01-32 | DATE_DAY | 8
          DATE | 2021-02-29 | DATE_DAY | 8
          DATE | 2100-02-29 | DATE_DAY | 8
          DATE | 1998-13-01 | DATE_MONTH | 5
          DATE | 1998-1-20 | DATE_SYNTAX | 6
          DATE | 1963-06-1৪ | DATE_SYNTAX | 9
          DATE | 2023-W13-2 | DATE_SYNTAX | 5
          DATE | 2020-01-01Z | DATE_SYNTAX | 10
          DATE | 12020-01-01 | DATE_SYNTAX | 4
          WEEK_DATE | 2010-W53-1 | WEEK_DATE_WEEK | 6
          WEEK_DATE | 2009-W53-8 | WEEK_DATE_DAY | 9
          WEEK_DATE | 2009W537 | WEEK_DATE_SYNTAX | 4
          ORDINAL_DATE | 1900-366 | ORDINAL_DATE_DAY | 5
          TIME | 008:030:006Z | TIME_SYNTAX | 2
          TIME | 22:59:60Z | TIME_LEAP | 6
          TIME | 23:59:60+01:00 | TIME_LEAP | 6
          TIME | 00:00:61Z | TIME_SECOND | 6
          TIME | 24:00:00Z | TIME_HOUR | 0
          TIME | 00:60:00Z | TIME_MINUTE | 3
          TIME | 01:02:03+24:00 | TIME_OFFSET | 9
          TIME | 01:02:03+00:60 | TIME_OFFSET | 12
          TIME | 01:02:03Z+00:30 | TIME_SYNTAX | 9
          TIME | 12:00:00 | TIME_OFFSET | 8
          TIME | 08:30:06+0130 | TIME_OFFSET | 11
          TIME | 01:01:01,1111 | TIME_OFFSET | 8
          LOCAL_TIME | 23:59:60 | TIME_LEAP | 6
          LOCAL_TIME | 23:59:59Z | TIME_SYNTAX | 8
          DATE_TIME | 1990-02-31T15:59:59.123-08:00 | DATE_DAY | 8
          DATE_TIME | 2013-350T01:01:01 | DATE_MONTH | 5
          DATE_TIME | 2020-01-01 00:00:00Z | DATE_TIME_SEPARATOR | 10
          DURATION | `` | DURATION_SYNTAX | 0
          DURATION | P | DURATION_EMPTY | 1
          DURATION | P1YT | DURATION_EMPTY | 4
          DURATION | PT1D | DURATION_UNIT | 3
          DURATION | P2D1Y | DURATION_ORDER | 4
          DURATION | P1Y2W | DURATION_WEEKS | 3
          DURATION | P1WT1H | DURATION_WEEKS | 3
          DURATION | P0.5DT1H | DURATION_FRACTION | 2
          DURATION | P2S | DURATION_UNIT | 2
          DURATION | -P1D | DURATION_SYNTAX | 0
          DURATION | P-1D | DURATION_SYNTAX | 1
          DURATION | P২Y | DURATION_SYNTAX | 1
          CREDIT_CARD | 4111111111111112 | CARD_CHECKSUM | 15
          CREDIT_CARD | 411111111111 | CARD_DIGITS | 12
          CREDIT_CARD | 41111111111111111111 | CARD_DIGITS | 19
          CREDIT_CARD | 4111--111111111111 | CARD_SEPARATOR | 4
          CREDIT_CARD | ` 4111111111111111` | CARD_SEPARATOR | 0
          CREDIT_CARD | 4111.1111.1111.1111 | CARD_CHARACTER | 4
          """)
  void isInvalid(Format format, String text, Reason reason, int offset) {
    check(format, text, Verdict.of(reason, offset));
  }

  @Test
  void limitsOfAddressesCountBytes() {
    String local = "a".repeat(64);
    String domain = "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);
    check(Format.EMAIL, local + "@" + domain, Verdict.ofValid());
    check(Format.EMAIL, local + "@" + domain + "d", Verdict.of(Reason.EMAIL_LENGTH, 0));
    check(Format.EMAIL, local + "a@b", Verdict.of(Reason.EMAIL_LOCAL_LENGTH, 0));
    check(Format.EMAIL_INTERNATIONAL, "é".repeat(32) + "@b", Verdict.ofValid());
    check(
        Format.EMAIL_INTERNATIONAL,
        "é".repeat(32) + "a@b",
        Verdict.of(Reason.EMAIL_LOCAL_LENGTH, 0));
  }

  @Test
  void limitsOfHostNamesCountTheAsciiForm() {
    String name = "a1.".repeat(84) + "b";
    check(Format.HOSTNAME, name, Verdict.ofValid());
    check(Format.HOSTNAME, name + "b", Verdict.of(Reason.HOSTNAME_LENGTH, 0));
    // As CPython encodes it, é 57 times has 63 characters, xn-- included.
    check(Format.HOSTNAME_INTERNATIONAL, "a." + "é".repeat(57), Verdict.ofValid());
    check(
        Format.HOSTNAME_INTERNATIONAL, "a." + "é".repeat(58), Verdict.of(Reason.HOSTNAME_LABEL, 2));
    String labels = ("é".repeat(56) + ".").repeat(4);
    check(Format.HOSTNAME_INTERNATIONAL, labels + "b", Verdict.ofValid());
    check(Format.HOSTNAME_INTERNATIONAL, labels + "bb", Verdict.of(Reason.HOSTNAME_LENGTH, 0));
  }

  /** The categories of Markus Kuhn's stress test for decoders, and table 3-7 of Unicode. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ce ba e1 bd b9 cf 83 ce bc ce b5 |
          00 |
          c2 80 |
          e0 a0 80 |
          f0 90 80 80 |
          7f |
          df bf |
          ef bf bf |
          ed 9f bf |
          ee 80 80 |
          ef bf bd |
          f4 8f bf bf |
          f4 90 80 80 | UTF8_RANGE
          f7 bf bf bf | UTF8_RANGE
          f8 88 80 80 80 | UTF8_NEVER
          fb bf bf bf bf | UTF8_NEVER
          fc 84 80 80 80 80 | UTF8_NEVER
          fd bf bf bf bf bf | UTF8_NEVER
          80 | UTF8_CONTINUATION
          bf | UTF8_CONTINUATION
          80 bf 80 bf | UTF8_CONTINUATION
          c0 20 | UTF8_INCOMPLETE
          df 20 | UTF8_INCOMPLETE
          e0 20 | UTF8_INCOMPLETE
          ef bf 20 | UTF8_INCOMPLETE
          f0 20 | UTF8_INCOMPLETE
          f4 8f bf 20 | UTF8_INCOMPLETE
          e2 e2 82 ac | UTF8_INCOMPLETE
          c3 | UTF8_TRUNCATED
          e0 80 | UTF8_TRUNCATED
          f0 80 80 | UTF8_TRUNCATED
          ef bf | UTF8_TRUNCATED
          f7 bf bf | UTF8_TRUNCATED
          fe | UTF8_NEVER
          ff | UTF8_NEVER
          c0 af | UTF8_OVERLONG
          e0 80 af | UTF8_OVERLONG
          f0 80 80 af | UTF8_OVERLONG
          c1 bf | UTF8_OVERLONG
          e0 9f bf | UTF8_OVERLONG
          f0 8f bf bf | UTF8_OVERLONG
          c0 80 | UTF8_OVERLONG
          ed a0 80 | UTF8_SURROGATE
          ed bf bf | UTF8_SURROGATE
          ed a0 80 ed b0 80 | UTF8_SURROGATE
          """)
  void decodesAsTheStandardWants(String bytes, @Nullable Reason reason) {
    byte[] sequence = HexFormat.ofDelimiter(" ").parseHex(bytes);
    // Behind ASCII of lengths about those that are skipped at once, and behind a character.
    for (int length : new int[] {0, 1, 7, 8, 9, 16, 23}) {
      byte[] data = Arrays.copyOf("é".repeat(12).getBytes(UTF_8), length / 2 * 2);
      check(join(data, sequence), reason, data.length);
      byte[] ascii = "a".repeat(length).getBytes(UTF_8);
      check(join(ascii, sequence), reason, length);
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void check(byte[] data, @Nullable Reason reason, int offset) {
    Verdict expected = reason == null ? Verdict.ofValid() : Verdict.of(reason, offset);
    for (Validation side : sides) {
      assertThat(side.utf8(data)).isEqualTo(expected);
    }
  }

  private static void check(Format format, String text, Verdict expected) {
    for (Validation side : sides) {
      assertThat(format.check(side, text)).as(text).isEqualTo(expected);
    }
  }
}
