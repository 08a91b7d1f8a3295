package io.lanewise.benchmarks.check;

import static io.lanewise.benchmarks.check.Part.squared;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolution, channel by channel: each channel of a result is a smaller convolution of its own,
 * which the reference computes from a cut of the inputs.
 */
final class ConvExpectation {
  private ConvExpectation() {}

  /** Of y [n][oc][oh][ow], without bias. */
  static Expectation forward(Task task) {
    ConvShape s = task.conv();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    ConvShape cut = cut(s, 1, s.icg(), 1);
    List<Part> parts = new ArrayList<>();
    for (int img : some(s, s.n())) {
      for (int o : some(s, s.oc())) {
        Tensor xCut = planes(x, img * s.ic() + o / s.ocg() * s.icg(), cut.x());
        Tensor wCut = w.slice(o, o + 1);
        Tensor want = Tensor.zeros(cut.y());
        Tensor squares = Tensor.zeros(cut.y());
        ReferenceConv.forward(cut, xCut, wCut, null, want);
        ReferenceConv.forward(cut, squared(xCut), squared(wCut), null, squares);
        int offset = (img * s.oc() + o) * want.size();
        parts.add(Part.sums(at("image", img, o), offset, 1, want, squares, cut.reduction()));
      }
    }
    return new Expectation(task.toString(), s.y().size(), parts);
  }

  /** Of dx [n][ic][ih][iw], the input gradient. */
  static Expectation backwardData(Task task) {
    ConvShape s = task.conv();
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    ConvShape cut = cut(s, 1, 1, s.ocg());
    int products = s.ocg() * s.kh() * s.kw();
    List<Part> parts = new ArrayList<>();
    for (int img : some(s, s.n())) {
      for (int c : some(s, s.ic())) {
        int firstOut = c / s.icg() * s.ocg();
        Tensor dyCut = planes(dy, img * s.oc() + firstOut, cut.y());
        Tensor wCut = column(w.slice(firstOut, firstOut + s.ocg()), c % s.icg());
        Tensor want = Tensor.zeros(cut.x());
        Tensor squares = Tensor.zeros(cut.x());
        ReferenceConv.backwardData(cut, dyCut, wCut, want);
        ReferenceConv.backwardData(cut, squared(dyCut), squared(wCut), squares);
        int offset = (img * s.ic() + c) * want.size();
        parts.add(Part.sums(at("image", img, c), offset, 1, want, squares, products));
      }
    }
    return new Expectation(task.toString(), s.x().size(), parts);
  }

  /** Of dw [oc][ic/groups][kh][kw], the weight gradient. */
  static Expectation backwardWeights(Task task) {
    ConvShape s = task.conv();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    ConvShape cut = cut(s, s.n(), 1, 1);
    int products = s.n() * s.oh() * s.ow();
    List<Part> parts = new ArrayList<>();
    for (int o : some(s, s.oc())) {
      Tensor dyCut = column(dy, o);
      for (int ci : some(s, s.icg())) {
        Tensor xCut = column(x, o / s.ocg() * s.icg() + ci);
        Tensor want = Tensor.zeros(cut.w());
        Tensor squares = Tensor.zeros(cut.w());
        ReferenceConv.backwardWeights(cut, xCut, dyCut, want, null);
        ReferenceConv.backwardWeights(cut, squared(xCut), squared(dyCut), squares, null);
        int offset = (o * s.icg() + ci) * want.size();
        parts.add(Part.sums(at("filter", o, ci), offset, 1, want, squares, products));
      }
    }
    return new Expectation(task.toString(), s.w().size(), parts);
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
    return Spread.three(count, s.flops());
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

  private static String at(String outer, int i, int channel) {
    return outer + " " + i + " channel " + channel;
  }
}
