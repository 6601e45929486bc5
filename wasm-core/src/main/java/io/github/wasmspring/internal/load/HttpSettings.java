package io.github.wasmspring.internal.load;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How servers are asked for modules.
 *
 * @param timeout by when a module must have arrived, all attempts and redirects together
 * @param connectTimeout by when a server must have accepted a connection
 * @param attempts how often a server is asked at most if it fails for a passing reason
 * @param maxSize more bytes than this are not read
 * @param redirectHosts other hosts that a server may redirect to, such as {@code
 *     objects.example.org} or {@code *.example.org}
 * @param tls whom to trust, {@code null} for whom the JVM trusts
 */
public record HttpSettings(
    Duration timeout,
    Duration connectTimeout,
    int attempts,
    long maxSize,
    List<String> redirectHosts,
    @Nullable SSLContext tls) {

  public HttpSettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("A server is asked once at least, not " + attempts);
    }
    redirectHosts = List.copyOf(redirectHosts);
  }

  public static Builder builder() {
    return new Builder();
  }

  HttpSettings with(Consumer<Builder> change) {
    Builder builder = new Builder();
    builder.timeout = this.timeout;
    builder.connectTimeout = this.connectTimeout;
    builder.attempts = this.attempts;
    builder.maxSize = this.maxSize;
    builder.redirectHosts = this.redirectHosts;
    builder.tls = this.tls;
    change.accept(builder);
    return builder.build();
  }

  /** Collects settings; all have a default. */
  public static final class Builder {

    private Duration timeout = LoadDefaults.HTTP_TIMEOUT;
    private Duration connectTimeout = LoadDefaults.HTTP_CONNECT_TIMEOUT;
    private int attempts = LoadDefaults.HTTP_ATTEMPTS;
    private long maxSize = LoadDefaults.MAX_MODULE_SIZE;
    private List<String> redirectHosts = List.of();
    private @Nullable SSLContext tls;

    private Builder() {}

    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    public Builder attempts(int attempts) {
      this.attempts = attempts;
      return this;
    }

    public Builder maxSize(long bytes) {
      this.maxSize = bytes;
      return this;
    }

    public Builder redirectHosts(List<String> hosts) {
      this.redirectHosts = hosts;
      return this;
    }

    public Builder tls(@Nullable SSLContext context) {
      this.tls = context;
      return this;
    }

    public HttpSettings build() {
      return new HttpSettings(
          this.timeout,
          this.connectTimeout,
          this.attempts,
          this.maxSize,
          this.redirectHosts,
          this.tls);
    }
  }
}
