package io.lanewise.benchmarks;

import static io.lanewise.benchmarks.ResultCheck.requireClose;
import static io.lanewise.benchmarks.ResultCheck.squared;

import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Compares a convolution's result with {@link ReferenceConv} channel by channel: each channel of a
 * result is a smaller convolution of its own, which the reference computes from a cut of the
 * inputs. Small problems are compared in full, of large ones the first, middle and last channel:
 * where tiles begin, repeat and end.
 */
final class ConvCheck {
  private static final long FULL_FLOPS = 4_000_000;

  private ConvCheck() {}

  /** Compares y [n][oc][oh][ow] = convolution of x and w, without bias. */
  static void forward(ConvShape s, Tensor x, Tensor w, Tensor y, String what) {
    ConvShape cut = cut(s, 1, s.icg(), 1);
    for (int img : some(s, s.n())) {
      for (int o : some(s, s.oc())) {
        Tensor xCut = planes(x, img * s.ic() + o / s.ocg() * s.icg(), cut.x());
        Tensor wCut = w.slice(o, o + 1);
        Tensor want = Tensor.zeros(cut.y());
        Tensor squares = Tensor.zeros(cut.y());
        ReferenceConv.forward(cut, xCut, wCut, null, want);
        ReferenceConv.forward(cut, squared(xCut), squared(wCut), null, squares);
        Tensor got = planes(y, img * s.oc() + o, cut.y());
        requireClose(got, want, squares, cut.reduction(), at(what, s, "image", img, o));
      }
    }
  }

  /** Compares dx [n][ic][ih][iw], the input gradient. */
  static void backwardData(ConvShape s, Tensor dy, Tensor w, Tensor dx, String what) {
    ConvShape cut = cut(s, 1, 1, s.ocg());
    int length = s.ocg() * s.kh() * s.kw();
    for (int img : some(s, s.n())) {
      for (int c : some(s, s.ic())) {
        int firstOut = c / s.icg() * s.ocg();
        Tensor dyCut = planes(dy, img * s.oc() + firstOut, cut.y());
        Tensor wCut = column(w.slice(firstOut, firstOut + s.ocg()), c % s.icg());
        Tensor want = Tensor.zeros(cut.x());
        Tensor squares = Tensor.zeros(cut.x());
        ReferenceConv.backwardData(cut, dyCut, wCut, want);
        ReferenceConv.backwardData(cut, squared(dyCut), squared(wCut), squares);
        Tensor got = planes(dx, img * s.ic() + c, cut.x());
        requireClose(got, want, squares, length, at(what, s, "image", img, c));
      }
    }
  }

  /** Compares dw [oc][ic/groups][kh][kw] and db [oc], the gradients added to zeros. */
  static void backwardWeights(ConvShape s, Tensor x, Tensor dy, Tensor dw, Tensor db, String what) {
    ConvShape cut = cut(s, s.n(), 1, 1);
    int length = s.n() * s.oh() * s.ow();
    for (int o : some(s, s.oc())) {
      Tensor dyCut = column(dy, o);
      for (int ci : some(s, s.icg())) {
        Tensor xCut = column(x, o / s.ocg() * s.icg() + ci);
        Tensor want = Tensor.zeros(cut.w());
        Tensor wantBias = Tensor.zeros(1);
        Tensor squares = Tensor.zeros(cut.w());
        Tensor squaresBias = Tensor.zeros(1);
        ReferenceConv.backwardWeights(cut, xCut, dyCut, want, wantBias);
        ReferenceConv.backwardWeights(cut, squared(xCut), squared(dyCut), squares, squaresBias);
        Tensor got = planes(dw, o * s.icg() + ci, cut.w());
        requireClose(got, want, squares, length, at(what, s, "filter", o, ci));
        Tensor gotBias = db.slice(o, o + 1);
        requireClose(gotBias, wantBias, squaresBias, length, at(what + " bias", s, "", o, ci));
      }
    }
  }

  /** The same geometry with other counts, one group. */
  private static ConvShape cut(ConvShape s, int n, int ic, int oc) {
    return ConvShape.input(n, ic, s.ih(), s.iw())
        .filters(oc, s.kh(), s.kw())
        .stride(s.strideH(), s.strideW())
        .dilation(s.dilationH(), s.dilationW())
        .padding(s.padding())
        .build();
  }

  private static int[] some(ConvShape s, int count) {
    if (s.flops() <= FULL_FLOPS) {
      return IntStream.range(0, count).toArray();
    }
    return IntStream.of(0, count / 2, count - 1).distinct().toArray();
  }

  /** A view of {@code shape}, from plane {@code first} of a tensor [][][h][w] on. */
  private static Tensor planes(Tensor t, int first, Shape shape) {
    int plane = shape.dim(2) * shape.dim(3);
    return Tensor.wrap(shape, t.array(), t.offset() + first * plane);
  }

  /** A copy of t[..][c][..][..] as [..][1][..][..]. */
  private static Tensor column(Tensor t, int c) {
    Shape s = t.shape();
    Tensor dst = Tensor.zeros(s.dim(0), 1, s.dim(2), s.dim(3));
    for (int i = 0; i < s.dim(0); i++) {
      dst.slice(i, i + 1).copyFrom(planes(t, i * s.dim(1) + c, Shape.of(1, 1, s.dim(2), s.dim(3))));
    }
    return dst;
  }

  private static String at(String what, ConvShape s, String outer, int i, int channel) {
    return what + " of " + s + ", " + (outer + " " + i).strip() + " channel " + channel;
  }
}
