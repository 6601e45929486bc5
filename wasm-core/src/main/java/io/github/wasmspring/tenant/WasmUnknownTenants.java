package io.github.wasmspring.tenant;

/** What becomes of calls of tenants that the settings do not name. */
public enum WasmUnknownTenants {
  /**
   * Each has the default limits for itself; for keys that nobody can make up, such as names of
   * users.
   */
  SEPARATE,
  /**
   * All of them have the default limits together; for keys from outside, of which anybody could
   * make up new ones to begin anew.
   */
  TOGETHER,
  /** They are refused. */
  REFUSE
}
