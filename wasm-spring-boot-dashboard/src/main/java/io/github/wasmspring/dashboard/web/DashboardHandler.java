package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.live.DashboardFeed;
import io.github.wasmspring.dashboard.view.DashboardJson;
import io.github.wasmspring.dashboard.view.DashboardSources;
import io.github.wasmspring.dashboard.view.ErrorReportView;
import io.github.wasmspring.dashboard.view.EventLog;
import io.github.wasmspring.dashboard.view.ModulePageReader;
import io.github.wasmspring.dashboard.view.ModulePageView;
import io.github.wasmspring.dashboard.view.ProfileView;
import io.github.wasmspring.dashboard.view.ProgressLog;
import io.github.wasmspring.dashboard.view.SnapshotReader;
import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.observe.WasmProfiler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers all requests to the dashboard: files of its page, figures, the stream, and actions. What
 * the application has configured for its own controllers does not reach here.
 */
public final class DashboardHandler implements HttpRequestHandler, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(DashboardHandler.class);

  private static final String GET = "GET";

  /** What asks for a module may be longer than any module's id. */
  private static final int LONGEST_ID = 100;

  private static final String POST = "POST";
  private static final String JSON = "application/json;charset=UTF-8";
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final DashboardRules rules;
  private final DashboardSources sources;
  private final SnapshotReader reader;
  private final ModulePageReader pages;
  private final DashboardFeed feed;
  private final CsrfHeaders csrf;
  private final DashboardAudit audit;
  private final RequestGuard guard;
  private final DashboardFiles files = new DashboardFiles();
  private final ActionRunner runner;
  private final DashboardActions actions;
  private final PluginUpload uploads;
  private final @Nullable String application;

  /**
   * @param csrf what others want to see in requests that change something
   * @param audit told of what is done
   */
  public DashboardHandler(
      DashboardRules rules,
      DashboardSources sources,
      SnapshotReader reader,
      DashboardFeed feed,
      EventLog events,
      ProgressLog progress,
      CsrfHeaders csrf,
      DashboardAudit audit,
      Environment environment) {
    this.rules = rules;
    this.sources = sources;
    this.reader = reader;
    this.pages = new ModulePageReader(sources, environment);
    this.feed = feed;
    this.csrf = csrf;
    this.audit = new CarefulAudit(audit);
    this.guard = new RequestGuard(rules);
    this.runner = new ActionRunner(progress, events, this.audit);
    this.actions = new DashboardActions(sources, reader.profile(), this.runner);
    this.uploads = new PluginUpload(this.runner, progress);
    this.application = environment.getProperty("spring.application.name");
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    List<String> path = path(request);
    boolean data = !path.isEmpty() && path.get(0).equals("api");
    try {
      if (data) {
        response.setHeader("Cache-Control", "no-store");
        api(path.subList(1, path.size()), request, response);
      } else {
        file(path, request, response);
      }
    } catch (DashboardRefusal refusal) {
      refuse(refusal, response);
    } catch (RuntimeException failure) {
      logger.warn("The dashboard can't answer {}", request.getMethod(), failure);
      write(
          response,
          500,
          DashboardRefusal.failed(
                  new IllegalStateException("The dashboard has failed; the log says why"))
              .view());
    }
  }

  /** The segments behind the path of the dashboard; the last one is empty behind a slash. */
  private List<String> path(HttpServletRequest request) {
    RequestPath parsed =
        ServletRequestPathUtils.hasParsedRequestPath(request)
            ? ServletRequestPathUtils.getParsedRequestPath(request)
            : ServletRequestPathUtils.parse(request);
    List<PathContainer.Element> elements = parsed.pathWithinApplication().elements();
    List<String> segments =
        new ArrayList<>(
            elements.stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(each -> ((PathContainer.PathSegment) each).valueToMatch())
                .toList());
    if (!elements.isEmpty() && elements.get(elements.size() - 1).value().equals("/")) {
      segments.add("");
    }
    long base = this.rules.path().chars().filter(each -> each == '/').count();
    return segments.subList((int) Math.min(base, segments.size()), segments.size());
  }

  private static void refuse(DashboardRefusal refusal, HttpServletResponse response)
      throws IOException {
    if (refusal.status() == 503) {
      response.setHeader("Retry-After", "10");
    }
    response.setHeader("Cache-Control", "no-store");
    write(response, refusal.status(), refusal.view());
  }

  private static void write(HttpServletResponse response, int status, Object value)
      throws IOException {
    byte[] json = DashboardJson.write(value);
    response.setStatus(status);
    response.setContentType(JSON);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  private static @Nullable String principal(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return principal == null ? null : principal.getName();
  }

  private void file(List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    this.guard.mayLook(request);
    requireGet(request);
    if (path.isEmpty()) {
      String uri = request.getRequestURI();
      response.setStatus(302);
      response.setHeader("Location", uri.substring(uri.lastIndexOf('/') + 1) + "/");
      return;
    }
    String name = String.join("/", path);
    DashboardFiles.StaticFile file = this.files.find(name.isEmpty() ? "index.html" : name);
    if (file == null) {
      throw DashboardRefusal.notFound("The dashboard has no such file");
    }
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", file.tag());
    if (file.tag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(304);
      return;
    }
    response.setContentType(file.type());
    response.setContentLength(file.bytes().length);
    response.getOutputStream().write(file.bytes());
  }

  private void api(List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    this.guard.mayRead(request);
    if (request.getMethod().equals(POST)) {
      ActionAnswer answer = audited(path, request);
      write(response, answer.isDone() ? 200 : 202, answer);
      return;
    }
    requireGet(request);
    if (path.equals(List.of("events"))) {
      stream(request, response);
    } else {
      write(response, 200, read(path, request));
    }
  }

  /** Tells of refusals, too. Strangers, who may not even look, can't fill the audit with them. */
  private ActionAnswer audited(List<String> path, HttpServletRequest request) throws IOException {
    try {
      this.guard.mayAct(request);
      return act(path, request);
    } catch (DashboardRefusal refusal) {
      if (!refusal.isAudited()) {
        this.audit.record(
            new DashboardDeed(
                principal(request),
                path.isEmpty() ? "" : ShownText.of(path.get(path.size() - 1)),
                path.size() > 1 ? ShownText.of(path.get(1)) : "",
                "",
                "refused",
                refusal.code()));
      }
      throw refusal;
    }
  }

  private static void requireGet(HttpServletRequest request) {
    if (!request.getMethod().equals(GET)) {
      throw DashboardRefusal.wrongMethod(GET);
    }
  }

  private Object read(List<String> path, HttpServletRequest request) {
    if (path.size() == 2 && path.get(0).equals("modules")) {
      String version = request.getParameter("version");
      ModulePageView page = this.pages.read(path.get(1), version);
      if (page == null) {
        throw DashboardRefusal.notFound(
            "There is no such module as '%s'%s"
                .formatted(
                    ShownText.of(path.get(1), LONGEST_ID),
                    version == null
                        ? ""
                        : " in a version '%s'".formatted(ShownText.of(version, LONGEST_ID))));
      }
      return page;
    }
    return switch (String.join("/", path)) {
      case "session" -> session(request);
      case "snapshot" -> this.reader.snapshot(this.feed.clients());
      case "errors" -> ErrorReportView.of(this.sources.errors().report(null));
      case "performance" -> this.sources.performance().report();
      case "profile" ->
          ProfileView.of(this.sources.profiler().profile(), request.getParameter("module"));
      default -> throw DashboardRefusal.notFound("The dashboard has nothing of that name");
    };
  }

  private SessionView session(HttpServletRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(this.csrf.of(request));
    headers.put(RequestGuard.TOKEN_HEADER, this.guard.token());
    String reason = this.guard.whyNotToAct(request);
    DashboardPlugins plugins = this.sources.plugins();
    return new SessionView(
        this.application,
        DashboardHandler.class.getPackage().getImplementationVersion(),
        principal(request),
        this.rules.readOnly(),
        this.rules.readOnly() ? reason : null,
        reason == null,
        reason,
        new SessionView.Csrf(headers),
        Arrays.stream(ModuleAction.values()).map(ModuleAction::view).toList(),
        plugins == null ? null : new SessionView.Plugins(true, plugins.maxBytes()),
        new SessionView.Limits(WasmProfiler.MAX_RATE, WasmProfiler.MAX_DURATION.toSeconds()));
  }

  private ActionAnswer act(List<String> path, HttpServletRequest request) throws IOException {
    String principal = principal(request);
    int size = path.size();
    String first = path.isEmpty() ? "" : path.get(0);
    if (size == 3 && first.equals("plugins") && path.get(2).equals("upload")) {
      return this.uploads.receive(this.actions.plugins(), path.get(1), request, principal);
    }
    ActionBody body = ActionBody.read(request);
    if (size == 4 && path.get(2).equals("actions")) {
      String subject = path.get(1);
      String action = path.get(3);
      switch (first) {
        case "modules":
          return this.actions.module(subject, action, body, principal);
        case "sections":
          return this.actions.section(subject, action, body, principal);
        case "plugins":
          return this.actions.plugin(subject, action, body, principal);
        default:
          break;
      }
    }
    if (size == 4 && first.equals("tasks") && path.get(3).equals("cancel")) {
      return this.actions.cancelTask(path.get(1), path.get(2), body, principal);
    }
    return switch (String.join("/", path)) {
      case "profile/start" -> this.actions.startProfile(body, principal);
      case "profile/stop" -> this.actions.stopProfile(body, principal);
      case "errors/clear" -> this.actions.clearErrors(body, principal);
      default -> throw DashboardRefusal.notFound("The dashboard can't do anything of that name");
    };
  }

  private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!request.isAsyncSupported()) {
      throw DashboardRefusal.unavailable(
          "A filter or servlet of the application does not support asynchronous requests, which the stream needs");
    }
    if (this.feed.isFull()) {
      throw DashboardRefusal.tooManyClients(this.feed.clients().max());
    }
    response.setContentType("text/event-stream;charset=UTF-8");
    // For proxies that else collect what they pass on.
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    StreamSink sink = new StreamSink(async, request.getSession(false));
    async.addListener(sink);
    if (!this.feed.open(sink)) {
      DashboardRefusal refusal = DashboardRefusal.tooManyClients(this.feed.clients().max());
      response.setHeader("Retry-After", "10");
      write(response, refusal.status(), refusal.view());
      sink.close();
    }
  }

  @Override
  public void close() {
    this.runner.close();
  }
}
