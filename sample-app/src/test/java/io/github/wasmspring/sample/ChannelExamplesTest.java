package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.channel.WasmChannels;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/** The examples of docs/channels.md. */
@SpringBootTest
@ActiveProfiles("channels")
@DirtiesContext
@Timeout(60)
class ChannelExamplesTest {

  @Autowired private WasmChannels channels;

  private final BlockingQueue<String> minified = new LinkedBlockingQueue<>();

  @Test
  void aModuleMinifiesWhatComes() throws InterruptedException {
    this.channels.subscribe("store", "minified", message -> this.minified.add(message.text()));
    this.channels.publish("documents.orders", "{ \"id\": 7 }");

    assertThat(this.minified.take()).isEqualTo("{\"id\":7}");

    this.channels.publish("documents.broken", "{ \"id\": ");
    this.channels.close();

    assertThat(this.channels.status("minify").delivered()).isOne();
    assertThat(this.channels.status().deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.topic()).isEqualTo("documents.broken");
              assertThat(letter.category()).isEqualTo(WasmErrorCategory.OPERATION);
            });
  }
}
