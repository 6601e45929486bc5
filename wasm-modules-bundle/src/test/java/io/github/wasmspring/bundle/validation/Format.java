package io.github.wasmspring.bundle.validation;

import java.util.Random;
import java.util.function.BiFunction;

/** The formats of text with their options, and valid texts to begin with. */
enum Format {
  EMAIL(
      (v, text) -> v.email(text, false),
      "joe.bloggs@example.com",
      "\"a b\\\"c\"@x-y.org",
      "o'n+e!~@[192.0.2.1]",
      "a@[IPv6:2001:db8::1]",
      "a.b.c@localhost"),
  EMAIL_INTERNATIONAL(
      (v, text) -> v.email(text, true),
      "用户@例え.jp",
      "δοκιμή.é@παράδειγμα.gr",
      "\"ж ж\"@xn--e1afmkfd.рф",
      "\ud83d\ude00@a.b"),
  HOSTNAME((v, text) -> v.hostname(text, false), "www.example.com", "a-1.b--2.3", "192.0.2.1"),
  HOSTNAME_INTERNATIONAL(
      (v, text) -> v.hostname(text, true),
      "bücher.example",
      "日本語.jp",
      "ж".repeat(50) + ".рф",
      "é".repeat(56),
      "\ud83d\ude00\ud83d\ude80.a\u200db"),
  IPV4((v, text) -> v.ipv4(text), "192.0.2.1", "0.0.0.0", "255.255.255.255", "10.20.30.249"),
  IPV6(
      (v, text) -> v.ipv6(text, false),
      "::",
      "2001:db8::8a2e:370:7334",
      "1:2:3:4:5:6:7:8",
      "::ffff:192.0.2.128",
      "1:2:3:4:5:6:1.2.3.4",
      "fe80::"),
  IPV6_ZONE((v, text) -> v.ipv6(text, true), "fe80::1%eth0", "::%1", "1::8%a-b_c"),
  URI(
      (v, text) -> v.uri(text),
      "https://user:pw@example.com:8080/a%20b;c?q=1&r=/?#frag/?",
      "mailto:a@example.com",
      "urn:isbn:0451450523",
      "ldap://[2001:db8::7]/c=GB?one",
      "a://[vF.a:b]:/",
      "file:///etc/hosts"),
  URI_REFERENCE(
      (v, text) -> v.uriReference(text),
      "../a/b?c#d",
      "//host:1/x",
      "?q",
      "a:b",
      "#",
      "./a:b",
      "//[::1]@x"),
  URL(
      (v, text) -> v.url(text, "http,https,x+y"),
      "https://example.com/a?b#c",
      "http://192.0.2.1:65535",
      "x+y://u@[::1]:80/",
      "HTTP://0x7f.example.0xg/"),
  URL_ANY((v, text) -> v.url(text, ""), "ftp://a.b:65536/", "ws://127.0.0.1", "a://0x7f000001/"),
  UUID(
      (v, text) -> v.uuid(text, 0),
      "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
      "00000000-0000-0000-0000-000000000000"),
  UUID_4(
      (v, text) -> v.uuid(text, 4),
      "919108F7-52D1-4320-9BAC-F847DB4148A8",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"),
  DATE((v, text) -> v.date(text), "2026-11-21", "2024-02-29", "1900-02-28", "0000-12-31"),
  WEEK_DATE((v, text) -> v.weekDate(text), "2026-W47-6", "2020-W53-7", "0004-W53-1"),
  ORDINAL_DATE((v, text) -> v.ordinalDate(text), "2026-325", "2024-366", "2023-365"),
  TIME(
      (v, text) -> v.time(text),
      "13:45:00Z",
      "23:20:50.52-08:30",
      "15:59:60-08:00",
      "00:29:60.5+00:30",
      "00:00:00z"),
  LOCAL_TIME((v, text) -> v.localTime(text), "13:45:00", "23:59:59.999"),
  DATE_TIME(
      (v, text) -> v.dateTime(text),
      "1985-04-12T23:20:50.52Z",
      "1996-12-19T16:39:57-08:00",
      "1990-12-31T23:59:60Z",
      "1937-01-01t12:00:27.87+00:20"),
  LOCAL_DATE_TIME((v, text) -> v.localDateTime(text), "1985-04-12T23:20:50.52"),
  DURATION(
      (v, text) -> v.duration(text), "P1Y2M3DT4H5M6S", "P2W", "PT0.5S", "P1Y2D", "PT36H", "P0,5D"),
  CREDIT_CARD(
      (v, text) -> v.creditCard(text),
      "4111 1111 1111 1111",
      "3782-822463-10005",
      "5555555555554444",
      "6304000000000000000");

  /** What a change puts in, beside characters of the text itself. */
  private static final String ANY =
      "09aAfFgzZ.:-/@%#?[]\"\\_~+ ,;TtWPMSxX\n\u0000\u007f\u0085é\u00ad\u3002\uff0e日\u200b\u202e";

  private final BiFunction<Validation, String, Verdict> operation;
  private final String[] examples;

  Format(BiFunction<Validation, String, Verdict> operation, String... examples) {
    this.operation = operation;
    this.examples = examples;
  }

  String[] examples() {
    return this.examples.clone();
  }

  Verdict check(Validation validation, String text) {
    return this.operation.apply(validation, text);
  }

  /** An example with up to four changes. */
  String random(Random random) {
    String text = this.examples[random.nextInt(this.examples.length)];
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      text = change(text, random);
    }
    return text;
  }

  private static String change(String text, Random random) {
    int[] points = text.codePoints().toArray();
    int at = random.nextInt(points.length + 1);
    int end = Math.min(points.length, at + random.nextInt(3));
    String before = new String(points, 0, at);
    String after = new String(points, end, points.length - end);
    return switch (random.nextInt(5)) {
      case 0 -> before + after;
      case 1 -> before + new String(points, at, end - at).repeat(1 + random.nextInt(4)) + after;
      case 2 -> before + (char) ('0' + random.nextInt(10)) + after;
      case 3 -> before + (points.length > 0 ? pick(points, random) : "") + after;
      default -> before + pick(ANY.codePoints().toArray(), random) + after;
    };
  }

  private static String pick(int[] points, Random random) {
    return Character.toString(points[random.nextInt(points.length)]);
  }
}
