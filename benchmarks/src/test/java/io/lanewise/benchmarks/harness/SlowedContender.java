package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.ours.SimdContender;
import java.util.List;

/** Our SIMD backend with each run made longer by 5 %: what a comparison has to find. */
public final class SlowedContender implements Contender {
  /** Its name. */
  public static final String NAME = "lanewise-slowed";

  private static final double EXTRA = 0.05;

  private final Contender inner = new SimdContender();

  /** For the service loader. */
  public SlowedContender() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return inner.version();
  }

  @Override
  public List<String> variants(Task task) {
    return inner.variants(task);
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    Prepared prepared = inner.prepare(task, variant, threads);
    return new Prepared() {
      @Override
      public void run() {
        long start = System.nanoTime();
        prepared.run();
        long end = System.nanoTime();
        long until = end + (long) (EXTRA * (end - start));
        while (System.nanoTime() < until) {
          Thread.onSpinWait();
        }
      }

      @Override
      public float[] output() {
        return prepared.output();
      }

      @Override
      public void close() {
        prepared.close();
      }
    };
  }
}
