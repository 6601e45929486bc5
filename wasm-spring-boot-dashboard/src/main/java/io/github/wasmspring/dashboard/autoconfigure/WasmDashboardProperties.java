package io.github.wasmspring.dashboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Configuration properties for the dashboard. */
@ConfigurationProperties(value = "wasm.dashboard", ignoreUnknownFields = false)
public class WasmDashboardProperties {

  /** Whether the application has a dashboard. */
  private boolean enabled = false;

  /** Path of the dashboard within the application. */
  private String path = "/wasm";

  /**
   * Whether everybody who reaches the application may see the dashboard, also where neither
   * loopback nor Spring Security keeps others away.
   */
  private boolean open = false;

  /** Role that is needed to see the dashboard, besides what Spring Security asks for. */
  private @Nullable String role;

  /** Role that is needed to act on the dashboard, besides what is needed to see it. */
  private @Nullable String actionRole;

  /**
   * Whether the dashboard only shows. Without a value it does where it is open to everybody, and
   * else does not.
   */
  private @Nullable Boolean readOnly;

  /**
   * Names by which the dashboard may be asked for: on loopback besides localhost; where it is open,
   * no others if there are any.
   */
  private List<String> hosts = new ArrayList<>();

  /** Browsers that are told what is new at a time, at most. */
  private int clients = 20;

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public String getPath() {
    return this.path;
  }

  public void setPath(String path) {
    this.path = path;
  }

  public boolean isOpen() {
    return this.open;
  }

  public void setOpen(boolean open) {
    this.open = open;
  }

  public @Nullable String getRole() {
    return this.role;
  }

  public void setRole(@Nullable String role) {
    this.role = role;
  }

  public @Nullable String getActionRole() {
    return this.actionRole;
  }

  public void setActionRole(@Nullable String actionRole) {
    this.actionRole = actionRole;
  }

  public @Nullable Boolean getReadOnly() {
    return this.readOnly;
  }

  public void setReadOnly(@Nullable Boolean readOnly) {
    this.readOnly = readOnly;
  }

  public List<String> getHosts() {
    return this.hosts;
  }

  public void setHosts(List<String> hosts) {
    this.hosts = hosts;
  }

  public int getClients() {
    return this.clients;
  }

  public void setClients(int clients) {
    this.clients = clients;
  }
}
