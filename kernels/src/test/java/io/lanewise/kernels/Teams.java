package io.lanewise.kernels;

import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import java.util.List;

/** Teams that share even the least work, so that small shapes test the parallel paths too. */
public final class Teams {
  /** Two workers. */
  public static final Parallel TWO = eager(ForkJoinTeam.of(2));

  /** Three workers. */
  public static final Parallel THREE = eager(ForkJoinTeam.of(3));

  /** What contracts run on. */
  public static final List<Parallel> ONE_AND_THREE = List.of(Parallel.SEQUENTIAL, THREE);

  private Teams() {}

  /** {@code team}, sharing whatever it is given. */
  public static Parallel eager(ForkJoinTeam team) {
    return new Eager(team);
  }

  private record Eager(ForkJoinTeam team) implements Parallel {
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
}
