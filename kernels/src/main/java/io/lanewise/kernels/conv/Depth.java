package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;

/** Which planes of a window's taps lie in the image. The others multiply zeros. */
final class Depth {
  private Depth() {}

  /** The first, of the windows of plane oz of outputs. */
  static int first(ConvShape s, int oz) {
    int front = oz * s.strideD() - s.padding().front();
    return Math.min(s.kd(), Math.ceilDiv(Math.max(0, -front), s.dilationD()));
  }

  /** One past the last; no less than the first. */
  static int end(ConvShape s, int oz) {
    int front = oz * s.strideD() - s.padding().front();
    int room = Math.max(0, s.id() - front);
    return Math.clamp(Math.ceilDiv(room, s.dilationD()), first(s, oz), s.kd());
  }

  /** The share of all windows' planes of taps that lie in it. */
  static double share(ConvShape s) {
    long inside = 0;
    for (int oz = 0; oz < s.od(); oz++) {
      inside += end(s, oz) - first(s, oz);
    }
    return (double) inside / ((long) s.od() * s.kd());
  }
}
