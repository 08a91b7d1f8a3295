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
    return inputGradient(task, task.conv(), Task.SEED_DY);
  }

  /** Of a transposed convolution's y [n][oc][oh][ow], without bias: an input gradient. */
  static Expectation transposed(Task task) {
    return inputGradient(task, task.transposedConv().conv(), Task.SEED_X);
  }

  private static Expectation inputGradient(Task task, ConvShape s, long seed) {
    Tensor dy = Task.uniform(s.y(), seed);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    ConvShape cut = cut(s, 1, 1, s.ocg());
    int products = s.ocg() * s.area();
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
    int products = s.n() * s.yPixels();
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
    return s.withBatch(n).withChannels(ic, oc, 1);
  }

  private static int[] some(ConvShape s, int count) {
    return Spread.three(count, s.flops());
  }

  /** A view of {@code shape}, from channel {@code first} of all a tensor's on. */
  private static Tensor planes(Tensor t, int first, Shape shape) {
    int plane = shape.size() / shape.dim(0) / shape.dim(1);
    return Tensor.wrap(shape, t.array(), t.offset() + first * plane);
  }

  /** A copy of t[..][c] with all that is behind c, as [..][1]. */
  private static Tensor column(Tensor t, int c) {
    int[] dims = t.shape().toArray();
    int channels = dims[1];
    dims[1] = 1;
    Tensor dst = Tensor.zeros(dims);
    for (int i = 0; i < dims[0]; i++) {
      Tensor one = dst.slice(i, i + 1);
      one.copyFrom(planes(t, i * channels + c, one.shape()));
    }
    return dst;
  }

  private static String at(String outer, int i, int channel) {
    return outer + " " + i + " channel " + channel;
  }
}
