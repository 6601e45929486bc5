package io.github.wasmspring.bundle.compute;

/**
 * One pass of Stockham's self-sorting transform: {@code stride} transforms of length {@code radix *
 * parts} become {@code stride * radix} of length {@code parts}.
 *
 * @param from the numbers before
 * @param to the numbers after
 * @param roots a table of roots of unity
 * @param step how many roots further the next part is
 */
record FftPass(double[] from, double[] to, int parts, int stride, double[] roots, int step) {

  private static final double SIN_60 = 0.8660254037844386;
  private static final double COS_72 = 0.30901699437494745;
  private static final double SIN_72 = 0.9510565162951535;
  private static final double COS_144 = -0.8090169943749475;
  private static final double SIN_144 = 0.5877852522924731;

  void run(int radix) {
    switch (radix) {
      case 4 -> radix4();
      case 2 -> radix2();
      case 3 -> radix3();
      default -> radix5();
    }
  }

  /** Stores (re + im·i) times a root. */
  private void put(int place, double re, double im, double rootRe, double rootIm) {
    this.to[place] = re * rootRe - im * rootIm;
    this.to[place + 1] = re * rootIm + im * rootRe;
  }

  private void radix2() {
    int far = 2 * this.parts * this.stride;
    int next = 2 * this.stride;
    for (int part = 0; part < this.parts; part++) {
      int root = 2 * part * this.step;
      double rootRe = this.roots[root];
      double rootIm = this.roots[root + 1];
      int read = part * next;
      int write = 2 * part * next;
      for (int end = read + next; read < end; read += 2, write += 2) {
        double aRe = this.from[read];
        double aIm = this.from[read + 1];
        double bRe = this.from[read + far];
        double bIm = this.from[read + far + 1];
        this.to[write] = aRe + bRe;
        this.to[write + 1] = aIm + bIm;
        put(write + next, aRe - bRe, aIm - bIm, rootRe, rootIm);
      }
    }
  }

  private void radix3() {
    int far = 2 * this.parts * this.stride;
    int next = 2 * this.stride;
    for (int part = 0; part < this.parts; part++) {
      int root = 2 * part * this.step;
      double root1Re = this.roots[root];
      double root1Im = this.roots[root + 1];
      double root2Re = this.roots[2 * root];
      double root2Im = this.roots[2 * root + 1];
      int read = part * next;
      int write = 3 * part * next;
      for (int end = read + next; read < end; read += 2, write += 2) {
        double aRe = this.from[read];
        double aIm = this.from[read + 1];
        double bRe = this.from[read + far];
        double bIm = this.from[read + far + 1];
        double cRe = this.from[read + 2 * far];
        double cIm = this.from[read + 2 * far + 1];
        double sumRe = bRe + cRe;
        double sumIm = bIm + cIm;
        double middleRe = aRe - sumRe * 0.5;
        double middleIm = aIm - sumIm * 0.5;
        double sideRe = (bIm - cIm) * SIN_60;
        double sideIm = -((bRe - cRe) * SIN_60);
        this.to[write] = aRe + sumRe;
        this.to[write + 1] = aIm + sumIm;
        put(write + next, middleRe + sideRe, middleIm + sideIm, root1Re, root1Im);
        put(write + 2 * next, middleRe - sideRe, middleIm - sideIm, root2Re, root2Im);
      }
    }
  }

  private void radix4() {
    int far = 2 * this.parts * this.stride;
    int next = 2 * this.stride;
    for (int part = 0; part < this.parts; part++) {
      int root = 2 * part * this.step;
      double root1Re = this.roots[root];
      double root1Im = this.roots[root + 1];
      double root2Re = this.roots[2 * root];
      double root2Im = this.roots[2 * root + 1];
      double root3Re = this.roots[3 * root];
      double root3Im = this.roots[3 * root + 1];
      int read = part * next;
      int write = 4 * part * next;
      for (int end = read + next; read < end; read += 2, write += 2) {
        double aRe = this.from[read];
        double aIm = this.from[read + 1];
        double bRe = this.from[read + far];
        double bIm = this.from[read + far + 1];
        double cRe = this.from[read + 2 * far];
        double cIm = this.from[read + 2 * far + 1];
        double dRe = this.from[read + 3 * far];
        double dIm = this.from[read + 3 * far + 1];
        double evenRe = aRe + cRe;
        double evenIm = aIm + cIm;
        double oddRe = bRe + dRe;
        double oddIm = bIm + dIm;
        double flatRe = aRe - cRe;
        double flatIm = aIm - cIm;
        double steepRe = bIm - dIm;
        double steepIm = -(bRe - dRe);
        this.to[write] = evenRe + oddRe;
        this.to[write + 1] = evenIm + oddIm;
        put(write + next, flatRe + steepRe, flatIm + steepIm, root1Re, root1Im);
        put(write + 2 * next, evenRe - oddRe, evenIm - oddIm, root2Re, root2Im);
        put(write + 3 * next, flatRe - steepRe, flatIm - steepIm, root3Re, root3Im);
      }
    }
  }

  private void radix5() {
    int far = 2 * this.parts * this.stride;
    int next = 2 * this.stride;
    for (int part = 0; part < this.parts; part++) {
      int root = 2 * part * this.step;
      int read = part * next;
      int write = 5 * part * next;
      for (int end = read + next; read < end; read += 2, write += 2) {
        double aRe = this.from[read];
        double aIm = this.from[read + 1];
        double bRe = this.from[read + far];
        double bIm = this.from[read + far + 1];
        double cRe = this.from[read + 2 * far];
        double cIm = this.from[read + 2 * far + 1];
        double dRe = this.from[read + 3 * far];
        double dIm = this.from[read + 3 * far + 1];
        double eRe = this.from[read + 4 * far];
        double eIm = this.from[read + 4 * far + 1];
        double outerRe = bRe + eRe;
        double outerIm = bIm + eIm;
        double innerRe = cRe + dRe;
        double innerIm = cIm + dIm;
        double oneRe = aRe + outerRe * COS_72 + innerRe * COS_144;
        double oneIm = aIm + outerIm * COS_72 + innerIm * COS_144;
        double twoRe = aRe + outerRe * COS_144 + innerRe * COS_72;
        double twoIm = aIm + outerIm * COS_144 + innerIm * COS_72;
        double oneSideRe = (bIm - eIm) * SIN_72 + (cIm - dIm) * SIN_144;
        double oneSideIm = -((bRe - eRe) * SIN_72 + (cRe - dRe) * SIN_144);
        double twoSideRe = (bIm - eIm) * SIN_144 - (cIm - dIm) * SIN_72;
        double twoSideIm = -((bRe - eRe) * SIN_144 - (cRe - dRe) * SIN_72);
        this.to[write] = aRe + outerRe + innerRe;
        this.to[write + 1] = aIm + outerIm + innerIm;
        turn(write + next, oneRe + oneSideRe, oneIm + oneSideIm, root);
        turn(write + 2 * next, twoRe + twoSideRe, twoIm + twoSideIm, 2 * root);
        turn(write + 3 * next, twoRe - twoSideRe, twoIm - twoSideIm, 3 * root);
        turn(write + 4 * next, oneRe - oneSideRe, oneIm - oneSideIm, 4 * root);
      }
    }
  }

  private void turn(int place, double re, double im, int root) {
    put(place, re, im, this.roots[root], this.roots[root + 1]);
  }
}
