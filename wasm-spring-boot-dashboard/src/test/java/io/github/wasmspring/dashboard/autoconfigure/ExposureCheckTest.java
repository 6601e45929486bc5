package io.github.wasmspring.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.dashboard.web.DashboardExposure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class ExposureCheckTest {

  private static final SecurityVerdict PERMITS =
      new SecurityVerdict(SecurityVerdict.State.PERMITS, "GET /wasm/");
  private static final SecurityVerdict UNKNOWN =
      new SecurityVerdict(SecurityVerdict.State.UNKNOWN, "GET /wasm/: no idea");

  private static DashboardExposure exposure(
      SecurityVerdict verdict, String address, Consumer<WasmDashboardProperties> change)
      throws UnknownHostException {
    WasmDashboardProperties properties = new WasmDashboardProperties();
    change.accept(properties);
    InetAddress listening = address == null ? null : InetAddress.getByName(address);
    return new ExposureCheck(properties, path -> verdict, () -> listening).exposure();
  }

  private static DashboardExposure exposure(SecurityVerdict verdict, String address)
      throws UnknownHostException {
    return exposure(verdict, address, properties -> {});
  }

  @Test
  void loopbackOrSecurityIsEnough() throws Exception {
    assertThat(exposure(SecurityVerdict.ABSENT, "127.0.0.1")).isEqualTo(DashboardExposure.LOOPBACK);
    assertThat(exposure(SecurityVerdict.ABSENT, "::1")).isEqualTo(DashboardExposure.LOOPBACK);
    assertThat(exposure(PERMITS, "127.8.9.10")).isEqualTo(DashboardExposure.LOOPBACK);
    assertThat(exposure(SecurityVerdict.CLOSED, null)).isEqualTo(DashboardExposure.SECURED);
    assertThat(exposure(SecurityVerdict.CLOSED, "127.0.0.1")).isEqualTo(DashboardExposure.SECURED);
  }

  @Test
  void nothingElseIs() {
    for (SecurityVerdict verdict :
        new SecurityVerdict[] {SecurityVerdict.ABSENT, PERMITS, UNKNOWN}) {
      for (String address : new String[] {null, "0.0.0.0", "::", "192.0.2.7"}) {
        assertThatThrownBy(() -> exposure(verdict, address))
            .isInstanceOf(OpenDashboardException.class);
      }
    }
  }

  @Test
  void aRoleIsEnoughWherePeopleCanSignIn() throws Exception {
    assertThat(exposure(PERMITS, null, properties -> properties.setRole("ADMIN")))
        .isEqualTo(DashboardExposure.SECURED);
    assertThat(exposure(UNKNOWN, null, properties -> properties.setRole("ADMIN")))
        .isEqualTo(DashboardExposure.SECURED);
    assertThatThrownBy(
            () -> exposure(SecurityVerdict.ABSENT, null, properties -> properties.setRole("ADMIN")))
        .isInstanceOf(OpenDashboardException.class);
  }

  @Test
  void whoSaysSoGetsAnOpenDashboard() throws Exception {
    assertThat(exposure(SecurityVerdict.ABSENT, null, properties -> properties.setOpen(true)))
        .isEqualTo(DashboardExposure.OPEN);
    assertThat(exposure(PERMITS, "0.0.0.0", properties -> properties.setOpen(true)))
        .isEqualTo(DashboardExposure.OPEN);
  }

  @Test
  void whatIsGuardedStaysSo() throws Exception {
    assertThat(
            exposure(SecurityVerdict.ABSENT, "127.0.0.1", properties -> properties.setOpen(true)))
        .isEqualTo(DashboardExposure.LOOPBACK);
    assertThat(exposure(SecurityVerdict.CLOSED, null, properties -> properties.setOpen(true)))
        .isEqualTo(DashboardExposure.SECURED);
  }

  @Test
  void aPathIsNothingButAPath() {
    assertThat(DashboardPath.checked("/admin/wasm-modules")).isEqualTo("/admin/wasm-modules");
    for (String path :
        new String[] {"", "/", "wasm", "/wasm/", "/**", "/{any}", "/a//b", "/../x", "/a;b"}) {
      assertThatThrownBy(() -> DashboardPath.checked(path))
          .isInstanceOf(InvalidConfigurationPropertyValueException.class);
    }
  }
}
