import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a running sample application to format a document, and who did it. */
class AskSample {

  public static void main(String[] args) throws Exception {
    URI uri =
        URI.create("http://localhost:" + args[0] + "/api/json/format?indent=2&sortKeys=true");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"b\":1,\"a\":[]}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    String source = answer.headers().firstValue("X-Wasm-Source").orElse("nobody");
    System.out.println(answer.statusCode() + ", answered by " + source + ":\n" + answer.body());
    if (answer.statusCode() != 200
        || !source.equals("WASM")
        || !answer.body().equals("{\n  \"a\": [],\n  \"b\": 1\n}")) {
      System.exit(1);
    }
  }
}
