package io.github.wasmspring.verification.soak;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.verification.hostile.Attack;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.BeanFactory;

/** One of many: asks question after question, and now and then does harm. */
final class Caller implements Runnable {

  private static final double HOSTILE = 0.01;
  private static final double SESSIONS = 0.05;
  private static final int SESSION_CALLS = 3;
  private static final Duration DEADLINE = Duration.ofMillis(20);

  private final BeanFactory beans;
  private final WasmModuleManager manager;
  private final List<Question<?>> questions;
  private final Tally tally;
  private final BooleanSupplier goesOn;
  private final Random random;

  Caller(
      BeanFactory beans,
      List<Question<?>> questions,
      Tally tally,
      BooleanSupplier goesOn,
      int number) {
    this.beans = beans;
    this.manager = beans.getBean(WasmModuleManager.class);
    this.questions = questions;
    this.tally = tally;
    this.goesOn = goesOn;
    this.random = new Random(number);
  }

  @Override
  public void run() {
    while (this.goesOn.getAsBoolean()) {
      if (this.random.nextDouble() < HOSTILE) {
        attack(pick(Attack.ALL));
      } else {
        call(pick(this.questions));
      }
      // A virtual thread that never waits would keep its carrier, and the others would starve.
      Thread.yield();
    }
  }

  private <E> E pick(List<E> list) {
    return list.get(this.random.nextInt(list.size()));
  }

  private void attack(Attack attack) {
    this.tally.hostile.increment();
    this.tally.calls.increment();
    try {
      WasmException failure = attack.perform(this.manager, DEADLINE);
      if (failure == null) {
        this.tally.wrong(attack, "came back");
      } else if (failure.category() == WasmErrorCategory.REJECTED) {
        this.tally.failed(attack, failure);
      } else if (failure.category() != attack.expected()) {
        this.tally.wrong(attack, failure.toString());
      }
    } catch (Throwable unclassified) {
      this.tally.wrong(attack, unclassified.toString());
    }
    this.tally.checkInterruptFlag(attack);
  }

  private <T> void call(Question<T> question) {
    try {
      if (this.random.nextDouble() < SESSIONS && isOfModule(question)) {
        askInSession(question);
      } else {
        T bean = this.beans.getBean(question.type());
        long start = System.nanoTime();
        ask(question, bean);
        this.tally.latencies.add(System.nanoTime() - start);
      }
    } catch (Question.LostAnswer lost) {
      this.tally.lost(question.name());
    } catch (Throwable failure) {
      this.tally.failed(question.name(), failure);
    }
    this.tally.checkInterruptFlag(question.name());
  }

  private <T> void ask(Question<T> question, T module) {
    this.tally.calls.increment();
    Object answer = question.ask(module);
    if (!question.isAnsweredBy(answer)) {
      this.tally.wrong(question.name(), "a wrong answer");
    }
  }

  /** What is asynchronous takes an instance of its own for each call. */
  private static boolean isOfModule(Question<?> question) {
    return question.type() != AsyncHash.class && question.type() != AsyncJson.class;
  }

  private <T> void askInSession(Question<T> question) {
    String module = question.type().getAnnotation(WasmModule.class).value();
    try (WasmSession session = this.manager.open(module)) {
      T bound = session.bind(question.type());
      for (int i = 0; i < SESSION_CALLS; i++) {
        ask(question, bound);
      }
    }
  }
}
