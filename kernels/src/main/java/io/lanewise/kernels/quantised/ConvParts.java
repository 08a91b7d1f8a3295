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

  private final ConvShape shape;
  private final int channels; // of a group, in a part
  private final int slices; // parts along channels
  private final int taps; // of a part
  private final int tapParts;
  private final ConvShape partShape;
  private final int sliceFloats;
  private final ArrayConv conv;

  private ConvParts(ConvShape shape, int channels, int taps, Target target) {
    this.shape = shape;
    this.channels = channels;
    this.slices = Math.ceilDiv(shape.icg(), channels);
    this.taps = taps;
    this.tapParts = Math.ceilDiv(shape.area(), taps);
    this.partShape = shape.withChannels(shape.groups() * channels, shape.oc(), shape.groups());
    this.sliceFloats = partShape.x().size();
    this.conv = ArrayConv.of(partShape, target);
  }

  /**
   * All in one part, then in more and more, up to as few as are safe for all weights; the last are
   * they.
   *
   * @param reach the greatest product of an element of x and one of w, absolute
   */
  static List<ConvParts> cuts(ConvShape shape, int reach, Target target) {
    int most = NarrowProduct.EXACT / reach;
    int taps = Math.min(shape.area(), most);
    int safe = Math.ceilDiv(shape.icg(), Math.clamp(most / shape.area(), 1, shape.icg()));
    List<ConvParts> cuts = new ArrayList<>();
    int tried = taps < shape.area() ? 1 : Math.min(MOST_TRIED, safe - 1); // slices of whole windows
    for (int slices = 1; slices <= tried; slices++) {
      int channels = Math.ceilDiv(shape.icg(), slices);
      cuts.add(new ConvParts(shape, channels, shape.area(), target));
    }
    cuts.add(new ConvParts(shape, Math.ceilDiv(shape.icg(), safe), taps, target));
    return List.copyOf(cuts);
  }

  /**
   * Whether float32 computes the sums of each part exactly.
   *
   * @param w [oc][icg][area] integers, read
   * @param reach the greatest element of x, absolute
   */
  boolean isExact(float[] w, int reach) {
    int area = shape.area();
    for (int first = 0; first < w.length; first += shape.icg() * area) {
      for (int c0 = 0; c0 < shape.icg(); c0 += channels) {
        int end = first + Math.min(shape.icg(), c0 + channels) * area;
        long sum = 0;
        for (int i = first + c0 * area; i < end; i++) {
          sum += (long) Math.abs(w[i]);
        }
        if (sum * reach > NarrowProduct.EXACT) {
          return false;
        }
      }
    }
    return true;
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
