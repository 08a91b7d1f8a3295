package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.ours.ScalarContender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Contenders that go wrong, each in its way; on the tests' class path as services. */
public final class FakeContenders {
  private FakeContenders() {}

  /** The scalar backend under another name, with something done beside each run. */
  abstract static class Fake implements Contender {
    private final Contender inner = new ScalarContender();
    private final String name;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String version() {
      return "0";
    }

    @Override
    public List<String> variants(Task task) {
      return inner.variants(task);
    }

    @Override
    public Prepared prepare(Task task, String variant, int threads) {
      Prepared prepared = inner.prepare(task, variant, threads);
      return new Prepared() {
        private int runs;

        @Override
        public void run() {
          prepared.run();
          runs++;
          beside(runs);
        }

        @Override
        public float[] output() {
          float[] output = prepared.output();
          spoil(output, runs);
          return output;
        }

        @Override
        public void close() {
          prepared.close();
        }
      };
    }

    void beside(int run) {}

    void spoil(float[] output, int run) {}
  }

  /** Wrong from the first run on. */
  public static final class Wrong extends Fake {
    /** For the service loader. */
    public Wrong() {
      super("fake-wrong");
    }

    @Override
    void spoil(float[] output, int run) {
      output[0] += 1;
    }
  }

  /** Wrong later, as code may be that was compiled wrong. */
  public static final class LateWrong extends Fake {
    /** For the service loader. */
    public LateWrong() {
      super("fake-late-wrong");
    }

    @Override
    void spoil(float[] output, int run) {
      if (run > 3) {
        output[0] += 1;
      }
    }
  }

  /** Ends the process at its third run. */
  public static final class Crash extends Fake {
    /** For the service loader. */
    public Crash() {
      super("fake-crash");
    }

    @Override
    void beside(int run) {
      if (run == 3) {
        System.err.println("fatal: out of luck");
        Runtime.getRuntime().halt(134);
      }
    }
  }

  /** Never comes back from its second run. */
  public static final class Hang extends Fake {
    /** For the service loader. */
    public Hang() {
      super("fake-hang");
    }

    @Override
    void beside(int run) {
      while (run > 1) {
        Thread.onSpinWait();
      }
    }
  }

  /** Prints where the replies go, as native libraries do, and where they do not. */
  public static final class Noisy extends Fake {
    private final PrintStream native1 =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** For the service loader. */
    public Noisy() {
      super("fake-noisy");
    }

    @Override
    void beside(int run) {
      if (run < 100) {
        native1.print("no line break at the end");
        System.out.println("through Java");
      }
    }
  }

  /** Cannot load its library. */
  public static final class Unlinked extends Fake {
    /** For the service loader. */
    public Unlinked() {
      super("fake-unlinked");
    }

    @Override
    public Prepared prepare(Task task, String variant, int threads) {
      throw new UnsatisfiedLinkError("no fake in java.library.path");
    }
  }

  /** Cannot even say its version. */
  public static final class Unversioned extends Fake {
    /** For the service loader. */
    public Unversioned() {
      super("fake-unversioned");
    }

    @Override
    public String version() {
      throw new IllegalStateException("what version?");
    }
  }

  /** Does not exist. */
  public static final class Unmade extends Fake {
    /** For the service loader. */
    public Unmade() {
      super("fake-unmade");
      throw new IllegalStateException("not made");
    }
  }
}
