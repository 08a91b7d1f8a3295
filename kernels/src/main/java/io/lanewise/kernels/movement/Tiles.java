package io.lanewise.kernels.movement;

import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.TransposeKernel;
import java.util.Arrays;

/**
 * The ways to move the innermost two axes of a box; s1 and s0 are src's strides along its rows and
 * within one, d1 and d0 dst's.
 */
final class Tiles {
  /** Fewer columns than this are no work for vectors: a loop over each is faster. */
  private static final int FEW = 16;

  /** But for planes of colours that become pixels. */
  private static final int RGB = 3;

  private Tiles() {}

  /**
   * Copies: rows, also backwards, a transpose, one element many times, or every so-manyth element.
   *
   * @param most columns there are
   */
  static Tile copy(int s1, int s0, int d1, int d0, int most, KernelSet kernels) {
    if (s0 == 1 && d0 == 1) {
      CopyKernel copy = kernels.copy();
      return (src, s, dst, d, rows, columns) -> copy.run(src, s, s1, rows, columns, dst, d, d1);
    }
    boolean pixels = most == RGB && d1 == RGB && d0 == 1;
    if (s1 == 1 && s0 != 0 && most < FEW && !pixels) {
      return (src, s, dst, d, rows, columns) -> {
        for (int j = 0; j < columns; j++) {
          int from = s + j * s0;
          int to = d + j * d0;
          for (int i = 0; i < rows; i++) {
            dst[to + i * d1] = src[from + i];
          }
        }
      };
    }
    if (s1 == 1 && d0 == 1 && s0 != 0) {
      TransposeKernel transpose = kernels.transpose(s0);
      return (src, s, dst, d, rows, columns) ->
          transpose.run(src, s, /* rows= */ columns, /* columns= */ rows, dst, d, d1);
    }
    if (s0 == 0 && d0 == 1) {
      return (src, s, dst, d, rows, columns) -> {
        for (int i = 0; i < rows; i++) {
          int to = d + i * d1;
          Arrays.fill(dst, to, to + columns, src[s + i * s1]);
        }
      };
    }
    if (s0 == -1 && d0 == 1) {
      CopyKernel copy = kernels.copy();
      return (src, s, dst, d, rows, columns) ->
          copy.backwards(src, s, s1, rows, columns, dst, d, d1);
    }
    if (s0 == 2 && d0 == 1) {
      CopyKernel copy = kernels.copy();
      return (src, s, dst, d, rows, columns) ->
          copy.everySecond(src, s, s1, rows, columns, dst, d, d1);
    }
    if (d0 == 1) {
      TransposeKernel gather = kernels.transpose(s0); // of one column
      return (src, s, dst, d, rows, columns) -> {
        for (int i = 0; i < rows; i++) {
          gather.run(src, s + i * s1, columns, 1, dst, d + i * d1, 0);
        }
      };
    }
    return (src, s, dst, d, rows, columns) -> {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          dst[d + i * d1 + j * d0] = src[s + i * s1 + j * s0];
        }
      }
    };
  }

  /** Adds to dst: rows onto rows, the sum of a row onto an element, or one by one. */
  static Tile add(int s1, int s0, int d1, int d0, KernelSet kernels) {
    ElementwiseKernels elements = kernels.elementwise();
    if (s0 == 1 && d0 == 1) {
      return (src, s, dst, d, rows, columns) -> {
        for (int i = 0; i < rows; i++) {
          elements.add(src, s + i * s1, dst, d + i * d1, columns);
        }
      };
    }
    if (s0 == 1 && d0 == 0) {
      return (src, s, dst, d, rows, columns) -> {
        for (int i = 0; i < rows; i++) {
          dst[d + i * d1] += elements.sum(src, s + i * s1, columns);
        }
      };
    }
    return (src, s, dst, d, rows, columns) -> {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          dst[d + i * d1 + j * d0] += src[s + i * s1 + j * s0];
        }
      }
    };
  }

  /** Writes a constant. */
  static Tile fill(int d1, int d0, float value) {
    if (d0 == 1) {
      return (src, s, dst, d, rows, columns) -> {
        for (int i = 0; i < rows; i++) {
          Arrays.fill(dst, d + i * d1, d + i * d1 + columns, value);
        }
      };
    }
    return (src, s, dst, d, rows, columns) -> {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          dst[d + i * d1 + j * d0] = value;
        }
      }
    };
  }
}
