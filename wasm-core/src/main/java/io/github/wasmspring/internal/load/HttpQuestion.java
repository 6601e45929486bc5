package io.github.wasmspring.internal.load;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server is asked for.
 *
 * @param uri where
 * @param method {@code GET}, {@code HEAD} or, with a form, {@code POST}
 * @param headers what each server on the way is told, by where it is asked; credentials are not for
 *     everybody
 * @param most bytes that an answer may have, {@link CappedBodySubscriber#NOTHING} if only its head
 *     is of interest
 * @param form what is sent there, and nowhere else; {@code null} for nothing
 * @param fromOutside whether nobody of the application has named it
 * @param anyRedirect whether every host may be redirected to, as the answer is known by its digest
 */
record HttpQuestion(
    URI uri,
    String method,
    Function<URI, Map<String, String>> headers,
    long most,
    @Nullable String form,
    boolean fromOutside,
    boolean anyRedirect) {

  static HttpQuestion get(URI uri, long most, boolean fromOutside) {
    return new HttpQuestion(uri, "GET", asked -> Map.of(), most, null, fromOutside, false);
  }

  HttpQuestion headers(Function<URI, Map<String, String>> headers) {
    return new HttpQuestion(
        this.uri, this.method, headers, this.most, this.form, this.fromOutside, this.anyRedirect);
  }

  HttpQuestion head() {
    return new HttpQuestion(
        this.uri,
        "HEAD",
        this.headers,
        CappedBodySubscriber.NOTHING,
        this.form,
        this.fromOutside,
        this.anyRedirect);
  }

  HttpQuestion redirectedAnywhere() {
    return new HttpQuestion(
        this.uri, this.method, this.headers, this.most, this.form, this.fromOutside, true);
  }

  HttpQuestion form(String content) {
    return new HttpQuestion(
        this.uri,
        "POST",
        asked -> Map.of("Content-Type", "application/x-www-form-urlencoded"),
        this.most,
        content,
        this.fromOutside,
        this.anyRedirect);
  }
}
