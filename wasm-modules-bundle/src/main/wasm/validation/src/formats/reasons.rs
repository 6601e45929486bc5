//! All that can be wrong. The Java fallback has the same list, and a test compares.

use super::fault::Reason;

macro_rules! reasons {
    ($($name:ident, $code:literal, $message:literal;)*) => {$(
        pub static $name: Reason = Reason($code, $message);
    )*};
}

reasons! {
    EMAIL_LENGTH, "email.length", "an address must not be longer than 254 bytes";
    EMAIL_LOCAL, "email.local", "the part in front of the @ must be words between single dots, or in quotes";
    EMAIL_LOCAL_LENGTH, "email.local-length", "the part in front of the @ must not be longer than 64 bytes";
    EMAIL_QUOTES, "email.quotes", "between quotes only printable characters may stand, and quotes must end";
    EMAIL_AT, "email.at", "an @ must stand here";
    EMAIL_LITERAL, "email.literal", "an address in brackets must end with a bracket at the end of the text";
    HOSTNAME_LENGTH, "hostname.length", "a host name must not be longer than 253 characters";
    HOSTNAME_EMPTY, "hostname.empty", "a label must not be empty";
    HOSTNAME_LABEL, "hostname.label", "a label must not be longer than 63 characters";
    HOSTNAME_CHARACTER, "hostname.character", "a label must consist of letters, digits and hyphens";
    HOSTNAME_HYPHEN, "hostname.hyphen", "a label must not begin or end with a hyphen";
    IPV4_NUMBER, "ipv4.number", "a number must stand here";
    IPV4_RANGE, "ipv4.range", "a number must be at most 255";
    IPV4_ZERO, "ipv4.zero", "a number must not begin with a zero";
    IPV4_PARTS, "ipv4.parts", "an address must be four numbers between dots";
    IPV6_GROUP, "ipv6.group", "a group of one to four hexadecimal digits must stand here";
    IPV6_GROUPS, "ipv6.groups", "an address must have eight groups, or fewer and :: once";
    IPV6_TWICE, "ipv6.twice", ":: must not stand twice";
    IPV6_ZONE, "ipv6.zone", "a zone must be letters, digits and -._~";
    URI_SCHEME, "uri.scheme", "a scheme must be a letter, then letters, digits and +-. up to a colon";
    URI_CHARACTER, "uri.character", "this character must be percent-encoded";
    URI_PERCENT, "uri.percent", "two hexadecimal digits must follow a percent sign";
    URI_HOST, "uri.host", "an address in brackets must end with a bracket before the port or path";
    URI_PORT, "uri.port", "a port must consist of digits";
    URL_SCHEME, "url.scheme", "this scheme is not among those allowed";
    URL_HOST, "url.host", "a host must stand here, after //";
    URL_PORT, "url.port", "a port must be at most 65535";
    UUID_LENGTH, "uuid.length", "a UUID must have 36 characters";
    UUID_DIGIT, "uuid.digit", "a hexadecimal digit must stand here";
    UUID_HYPHEN, "uuid.hyphen", "a hyphen must stand here";
    UUID_VERSION, "uuid.version", "the version is not the wanted one";
    UUID_VARIANT, "uuid.variant", "the variant must be 8, 9, a or b";
    DATE_SYNTAX, "date.syntax", "a date must be written YYYY-MM-DD";
    DATE_MONTH, "date.month", "a month must be 01 to 12";
    DATE_DAY, "date.day", "this month has no such day";
    WEEK_DATE_SYNTAX, "week-date.syntax", "a date with a week must be written YYYY-Www-D";
    WEEK_DATE_WEEK, "week-date.week", "this year has no such week";
    WEEK_DATE_DAY, "week-date.day", "a day of a week must be 1 to 7";
    ORDINAL_DATE_SYNTAX, "ordinal-date.syntax", "a date with a day of the year must be written YYYY-DDD";
    ORDINAL_DATE_DAY, "ordinal-date.day", "this year has no such day";
    TIME_SYNTAX, "time.syntax", "a time must be written HH:MM:SS or HH:MM:SS.fraction";
    TIME_HOUR, "time.hour", "an hour must be 00 to 23";
    TIME_MINUTE, "time.minute", "a minute must be 00 to 59";
    TIME_SECOND, "time.second", "a second must be 00 to 59";
    TIME_LEAP, "time.leap", "a leap second must be the last one of a day in UTC";
    TIME_OFFSET, "time.offset", "an offset must be Z or -23:59 to +23:59";
    DATE_TIME_SEPARATOR, "date-time.separator", "a T must stand between date and time";
    DURATION_SYNTAX, "duration.syntax", "a duration must be P, then numbers with their units, those of time after a T";
    DURATION_UNIT, "duration.unit", "a unit must be Y, M, W or D, or after the T H, M or S";
    DURATION_ORDER, "duration.order", "units must fall in size, each at most once";
    DURATION_WEEKS, "duration.weeks", "weeks must stand alone";
    DURATION_FRACTION, "duration.fraction", "the last number alone may have a fraction";
    DURATION_EMPTY, "duration.empty", "a number must follow P and T";
    UTF8_CONTINUATION, "utf8.continuation", "this byte may only continue a character";
    UTF8_NEVER, "utf8.never", "this byte never occurs in UTF-8";
    UTF8_OVERLONG, "utf8.overlong", "this character has a shorter form";
    UTF8_SURROGATE, "utf8.surrogate", "this is half of a surrogate pair";
    UTF8_RANGE, "utf8.range", "this is beyond U+10FFFF";
    UTF8_INCOMPLETE, "utf8.incomplete", "this character is broken off by another one";
    UTF8_TRUNCATED, "utf8.truncated", "the text ends within this character";
    CARD_CHARACTER, "card.character", "a number must consist of digits, single spaces and single hyphens";
    CARD_SEPARATOR, "card.separator", "a space or hyphen must stand between two digits";
    CARD_DIGITS, "card.digits", "a number must have 13 to 19 digits";
    CARD_CHECKSUM, "card.checksum", "the last digit is not the check digit of the others";
}
