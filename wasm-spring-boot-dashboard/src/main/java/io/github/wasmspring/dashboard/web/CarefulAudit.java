package io.github.wasmspring.dashboard.web;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells another audit. If that fails, what was done is done all the same. */
final class CarefulAudit implements DashboardAudit {

  private static final Logger logger = LoggerFactory.getLogger(CarefulAudit.class);

  private final DashboardAudit audit;
  private final AtomicBoolean failing = new AtomicBoolean();

  CarefulAudit(DashboardAudit audit) {
    this.audit = audit;
  }

  @Override
  public void record(DashboardDeed deed) {
    try {
      this.audit.record(deed);
      this.failing.set(false);
    } catch (RuntimeException failure) {
      if (this.failing.compareAndSet(false, true)) {
        logger.error(
            "What is done on the dashboard can't be audited; until it can be again this is not logged once more",
            failure);
      }
    }
  }
}
