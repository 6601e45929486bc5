package io.github.wasmspring.internal.load;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * From where an address can be reached, the widest first.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special-purpose
 *     addresses, IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and IPv6</a>
 */
enum AddressScope {
  /** From everywhere. */
  PUBLIC("a public address"),
  /** From a network that is somebody's own. */
  PRIVATE("a private address"),
  /** From this machine only. */
  MACHINE("an address of this machine"),
  /**
   * From the next machines only, where clouds tell an instance its secrets. Nothing that anybody
   * means to load a module from.
   */
  LINK("a link-local address or that of a cloud's metadata service");

  /** Where clouds tell secrets under addresses that do not look like it. */
  private static final Set<String> METADATA =
      Set.of(
          // Azure, which looks public
          "168.63.129.16",
          // Alibaba
          "100.100.100.200",
          "fd00:100:0:0:0:0:100:200",
          // Oracle
          "192.0.0.192",
          "fd00:c1:0:0:0:0:a9fe:a9fe",
          // Google
          "fd20:ce:0:0:0:0:0:254",
          // Scaleway
          "fd00:42:0:0:0:0:0:42",
          // Akamai
          "fd00:a9fe:a9fe:0:0:0:0:1");

  /** {@code fd00:ec2::/32}, all services that Amazon has for a machine. */
  private static final byte[] AMAZON = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

  private final String description;

  AddressScope(String description) {
    this.description = description;
  }

  /** For people. */
  String description() {
    return this.description;
  }

  static AddressScope of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLinkLocalAddress() || isMetadata(bytes)) {
      return LINK;
    }
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return MACHINE;
    }
    if (address.isSiteLocalAddress() || address.isMulticastAddress()) {
      return PRIVATE;
    }
    return address instanceof Inet6Address ? ofVersion6(bytes) : ofVersion4(bytes);
  }

  private static boolean isMetadata(byte[] bytes) {
    return METADATA.contains(text(bytes))
        || bytes.length == 16 && Arrays.equals(bytes, 0, AMAZON.length, AMAZON, 0, AMAZON.length);
  }

  /** Without the interface that an address may be bound to. */
  private static String text(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("The bytes of an address are an address", impossible);
    }
  }

  private static AddressScope ofVersion4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean special =
        first == 0
            || first == 100 && second >= 64 && second < 128
            || first == 192 && second == 0 && (third == 0 || third == 2)
            || first == 198 && (second == 18 || second == 19)
            || first == 198 && second == 51 && third == 100
            || first == 203 && second == 0 && third == 113
            || first >= 240;
    return special ? PRIVATE : PUBLIC;
  }

  private static AddressScope ofVersion6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    if (zeros(bytes, 0, 12)) {
      return embedded(bytes, 12);
    }
    if (first == 0x64 && second == 0xff9b) {
      return zeros(bytes, 4, 12) ? embedded(bytes, 12) : PRIVATE;
    }
    if (first == 0x2002) {
      return embedded(bytes, 2);
    }
    boolean inUse = (first & 0xe000) == 0x2000;
    boolean special =
        first == 0x2001 && (second < 0x200 || second == 0xdb8)
            || first == 0x3fff && second < 0x1000;
    return inUse && !special ? PUBLIC : PRIVATE;
  }

  private static boolean zeros(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** A translator takes such an address to one of version 4. */
  private static AddressScope embedded(byte[] bytes, int offset) {
    try {
      return of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4)));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("Four bytes are an address", impossible);
    }
  }
}
