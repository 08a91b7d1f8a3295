package io.lanewise.propertytests.law;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import java.util.SplittableRandom;

/**
 * Two workers whose tasks come in an order of chance, as they may on threads, but the same for the
 * same seed; all on the calling thread.
 */
final class ShuffledWorkers implements Parallel {
  private final SplittableRandom random;

  ShuffledWorkers(SplittableRandom random) {
    this.random = random;
  }

  @Override
  public int workers() {
    return 2;
  }

  /** Even the least work is shared. */
  @Override
  public Parallel forWork(long flops) {
    return this;
  }

  @Override
  public void forEach(int tasks, TaskBody body) {
    for (int task : Axes.permutation(tasks, random)) {
      body.run(task, random.nextInt(2));
    }
  }
}
