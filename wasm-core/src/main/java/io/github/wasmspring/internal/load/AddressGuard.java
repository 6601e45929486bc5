package io.github.wasmspring.internal.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Keeps requests that somebody outside has caused away from servers that only insiders can ask.
 *
 * <p>The client of the JDK looks a name up for itself and does not tell what it found. So names are
 * looked up before and after a request; in between, the JDK remembers what it found for 30 seconds
 * ({@code networkaddress.cache.ttl}). Over https, who sends a name elsewhere in that gap gets no
 * more than a handshake, as no request is sent before the server has proved its name.
 */
final class AddressGuard {

  /** Looks up names. */
  @FunctionalInterface
  interface Lookup {

    /**
     * @throws UnknownHostException if nobody knows the name
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Lookup lookup;

  AddressGuard() {
    this(InetAddress::getAllByName);
  }

  AddressGuard(Lookup lookup) {
    this.lookup = lookup;
  }

  /**
   * @throws IOException if that is not where anybody outside may have us ask
   */
  void checkOutside(URI uri, LoadDeadline deadline) throws IOException {
    if (!"https".equalsIgnoreCase(uri.getScheme())) {
      throw new IOException(
          "somebody outside has named it, and of such locations only those with https are read");
    }
    AddressScope scope;
    try {
      scope = scope(uri, true, deadline);
    } catch (UnknownHostException unknown) {
      throw new IOException(
          "somebody outside has named it, and the host %s is not known to this machine, so that nobody can tell whose network it is in"
              .formatted(uri.getHost()),
          unknown);
    }
    if (scope != AddressScope.PUBLIC) {
      throw new IOException(
          "somebody outside has named it, and the host %s has %s"
              .formatted(RedirectHosts.shown(uri.getHost()), scope.description()));
    }
  }

  /**
   * @param named whether the application names the target by its full name
   * @throws IOException if fewer can reach one of the target's addresses than one of those of what
   *     redirects to it, or the target is where clouds tell secrets
   */
  void checkRedirect(URI from, URI target, boolean named, LoadDeadline deadline)
      throws IOException {
    AddressScope reached = scopeOrPublic(target, true, deadline);
    if (reached == AddressScope.PUBLIC || named && reached != AddressScope.LINK) {
      return;
    }
    if (reached == AddressScope.LINK
        || reached.compareTo(scopeOrPublic(from, false, deadline)) > 0) {
      throw new IOException(
          "the server redirects to the host %s, which has %s"
              .formatted(RedirectHosts.shown(target.getHost()), reached.description()));
    }
  }

  /** Of what nobody knows, nothing will come unless a proxy knows it. */
  private AddressScope scopeOrPublic(URI uri, boolean narrowest, LoadDeadline deadline)
      throws IOException {
    try {
      return scope(uri, narrowest, deadline);
    } catch (UnknownHostException unknown) {
      return AddressScope.PUBLIC;
    }
  }

  /**
   * @param narrowest whether that of several addresses counts which the fewest can reach, else the
   *     one that most can: nobody becomes an insider by giving a name a second address
   */
  private AddressScope scope(URI uri, boolean narrowest, LoadDeadline deadline) throws IOException {
    Stream<AddressScope> scopes =
        Arrays.stream(addresses(uri.getHost(), deadline)).map(AddressScope::of);
    return (narrowest
            ? scopes.max(Comparator.naturalOrder())
            : scopes.min(Comparator.naturalOrder()))
        .orElse(AddressScope.PUBLIC);
  }

  /** On a thread of its own, for a look-up can't be told when to give up. */
  private InetAddress[] addresses(String host, LoadDeadline deadline) throws IOException {
    FutureTask<InetAddress[]> task = new FutureTask<>(() -> this.lookup.addresses(host));
    Thread thread = new Thread(task, "wasm-host-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(deadline.left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw deadline.passed(late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("reading was interrupted").initCause(interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IOException("the host %s can't be looked up".formatted(host), failed.getCause());
    }
  }
}
