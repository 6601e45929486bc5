package io.github.wasmspring.monitor;

/**
 * Told when a series becomes worse and when that is over. It runs on the thread that records a
 * figure or asks for a status, so it is to be quick; what it throws is logged and harms nobody.
 */
@FunctionalInterface
public interface RegressionListener {

  void onRegression(RegressionEvent event);
}
