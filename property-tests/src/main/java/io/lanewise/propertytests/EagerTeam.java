package io.lanewise.propertytests;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;

/**
 * A team that shares even the least work, which a team left to itself would do on one thread: the
 * laws' small shapes then take the same paths as large ones.
 */
record EagerTeam(Parallel team) implements Parallel {
  @Override
  public int workers() {
    return team.workers();
  }

  @Override
  public void forEach(int tasks, TaskBody body) {
    team.forEach(tasks, body);
  }

  @Override
  public Parallel forWork(long flops) {
    return this;
  }
}
