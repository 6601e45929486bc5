package io.github.wasmspring.sample;

import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The hostile module, one deed at a time: the page is public. */
@RestController
class HostileController {

  private final HostileTrial trial;
  private final Semaphore turn = new Semaphore(1);

  HostileController(HostileTrial trial) {
    this.trial = trial;
  }

  @PostMapping("/api/hostile/{deed}")
  HostileTrial.Outcome run(@PathVariable HostileDeed deed) {
    if (!this.turn.tryAcquire()) {
      throw new ResponseStatusException(
          HttpStatus.TOO_MANY_REQUESTS,
          "The hostile module is at work for somebody else. Try again in a second.");
    }
    try {
      return this.trial.run(deed);
    } finally {
      this.turn.release();
    }
  }
}
