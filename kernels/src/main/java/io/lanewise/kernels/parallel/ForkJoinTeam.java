package io.lanewise.kernels.parallel;

import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A team of threads that forks a call's tasks and joins when they are done. The calling thread
 * always works too, so a call makes progress even if every helper is busy: that is what makes
 * nested calls and many callers safe.
 *
 * <p>A call opens a {@link Region}, of which there are as many as workers; a caller that finds none
 * free works alone, for the helpers are busy then. Helpers take tasks from open regions, look for
 * another a while, then park until a call wakes them. Regions and helpers live as long as the team:
 * a call allocates nothing. Threads are daemons; {@link #close()} ends them.
 */
public final class ForkJoinTeam implements Parallel, AutoCloseable {
  private final Region[] regions;
  private final Helper[] helpers;
  private volatile boolean closed;

  private ForkJoinTeam(int workers) {
    this.regions = Stream.generate(Region::new).limit(workers).toArray(Region[]::new);
    this.helpers = IntStream.range(1, workers).mapToObj(Helper::new).toArray(Helper[]::new);
  }

  /**
   * A team of {@code workers} threads, the calling one included.
   *
   * @throws IllegalArgumentException if {@code workers} is below 1 or above 1024
   */
  public static ForkJoinTeam of(int workers) {
    if (workers < 1 || workers > 1024) {
      throw new IllegalArgumentException("threads must be 1 to 1024, got " + workers);
    }
    ForkJoinTeam team = new ForkJoinTeam(workers);
    for (Helper helper : team.helpers) {
      helper.start();
    }
    return team;
  }

  @Override
  public int workers() {
    return regions.length;
  }

  @Override
  public void forEach(int tasks, TaskBody body) {
    Region region = tasks > 1 && helpers.length > 0 && !closed && !isHelper() ? freeRegion() : null;
    if (region == null) {
      Parallel.SEQUENTIAL.forEach(tasks, body);
      return;
    }
    region.open(tasks, body);
    wake(Math.min(tasks - 1, helpers.length));
    region.work(0);
    region.await();
  }

  /** Inside a task on one of the team's own threads the others are busy with the same call. */
  private boolean isHelper() {
    return Thread.currentThread() instanceof Helper helper && helper.team().equals(this);
  }

  private Region freeRegion() {
    for (Region region : regions) {
      if (region.take()) {
        return region;
      }
    }
    return null;
  }

  /** Wakes so many; those awake look for open regions by themselves. */
  private void wake(int wanted) {
    int left = wanted;
    for (int h = 0; h < helpers.length && left > 0; h++) {
      if (helpers[h].wake()) {
        left--;
      }
    }
  }

  /** Ends the threads; later calls run on the calling thread alone. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  /** A thread of the team; its number is unique in the team, hence in every region. */
  private final class Helper extends Thread {
    private final int number;
    private volatile boolean parked;

    Helper(int number) {
      // Nothing inherited from whoever makes the team: no thread-locals, no class loader.
      super(null, null, "lanewise-" + number, 0, false);
      this.number = number;
      setDaemon(true);
    }

    ForkJoinTeam team() {
      return ForkJoinTeam.this;
    }

    @Override
    public void run() {
      int spins = 0;
      while (!closed) {
        if (workAnywhere()) {
          spins = 0;
        } else if (spins < Region.SPINS) {
          spins++;
          Thread.onSpinWait();
        } else {
          park();
          spins = 0;
        }
      }
    }

    private boolean workAnywhere() {
      boolean worked = false;
      for (Region region : regions) {
        worked |= region.work(number);
      }
      return worked;
    }

    private boolean anyOpen() {
      for (Region region : regions) {
        if (region.isOpen()) {
          return true;
        }
      }
      return false;
    }

    /** Says so first, then looks again: a call opens its region first, then looks who parks. */
    private void park() {
      parked = true;
      if (!closed && !anyOpen()) {
        LockSupport.park(ForkJoinTeam.this);
      }
      parked = false;
      Thread.interrupted(); // or it would never park again
    }

    /** True if it was parked. */
    boolean wake() {
      if (!parked) {
        return false;
      }
      parked = false; // the next caller need not wake it, too
      LockSupport.unpark(this);
      return true;
    }
  }
}
