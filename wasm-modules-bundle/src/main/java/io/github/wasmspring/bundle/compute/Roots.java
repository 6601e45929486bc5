package io.github.wasmspring.bundle.compute;

/**
 * Roots of unity from exactly rounded operations alone: the angle is reduced in integers, sine and
 * cosine are the polynomials of fdlibm (k_sin.c, k_cos.c) for angles up to a quarter of π.
 *
 * <p>Of fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Permission to
 * use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
final class Roots {

  private static final double QUARTER_PI = Math.PI / 4;

  private Roots() {}

  /** exp(-2πi·t/n) for t from 0 to n-1, real and imaginary parts in turn. */
  static double[] table(int n) {
    double[] roots = new double[2 * n];
    if (n % 8 != 0) {
      for (int t = 0; t < n; t++) {
        put(t, n, roots, t);
      }
      return roots;
    }
    int quarter = n / 4;
    for (int t = 0; t <= n / 8; t++) {
      put(t, n, roots, t);
      double re = roots[2 * t];
      roots[2 * (quarter - t)] = -roots[2 * t + 1];
      roots[2 * (quarter - t) + 1] = -re;
    }
    for (int t = 0; t < n / 2; t += 2) {
      double re = roots[t];
      double im = roots[t + 1];
      roots[t + n / 2] = im;
      roots[t + n / 2 + 1] = -re;
      roots[t + n] = -re;
      roots[t + n + 1] = -im;
      roots[t + 3 * n / 2] = -im;
      roots[t + 3 * n / 2 + 1] = re;
    }
    return roots;
  }

  /** Puts exp(-2πi·t/n), t below n, at a place of an array of complex numbers. */
  static void put(int t, int n, double[] target, int place) {
    int octant = 8 * t / n;
    int rest = 8 * t - octant * n;
    if (octant % 2 != 0) {
      rest = n - rest;
    }
    double angle = rest * QUARTER_PI / n;
    double sin = sin(angle);
    double cos = cos(angle);
    boolean steep = octant % 4 == 1 || octant % 4 == 2;
    double re = steep ? sin : cos;
    double im = steep ? cos : sin;
    target[2 * place] = octant >= 2 && octant < 6 ? -re : re;
    target[2 * place + 1] = octant < 4 ? -im : im;
  }

  private static double sin(double x) {
    double z = x * x;
    double r =
        8.33333333332248946124e-03
            + z
                * (-1.98412698298579493134e-04
                    + z
                        * (2.75573137070700676789e-06
                            + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
    return x + z * x * (-1.66666666666666324348e-01 + z * r);
  }

  private static double cos(double x) {
    double z = x * x;
    double r =
        z
            * (4.16666666666666019037e-02
                + z
                    * (-1.38888888888741095749e-03
                        + z
                            * (2.48015872894767294178e-05
                                + z
                                    * (-2.75573143513906633035e-07
                                        + z
                                            * (2.08757232129817482790e-09
                                                + z * -1.13596475577881948265e-11)))));
    double half = 0.5 * z;
    double w = 1.0 - half;
    return w + ((1.0 - w - half) + z * r);
  }
}
