package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.sample.HttpApi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Many clients at once, each of which knows what must come back. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LoadTest {

  private static final int CLIENTS = 64;
  private static final int REQUESTS = 40;

  @LocalServerPort private int port;

  @Test
  void manyClientsGetTheirOwnAnswers() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      HttpApi api = new HttpApi(this.port);
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int seed = client;
        running.add(clients.submit(() -> runClient(api, new Random(seed))));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void runClient(HttpApi api, Random random) {
    for (int i = 0; i < REQUESTS; i++) {
      int members = 20 + random.nextInt(2000);
      StringBuilder document = new StringBuilder("{");
      StringBuilder expected = new StringBuilder("{\n");
      for (int member = 0; member < members; member++) {
        String separator = member == members - 1 ? "" : ",";
        long value = random.nextLong();
        document.append("\"m%d\" : %d%s ".formatted(member, value, separator));
        expected.append("  \"m%d\": %d%s\n".formatted(member, value, separator));
      }
      Answer answer = api.post("/api/json/format?indent=2", document.append('}').toString());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(expected.append('}').toString());
    }
  }
}
