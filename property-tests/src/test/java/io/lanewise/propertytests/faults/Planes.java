package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.PoolMistake.*;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.PoolShape;

/** What both poolings share. */
final class Planes {
  private static final int LANES = 16;

  private Planes() {}

  /** The window as that of a convolution of each channel by itself. */
  static ConvShape window(PoolShape s) {
    return ConvShape.input(s.n(), s.c(), s.ih(), s.iw())
        .filters(s.c(), s.kh(), s.kw())
        .stride(s.strideH(), s.strideW())
        .dilation(s.dilationH(), s.dilationW())
        .padding(s.padding())
        .groups(s.c())
        .build();
  }

  /** How many planes are done. */
  static int count(PoolShape s, Mistake mistake) {
    int all = s.n() * s.c();
    return mistake == ODD_PLANE_DROPPED && all > 1 ? all / 2 * 2 : all;
  }

  /** How many outputs of a row are done. */
  static int columns(PoolShape s, Mistake mistake) {
    return mistake == COLUMNS_TAIL_DROPPED && s.ow() % LANES == 1 ? s.ow() - 1 : s.ow();
  }
}
