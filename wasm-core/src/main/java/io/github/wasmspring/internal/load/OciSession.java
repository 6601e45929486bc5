package io.github.wasmspring.internal.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a registry about one artifact, until the deadline, and says who asks if it wants to know.
 */
final class OciSession {

  static final String DIGEST_HEADER = "Docker-Content-Digest";

  private static final long LARGEST_MANIFEST = 4 << 20;
  private static final long LARGEST_TOKEN = 1 << 20;
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z_]{1,32})=(?:\"([^\"]{0,8192})\"|([^\",\\s]{1,8192}))");

  private final HttpReader reader;
  private final OciSettings settings;
  private final DockerConfig credentials;
  private final OciReference artifact;
  private final boolean fromOutside;
  private final LoadDeadline deadline;
  private @Nullable String authorization;

  /** Whether there are credentials; {@code null} as long as nobody has wanted any. */
  private @Nullable Boolean identified;

  OciSession(
      HttpReader reader,
      OciSettings settings,
      DockerConfig credentials,
      OciReference artifact,
      boolean fromOutside) {
    this.reader = reader;
    this.settings = settings;
    this.credentials = credentials;
    this.artifact = artifact;
    this.fromOutside = fromOutside;
    this.deadline = reader.deadline();
  }

  LoadDeadline deadline() {
    return this.deadline;
  }

  private URI uri(String kind, String name) throws IOException {
    return this.artifact.uri(this.settings.plainHttp(), kind, name);
  }

  /**
   * @param name a tag or a digest
   */
  HttpAnswer manifest(String name) throws IOException {
    return ask(
        HttpQuestion.get(uri("manifests", name), LARGEST_MANIFEST, this.fromOutside),
        OciManifest.ACCEPTED);
  }

  /** The digest of the manifest, {@code null} if the registry does not tell. */
  @Nullable String manifestDigest(String name) throws IOException {
    return ask(
            HttpQuestion.get(uri("manifests", name), LARGEST_MANIFEST, this.fromOutside).head(),
            OciManifest.ACCEPTED)
        .header(DIGEST_HEADER);
  }

  ByteChunks layer(OciDescriptor layer, long most) throws IOException {
    return ask(
            HttpQuestion.get(uri("blobs", layer.digest()), most, this.fromOutside)
                .redirectedAnywhere(),
            "*/*")
        .body();
  }

  private HttpAnswer ask(HttpQuestion question, String accepted) throws IOException {
    HttpAnswer answer = askOnce(question, accepted);
    if (answer.status() == 401 && this.authorization == null && isOfRegistry(question, answer)) {
      String challenge = answer.header("WWW-Authenticate");
      if (challenge != null) {
        authorize(question.uri(), challenge);
        answer = askOnce(question, accepted);
      }
    }
    if (answer.status() == 401 || answer.status() == 403) {
      throw isOfRegistry(question, answer) ? denied(answer.status()) : deniedElsewhere(answer);
    }
    if (answer.status() == 404) {
      throw new FileNotFoundException("the registry does not have that");
    }
    return answer.expectOk();
  }

  /** Whoever else wants to know who asks is not told, nor whom to ask for a token. */
  private static boolean isOfRegistry(HttpQuestion question, HttpAnswer answer) {
    URI asked = question.uri();
    URI answering = answer.uri();
    return asked.getScheme().equalsIgnoreCase(answering.getScheme())
        && asked.getRawAuthority().equals(answering.getRawAuthority());
  }

  private static IOException deniedElsewhere(HttpAnswer answer) {
    return new IOException(
        "the registry redirects to the host %s, which answers %d; the credentials are for the registry only"
            .formatted(RedirectHosts.shown(answer.uri().getHost()), answer.status()));
  }

  private HttpAnswer askOnce(HttpQuestion question, String accepted) throws IOException {
    String origin = question.uri().getRawAuthority();
    return this.reader.ask(
        question.headers(
            uri -> {
              Map<String, String> headers = new LinkedHashMap<>();
              headers.put("Accept", accepted);
              if (this.authorization != null && origin.equals(uri.getRawAuthority())) {
                headers.put("Authorization", this.authorization);
              }
              return headers;
            }),
        this.deadline);
  }

  private IOException denied(int status) {
    if (this.fromOutside) {
      return new IOException(
          "the registry wants to know who asks (%d), and no credentials are given away for a location that somebody outside has named"
              .formatted(status));
    }
    if (this.identified == null) {
      return new IOException(
          "the registry answers %d, and does not say how it wants to be told who asks"
              .formatted(status));
    }
    return new IOException(
        (this.identified
                ? "the registry answers %d to the credentials of %s; docker login %s writes others there"
                : "the registry answers %d to who has no credentials, as %s has none for it; docker login %s writes them there")
            .formatted(status, this.credentials.file(), this.artifact.registry()));
  }

  /**
   * @param challenge as in {@code Bearer realm="https://…",service="…",scope="…"}, or {@code Basic}
   */
  private void authorize(URI asked, String challenge) throws IOException {
    RegistryCredentials known =
        this.fromOutside ? null : this.credentials.of(this.artifact, this.deadline);
    this.identified = known != null;
    String scheme = challenge.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    if (scheme.equals("basic")) {
      this.authorization = known == null || known.isToken() ? null : known.basic();
    } else if (scheme.equals("bearer")) {
      this.authorization = "Bearer " + token(asked, parameters(challenge), known);
    } else {
      throw new IOException(
          "the registry wants to be told who asks in a way that is not known here");
    }
  }

  private static Map<String, String> parameters(String challenge) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      parameters.put(
          matcher.group(1).toLowerCase(Locale.ROOT), quoted != null ? quoted : matcher.group(3));
    }
    return parameters;
  }

  private String token(
      URI asked, Map<String, String> challenge, @Nullable RegistryCredentials known)
      throws IOException {
    URI realm = HttpReader.uri(challenge.getOrDefault("realm", ""));
    this.reader.checkReferral(asked, realm, this.deadline);
    StringBuilder query = new StringBuilder();
    append(query, "service", challenge.get("service"));
    append(
        query,
        "scope",
        challenge.getOrDefault("scope", "repository:" + this.artifact.repository() + ":pull"));
    HttpAnswer answer =
        this.reader.ask(
            known != null && known.isToken()
                ? exchange(realm, query, known)
                : question(realm, query, known),
            this.deadline);
    if (answer.status() == 401 || answer.status() == 403) {
      throw denied(answer.status());
    }
    return token(BoundedBytes.read(answer.expectOk().body().stream(true), LARGEST_TOKEN, "it"));
  }

  private HttpQuestion question(URI realm, StringBuilder query, @Nullable RegistryCredentials known)
      throws IOException {
    URI uri = HttpReader.uri(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
    return HttpQuestion.get(uri, LARGEST_TOKEN, this.fromOutside)
        .headers(
            to ->
                known != null && realm.getRawAuthority().equals(to.getRawAuthority())
                    ? Map.of("Authorization", known.basic())
                    : Map.of());
  }

  private HttpQuestion exchange(URI realm, StringBuilder form, RegistryCredentials known) {
    append(form, "grant_type", "refresh_token");
    append(form, "client_id", "wasm-spring");
    append(form, "refresh_token", known.secret());
    return HttpQuestion.get(realm, LARGEST_TOKEN, this.fromOutside).form(form.toString());
  }

  private static void append(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query
          .append(query.isEmpty() ? "" : "&")
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private static String token(byte[] answer) throws IOException {
    try {
      JsonNode json = JsonMapper.shared().readTree(answer);
      for (String name : new String[] {"token", "access_token"}) {
        JsonNode token = json.path(name);
        if (token.isString() && token.stringValue().matches("[\\x21-\\x7e]+")) {
          return token.stringValue();
        }
      }
    } catch (JacksonException malformed) {
      throw new IOException("what the registry's token service says is not JSON");
    }
    throw new IOException("the registry's token service gives no token out");
  }
}
