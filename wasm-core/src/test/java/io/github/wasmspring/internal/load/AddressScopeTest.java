package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressScopeTest {

  private static AddressScope of(String address) throws UnknownHostException {
    return AddressScope.of(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "93.184.216.34",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "168.63.129.17",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "64:ff9b::808:808",
        "2002:808:808::1"
      })
  void whatEverybodyCanReach(String address) throws UnknownHostException {
    assertThat(of(address)).isEqualTo(AddressScope.PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::ffff:10.0.0.1",
        "fc00::1",
        "fd12:3456::1",
        "fd00:ec3::254",
        "fd20:ce::255",
        "fd00:42::43",
        "fec0::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "64:ff9b:1::808:808",
        "2002:a00:1::1",
        "2001:db8::1",
        "2001::1",
        "100::1",
        "3fff:1::1"
      })
  void whatOnlySomeCanReach(String address) throws UnknownHostException {
    assertThat(of(address)).isEqualTo(AddressScope.PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "2130706433",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1"
      })
  void whatOnlyThisMachineCanReach(String address) throws UnknownHostException {
    assertThat(of(address)).isEqualTo(AddressScope.MACHINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fe80::1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd00:ec2:0:1::1",
        "fd20:ce::254",
        "fd00:c1::a9fe:a9fe",
        "fd00:42::42",
        "fd00:a9fe:a9fe::1",
        "fd00:100::100:200",
        "192.0.0.192",
        "100.100.100.200",
        "168.63.129.16"
      })
  void whereCloudsTellTheirSecrets(String address) throws UnknownHostException {
    assertThat(of(address)).isEqualTo(AddressScope.LINK);
  }
}
