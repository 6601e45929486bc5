package io.github.wasmspring.internal.load;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which failures may pass by themselves, and how long to leave a server alone until then. */
final class RetryPause {

  private static final Duration FIRST = Duration.ofMillis(200);

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private RetryPause() {}

  static boolean mayPass(int status) {
    return switch (status) {
      case 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** Whether no connection was made, although the server is one that is known. */
  static boolean mayPass(Throwable failure) {
    return failure instanceof HttpConnectTimeoutException
        || HttpFailures.has(failure, ConnectException.class)
            && !HttpFailures.has(failure, UnresolvedAddressException.class);
  }

  /**
   * Twice as long each time, and never the same for two that failed together.
   *
   * @param failed how many attempts have
   * @param retryAfter what the server says, as its header has it
   */
  static Duration after(int failed, @Nullable String retryAfter, Clock clock) {
    long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failed - 1, 10));
    Duration own = Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    Duration asked = retryAfter == null ? Duration.ZERO : asked(retryAfter.strip(), clock);
    return own.compareTo(asked) > 0 ? own : asked;
  }

  /** A number of seconds or a date; what is neither says nothing. */
  private static Duration asked(String retryAfter, Clock clock) {
    if (retryAfter.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    try {
      return Duration.between(
          clock.instant(),
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException neither) {
      return Duration.ZERO;
    }
  }
}
