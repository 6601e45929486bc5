package io.github.wasmspring.verification.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends documents of 1 to 100 KB to a running sample application from many clients and compares
 * every answer with the one that must come back; {@code verification/run load} starts it.
 */
public final class SampleLoad {

  private static final int SMALLEST = 1_000;
  private static final int LARGEST = 100_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final LongAdder right = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder byJava = new LongAdder();
  private final URI uri;
  private final long end;

  private SampleLoad(String port, long seconds) {
    this.uri = URI.create("http://localhost:" + port + "/api/json/format?indent=2");
    this.end = System.nanoTime() + seconds * 1_000_000_000L;
  }

  public static void main(String[] args) throws InterruptedException {
    SampleLoad load = new SampleLoad(args[0], Long.parseLong(args[1]));
    List<Thread> threads = new ArrayList<>();
    int clients = Integer.parseInt(args[2]);
    for (int i = 0; i < clients; i++) {
      Random random = new Random(i);
      Thread thread = new Thread(() -> load.run(random));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.printf(
        "%d right, %d wrong, %d refused or lost, %d answered by Java%n",
        load.right.sum(), load.wrong.sum(), load.refused.sum(), load.byJava.sum());
    System.exit(load.wrong.sum() + load.refused.sum() == 0 ? 0 : 1);
  }

  private void run(Random random) {
    while (System.nanoTime() < this.end) {
      StringBuilder document = new StringBuilder("{");
      StringBuilder expected = new StringBuilder("{\n");
      int size = SMALLEST + random.nextInt(LARGEST - SMALLEST);
      for (int member = 0; document.length() < size; member++) {
        long value = random.nextLong();
        document.append(" \"m%d\":[%d],".formatted(member, value));
        expected.append("  \"m%d\": [\n    %d\n  ],\n".formatted(member, value));
      }
      send(document.append("\"z\":0}").toString(), expected.append("  \"z\": 0\n}").toString());
    }
  }

  private void send(String document, String expected) {
    HttpRequest request =
        HttpRequest.newBuilder(this.uri).POST(BodyPublishers.ofString(document)).build();
    try {
      HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        this.refused.increment();
      } else {
        (answer.body().equals(expected) ? this.right : this.wrong).increment();
      }
      if (answer.headers().firstValue("X-Wasm-Source").filter("WASM"::equals).isEmpty()) {
        this.byJava.increment();
      }
    } catch (IOException lost) {
      this.refused.increment();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
