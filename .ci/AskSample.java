import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Asks a running sample application how it is, to format a document and who did it, for its
 * dashboard, and again how it is.
 */
class AskSample {

  private static final int PROBES = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private AskSample(String port) {
    this.address = "http://localhost:" + port;
  }

  public static void main(String[] args) throws Exception {
    AskSample sample = new AskSample(args[0]);
    sample.requireHealth();
    sample.format();
    sample.requireDashboard();
    sample.requireHealth();
  }

  private void requireHealth() throws IOException, InterruptedException {
    for (int probe = 0; probe < PROBES; probe++) {
      HttpResponse<String> answer = answer(request("/actuator/health").GET());
      require(
          answer.statusCode() == 200 && answer.body().contains("\"status\":\"UP\""),
          "Health is " + answer.statusCode() + ":\n" + answer.body());
    }
    System.out.println("Healthy, " + PROBES + " times");
  }

  private void format() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        answer(
            request("/api/json/format?indent=2&sortKeys=true")
                .POST(HttpRequest.BodyPublishers.ofString("{\"b\":1,\"a\":[]}")));
    String source = answer.headers().firstValue("X-Wasm-Source").orElse("nobody");
    System.out.println(answer.statusCode() + ", answered by " + source + ":\n" + answer.body());
    require(answer.statusCode() == 200, "The answer should be 200");
    require(source.equals("WASM"), "The module should have answered");
    require(
        answer.body().equals("{\n  \"a\": [],\n  \"b\": 1\n}"), "The document should be formatted");
  }

  private void requireDashboard() throws IOException, InterruptedException {
    for (String path : new String[] {"/wasm/", "/wasm/api/snapshot"}) {
      HttpResponse<String> answer = answer(request(path).GET());
      require(answer.statusCode() == 200, path + " is " + answer.statusCode() + ":\n" + answer.body());
    }
    System.out.println("The dashboard is there");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(this.address + path));
  }

  private HttpResponse<String> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      System.err.println(message);
      System.exit(1);
    }
  }
}
