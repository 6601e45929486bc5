package io.github.wasmspring.bundle.validation;

import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import java.util.List;

/**
 * Whether text is written as its format wants it: syntax and check digits, not whether an address
 * or a host exists. A text is read from left to right up to the first thing wrong, which the {@link
 * Verdict} names. A part that is too long is reported where it begins. White space is never
 * skipped.
 *
 * <p>What is checked is never an error, whatever it is. Options may be one, with a {@link
 * WasmOperationException}; and text with half a surrogate pair, which has no UTF-8 form, is refused
 * with a {@link WasmInvalidInputException}.
 */
@WasmModule("validation")
public interface Validation {

  /**
   * An e-mail address: a mailbox of RFC 5321, section 4.1.2. At most 254 bytes, of which 64 in
   * front of the {@code @}. Words between dots or a quoted string, and a host name or an IP address
   * in brackets. A host name of one label is enough. No comments, no display name.
   *
   * @param international whether characters outside of ASCII are allowed (RFC 6531), see {@link
   *     #hostname}
   */
  default Verdict email(String text, boolean international) {
    return Checks.ofText(text, bytes -> EmailCheck.check(bytes, international));
  }

  /**
   * A host name of RFC 1123: labels of 1 to 63 letters, digits and hyphens, not at the ends,
   * between single dots; at most 253 characters. No dot at the end. {@code 192.0.2.1} is one, too.
   *
   * @param international whether labels may hold characters outside of ASCII. They are counted as
   *     Punycode has them. No table of Unicode is consulted: controls, spaces, format characters,
   *     private use and non-characters are refused, everything else passes.
   */
  default Verdict hostname(String text, boolean international) {
    return Checks.ofText(text, bytes -> HostnameCheck.check(bytes, 0, bytes.length, international));
  }

  /** An IPv4 address: four numbers of 0 to 255 between dots, without leading zeros. */
  default Verdict ipv4(String text) {
    return Checks.ofText(text, Ipv4Check::check);
  }

  /**
   * An IPv6 address of RFC 4291, with {@code ::} for one group or more, and with an IPv4 address in
   * place of the last two groups.
   *
   * @param zone whether a zone may follow, as in {@code fe80::1%eth0}
   */
  default Verdict ipv6(String text, boolean zone) {
    return Checks.ofText(text, bytes -> Ipv6Check.check(bytes, 0, bytes.length, zone));
  }

  /** A URI of RFC 3986, with its scheme. Of any length. */
  default Verdict uri(String text) {
    return Checks.ofText(text, UriCheck::uri);
  }

  /** A URI of RFC 3986, or one that is relative to another. Of any length. */
  default Verdict uriReference(String text) {
    return Checks.ofText(text, UriCheck::reference);
  }

  /**
   * A URI with a host that can be looked up: a {@link #hostname} in ASCII, an IPv4 address, or an
   * IPv6 address in brackets. A host whose last label is a number, such as {@code 2130706433} or
   * {@code 0x7f.1}, must be an IPv4 address. A port is at most 65535. User information is allowed.
   *
   * @param schemes the schemes allowed, between commas and in any case, such as {@code http,https};
   *     with none, all are
   * @throws WasmOperationException {@code validation.schemes} if that is not such a list
   */
  default Verdict url(String text, String schemes) {
    var allowed = UriCheck.schemes(schemes);
    return Checks.ofText(text, bytes -> UriCheck.url(bytes, allowed));
  }

  /**
   * A UUID of RFC 9562, in lower or upper case, without braces or {@code urn:}.
   *
   * @param version 1 to 8, which demands the variant of RFC 9562, too; with 0 any bits do, such as
   *     those of the nil UUID
   * @throws WasmOperationException {@code validation.version} if it is none of these
   */
  default Verdict uuid(String text, int version) {
    UuidCheck.version(version);
    return Checks.ofText(text, bytes -> UuidCheck.check(bytes, version));
  }

  /** A date as RFC 3339 has it, {@code 2026-11-21}, from year 0000 to 9999, Gregorian. */
  default Verdict date(String text) {
    return Checks.ofText(text, DateCheck::date);
  }

  /** A date of ISO 8601 with week and day, {@code 2026-W47-6}, from year 0000 to 9999. */
  default Verdict weekDate(String text) {
    return Checks.ofText(text, DateCheck::weekDate);
  }

  /** A date of ISO 8601 with the day of the year, {@code 2026-325}, from year 0000 to 9999. */
  default Verdict ordinalDate(String text) {
    return Checks.ofText(text, DateCheck::ordinalDate);
  }

  /**
   * A time with its offset as RFC 3339 has it, {@code 13:45:00.5+01:00}. Any number of digits after
   * the dot. Second 60 is valid if it is 23:59:60 in UTC.
   */
  default Verdict time(String text) {
    return Checks.ofText(text, TimeCheck::time);
  }

  /** The same without an offset, {@code 13:45:00.5}. Second 60 is not valid. */
  default Verdict localTime(String text) {
    return Checks.ofText(text, TimeCheck::localTime);
  }

  /**
   * A {@link #date}, {@code T} and a {@link #time}. Whether there was a leap second on a day is not
   * looked up.
   */
  default Verdict dateTime(String text) {
    return Checks.ofText(text, TimeCheck::dateTime);
  }

  /** A {@link #date}, {@code T} and a {@link #localTime}. */
  default Verdict localDateTime(String text) {
    return Checks.ofText(text, TimeCheck::localDateTime);
  }

  /**
   * A duration of ISO 8601, {@code P1Y2M3DT4H5M6.7S} or {@code P2W}. Numbers have any number of
   * digits. Units may be left out, and the last number may have a fraction, after a dot or comma.
   */
  default Verdict duration(String text) {
    return Checks.ofText(text, DurationCheck::check);
  }

  /**
   * UTF-8 as the Unicode standard defines it: no overlong form, no surrogates, nothing beyond
   * U+10FFFF. The offset is where the first bad character begins.
   */
  default Verdict utf8(byte[] data) {
    return Checks.ofBytes(data, Utf8Check::check);
  }

  /**
   * The number of a payment card: 13 to 19 digits, of which the last is right after Luhn. A space
   * or a hyphen may stand between two digits. Who issued the card is not looked at.
   */
  default Verdict creditCard(String text) {
    return Checks.ofText(text, CardCheck::check);
  }

  /**
   * Validates a JSON document against a JSON Schema, after the drafts "JSON Schema Core" and "JSON
   * Schema Validation" of 2020-12.
   *
   * <p>All vocabularies of the draft are known; {@code format} and the keywords for content are
   * annotations and never fail. Numbers are compared by their value in any size and precision,
   * lengths of strings are counted in code points, and patterns are those of ECMA-262 in its
   * Unicode mode. Nothing is ever loaded from a URI: a reference leads into the same schema, into
   * one that is passed with it, or to the meta-schemas of 2020-12.
   *
   * <p>What can't be used is answered with a {@link WasmOperationException} whose code is {@code
   * validation.json}, {@code validation.schema}, {@code validation.pattern}, {@code
   * validation.depth}, {@code validation.limit} or {@code validation.memory}. {@link SchemaSession}
   * keeps schemas for many documents. In Java it is the library json-schema-validator of networknt
   * that validates, which an application that wants this fallback adds.
   */
  @WasmFallbackNeeds(
      value = "com.networknt:json-schema-validator",
      type = "com.networknt.schema.SchemaRegistry")
  default SchemaReport validateSchema(String schema, String document) {
    return JavaSchemaValidation.validate(schema, List.of(), document);
  }

  /**
   * {@link #validateSchema} with a schema that refers to others.
   *
   * @param others the schemas that may be referred to, a meta-schema with a {@code $vocabulary}
   *     included
   */
  @WasmFallbackNeeds(
      value = "com.networknt:json-schema-validator",
      type = "com.networknt.schema.SchemaRegistry")
  default SchemaReport validateSchemaWith(
      String schema, List<SchemaResource> others, String document) {
    return JavaSchemaValidation.validate(schema, others, document);
  }
}
