package io.lanewise.kernels.dropout;

import io.lanewise.kernels.memory.WorkerInts;
import io.lanewise.kernels.micro.RandomKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;

/** {@link RandomFill}: words by the kernels, numbers from them one by one. */
final class KernelRandomFill implements RandomFill {
  private static final int GROUPS = 16;
  private static final int CHUNK = GROUPS * RandomKernels.GROUP; // a task
  private static final int PAIR = RandomKernels.BLOCKS; // from a word to its block's next one
  private static final int UNUSED_BITS = 8;
  private static final double UNIT = 0x1p-24;
  private static final long FLOPS_PER_ELEMENT = 40;

  private final RandomKernels kernels;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelRandomFill(Target target) {
    this.kernels = target.kernels().random();
  }

  @Override
  public void uniform(float low, float high, long seed, long step, Tensor y, Parallel par) {
    requireRange(low, high);
    run(false, low, (double) high - low, seed, step, y, par);
  }

  @Override
  public void normal(float mean, float deviation, long seed, long step, Tensor y, Parallel par) {
    requireNormal(mean, deviation);
    run(true, mean, deviation, seed, step, y, par);
  }

  private static void requireRange(float low, float high) {
    if (!Float.isFinite(low) || !Float.isFinite(high) || high < low) {
      throw new IllegalArgumentException(
          "low and high must be finite and in order, got " + low + " and " + high);
    }
  }

  private static void requireNormal(float mean, float deviation) {
    if (!Float.isFinite(mean) || !Float.isFinite(deviation) || deviation < 0) {
      throw new IllegalArgumentException(
          "mean and deviation must be finite, the deviation at least 0, got "
              + mean
              + " and "
              + deviation);
    }
  }

  private void run(
      boolean normal, double shift, double factor, long seed, long step, Tensor y, Parallel par) {
    try (Call call = calls.take()) {
      call.normal = normal;
      call.shift = shift;
      call.factor = factor;
      call.seed = seed;
      call.step = step;
      call.y = y;
      call.words.require(par.workers());
      par.forWork(y.size() * FLOPS_PER_ELEMENT).forEach(Math.ceilDiv(y.size(), CHUNK), call.body);
    }
  }

  private final class Call extends CallFrame {
    private final WorkerInts words = new WorkerInts(CHUNK);
    private boolean normal;
    private double shift;
    private double factor;
    private long seed;
    private long step;
    private Tensor y;
    private final TaskBody body = this::task;

    private void task(int task, int worker) {
      int[] w = words.of(worker);
      kernels.words(seed, step, (long) task * GROUPS, GROUPS, w);
      int n = Math.min(CHUNK, y.size() - task * CHUNK);
      int at = y.offset() + task * CHUNK;
      for (int i = 0; i < n; i++) {
        double v = normal ? normal(w, i) : (w[i] >>> UNUSED_BITS) * UNIT;
        y.array()[at + i] = (float) (shift + factor * v);
      }
    }

    @Override
    protected void clear() {
      y = null;
    }
  }

  /** Even words give a pair's cosine, odd ones its sine. */
  private static double normal(int[] w, int i) {
    boolean odd = i / PAIR % 2 == 1;
    int first = odd ? i - PAIR : i;
    double u = ((w[first] >>> UNUSED_BITS) + 1) * UNIT; // in (0, 1]
    double turn = UNIT * (w[first + PAIR] >>> UNUSED_BITS);
    double radius = Math.sqrt(-2 * StrictMath.log(u));
    return radius * (odd ? Turns.sine(turn) : Turns.sine(turn + 0.25));
  }
}
