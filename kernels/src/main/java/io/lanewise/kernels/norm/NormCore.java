package io.lanewise.kernels.norm;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationLoops;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Normalisation whose groups are made of whole cells: one pass for the sums, then the groups'
 * coefficients, then one pass {@code y = f((x - mean) · a + b)}. Backward likewise, with {@code dx
 * = (x - mean) · b + (g · a + c)}, or {@code g · a} where the statistics are constants. The sums in
 * float64 lie in the call's frame.
 */
final class NormCore {
  /** In place of a number of groups: a group is a channel of all images. */
  static final int BATCH = -1;

  private static final long FLOPS_PER_ELEMENT = 6;

  private final NormCells cells;
  private final NormRule rule;
  private final int groups; // of an image, if not of the batch
  private final boolean batch; // a group is a channel of all images
  private final Activation activation;
  private final boolean fused; // into the last pass
  private final float lo;
  private final float hi;
  private final ActivationKernels curves;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * Plans it.
   *
   * @param columns whether channels lie side by side
   * @param groups of each image, or {@link #BATCH}
   */
  NormCore(
      int n,
      int c,
      int s,
      boolean columns,
      int groups,
      NormRule rule,
      Activation activation,
      Target target) {
    boolean wide = columns || s == 1;
    boolean all = groups == BATCH;
    this.cells =
        all && wide
            ? new NormCells(1, c, n * s, true, target.kernels())
            : new NormCells(n, c, s, wide, target.kernels());
    this.batch = all && !wide;
    this.groups = all ? c : groups;
    this.rule = rule;
    this.activation = activation;
    Activation.Kind kind = activation.kind();
    this.fused = kind == Activation.Kind.RELU || kind == Activation.Kind.CLAMP || isIdentity();
    boolean limits = fused && !isIdentity();
    this.lo = limits ? activation.first() : Float.NEGATIVE_INFINITY;
    this.hi = kind == Activation.Kind.CLAMP ? activation.second() : Float.POSITIVE_INFINITY;
    this.curves = target.kernels().activations();
    long images = batch ? 1 : cells.n;
    long sets = isIdentity() ? 1 : 2; // of the gradient, and of what goes into the activation
    long blocks = isIdentity() ? 0 : 2L * cells.blockElements();
    this.workspace = new WorkspaceSpec(sets * images * NormCells.COEFFICIENTS * cells.wide, blocks);
  }

  private boolean isIdentity() {
    return activation.kind() == Activation.Kind.IDENTITY;
  }

  /** Coefficients, and blocks on their way through the activation. */
  WorkspaceSpec workspace() {
    return workspace;
  }

  private boolean isEmpty() {
    return cells.n == 0 || cells.c == 0 || cells.s == 0;
  }

  /** Normalises by the groups' own statistics; mean, r and running may be null. */
  void forward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      RunningStatistics running,
      Tensor y,
      Tensor mean,
      Tensor r,
      Workspace ws,
      Parallel par) {
    ws.require(workspace(), par.workers());
    if (isEmpty()) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dst = y;
      call.ws = ws;
      call.share(par, call.moments);
      cells.addParts(call.sums);
      call.normalise(gamma, beta, running, mean, r);
      call.share(par, call.affine);
    }
  }

  /** Normalises by statistics that were collected before. */
  void infer(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      Tensor y,
      Workspace ws,
      Parallel par) {
    ws.require(workspace(), par.workers());
    if (isEmpty()) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dst = y;
      call.ws = ws;
      call.collected(call.coefficients(0), gamma, beta, mean, variance);
      call.share(par, call.affine);
    }
  }

  /** The gradients of {@link #infer}; beta is read if there is an activation. */
  void inferBackward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par) {
    ws.require(workspace(), par.workers());
    if (isEmpty()) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dy = dy;
      call.dst = dx;
      call.ws = ws;
      call.constants = true;
      if (!isIdentity()) {
        call.collected(call.recalled(0), gamma, beta, mean, variance);
      }
      if (dgamma != null || dbeta != null) {
        call.share(par, call.slopes);
        cells.addParts(call.sums);
        call.addWeights(mean, variance, dgamma, dbeta);
      }
      call.collected(call.coefficients(0), gamma, null, null, variance);
      call.share(par, call.gradient);
    }
  }

  private double root(Tensor variance, int ch) {
    return Math.sqrt(variance.array()[variance.offset() + ch] + rule.epsilon());
  }

  /** The gradients; beta is read if there is an activation. */
  void backward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par) {
    ws.require(workspace(), par.workers());
    if (isEmpty()) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dy = dy;
      call.dst = dx;
      call.gamma = gamma;
      call.beta = beta;
      call.mean = mean;
      call.r = r;
      call.ws = ws;
      if (!isIdentity()) {
        call.recall();
      }
      call.share(par, call.slopes);
      cells.addParts(call.sums);
      call.differentiate(dgamma, dbeta);
      call.share(par, call.gradient);
    }
  }

  private static float at(Tensor t, int i, float instead) {
    return t == null ? instead : t.array()[t.offset() + i];
  }

  private static void add(Tensor t, int i, double more) {
    if (t != null) {
      t.array()[t.offset() + i] += (float) more;
    }
  }

  private static void set(Tensor t, int i, double value) {
    if (t != null) {
      t.array()[t.offset() + i] = (float) value;
    }
  }

  private final class Call extends CallFrame {
    private final double[] sums = new double[cells.sumDoubles()];
    private final double[] weights = new double[2 * cells.c]; // gradients of gamma, of beta
    private Tensor x;
    private Tensor dy;
    private Tensor dst; // y or dx
    private Tensor gamma;
    private Tensor beta;
    private Tensor mean;
    private Tensor r;
    private Workspace ws;
    private boolean constants; // the statistics are
    private final TaskBody moments = this::moments;
    private final TaskBody affine = this::affine;
    private final TaskBody slopes = this::slopes;
    private final TaskBody gradient = this::gradient;

    private void share(Parallel par, TaskBody body) {
      int tasks = Math.ceilDiv(cells.units(), cells.unitsPerTask());
      par.forWork(x.size() * FLOPS_PER_ELEMENT).forEach(tasks, body);
    }

    private int end(int task) {
      return Math.min(cells.units(), (task + 1) * cells.unitsPerTask());
    }

    private int coefficients(int img) {
      return ws.sharedOffset() + (batch ? 0 : img * NormCells.COEFFICIENTS * cells.wide);
    }

    /** Those of what goes into the activation, in a gradient's call. */
    private int recalled(int img) {
      return coefficients(img) + (batch ? 1 : cells.n) * NormCells.COEFFICIENTS * cells.wide;
    }

    private void put(int at, float p0, float p1, float p2, float p3) {
      cells.put(ws.array(), at, p0, p1, p2, p3);
    }

    /** Coefficients by statistics that are given; from at on, a channel each. */
    private void collected(int at, Tensor w, Tensor b, Tensor average, Tensor variance) {
      for (int ch = 0; ch < cells.c; ch++) {
        float a = (float) (at(w, ch, 1) / root(variance, ch));
        put(at + ch, at(average, ch, 0), a, at(b, ch, 0), 0);
      }
    }

    /** Gradients of gamma and beta where the statistics are given. */
    private void addWeights(Tensor average, Tensor variance, Tensor dgamma, Tensor dbeta) {
      for (int ch = 0; ch < cells.c; ch++) {
        double g = total(0, ch, 1, 0);
        double gx = total(0, ch, 1, cells.second()) - at(average, ch, 0) * g;
        add(dgamma, ch, gx / root(variance, ch));
        add(dbeta, ch, g);
      }
    }

    private void moments(int task, int worker) {
      int end = end(task);
      for (int unit = task * cells.unitsPerTask(); unit < end; unit++) {
        int pixel = cells.firstPixel(unit);
        clearSums(unit);
        int at = x.offset() + cells.position(unit, pixel);
        cells.moments(unit, cells.endPixel(unit) - pixel, x.array(), at, sums);
      }
    }

    private void clearSums(int unit) {
      int width = cells.columns ? 2 * cells.c : 2;
      Arrays.fill(sums, unit * width, (unit + 1) * width, 0);
    }

    /** Groups' statistics and, from them, cells' coefficients. */
    private void normalise(
        Tensor w, Tensor b, RunningStatistics running, Tensor means, Tensor scales) {
      int images = batch ? 1 : cells.n;
      int channels = cells.c / groups;
      long m = (long) cells.s * channels * (batch ? cells.n : 1);
      for (int i = 0; i < images * groups; i++) {
        int img = i / groups;
        int first = i % groups * channels;
        double sum = total(img, first, channels, 0);
        double square = total(img, first, channels, cells.second());
        double average = rule.mean(sum, m);
        double scale = rule.scale(sum, square, m);
        set(means, i, average);
        set(scales, i, scale);
        if (running != null) {
          double unbiased = NormRule.variance(sum, square, m) * m / Math.max(1, m - 1);
          follow(running.mean(), i, average, running.momentum());
          follow(running.variance(), i, unbiased, running.momentum());
        }
        for (int ch = first; ch < first + channels; ch++) {
          float a = (float) (scale * at(w, ch, 1));
          put(coefficients(img) + ch, (float) average, a, at(b, ch, 0), 0);
        }
      }
    }

    private static void follow(Tensor t, int i, double newest, double momentum) {
      float old = t.array()[t.offset() + i];
      t.array()[t.offset() + i] = (float) ((1 - momentum) * old + momentum * newest);
    }

    /** Of a group's cells, in order. */
    private double total(int img, int first, int channels, int which) {
      double total = 0;
      if (batch) {
        for (int other = 0; other < cells.n; other++) {
          total += sums[cells.sum(other, first) + which];
        }
        return total;
      }
      for (int ch = first; ch < first + channels; ch++) {
        total += sums[cells.sum(img, ch) + which];
      }
      return total;
    }

    private void affine(int task, int worker) {
      float[] from = x.array();
      float[] to = dst.array();
      int end = end(task);
      for (int unit = task * cells.unitsPerTask(); unit < end; unit++) {
        int p = coefficients(cells.image(unit));
        int last = cells.endPixel(unit);
        int pixels;
        for (int pixel = cells.firstPixel(unit); pixel < last; pixel += pixels) {
          pixels = fused ? last - pixel : Math.min(cells.blockPixels, last - pixel);
          int at = cells.position(unit, pixel);
          int dstAt = dst.offset() + at;
          cells.affine(unit, pixels, from, x.offset() + at, to, dstAt, ws.array(), p, lo, hi);
          if (!fused) {
            int length = cells.elements(pixels);
            ActivationLoops.forward(activation, curves, to, dstAt, to, dstAt, length);
          }
        }
      }
    }

    /** Coefficients of what went into the activation. */
    private void recall() {
      int images = batch ? 1 : cells.n;
      int channels = cells.c / groups;
      for (int i = 0; i < images * cells.c; i++) {
        int ch = i % cells.c;
        int group = i / cells.c * groups + ch / channels;
        double a = (double) at(r, group, 1) * at(gamma, ch, 1);
        put(recalled(i / cells.c) + ch, at(mean, group, 0), (float) a, at(beta, ch, 0), 0);
      }
    }

    /** The slope before the activation of a block, in scratch memory; returns its offset there. */
    private int slope(int unit, int pixels, int at, int worker) {
      float[] tile = ws.array();
      int p = recalled(cells.image(unit));
      int v = ws.workerOffset(worker);
      int g = v + cells.blockElements();
      if (fused) {
        cells.gate(
            unit,
            pixels,
            x.array(),
            x.offset() + at,
            dy.array(),
            dy.offset() + at,
            tile,
            g,
            tile,
            p,
            lo,
            hi);
        return g;
      }
      int length = cells.elements(pixels);
      float none = Float.NEGATIVE_INFINITY;
      cells.affine(unit, pixels, x.array(), x.offset() + at, tile, v, tile, p, none, -none);
      if (!activation.needsInput()) {
        ActivationLoops.forward(activation, curves, tile, v, tile, v, length);
      }
      ActivationLoops.backward(
          activation, curves, tile, v, dy.array(), dy.offset() + at, tile, g, length);
      return g;
    }

    private void slopes(int task, int worker) {
      int end = end(task);
      for (int unit = task * cells.unitsPerTask(); unit < end; unit++) {
        clearSums(unit);
        int last = cells.endPixel(unit);
        int pixels;
        for (int pixel = cells.firstPixel(unit); pixel < last; pixel += pixels) {
          pixels = isIdentity() ? last - pixel : Math.min(cells.blockPixels, last - pixel);
          int at = cells.position(unit, pixel);
          float[] g = isIdentity() ? dy.array() : ws.array();
          int gOff = isIdentity() ? dy.offset() + at : slope(unit, pixels, at, worker);
          cells.slopes(unit, pixels, x.array(), x.offset() + at, g, gOff, sums);
        }
      }
    }

    /** Gradients of gamma and beta, and the coefficients of dx. */
    private void differentiate(Tensor dgamma, Tensor dbeta) {
      int images = batch ? 1 : cells.n;
      int channels = cells.c / groups;
      long m = (long) cells.s * channels * (batch ? cells.n : 1);
      Arrays.fill(weights, 0);
      for (int i = 0; i < images * groups; i++) {
        int img = i / groups;
        int first = i % groups * channels;
        double average = at(mean, i, 0);
        double scale = at(r, i, 1);
        double sum = 0;
        double dot = 0;
        for (int ch = first; ch < first + channels; ch++) {
          double g = total(img, ch, 1, 0);
          double gx = total(img, ch, 1, cells.second()) - average * g;
          weights[ch] += gx * scale;
          weights[cells.c + ch] += g;
          sum += at(gamma, ch, 1) * g;
          dot += at(gamma, ch, 1) * gx;
        }
        double b = rule.pull(scale, dot, m);
        double c = rule.isCentred() ? -scale * sum / m : 0;
        for (int ch = first; ch < first + channels; ch++) {
          float a = (float) (scale * at(gamma, ch, 1));
          put(coefficients(img) + ch, (float) average, (float) b, a, (float) c);
        }
      }
      for (int ch = 0; ch < cells.c; ch++) {
        add(dgamma, ch, weights[ch]);
        add(dbeta, ch, weights[cells.c + ch]);
      }
    }

    private void gradient(int task, int worker) {
      int end = end(task);
      for (int unit = task * cells.unitsPerTask(); unit < end; unit++) {
        int p = coefficients(cells.image(unit));
        int last = cells.endPixel(unit);
        int pixels;
        for (int pixel = cells.firstPixel(unit); pixel < last; pixel += pixels) {
          pixels = isIdentity() ? last - pixel : Math.min(cells.blockPixels, last - pixel);
          int at = cells.position(unit, pixel);
          float[] g = isIdentity() ? dy.array() : ws.array();
          int gOff = isIdentity() ? dy.offset() + at : slope(unit, pixels, at, worker);
          if (constants) {
            float no = Float.NEGATIVE_INFINITY;
            cells.affine(
                unit, pixels, g, gOff, dst.array(), dst.offset() + at, ws.array(), p, no, -no);
            continue;
          }
          cells.gradient(
              unit,
              pixels,
              x.array(),
              x.offset() + at,
              g,
              gOff,
              dst.array(),
              dst.offset() + at,
              ws.array(),
              p);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dst = null;
      gamma = null;
      beta = null;
      mean = null;
      r = null;
      ws = null;
      constants = false;
    }
  }
}
