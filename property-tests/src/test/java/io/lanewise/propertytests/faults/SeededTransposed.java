package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.TransposedMistake.BIAS_AFTER_LIMITS;
import static io.lanewise.propertytests.faults.TransposedMistake.BIAS_WITH_EACH_CHANNEL;
import static io.lanewise.propertytests.faults.TransposedMistake.CHANNELS_TRANSPOSED;
import static io.lanewise.propertytests.faults.TransposedMistake.DB_LAST_IMAGE_DROPPED;
import static io.lanewise.propertytests.faults.TransposedMistake.DB_OF_X;
import static io.lanewise.propertytests.faults.TransposedMistake.DB_OVERWRITTEN;
import static io.lanewise.propertytests.faults.TransposedMistake.DILATION_H_FOR_BOTH;
import static io.lanewise.propertytests.faults.TransposedMistake.DW_OVERWRITTEN;
import static io.lanewise.propertytests.faults.TransposedMistake.DX_ADDED;
import static io.lanewise.propertytests.faults.TransposedMistake.END_FOR_START;
import static io.lanewise.propertytests.faults.TransposedMistake.GROUP_0_OUTPUTS;
import static io.lanewise.propertytests.faults.TransposedMistake.KERNEL_FLIPPED;
import static io.lanewise.propertytests.faults.TransposedMistake.LIMITS_FORGOTTEN;
import static io.lanewise.propertytests.faults.TransposedMistake.NOT_CLEARED;
import static io.lanewise.propertytests.faults.TransposedMistake.OVERLAP_OVERWRITTEN;
import static io.lanewise.propertytests.faults.TransposedMistake.REPACK_IGNORED;
import static io.lanewise.propertytests.faults.TransposedMistake.RESIDUAL_FORGOTTEN;
import static io.lanewise.propertytests.faults.TransposedMistake.STRIDE_H_FOR_BOTH;
import static io.lanewise.propertytests.faults.TransposedMistake.UNREACHED_LEFT;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * A transposed convolution's three passes straight from the definition, product by product. Right,
 * unless it is told a mistake.
 */
final class SeededTransposed {
  private static final String NAME = "seeded-transposed";

  private final TransposedConvShape s;
  private final Mistake mistake;
  private final int[] before;
  private final int[] stride;
  private final int[] dilation;

  SeededTransposed(TransposedConvShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    ConvShape c = s.conv();
    Padding p = c.padding();
    this.before =
        mistake == END_FOR_START
            ? new int[] {p.back(), p.bottom(), p.right()}
            : new int[] {p.front(), p.top(), p.left()};
    int across = mistake == STRIDE_H_FOR_BOTH ? c.strideH() : c.strideW();
    this.stride = new int[] {c.strideD(), c.strideH(), across};
    int apart = mistake == DILATION_H_FOR_BOTH ? c.dilationH() : c.dilationW();
    this.dilation = new int[] {c.dilationD(), c.dilationH(), apart};
  }

  TransposedConvForward forward() {
    return new Forward();
  }

  TransposedConvBackwardData data() {
    return new Data();
  }

  TransposedConvBackwardWeights weights() {
    return new Weights();
  }

  /** One product: positions in x, w and y. */
  private interface Product {
    void at(int x, int w, int y);
  }

  private void forEachProduct(Product product) {
    for (int i = 0; i < s.x().size(); i++) {
      int plane = i / s.xPixels();
      int c = plane % s.ic();
      for (int j = 0; j < s.ocg(); j++) {
        int g = c / s.icg();
        int o = (mistake == GROUP_0_OUTPUTS ? 0 : g * s.ocg()) + j;
        boolean turned = mistake == CHANNELS_TRANSPOSED && s.icg() == s.ocg();
        int kernel = turned ? (g * s.icg() + j) * s.ocg() + c % s.icg() : c * s.ocg() + j;
        for (int tap = 0; tap < s.area(); tap++) {
          int y = reached(i % s.xPixels(), tap);
          if (y >= 0) {
            int at = mistake == KERNEL_FLIPPED ? s.area() - 1 - tap : tap;
            int image = plane / s.ic() * s.oc() + o;
            product.at(i, kernel * s.area() + at, image * s.yPixels() + y);
          }
        }
      }
    }
  }

  /** The output pixel that a tap of an input pixel reaches; -1 if it does not exist. */
  private int reached(int pixel, int tap) {
    ConvShape c = s.conv();
    int[] in = {pixel / c.ow() / c.oh(), pixel / c.ow() % c.oh(), pixel % c.ow()};
    int[] k = {tap / c.kw() / c.kh(), tap / c.kw() % c.kh(), tap % c.kw()};
    int[] out = {c.id(), c.ih(), c.iw()};
    int at = 0;
    for (int axis = 0; axis < 3; axis++) {
      int o = in[axis] * stride[axis] - before[axis] + k[axis] * dilation[axis];
      if (o < 0 || o >= out[axis]) {
        return -1;
      }
      at = at * out[axis] + o;
    }
    return at;
  }

  private PackedWeights newWeights() {
    return new PackedWeights(NAME + s.w(), s.w().size());
  }

  private void pack(Tensor w, PackedWeights packed) {
    requireShape(w, s.w(), "w");
    packed.require(NAME + s.w());
    if (mistake != REPACK_IGNORED || packed.data()[0] == 0) {
      System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
    }
  }

  private final class Forward implements TransposedConvForward {
    @Override
    public TransposedConvShape shape() {
      return s;
    }

    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return SeededTransposed.this.newWeights();
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      SeededTransposed.this.pack(w, packed);
    }

    @Override
    public void run(Tensor x, PackedWeights w, Epilogue e, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, s.x(), "x");
      requireShape(y, s.y(), "y");
      requireDisjoint(y, "y", x, "x");
      if (e.bias() != null) {
        requireShape(e.bias(), s.bias(), "bias");
        requireDisjoint(y, "y", e.bias(), "bias");
      }
      if (e.residual() != null) {
        requireShape(e.residual(), s.y(), "residual");
        requireDisjoint(y, "y", e.residual(), "residual");
      }
      w.require(NAME + s.w());
      float[] sums = new float[y.size()];
      boolean[] isReached = new boolean[y.size()];
      float[] from = x.array();
      int off = x.offset();
      forEachProduct(
          (xAt, wAt, yAt) -> {
            float sum = mistake == OVERLAP_OVERWRITTEN ? 0f : sums[yAt];
            sums[yAt] = Math.fma(from[off + xAt], w.data()[wAt], sum);
            isReached[yAt] = true;
          });
      for (int i = 0; i < sums.length; i++) {
        if (mistake != UNREACHED_LEFT || isReached[i]) {
          int at = y.offset() + i;
          float held = mistake == NOT_CLEARED ? y.array()[at] : 0f;
          float r = e.residual() == null ? 0f : e.residual().array()[e.residual().offset() + i];
          y.array()[at] = finish(e, i / s.yPixels() % s.oc(), sums[i] + held, r);
        }
      }
    }

    private float finish(Epilogue e, int o, float sum, float r) {
      float bias = e.bias() == null ? 0f : e.bias().array()[e.bias().offset() + o];
      float all = mistake == BIAS_WITH_EACH_CHANNEL ? s.icg() * bias : bias;
      if (mistake == BIAS_AFTER_LIMITS) {
        return (float) ReferenceElementwise.activate(e.activation(), sum + r) + all;
      }
      float added = mistake == RESIDUAL_FORGOTTEN ? sum + all : sum + all + r;
      return mistake == LIMITS_FORGOTTEN
          ? added
          : (float) ReferenceElementwise.activate(e.activation(), added);
    }
  }

  private final class Data implements TransposedConvBackwardData {
    @Override
    public TransposedConvShape shape() {
      return s;
    }

    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return SeededTransposed.this.newWeights();
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      SeededTransposed.this.pack(w, packed);
    }

    @Override
    public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
      requireShape(dy, s.y(), "dy");
      requireShape(dx, s.x(), "dx");
      requireDisjoint(dx, "dx", dy, "dy");
      w.require(NAME + s.w());
      float[] to = dx.array();
      int off = dx.offset();
      if (mistake != DX_ADDED) {
        Arrays.fill(to, off, off + dx.size(), 0f);
      }
      float[] from = dy.array();
      int dyOff = dy.offset();
      forEachProduct(
          (xAt, wAt, yAt) ->
              to[off + xAt] = Math.fma(from[dyOff + yAt], w.data()[wAt], to[off + xAt]));
    }
  }

  private final class Weights implements TransposedConvBackwardWeights {
    @Override
    public TransposedConvShape shape() {
      return s;
    }

    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
      requireShape(x, s.x(), "x");
      requireShape(dy, s.y(), "dy");
      requireShape(dw, s.w(), "dw");
      requireDisjoint(dw, "dw", x, "x");
      requireDisjoint(dw, "dw", dy, "dy");
      if (db != null) {
        requireShape(db, s.bias(), "db");
        requireDisjoint(db, "db", x, "x");
        requireDisjoint(db, "db", dy, "dy");
        requireDisjoint(db, "db", dw, "dw");
        addBiasGradient(x, dy, db);
      }
      float[] to = dw.array();
      int off = dw.offset();
      if (mistake == DW_OVERWRITTEN) {
        dw.fill(0f);
      }
      float[] xs = x.array();
      int xOff = x.offset();
      float[] dys = dy.array();
      int dyOff = dy.offset();
      forEachProduct(
          (xAt, wAt, yAt) ->
              to[off + wAt] = Math.fma(xs[xOff + xAt], dys[dyOff + yAt], to[off + wAt]));
    }

    private void addBiasGradient(Tensor x, Tensor dy, Tensor db) {
      Tensor from = mistake == DB_OF_X && x.size() == dy.size() ? x : dy;
      if (mistake == DB_OVERWRITTEN) {
        db.fill(0f);
      }
      int image = s.oc() * s.yPixels();
      int images = mistake == DB_LAST_IMAGE_DROPPED && s.n() > 1 ? s.n() - 1 : s.n();
      for (int i = 0; i < images * image; i++) {
        int at = db.offset() + i / s.yPixels() % s.oc();
        db.array()[at] += from.array()[from.offset() + i];
      }
    }
  }
}
