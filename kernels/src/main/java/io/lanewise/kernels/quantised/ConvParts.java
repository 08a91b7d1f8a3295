package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.ArrayConv;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of integers cut into parts whose sums stay below 2^24, so that float32 computes
 * them exactly: along the input channels of a group, and, where one channel's window is too large,
 * along its taps, the others' weights being 0. Parts of channels are convolutions of their own, on
 * images [n][id][ih][iw][groups][icg of a part].
 */
final class ConvParts {
  private static final int MOST_TRIED = 4; // for real weights fewer parts will do than for any
  private static final int WINOGRAD_CHANNELS = 64; // of a part; below it, it had better be direct

  private static final int TAPS = 3;
  private static final int PRODUCTS = 4; // of 3 taps and 2 outputs

  private final ConvShape shape;
  private final int channels; // of a group, in a part
  private final int slices; // parts along channels
  private final int taps; // of a part
  private final int tapParts;
  private final ConvShape partShape;
  private final int sliceFloats;
  private final ArrayConv conv;
  private final boolean winograd;

  private ConvParts(ConvShape shape, int channels, int taps, ArrayConv conv, boolean winograd) {
    this.shape = shape;
    this.channels = channels;
    this.slices = Math.ceilDiv(shape.icg(), channels);
    this.taps = taps;
    this.tapParts = Math.ceilDiv(shape.area(), taps);
    this.partShape = part(shape, channels);
    this.sliceFloats = partShape.x().size();
    this.conv = conv;
    this.winograd = winograd;
  }

  private static ConvShape part(ConvShape shape, int channels) {
    return shape.withChannels(shape.groups() * channels, shape.oc(), shape.groups());
  }

  private static ConvParts direct(ConvShape shape, int channels, int taps, Target target) {
    ArrayConv conv = ArrayConv.of(part(shape, channels), target);
    return new ConvParts(shape, channels, taps, conv, false);
  }

  /**
   * By Winograd's algorithm in one part or few, then directly, all in one part and in more and
   * more, up to as few as are safe for all weights; the last are they.
   *
   * @param reach the greatest product of an element of x and one of w, absolute
   */
  static List<ConvParts> cuts(ConvShape shape, int reach, Target target) {
    int most = NarrowProduct.EXACT / reach;
    int taps = Math.min(shape.area(), most);
    int safe = Math.ceilDiv(shape.icg(), Math.clamp(most / shape.area(), 1, shape.icg()));
    List<ConvParts> cuts = new ArrayList<>();
    int large = Math.clamp(shape.icg() / WINOGRAD_CHANNELS, 1, MOST_TRIED);
    for (int slices = 1; slices <= large; slices++) {
      int channels = Math.ceilDiv(shape.icg(), slices);
      ArrayConv.exactWinograd(part(shape, channels), target)
          .map(conv -> new ConvParts(shape, channels, shape.area(), conv, true))
          .ifPresent(cuts::add);
    }
    int tried = taps < shape.area() ? 1 : Math.min(MOST_TRIED, safe - 1); // slices of whole windows
    for (int slices = 1; slices <= tried; slices++) {
      int channels = Math.ceilDiv(shape.icg(), slices);
      cuts.add(direct(shape, channels, shape.area(), target));
    }
    cuts.add(direct(shape, Math.ceilDiv(shape.icg(), safe), taps, target));
    return List.copyOf(cuts);
  }

  /**
   * Whether float32 computes the sums of each part exactly.
   *
   * @param w [oc][icg][area] integers, read
   * @param x what the elements of x are
   */
  boolean isExact(float[] w, Quantisation x) {
    int reach = x.reach();
    int area = shape.area();
    for (int first = 0; first < w.length; first += shape.icg() * area) {
      for (int c0 = 0; c0 < shape.icg(); c0 += channels) {
        int end = first + Math.min(shape.icg(), c0 + channels) * area;
        long sum = 0;
        for (int i = first + c0 * area; i < end; i++) {
          sum += (long) Math.abs(w[i]);
        }
        boolean fits = !winograd || productsFit(w, first + c0 * area, end, x);
        if (sum * reach > NarrowProduct.EXACT || !fits) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether float32 holds the sums of each of Winograd's products, which are whole, halves or
   * quarters. Elements of x lie in a range, the padding within it, so that a difference of two sums
   * of two is at most twice the range; only the second product of the second row has the sum of
   * four.
   *
   * @param w 3x3 kernels of one output channel, from {@code from} to {@code end}
   */
  private static boolean productsFit(float[] w, int from, int end, Quantisation x) {
    int range = x.type().max() - x.type().min();
    long[] sums = new long[PRODUCTS * PRODUCTS]; // of the transformed weights, made whole
    int[] rows = new int[PRODUCTS * TAPS];
    int[] u = new int[PRODUCTS];
    for (int at = from; at < end; at += TAPS * TAPS) {
      for (int j = 0; j < TAPS; j++) {
        transform((int) w[at + j], (int) w[at + TAPS + j], (int) w[at + 2 * TAPS + j], u);
        for (int i = 0; i < PRODUCTS; i++) {
          rows[i * TAPS + j] = u[i];
        }
      }
      for (int i = 0; i < PRODUCTS; i++) {
        transform(rows[i * TAPS], rows[i * TAPS + 1], rows[i * TAPS + 2], u);
        for (int j = 0; j < PRODUCTS; j++) {
          sums[i * PRODUCTS + j] += Math.abs(u[j]);
        }
      }
    }
    for (int p = 0; p < sums.length; p++) {
      long most = p == PRODUCTS + 1 ? 4L * x.reach() : 2L * range;
      if (sums[p] * most > NarrowProduct.EXACT) {
        return false;
      }
    }
    return true;
  }

  /** G · g without its halves. */
  private static void transform(int g0, int g1, int g2, int[] u) {
    u[0] = g0;
    u[1] = g0 + g1 + g2;
    u[2] = g0 - g1 + g2;
    u[3] = g2;
  }

  /** The convolution of a part. */
  ArrayConv conv() {
    return conv;
  }

  /** Number of parts. */
  int count() {
    return slices * tapParts;
  }

  /** Parts along channels, each of which reads images of its own. */
  int slices() {
    return slices;
  }

  /** Which images a part reads. */
  int slice(int part) {
    return part / tapParts;
  }

  /** Input channels of a group that a slice has. */
  int channels() {
    return channels;
  }

  /** Floats of a slice's images. */
  int sliceFloats() {
    return sliceFloats;
  }

  /** Scratch memory of a part. */
  WorkspaceSpec workspace() {
    return conv.workspace();
  }

  /**
   * Packs integer weights for each part.
   *
   * @param w [oc][icg][area] integers, read
   */
  List<PackedWeights> pack(float[] w) {
    List<PackedWeights> packed = new ArrayList<>();
    int area = shape.area();
    for (int part = 0; part < count(); part++) {
      int c0 = slice(part) * channels;
      int tap0 = part % tapParts * taps;
      Tensor some = Tensor.zeros(partShape.w());
      for (int o = 0; o < shape.oc(); o++) {
        for (int c = c0; c < Math.min(c0 + channels, shape.icg()); c++) {
          for (int tap = tap0; tap < Math.min(tap0 + taps, area); tap++) {
            some.array()[(o * channels + c - c0) * area + tap] =
                w[(o * shape.icg() + c) * area + tap];
          }
        }
      }
      packed.add(conv.pack(some));
    }
    return List.copyOf(packed);
  }
}
