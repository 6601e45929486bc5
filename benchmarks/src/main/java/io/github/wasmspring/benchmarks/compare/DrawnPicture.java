package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.Inputs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws {@code picture.jpg}: colours that run into each other, discs with sharp edges, stripes and
 * a little noise, as photographs have them. The file is committed, as encoders differ.
 *
 * <pre>
 * java -cp benchmarks/target/classes io.github.wasmspring.benchmarks.compare.DrawnPicture FILE
 * </pre>
 */
final class DrawnPicture {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int NOISE = 24;
  private static final int DISC_SPACING = 64;
  private static final int DISC_RADIUS = 24;
  private static final int STRIPES_FROM = 200;

  private final byte[] noise = Inputs.bytes(WIDTH * HEIGHT);

  private DrawnPicture() {}

  public static void main(String[] arguments) throws IOException {
    if (!ImageIO.write(new DrawnPicture().draw(), "jpeg", Path.of(arguments[0]).toFile())) {
      throw new IOException("This JDK has no encoder for JPEG");
    }
  }

  private BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, noisy(colour(x, y), this.noise[y * WIDTH + x]));
      }
    }
    return image;
  }

  private static int colour(int x, int y) {
    if (y >= STRIPES_FROM) {
      return (x + y) / 6 % 2 == 0 ? 0xe0d0a0 : 0x305070;
    }
    int red = 200 * x / WIDTH + 20;
    int green = 200 * y / HEIGHT + 20;
    int blue = 220 - 100 * (x + y) / (WIDTH + HEIGHT);
    return isInDisc(x, y) ? blue << 16 | red << 8 | green : red << 16 | green << 8 | blue;
  }

  private static boolean isInDisc(int x, int y) {
    int dx = x % DISC_SPACING - DISC_SPACING / 2;
    int dy = y % DISC_SPACING - DISC_SPACING / 2;
    return dx * dx + dy * dy < DISC_RADIUS * DISC_RADIUS;
  }

  /** Lighter or darker by as much for all three, so that it stays below 256 and above 0. */
  private static int noisy(int colour, byte random) {
    int change = random * NOISE / 256;
    return colour + change * 0x010101;
  }
}
